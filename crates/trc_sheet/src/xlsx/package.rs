//! The archive around a workbook's parts, with a bound on what it unpacks to.

use std::io::{Cursor, Read as _};

use trc_base::{Text, text};
use zip::ZipArchive;

use super::damaged;
use crate::note::Unreadable;

/// The most that the parts of a workbook may unpack to, in bytes. A workbook of a
/// municipality's indicators takes a thousandth of this.
pub const MAX_UNPACKED: u64 = 256 * 1024 * 1024;
/// The most parts.
const MAX_PARTS: usize = 10_000;

/// A workbook's parts.
pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// How many bytes may still be unpacked.
    left: u64,
}

impl<'b> Package<'b> {
    /// Opens an archive whose parts state sizes within the bound.
    pub fn open(file: &str, bytes: &'b [u8]) -> Result<Package<'b>, Unreadable> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged(file))?;
        if archive.len() > MAX_PARTS {
            return Err(bomb(file));
        }
        let mut stated = 0u64;
        for index in 0..archive.len() {
            let part = archive.by_index_raw(index).map_err(|_| damaged(file))?;
            stated = stated.saturating_add(part.size());
        }
        if stated > MAX_UNPACKED {
            return Err(bomb(file));
        }
        Ok(Package { archive, left: MAX_UNPACKED })
    }

    /// True when there is a part of that name.
    pub fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// The text of a part.
    pub fn part(&mut self, file: &str, name: &str) -> Result<String, Unreadable> {
        let part = self.archive.by_name(name).map_err(|_| damaged(file))?;
        let mut bytes = Vec::new();
        // What an archive states about itself need not be so: what counts is what comes
        // out. One byte more than allowed shows that there is more.
        part.take(self.left.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|_| damaged(file))?;
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.left = self.left.checked_sub(length).ok_or_else(|| bomb(file))?;
        let text = String::from_utf8(bytes).map_err(|_| damaged(file))?;
        Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
    }
}

fn bomb(file: &str) -> Unreadable {
    let limit = MAX_UNPACKED / (1024 * 1024);
    Unreadable {
        message: text!(
            sv: "{file} packas upp till mer än {limit} MiB och läses inte.",
            en: "{file} unpacks to more than {limit} MiB and is not read.",
        ),
        help: split_help(),
    }
}

fn split_help() -> Text {
    text!(
        sv: "Spara det blad som ska importeras som en egen arbetsbok, utan bilder och tomma formaterade rader.",
        en: "Save the sheet that is to be imported as a workbook of its own, without pictures and empty formatted rows.",
    )
}
