//! Words, figures and what looks like figures.
//!
//! A year, a date, a goal's number, a record number, a telephone number and a range are
//! no figures: nothing is computed with them.

use trc_base::decimal::GROUP_BLANKS;
use trc_base::{Decimal, TextRange};
use trc_model::quantity::{Quantity, Unit};
use trc_model::wording::number_of;

use super::number::{number_end, unit_after};
use super::paragraph::OPAQUE;
use super::size;

/// A piece of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Token<'t> {
    pub kind: Kind,
    pub text: &'t str,
    pub range: TextRange,
}

/// What a token is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kind {
    Word,
    Figure(Figure),
    /// `35/42`
    Share(Figure, Figure),
    /// A number that counts or measures nothing: a year, a date, an identifier, a range.
    Label,
    /// Something inserted.
    Opaque,
    /// The end of a sentence.
    Stop,
    /// A comma, a colon, a bracket, a dash.
    Mark,
}

/// A number that counts or measures something.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Figure {
    pub value: Decimal,
    /// A unit that every report knows, or none.
    pub unit: Option<Unit>,
    /// True for `tre`.
    pub in_words: bool,
}

impl Figure {
    /// As a quantity that may have been rounded. A whole number without a unit is a count
    /// and exact.
    pub fn quantity(&self) -> Quantity {
        let unit = self.unit.clone().unwrap_or_default();
        match unit {
            Unit::None if self.value.decimals() == 0 => Quantity::exact(self.value, Unit::None),
            unit => Quantity::stated(self.value, unit),
        }
    }

    /// True when the two are in the same unit, or both in none.
    pub fn is_like(&self, other: &Figure) -> bool {
        match (&self.unit, &other.unit) {
            (None, None) => true,
            (Some(a), Some(b)) => a.fits(b),
            _ => false,
        }
    }

    /// True when it is in percent.
    pub fn is_percent(&self) -> bool {
        self.unit == Some(Unit::Percent)
    }
}

impl<'t> Token<'t> {
    /// The figure, if it is one.
    pub fn figure(&self) -> Option<&Figure> {
        match &self.kind {
            Kind::Figure(figure) => Some(figure),
            _ => None,
        }
    }

    /// True for a word among the given ones, whatever its case.
    pub fn is(&self, words: &[&str]) -> bool {
        self.kind == Kind::Word && words.contains(&self.text.to_lowercase().as_str())
    }

    /// True for a word.
    pub fn is_word(&self) -> bool {
        self.kind == Kind::Word
    }
}

/// Abbreviations whose point ends no sentence.
const ABBREVIATIONS: [&str; 18] = [
    "ca", "t.ex", "tex", "bl.a", "bla", "dvs", "d.v.s", "m.m", "mm", "m.fl", "s.k", "resp", "nr",
    "tel", "kl", "inkl", "exkl", "avd",
];

/// Words after which a number is a label: "mål 1", "bilaga 2", "vecka 12".
const LABELLED: [&str; 24] = [
    "mål",
    "målet",
    "nämndmål",
    "verksamhetsområdesmål",
    "inriktningsmål",
    "delmål",
    "bilaga",
    "punkt",
    "avsnitt",
    "kapitel",
    "tabell",
    "figur",
    "diagram",
    "sida",
    "sid",
    "vecka",
    "tertial",
    "kvartal",
    "klass",
    "årskurs",
    "agenda",
    "nivå",
    "steg",
    "dnr",
];

const MONTHS: [&str; 12] = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
];

/// Reads a paragraph.
pub(crate) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut out: Vec<Token<'_>> = Vec::new();
    let mut at = 0;
    while let Some(next) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let (kind, length) = token_at(text, at, &out, next);
        let end = at.saturating_add(length.max(next.len_utf8()));
        if let Some(kind) = kind {
            let range = TextRange::new(size(at), size(end));
            out.push(Token { kind, text: text.get(at..end).unwrap_or_default(), range });
        }
        at = end;
    }
    settle(&mut out);
    out
}

/// The token at an offset and its length in bytes; no token for a blank.
fn token_at(text: &str, at: usize, before: &[Token<'_>], next: char) -> (Option<Kind>, usize) {
    let rest = text.get(at..).unwrap_or_default();
    match next {
        OPAQUE => (Some(Kind::Opaque), next.len_utf8()),
        '.' | '!' | '?' => {
            (ends_sentence(rest, before, next).then_some(Kind::Stop), next.len_utf8())
        }
        '0'..='9' => number_at(rest, before),
        '+' | '-' | '−' | '±'
            if rest.chars().nth(1).is_some_and(|c| c.is_ascii_digit())
                && !text.get(..at).is_some_and(|text| text.ends_with(char::is_alphanumeric)) =>
        {
            let (kind, length) = number_at(rest.get(next.len_utf8()..).unwrap_or_default(), before);
            let kind = match kind {
                Some(Kind::Figure(figure)) if matches!(next, '-' | '−') => {
                    Some(Kind::Figure(Figure { value: figure.value.neg(), ..figure }))
                }
                Some(Kind::Figure(_)) if next == '±' => Some(Kind::Label),
                other => other,
            };
            (kind, length.saturating_add(next.len_utf8()))
        }
        _ if next.is_alphabetic() => {
            let length = rest
                .find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_' | ':' | '’' | '\''))
                .unwrap_or(rest.len());
            let word = rest.get(..length).unwrap_or_default().trim_end_matches([':', '-']);
            (Some(of_word(word)), word.len().max(next.len_utf8()))
        }
        _ if next.is_whitespace() => (None, next.len_utf8()),
        _ => (Some(Kind::Mark), next.len_utf8()),
    }
}

fn of_word(word: &str) -> Kind {
    if word.contains(|c: char| c.is_ascii_digit()) {
        return Kind::Label;
    }
    // "en" and "ett" are articles most of the time, and "sex" and "inga" are words too.
    let is_article = matches!(word, "en" | "ett" | "En" | "Ett" | "ingen" | "inget" | "inga");
    match number_of(word) {
        Some(value) if !is_article => Kind::Figure(Figure { value, unit: None, in_words: true }),
        _ => Kind::Word,
    }
}

fn ends_sentence(rest: &str, before: &[Token<'_>], mark: char) -> bool {
    let after = rest.get(mark.len_utf8()..).unwrap_or_default();
    if after.trim().is_empty() {
        return true;
    }
    if !after.starts_with(char::is_whitespace) {
        return false;
    }
    if mark != '.' {
        return true;
    }
    let abbreviated = before.last().is_some_and(|token| token.is(&ABBREVIATIONS));
    let capital = after.trim_start().starts_with(|c: char| !c.is_lowercase());
    capital && !abbreviated
}

/// A text that begins with a digit.
fn number_at(rest: &str, before: &[Token<'_>]) -> (Option<Kind>, usize) {
    // Digits and marks without a blank: `1.2.1`, `2025-05-21`, `08-465`, `2024/550`, `40-50`.
    let run = rest
        .find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '-' | '–' | '/' | ':' | ','))
        .unwrap_or(rest.len());
    let run = rest.get(..run).unwrap_or_default().trim_end_matches(['.', '-', '–', '/', ':', ',']);
    if let Some((part, whole)) = run.split_once('/') {
        let read = |text: &str| Decimal::parse_swedish(text).ok();
        return match (read(part), read(whole)) {
            (Some(part), Some(whole)) if !is_year(part) && part.decimals() == 0 => {
                let figure = |value| Figure { value, unit: None, in_words: false };
                (Some(Kind::Share(figure(part), figure(whole))), run.len())
            }
            _ => (Some(Kind::Label), run.len()),
        };
    }
    if run.contains(['-', '–', ':', '/']) || run.matches('.').count() > 1 {
        return (Some(Kind::Label), run.len());
    }
    if run.contains('.') {
        // `1.2` may be a goal or a decimal point; neither is a Swedish figure.
        return (Some(Kind::Label), run.len());
    }
    let end = number_end(rest);
    let number = rest.get(..end).unwrap_or_default();
    let after = rest.get(end..).unwrap_or_default();
    // `16-åring`, `10:e`, `3D`
    if after.starts_with(|c: char| c.is_alphanumeric())
        || (after.starts_with([':', '-', '–']) && !after.get(1..).is_some_and(starts_blank))
    {
        let length = after
            .find(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | ')'))
            .unwrap_or(after.len());
        return (Some(Kind::Label), end.saturating_add(length));
    }
    // A number that begins with a zero is part of a telephone or record number.
    if number.starts_with('0') && number.get(1..).is_some_and(|n| n.starts_with(|c: char| c != ','))
    {
        return (Some(Kind::Label), end);
    }
    let Ok(value) = Decimal::parse_swedish(number) else { return (Some(Kind::Label), end) };
    if before.last().is_some_and(|token| token.is(&LABELLED) || token.text == "§") {
        return (Some(Kind::Label), end);
    }
    let (unit, length) = match unit_after(after) {
        Some((unit, length)) => (Some(unit), length),
        None => (None, 0),
    };
    let words: Vec<&str> = after.split_whitespace().take(1).collect();
    let month = words.first().is_some_and(|word| {
        MONTHS.contains(&word.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase().as_str())
    });
    let grouped = number.contains(GROUP_BLANKS);
    if unit.is_none() && (month || (is_year(value) && !grouped && !counts(after))) {
        return (Some(Kind::Label), end);
    }
    (Some(Kind::Figure(Figure { value, unit, in_words: false })), end.saturating_add(length))
}

fn starts_blank(text: &str) -> bool {
    text.is_empty() || text.starts_with(char::is_whitespace)
}

fn is_year(value: Decimal) -> bool {
    value.decimals() == 0 && value.to_i64().is_some_and(|number| (1990..2100).contains(&number))
}

/// True when a number is followed by what it counts: "2 000 besökare", but not "2024 var".
fn counts(after: &str) -> bool {
    let word: String =
        after.trim_start_matches(GROUP_BLANKS).chars().take_while(|c| c.is_alphabetic()).collect();
    matches!(
        word.as_str(),
        "barn"
            | "besök"
            | "besökare"
            | "personer"
            | "elever"
            | "hushåll"
            | "platser"
            | "ärenden"
            | "timmar"
            | "deltagare"
            | "kvinnor"
            | "män"
            | "flickor"
            | "pojkar"
            | "st"
    )
}

/// What can only be told from both sides: the second number of a range that has blanks
/// around its dash.
fn settle(tokens: &mut [Token<'_>]) {
    let mut ranges = Vec::new();
    for (index, window) in tokens.windows(3).enumerate() {
        if let [a, dash, b] = window
            && matches!(dash.text, "-" | "–" | "—")
            && a.figure().is_some()
            && b.figure().is_some()
            && a.range.end() != dash.range.start()
        {
            // "5 – 7" is a range; "målet nås – 5 av 7" is not.
            ranges.push(index);
        }
    }
    for index in ranges {
        for place in [index, index.saturating_add(2)] {
            if let Some(token) = tokens.get_mut(place) {
                token.kind = Kind::Label;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        tokens(text)
            .into_iter()
            .map(|token| match token.kind {
                Kind::Word | Kind::Mark => token.text.to_owned(),
                Kind::Figure(figure) => match figure.unit {
                    Some(unit) => format!("<{} {}>", figure.value, unit.named()),
                    None => format!("<{}>", figure.value),
                },
                Kind::Share(part, whole) => format!("<{}/{}>", part.value, whole.value),
                Kind::Label => format!("#{}", token.text),
                Kind::Opaque => "{}".to_owned(),
                Kind::Stop => "||".to_owned(),
            })
            .collect()
    }

    #[test]
    fn figures_have_units() {
        assert_eq!(
            read("Kostnaden blev 1 064,4 mnkr, 31 procent av 3 miljoner kronor."),
            ["Kostnaden", "blev", "<1\u{a0}064,4 mnkr>", ",", "<31 %>", "av", "<3 mnkr>", "||"]
        );
        assert_eq!(
            read("tre av 12, 69% och −5 tkr"),
            ["<3>", "av", "<12>", ",", "<69 %>", "och", "<\u{2212}5 tkr>"]
        );
    }

    #[test]
    fn labels_are_no_figures() {
        assert_eq!(read("mål 1.2 och T1 2025"), ["mål", "#1.2", "och", "#T1", "#2025"]);
        assert_eq!(
            read("dnr KUNG 2024/550, tel 08-465 004"),
            ["dnr", "KUNG", "#2024/550", ",", "tel", "#08-465", "#004"]
        );
        assert_eq!(
            read("den 21 maj 2025, 2025-05-21"),
            ["den", "#21", "maj", "#2025", ",", "#2025-05-21"]
        );
        assert_eq!(
            read("40-50 per vecka, 5 – 7 barn, 16-åringar"),
            ["#40-50", "per", "vecka", ",", "#5", "–", "#7", "barn", ",", "#16-åringar"]
        );
        assert_eq!(
            read("från 1951 besökare till 914"),
            ["från", "<1\u{a0}951>", "besökare", "till", "<914>"]
        );
    }

    #[test]
    fn shares_and_sentences() {
        assert_eq!(
            read("35/42 svarade. Det är bra, t.ex. så. \u{fffc}"),
            ["<35/42>", "svarade", "||", "Det", "är", "bra", ",", "t", "ex", "så", "||", "{}"]
        );
    }
}
