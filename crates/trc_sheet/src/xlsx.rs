//! Excel workbooks (`.xlsx`): what a reader sees in the cells.
//!
//! Written for this rather than taken from a library of spreadsheets, for two reasons.
//! A cell that shows 35,3 % holds 0.353, and which of the two is meant stands in its
//! number format; a library that gives values alone makes a share out of every
//! percentage. And a workbook from outside must not decide how much memory it takes: a
//! few bytes can name a million cells.

mod format;
mod package;
mod sheet;
mod strings;
mod workbook;
mod xml;

use std::sync::Arc;

use trc_base::text;

use crate::note::Unreadable;
use crate::table::Sheet;
pub(crate) use format::day;
use package::Package;
pub(crate) use workbook::save_as_xlsx;

/// The first bytes of a zip archive, which a workbook is.
pub(crate) const MAGIC: &[u8] = b"PK\x03\x04";
/// The first bytes of Excel's format before 2007, and of a workbook with a password.
pub(crate) const OLD_MAGIC: &[u8] = b"\xd0\xcf\x11\xe0";

/// Reads every sheet of a workbook.
pub(crate) fn read(file: &Arc<str>, bytes: &[u8]) -> Result<Vec<Sheet>, Unreadable> {
    let mut package = Package::open(file, bytes)?;
    let workbook = workbook::read(file, &mut package)?;
    let strings = match &workbook.strings {
        Some(part) => strings::read(&package.part(file, part)?).map_err(|_| damaged(file))?,
        None => Vec::new(),
    };
    let formats = match &workbook.styles {
        Some(part) => format::read(&package.part(file, part)?).map_err(|_| damaged(file))?,
        None => Vec::new(),
    };
    let mut sheets = Vec::new();
    for listed in &workbook.sheets {
        let part = package.part(file, &listed.part)?;
        let context = sheet::Context {
            strings: &strings,
            formats: &formats,
            epoch_1904: workbook.epoch_1904,
        };
        let rows = sheet::read(&part, &context).map_err(|error| match error {
            sheet::Error::Damaged => damaged(file),
            sheet::Error::TooLarge => crate::too_large(file),
        })?;
        sheets.push(Sheet {
            file: Arc::clone(file),
            name: Some(Arc::from(listed.name.as_str())),
            hidden: listed.hidden,
            rows,
        });
    }
    Ok(sheets)
}

fn damaged(file: &str) -> Unreadable {
    Unreadable {
        message: text!(
            sv: "{file} börjar som en Excelarbetsbok men är skadad eller avbruten.",
            en: "{file} begins as an Excel workbook but is damaged or cut off.",
        ),
        help: text!(
            sv: "Hämta filen på nytt. Går den att öppna i Excel: spara den där som .xlsx och försök igen.",
            en: "Fetch the file anew. If Excel can open it, save it there as .xlsx and try again.",
        ),
    }
}
