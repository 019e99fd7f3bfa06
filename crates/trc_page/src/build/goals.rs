//! The goal tree.

use trc_model::items::FieldValue;
use trc_model::report::{Goal, Said};
use trc_model::resolve::Surroundings;
use trc_model::vocabulary::Level;

use super::sections::IN_CONTENTS;
use super::{Builder, DEEPEST, Place};
use crate::data::{self, Block, Inline};

/// The texts of a goal: field, label, and whether a plan's text is shown where the report
/// has none of its own. They are printed in this order, after those that the report type
/// names, which are printed in the order of the type.
const TEXTS: [(&str, &str, bool); 5] = [
    ("analys", "Analys", false),
    ("goda exempel", "Goda exempel", false),
    ("beskrivning", "Beskrivning", true),
    ("förväntat resultat", "Förväntat resultat {år}", true),
    ("förväntat resultat på längre sikt", "Förväntat resultat på längre sikt", true),
];

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

    fn goal(&self, goal: &Goal<'db>, level: u8, out: &mut Vec<Block>) {
        let of_type = self.report.level_of(goal);
        let (label, text) = heading(of_type, goal);
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
        let mut texts = TEXTS;
        texts.sort_by_key(|(field, ..)| place(field).unwrap_or(usize::MAX));
        for (field, label, inherits) in texts {
            let said = if inherits && place(field).is_some() {
                goal.said_or_inherited(self.db, field)
            } else {
                goal.said(self.db, field)
            };
            if let Some(said) = said {
                let year = self.report.year.to_string();
                self.labelled(&said, &label.replace("{år}", &year), level, out);
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

    fn goal_status(&self, goal: &Goal<'db>, level: Option<&Level>) -> Option<data::Status> {
        let Some(word) = goal.said(self.db, "status").and_then(|said| said.line()) else {
            let word = level?.without_status.clone()?;
            return Some(data::Status {
                word,
                symbol: data::Symbol::Dash,
                tone: data::Tone::Neutral,
            });
        };
        let scale = self.report.report_type.as_ref().map_or("måluppfyllelse", |t| &t.scale);
        let step = self
            .words
            .scale(scale)
            .and_then(|scale| scale.steps.iter().find(|step| step.word == word));
        Some(data::Status {
            word: capitalised(word),
            symbol: match step.map_or("", |step| &step.symbol) {
                "hel" => data::Symbol::Check,
                "halv" => data::Symbol::Half,
                "tom" => data::Symbol::Cross,
                "varning" => data::Symbol::Warning,
                "pågår" => data::Symbol::Ongoing,
                "ring" => data::Symbol::Ring,
                _ => data::Symbol::Dash,
            },
            tone: match step.map_or("", |step| &step.tone) {
                "god" => data::Tone::Positive,
                "varning" => data::Tone::Caution,
                "brist" => data::Tone::Negative,
                _ => data::Tone::Neutral,
            },
        })
    }
}

/// The kind of goal and its number and title, from a level's heading such as
/// `Nämndmål: {nummer} {rubrik}`.
fn heading(level: Option<&Level>, goal: &Goal<'_>) -> (String, String) {
    let pattern = level.map_or("{nummer} {rubrik}", |level| level.title.as_str());
    let filled =
        pattern.replace("{nummer}", &goal.key.to_string()).replace("{rubrik}", &goal.title);
    // The pattern's own words may hold a colon ("KF:s"); its label ends at ": ".
    match pattern.split_once(": ") {
        Some((label, _)) => {
            let text = filled.get(label.len().saturating_add(2)..).unwrap_or(&filled).to_owned();
            (label.to_owned(), text)
        }
        None => (String::new(), filled),
    }
}

/// With a capital letter, as a word of its own.
pub(super) fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
