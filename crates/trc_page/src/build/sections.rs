//! The sections of a report, as its type orders them.

use trc_model::items::TextSlot;
use trc_model::report::Goal;
use trc_model::vocabulary::{SectionContent, SectionType};

use super::{Builder, DEEPEST, Place};
use crate::data::{self, Block, Inline};

impl<'db> Builder<'db> {
    /// Everything after the contents.
    pub(super) fn body(&self) -> Vec<Block> {
        let mut out = Vec::new();
        match &self.report.report_type {
            Some(report_type) => {
                for section in &report_type.sections {
                    let blocks = self.section(section, 1);
                    if blocks.is_empty() {
                        continue;
                    }
                    // A few lines do not take a page of their own.
                    if out.is_empty() || weight(&blocks) > SHORT_SECTION {
                        out.push(Block::Break);
                    }
                    out.extend(blocks);
                }
            }
            // Its parts have the goals.
            None if !self.report.parts.is_empty() => {}
            // A report of no known type still shows its goals.
            None => {
                out.push(Block::Break);
                out.extend(self.goals(1));
            }
        }
        out
    }

    /// One section, with those below it.
    pub(super) fn section_alone(&self, name: &str) -> Option<Vec<Block>> {
        let is_decisions = |section: &SectionType| section.name == name;
        if self.decision_section().is_some_and(is_decisions) {
            return Some(self.decisions().map_or_else(Vec::new, |decisions| {
                let paragraph = |content| vec![Block::Paragraph { content }];
                let items = decisions.items.into_iter().map(paragraph).collect();
                vec![Block::List(data::List { numbered: true, items })]
            }));
        }
        Some(self.section(self.report.report_type.as_ref()?.section(name)?, 1))
    }

    fn section(&self, section: &SectionType, level: u8) -> Vec<Block> {
        // The decisions stand on the front page.
        if section.content == SectionContent::Decisions {
            return Vec::new();
        }
        let mut content = self.section_content(section, level);
        for child in &section.children {
            content.extend(self.section(child, level.saturating_add(1).min(DEEPEST)));
        }
        if content.is_empty() {
            match &section.if_empty {
                Some(text) => content.push(paragraph(text)),
                None => return content,
            }
        }
        let heading = Block::Heading(data::Heading {
            level,
            text: vec![Inline::text(self.report.time().fill(&section.title))],
            anchor: Some(Self::named_anchor("avsnitt", &section.name)),
            in_contents: section.in_contents.unwrap_or(level <= IN_CONTENTS),
        });
        let mut out = vec![heading];
        out.append(&mut content);
        match section.landscape {
            Some(true) => vec![Block::Turned { content: upright_within(out) }],
            Some(false) => {
                keep_tables_upright(&mut out);
                out
            }
            None => out,
        }
    }

    fn section_content(&self, section: &SectionType, level: u8) -> Vec<Block> {
        let mut out = Vec::new();
        let place = Place::new(level);
        for mention in self.contents.mentions("avsnitt", &section.name) {
            if let Some(slot) = mention.declaration.facts(self.db).text {
                let place = Place { section: Some(&section.name), ..place };
                out.extend(self.passage(mention.declaration, slot, place));
            }
        }
        match section.content {
            SectionContent::Text | SectionContent::Decisions => {}
            SectionContent::Goals => out.extend(self.goals(level.saturating_add(1))),
            SectionContent::Summaries => out.extend(self.summaries(level)),
        }
        out
    }

    /// What the goals themselves give for the summary: under each uppermost goal, its own
    /// summary and those of the goals below it.
    fn summaries(&self, level: u8) -> Vec<Block> {
        let level = level.saturating_add(1).min(DEEPEST);
        let mut out = Vec::new();
        let mut under: Option<String> = None;
        for goal in &self.report.goals {
            let Some(said) = goal.said(self.db, "sammanfattning") else { continue };
            let trc_model::items::FieldValue::Prose(slot) = &said.field.value else { continue };
            let slot: TextSlot = *slot;
            if slot.is_blank {
                continue;
            }
            let top = self.uppermost(goal);
            let title = if top.is_named() {
                top.title.clone()
            } else {
                format!("{} {}", top.key, top.title)
            };
            if under.as_ref() != Some(&title) {
                out.push(Block::Heading(data::Heading {
                    level,
                    text: vec![Inline::text(&title)],
                    anchor: None,
                    in_contents: false,
                }));
                under = Some(title);
            }
            out.extend(self.passage(said.declaration, slot, Place::new(level)));
        }
        out
    }

    /// The goal that stands above all others over this one.
    fn uppermost<'a>(&'a self, goal: &'a Goal<'db>) -> &'a Goal<'db> {
        let mut top = goal;
        while let Some(above) = top.parent.as_ref().and_then(|key| self.report.goal(key)) {
            top = above;
        }
        top
    }

    /// The section whose numbered list is what is to be decided.
    pub(super) fn decision_section(&self) -> Option<&'db SectionType> {
        fn search(list: &[SectionType]) -> Option<&SectionType> {
            list.iter().find_map(|section| match section.content {
                SectionContent::Decisions => Some(section),
                _ => search(&section.children),
            })
        }
        search(&self.report.report_type.as_ref()?.sections)
    }

    /// The title of a section, when it is printed and has an anchor.
    pub(super) fn printed_section(&self, name: &str) -> Option<String> {
        let section = self.report.report_type.as_ref()?.section(name)?;
        if section.content == SectionContent::Decisions {
            return None;
        }
        self.prints(section).then(|| self.report.time().fill(&section.title))
    }

    fn prints(&self, section: &SectionType) -> bool {
        let mut mentions = self.contents.mentions("avsnitt", &section.name).iter();
        let says = |goal: &Goal<'db>| goal.said(self.db, "sammanfattning").is_some();
        section.if_empty.is_some()
            || mentions.any(|mention| {
                mention.declaration.facts(self.db).text.is_some_and(|slot| !slot.is_blank)
            })
            || match section.content {
                SectionContent::Text | SectionContent::Decisions => false,
                SectionContent::Goals => !self.report.goals.is_empty(),
                SectionContent::Summaries => self.report.goals.iter().any(says),
            }
            || section.children.iter().any(|child| self.prints(child))
    }

    /// True when the report's type has a place for the goals.
    pub(super) fn prints_goals(&self) -> bool {
        fn has(list: &[SectionType]) -> bool {
            list.iter()
                .any(|section| section.content == SectionContent::Goals || has(&section.children))
        }
        self.report.report_type.as_ref().is_none_or(|report_type| has(&report_type.sections))
    }
}

/// The blocks without turned parts among them: a part of a turned part is turned already.
fn upright_within(blocks: Vec<Block>) -> Vec<Block> {
    let flat = |block| match block {
        Block::Turned { content } => content,
        block => vec![block],
    };
    blocks.into_iter().flat_map(flat).collect()
}

/// Sets the tables of a section upright, where they do not say otherwise themselves.
fn keep_tables_upright(blocks: &mut [Block]) {
    for block in blocks {
        match block {
            Block::Table(table) => table.landscape = table.landscape.or(Some(false)),
            Block::LabelledText(text) => keep_tables_upright(&mut text.content),
            _ => {}
        }
    }
}

/// Headings down to this level stand in the contents, unless the report type says
/// otherwise.
pub(super) const IN_CONTENTS: u8 = 2;

/// A top section of fewer characters goes on where the one before ends.
const SHORT_SECTION: usize = 1_500;

/// How much room blocks take, in characters of running text.
fn weight(blocks: &[Block]) -> usize {
    let of = |block: &Block| match block {
        Block::Paragraph { content } => content
            .iter()
            .map(|inline| match inline {
                Inline::Text(text) => text.text.chars().count(),
                _ => 20,
            })
            .sum::<usize>()
            .max(90),
        Block::Heading(_) => 200,
        Block::List(list) => list.items.iter().map(|item| weight(item).max(90)).sum(),
        Block::LabelledText(text) => weight(&text.content).saturating_add(200),
        Block::Table(table) => table.rows.len().saturating_add(2).saturating_mul(100),
        Block::Turned { content } => weight(content),
        Block::GoalHeading(_) | Block::Figure(_) | Block::Notice(_) | Block::Break => SHORT_SECTION,
    };
    blocks.iter().map(of).fold(0, usize::saturating_add)
}

/// A paragraph of fixed words.
pub(super) fn paragraph(text: &str) -> Block {
    Block::Paragraph { content: vec![Inline::text(text)] }
}
