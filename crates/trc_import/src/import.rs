//! An import as a whole: from sheets to documents.

use std::collections::{BTreeMap, BTreeSet};

use trc_base::{Decimal, Severity, Text, text};

use crate::documents::{self, Entry, Plan};
use crate::fields::{Field, Kind};
use crate::goal::{Goal, Key};
use crate::known::Known;
use crate::names;
use crate::records::{self, Indicator, Records};
use crate::sheets;
use trc_sheet::Reading;
use trc_sheet::values::tidy;
use trc_sheet::{Note, Place, Unreadable};

/// What is imported, and as what.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// `T1`
    pub period: String,
    pub year: u16,
    /// The unit whose report it is: `norra_innerstaden`.
    pub owner: String,
    /// The unit whose council sets the budget's goals, if it is not to be found out.
    pub parent: Option<String>,
    /// What the rows are, if it is not to be found out.
    pub kind: Option<Kind>,
    /// The one sheet to read of each workbook.
    pub sheet: Option<String>,
    /// Heads, and the fields that they are.
    pub map: Vec<(String, String)>,
    /// Heads, and what must stand below them in a row that is read.
    pub only: Vec<(String, String)>,
}

/// What came of an import.
#[derive(Debug, Clone)]
pub struct Import {
    /// The files to write.
    pub documents: Vec<Document>,
    /// In order of file and place.
    pub notes: Vec<Note>,
    pub counts: Counts,
}

/// One file to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    pub name: String,
    pub text: String,
}

/// How much was placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    pub indicators: usize,
    pub activities: usize,
    pub goals: usize,
    pub tables: usize,
    /// How many of the indicators and activities kept a name that they have already.
    pub reused: usize,
}

/// The name of the unit whose council decides, where nothing says what it is called.
const UNNAMED_PARENT: &str = "kommunen";

/// The files that an import can write.
pub fn file_names(options: &Options) -> [String; 5] {
    let (year, period) = (options.year, options.period.to_lowercase());
    let last = year.saturating_sub(1);
    [
        "organisation.tr".to_owned(),
        format!("budget-{year}.tr"),
        format!("verksamhetsplan-{year}.tr"),
        format!("rapport-{period}-{year}.tr"),
        format!("vb-{last}.tr"),
    ]
}

/// Makes documents of sheets.
///
/// # Errors
/// When it cannot be known what the sheets hold; the error says how to tell.
pub fn import(
    readings: &[Reading],
    options: &Options,
    known: &Known,
) -> Result<Import, Unreadable> {
    let mut notes: Vec<Note> = readings.iter().flat_map(|reading| reading.notes.clone()).collect();
    let mapped = sheets::choose(readings, options, &mut notes)?;
    let mut records = Records::default();
    for sheet in &mapped {
        records::read(sheet, options, &mut notes, &mut records);
    }
    drop_repeated(&mut records, &mapped, &mut notes);
    for indicator in &mut records.indicators {
        settle_unit(indicator, &mut notes);
    }
    let names = name_all(&records, known);
    let declared = |keyword, title: &str| known.declares(keyword, title, options.year);
    let plan = Plan {
        options,
        known,
        parent: parent(options, known),
        goals: goals(&records, known, options, &mut notes),
        indicator_names: names.indicators,
        activity_names: names.activities,
        new_indicators: records
            .indicators
            .iter()
            .map(|it| !declared("indikator", &it.title))
            .collect(),
        new_activities: records
            .activities
            .iter()
            .map(|it| !declared("aktivitet", &it.title))
            .collect(),
        indicators_of: by_goal(records.indicators.iter().map(|it| &it.goal)),
        activities_of: by_goal(records.activities.iter().map(|it| &it.goal)),
        records: &records,
    };
    note_what_is_left(&plan, &mut notes);
    let (documents, tables) = documents::write(&plan, &mut notes)?;
    let counts = Counts {
        indicators: records.indicators.len(),
        activities: records.activities.len(),
        goals: records.goals.len(),
        tables,
        reused: names.reused,
    };
    // Kept in order within a place: what was found first is said first.
    notes.sort_by(|a, b| a.place.cmp(&b.place));
    if documents.is_empty() && notes.iter().all(|note| note.severity != Severity::Error) {
        let place = readings.iter().flat_map(|reading| &reading.sheets).next();
        if let Some(sheet) = place {
            notes.push(nothing(Place::whole(&sheet.file, sheet.name.as_ref())));
        }
    }
    Ok(Import { documents, notes, counts })
}

fn parent(options: &Options, known: &Known) -> Option<String> {
    options
        .parent
        .clone()
        .or_else(|| known.uppermost(&options.owner).map(str::to_owned))
        .or_else(|| (!known.has_unit(&options.owner)).then(|| UNNAMED_PARENT.to_owned()))
}

/// Two rows with one title would be one indicator with two outcomes.
fn drop_repeated(records: &mut Records, mapped: &[sheets::Mapped<'_>], notes: &mut Vec<Note>) {
    let mut seen: BTreeMap<String, Place> = BTreeMap::new();
    records.indicators.retain(|it| {
        is_first(&mut seen, it.title.to_lowercase(), &it.place, &it.title, mapped, notes)
    });
    let mut seen = BTreeMap::new();
    records.activities.retain(|it| {
        let goal = it.goal.as_ref().map_or("", |goal| goal.key.as_str());
        let key = format!("{goal} {}", it.title.to_lowercase());
        is_first(&mut seen, key, &it.place, &it.title, mapped, notes)
    });
    let mut seen = BTreeMap::new();
    records.goals.retain(|it| {
        let key = it.goal.key.as_str();
        is_first(&mut seen, key.to_owned(), &it.place, key, mapped, notes)
    });
}

fn is_first(
    seen: &mut BTreeMap<String, Place>,
    key: String,
    place: &Place,
    title: &str,
    mapped: &[sheets::Mapped<'_>],
    notes: &mut Vec<Note>,
) -> bool {
    let Some(first) = seen.get(&key) else {
        seen.insert(key, place.clone());
        return true;
    };
    let row = first.row.unwrap_or(0);
    let other_file =
        if first.file == place.file { String::new() } else { format!("{}, ", first.file) };
    let differing = mapped.iter().find_map(|sheet| differing_column(sheet, first, place));
    let help = match differing {
        Some((head, value)) => text!(
            sv: "Har filen flera enheters rader: importera en i taget, med till exempel --only \"{head}={value}\".",
            en: "If the file has the rows of several units, import one at a time, with for example --only \"{head}={value}\".",
        ),
        None => text!(
            sv: "Ta bort den ena raden, eller ge den en egen titel.",
            en: "Remove one of the rows, or give it a title of its own.",
        ),
    };
    notes.push(Note {
        severity: Severity::Error,
        id: "import-repeated-row",
        place: place.clone(),
        message: Text::new(
            format!("”{title}” står redan på {other_file}rad {row}. Den här raden är inte med."),
            format!("“{title}” is already in {other_file}row {row}. This row was left out."),
        ),
        help,
    });
    false
}

/// A column that is not read and in which two rows differ: most often the unit that a row
/// is of.
fn differing_column(
    sheet: &sheets::Mapped<'_>,
    first: &Place,
    second: &Place,
) -> Option<(String, String)> {
    if sheet.sheet.file != first.file || first.file != second.file || first.sheet != second.sheet {
        return None;
    }
    let row = |place: &Place| {
        let at = sheet.rows.binary_search_by_key(&place.row?, |row| row.number).ok()?;
        sheet.rows.get(at)
    };
    let (first, second) = (row(first)?, row(second)?);
    let at = sheet.rows.first().map(|row| row.number)?;
    let heads = sheet.sheet.rows.iter().take_while(|row| row.number < at).last()?;
    heads.cells.iter().enumerate().find_map(|(column, head)| {
        let (head, a, b) =
            (tidy(&head.text), tidy(&first.cell(column).text), tidy(&second.cell(column).text));
        let is_read = sheet.columns.values().any(|read| read.index == column);
        let is_word = b.chars().any(char::is_alphabetic);
        (!is_read && !head.is_empty() && a != b && is_word).then_some((head, b))
    })
}

struct Names {
    indicators: Vec<String>,
    activities: Vec<String>,
    reused: usize,
}

/// A name for every indicator and activity: the one that it has in the workspace, or a
/// new one.
fn name_all(records: &Records, known: &Known) -> Names {
    let titled = records
        .indicators
        .iter()
        .map(|it| ("indikator", it.title.as_str()))
        .chain(records.activities.iter().map(|it| ("aktivitet", it.title.as_str())));
    let mut given: Vec<Option<String>> = Vec::new();
    let mut used: BTreeSet<String> = BTreeSet::new();
    let mut new: Vec<&str> = Vec::new();
    for (keyword, title) in titled {
        // Two activities may have one title under two goals; the name is the first one's.
        let name = known.name(keyword, title).filter(|name| used.insert((*name).to_owned()));
        if name.is_none() {
            new.push(title);
        }
        given.push(name.map(str::to_owned));
    }
    let reused = given.iter().flatten().count();
    let mut taken = known.names.clone();
    taken.extend(records.figures.iter().map(|it| documents::table_name(&it.table)));
    let mut proposed = names::propose(&new, &taken).into_iter();
    let mut all: Vec<String> = given
        .into_iter()
        .map(|name| name.or_else(|| proposed.next()).unwrap_or_default())
        .collect();
    let activities = all.split_off(records.indicators.len());
    Names { indicators: all, activities, reused }
}

/// Every goal that the sheets name.
fn goals(
    records: &Records,
    known: &Known,
    options: &Options,
    notes: &mut Vec<Note>,
) -> BTreeMap<Key, Entry> {
    let mut goals: BTreeMap<Key, Entry> = BTreeMap::new();
    for (index, row) in records.goals.iter().enumerate() {
        let entry = goals.entry(row.goal.key.clone()).or_default();
        *entry = Entry {
            title: row.goal.title.clone(),
            under: row.goal.under.clone(),
            row: Some(index),
        };
    }
    let named = records
        .indicators
        .iter()
        .map(|it| (&it.goal, &it.place))
        .chain(records.activities.iter().map(|it| (&it.goal, &it.place)));
    let mut untitled: BTreeMap<Key, Place> = BTreeMap::new();
    for (goal, place) in named {
        let Some(Goal { key, title, under }) = goal else { continue };
        let entry = goals.entry(key.clone()).or_default();
        if entry.title.is_none() {
            entry.title = title.clone();
        }
        if entry.under.is_none() {
            entry.under = under.clone();
        }
        if entry.title.is_none() && !known.has_goal(key.as_str(), options.year) {
            untitled.entry(key.clone()).or_insert_with(|| place.clone());
        }
    }
    if let Some(first) = untitled.values().next() {
        let list = untitled.keys().map(Key::as_str).collect::<Vec<_>>().join(", ");
        let example = untitled.keys().next().map_or("", Key::as_str);
        let place = Place { row: None, ..first.clone() };
        notes.push(Note {
            severity: Severity::Warning,
            id: "import-goal-title",
            place,
            message: text!(
                sv: "Målens rubriker finns inte i det som importerades: {list}. De har fått numret som rubrik: ”Mål {example}”.",
                en: "The goals' titles are not in what was imported: {list}. They were given their number as title: “Mål {example}”.",
            ),
            help: text!(
                sv: "Importera en lista med mål samtidigt (--force skriver över det som skrevs), eller skriv rubrikerna i filerna.",
                en: "Import a list of goals at the same time (--force overwrites what was written), or write the titles into the files.",
            ),
        });
    }
    goals
}

/// The numbers of the rows of each goal, and of none.
fn by_goal<'g>(goals: impl Iterator<Item = &'g Option<Goal>>) -> BTreeMap<Option<Key>, Vec<usize>> {
    let mut found: BTreeMap<Option<Key>, Vec<usize>> = BTreeMap::new();
    for (index, goal) in goals.enumerate() {
        found.entry(goal.as_ref().map(|goal| goal.key.clone())).or_default().push(index);
    }
    found
}

/// Decides in what an indicator is measured, and sees that its values agree.
fn settle_unit(indicator: &mut Indicator, notes: &mut Vec<Note>) {
    let mut counts: Vec<(String, usize)> = Vec::new();
    for given in indicator.values.values() {
        let Some(unit) = given.value.as_ref().ok().and_then(|value| value.unit.as_deref()) else {
            continue;
        };
        match counts.iter_mut().find(|(known, _)| same_unit(known, unit)) {
            Some((known, count)) => {
                *count += 1;
                // An export breaks "avd." into "av d."; the form without the blank is whole.
                if unit.len() < known.len() {
                    *known = unit.to_owned();
                }
            }
            None => counts.push((unit.to_owned(), 1)),
        }
    }
    // A count of anything may be called "st", so another word for it says more.
    let telling =
        counts.iter().filter(|(unit, _)| !is_pieces(unit)).rev().max_by_key(|(_, count)| *count);
    let found = telling.or_else(|| counts.first()).map(|(unit, _)| unit.clone());
    let stated = indicator.unit.is_some();
    let unit = indicator.unit.clone().or(found).or_else(|| by_title(indicator).map(str::to_owned));
    let Some(unit) = unit else { return };
    for (field, given) in &mut indicator.values {
        let Ok(value) = &mut given.value else { continue };
        let Some(typed) = value.unit.clone() else { continue };
        if typed == unit {
            continue;
        }
        if same_unit(&typed, &unit) {
            value.unit = Some(unit.clone());
            if typed.contains(' ') && !unit.contains(' ') {
                notes.push(Note {
                    severity: Severity::Warning,
                    id: "import-read-as",
                    place: given.place.clone(),
                    message: text!(
                        sv: "Enheten ”{typed}” är läst som ”{unit}”.",
                        en: "The unit “{typed}” was read as “{unit}”.",
                    ),
                    help: text!(
                        sv: "Se efter att det är rätt. Rätta annars i den fil som skrevs.",
                        en: "See that it is right. If not, correct it in the file that was written.",
                    ),
                });
            }
            continue;
        }
        let (what, others) = (
            records::word(*field),
            if stated {
                ("i kolumnen för enhet", "in the unit's column")
            } else {
                ("i övrigt", "elsewhere")
            },
        );
        let (sv, en) = others;
        notes.push(Note {
            severity: Severity::Warning,
            id: "import-unit",
            place: given.place.clone(),
            message: text!(
                sv: "Enheten är ”{typed}” i {what} men ”{unit}” {sv}. Värdet är med som det står.",
                en: "The unit is “{typed}” in {what} but “{unit}” {en}. The value was kept as it stands.",
            ),
            help: text!(
                sv: "Skriv samma enhet i alla indikatorns värden, i den fil som skrevs.",
                en: "Write one unit in all of the indicator's values, in the file that was written.",
            ),
        });
    }
    indicator.unit = Some(unit);
}

fn same_unit(a: &str, b: &str) -> bool {
    let bare = |text: &str| {
        let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        match text.to_lowercase().as_str() {
            "procent" => "%".to_owned(),
            "st." | "stycken" => "st".to_owned(),
            other => other.to_owned(),
        }
    };
    bare(a) == bare(b)
}

fn is_pieces(unit: &str) -> bool {
    same_unit(unit, "st")
}

/// The unit that a title tells where no value has one. A share that is given as 0,05 is
/// not in percent, or is not 0,05.
fn by_title(indicator: &Indicator) -> Option<&'static str> {
    let first = indicator.title.split(' ').next().unwrap_or_default().to_lowercase();
    match first.as_str() {
        "antal" | "antalet" => Some("st"),
        "andel" | "andelen" => {
            let numbers = indicator.values.values().filter_map(|given| given.value.as_ref().ok());
            let numbers = numbers.filter_map(|value| Decimal::parse_swedish(&value.text).ok());
            numbers.map(Decimal::abs).any(|number| number > Decimal::ONE).then_some("%")
        }
        _ => None,
    }
}

/// What somebody must add by hand.
fn note_what_is_left(plan: &Plan<'_>, notes: &mut Vec<Note>) {
    let new: Vec<(usize, &Indicator)> = plan.new_indicators().collect();
    let names = |list: &[(usize, &Indicator)]| {
        let names = list.iter().take(10).map(|(index, _)| plan.indicator_name(*index).to_owned());
        let mut names = names.collect::<Vec<_>>().join(", ");
        if list.len() > 10 {
            names.push_str(", …");
        }
        names
    };
    let place = |list: &[(usize, &Indicator)]| {
        list.first().map(|(_, it)| Place { row: None, column: None, ..it.place.clone() })
    };
    let select = |keep: fn(&Indicator) -> bool| -> Vec<(usize, &Indicator)> {
        new.iter().copied().filter(|(_, it)| keep(it)).collect()
    };
    let undirected = select(|it| it.direction.is_none());
    if let Some(place) = place(&undirected) {
        let (count, names) = (undirected.len(), names(&undirected));
        notes.push(Note {
            severity: Severity::Info,
            id: "import-direction",
            place,
            message: text!(
                sv: "Indikatorer utan riktning ({count} st), så att det inte går att säga om deras årsmål nås: {names}.",
                en: "Indicators without a direction ({count}), so that it cannot be said whether their targets are reached: {names}.",
            ),
            help: text!(
                sv: "Sök efter ”// riktning” i filerna: ta bort // och det som inte gäller.",
                en: "Search for “// riktning” in the files: remove // and what does not apply.",
            ),
        });
    }
    let without_unit = select(|it| it.unit.is_none());
    if let Some(place) = place(&without_unit) {
        let (count, names) = (without_unit.len(), names(&without_unit));
        notes.push(Note {
            severity: Severity::Info,
            id: "import-no-unit",
            place,
            message: text!(
                sv: "Indikatorer utan enhet ({count} st), vars värden är bara tal: {names}.",
                en: "Indicators without a unit ({count}), whose values are bare numbers: {names}.",
            ),
            help: text!(
                sv: "Skriv ”mäts i:” hos dem som mäts i något, till exempel % eller st.",
                en: "Write “mäts i:” for those that are measured in something, for example % or st.",
            ),
        });
    }
    let without_goal: Vec<(usize, &Indicator)> =
        new.iter().copied().filter(|(_, it)| it.goal.is_none()).collect();
    if let Some(place) = place(&without_goal) {
        let (count, names) = (without_goal.len(), names(&without_goal));
        notes.push(Note {
            severity: Severity::Warning,
            id: "import-no-goal",
            place,
            message: text!(
                sv: "Indikatorer utan mål ({count} st), så att de inte hör till någon del av rapporten: {names}.",
                en: "Indicators without a goal ({count}), so that they belong to no part of the report: {names}.",
            ),
            help: text!(
                sv: "Flytta dem in i sina mål i verksamhetsplanen, eller tala om vilken kolumn som är målet med --map \"Rubrik=mål\".",
                en: "Move them into their goals in the plan, or say which column is the goal with --map \"Head=mål\".",
            ),
        });
    }
    let unplaced: Vec<&Indicator> = new
        .iter()
        .map(|(_, it)| *it)
        .filter(|it| it.values.contains_key(&Field::CouncilTarget) && !plan.in_budget(it))
        .collect();
    if let Some(first) = unplaced.first() {
        let count = unplaced.len();
        let place = first
            .values
            .get(&Field::CouncilTarget)
            .map_or_else(|| first.place.clone(), |it| it.place.clone());
        notes.push(Note {
            severity: Severity::Error,
            id: "import-council-target",
            place,
            message: text!(
                sv: "KF:s årsmål är inte med för en del indikatorer ({count} st): de hör inte till något av kommunfullmäktiges mål, eller så är det okänt vem som beslutar budgeten.",
                en: "The council's targets of some indicators ({count}) were left out: they belong to none of the council's goals, or it is unknown who decides the budget.",
            ),
            help: text!(
                sv: "Ange kommunens namn med --parent, eller skriv indikatorn i budgeten för hand.",
                en: "Give the municipality's name with --parent, or write the indicator into the budget by hand.",
            ),
        });
    }
}

fn nothing(place: Place) -> Note {
    Note {
        severity: Severity::Error,
        id: "import-nothing",
        place,
        message: text!(
            sv: "Under rubrikerna finns inget att importera, eller så finns allt redan i arbetsytan.",
            en: "Below the heads there is nothing to import, or the workspace has all of it already.",
        ),
        help: text!(
            sv: "Se efter att exporten har rader, och att --only inte utesluter alla.",
            en: "See that the export has rows, and that --only does not leave all of them out.",
        ),
    }
}
