//! From what the rules found to what is said: the workspace's levels, and what the
//! source allows with a reason.

use trc_base::{Diagnostic, Severity};
use trc_model::document::document_of;
use trc_model::report::report;
use trc_model::{Db, Document, Finding, Phase, SourceFile, Workspace};

use crate::rule::Level;
use crate::rules::{ENCODING, SUPPRESSION_MALFORMED, SYNTAX, find};
use crate::suppression::{suppressions, unused};

/// What is said, and what is said only when everything has been looked for.
pub struct Settled {
    pub diagnostics: Vec<Diagnostic>,
    /// Suppressions that suppressed nothing of what was found.
    pub unused: Vec<Diagnostic>,
}

/// True for rules that no setting and no comment can silence: what cannot be read is
/// not in the report at all, whoever allows it.
pub fn always_holds(rule: &str) -> bool {
    [SYNTAX.id, ENCODING.id, SUPPRESSION_MALFORMED.id].contains(&rule)
}

/// Applies levels and suppressions. No query reads them: a changed setting runs no rule
/// again.
pub fn settle(db: &dyn Db, workspace: Workspace, findings: &[Finding]) -> Settled {
    let mut diagnostics: Vec<Diagnostic> =
        findings.iter().filter_map(|finding| level(db, workspace, finding)).collect();
    let mut left_over = Vec::new();
    for file in workspace.files(db).iter().filter(|file| !file.is_built_in(db)) {
        for suppression in suppressions(db, *file) {
            let Some(rule) = suppression.rule() else { continue };
            let before = diagnostics.len();
            diagnostics.retain(|it| it.rule != rule.id || !suppression.covers(&it.location));
            if before == diagnostics.len() {
                left_over.extend(level(db, workspace, &unused(db, *file, &suppression, rule)));
            }
        }
    }
    Settled { diagnostics, unused: left_over }
}

/// The finding at its level in the workspace.
fn level(db: &dyn Db, workspace: Workspace, finding: &Finding) -> Option<Diagnostic> {
    let severity = severity(db, workspace, finding)?;
    Some(Diagnostic { severity, ..finding.resolve(db) })
}

/// The severity of a finding in its workspace; nothing where it is not to be said.
fn severity(db: &dyn Db, workspace: Workspace, finding: &Finding) -> Option<Severity> {
    let file = finding.anchor.file;
    let settings = workspace.rules(db);
    if settings.levels.is_empty() || always_holds(finding.rule) {
        return Some(finding.severity);
    }
    let phase = || phase(db, workspace, file);
    let Some(level) = settings.level(finding.rule, file.path(db), phase) else {
        return Some(finding.severity);
    };
    // Beside its findings a rule may tell what is only worth knowing. That weighs no more
    // for the rule being heavy.
    let beside = finding.severity == Severity::Info
        && find(finding.rule).is_some_and(|rule| rule.level != Level::Info);
    match level.severity()? {
        _ if beside => Some(Severity::Info),
        severity => Some(severity),
    }
}

/// The phase of the document that a file is part of.
fn phase(db: &dyn Db, workspace: Workspace, file: SourceFile) -> Phase {
    match document_of(db, file) {
        Some(key) => report(db, workspace, Document::new(db, key.clone())).phase,
        None => Phase::default(),
    }
}
