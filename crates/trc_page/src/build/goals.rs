//! The goal tree.

use trc_model::document::{GoalKey, Kind};
use trc_model::fields;
use trc_model::items::FieldValue;
use trc_model::placeholder::{Time, fill};
use trc_model::report::{Goal, Said};
use trc_model::resolve::Surroundings;
pub(super) use trc_model::vocabulary::capitalised;
use trc_model::vocabulary::{Level, Printed, goal_texts};

use super::follow_up::status;
use super::sections::IN_CONTENTS;
use super::{Builder, DEEPEST, Place};
use crate::data::{self, Block, Inline};

impl<'db> Builder<'db> {
    /// Every goal, the uppermost at the given heading level.
    pub(super) fn goals(&self, top: u8) -> Vec<Block> {
        let mut out = Vec::new();
        for goal in &self.report.goals {
            let below = u8::try_from(goal.depth.saturating_sub(1)).unwrap_or(DEEPEST);
            // The label "Analys" needs a level of its own below the goal.
            let level = top.saturating_add(below).min(DEEPEST.saturating_sub(1));
            self.goal(goal, level, &mut out);
        }
        out
    }

    /// One goal, without those below it.
    pub(super) fn goal_alone(&self, key: &GoalKey) -> Option<Vec<Block>> {
        let mut out = Vec::new();
        self.goal(self.report.goal(key)?, 1, &mut out);
        Some(out)
    }

    fn goal(&self, goal: &Goal<'db>, level: u8, out: &mut Vec<Block>) {
        let of_type = self.report.level_of(goal);
        let (label, text) = heading(of_type, goal, &self.report.time());
        out.push(Block::GoalHeading(data::GoalHeading {
            level,
            label,
            text: vec![Inline::text(text)],
            anchor: Some(Self::goal_anchor(&goal.key)),
            in_contents: of_type
                .and_then(|level| level.in_contents)
                .unwrap_or(goal.depth <= usize::from(IN_CONTENTS)),
            status: self.goal_status(goal, of_type),
        }));
        let named: Vec<&String> =
            of_type.iter().flat_map(|level| level.requires.iter().chain(&level.shows)).collect();
        let place = |field: &str| named.iter().position(|name| *name == field);
        let mut texts = self.texts(of_type);
        // What the level names comes first, in its order.
        texts.sort_by_key(|text| place(&text.field()).unwrap_or(usize::MAX));
        for text in texts {
            let field = text.field();
            let inherits = fields::lookup("mål", &field, Kind::Plan).is_some();
            // What a plan says is shown where the report type asks for it.
            let said = if inherits && place(&field).is_some() {
                goal.said_or_inherited(self.db, &field)
            } else {
                goal.said(self.db, &field)
            };
            if let Some(said) = said {
                let label = self.report.time().fill(&text.title);
                self.labelled(&said, &label, level, out);
            }
        }
        out.extend(self.indicator_table(goal));
        out.extend(self.activity_table(goal));
    }

    fn labelled(&self, said: &Said<'db>, label: &str, level: u8, out: &mut Vec<Block>) {
        let FieldValue::Prose(slot) = said.field.value else { return };
        if slot.is_blank {
            return;
        }
        let level = level.saturating_add(1).min(DEEPEST);
        let facts = said.declaration.facts(self.db);
        let around = Surroundings::of(self.report, &facts.keyword, facts.name());
        let place = Place { around, ..Place::new(level) };
        out.push(Block::LabelledText(data::LabelledText {
            label: label.to_owned(),
            level: Some(level),
            anchor: None,
            content: self.passage(said.declaration, slot, place),
        }));
    }

    /// The texts of a goal in print order, with the headings of its level. A report whose
    /// type declares none prints what there may be.
    fn texts(&self, level: Option<&Level>) -> Vec<Printed> {
        let declared = self.report.report_type.as_ref().map(|of| &of.texts);
        let mut out = declared.filter(|texts| !texts.is_empty()).cloned().unwrap_or_else(|| {
            let names = goal_texts().filter(|name| *name != "sammanfattning");
            names
                .map(|name| Printed {
                    name: name.replace(' ', "_"),
                    title: capitalised(name),
                    ..Printed::default()
                })
                .collect()
        });
        let of_level = level.map_or(&[][..], |level| &level.texts);
        for text in of_level {
            match out.iter_mut().find(|known| known.name == text.name) {
                Some(known) => known.clone_from(text),
                None => out.push(text.clone()),
            }
        }
        out.retain(|text| !text.hidden);
        out
    }

    fn goal_status(&self, goal: &Goal<'db>, level: Option<&Level>) -> Option<data::Status> {
        let Some(word) = goal.said(self.db, "status").and_then(|said| said.line()) else {
            let word = level?.without_status.clone()?;
            return Some(data::Status {
                word,
                symbol: data::Symbol::Dash,
                tone: data::Tone::Neutral,
            });
        };
        let scale = self.words.goal_scale(self.report.report_type.as_ref());
        Some(match scale.and_then(|scale| scale.step(word)) {
            Some(step) => status(step, word),
            None => data::Status {
                word: capitalised(word),
                symbol: data::Symbol::Dash,
                tone: data::Tone::Neutral,
            },
        })
    }
}

/// The drawn symbol of a word in the vocabulary.
pub(super) fn symbol(word: &str) -> data::Symbol {
    match word {
        "hel" => data::Symbol::Check,
        "halv" => data::Symbol::Half,
        "tom" => data::Symbol::Cross,
        "varning" => data::Symbol::Warning,
        "pågår" => data::Symbol::Ongoing,
        "ring" => data::Symbol::Ring,
        "upp" => data::Symbol::Up,
        "snett upp" => data::Symbol::UpRight,
        "höger" => data::Symbol::Right,
        "snett ner" => data::Symbol::DownRight,
        "ner" => data::Symbol::Down,
        _ => data::Symbol::Dash,
    }
}

/// The colour of a word in the vocabulary.
pub(super) fn tone(word: &str) -> data::Tone {
    match word {
        "god" => data::Tone::Positive,
        "varning" => data::Tone::Caution,
        "brist" => data::Tone::Negative,
        _ => data::Tone::Neutral,
    }
}

/// The kind of goal and its number and title, from a level's heading such as
/// `Nämndmål: {nummer} {rubrik}`.
fn heading(level: Option<&Level>, goal: &Goal<'_>, time: &Time) -> (String, String) {
    let pattern = level.map_or("{nummer} {rubrik}", |level| level.title.as_str());
    let filled = |pattern: &str| {
        fill(pattern, |name| match name {
            "nummer" => Some(goal.key.to_string()),
            "rubrik" => Some(goal.title.clone()),
            _ => time.value(name),
        })
    };
    // The pattern's own words may hold a colon ("KF:s"); its label ends at ": ".
    match pattern.split_once(": ") {
        Some((label, text)) => (filled(label), filled(text)),
        None => (String::new(), filled(pattern)),
    }
}

#[cfg(test)]
mod tests {
    use trc_model::vocabulary::{SYMBOLS, TONES};

    use super::*;

    #[test]
    fn every_symbol_and_tone_of_the_vocabulary_is_drawn() {
        for word in SYMBOLS.iter().filter(|word| **word != "streck") {
            assert_ne!(symbol(word), data::Symbol::Dash, "{word}");
        }
        for word in TONES.iter().filter(|word| **word != "neutral") {
            assert_ne!(tone(word), data::Tone::Neutral, "{word}");
        }
    }
}
