//! What is wrong, by file.

use std::collections::BTreeMap;
use std::sync::Arc;

use trc_base::Diagnostic;
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

/// What is wrong in one file, as far as that can be told at every keystroke: what
/// [`is_far`] holds for is left out.
pub fn file(db: &dyn Db, workspace: Workspace, file: SourceFile) -> Vec<Diagnostic> {
    let mut diagnostics = trc_rules::check_file(db, workspace, file);
    diagnostics.retain(|diagnostic| !is_far(diagnostic));
    diagnostics
}

/// True for what only a look at the whole workspace finds, and what is therefore
/// looked for when typing pauses.
pub fn is_far(diagnostic: &Diagnostic) -> bool {
    trc_rules::find(diagnostic.rule).is_some_and(|rule| rule.scope() == Scope::Workspace)
}
