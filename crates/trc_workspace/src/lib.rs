//! Everything that touches the disk: finding, reading, following and writing the
//! files of a workspace. What they mean is not known here.
//!
//! A [`Project`] is one workspace, open: its root, its `trc.toml`, its files, and
//! the database that answers questions about them. It works over any
//! [`FileSystem`]; tests and the editor's unsaved files use one in memory.

// This crate is one of the three that may touch files and the clock.
#![allow(clippy::disallowed_methods)]
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

pub mod clock;
pub mod config;
mod data;
pub mod discover;
pub mod fs;
pub mod paths;
pub mod problem;
pub mod project;
pub mod write;

pub use config::Config;
pub use fs::{FileSystem, MemoryFileSystem, RealFileSystem};
pub use problem::Problem;
pub use project::{OpenError, Project};
pub use write::write_atomically;
