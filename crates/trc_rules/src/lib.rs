//! The rules: what a report must hold to before it is published.
//!
//! One file a rule under `rules/`, with its page beside it. A rule is a plain
//! function over the model; [`check`] runs them all. See CONTRIBUTING.md for how to
//! add one.

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

mod analysis;
mod check;
mod context;
mod faults;
mod help;
mod insertions;
mod printed;
mod rule;
mod rules;
mod sentence;
mod settle;
mod standing;
mod suppression;
mod typed;
mod words;

pub use check::{check, check_declaration, check_document, check_file, check_workspace};
pub use rule::{Level, Rule, Run, Scope};
pub use rules::{find, rules};
pub use sentence::{Claim, Reader, Sentences, claims};
pub use settle::always_holds;
