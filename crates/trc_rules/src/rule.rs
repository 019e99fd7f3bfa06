//! What a rule is.

use trc_base::{Severity, Text};
use trc_model::Phase;

use crate::context::{DeclarationContext, DocumentContext, WorkspaceContext};
use crate::sentence::Reader;

/// A rule.
pub struct Rule {
    /// Its name in output, configuration and documentation, such as
    /// `target-missed-without-analysis`. Never changes once released.
    pub id: &'static str,
    pub level: Level,
    /// One line that says what it wants, in Swedish and English.
    pub title_sv: &'static str,
    pub title_en: &'static str,
    /// The version that first had it.
    pub since: &'static str,
    /// Its page, in Swedish Markdown: why, right and wrong examples.
    pub page: &'static str,
    pub run: Run,
}

impl Rule {
    /// The title in both languages.
    pub fn title(&self) -> Text {
        Text::new(self.title_sv, self.title_en)
    }

    /// What a change must touch for the rule to be run again.
    pub fn scope(&self) -> Scope {
        match self.run {
            Run::File => Scope::File,
            Run::Declaration(_) | Run::Paragraph(_) => Scope::Declaration,
            Run::Document(_) => Scope::Document,
            Run::Both(..) => Scope::Document,
            Run::Workspace(_) => Scope::Workspace,
        }
    }
}

/// How heavy a rule's findings are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Level {
    Error,
    Warning,
    Info,
    /// Something is not there yet: a warning until the report is final, then an error.
    Completeness,
}

impl Level {
    /// The severity in a phase.
    pub fn severity(self, phase: Phase) -> Severity {
        match self {
            Level::Error => Severity::Error,
            Level::Warning => Severity::Warning,
            Level::Info => Severity::Info,
            Level::Completeness if phase == Phase::Final => Severity::Error,
            Level::Completeness => Severity::Warning,
        }
    }
}

/// What a change must touch for a rule to be run again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// The bytes of one file.
    File,
    /// One declaration and what it refers to.
    Declaration,
    /// One document and those it follows.
    Document,
    /// Everything.
    Workspace,
}

impl Scope {
    /// The word in tables and documentation.
    pub fn word(self) -> &'static str {
        match self {
            Scope::File => "file",
            Scope::Declaration => "declaration",
            Scope::Document => "document",
            Scope::Workspace => "workspace",
        }
    }
}

/// The rule's function, by what it looks at.
pub enum Run {
    /// Found while the file is read; there is nothing to run.
    File,
    Declaration(fn(&mut DeclarationContext<'_, '_>)),
    /// Needs nothing but the words of a paragraph.
    Paragraph(Reader),
    Document(fn(&mut DocumentContext<'_, '_>)),
    /// Part of the rule looks at a declaration, part at the document.
    Both(fn(&mut DeclarationContext<'_, '_>), fn(&mut DocumentContext<'_, '_>)),
    Workspace(fn(&mut WorkspaceContext<'_, '_>)),
}
