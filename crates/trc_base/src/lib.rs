//! What every other crate of the compiler stands on: byte ranges, line and column
//! conversion, exact decimals, dates and the one diagnostic model.
//!
//! Nothing in here knows the language, the file system or an editor.

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

pub mod date;
pub mod decimal;
pub mod diagnostic;
pub mod position;
pub mod suggest;
pub mod text;

pub use date::Date;
pub use decimal::Decimal;
pub use diagnostic::{Applicability, Diagnostic, Fix, Location, Related, Severity};
pub use position::{Encoding, LineColumn, Lines};
pub use text::{Language, Text};
pub use text_size::{TextRange, TextSize};
