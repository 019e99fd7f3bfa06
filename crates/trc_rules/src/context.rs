//! What a rule is given, and where it puts what it finds.

use trc_base::{Severity, Text, TextSize};
use trc_model::document::{Contents, Kind};
use trc_model::evaluate::{Evaluator, Located, Problem};
use trc_model::items::{Declaration, Facts};
use trc_model::organisation::organisation;
use trc_model::report::Report;
use trc_model::vocabulary::Vocabulary;
use trc_model::{Anchor, Db, Document, Finding, Part, Phase, Workspace};

use crate::help::Help;
use crate::insertions::Inserted;
use crate::rule::Rule;

/// Collects findings.
pub struct Findings<'out> {
    pub(crate) out: &'out mut Vec<Finding>,
    pub(crate) rule: &'static Rule,
    pub(crate) phase: Phase,
}

impl Findings<'_> {
    /// A finding of the rule at its own level.
    pub fn add(&mut self, anchor: Anchor, message: Text, help: impl Into<Help>) {
        self.add_related(anchor, message, help, Vec::new());
    }

    /// The same, with other places that belong to it.
    pub fn add_related(
        &mut self,
        anchor: Anchor,
        message: Text,
        help: impl Into<Help>,
        related: Vec<(Anchor, Text)>,
    ) {
        let severity = self.rule.level.severity(self.phase);
        self.push(anchor, severity, message, help.into(), related);
    }

    /// The problem of a formula that stands in a text or a value, where it begins at
    /// byte `at`.
    pub fn add_problem(&mut self, problem: &Problem, formula: &Anchor, at: TextSize) {
        let (anchor, related) = problem.places(formula, at);
        self.add_related(anchor, problem.message.clone(), problem.help.clone(), related);
    }

    /// The problem of a formula of a table.
    pub fn add_located(&mut self, located: &Located) {
        let Located { anchor, problem, related } = located;
        let (message, help) = (problem.message.clone(), problem.help.clone());
        self.add_related(anchor.clone(), message, help, related.clone());
    }

    /// A finding that is only worth knowing.
    pub fn inform(&mut self, anchor: Anchor, message: Text, help: impl Into<Help>) {
        self.push(anchor, Severity::Info, message, help.into(), Vec::new());
    }

    /// The same, with other places that belong to it.
    pub fn inform_related(
        &mut self,
        anchor: Anchor,
        message: Text,
        help: impl Into<Help>,
        related: Vec<(Anchor, Text)>,
    ) {
        self.push(anchor, Severity::Info, message, help.into(), related);
    }

    fn push(
        &mut self,
        anchor: Anchor,
        severity: Severity,
        message: Text,
        help: Help,
        related: Vec<(Anchor, Text)>,
    ) {
        let rule = self.rule.id;
        let (help, fix) = help.at(&anchor);
        self.out.push(Finding { anchor, severity, rule, message, help, related, fix });
    }
}

/// What a rule sees of one document.
pub struct DocumentContext<'out, 'db> {
    pub db: &'db dyn Db,
    pub workspace: Workspace,
    pub document: Document<'db>,
    pub kind: Kind,
    pub contents: &'db Contents<'db>,
    /// The document with what it follows; for plans and budgets without follow-ups.
    pub report: &'db Report<'db>,
    pub words: &'db Vocabulary<'db>,
    pub evaluator: &'out Evaluator<'db>,
    pub findings: Findings<'out>,
}

impl<'db> DocumentContext<'_, 'db> {
    /// True for a report that is to be completed: not one with figures only, and not
    /// one that is put together of others and has no plan of its own to follow up. Of an
    /// owner that the organisation does not have nothing is known that could be missing.
    pub fn is_full_report(&self) -> bool {
        self.kind == Kind::Report
            && !self.report.outcomes_only
            && (self.report.has_plan || self.contents.line(self.db, "ingår").is_none())
            && self.owner_is_known()
    }

    /// False when there is an organisation and the document's owner is not in it.
    pub fn owner_is_known(&self) -> bool {
        let units = &organisation(self.db, self.workspace).units;
        units.is_empty() || units.contains_key(&self.document.key(self.db).owner)
    }

    /// The first line of the document's first file.
    pub fn start(&self) -> Option<Anchor> {
        self.contents.roots.first().map(|root| Anchor::start(root.file(self.db)))
    }
}

/// What a rule sees of one declaration.
pub struct DeclarationContext<'out, 'db> {
    pub db: &'db dyn Db,
    pub workspace: Workspace,
    pub kind: Kind,
    pub declaration: Declaration<'db>,
    pub facts: &'db Facts,
    pub report: &'db Report<'db>,
    pub words: &'db Vocabulary<'db>,
    pub evaluator: &'out Evaluator<'db>,
    /// Every `{…}` in its texts, values and cells.
    pub(crate) insertions: &'out [Inserted<'db>],
    pub findings: Findings<'out>,
}

impl<'db> DeclarationContext<'_, 'db> {
    /// A part of the declaration.
    pub fn part(&self, part: Part) -> Anchor {
        Anchor::part(self.db, self.declaration, part)
    }
}

/// What a rule sees of the whole workspace.
pub struct WorkspaceContext<'out, 'db> {
    pub db: &'db dyn Db,
    pub workspace: Workspace,
    pub findings: Findings<'out>,
}
