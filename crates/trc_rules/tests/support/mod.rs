//! Checks a few files as a workspace.

use trc_model::vocabulary::built_in_files;
use trc_model::{Database, Phase, SourceFile, Workspace};

/// What is found in files, one finding a line: file, line and rule. The sections that a
/// report must have are beside the point here.
pub fn found(files: &[&str]) -> Vec<String> {
    let db = Database::default();
    let mut inputs = built_in_files(&db);
    inputs.extend(files.iter().enumerate().map(|(index, text)| {
        SourceFile::new(&db, format!("{index}").into(), (*text).to_owned(), None)
    }));
    let workspace = Workspace::new(&db, inputs, Some(Phase::Final), None);
    trc_rules::check(&db, workspace)
        .into_iter()
        .filter(|found| found.rule != "section-missing")
        .map(|found| {
            let file: usize = found.location.file.parse().unwrap();
            let start = found.location.range.start as usize;
            let line = files[file].bytes().take(start).filter(|byte| *byte == b'\n').count() + 1;
            format!("{file}:{line} {}", found.rule)
        })
        .collect()
}
