//! A report as page data: everything that is printed, in the order it is
//! printed, with numbers already formatted.
//!
//! [`build`] makes it from the model; [`data`] is the contract that every page
//! design reads.

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

mod build;
pub mod compounds;
pub mod data;
pub mod fingerprint;
pub mod glyphs;

pub use build::{Built, build};
