//! The vocabulary: report types, table types, scales and periods, read from the
//! `mallar` of a workspace. Stockholm's are built in, as `.tr` like any other.

use std::collections::BTreeMap;

use trc_base::Decimal;

use crate::db::{BUILT_IN, Database, Db, SourceFile, Workspace};
use crate::document::{Document, DocumentKey, Kind, contents, documents};
use crate::items::{Declaration, Facts};
use crate::organisation::organisation;
use crate::table::{Shape, shape};

/// The vocabulary files that come with the compiler: path and text.
pub const BUILT_IN_FILES: &[(&str, &str)] =
    &[("inbyggd:stockholm-2025.tr", include_str!("../vocabulary/stockholm-2025.tr"))];

/// The owner of the built-in vocabulary, which serves every workspace that has none
/// of its own.
const BUILT_IN_OWNER: &str = "stockholm";

/// The built-in files as inputs of a database.
pub fn built_in_files(db: &Database) -> Vec<SourceFile> {
    debug_assert!(BUILT_IN_FILES.iter().all(|(path, _)| path.starts_with(BUILT_IN)));
    BUILT_IN_FILES
        .iter()
        .map(|(path, text)| SourceFile::new(db, (*path).into(), (*text).to_owned(), None))
        .collect()
}

/// The words in force for one owner and year.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, salsa::SalsaValue)]
pub struct Vocabulary<'db> {
    pub report_types: BTreeMap<String, ReportType<'db>>,
    pub table_types: BTreeMap<String, TableType<'db>>,
    pub scales: BTreeMap<String, Scale>,
    /// In the order of the year.
    pub periods: Vec<Period>,
    /// The kinds of unit that an organisation may have.
    pub unit_kinds: Vec<String>,
}

/// A kind of report.
#[derive(Debug, Clone, PartialEq, Eq, Hash, salsa::SalsaValue)]
pub struct ReportType<'db> {
    pub name: String,
    /// May hold `{period}`, `{år}` and the kind of the owner, `{nämnd}`.
    pub title: String,
    pub periods: Vec<String>,
    pub unit_kind: String,
    pub scale: String,
    pub sections: Vec<SectionType>,
    /// `1`, `2`, `3`, `indikator`, `aktivitet`.
    pub levels: BTreeMap<String, Level>,
    pub declaration: Declaration<'db>,
}

/// A section of a report type.
#[derive(Debug, Clone, PartialEq, Eq, Hash, salsa::SalsaValue)]
pub struct SectionType {
    pub name: String,
    pub title: String,
    pub required: bool,
    /// What is printed when nobody fills the section.
    pub if_empty: Option<String>,
    pub content: SectionContent,
    /// Whether the contents list it; without, the page decides by its level.
    pub in_contents: Option<bool>,
    pub children: Vec<SectionType>,
}

/// What fills a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, salsa::SalsaValue)]
pub enum SectionContent {
    /// The text that the report gives it.
    Text,
    /// The goal tree.
    Goals,
    /// The goals' own summaries.
    Summaries,
}

/// What a goal level, the indicators or the activities of a report have.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, salsa::SalsaValue)]
pub struct Level {
    /// The heading, which may hold `{nummer}` and `{rubrik}`.
    pub title: String,
    pub requires: Vec<String>,
    pub shows: Vec<String>,
    pub analysis_when: Vec<Condition>,
    /// What is printed where no status is given; then none is required.
    pub without_status: Option<String>,
    /// Whether the contents list it; without, the page decides by its level.
    pub in_contents: Option<bool>,
}

/// When an analysis is required. The list is fixed; each has its words.
#[derive(Debug, Clone, PartialEq, Eq, Hash, salsa::SalsaValue)]
pub enum Condition {
    /// `när målet inte nås`
    TargetMissed,
    /// `när prognosen är bättre än utfallet`
    ForecastBetterThanOutcome,
    /// `när könen skiljer 5 procentenheter`
    GenderGap(Decimal),
    /// `vid frånvaro`
    Absent,
    /// `vid avvikelse`
    Deviation,
}

impl Condition {
    /// The words of every condition, for messages.
    pub const WORDS: [&'static str; 5] = [
        "när målet inte nås",
        "när prognosen är bättre än utfallet",
        "när könen skiljer N procentenheter",
        "vid frånvaro",
        "vid avvikelse",
    ];

    /// Reads a condition.
    pub fn parse(text: &str) -> Option<Condition> {
        match text {
            "när målet inte nås" => Some(Condition::TargetMissed),
            "när prognosen är bättre än utfallet" => Some(Condition::ForecastBetterThanOutcome),
            "vid frånvaro" => Some(Condition::Absent),
            "vid avvikelse" => Some(Condition::Deviation),
            _ => {
                let number = text.strip_prefix("när könen skiljer ")?;
                let number = number.strip_suffix(" procentenheter")?;
                Decimal::parse_swedish(number).ok().map(Condition::GenderGap)
            }
        }
    }
}

/// A type of table.
#[derive(Debug, Clone, PartialEq, Eq, Hash, salsa::SalsaValue)]
pub struct TableType<'db> {
    pub shape: Shape<'db>,
    pub declaration: Declaration<'db>,
}

/// A scale: words in order, best first, with what is drawn beside them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, salsa::SalsaValue)]
pub struct Scale {
    pub name: String,
    pub title: String,
    pub steps: Vec<Step>,
}

/// A word of a scale.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, salsa::SalsaValue)]
pub struct Step {
    pub word: String,
    /// `hel`, `halv`, `tom`, `upp`, `ner`, `höger`: the drawn symbol.
    pub symbol: String,
    /// `god`, `varning`, `brist`, `neutral`: the colour.
    pub tone: String,
    /// For the states of activities: true when it fills the column "Avvikelse" and
    /// needs an analysis.
    pub deviation: bool,
}

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
}

impl<'db> Vocabulary<'db> {
    /// The scale of the given name.
    pub fn scale(&self, name: &str) -> Option<&Scale> {
        self.scales.get(name)
    }

    /// The period of the given name.
    pub fn period(&self, name: &str) -> Option<&Period> {
        self.periods.iter().find(|period| period.name == name)
    }

    /// The type of a report: by period and kind of owner.
    pub fn report_type(&self, period: &str, unit_kind: &str) -> Option<&ReportType<'db>> {
        self.report_types.values().find(|report_type| {
            report_type.unit_kind == unit_kind && report_type.periods.iter().any(|p| p == period)
        })
    }
}

/// The words in force for an owner in a year: those built in, then the city's, then
/// those of each lower unit on the way to the owner, each of the latest year that is
/// not after it.
#[salsa::tracked]
pub fn vocabulary<'db>(
    db: &'db dyn Db,
    workspace: Workspace,
    scope: Scope<'db>,
) -> Vocabulary<'db> {
    let organisation = organisation(db, workspace);
    let line = organisation.line(scope.owner(db));
    let all = documents(db, workspace);
    let of = |owner: &str, built_in: bool| {
        let mut years: Vec<&DocumentKey> = all
            .iter()
            .filter(|(key, files)| {
                key.kind == Kind::Types
                    && key.owner == owner
                    && files.iter().any(|file| file.is_built_in(db) == built_in)
            })
            .map(|(key, _)| key)
            .collect();
        years.sort_by_key(|key| key.year);
        // Before the first year there is, the first serves.
        let first = years.first().copied();
        years.iter().rev().find(|key| key.year <= *scope.year(db)).copied().or(first)
    };
    let mut out = Vocabulary::default();
    // A city of its own, with words of its own, has none of Stockholm's.
    let root = line.last().map_or(BUILT_IN_OWNER, |unit| unit.name.as_str());
    if (root == BUILT_IN_OWNER || of(root, false).is_none())
        && let Some(key) = of(BUILT_IN_OWNER, true)
    {
        read(db, workspace, &mut out, Document::new(db, key.clone()), true);
    }
    for unit in line.iter().rev() {
        if let Some(key) = of(&unit.name, false) {
            read(db, workspace, &mut out, Document::new(db, key.clone()), false);
        }
    }
    if line.is_empty()
        && let Some(key) = of(scope.owner(db), false)
    {
        read(db, workspace, &mut out, Document::new(db, key.clone()), false);
    }
    out
}

/// For whom and when words are looked up.
#[salsa::interned(debug)]
pub struct Scope<'db> {
    pub owner: String,
    pub year: u16,
}

fn read<'db>(
    db: &'db dyn Db,
    workspace: Workspace,
    out: &mut Vocabulary<'db>,
    document: Document<'db>,
    built_in: bool,
) {
    let roots = contents(db, workspace, document).roots.iter();
    for root in roots.filter(|root| root.file(db).is_built_in(db) == built_in) {
        if let Some(kinds) = root.facts(db).line("enhetsslag") {
            out.unit_kinds = list(kinds);
        }
        for declaration in root.children(db) {
            let facts = declaration.facts(db);
            let name = facts.name().to_owned();
            match facts.keyword.as_str() {
                "rapporttyp" => {
                    if let Some(report_type) = report_type(db, *declaration) {
                        out.report_types.insert(name, report_type);
                    }
                }
                "tabelltyp" => {
                    let shape = shape(db, *declaration);
                    out.table_types.insert(name, TableType { shape, declaration: *declaration });
                }
                "skala" => {
                    out.scales.insert(name, scale(facts));
                }
                "period" => {
                    if let Some(period) = period(facts) {
                        out.periods.retain(|known| known.name != period.name);
                        out.periods.push(period);
                        out.periods.sort_by_key(|period| period.ends);
                    }
                }
                _ => {}
            }
        }
    }
}

fn report_type<'db>(db: &'db dyn Db, declaration: Declaration<'db>) -> Option<ReportType<'db>> {
    let facts = declaration.facts(db);
    let (periods, unit_kind) = facts.line("gäller")?.split_once(" för ")?;
    let mut out = ReportType {
        name: facts.name().to_owned(),
        title: facts.title.clone()?,
        periods: list(periods),
        unit_kind: unit_kind.trim().to_owned(),
        scale: facts.line("bedöms enligt").unwrap_or("måluppfyllelse").to_owned(),
        sections: sections(db, declaration),
        levels: BTreeMap::new(),
        declaration,
    };
    for child in declaration.children(db) {
        let facts = child.facts(db);
        if facts.keyword == "nivå" {
            let list_of = |name| facts.line(name).map(list).unwrap_or_default();
            let level = Level {
                title: facts.title.clone().unwrap_or_default(),
                requires: list_of("kräver"),
                shows: list_of("visar"),
                analysis_when: list_of("kräver analys")
                    .iter()
                    .filter_map(|text| Condition::parse(text))
                    .collect(),
                without_status: facts.line("utan status").map(str::to_owned),
                in_contents: facts.line("innehållsförteckning").map(|word| word == "ja"),
            };
            out.levels.insert(facts.name().to_owned(), level);
        }
    }
    Some(out)
}

fn sections(db: &dyn Db, parent: Declaration<'_>) -> Vec<SectionType> {
    parent
        .children(db)
        .iter()
        .filter(|child| child.facts(db).keyword == "avsnitt")
        .map(|section| {
            let facts = section.facts(db);
            SectionType {
                name: facts.name().to_owned(),
                title: facts.title.clone().unwrap_or_else(|| facts.name().to_owned()),
                required: facts.line("visas") == Some("obligatorisk"),
                if_empty: facts.line("om tomt").map(str::to_owned),
                content: match facts.line("innehåll") {
                    Some("mål") => SectionContent::Goals,
                    Some("sammanfattning") => SectionContent::Summaries,
                    _ => SectionContent::Text,
                },
                in_contents: facts.line("innehållsförteckning").map(|word| word == "ja"),
                children: sections(db, *section),
            }
        })
        .collect()
}

fn scale(facts: &Facts) -> Scale {
    let mut rows = facts.rows.iter();
    let head: Vec<&str> =
        rows.next().map(|row| row.iter().map(String::as_str).collect()).unwrap_or_default();
    let column = |name: &str| head.iter().position(|cell| *cell == name);
    let cell = |row: &Vec<String>, index: Option<usize>| {
        index.and_then(|index| row.get(index)).cloned().unwrap_or_default()
    };
    let (word, symbol, tone, deviation) =
        (column("ord"), column("tecken"), column("ton"), column("avvikelse"));
    Scale {
        name: facts.name().to_owned(),
        title: facts.title.clone().unwrap_or_default(),
        steps: rows
            .map(|row| Step {
                word: cell(row, word),
                symbol: cell(row, symbol),
                tone: cell(row, tone),
                deviation: cell(row, deviation) == "ja",
            })
            .collect(),
    }
}

fn period(facts: &Facts) -> Option<Period> {
    let (month, day) = facts.line("slutar")?.split_once('-')?;
    Some(Period {
        name: facts.name().to_owned(),
        title: facts.title.clone().unwrap_or_else(|| facts.name().to_owned()),
        ends: (month.parse().ok()?, day.parse().ok()?),
        reports: facts.line("redovisar").map(list).unwrap_or_default(),
        judges_outcome: facts.line("bedömer") == Some("utfall"),
    })
}

/// The items of a comma-separated list.
pub fn list(text: &str) -> Vec<String> {
    text.split(',').map(|item| item.trim().to_owned()).filter(|item| !item.is_empty()).collect()
}
