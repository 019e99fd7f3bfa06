//! The shapes of the `.tr` language: tokens with trivia, a lossless tree, typed
//! nodes over it, and the small languages inside a line: values, formulas and
//! the prose subset of CommonMark.
//!
//! Shapes only. Which words may stand where is vocabulary, and vocabulary is
//! data; see `trc_model`. Every function here is total: any text gives a tree.

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

pub mod ast;
mod blocks;
mod comments;
pub mod decode;
mod errors;
pub mod formula;
mod grammar;
pub mod kind;
mod lexer;
pub mod name;
pub mod parser;
pub mod prose;
mod tree;
pub mod value;
mod word;

pub use comments::Comment;
pub use kind::{SyntaxKind, SyntaxNode, SyntaxToken, TrLanguage};
pub use lexer::{MARK, closing_mark, is_blank};
pub use parser::{Parse, SyntaxError, parse};
pub use word::{DECLARING_WORDS, OPENING_WORDS, is_structural};
