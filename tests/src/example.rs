//! The example's report as a PDF, built once for each test binary.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use tempfile::TempDir;

use crate::programs;

/// The PDF of the tertial report in `examples/norra-innerstaden`.
///
/// `TERTIAL_PDF` names another file, for work on the tests themselves.
pub fn pdf() -> &'static Path {
    static BUILT: OnceLock<(Option<TempDir>, PathBuf)> = OnceLock::new();
    let (_, pdf) = BUILT.get_or_init(|| {
        if let Some(path) = std::env::var_os("TERTIAL_PDF") {
            return (None, path.into());
        }
        // Built in a copy: a test leaves nothing in the work tree.
        let folder = tempfile::tempdir().expect("a temporary folder");
        copy(&programs::root().join("examples/norra-innerstaden"), folder.path());
        programs::run(Command::new(programs::trc()).arg("build").arg(folder.path()));
        let mut pdfs = Vec::new();
        find_pdfs(folder.path(), &mut pdfs);
        pdfs.sort();
        let report = pdfs.iter().find(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
            name.contains("t1")
        });
        let report =
            report.unwrap_or_else(|| panic!("no PDF of the T1 report among {pdfs:?}")).clone();
        (Some(folder), report)
    });
    pdf
}

/// Copies the sources; what an earlier build left beside them is not one.
fn copy(from: &Path, to: &Path) {
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

fn find_pdfs(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder to read") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            find_pdfs(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "pdf") {
            found.push(path);
        }
    }
}
