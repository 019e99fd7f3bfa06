//! The vocabulary: report types, table types, scales, periods and printed words, read
//! from the `mallar` of a workspace. Stockholm's are built in, as `.tr` like any other.
//!
//! What is in force for an owner and a year is put together of layers: what is built in,
//! the city's, each lower unit's, and of each the earlier years first. Every declaration
//! changes what it names and leaves the rest as it was.

mod bases;
mod built_in;
mod choice;
mod columns;
mod condition;
mod fault;
mod layers;
mod levels;
mod merge;
mod period;
mod report_type;
mod report_types;
mod scale;
mod sections;
mod titles;
mod words;

use std::collections::BTreeMap;

pub use built_in::{BUILT_IN_FILES, BUILT_IN_OWNER, built_in_files};
pub use columns::{
    ACTIVITIES, ColumnContent, INDICATORS, column_content, column_names, goal_texts, has_table,
};
pub use condition::Condition;
pub use fault::{Fault, FaultKind, Words};
pub use layers::Rank;
pub use period::Period;
pub use report_type::{Level, Printed, ReportType, SectionContent, SectionType};
pub use scale::{SCALE_COLUMNS, SYMBOLS, Scale, Step, TONES};
pub use words::PRINTED;

use crate::db::{Db, Workspace};
use crate::items::Declaration;
use crate::table::Shape;

/// The words in force for one owner and year.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, salsa::SalsaValue)]
pub struct Vocabulary<'db> {
    pub report_types: BTreeMap<String, ReportType<'db>>,
    pub table_types: BTreeMap<String, TableType<'db>>,
    pub scales: BTreeMap<String, Scale>,
    /// In the order of the year.
    pub periods: Vec<Period>,
    /// The kinds of unit that an organisation may have, the one that usually reports
    /// first.
    pub unit_kinds: Vec<String>,
    /// Words of the page that are printed otherwise than in [`PRINTED`].
    pub texts: BTreeMap<String, String>,
    /// Where each type, scale and period is declared and continued, by keyword and name,
    /// the nearest last.
    pub places: BTreeMap<(String, String), Vec<Declaration<'db>>>,
    /// Which report type holds, by period and kind of unit.
    pub choices: BTreeMap<(String, String), String>,
    /// What is wrong with the declarations.
    pub faults: Vec<Fault>,
}

/// A type of table.
#[derive(Debug, Clone, PartialEq, Eq, Hash, salsa::SalsaValue)]
pub struct TableType<'db> {
    pub shape: Shape<'db>,
    /// The type that it builds on (`enligt`).
    pub base: Option<String>,
    /// Where it was last declared or continued.
    pub declaration: Declaration<'db>,
}

impl<'db> Vocabulary<'db> {
    /// The scale of the given name.
    pub fn scale(&self, name: &str) -> Option<&Scale> {
        self.scales.get(name)
    }

    /// The period of the given name.
    pub fn period(&self, name: &str) -> Option<&Period> {
        self.periods.iter().find(|period| period.name == name && !period.hidden)
    }

    /// The type of a report: by period and kind of owner.
    pub fn report_type(&self, period: &str, unit_kind: &str) -> Option<&ReportType<'db>> {
        let name = self.choices.get(&(period.to_owned(), unit_kind.to_owned()))?;
        self.report_types.get(name)
    }

    /// The kind of unit of an owner that no organisation declares.
    pub fn usual_unit_kind(&self) -> &str {
        self.unit_kinds.first().map_or("", String::as_str)
    }

    /// The scale that the states of activities are words of.
    pub fn states(&self, report_type: Option<&ReportType<'_>>) -> Option<&Scale> {
        self.scale(report_type?.levels.get(ACTIVITIES)?.scale.as_deref()?)
    }

    /// The scale that goals are judged by.
    pub fn goal_scale(&self, report_type: Option<&ReportType<'_>>) -> Option<&Scale> {
        self.scale(&report_type?.scale)
    }

    /// A word of the page as it is printed.
    pub fn printed(&self, name: &str) -> String {
        let usual = || PRINTED.iter().find(|(known, _)| *known == name);
        match self.texts.get(name) {
            Some(text) => text.clone(),
            None => usual().map_or_else(|| capitalised(name), |(_, text)| (*text).to_owned()),
        }
    }
}

/// The words in force for an owner in a year: those built in, then the city's, then
/// those of each lower unit on the way to the owner, and of each the years up to it.
#[salsa::tracked]
pub fn vocabulary<'db>(
    db: &'db dyn Db,
    workspace: Workspace,
    scope: Scope<'db>,
) -> Vocabulary<'db> {
    merge::merge(db, &layers::layers(db, workspace, scope))
}

/// For whom and when words are looked up.
#[salsa::interned(debug)]
pub struct Scope<'db> {
    pub owner: String,
    pub year: u16,
}

/// The items of a comma-separated list.
pub fn list(text: &str) -> Vec<String> {
    text.split(',').map(|item| item.trim().to_owned()).filter(|item| !item.is_empty()).collect()
}

/// With a capital letter, as a word of its own.
pub fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
