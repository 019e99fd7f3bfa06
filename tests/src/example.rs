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
    /// The reports that it is put together of, if it is: the key of each, and the unit's
    /// name in the published facts.
    pub parts: &'static [(&'static str, &'static str)],
    /// The year of the report.
    pub year: u16,
    /// The folder below `tests/published` that holds what was published.
    pub published: &'static str,
}

/// The tertial report of ninety pages.
pub const NORRA_INNERSTADEN: Example = Example {
    folder: "norra-innerstaden",
    report: "T1 2025 norra_innerstaden",
    parts: &[],
    year: 2025,
    published: "000",
};

/// A tertial report of another year, in short.
pub const HÄSSELBY_VÄLLINGBY: Example = Example {
    folder: "hasselby-vallingby",
    report: "T1 2023 hässelby_vällingby",
    parts: &[],
    year: 2023,
    published: "001",
};

/// The year-end reports of six units, and the one that they are put together to.
pub const KUNGSHOLMEN: Example = Example {
    folder: "kungsholmen",
    report: "VB 2024 socialtjänst",
    parts: &[
        ("VB 2024 vuxenenheten", "Vuxenenheten"),
        ("VB 2024 familjeenheten", "Familjeenheten"),
        ("VB 2024 biståndsbedömning", "Biståndsbedömning, funktionsnedsättning"),
        ("VB 2024 prevention", "Enheten för prevention och familjebehandling"),
        ("VB 2024 stöd_i_hemmet", "Enheten för stöd och service i hemmet"),
        ("VB 2024 daglig_verksamhet", "Kungsholmens dagliga verksamhet"),
    ],
    year: 2024,
    published: "002",
};

/// Every example that follows a published report.
pub const ALL: [&Example; 3] = [&NORRA_INNERSTADEN, &HÄSSELBY_VÄLLINGBY, &KUNGSHOLMEN];

impl Example {
    /// The folder of the example.
    pub fn path(&self) -> PathBuf {
        programs::root().join("examples").join(self.folder)
    }

    /// The sources and the files of data by their path below the folder, sorted.
    pub fn sources(&self) -> Vec<(String, String)> {
        sources_of(&self.path())
    }

    /// The page data of the report as JSON.
    pub fn page_data(&self) -> String {
        Memory::new(&self.sources()).page_data(self.report)
    }

    /// Builds the PDF of the report. It lives as long as what is returned.
    pub fn pdf(&self) -> Pdf {
        self.pdf_of(self.report)
    }

    /// The same of one of its parts, by its key.
    ///
    /// `TERTIAL_PDF` names a folder with built PDFs instead, each with the name that it is
    /// built with, for work on the tests themselves.
    pub fn pdf_of(&self, report: &str) -> Pdf {
        let name = report.replace(' ', "-");
        if let Some(folder) = std::env::var_os("TERTIAL_PDF") {
            // The name has points, which are no extension.
            return Pdf { path: PathBuf::from(folder).join(format!("{name}.pdf")), _folder: None };
        }
        // Built beside the work tree: a test leaves nothing in it.
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join(format!("{name}.pdf"));
        let mut build = Command::new(programs::trc());
        build.arg("build").arg(self.path()).args(["--report", report]).arg("--output").arg(&path);
        programs::run(&mut build);
        Pdf { path, _folder: Some(folder) }
    }
}

/// The folders of all examples, sorted: those that follow a published report and others.
pub fn workspaces() -> Vec<PathBuf> {
    let folders = std::fs::read_dir(programs::root().join("examples")).expect("the examples");
    let mut out: Vec<PathBuf> = folders
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.join("trc.toml").exists())
        .collect();
    out.sort();
    assert!(out.len() >= ALL.len(), "{out:?}");
    out
}

/// The sources and the files of data of a workspace by their path below it, sorted.
pub fn sources_of(root: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    find(root, "tr", &mut found);
    find(root, "csv", &mut found);
    found.sort();
    found
        .into_iter()
        .map(|path| {
            let below = path.strip_prefix(root).expect("below the folder");
            let name = below.to_str().expect("a name in Unicode").to_owned();
            (name, std::fs::read_to_string(&path).expect("a text"))
        })
        .collect()
}

/// A PDF of an example.
pub struct Pdf {
    /// Where it is.
    pub path: PathBuf,
    _folder: Option<TempDir>,
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
