//! From the spreadsheets that a municipality has to `.tr`: declarations with proposed
//! names, the targets of budget and plan, the follow-ups of a report, and last year's
//! outcomes.
//!
//! [`read`] makes sheets of the bytes of a file; [`import`] makes documents of sheets and
//! says what it could not place. Neither touches a disk.

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

mod documents;
mod fields;
mod goal;
mod import;
mod known;
mod names;
mod records;
mod sheets;

pub use fields::Kind;
pub use import::{Counts, Document, Import, Options, file_names, import};
pub use known::Known;
pub use trc_sheet::{
    Cell, Column, MAX_FILE_BYTES, Mark, Note, Place, Reading, Row, Sheet, Unreadable,
    column_letters,
};

/// Reads a file that is to be imported, as [`trc_sheet::read`] does.
///
/// # Errors
/// When nothing can be read of it; the error says why and what to do.
pub fn read(name: &str, bytes: &[u8]) -> Result<Reading, Unreadable> {
    trc_sheet::read(name, bytes, fields::is_known)
}
