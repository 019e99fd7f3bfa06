//! Lists and dates.

use trc_base::{Date, text};

use super::{ValueError, range};
use crate::ast::Spanned;
use crate::name::composed;

/// The parts of a list, separated by commas. A comma between two digits is a
/// decimal comma. Ranges are relative to the text; empty parts are left out.
pub fn list(text: &str) -> Vec<Spanned> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut before = None;
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let after = characters.peek().map(|(_, c)| *c);
        if c == ',' && !(is_digit(before) && is_digit(after)) {
            parts.push((start, at));
            start = at + 1;
        }
        before = Some(c);
    }
    parts.push((start, text.len()));
    parts
        .into_iter()
        .filter_map(|(start, end)| {
            let part = text.get(start..end)?;
            let trimmed = part.trim();
            let start = start + (part.len() - part.trim_start().len());
            (!trimmed.is_empty()).then(|| Spanned {
                text: composed(trimmed).into_owned(),
                range: range(start, start + trimmed.len()),
            })
        })
        .collect()
}

/// Reads a date: `2025-05-21`.
///
/// # Errors
/// When the text is no date, or one that does not exist.
pub fn date(text: &str) -> Result<Date, ValueError> {
    let trimmed = text.trim();
    if let Some(date) = Date::parse(trimmed) {
        return Ok(date);
    }
    let start = text.len() - text.trim_start().len();
    let shaped = trimmed.len() == 10
        && trimmed.bytes().enumerate().all(|(at, b)| match at {
            4 | 7 => b == b'-',
            _ => b.is_ascii_digit(),
        });
    let message = if shaped {
        text!(sv: "Datumet {trimmed} finns inte.", en: "There is no date {trimmed}.")
    } else if trimmed.is_empty() {
        text!(sv: "Här väntas ett datum.", en: "A date is expected here.")
    } else {
        text!(sv: "”{trimmed}” är inget datum.", en: "“{trimmed}” is not a date.")
    };
    Err(ValueError {
        range: range(start, start + trimmed.len()),
        message,
        help: text!(
            sv: "Skriv år, månad och dag: 2025-05-21.",
            en: "Write year, month and day: 2025-05-21.",
        ),
    })
}
