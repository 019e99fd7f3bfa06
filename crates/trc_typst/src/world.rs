//! The world Typst sees: the template, the fonts and one report, all in memory.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};

use crate::values;

/// One report, ready to be laid out.
pub struct ReportWorld {
    /// The page data, as JSON.
    pub page_data: Bytes,
    /// Whether text keeps the place it was written at.
    pub positions: bool,
    /// The pictures that the page data names.
    pub pictures: Vec<(FileId, Bytes)>,
}

/// The files of the template; the first is the one that is compiled.
const TEMPLATE: &[(&str, &str)] = &[
    ("/report.typ", include_str!("../template/report.typ")),
    ("/style.typ", include_str!("../template/style.typ")),
    ("/marks.typ", include_str!("../template/marks.typ")),
    ("/front-page.typ", include_str!("../template/front-page.typ")),
    ("/blocks.typ", include_str!("../template/blocks.typ")),
    ("/tables.typ", include_str!("../template/tables.typ")),
    ("/drawings.typ", include_str!("../template/drawings.typ")),
];

/// The files that are not part of the template.
pub struct FileIds {
    /// The page data.
    pub page_data: FileId,
    /// One byte: whether text keeps the place it was written at.
    pub positions: FileId,
    /// Stands for everything a writer wrote; see [`crate::span`].
    pub text: FileId,
}

/// The ids of those files.
pub fn file_ids() -> &'static FileIds {
    static IDS: LazyLock<FileIds> = LazyLock::new(|| FileIds {
        page_data: id("/page-data.json"),
        positions: id("/positions"),
        text: id("/text"),
    });
    &IDS
}

/// The id of a picture handed over beside the page data; `None` if its name is no
/// name of a file.
pub fn picture_id(name: &str) -> Option<FileId> {
    let path = VirtualPath::new(format!("/pictures/{name}")).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

#[expect(clippy::expect_used, reason = "the paths are literals in this file, read by every test")]
fn id(path: &str) -> FileId {
    let path = VirtualPath::new(path).expect("a literal path is valid");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

fn sources() -> &'static [Source] {
    static SOURCES: LazyLock<Vec<Source>> = LazyLock::new(|| {
        TEMPLATE.iter().map(|(path, text)| Source::new(id(path), (*text).to_owned())).collect()
    });
    &SOURCES
}

fn library() -> &'static LazyHash<Library> {
    static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| {
        // Header cells of rows exist only with this feature.
        let features = [Feature::A11yExtras].into_iter().collect();
        let mut library = Library::builder().with_features(features).build();
        library.global.scope_mut().define_func_with_data(values::page_data_function());
        LazyHash::new(library)
    });
    &LIBRARY
}

struct Fonts {
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

fn fonts() -> &'static Fonts {
    static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
        let noto: [&'static [u8]; 4] = [
            notosans::REGULAR_TTF,
            notosans::BOLD_TTF,
            notosans::ITALIC_TTF,
            notosans::BOLD_ITALIC_TTF,
        ];
        // Typst's own fonts fill in for signs Noto Sans lacks, such as U+2713.
        let fonts: Vec<Font> = noto
            .into_iter()
            .chain(typst_assets::fonts())
            .flat_map(|data| Font::iter(Bytes::new(data)))
            .collect();
        let book = FontBook::from_fonts(&fonts);
        Fonts { book: LazyHash::new(book), fonts }
    });
    &FONTS
}

/// The font of running text among [`font`]s.
pub const REGULAR: usize = 0;
/// Its bold.
pub const BOLD: usize = 1;

/// A font of the page design.
pub fn font(index: usize) -> Option<Font> {
    fonts().fonts.get(index).cloned()
}

/// The characters that some font has a glyph for, as runs in order.
pub fn printable_ranges() -> Vec<(u32, u32)> {
    let mut codes: Vec<u32> =
        fonts().fonts.iter().flat_map(|font| font.info().coverage.iter()).collect();
    codes.sort_unstable();
    codes.dedup();
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for code in codes {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == code => *last = code,
            _ => runs.push((code, code)),
        }
    }
    runs
}

impl World for ReportWorld {
    fn library(&self) -> &LazyHash<Library> {
        library()
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &fonts().book
    }

    fn main(&self) -> FileId {
        id("/report.typ")
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        sources().iter().find(|source| source.id() == id).cloned().ok_or(FileError::NotSource)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let ids = file_ids();
        if id == ids.page_data {
            Ok(self.page_data.clone())
        } else if id == ids.positions {
            Ok(Bytes::new([u8::from(self.positions)]))
        } else if let Some((_, bytes)) = self.pictures.iter().find(|(picture, _)| *picture == id) {
            Ok(bytes.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        font(index)
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        // The date of a report is in its page data; the same report is the same
        // bytes on any day.
        None
    }
}
