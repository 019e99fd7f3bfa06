//! Periods of the year.

use trc_base::Date;

use super::list;
use crate::items::Facts;

/// A period of the year.
#[derive(Debug, Clone, PartialEq, Eq, Hash, salsa::SalsaValue)]
pub struct Period {
    pub name: String,
    pub title: String,
    /// The month and day on which it ends.
    pub ends: (u8, u8),
    /// The words of `redovisas` that are due in it.
    pub reports: Vec<String>,
    /// True when the outcome is held against the target, not the forecast.
    pub judges_outcome: bool,
    /// `visas: nej`: a period that is no longer used.
    pub hidden: bool,
}

impl Period {
    /// A period of which nothing is said yet.
    pub(super) fn new(name: &str) -> Period {
        Period {
            name: name.to_owned(),
            title: name.to_owned(),
            ends: (12, 31),
            reports: Vec::new(),
            judges_outcome: false,
            hidden: false,
        }
    }

    /// Takes over what a declaration says.
    pub(super) fn apply(&mut self, facts: &Facts) {
        if let Some(title) = &facts.title {
            self.title.clone_from(title);
        }
        if let Some(ends) = facts.line("slutar").and_then(month_and_day) {
            self.ends = ends;
        }
        if let Some(words) = facts.line("redovisar") {
            self.reports = list(words);
        }
        if let Some(word) = facts.line("bedömer") {
            self.judges_outcome = word == "utfall";
        }
        if let Some(word) = facts.line("visas") {
            self.hidden = word == "nej";
        }
    }
}

/// Reads `04-30`: a month and a day that every year has.
pub(super) fn month_and_day(text: &str) -> Option<(u8, u8)> {
    let (month, day) = text.split_once('-')?;
    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
    // 2021 has no 29 February.
    Date::new(2021, month, day).map(|_| (month, day))
}
