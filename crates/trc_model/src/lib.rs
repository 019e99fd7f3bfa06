//! What a workspace means: documents, names, values, tables, and how reports
//! hang together with plans and budgets.
//!
//! Everything is a query over four inputs (see [`db`]). The graph is small on
//! purpose; ARCHITECTURE.md draws it and says why each cut stands where it does:
//!
//! `parse(file)` → `items(file)` (facts without byte ranges) → `document`,
//! `vocabulary`, `report`, `values`; `ranges(file)` is read at the edge only, when
//! a finding becomes a diagnostic.

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

pub mod anchor;
pub mod assess;
pub mod data;
pub mod db;
pub mod describe;
pub mod document;
pub mod evaluate;
pub mod fields;
pub mod items;
pub mod mark;
pub mod organisation;
pub mod placeholder;
pub mod prose;
pub mod quantity;
pub mod report;
pub mod resolve;
pub mod settings;
pub mod subject;
pub mod table;
pub mod vocabulary;
pub mod wording;

pub use anchor::{Anchor, Finding, Part};
pub use data::DataFile;
pub use db::{Database, Db, Phase, SourceFile, Workspace};
pub use document::{Document, DocumentKey, Kind};
