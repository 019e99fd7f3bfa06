//! The canonical layout of a file, printed from its lossless tree.
//!
//! There is one layout and nothing to configure. It changes blanks, line breaks and
//! the order of nothing; a file that is laid out stays as it is. Where a file has a
//! mistake in its shape, the block that holds it is left exactly as it was typed,
//! because laying out what is not understood could hide what was meant.
//!
//! The choices, where more than one would have been reasonable:
//!
//! - Two blanks a level. A block on one line stays on one line.
//! - A blank line stands around passages, around blocks of several lines at the top
//!   level, and where a block of several lines meets another kind of item. Between
//!   items of one kind inside a block the writer decides: ten indicators with four
//!   fields each read better without ten blank lines. Two are never kept.
//! - The titles of `kolumn` and `rad` that follow one another begin in one column, as
//!   the printed table's do. Formulas are not aligned: they differ too much in length.
//! - Columns of a table are as wide as their widest cell, up to 80 columns. Columns of figures and
//!   insertions are aligned to the right, with their heads; the first never is.
//! - A comment after something stands three blanks from it.

#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::string_slice,
        clippy::arithmetic_side_effects
    )
)]

mod entries;
mod layout;
mod passage;
mod table;
mod width;

use trc_base::{TextRange, TextSize};
use trc_syntax::{Parse, SyntaxKind};

/// A file in the canonical layout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formatted {
    /// The text: LF line breaks, no byte order mark, a line break at the end.
    pub text: String,
    /// The parts of the source, in bytes, that were left as they were because their
    /// shape has a mistake.
    pub untouched: Vec<TextRange>,
}

/// Lays out a file. Any text can be given; formatting a formatted text changes
/// nothing.
pub fn format(text: &str) -> Formatted {
    format_parsed(text, &trc_syntax::parse(text))
}

/// Lays out a file that has been parsed.
pub fn format_parsed(text: &str, parse: &Parse) -> Formatted {
    let whole = TextRange::up_to(TextSize::of(text));
    let untouched = || Formatted { text: text.to_owned(), untouched: vec![whole] };
    // Both sides of a conflict are someone's work; what was not read is not known.
    if parse.syntax().text_range() != whole || has_conflict(text, parse) {
        return untouched();
    }
    let formatted = layout::print(text, parse);
    // Where a brace is missing, the indentation tells which blocks are meant, and the
    // new one must tell the same.
    if !parse.braces_pair() {
        let again = trc_syntax::parse(&formatted.text);
        if outline(&again) != outline(parse)
            || layout::print(&formatted.text, &again).text != formatted.text
        {
            return untouched();
        }
    }
    formatted
}

/// The nodes of a tree, with the depth of each.
fn outline(parse: &Parse) -> Vec<(usize, SyntaxKind)> {
    parse.syntax().descendants().map(|node| (node.ancestors().count(), node.kind())).collect()
}

/// A marker inside a passage is part of the passage's token.
fn has_conflict(text: &str, parse: &Parse) -> bool {
    // Looking for the markers is much quicker than walking the tree.
    (text.contains("<<<<<<<") || text.contains(">>>>>>>"))
        && parse.syntax().descendants_with_tokens().any(|element| match element.kind() {
            SyntaxKind::Conflict => true,
            SyntaxKind::LongText => element.to_string().contains("\n<<<<<<<"),
            _ => false,
        })
}
