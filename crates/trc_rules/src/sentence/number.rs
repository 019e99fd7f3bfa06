//! Numbers in running text, and the units right after them.

use trc_base::decimal::GROUP_BLANKS;
use trc_model::quantity::Unit;

/// Where a number that begins a text ends: digits, blanks before groups of three, a
/// comma before digits.
pub(crate) fn number_end(text: &str) -> usize {
    let digits = |from: usize| {
        let tail = text.get(from..).unwrap_or_default();
        tail.find(|c: char| !c.is_ascii_digit()).unwrap_or(tail.len())
    };
    let mut end = digits(0);
    if end <= 3 {
        while let Some(blank) = text.get(end..).and_then(|tail| tail.chars().next())
            && GROUP_BLANKS.contains(&blank)
            && digits(end.saturating_add(blank.len_utf8())) == 3
        {
            end = end.saturating_add(blank.len_utf8()).saturating_add(3);
        }
    }
    let fraction = end.saturating_add(1);
    if text.get(end..).is_some_and(|tail| tail.starts_with(',')) && digits(fraction) > 0 {
        end = fraction.saturating_add(digits(fraction));
    }
    end
}

/// The unit that a text begins with, after blanks, and how many bytes the two take.
pub(crate) fn unit_after(text: &str) -> Option<(Unit, usize)> {
    let rest = text.trim_start_matches(GROUP_BLANKS);
    let blanks = text.len().saturating_sub(rest.len());
    if rest.starts_with('%') {
        return Some((Unit::Percent, blanks.saturating_add(1)));
    }
    let word: String = rest.chars().take_while(|c| c.is_alphabetic()).collect();
    let mut length = blanks.saturating_add(word.len());
    if matches!(word.as_str(), "miljoner" | "miljarder" | "tusen") {
        let money = rest
            .get(word.len()..)
            .map(str::trim_start)
            .is_some_and(|next| next.starts_with("kronor"));
        if money {
            length = text.find("kronor").map_or(length, |at| at.saturating_add("kronor".len()));
        }
        return Some((Unit::parse(&format!("{word} kronor")), length));
    }
    (Unit::is_known(&word) && !Unit::parse(&word).is_bare()).then(|| (Unit::parse(&word), length))
}
