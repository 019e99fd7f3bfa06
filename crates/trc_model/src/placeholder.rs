//! Placeholders in the titles of types: `Utfall {period}`, `Bokslut {år - 1}`.

use crate::document::DocumentKey;
use crate::vocabulary::Vocabulary;

/// The placeholders of every title; a year may have `- 1` or `+ 1`.
pub const OF_TIME: [&str; 2] = ["år", "period"];
/// Those of a level's heading.
pub const OF_LEVEL: [&str; 2] = ["nummer", "rubrik"];
/// That of a column of indicators or activities: last year's closing report.
pub const PREVIOUS: &str = "föregående";

/// The time that a document is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Time {
    pub year: u16,
    /// The title of its period; a budget or plan has none.
    pub period: Option<String>,
}

impl Time {
    /// The time of a document, in the words of its city.
    pub fn of(words: &Vocabulary<'_>, key: &DocumentKey) -> Time {
        let title = |name: &String| words.period(name).map_or(name, |it| &it.title).clone();
        Time { year: key.year, period: key.period.as_ref().map(title) }
    }

    /// A title with the time filled in.
    pub fn fill(&self, title: &str) -> String {
        fill(title, |name| self.value(name))
    }

    /// What a placeholder stands for: a year, the period, or in a document of a whole year
    /// that year.
    pub fn value(&self, name: &str) -> Option<String> {
        let year = || Some(self.year.to_string());
        if name == "period" {
            return self.period.clone().or_else(year);
        }
        let distance = name.strip_prefix("år")?.trim();
        if distance.is_empty() {
            return year();
        }
        let (sign, years) = distance.split_at_checked(1)?;
        let years: u16 = years.trim().parse().ok()?;
        let other = match sign {
            "-" | "−" => self.year.saturating_sub(years),
            "+" => self.year.saturating_add(years),
            _ => return None,
        };
        Some(other.to_string())
    }
}

/// A title with its placeholders filled in. One that has no value stays as it is.
pub fn fill(title: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::new();
    let mut rest = title;
    while let Some((before, name, after)) = next(rest) {
        out.push_str(before);
        match value(name.trim()) {
            Some(value) => out.push_str(&value),
            None => out.extend(["{", name, "}"]),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The placeholders of a title.
pub fn names(title: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = title;
    while let Some((_, name, after)) = next(rest) {
        out.push(name.trim());
        rest = after;
    }
    out
}

fn next(title: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = title.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_and_periods_are_filled_in_and_the_rest_stays() {
        let time = Time { year: 2026, period: Some("Kvartal 3".to_owned()) };
        let cases = [
            ("Bokslut {år - 1}", "Bokslut 2025"),
            ("Plan {år+2}, {år}", "Plan 2028, 2026"),
            ("Utfall {period} {år}", "Utfall Kvartal 3 2026"),
            ("{nummer} {år - x} {", "{nummer} {år - x} {"),
        ];
        for (title, filled) in cases {
            assert_eq!(time.fill(title), filled);
        }
        assert_eq!(Time { year: 2026, period: None }.fill("Utfall {period}"), "Utfall 2026");
        assert_eq!(names("a {b} {år - 1}"), ["b", "år - 1"]);
    }
}
