//! Page data in, official PDF and page images out.
//!
//! This is the only crate that names `typst`. It reads the page data contract
//! ([`trc_page::data`]) and knows nothing of `.tr` files: text that a writer wrote
//! enters Typst as content built here, never as code, and carries the place it was
//! written at, so that a click on a page leads back to the source and an error
//! names the block it came from.

#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::string_slice,
        clippy::panic,
        clippy::arithmetic_side_effects
    )
)]

mod content;
mod failure;
mod fit;
mod layout;
mod measure;
mod positions;
mod span;
mod values;
pub mod worker;
mod world;

pub use failure::{Failure, FailureKind};
pub use layout::{Layout, Options, Pdf, compile_pdf, layout, positions, render_pages};
pub use positions::{Position, Rectangle};
pub use world::printable_ranges;
