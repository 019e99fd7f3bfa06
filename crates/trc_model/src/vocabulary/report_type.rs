//! What a kind of report has: sections, levels, columns and texts.

use std::collections::BTreeMap;

use super::Rank;
use super::condition::Condition;
use crate::document::GoalKey;
use crate::items::Declaration;

/// A kind of report.
#[derive(Debug, Clone, PartialEq, Eq, Hash, salsa::SalsaValue)]
pub struct ReportType<'db> {
    pub name: String,
    /// May hold `{period}`, `{år}` and a kind of unit, such as `{nämnd}`.
    pub title: String,
    /// The type that it builds on (`enligt`).
    pub base: Option<String>,
    pub periods: Vec<String>,
    /// The kinds of unit whose reports it is for. A type without is only built on.
    pub unit_kinds: Vec<String>,
    /// Which of the documents of types says when it holds.
    pub rank: Rank,
    /// The scale that goals are judged by.
    pub scale: String,
    pub sections: Vec<SectionType>,
    /// The names of sections that it takes away (`visas: nej`), with those in them.
    pub hidden_sections: Vec<String>,
    /// The printed texts of a goal, in print order.
    pub texts: Vec<Printed>,
    /// By number for goals, and `indikator`, `aktivitet`; any other name is the level of
    /// goals that have a name instead of a number.
    pub levels: BTreeMap<String, Level>,
    /// Where it was last declared or continued.
    pub declaration: Declaration<'db>,
}

/// A section of a report type.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, salsa::SalsaValue)]
pub struct SectionType {
    pub name: String,
    pub title: String,
    pub required: bool,
    /// `visas: nej`: a section that a type above has and this one has not.
    pub hidden: bool,
    /// What is printed when nobody fills the section.
    pub if_empty: Option<String>,
    pub content: SectionContent,
    /// Whether the contents list it; without, the page decides by its level.
    pub in_contents: Option<bool>,
    /// Whether its tables are set on their side; without, the page decides.
    pub landscape: Option<bool>,
    pub children: Vec<SectionType>,
}

/// What fills a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, salsa::SalsaValue)]
pub enum SectionContent {
    /// The text that the report gives it.
    #[default]
    Text,
    /// `mål`: the goal tree.
    Goals,
    /// `sammanfattning`: the goals' own summaries.
    Summaries,
    /// `beslut`: what is to be decided, which stands on the front page.
    Decisions,
}

impl SectionContent {
    /// Every content that has a word.
    pub const ALL: [SectionContent; 3] =
        [SectionContent::Goals, SectionContent::Summaries, SectionContent::Decisions];

    /// The word that stands in the source; a section of text has none.
    pub fn word(self) -> Option<&'static str> {
        match self {
            SectionContent::Text => None,
            SectionContent::Goals => Some("mål"),
            SectionContent::Summaries => Some("sammanfattning"),
            SectionContent::Decisions => Some("beslut"),
        }
    }

    pub(super) fn from_word(word: &str) -> SectionContent {
        let all = SectionContent::ALL.into_iter();
        all.into_iter().find(|content| content.word() == Some(word)).unwrap_or_default()
    }
}

/// What a goal level, the indicators or the activities of a report have.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, salsa::SalsaValue)]
pub struct Level {
    /// The heading, which may hold `{nummer}` and `{rubrik}`.
    pub title: String,
    pub requires: Vec<String>,
    /// What it may have beside.
    pub allows: Vec<String>,
    pub shows: Vec<String>,
    pub analysis_when: Vec<Condition>,
    /// What is printed where no status is given; then none is required.
    pub without_status: Option<String>,
    /// Whether the contents list it; without, the page decides by its level.
    pub in_contents: Option<bool>,
    /// Whether its table is set on its side; without, the page decides.
    pub landscape: Option<bool>,
    /// The scale of its words, where that is not the report type's: the states of
    /// activities.
    pub scale: Option<String>,
    /// The columns of its table.
    pub columns: Vec<Printed>,
    /// Texts that have another heading here than in the rest of the report.
    pub texts: Vec<Printed>,
}

/// A field and how it is printed: the heading of a column or of a text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, salsa::SalsaValue)]
pub struct Printed {
    /// The field's name, with `_` for blanks.
    pub name: String,
    /// May hold `{år - 1}`; a column's also `{föregående}`.
    pub title: String,
    /// `visas: nej`
    pub hidden: bool,
    /// The scale of its words (`bedöms enligt`).
    pub scale: Option<String>,
}

impl Printed {
    /// The name of the field, with its blanks.
    pub fn field(&self) -> String {
        self.name.replace('_', " ")
    }
}

impl ReportType<'_> {
    /// The level of goals that have a name instead of a number, and what it is called.
    pub fn named_level(&self) -> Option<(&str, &Level)> {
        let mut levels = self.levels.iter();
        levels.find(|(name, _)| is_named_level(name)).map(|(name, level)| (name.as_str(), level))
    }

    /// The section of a name, wherever in the type it stands.
    pub fn section(&self, name: &str) -> Option<&SectionType> {
        find_section(&self.sections, name)
    }
}

/// True for the name of a level that is no number and has no table.
pub(super) fn is_named_level(name: &str) -> bool {
    GoalKey::new(name).level().is_none() && !super::columns::has_table(name)
}

fn find_section<'a>(list: &'a [SectionType], name: &str) -> Option<&'a SectionType> {
    list.iter().find_map(|section| {
        if section.name == name { Some(section) } else { find_section(&section.children, name) }
    })
}

impl Level {
    /// The columns of its table in print order: as `visar` lists them, else as they are
    /// declared.
    pub fn shown_columns(&self) -> Vec<Printed> {
        let named = |name: &str| {
            let name = name.replace(' ', "_");
            self.columns.iter().find(|column| column.name == name).cloned().unwrap_or_else(|| {
                Printed { title: super::capitalised(&name), name, ..Printed::default() }
            })
        };
        if self.shows.is_empty() {
            return self.columns.iter().filter(|column| !column.hidden).cloned().collect();
        }
        self.shows.iter().map(|name| named(name)).filter(|column| !column.hidden).collect()
    }
}
