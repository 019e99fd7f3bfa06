//! Words for a value that is absent.

use super::{Absence, AbsenceKind, range};
use crate::name::composed;

/// The words, as they are written.
pub const ABSENCE_WORDS: [(&str, AbsenceKind); 4] = [
    ("ej mätt", AbsenceKind::NotMeasured),
    ("bortfall", AbsenceKind::NonResponse),
    ("ej tillämplig", AbsenceKind::NotApplicable),
    ("sekretess", AbsenceKind::Confidential),
];

/// Reads `ej mätt, redovisas T2 2025`. `None` when the text does not begin with a
/// word for absence and a comma or its end.
pub fn absence(text: &str) -> Option<Absence> {
    let trimmed = text.trim();
    let start = text.len() - text.trim_start().len();
    let (words, reason) = match trimmed.split_once(',') {
        Some((words, reason)) => (words, Some(reason.trim())),
        None => (trimmed, None),
    };
    let kind = kind(words)?;
    Some(Absence {
        kind,
        reason: reason
            .filter(|reason| !reason.is_empty())
            .map(|reason| composed(reason).into_owned()),
        range: range(start, start + trimmed.len()),
    })
}

/// What the words mean. Blanks between them and a capital at the beginning do not
/// matter; `ej tillämpligt` is the same.
fn kind(words: &str) -> Option<AbsenceKind> {
    let words = super::normal(words);
    if words == "ej tillämpligt" {
        return Some(AbsenceKind::NotApplicable);
    }
    ABSENCE_WORDS.iter().find(|(word, _)| *word == words).map(|(_, kind)| *kind)
}
