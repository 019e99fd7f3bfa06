//! Figures as they are printed.

use trc_base::Decimal;
use trc_model::evaluate::{Show, Value};
use trc_model::quantity::Quantity;

/// Between a figure and its unit: they never part at a line's end.
const JOIN: char = '\u{a0}';

/// In a cell, a longer unit may stand on the line below its figure.
const LONGEST_JOINED: usize = 5;

const NUMBER_WORDS: [&str; 13] =
    ["noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"];

/// A figure in a table cell of a column that has no unit of its own.
pub fn in_cell(quantity: &Quantity, decimals: Option<u32>) -> String {
    beside(&quantity.printed(decimals).to_swedish(), quantity.unit.in_table())
}

/// A figure and its unit in a cell.
pub fn beside(figure: &str, unit: &str) -> String {
    match unit.chars().count() {
        0 => figure.to_owned(),
        1..=LONGEST_JOINED => format!("{figure}{JOIN}{unit}"),
        _ => format!("{figure} {unit}"),
    }
}

/// A figure in a column whose unit stands in the table's head.
pub fn bare(value: Decimal) -> String {
    value.to_swedish()
}

/// An inserted value in a sentence.
pub fn in_prose(value: &Value, show: Show) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Nothing | Value::Unknown => String::new(),
        Value::Quantity(quantity) => {
            let number = quantity.printed(None);
            match show {
                Show::Bare => number.to_swedish(),
                Show::Words => in_words(number),
                Show::Normal => joined(number, quantity.unit.in_prose()),
            }
        }
    }
}

fn joined(value: Decimal, unit: &str) -> String {
    let mut out = value.to_swedish();
    if !unit.is_empty() {
        out.push(JOIN);
        out.push_str(unit);
    }
    out
}

/// Small whole numbers in words, as Svenska skrivregler has it; others in digits.
fn in_words(value: Decimal) -> String {
    value
        .to_i64()
        .and_then(|number| usize::try_from(number).ok())
        .and_then(|number| NUMBER_WORDS.get(number))
        .map_or_else(|| value.to_swedish(), |word| (*word).to_owned())
}

#[cfg(test)]
mod tests {
    use trc_model::quantity::Unit;

    use super::*;

    #[test]
    fn percent_is_a_word_in_a_sentence() {
        let share = Quantity::stated(Decimal::parse_swedish("83,33").unwrap(), Unit::Percent);
        let value = Value::Quantity(share.clone());
        assert_eq!(in_prose(&value, Show::Normal), "83,33\u{a0}procent");
        assert_eq!(in_prose(&value, Show::Bare), "83,33");
        assert_eq!(in_cell(&share, None), "83,33\u{a0}%");
        let eleven = Value::Quantity(Quantity::exact(Decimal::from(11), Unit::None));
        assert_eq!(in_prose(&eleven, Show::Words), "elva");
        assert_eq!(in_prose(&eleven, Show::Normal), "11");
    }
}
