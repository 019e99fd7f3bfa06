//! Values of fields: measured values, targets, absence. All ranges are relative
//! to the beginning of the value's text.

mod absence;
mod cell;
mod insertion;
mod list;
mod mark;
mod measure;
pub(crate) mod number;
mod target;

use trc_base::{Decimal, Text, TextRange, TextSize};

use crate::formula::{Expression, FormulaError};
use crate::name::composed;

pub use absence::{ABSENCE_WORDS, absence};
pub use cell::{Cell, CellContent, cell};
pub use insertion::insertion;
pub(crate) use insertion::{Checked, bracketed, checked};
pub use list::{date, list};
pub use mark::{Mark, mark};
pub use measure::{GENDER_WORDS, measure};
pub use target::{new_target, target};

/// A measured value: `83,33 % (män 85,71 %, kvinnor 78,95 %)`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Measure {
    pub total: Quantity,
    /// The values of men and boys, and of women and girls, as far as given.
    pub parts: Vec<Part>,
    /// `(kön sekretess)`: why there are no parts.
    pub parts_absent: Option<Absence>,
}

/// The value of one gender.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Part {
    pub gender: Gender,
    pub quantity: Quantity,
}

/// Whose value a part is. `pojkar` count with `män`, `flickor` with `kvinnor`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gender {
    Men,
    Women,
}

/// One figure.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Quantity {
    pub range: TextRange,
    pub kind: QuantityKind,
}

/// How a figure is given.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum QuantityKind {
    /// `5 st`, `4,8`
    Number { value: Decimal, unit: Option<String> },
    /// `35 av 42`
    Share { part: Decimal, whole: Decimal },
    /// `{driftbudget.efter}`
    Inserted(Insertion),
    /// `[98,8 %]{andel(a, b)}`
    Checked { typed: String, typed_range: TextRange, insertion: Insertion },
}

/// `{…}`: a formula in a text. Its ranges are relative to the formula; the
/// formula's place is given here, relative to the text that holds it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Insertion {
    /// From `{` to `}`.
    pub range: TextRange,
    /// Between the braces.
    pub formula_range: TextRange,
    pub formula: Result<Expression, FormulaError>,
}

/// Why there is no value: `ej mätt, redovisas T2 2025`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Absence {
    pub kind: AbsenceKind,
    /// What follows the comma.
    pub reason: Option<String>,
    pub range: TextRange,
}

/// The words for a value that is absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AbsenceKind {
    /// `ej mätt`
    NotMeasured,
    /// `bortfall`
    NonResponse,
    /// `ej tillämplig`
    NotApplicable,
    /// `sekretess`
    Confidential,
}

/// A target (`årsmål`).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Target {
    pub kind: TargetKind,
    /// `… för hela staden`: shown, never compared.
    pub whole_city: bool,
}

/// A target that a report sets in place of the plan's (`nytt årsmål`).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct NewTarget {
    pub target: Target,
    /// The target as typed, without the reason.
    pub text: String,
    pub reason: String,
}

/// What a target asks for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum TargetKind {
    /// `4,8`, `36 %`: in the indicator's direction.
    Value(Measure),
    /// `minst 90 %`
    AtLeast(Quantity),
    /// `högst 10 personer`, `max 10 personer`
    AtMost(Quantity),
    /// `±1 %`, `+/- 1 %`
    Within(Quantity),
    /// `ökning`
    Increase,
    /// `minskning`
    Decrease,
    /// `tas fram av nämnd`, `tas fram av nämnd/styrelse`: another sets it. Text as typed.
    SetElsewhere(String),
    /// `fastställs 2026`
    SetLater(u16),
}

/// Why a text is not a value of the kind asked for. The range is relative to the
/// value's text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ValueError {
    pub range: TextRange,
    pub message: Text,
    pub help: Text,
}

/// A byte range of a value, which is far shorter than 4 GiB.
pub(crate) fn range(start: usize, end: usize) -> TextRange {
    let size = |at: usize| TextSize::new(u32::try_from(at).unwrap_or(u32::MAX));
    TextRange::new(size(start), size(end.max(start)))
}

/// Words as they are compared: composed, in small letters, one blank between.
fn normal(words: &str) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    composed(&words.join(" ")).to_lowercase()
}

/// A letter, or the combining mark of a decomposed one.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '\u{300}'..='\u{36f}')
}

#[cfg(test)]
mod tests;
