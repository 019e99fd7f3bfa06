//! Cells of tables.

use trc_base::{Decimal, TextRange};

use super::insertion::{bracketed, checked, insertion};
use super::{Insertion, ValueError, measure::bad_number, number, range};
use crate::name::composed;

/// What stands in a cell, and its note.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Cell {
    pub content: CellContent,
    /// Where the content stands: without blanks around it, without the note.
    pub range: TextRange,
    /// The label of `[^label]` after the content, and the range of the label.
    pub footnote: Option<(String, TextRange)>,
    /// Why a text that looks like a number is none, such as `4.8`. In a column of
    /// texts that is no mistake, so the caller decides.
    pub problem: Option<ValueError>,
}

/// How a cell is filled.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum CellContent {
    /// Nothing stands there.
    Empty,
    /// `-` alone: there is nothing to give.
    Dash,
    /// `3 936,6`, `95,4 %`
    Number { value: Decimal, unit: Option<String> },
    /// Anything else, as typed.
    Text(String),
    /// `{x}`
    Inserted(Insertion),
    /// `[7,3]{x}`
    Checked { typed: String, typed_range: TextRange, insertion: Insertion },
}

/// Reads a cell. Any text is one.
pub fn cell(text: &str) -> Cell {
    let (before, footnote) = split_footnote(text);
    let trimmed = before.trim();
    let start = before.len() - before.trim_start().len();
    let end = start + trimmed.len();
    let mut problem = None;
    let content = whole_insertion(before, start, end).unwrap_or_else(|| match trimmed {
        "" => CellContent::Empty,
        "-" | "−" | "–" | "—" => CellContent::Dash,
        _ => number_or_text(trimmed, start, &mut problem),
    });
    Cell { content, range: range(start, end), footnote, problem }
}

/// A text, and the note at its end.
fn split_footnote(text: &str) -> (&str, Option<(String, TextRange)>) {
    let trimmed = text.trim_end();
    let note =
        trimmed.rfind("[^").filter(|at| bracketed(trimmed, *at) == Some(trimmed.len() - at - 2));
    let Some(at) = note else { return (text, None) };
    let label = range(at + 2, trimmed.len() - 1);
    let name = trimmed.get(at + 2..trimmed.len() - 1).unwrap_or_default();
    if name.is_empty() || name.contains(char::is_whitespace) {
        return (text, None);
    }
    (text.get(..at).unwrap_or_default(), Some((composed(name).into_owned(), label)))
}

/// The insertion or checked text that fills the cell.
fn whole_insertion(text: &str, start: usize, end: usize) -> Option<CellContent> {
    if let Some(insertion) = insertion(text, start)
        && usize::from(insertion.range.end()) == end
    {
        return Some(CellContent::Inserted(insertion));
    }
    let checked =
        checked(text, start).filter(|checked| usize::from(checked.range().end()) == end)?;
    Some(CellContent::Checked {
        typed: checked.typed,
        typed_range: checked.typed_range,
        insertion: checked.insertion,
    })
}

fn number_or_text(text: &str, start: usize, problem: &mut Option<ValueError>) -> CellContent {
    if let Some((len, value)) = number::signed_prefix(text)
        && let Some(unit) = unit(text.get(len..).unwrap_or_default())
    {
        match value {
            Ok(value) => return CellContent::Number { value, unit },
            Err(error) => {
                *problem = Some(bad_number(error, text.get(..len).unwrap_or_default(), start));
            }
        }
    }
    CellContent::Text(text.to_owned())
}

/// The unit after a number: nothing, a sign, one word, or words with `per` among
/// them (`kg CO2 per kg livsmedel`). `None` when the text is no unit, so that the
/// cell is a text that merely begins with digits: `2 av 3 enheter`.
fn unit(text: &str) -> Option<Option<String>> {
    let unit = text.trim_start();
    let glued = unit.len() == text.len();
    if unit.is_empty() {
        return Some(None);
    }
    if unit.starts_with(['%', '‰', '°', '€']) {
        return (!unit.contains(char::is_whitespace)).then(|| Some(unit.to_owned()));
    }
    let mut words = unit.split_whitespace();
    let one = words.clone().count() == 1;
    let word_like = words.all(|word| {
        word.starts_with(super::is_letter)
            && word
                .chars()
                .all(|c| super::is_letter(c) || c.is_ascii_digit() || "./%²³-".contains(c))
    });
    let several = unit.split_whitespace().any(|word| word == "per");
    // `2c8` is a name, not a number with a unit.
    let name = glued && unit.contains(|c: char| c.is_ascii_digit());
    (word_like && (one || several) && !name).then(|| Some(composed(unit).into_owned()))
}
