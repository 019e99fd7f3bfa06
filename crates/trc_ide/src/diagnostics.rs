//! What is wrong, by file.

use std::collections::BTreeMap;
use std::sync::Arc;

use trc_base::Diagnostic;
use trc_model::document::{document_of, documents};
use trc_model::{Db, SourceFile, Workspace};
use trc_rules::Scope;

/// The diagnostics of each file that has any, by the file's name.
pub type ByFile = BTreeMap<Arc<str>, Vec<Diagnostic>>;

/// Everything that is wrong in the workspace: what `trc check` prints.
pub fn workspace(db: &dyn Db, workspace: Workspace) -> ByFile {
    let mut by_file = ByFile::new();
    for diagnostic in trc_rules::check(db, workspace) {
        by_file.entry(Arc::clone(&diagnostic.location.file)).or_default().push(diagnostic);
    }
    by_file
}

/// What is wrong in the documents that some files are part of, as far as that can be
/// told at every keystroke: what [`is_far`] holds for is left out. Every file of these
/// documents has an entry, so that what is mended can be taken back.
pub fn around(db: &dyn Db, workspace: Workspace, files: &[SourceFile]) -> ByFile {
    let all = documents(db, workspace);
    let mut checked = BTreeMap::new();
    for file in files {
        let document = document_of(db, *file).as_ref().and_then(|key| all.get(key));
        for file in document.into_iter().flatten().chain([file]) {
            checked.insert(Arc::clone(file.path(db)), *file);
        }
    }
    let check = |(name, file): (Arc<str>, SourceFile)| {
        let mut diagnostics = trc_rules::check_file(db, workspace, file);
        diagnostics.retain(|diagnostic| !is_far(diagnostic));
        (name, diagnostics)
    };
    checked.into_iter().filter(|(_, file)| !file.is_built_in(db)).map(check).collect()
}

/// True for what only a look at the whole workspace finds, and what is therefore
/// looked for when typing pauses.
pub fn is_far(diagnostic: &Diagnostic) -> bool {
    trc_rules::find(diagnostic.rule).is_some_and(|rule| rule.scope() == Scope::Workspace)
}

#[cfg(test)]
mod tests {
    use trc_model::Database;
    use trc_model::vocabulary::built_in_files;

    use super::*;

    fn open(texts: &[(&str, &str)]) -> (Database, Workspace, Vec<SourceFile>) {
        let db = Database::default();
        let new = |(name, text): &(&str, &str)| {
            SourceFile::new(&db, Arc::from(*name), (*text).to_owned(), None)
        };
        let files: Vec<SourceFile> = texts.iter().map(new).collect();
        let all = built_in_files(&db).into_iter().chain(files.clone()).collect();
        let workspace = Workspace::new(&db, all, None, None);
        (db, workspace, files)
    }

    #[test]
    fn files_of_one_document_are_checked_together() {
        let (db, workspace, files) = open(&[
            ("a.tr", "budget 2025 för stad\n\nmål 1 \"Ett\" {\n}\n"),
            ("b.tr", "budget 2025 för stad\n\nmål 1 \"Ett igen\" {\n}\n"),
            ("c.tr", "budget 2026 för stad\n}\n"),
        ]);
        let names = |found: &ByFile| found.keys().map(ToString::to_string).collect::<Vec<_>>();
        let around_a = around(&db, workspace, &files[..1]);
        assert_eq!(names(&around_a), ["a.tr", "b.tr"]);
        assert!(around_a.values().flatten().any(|it| it.rule == "declared-twice"));
        let around_c = around(&db, workspace, &files[2..]);
        assert_eq!(names(&around_c), ["c.tr"]);
        assert!(around_c.values().flatten().any(|it| it.rule == "syntax"));
    }

    #[test]
    fn near_and_far_together_are_the_check() {
        let (db, workspace, files) = open(&[
            ("a.tr", "budget 2025 för stad\n\nmål 1 \"Ett\" {\n  okänt: 1\n}\n"),
            ("b.tr", "budget 2025 för stad\n\nmål 1 \"Ett igen\" {\n}\n}\n"),
            ("c.tr", "rapport T1 2025 för stad\n"),
            ("d.tr", "inget dokument\n"),
        ]);
        let all = super::workspace(&db, workspace);
        let mut together = around(&db, workspace, &files);
        for diagnostic in all.values().flatten().filter(|it| is_far(it)) {
            let name = Arc::clone(&diagnostic.location.file);
            together.entry(name).or_default().push(diagnostic.clone());
        }
        together.retain(|_, diagnostics| !diagnostics.is_empty());
        together.values_mut().for_each(|diagnostics| diagnostics.sort());
        assert_eq!(together, all);
        assert!(!all.is_empty());
    }
}
