//! Numbers at the beginning of a text.

use trc_base::Decimal;
use trc_base::decimal::{DecimalError, GROUP_BLANKS};

/// A number at the beginning of a text, without a sign: how many bytes it takes,
/// and its value. `None` when the text begins with no digit.
///
/// A blank belongs to the number when exactly three digits follow it; a comma
/// when a digit does. A decimal point belongs to it too, so that the mistake is
/// named rather than the number cut in two.
pub(crate) fn prefix(text: &str) -> Option<(usize, Result<Decimal, DecimalError>)> {
    let first = digits(text, 0);
    if first == 0 {
        return None;
    }
    let mut end = first;
    if first <= 3 {
        while let Some(group) = group(text, end) {
            end = group;
        }
    }
    if let Some(end) = fraction(text, end, ',') {
        return Some((end, Decimal::parse_swedish(text.get(..end).unwrap_or_default())));
    }
    if let Some(end) = fraction(text, end, '.') {
        return Some((end, Err(DecimalError::DecimalPoint)));
    }
    Some((end, Decimal::parse_swedish(text.get(..end).unwrap_or_default())))
}

/// The signs that turn a number: hyphen, minus sign, and the dash that word
/// processors make of a hyphen.
pub(crate) const MINUS: [char; 3] = ['-', '−', '–'];

/// As [`prefix`], with a sign before it.
pub(crate) fn signed_prefix(text: &str) -> Option<(usize, Result<Decimal, DecimalError>)> {
    let unsigned = text.strip_prefix(MINUS).or_else(|| text.strip_prefix('+')).unwrap_or(text);
    let sign = text.len() - unsigned.len();
    let negative = sign > 0 && !text.starts_with('+');
    let (len, value) = prefix(unsigned)?;
    Some((sign + len, value.map(|value| if negative { value.neg() } else { value })))
}

/// The number of digits from `at` on.
fn digits(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    rest.bytes().take_while(u8::is_ascii_digit).count()
}

/// The end of a blank with exactly three digits after it.
fn group(text: &str, at: usize) -> Option<usize> {
    let blank = text.get(at..)?.chars().next().filter(|c| GROUP_BLANKS.contains(c))?;
    let start = at + blank.len_utf8();
    (digits(text, start) == 3).then_some(start + 3)
}

/// The end of `mark` with digits after it.
fn fraction(text: &str, at: usize, mark: char) -> Option<usize> {
    text.get(at..)?.strip_prefix(mark)?;
    let start = at + mark.len_utf8();
    let digits = digits(text, start);
    (digits > 0).then_some(start + digits)
}
