//! The one diagnostic model. Checks return these; terminals, editors and CI
//! formats render them.

use std::sync::Arc;

use serde::Serialize;
use text_size::TextRange;

use crate::text::Text;

/// How much a finding matters. The order is by weight, heaviest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The report must not be published like this.
    Error,
    /// Probably a mistake; publishing is possible.
    Warning,
    /// Worth knowing, nothing to mend.
    Info,
}

/// A byte range in one file of the workspace.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// The path relative to the workspace, with `/`.
    pub file: Arc<str>,
    pub range: Range,
}

/// A half-open byte range that orders by start, then end. `TextRange` itself has
/// no order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Range {
    pub start: u32,
    pub end: u32,
}

impl From<TextRange> for Range {
    fn from(range: TextRange) -> Self {
        Range { start: range.start().into(), end: range.end().into() }
    }
}

/// Another place that belongs to a finding, such as the first of two declarations.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Related {
    pub location: Location,
    pub message: Text,
}

/// A way to mend a finding: a text for what stands in a place of the source.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fix {
    pub applicability: Applicability,
    pub location: Location,
    pub text: String,
}

/// How sure it is that a fix is what the writer wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Applicability {
    /// The report says the same afterwards, or what its writer plainly wrote.
    Safe,
    /// Most likely meant, but the report says something else: somebody should look.
    Unsafe,
}

impl PartialOrd for Text {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Text {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (&self.sv, &self.en).cmp(&(&other.sv, &other.en))
    }
}

/// One finding, at an absolute place, ready for any renderer.
///
/// The message says what was found and why it matters; the help says what to do.
/// Each reads alone, without the rule's name or the source beside it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Diagnostic {
    pub location: Location,
    pub severity: Severity,
    /// The rule's id, such as `target-missed-without-analysis`.
    pub rule: &'static str,
    pub message: Text,
    pub help: Text,
    pub related: Vec<Related>,
    /// A way to mend it, where one is known.
    pub fix: Option<Fix>,
}
