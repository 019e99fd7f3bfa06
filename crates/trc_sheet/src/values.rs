//! From what stands in a cell to what stands in `.tr`.
//!
//! Nothing is written that the language would not read: every text that comes out of
//! here has been read by `trc_syntax`.

use trc_base::{Date, Decimal, Text, text};
use trc_syntax::name::composed;
use trc_syntax::value::{self, QuantityKind, TargetKind};

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Nothing, or a dash.
    Empty,
    /// The reason why there is no value, as `.tr` says it.
    Absent(String),
    Value(Value),
    /// No value of its kind.
    Bad(Bad),
}

/// A value in the words of `.tr`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Value {
    /// Without the unit.
    pub text: String,
    pub unit: Option<String>,
    /// What the cell said, when it was read as something else.
    pub read_as: bool,
    /// Which way is better, where a target says it.
    pub direction: Option<&'static str>,
    /// True for a target of the whole city, which `.tr` says after the unit.
    pub whole_city: bool,
}

/// Why a cell is no value of its kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bad {
    pub message: Text,
    pub help: Text,
}

impl Value {
    fn plain(text: impl Into<String>) -> Value {
        Value { text: text.into(), ..Value::default() }
    }

    /// As it stands in `.tr`.
    pub fn written(&self) -> String {
        let mut written = self.text.clone();
        if let Some(unit) = &self.unit {
            written.push(' ');
            written.push_str(unit);
        }
        if self.whole_city {
            written.push(' ');
            written.push_str(WHOLE_CITY);
        }
        written
    }
}

/// The words for a value that is missing, in small letters, and what they are in `.tr`.
const ABSENT: &[(&str, &str)] = &[
    ("..", "ej mätt, uppgift saknas"),
    ("...", "ej mätt, uppgift saknas"),
    ("uppgift saknas", "ej mätt, uppgift saknas"),
    ("saknas", "ej mätt, uppgift saknas"),
    ("inga data", "ej mätt, uppgift saknas"),
    ("ingen uppgift", "ej mätt, uppgift saknas"),
    ("ej mätt", "ej mätt"),
    ("mäts ej", "ej mätt"),
    ("inte mätt", "ej mätt"),
    ("n/a", "ej tillämplig"),
    ("na", "ej tillämplig"),
    ("#n/a", "ej mätt, uppgift saknas"),
    ("ej aktuellt", "ej tillämplig"),
    ("ej aktuell", "ej tillämplig"),
    ("ej relevant", "ej tillämplig"),
    ("ej tillämplig", "ej tillämplig"),
    ("ej tillämpligt", "ej tillämplig"),
    ("bortfall", "bortfall"),
    ("sekretess", "sekretess"),
    ("x", "sekretess"),
    ("<5", "sekretess, färre än fem"),
    ("< 5", "sekretess, färre än fem"),
    ("färre än 5", "sekretess, färre än fem"),
    ("färre än fem", "sekretess, färre än fem"),
];

const DASHES: &[&str] = &["", "-", "–", "—", "−", "--"];

/// Reads an outcome, of all or of one gender.
pub fn outcome(cell: &str) -> Content {
    let typed = tidy(cell);
    if let Some(content) = absent(&typed) {
        return content;
    }
    if value::absence(&typed).is_some() && !holds_marks(&typed) {
        return Content::Absent(typed);
    }
    measure(&typed)
}

/// True for a text that would be more than a value in `.tr`: a formula, a comment, the
/// end of a block.
fn holds_marks(typed: &str) -> bool {
    typed.contains(['{', '}', '\\', '"']) || typed.contains("//")
}

/// Reads a forecast.
pub fn forecast(cell: &str) -> Content {
    let typed = tidy(cell);
    match typed.to_lowercase().as_str() {
        "nås" | "nås helt" | "uppnås" => Content::Value(Value::plain("nås")),
        "nås delvis" | "uppnås delvis" => Content::Value(Value::plain("nås delvis")),
        "nås inte" | "nås ej" | "uppnås inte" | "uppnås ej" => {
            Content::Value(Value::plain("nås inte"))
        }
        _ => outcome(cell),
    }
}

/// What `.tr` adds to a target that the whole city shares.
const WHOLE_CITY: &str = "för hela staden";

/// Reads a target.
pub fn target(cell: &str) -> Content {
    let typed = tidy(cell);
    if let Some(asked) = typed.strip_suffix(WHOLE_CITY).filter(|asked| asked.ends_with(' ')) {
        return match target(asked) {
            Content::Value(value) if !value.whole_city => {
                Content::Value(Value { whole_city: true, ..value })
            }
            _ => Content::Bad(no_target()),
        };
    }
    if DASHES.contains(&typed.as_str()) {
        return Content::Empty;
    }
    let lower = typed.to_lowercase();
    // Exports break words anywhere, so the known phrases are compared by letters.
    let letters: String = lower.chars().filter(|c| c.is_alphanumeric()).collect();
    let worded = |text: &str, direction| {
        let read_as = text != lower;
        Content::Value(Value { text: text.to_owned(), read_as, direction, ..Value::default() })
    };
    match letters.as_str() {
        "tasframavnämnd" => return said("tas fram av nämnd"),
        "tasframavnämndstyrelse" => return said("tas fram av nämnd/styrelse"),
        "ökning" => return worded("ökning", Some(HIGHER)),
        "öka" | "ökar" | "skaöka" => return worded("ökning", Some(HIGHER)),
        "minskning" => return worded("minskning", Some(LOWER)),
        "minska" | "minskar" | "skaminska" => return worded("minskning", Some(LOWER)),
        _ => {}
    }
    if letters.starts_with("fastst") && letters.len() <= "fastställs".len() + 6 {
        let year: String = letters.chars().filter(char::is_ascii_digit).collect();
        let text = format!("fastställs {year}");
        if value::target(&text).is_ok() {
            return worded(&text, None);
        }
    }
    for (marks, word, direction) in [
        (&["max", "maximalt", "högst", "≤", "<="][..], "högst", LOWER),
        (&["min", "minst", "lägst", "≥", ">="][..], "minst", HIGHER),
        (&["+/-", "+/−", "±", "+-"][..], "±", CLOSER),
    ] {
        let Some(rest) = marks.iter().find_map(|mark| strip_mark(&typed, &lower, mark)) else {
            continue;
        };
        return match measure(rest) {
            Content::Value(value) => {
                let blank = if word == "±" { "" } else { " " };
                let text = format!("{word}{blank}{}", value.text);
                Content::Value(Value { text, direction: Some(direction), ..value })
            }
            Content::Empty | Content::Absent(_) => Content::Bad(no_target()),
            other => other,
        };
    }
    if let Some(content) = absent(&typed) {
        return match content {
            // A target that is not there is not written; it has no words for why.
            Content::Absent(_) => Content::Empty,
            other => other,
        };
    }
    match measure(&typed) {
        Content::Bad(bad) => match value::target(&lower) {
            Ok(target) if !holds_marks(&lower) && !matches!(target.kind, TargetKind::Value(_)) => {
                Content::Value(Value::plain(lower))
            }
            _ if typed.chars().any(|c| c.is_ascii_digit()) => Content::Bad(bad),
            _ => Content::Bad(no_target()),
        },
        other => other,
    }
}

pub const HIGHER: &str = "högre är bättre";
pub const LOWER: &str = "lägre är bättre";
pub const CLOSER: &str = "nära målet är bättre";

/// Phrases that are known although an export has broken them are written whole, which is
/// no change of what they say.
fn said(text: &str) -> Content {
    Content::Value(Value::plain(text))
}

fn strip_mark<'a>(typed: &'a str, lower: &str, mark: &str) -> Option<&'a str> {
    let rest = lower.strip_prefix(mark)?;
    // A word must end: "minskning" does not begin with "min".
    if mark.chars().all(char::is_alphabetic) && rest.starts_with(char::is_alphabetic) {
        return None;
    }
    typed.get(mark.len()..).map(str::trim)
}

/// A word for absence, or a dash.
fn absent(typed: &str) -> Option<Content> {
    if DASHES.contains(&typed) {
        return Some(Content::Empty);
    }
    let lower = typed.to_lowercase();
    let found = ABSENT.iter().find(|(word, _)| *word == lower)?;
    Some(Content::Absent(found.1.to_owned()))
}

/// Reads a number with or without a unit.
pub fn measure(typed: &str) -> Content {
    if holds_marks(typed) {
        return Content::Bad(no_number());
    }
    match value::measure(typed) {
        Ok(measure) if measure.parts.is_empty() && measure.parts_absent.is_none() => {
            match measure.total.kind {
                QuantityKind::Number { unit, .. } => {
                    let number = number_part(typed, unit.as_deref());
                    Content::Value(Value { text: number, unit, ..Value::default() })
                }
                QuantityKind::Share { .. } => Content::Value(Value::plain(typed)),
                // Held back above.
                QuantityKind::Inserted(_) | QuantityKind::Checked { .. } => {
                    Content::Bad(no_number())
                }
            }
        }
        Ok(_) => Content::Value(Value::plain(typed)),
        Err(error) => repaired(typed)
            .unwrap_or(Content::Bad(Bad { message: error.message, help: error.help })),
    }
}

/// The number as typed, in front of its unit.
fn number_part(typed: &str, unit: Option<&str>) -> String {
    let end =
        typed.find(|c: char| !(c.is_ascii_digit() || c.is_whitespace() || ",-−–+".contains(c)));
    let number = match (unit, end) {
        (Some(_), Some(end)) => typed.get(..end).unwrap_or(typed),
        _ => typed,
    };
    number.trim().to_owned()
}

/// A number in another country's notation, or a fraction, when there is only one thing
/// that it can mean.
fn repaired(typed: &str) -> Option<Content> {
    let end = typed
        .find(|c: char| !(c.is_ascii_digit() || ".,' \u{2019}+-−–/".contains(c)))
        .unwrap_or(typed.len());
    let (number, unit) = typed.split_at_checked(end)?;
    let (number, unit) = (number.trim(), unit.trim());
    if let Some((part, whole)) = number.split_once('/') {
        let text = format!("{} av {}", part.trim(), whole.trim());
        let ok = unit.is_empty() && value::measure(&text).is_ok();
        return ok.then(|| Content::Value(Value { read_as: true, ..Value::plain(text) }));
    }
    let swedish = match swedish(number)? {
        Swedish::One(text) => text,
        Swedish::Two(a, b) => {
            return Some(Content::Bad(Bad {
                message: text!(
                    sv: "Det kan vara {a} eller {b}.",
                    en: "It can be {a} or {b}.",
                ),
                help: text!(
                    sv: "Skriv talet med decimalkomma i kalkylbladet.",
                    en: "Write the number with a decimal comma in the sheet.",
                ),
            }));
        }
    };
    let text = if unit.is_empty() { swedish } else { format!("{swedish} {unit}") };
    match value::measure(&text) {
        Ok(_) => match measure(&text) {
            Content::Value(value) => Some(Content::Value(Value { read_as: true, ..value })),
            _ => None,
        },
        Err(_) => None,
    }
}

enum Swedish {
    One(String),
    Two(String, String),
}

/// `4.8` as 4,8 and `1,234.5` as 1234,5. Nothing for what is no such number.
fn swedish(number: &str) -> Option<Swedish> {
    let unsigned = number.trim_start_matches(['-', '−', '–', '+']);
    let sign = if unsigned.len() < number.len() && !number.starts_with('+') { "-" } else { "" };
    let plain: String =
        unsigned.chars().filter(|c| !matches!(c, ' ' | '\'' | '\u{2019}')).collect();
    let marks: Vec<char> = plain.chars().filter(|c| matches!(c, '.' | ',')).collect();
    let groups: Vec<&str> = plain.split(['.', ',']).collect();
    let digits =
        groups.iter().all(|group| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit()));
    let of_three = |groups: &[&str]| {
        groups.iter().skip(1).all(|group| group.len() == 3)
            && groups.first().is_some_and(|first| first.len() <= 3)
    };
    let (last, before) = groups.split_last()?;
    if !digits {
        return None;
    }
    match marks.as_slice() {
        // Grouped by apostrophes, or the blanks stand wrong.
        [] => {
            (unsigned.contains(['\'', '\u{2019}'])).then(|| Swedish::One(format!("{sign}{plain}")))
        }
        ['.'] => {
            let whole = before.first()?;
            let decimal = format!("{sign}{whole},{last}");
            if last.len() == 3 && whole.len() <= 3 && !whole.starts_with('0') {
                return Some(Swedish::Two(decimal, format!("{sign}{whole} {last}")));
            }
            Some(Swedish::One(decimal))
        }
        // 1.234.567 or 1,234,567
        marks if marks.iter().all(|mark| Some(mark) == marks.first()) && marks.len() > 1 => {
            of_three(&groups).then(|| Swedish::One(format!("{sign}{}", groups.concat())))
        }
        // 1,234.5 or 1.234,5: the last mark is the decimal one.
        [first, .., end]
            if first != end && marks.iter().filter(|mark| *mark == end).count() == 1 =>
        {
            of_three(before).then(|| Swedish::One(format!("{sign}{},{last}", before.concat())))
        }
        _ => None,
    }
}

/// A date as spreadsheets and databases write it.
pub fn date(cell: &str) -> Result<Option<(Date, bool)>, Bad> {
    let typed = tidy(cell);
    if DASHES.contains(&typed.as_str()) {
        return Ok(None);
    }
    let day = typed.split([' ', 'T']).next().unwrap_or_default();
    if let Some(date) = Date::parse(day) {
        return Ok(Some((date, false)));
    }
    let numbers: Vec<&str> = day.split(['-', '/', '.']).collect();
    let number = |text: &str| text.parse::<u16>().ok().filter(|_| text.len() <= 4);
    let parts: Vec<u16> = numbers.iter().filter_map(|text| number(text)).collect();
    let make = |year: u16, month: u16, day: u16| {
        Date::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
    };
    let found = match (parts.as_slice(), numbers.len()) {
        ([year, month, day], 3) if *year >= 1000 => make(*year, *month, *day),
        // With a dot the day comes first in every country that writes so; with a slash
        // only when it cannot be a month.
        ([day_, month, year], 3) if *year >= 1000 && (day.contains('.') || *day_ > 12) => {
            make(*year, *month, *day_)
        }
        _ if day.len() == 8 && day.bytes().all(|b| b.is_ascii_digit()) => {
            let part = |range: std::ops::Range<usize>| day.get(range).and_then(number);
            part(0..4).zip(part(4..6)).zip(part(6..8)).and_then(|((y, m), d)| make(y, m, d))
        }
        // The serial number of a day, from a cell that is not formatted as one.
        _ if day.len() == 5 && day.bytes().all(|b| b.is_ascii_digit()) => {
            Decimal::parse_swedish(day).ok().and_then(|value| crate::xlsx::day(value, false))
        }
        _ => None,
    };
    match found {
        Some(date) => Ok(Some((date, true))),
        None => Err(Bad {
            message: text!(
                sv: "Det är inget datum, eller kan vara flera.",
                en: "It is no date, or can be several.",
            ),
            help: text!(
                sv: "Skriv år, månad och dag: 2025-05-21.",
                en: "Write year, month and day: 2025-05-21.",
            ),
        }),
    }
}

/// The state of an activity: nothing, a word of the scale, or no word of it.
pub fn state(cell: &str) -> Content {
    let typed = tidy(cell);
    let lower = typed.to_lowercase();
    let state = match lower.as_str() {
        "" | "-" | "–" | "nej" | "ingen" | "ingen avvikelse" | "enligt plan" => {
            return Content::Empty;
        }
        "ej påbörjad" | "inte påbörjad" | "ej startad" | "planerad" => "ej påbörjad",
        "pågår" | "pågående" | "påbörjad" | "startad" => "pågår",
        "genomförd" | "avslutad" | "klar" | "slutförd" | "färdig" => "genomförd",
        "försenad" => "försenad",
        "ändrad" => "ändrad",
        "utgår" | "utgått" | "avbruten" | "struken" => "utgår",
        _ => {
            return Content::Bad(Bad {
                message: text!(
                    sv: "Det är inget läge för en aktivitet.",
                    en: "It is no state of an activity.",
                ),
                help: text!(
                    sv: "Skriv i rapporten ”läge:” och ej påbörjad, pågår, genomförd, försenad, ändrad eller utgår.",
                    en: "Write “läge:” in the report and ej påbörjad, pågår, genomförd, försenad, ändrad or utgår.",
                ),
            });
        }
    };
    Content::Value(Value { read_as: state != lower, ..Value::plain(state) })
}

/// A text on one line, in composed form: blanks of every kind become one.
pub fn tidy(text: &str) -> String {
    let text: String =
        text.chars().filter(|c| !matches!(c, '\u{feff}' | '\u{200b}' | '\u{ad}')).collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    composed(&text).into_owned()
}

fn no_number() -> Bad {
    Bad {
        message: text!(sv: "Det är inget tal.", en: "It is not a number."),
        help: text!(
            sv: "Skriv till exempel 83,3 % i kalkylbladet, eller värdet direkt i den fil som skrevs.",
            en: "Write for example 83,3 % in the sheet, or the value itself into the file that was written.",
        ),
    }
}

fn no_target() -> Bad {
    Bad {
        message: text!(sv: "Det är inget årsmål.", en: "It is not a target."),
        help: text!(
            sv: "Skriv till exempel 4,8, minst 90 %, högst 10 personer, ±1 %, ökning, minskning, tas fram av nämnd eller fastställs 2026.",
            en: "Write for example 4,8, minst 90 %, högst 10 personer, ±1 %, ökning, minskning, tas fram av nämnd or fastställs 2026.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(content: Content) -> String {
        match content {
            Content::Empty => "tomt".to_owned(),
            Content::Absent(words) => format!("saknas: {words}"),
            Content::Value(value) => {
                let mark = if value.read_as { " (ändrat)" } else { "" };
                let direction = value.direction.map(|d| format!(" [{d}]")).unwrap_or_default();
                format!("{}{mark}{direction}", value.written())
            }
            Content::Bad(bad) => format!("FEL {}", bad.message.sv),
        }
    }

    #[test]
    fn outcomes() {
        let cells = [
            "71 %",
            "90%",
            "4,8",
            "16,3 barn/avd.",
            "1,37 kg CO2 per kg livsmedel",
            "1 106",
            "-5,4",
            "–",
            "",
            "4.8",
            "93.48 %",
            "1,234.5",
            "1.234,5 st",
            "1.234",
            "0.123",
            "1.234.567",
            "1'000",
            "35/42",
            "35 av 42",
            "..",
            "n/a",
            "Uppgift saknas",
            "< 5",
            "ej mätt, redovisas T2 2025",
            "ca 5",
            "{x}",
            "5 (prel.)",
            "12-14",
            "9999999999999999999999999999999999999999",
        ];
        let list: Vec<String> =
            cells.iter().map(|cell| format!("{cell} → {}", shown(outcome(cell)))).collect();
        insta::assert_snapshot!(list.join("\n"));
    }

    #[test]
    fn targets() {
        let cells = [
            "69 %",
            "4,8",
            "90%",
            "Tas fram av nämnd",
            "Tas fram av nämnd/ styrelse",
            "Tas fram av nämnd/s tyrelse",
            "Fastställs 2025",
            "Faststälts 2025",
            "Fastställt 2025",
            "Max 10 personer",
            "minst 90 %",
            "≥ 90 %",
            "+/- 1 %",
            "Ökning",
            "öka",
            "Minskning",
            "-",
            "1945 GWh",
            "11 000 st",
            "4.8",
            "så många som möjligt",
            "n/a",
            "max",
            "minskning med 5 %",
            "1,5 % för hela staden",
        ];
        let list: Vec<String> =
            cells.iter().map(|cell| format!("{cell} → {}", shown(target(cell)))).collect();
        insta::assert_snapshot!(list.join("\n"));
    }

    #[test]
    fn dates() {
        let shown = |cell: &str| match date(cell) {
            Ok(Some((date, changed))) => {
                format!("{date}{}", if changed { " (ändrat)" } else { "" })
            }
            Ok(None) => "tomt".to_owned(),
            Err(bad) => format!("FEL {}", bad.message.sv),
        };
        let cells = [
            "2025-01-01",
            "2025-01-01 00:00:00",
            "20250131",
            "31.12.2025",
            "31/12/2025",
            "1/2/2025",
            "45658",
            "2025/6/1",
            "2025-02-30",
            "våren",
            "-",
        ];
        let list: Vec<String> =
            cells.iter().map(|cell| format!("{cell} → {}", shown(cell))).collect();
        insta::assert_snapshot!(list.join("\n"));
    }

    proptest! {
        /// What is written is what the language reads.
        #[test]
        fn every_value_is_one(cell in "\\PC{0,12}|[-+0-9., '%/stav]{0,12}") {
            for content in [outcome(&cell), forecast(&cell)] {
                match content {
                    Content::Value(value) if !value.text.starts_with("nås") => {
                        prop_assert!(value::measure(&value.written()).is_ok(), "{:?}", value);
                    }
                    Content::Absent(words) => prop_assert!(value::absence(&words).is_some()),
                    _ => {}
                }
            }
            if let Content::Value(value) = target(&cell) {
                prop_assert!(value::target(&value.written()).is_ok(), "{:?}", value);
            }
            let _ = (date(&cell), state(&cell));
        }
    }
}
