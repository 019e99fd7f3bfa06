//! What editors ask for, one file a feature: plain functions from a database and a
//! document to plain data. Byte offsets in, byte offsets out; nothing here knows a
//! protocol.

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

pub mod diagnostics;
pub mod formatting;
pub mod types;
