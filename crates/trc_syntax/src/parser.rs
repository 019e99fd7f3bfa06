//! From text to the lossless tree.

use rowan::GreenNode;
use trc_base::{Text, TextRange};

/// The tree of one file and what was wrong with its shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parse {
    green: GreenNode,
    errors: Vec<SyntaxError>,
}

/// A mistake in the shape of the source. One mistake gives one of these.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SyntaxError {
    /// Where, in bytes of the file.
    pub range: TextRange,
    /// What was found and why it matters.
    pub message: Text,
    /// What to do.
    pub help: Text,
}
