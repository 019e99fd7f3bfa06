//! Scales: words in order, with what is drawn beside them.

use crate::items::Facts;

/// The columns that a scale's table may have.
pub const SCALE_COLUMNS: &[&str] = &["ord", "tryckt", "tecken", "ton", "avvikelse"];

/// The symbols that can be drawn beside a word (`tecken`).
pub const SYMBOLS: &[&str] = &[
    "hel",
    "halv",
    "tom",
    "varning",
    "pågår",
    "ring",
    "streck",
    "upp",
    "snett upp",
    "höger",
    "snett ner",
    "ner",
];

/// What a word says, which chooses its colour (`ton`).
pub const TONES: &[&str] = &["god", "varning", "brist", "neutral"];

/// A scale: words in order, best first, with what is drawn beside them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, salsa::SalsaValue)]
pub struct Scale {
    pub name: String,
    pub title: String,
    /// The scale that it builds on (`enligt`).
    pub base: Option<String>,
    pub steps: Vec<Step>,
}

/// A word of a scale.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, salsa::SalsaValue)]
pub struct Step {
    pub word: String,
    /// How the word is printed; without, with a capital letter.
    pub printed: Option<String>,
    /// One of [`SYMBOLS`]: the drawn symbol. Empty draws a dash.
    pub symbol: String,
    /// One of [`TONES`]: the colour. Empty is neutral.
    pub tone: String,
    /// For the states of activities: true when it fills the column "Avvikelse" and
    /// needs an analysis.
    pub deviation: bool,
}

impl Scale {
    /// The step of exactly the given word.
    pub fn step(&self, word: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.word == word)
    }

    /// The step that a line begins with: `försenad till 2025-12-31`. The longest word
    /// wins, so that one may begin with another.
    pub fn step_beginning(&self, line: &str) -> Option<&Step> {
        let begins = |step: &&Step| {
            line.strip_prefix(step.word.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ',']))
        };
        self.steps.iter().filter(begins).max_by_key(|step| step.word.len())
    }

    /// The words, best first.
    pub fn words(&self) -> Vec<&str> {
        self.steps.iter().map(|step| step.word.as_str()).collect()
    }

    /// Takes over what a declaration says. One with a title states the scale anew;
    /// without, its rows change words that are known and add others last.
    pub(super) fn apply(&mut self, facts: &Facts) {
        if let Some(title) = &facts.title {
            self.title.clone_from(title);
        }
        let anew = facts.title.is_some() && facts.option("enligt").is_none();
        if anew && !facts.rows.is_empty() {
            self.steps.clear();
        }
        let mut rows = facts.rows.iter();
        let Some(head) = rows.next() else { return };
        let word_at = head.iter().position(|cell| cell == "ord");
        for row in rows {
            let Some(word) = word_at.and_then(|at| row.get(at)).filter(|word| !word.is_empty())
            else {
                continue;
            };
            let known = self.steps.iter().position(|step| step.word == *word);
            let at = known.unwrap_or(self.steps.len());
            if known.is_none() {
                self.steps.push(Step { word: word.clone(), ..Step::default() });
            }
            let Some(step) = self.steps.get_mut(at) else { continue };
            for (column, cell) in head.iter().zip(row) {
                match column.as_str() {
                    "tryckt" => step.printed = (!cell.is_empty()).then(|| cell.clone()),
                    "tecken" => step.symbol.clone_from(cell),
                    "ton" => step.tone.clone_from(cell),
                    "avvikelse" => step.deviation = cell == "ja",
                    _ => {}
                }
            }
        }
    }
}
