//! What can go wrong between page data and PDF.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use typst::diag::SourceDiagnostic;

use crate::span;

/// Why no PDF was made.
///
/// A writer is never shown [`Failure::internal`]: rules find what a writer can
/// cause before Typst runs, and what is left is a fault of the tools. The blocks
/// say which text it has to do with, so that the message can stand there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// In which step it happened.
    pub kind: FailureKind,
    /// The blocks of text it came from, by the numbers of their origins.
    pub blocks: Vec<u32>,
    /// What Typst or the reader of page data said, for a fault report.
    pub internal: String,
}

/// The step that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FailureKind {
    /// The page data does not follow the contract.
    PageData,
    /// The pages could not be laid out.
    Layout,
    /// The pages did not come to rest: references between them kept changing.
    Unstable,
    /// The laid out pages could not be written as an archivable, accessible PDF.
    Export,
    /// A message between the processes was not a message.
    Protocol,
}

impl Failure {
    /// A failure that came from no particular block.
    pub fn new(kind: FailureKind, internal: impl Into<String>) -> Self {
        Self { kind, blocks: Vec::new(), internal: internal.into() }
    }

    /// A failure from what Typst reports.
    pub(crate) fn from_typst<'a>(
        kind: FailureKind,
        diagnostics: impl IntoIterator<Item = &'a SourceDiagnostic>,
    ) -> Self {
        let mut blocks = BTreeSet::new();
        let mut lines = Vec::new();
        for diagnostic in diagnostics {
            blocks.extend(span::block_of(diagnostic.span));
            lines.push(diagnostic.message.to_string());
            lines.extend(diagnostic.hints.iter().map(|hint| format!("hint: {}", hint.v)));
        }
        Self { kind, blocks: blocks.into_iter().collect(), internal: lines.join("\n") }
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let step = match self.kind {
            FailureKind::PageData => "the page data does not follow the contract",
            FailureKind::Layout => "the pages could not be laid out",
            FailureKind::Unstable => "the pages did not come to rest",
            FailureKind::Export => "the pages could not be written as PDF",
            FailureKind::Protocol => "a message between the processes was not a message",
        };
        write!(f, "{step}: {}", self.internal)
    }
}

impl std::error::Error for Failure {}
