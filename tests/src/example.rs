//! The report in `examples/norra-innerstaden`: its sources, its page data and its PDF.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use tempfile::TempDir;

use crate::programs;
use crate::workspace::Memory;

/// The key of the example's report.
pub const REPORT: &str = "T1 2025 norra_innerstaden";

/// The folder of the example.
pub fn folder() -> PathBuf {
    programs::root().join("examples/norra-innerstaden")
}

/// The `.tr` files of the example by their path below its folder, sorted.
pub fn sources() -> Vec<(String, String)> {
    let root = folder();
    let mut found = Vec::new();
    find(&root, "tr", &mut found);
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

/// The example's page data as JSON.
pub fn page_data() -> String {
    Memory::new(&sources()).page_data(REPORT)
}

/// The PDF of the example's report, built once for each test binary.
///
/// `TERTIAL_PDF` names another file, for work on the tests themselves.
pub fn pdf() -> &'static Path {
    static BUILT: OnceLock<(Option<TempDir>, PathBuf)> = OnceLock::new();
    let (_, pdf) = BUILT.get_or_init(|| {
        if let Some(path) = std::env::var_os("TERTIAL_PDF") {
            return (None, path.into());
        }
        // Built in a copy: a test leaves nothing in the work tree.
        let copied = tempfile::tempdir().expect("a temporary folder");
        copy(&folder(), copied.path());
        programs::run(Command::new(programs::trc()).arg("build").arg(copied.path()));
        let mut pdfs = Vec::new();
        find(copied.path(), "pdf", &mut pdfs);
        assert_eq!(pdfs.len(), 1, "one report is built: {pdfs:?}");
        (Some(copied), pdfs.swap_remove(0))
    });
    pdf
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
