//! The command line as it is used: the real binary, in folders of its own.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_methods
)]

mod attest;
mod bad_input;
mod build;
mod check;
mod explain;
mod fix;
mod fmt;
mod import;
mod lsp;
mod new;
mod support;
mod types;
mod usage;
