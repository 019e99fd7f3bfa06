//! What the tests that cross crates have in common: the built binary, the example's page
//! data and PDF, the published facts to compare them with, and workspaces of any size.

// Tests start programs and read files; the lints keep that out of the core.
#![allow(clippy::disallowed_methods)]
// A test says what is wrong by panicking.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

pub mod csv;
pub mod example;
pub mod facts;
pub mod generate;
pub mod handbook;
pub mod page_data;
pub mod printed;
pub mod programs;
pub mod published;
pub mod reference;
pub mod tag_tree;
pub mod workspace;
