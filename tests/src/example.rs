//! The reports in `examples`: their sources, page data and PDFs.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::programs;
use crate::workspace::Memory;

/// A report that people learn from, and the published report that it follows.
pub struct Example {
    /// The folder below `examples`.
    pub folder: &'static str,
    /// The key of its report.
    pub report: &'static str,
    /// The year of the report.
    pub year: u16,
    /// The folder below `tests/published` that holds what was published.
    pub published: &'static str,
}

/// The tertial report of ninety pages.
pub const NORRA_INNERSTADEN: Example = Example {
    folder: "norra-innerstaden",
    report: "T1 2025 norra_innerstaden",
    year: 2025,
    published: "000",
};

/// A tertial report of another year, in short.
pub const HÄSSELBY_VÄLLINGBY: Example = Example {
    folder: "hasselby-vallingby",
    report: "T1 2023 hässelby_vällingby",
    year: 2023,
    published: "001",
};

/// Every example.
pub const ALL: [&Example; 2] = [&NORRA_INNERSTADEN, &HÄSSELBY_VÄLLINGBY];

impl Example {
    /// The folder of the example.
    pub fn path(&self) -> PathBuf {
        programs::root().join("examples").join(self.folder)
    }

    /// The sources and the files of data by their path below the folder, sorted.
    pub fn sources(&self) -> Vec<(String, String)> {
        let root = self.path();
        let mut found = Vec::new();
        find(&root, "tr", &mut found);
        find(&root, "csv", &mut found);
        found.sort();
        found
            .into_iter()
            .map(|path| {
                let below = path.strip_prefix(&root).expect("below the folder");
                let name = below.to_str().expect("a name in Unicode").to_owned();
                (name, std::fs::read_to_string(&path).expect("a text"))
            })
            .collect()
    }

    /// The page data of the report as JSON.
    pub fn page_data(&self) -> String {
        Memory::new(&self.sources()).page_data(self.report)
    }

    /// Builds the PDF of the report. It lives as long as what is returned.
    ///
    /// `TERTIAL_PDF` names a folder with built PDFs instead, each named as its example,
    /// for work on the tests themselves.
    pub fn pdf(&self) -> Pdf {
        if let Some(folder) = std::env::var_os("TERTIAL_PDF") {
            let path = PathBuf::from(folder).join(self.folder).with_extension("pdf");
            return Pdf { path, _copied: None };
        }
        // Built in a copy: a test leaves nothing in the work tree.
        let copied = tempfile::tempdir().expect("a temporary folder");
        copy(&self.path(), copied.path());
        programs::run(Command::new(programs::trc()).arg("build").arg(copied.path()));
        let mut pdfs = Vec::new();
        find(copied.path(), "pdf", &mut pdfs);
        assert_eq!(pdfs.len(), 1, "one report is built: {pdfs:?}");
        Pdf { path: pdfs.swap_remove(0), _copied: Some(copied) }
    }
}

/// A PDF of an example.
pub struct Pdf {
    /// Where it is.
    pub path: PathBuf,
    _copied: Option<TempDir>,
}

/// Copies the sources; what an earlier build left beside them is not one.
pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder to read") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_file() {
            std::fs::copy(&path, &target).expect("a copy");
        } else if path.file_name().is_some_and(|name| name != "ut") {
            copy(&path, &target);
        }
    }
}

fn find(folder: &Path, extension: &str, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder to read") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            find(&path, extension, found);
        } else if path.extension().is_some_and(|own| own == extension) {
            found.push(path);
        }
    }
}
