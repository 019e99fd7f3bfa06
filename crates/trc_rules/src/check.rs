//! Running the rules.

use trc_base::Diagnostic;
use trc_model::anchor::Place;
use trc_model::db::parse;
use trc_model::document::{Kind, contents, document_of, documents};
use trc_model::evaluate::Evaluator;
use trc_model::items::{Declaration, items};
use trc_model::report::{report, words};
use trc_model::{Anchor, Db, Document, Finding, Phase, SourceFile, Workspace};

use crate::context::{DeclarationContext, DocumentContext, Findings, WorkspaceContext};
use crate::insertions::insertions;
use crate::rule::{Level, Run};
use crate::rules::{ENCODING, SYNTAX, rules};
use crate::sentence::claims_of;

/// Everything that is wrong in a workspace, in order of file and place.
pub fn check(db: &dyn Db, workspace: Workspace) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for file in workspace.files(db).iter().filter(|file| !file.is_built_in(db)) {
        findings.extend(check_source(db, *file));
        check_declarations(db, workspace, *file, &mut findings);
    }
    for key in documents(db, workspace).keys() {
        findings.extend_from_slice(check_document(db, workspace, Document::new(db, key.clone())));
    }
    findings.extend_from_slice(check_workspace(db, workspace));
    resolve(db, &findings)
}

/// What is wrong with one file as the writer types: its declarations and its document.
/// The workspace's own findings come when typing pauses; see [`check_workspace`].
pub fn check_file(db: &dyn Db, workspace: Workspace, file: SourceFile) -> Vec<Diagnostic> {
    let mut findings = check_source(db, file);
    check_declarations(db, workspace, file, &mut findings);
    if let Some(key) = document_of(db, file) {
        let document = check_document(db, workspace, Document::new(db, key.clone()));
        findings.extend(document.iter().filter(|finding| finding.anchor.file == file).cloned());
    }
    resolve(db, &findings)
}

fn resolve(db: &dyn Db, findings: &[Finding]) -> Vec<Diagnostic> {
    let mut out: Vec<Diagnostic> = findings.iter().map(|finding| finding.resolve(db)).collect();
    out.sort();
    out.dedup();
    out
}

/// Mistakes in the bytes and the shape of a file.
fn check_source(db: &dyn Db, file: SourceFile) -> Vec<Finding> {
    let mut out = Vec::new();
    if let Some(problem) = file.encoding(db) {
        out.push(Finding {
            anchor: Anchor::start(file),
            severity: Level::Error.severity(Phase::Final),
            rule: ENCODING.id,
            message: problem.message(),
            help: problem.help(),
            related: Vec::new(),
        });
        if file.text(db).is_empty() {
            return out;
        }
    }
    out.extend(parse(db, file).errors().iter().map(|error| Finding {
        anchor: Anchor { file, place: Place::Bytes(error.range) },
        severity: Level::Error.severity(Phase::Final),
        rule: SYNTAX.id,
        message: error.message.clone(),
        help: error.help.clone(),
        related: Vec::new(),
    }));
    out
}

fn check_declarations(db: &dyn Db, workspace: Workspace, file: SourceFile, out: &mut Vec<Finding>) {
    if let Some(key) = document_of(db, file) {
        let document = Document::new(db, key.clone());
        // What a file of data says stands at the field that names it.
        let data = contents(db, workspace, document).data.iter().copied();
        let mut open: Vec<Declaration<'_>> = data.filter(|it| it.file(db) == file).collect();
        open.push(items(db, file).root);
        while let Some(declaration) = open.pop() {
            out.extend_from_slice(check_declaration(db, workspace, declaration));
            open.extend_from_slice(declaration.children(db));
        }
    }
}

/// What is wrong with one declaration, its children left to themselves.
#[salsa::tracked]
pub fn check_declaration<'db>(
    db: &'db dyn Db,
    workspace: Workspace,
    declaration: Declaration<'db>,
) -> Vec<Finding> {
    let mut out = Vec::new();
    let Some(key) = document_of(db, declaration.file(db)) else { return out };
    let document = Document::new(db, key.clone());
    let report = report(db, workspace, document);
    let evaluator = Evaluator::new(db, workspace, document);
    let insertions = insertions(db, key.kind, declaration, report, &evaluator);
    for rule in rules() {
        if let Run::Declaration(run) | Run::Both(run, _) = rule.run {
            run(&mut DeclarationContext {
                db,
                workspace,
                kind: key.kind,
                declaration,
                facts: declaration.facts(db),
                report,
                words: words(db, workspace, document),
                evaluator: &evaluator,
                insertions: &insertions,
                findings: Findings { out: &mut out, rule, phase: report.phase },
            });
        }
    }
    for (rule, anchor, claim) in claims_of(db, declaration) {
        let mut findings = Findings { out: &mut out, rule, phase: report.phase };
        findings.add(anchor, claim.message, claim.help);
    }
    out
}

/// What is wrong with a document as a whole.
#[salsa::tracked]
pub fn check_document<'db>(
    db: &'db dyn Db,
    workspace: Workspace,
    document: Document<'db>,
) -> Vec<Finding> {
    let mut out = Vec::new();
    let key = document.key(db);
    let contents = contents(db, workspace, document);
    if contents.roots.iter().all(|root| root.file(db).is_built_in(db)) {
        return out;
    }
    let report = report(db, workspace, document);
    let evaluator = Evaluator::new(db, workspace, document);
    for rule in rules() {
        if let Run::Document(run) | Run::Both(_, run) = rule.run {
            run(&mut DocumentContext {
                db,
                workspace,
                document,
                kind: key.kind,
                contents,
                report,
                words: words(db, workspace, document),
                evaluator: &evaluator,
                findings: Findings { out: &mut out, rule, phase: report.phase },
            });
        }
    }
    // A built-in file is nobody's to mend.
    out.retain(|finding| !finding.anchor.file.is_built_in(db));
    out
}

/// What is wrong between documents.
#[salsa::tracked]
pub fn check_workspace(db: &dyn Db, workspace: Workspace) -> Vec<Finding> {
    let mut out = Vec::new();
    for rule in rules() {
        if let Run::Workspace(run) = rule.run {
            let findings = Findings { out: &mut out, rule, phase: Phase::Final };
            run(&mut WorkspaceContext { db, workspace, findings });
        }
    }
    out
}

/// True for kinds of document that hold goals.
pub(crate) fn holds_goals(kind: Kind) -> bool {
    matches!(kind, Kind::Budget | Kind::Plan | Kind::Report)
}
