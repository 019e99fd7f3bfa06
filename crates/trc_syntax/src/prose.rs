//! The prose subset of CommonMark, with exact ranges.
//!
//! All ranges are relative to the beginning of the passage as it stands in the
//! source (not dedented), so that an edit above it moves nothing in here.

mod build;
mod hint;
mod layout;
mod special;
mod walk;

use trc_base::{Text, TextRange};

use crate::value::Insertion;

pub use walk::{Inserted, Node, beside, plain_text, walk};

/// How deep emphasis and links nest; deeper ones are left out, their words stay.
pub const MAX_INLINE_DEPTH: usize = 16;

/// Reads a passage. Any text is one.
///
/// `indent` is the number of columns before the closing `"""`; lines lose that much
/// of their indentation, or what they have in common when that is more.
pub fn parse(text: &str, indent: u32) -> Prose {
    let mut hints = hint::Hints::default();
    let specials = special::find(text, &mut hints);
    let indent = usize::try_from(indent).unwrap_or(usize::MAX);
    let laid = layout::lay_out(text, indent, &specials, &mut hints);
    let mut prose = build::build(text, specials, &laid);
    prose.hints = hints.finish();
    prose
}

/// A passage.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Prose {
    pub blocks: Vec<Block>,
    /// `[^label]: text`, in source order.
    pub footnotes: Vec<FootnoteDefinition>,
    /// What Markdown would have read otherwise, and other things worth a word.
    pub hints: Vec<Hint>,
}

/// A block of a passage.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Block {
    Paragraph {
        inlines: Vec<Inline>,
        range: TextRange,
    },
    /// `#` to `###`, counted from the passage's own heading.
    Heading {
        level: u8,
        inlines: Vec<Inline>,
        range: TextRange,
    },
    List {
        ordered: bool,
        items: Vec<ListItem>,
        range: TextRange,
    },
    /// `{x}` on a line of its own: a table, a diagram, a `text`.
    Insert(Insertion),
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ListItem {
    pub blocks: Vec<Block>,
    pub range: TextRange,
}

/// Part of a line.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Inline {
    /// Text as it is printed. The range is that of its source; where the two have
    /// the same length, offsets agree.
    Text {
        text: String,
        range: TextRange,
    },
    Emphasis {
        inlines: Vec<Inline>,
        range: TextRange,
    },
    Strong {
        inlines: Vec<Inline>,
        range: TextRange,
    },
    /// `[words](https://…)`, `[words](mailto:…)`
    Link {
        target: String,
        inlines: Vec<Inline>,
        range: TextRange,
    },
    /// `[^label]`
    FootnoteReference {
        label: String,
        range: TextRange,
    },
    /// `\` at the end of a line.
    LineBreak,
    /// `{x}` in a sentence.
    Insert(Insertion),
    /// `[typed text]{x}`
    Checked {
        typed: String,
        typed_range: TextRange,
        insertion: Insertion,
    },
    /// `@1.2.1`, `@årsprognos.äldreomsorg`; the target without the `@`.
    Reference {
        target: String,
        range: TextRange,
    },
    /// `[KOMPLETTERAS: what is missing]`
    Missing {
        text: String,
        range: TextRange,
    },
}

/// `[^label]: text`
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FootnoteDefinition {
    pub label: String,
    pub inlines: Vec<Inline>,
    pub range: TextRange,
}

/// Something in a passage that is text here though Markdown or the writer may
/// have meant more.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Hint {
    pub range: TextRange,
    pub message: Text,
    pub help: Text,
}

#[cfg(test)]
mod tests;
