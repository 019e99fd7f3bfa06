//! The sections of a report, as its type orders them.

use trc_model::items::TextSlot;
use trc_model::resolve::Surroundings;
use trc_model::table::with_year;
use trc_model::vocabulary::{SectionContent, SectionType};

use super::front::DECISIONS;
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
                    if !blocks.is_empty() {
                        out.push(Block::Break);
                        out.extend(blocks);
                    }
                }
            }
            // A report of no known type still shows its goals.
            None => {
                out.push(Block::Break);
                out.extend(self.goals(1));
            }
        }
        out.extend(self.attestation());
        out
    }

    fn section(&self, section: &SectionType, level: u8) -> Vec<Block> {
        // The decisions stand on the front page.
        if section.name == DECISIONS {
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
            text: vec![Inline::text(with_year(&section.title, self.report.year))],
            anchor: Some(Self::named_anchor("avsnitt", &section.name)),
            in_contents: level <= 2,
        });
        let mut out = vec![heading];
        out.append(&mut content);
        out
    }

    fn section_content(&self, section: &SectionType, level: u8) -> Vec<Block> {
        let mut out = Vec::new();
        let place = Place { level, around: Surroundings::default() };
        for mention in self.contents.mentions("avsnitt", &section.name) {
            if let Some(slot) = mention.declaration.facts(self.db).text {
                out.extend(self.passage(mention.declaration, slot, place));
            }
        }
        match section.content {
            SectionContent::Text => {}
            SectionContent::Goals => out.extend(self.goals(level.saturating_add(1))),
            SectionContent::Summaries => out.extend(self.summaries(level)),
        }
        out
    }

    /// What the goals themselves give for the summary.
    fn summaries(&self, level: u8) -> Vec<Block> {
        let mut out = Vec::new();
        for goal in &self.report.goals {
            let Some(said) = goal.said(self.db, "sammanfattning") else { continue };
            let trc_model::items::FieldValue::Prose(slot) = &said.field.value else { continue };
            let slot: TextSlot = *slot;
            out.push(Block::Heading(data::Heading {
                level: level.saturating_add(1).min(DEEPEST),
                text: vec![Inline::text(format!("{} {}", goal.key, goal.title))],
                anchor: None,
                in_contents: false,
            }));
            let place = Place {
                level: level.saturating_add(1).min(DEEPEST),
                around: Surroundings::default(),
            };
            out.extend(self.passage(said.declaration, slot, place));
        }
        out
    }

    /// The printed title of a section of the report type.
    pub(super) fn section_title(&self, name: &str) -> Option<String> {
        fn search<'a>(list: &'a [SectionType], name: &str) -> Option<&'a SectionType> {
            list.iter().find_map(|section| {
                if section.name == name { Some(section) } else { search(&section.children, name) }
            })
        }
        let report_type = self.report.report_type.as_ref()?;
        let section = search(&report_type.sections, name)?;
        Some(with_year(&section.title, self.report.year))
    }

    /// The title of a section, when it is printed and has an anchor.
    pub(super) fn printed_section(&self, name: &str) -> Option<String> {
        if name == DECISIONS || self.contents.mentions("avsnitt", name).is_empty() {
            return None;
        }
        let said = self.contents.mentions("avsnitt", name).iter().any(|mention| {
            mention.declaration.facts(self.db).text.is_some_and(|slot| !slot.is_blank)
        });
        self.section_title(name).filter(|_| said)
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

/// A paragraph of fixed words.
pub(super) fn paragraph(text: &str) -> Block {
    Block::Paragraph { content: vec![Inline::text(text)] }
}
