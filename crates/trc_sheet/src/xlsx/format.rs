//! Number formats: how the number that a cell holds is shown.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::Event;
use trc_base::{Date, Decimal};

use super::xml::{Malformed, attribute, next};

/// How a number is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) enum Format {
    /// As it is.
    #[default]
    General,
    /// With so many decimals.
    Number { least: u32, most: u32, percent: bool, suffix: String },
    /// As a day.
    Date,
}

/// The formats of a workbook's styles, by the number that cells name.
pub(super) fn read(text: &str) -> Result<Vec<Format>, Malformed> {
    let mut reader = Reader::from_str(text);
    let mut codes: BTreeMap<u32, String> = BTreeMap::new();
    let mut ids = Vec::new();
    let mut in_cells = false;
    loop {
        match next(&mut reader)? {
            Event::Start(element) | Event::Empty(element) => match element.local_name().as_ref() {
                "numFmt" => {
                    let id = attribute(&element, "numFmtId").and_then(|id| id.parse().ok());
                    if let (Some(id), Some(code)) = (id, attribute(&element, "formatCode")) {
                        codes.insert(id, code);
                    }
                }
                "cellXfs" => in_cells = true,
                "xf" if in_cells => {
                    let id = attribute(&element, "numFmtId").and_then(|id| id.parse().ok());
                    ids.push(id.unwrap_or(0));
                }
                _ => {}
            },
            Event::End(element) if element.local_name().as_ref() == "cellXfs" => in_cells = false,
            Event::Eof => break,
            _ => {}
        }
    }
    Ok(ids
        .iter()
        .map(|id| codes.get(id).map_or_else(|| built_in(*id), |code| Format::parse(code)))
        .collect())
}

/// The formats that every workbook has.
fn built_in(id: u32) -> Format {
    let number = |decimals, percent| Format::Number {
        least: decimals,
        most: decimals,
        percent,
        suffix: String::new(),
    };
    match id {
        1 | 3 | 37 | 38 | 41 | 42 => number(0, false),
        2 | 4 | 39 | 40 | 43 | 44 => number(2, false),
        9 => number(0, true),
        10 => number(2, true),
        14..=17 | 22 | 27..=36 | 50..=58 => Format::Date,
        _ => Format::General,
    }
}

impl Format {
    /// Reads a format code, such as `0.0%` or `#,##0" st"`.
    pub fn parse(code: &str) -> Format {
        let mut least = 0;
        let mut most = 0;
        let mut digits = false;
        let mut point = false;
        let mut percent = false;
        let mut scaled = false;
        let mut suffix = String::new();
        let mut date = false;
        let mut characters = code.chars();
        while let Some(c) = characters.next() {
            match c {
                // Positive numbers; what follows is for the others.
                ';' => break,
                '"' => {
                    let literal: String = characters.by_ref().take_while(|c| *c != '"').collect();
                    if digits {
                        suffix.push_str(&literal);
                    }
                }
                '\\' => suffix.extend(characters.next().filter(|_| digits)),
                // The width of a character, or a character that fills the cell.
                '_' | '*' => {
                    characters.next();
                }
                // A colour, a condition or a currency.
                '[' => {
                    characters.by_ref().take_while(|c| *c != ']').for_each(drop);
                }
                '0' | '#' | '?' => {
                    digits = true;
                    scaled = false;
                    if point {
                        most += 1;
                        if c != '#' {
                            least = most;
                        }
                    }
                }
                '.' if digits => point = true,
                ',' if digits => scaled = true,
                '%' => percent = true,
                'y' | 'Y' | 'd' | 'D' | 'å' | 'Å' => date = true,
                // An exponent or a fraction.
                'e' | 'E' | '/' if digits => return Format::General,
                _ => {}
            }
        }
        if date && !digits {
            return Format::Date;
        }
        // A comma after the last digit divides by a thousand: rather the number itself
        // than a thousandth of it.
        if !digits || (scaled && !point) {
            return Format::General;
        }
        Format::Number { least, most, percent, suffix }
    }

    /// The text that the cell shows for a number, and whether it is a rounded one.
    pub fn show(&self, stored: &str, epoch_1904: bool) -> (String, bool) {
        let Some(value) = exact(stored) else { return (stored.to_owned(), false) };
        match self {
            Format::General => (plain(value), false),
            Format::Date => match day(value, epoch_1904) {
                Some(date) => (date.to_string(), false),
                None => (plain(value), false),
            },
            Format::Number { least, most, percent, suffix } => {
                let value =
                    if *percent { value.mul(Decimal::HUNDRED).unwrap_or(value) } else { value };
                let mut shown = value.rounded((*most).min(28));
                // `0.##` shows no zeros that say nothing.
                while shown.decimals() > *least && shown.rounded(shown.decimals() - 1) == shown {
                    shown = shown.rounded(shown.decimals() - 1);
                }
                let mut text = plain(shown);
                if *percent {
                    text.push_str(" %");
                }
                let suffix = suffix.trim();
                let says_percent = *percent && suffix == "%";
                if !suffix.is_empty() && !says_percent {
                    text.push(' ');
                    text.push_str(suffix);
                }
                (text, shown != value)
            }
        }
    }
}

/// The number as people know it: a spreadsheet stores 0,353 as 0.35299999999999998, and
/// shows fifteen digits at most.
fn exact(stored: &str) -> Option<Decimal> {
    let value: f64 = stored.trim().parse().ok().filter(|value: &f64| value.is_finite())?;
    let scientific = format!("{value:.14e}");
    let (mantissa, exponent) = scientific.split_once('e')?;
    let exponent: i32 = exponent.parse().ok()?;
    let (sign, mantissa) = match mantissa.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", mantissa),
    };
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_end_matches('0');
    let digits = if digits.is_empty() { "0" } else { digits };
    let length = i32::try_from(digits.len()).ok()?;
    let point = exponent.checked_add(1)?;
    // More than a decimal holds; the text stays as it is and is reported.
    if !(-20..=28).contains(&point) {
        return None;
    }
    let zeros = |count: i32| "0".repeat(usize::try_from(count).unwrap_or(0));
    let text = if point <= 0 {
        format!("{sign}0,{}{digits}", zeros(-point))
    } else if point >= length {
        format!("{sign}{digits}{}", zeros(point - length))
    } else {
        let (whole, fraction) = digits.split_at_checked(usize::try_from(point).ok()?)?;
        format!("{sign}{whole},{fraction}")
    };
    Decimal::parse_swedish(&text).ok()
}

/// As somebody would type it: a hyphen for a minus, no blanks between groups.
fn plain(value: Decimal) -> String {
    value.to_swedish().replace('\u{a0}', "").replace('\u{2212}', "-")
}

/// The day that a serial number stands for.
pub(crate) fn day(value: Decimal, epoch_1904: bool) -> Option<Date> {
    let text = plain(value);
    let serial: i64 = text.split(',').next()?.parse().ok()?;
    // Excel believes that 1900 was a leap year, so days before March 1900 are off; no
    // report has any.
    let days = if epoch_1904 { serial.checked_add(1462)? } else { serial };
    if !(61..=2_958_465).contains(&days) {
        return None;
    }
    // Days since 1 March of the year 0; years are counted from March so that the leap
    // day comes last. 25 569 is 1970-01-01.
    let z = days - 25_569 + 719_468;
    let era = z / 146_097;
    let of_era = z - era * 146_097;
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let date = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    Date::new(u16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(date).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_says_what_it_shows() {
        for (code, stored, shown, rounded) in [
            ("General", "4.8", "4,8", false),
            ("General", "0.30000000000000004", "0,3", false),
            ("General", "7000", "7000", false),
            ("General", "1E+40", "1E+40", false),
            ("General", "-5.4", "-5,4", false),
            ("0%", "0.35", "35 %", false),
            ("0%", "0.353", "35 %", true),
            ("0.0%", "0.35299999999999998", "35,3 %", false),
            ("0.00", "5", "5,00", false),
            ("0.##", "5", "5", false),
            ("#,##0.0", "3936.6", "3936,6", false),
            ("# ##0\" st\"", "1106", "1106 st", false),
            ("0.0\" barn/avd.\"", "16.3", "16,3 barn/avd.", false),
            ("yyyy\\-mm\\-dd", "45658", "2025-01-01", false),
            ("[$-41D]d mmmm yyyy", "45808.5", "2025-05-31", false),
            ("_-* #,##0.00\\ _k_r_-;\\-* 0", "12.5", "12,50", false),
        ] {
            assert_eq!(
                Format::parse(code).show(stored, false),
                (shown.to_owned(), rounded),
                "{code} {stored}"
            );
        }
    }

    #[test]
    fn days_in_both_epochs() {
        let number = |text: &str| Decimal::parse_swedish(text).unwrap();
        assert_eq!(day(number("45716"), false).unwrap().to_string(), "2025-02-28");
        assert_eq!(day(number("45351"), false).unwrap().to_string(), "2024-02-29");
        assert_eq!(day(number("44196"), true).unwrap().to_string(), "2025-01-01");
        assert_eq!(day(number("12"), false), None);
    }
}
