//! Targets (`årsmål`).

use trc_base::{suggest, text};

use super::measure::quantity;
use super::{NewTarget, Target, TargetKind, ValueError, measure, range};
use crate::name::composed;

const WHOLE_CITY: &str = "för hela staden";

/// Reads a target.
///
/// # Errors
/// When the text is not one; the error says what and where.
pub fn target(text: &str) -> Result<Target, ValueError> {
    let (asked, whole_city) = match strip_whole_city(text) {
        Some(before) => (before, true),
        None => (text.trim_end(), false),
    };
    Ok(Target { kind: kind(asked)?, whole_city })
}

/// Reads a target that is changed in a report: the target, a comma and the reason.
///
/// # Errors
/// When the target is not one, or the reason is missing.
pub fn new_target(text: &str) -> Result<NewTarget, ValueError> {
    let end = end_of_target(text);
    let asked = text.get(..end).unwrap_or(text);
    let target = target(asked)?;
    let after = text.get(end..).unwrap_or_default();
    let reason = after.strip_prefix(',').map(str::trim).filter(|reason| !reason.is_empty());
    let Some(reason) = reason else {
        return Err(ValueError {
            range: range(0, text.trim_end().len()),
            message: text!(
                sv: "Årsmålet ändras utan att det står varför.",
                en: "The target is changed without a reason.",
            ),
            help: text!(
                sv: "Skriv ett komma och skälet efter målet: 15,0, efter nämndens beslut i mars.",
                en: "Write a comma and the reason after the target: 15,0, efter nämndens beslut i mars.",
            ),
        });
    };
    Ok(NewTarget { target, text: asked.trim().to_owned(), reason: reason.to_owned() })
}

/// The comma after the target: one that is neither decimal nor inside brackets or
/// braces.
fn end_of_target(text: &str) -> usize {
    let mut depth = 0usize;
    let mut before = None;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '{' | '[' => depth += 1,
            ')' | '}' | ']' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
                let after = text.get(at + 1..).and_then(|after| after.chars().next());
                if !(is_digit(before) && is_digit(after)) {
                    return at;
                }
            }
            _ => {}
        }
        before = Some(c);
    }
    text.len()
}

/// The text before `för hela staden`.
fn strip_whole_city(text: &str) -> Option<&str> {
    // The phrase has no letter whose two spellings differ beyond its length, so it
    // is found by words, not by bytes.
    let mut rest = text.trim_end();
    for word in WHOLE_CITY.split(' ').rev() {
        let start = rest.rfind(char::is_whitespace).map_or(0, |at| {
            at + rest.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
        });
        if composed(rest.get(start..)?) != word {
            return None;
        }
        rest = rest.get(..start)?.trim_end();
    }
    Some(rest)
}

/// What is asked for. Ranges count from the beginning of `text`.
fn kind(text: &str) -> Result<TargetKind, ValueError> {
    let start = text.len() - text.trim_start().len();
    let asked = text.get(start..).unwrap_or_default();
    for sign in ["±", "+/-", "+/−", "+-"] {
        if asked.starts_with(sign) {
            return quantity(text, start + sign.len()).map(TargetKind::Within);
        }
    }
    let word_len = asked.find(|c: char| !super::is_letter(c)).unwrap_or(asked.len());
    let word = super::normal(asked.get(..word_len).unwrap_or_default());
    let after = start + word_len;
    let alone = asked.len() == word_len;
    match word.as_str() {
        "" => measure(text).map(TargetKind::Value),
        "minst" | "lägst" => quantity(text, after).map(TargetKind::AtLeast),
        "högst" | "max" => quantity(text, after).map(TargetKind::AtMost),
        "ökning" if alone => Ok(TargetKind::Increase),
        "minskning" if alone => Ok(TargetKind::Decrease),
        "tas" if super::normal(asked).starts_with("tas fram ") => {
            Ok(TargetKind::SetElsewhere(composed(asked).into_owned()))
        }
        "fastställs" => year(asked.get(word_len..).unwrap_or_default())
            .map(TargetKind::SetLater)
            .ok_or_else(|| no_year(start, text.len())),
        _ => Err(unknown(asked, &word, start, after)),
    }
}

fn year(text: &str) -> Option<u16> {
    let digits = text.trim();
    (digits.len() == 4).then(|| digits.parse().ok()).flatten().filter(|year| *year >= 1000)
}

fn no_year(start: usize, end: usize) -> ValueError {
    ValueError {
        range: range(start, end),
        message: text!(
            sv: "Efter ”fastställs” väntas ett år.",
            en: "A year is expected after “fastställs”.",
        ),
        help: text!(sv: "Skriv till exempel fastställs 2026.", en: "Write for example fastställs 2026."),
    }
}

fn unknown(asked: &str, word: &str, start: usize, end: usize) -> ValueError {
    const WORDS: [&str; 8] =
        ["minst", "högst", "max", "lägst", "ökning", "minskning", "fastställs", "tas"];
    let help = match suggest::nearest(word, WORDS) {
        Some("tas") => text!(
            sv: "Menade du ”tas fram av nämnd”?",
            en: "Did you mean “tas fram av nämnd”?",
        ),
        Some(near) if near != word => {
            text!(sv: "Menade du ”{near}”?", en: "Did you mean “{near}”?")
        }
        _ => text!(
            sv: "Skriv till exempel 4,8, minst 90 %, högst 10 personer, ±1 %, ökning, minskning, tas fram av nämnd eller fastställs 2026.",
            en: "Write for example 4,8, minst 90 %, högst 10 personer, ±1 %, ökning, minskning, tas fram av nämnd or fastställs 2026.",
        ),
    };
    ValueError {
        range: range(start, end),
        message: text!(
            sv: "”{asked}” är inget årsmål.",
            en: "“{asked}” is not a target.",
        ),
        help,
    }
}
