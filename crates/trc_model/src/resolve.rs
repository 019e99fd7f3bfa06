//! What a name in a formula or reference means in a document.

use trc_base::suggest::nearest;
use trc_base::{Text, TextRange, text};
use trc_syntax::formula::{DocumentReference, Path, PathPart};
use trc_syntax::name::from_label;

use crate::db::{Db, Workspace};
use crate::document::{Document, DocumentKey, GoalKey, Kind, contents, find};
use crate::organisation::organisation;
use crate::report::{Report, closing_period, previous};
use crate::table::{Row, RowKind, Table, tables};

/// What a path names.
#[derive(Debug, Clone, PartialEq, Eq, Hash, salsa::SalsaValue)]
pub enum Named<'db> {
    /// A cell of a table of the document: table, row, column.
    Cell { table: String, row: usize, column: usize },
    /// A whole column: table and column.
    Column { table: String, column: usize },
    /// A whole table.
    Table(String),
    /// A field of an indicator, perhaps one gender's part of it, perhaps in another
    /// document.
    Field {
        indicator: String,
        field: &'static str,
        gender: Option<Gender>,
        document: Document<'db>,
    },
    /// An indicator itself: its title.
    Indicator(String),
    /// An activity itself: its title.
    Activity(String),
    /// A passage, diagram or picture: keyword and name.
    Block { keyword: &'static str, name: String },
    /// Another document was asked for that the workspace does not have. Nothing
    /// follows from it here; the rule on references says so.
    NoDocument(DocumentKey),
    /// A row or column of a table that lacks some, because its file is not to be had or does
    /// not fit. Nothing follows from it here; it is said where the file is named.
    Lacking,
}

pub use trc_syntax::value::Gender;

/// The fields of an indicator that hold a number.
pub const NUMBER_FIELDS: &[&str] =
    &["utfall", "prognos", "årsmål", "kf_årsmål", "svar", "svarsfrekvens", "staden", "bas"];

/// Why a name means nothing here. The range is relative to the formula.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Unresolved {
    pub range: TextRange,
    pub message: Text,
    pub help: Text,
}

/// Where a name stands, as far as it matters for what it means.
#[derive(Debug, Clone, Copy, Default)]
pub struct Surroundings<'a> {
    /// The indicator whose field or analysis holds the name.
    pub indicator: Option<&'a str>,
    /// The goal whose text it stands in, or that the indicator or activity belongs to:
    /// `antal(indikatorer)` counts its indicators.
    pub goal: Option<&'a GoalKey>,
}

impl<'a> Surroundings<'a> {
    /// What surrounds the texts and values of a declaration.
    pub fn of(report: &'a Report<'_>, keyword: &str, name: &'a str) -> Surroundings<'a> {
        match keyword {
            "mål" => {
                let goal = report.goal(&GoalKey::new(name)).map(|goal| &goal.key);
                Surroundings { indicator: None, goal }
            }
            "indikator" => {
                let known = report.indicator(name);
                let goal = known.and_then(|indicator| indicator.declared.goal.as_ref());
                Surroundings { indicator: Some(name), goal }
            }
            "aktivitet" => {
                let known = report.activities.get(name);
                let goal = known.and_then(|activity| activity.declared.goal.as_ref());
                Surroundings { indicator: None, goal }
            }
            _ => Surroundings::default(),
        }
    }
}

/// What a path means in a document.
///
/// # Errors
/// When its first name is unknown or fits several things, or a later one is no row,
/// column or field.
pub fn resolve<'db>(
    db: &'db dyn Db,
    workspace: Workspace,
    report: &Report<'db>,
    around: Surroundings<'_>,
    path: &Path,
) -> Result<Named<'db>, Unresolved> {
    let document = match &path.document {
        None => report.document,
        Some(reference) => match other_document(db, workspace, report, reference) {
            Ok(document) => document,
            Err(key) => return Ok(Named::NoDocument(key)),
        },
    };
    let Some((first, rest)) = path.parts.split_first() else {
        return Err(unknown(&PathPart { name: String::new(), range: TextRange::default() }, None));
    };

    if let (Some(indicator), true) = (around.indicator, rest.len() <= 1)
        && let Some(field) = number_field(&first.name)
    {
        return field_of(indicator, field, rest, document);
    }

    let all_tables = tables(db, workspace, report.document);
    if let Some(table) = all_tables.get(&first.name) {
        return in_table(table, first, rest);
    }
    if report.indicator(&first.name).is_some() {
        return in_indicator(&first.name, rest, document);
    }
    let blocks = contents(db, workspace, report.document);
    for keyword in ["text", "diagram", "bild"] {
        if rest.is_empty() && !blocks.mentions(keyword, &first.name).is_empty() {
            return Ok(Named::Block { keyword, name: first.name.clone() });
        }
    }
    if rest.is_empty() && report.activities.contains_key(&first.name) {
        return Ok(Named::Activity(first.name.clone()));
    }

    // Any beginning that fits one thing is enough.
    let begins = |name: &&String| name.starts_with(first.name.as_str());
    let fitting: Vec<&String> =
        all_tables.keys().chain(report.indicator_names()).filter(begins).collect();
    match fitting.as_slice() {
        [name] => {
            if let Some(table) = all_tables.get(*name) {
                in_table(table, first, rest)
            } else {
                in_indicator(name, rest, document)
            }
        }
        [] => {
            let known = all_tables
                .keys()
                .chain(report.indicator_names())
                .chain(report.activities.keys())
                .map(String::as_str);
            Err(unknown(first, nearest(&first.name, known)))
        }
        [one, other, ..] => Err(ambiguous(first, one, other)),
    }
}

fn unknown(part: &PathPart, meant: Option<&str>) -> Unresolved {
    let name = &part.name;
    Unresolved {
        range: part.range,
        message: text!(
            sv: "Det finns inget som heter ”{name}” här.",
            en: "There is nothing called “{name}” here.",
        ),
        help: match meant {
            Some(meant) => text!(sv: "Menade du ”{meant}”?", en: "Did you mean “{meant}”?"),
            None => text!(
                sv: "Skriv namnet på en tabell eller en indikator i rapporten, planen eller budgeten.",
                en: "Write the name of a table or an indicator of the report, the plan or the budget.",
            ),
        },
    }
}

fn ambiguous(part: &PathPart, one: &str, other: &str) -> Unresolved {
    let name = &part.name;
    Unresolved {
        range: part.range,
        message: text!(
            sv: "”{name}” kan vara både ”{one}” och ”{other}”.",
            en: "“{name}” could be both “{one}” and “{other}”.",
        ),
        help: text!(
            sv: "Skriv så mycket av namnet att det bara passar in på ett av dem.",
            en: "Write enough of the name that it fits only one of them.",
        ),
    }
}

/// The document that a reference in brackets names.
///
/// # Errors
/// The key of the document, when the workspace does not have it.
pub fn other_document<'db>(
    db: &'db dyn Db,
    workspace: Workspace,
    report: &Report<'db>,
    reference: &DocumentReference,
) -> Result<Document<'db>, DocumentKey> {
    let own = report.document.key(db);
    match reference {
        DocumentReference::Previous => {
            previous(db, workspace, report.document).ok_or_else(|| DocumentKey {
                kind: Kind::Report,
                period: closing_period(db, workspace, report.document),
                year: own.year.saturating_sub(1),
                owner: own.owner.clone(),
            })
        }
        DocumentReference::Named { period, year, owner } => {
            let of = |owner: &str| DocumentKey::named(period, *year, owner);
            let key = of(owner.as_deref().unwrap_or(&own.owner));
            if owner.is_some() || key.kind == Kind::Report {
                return find(db, workspace, &key).ok_or(key);
            }
            // A plan or a budget without an owner is the nearest there is.
            organisation(db, workspace)
                .line(&own.owner)
                .into_iter()
                .find_map(|unit| find(db, workspace, &of(&unit.name)))
                .or_else(|| find(db, workspace, &key))
                .ok_or(key)
        }
    }
}

fn number_field(name: &str) -> Option<&'static str> {
    NUMBER_FIELDS.iter().find(|field| **field == name).copied()
}

fn in_indicator<'db>(
    indicator: &str,
    rest: &[PathPart],
    document: Document<'db>,
) -> Result<Named<'db>, Unresolved> {
    let Some((field, rest)) = rest.split_first() else {
        return Ok(Named::Indicator(indicator.to_owned()));
    };
    match number_field(&field.name) {
        Some(found) if rest.len() <= 1 => field_of(indicator, found, rest, document),
        _ => {
            let name = &field.name;
            let all = NUMBER_FIELDS.join(", ");
            Err(Unresolved {
                range: field.range,
                message: text!(
                    sv: "En indikator har inget värde som heter ”{name}”.",
                    en: "An indicator has no value called “{name}”.",
                ),
                help: match nearest(name, NUMBER_FIELDS.iter().copied()) {
                    Some(meant) => text!(sv: "Menade du ”{meant}”?", en: "Did you mean “{meant}”?"),
                    None => text!(sv: "Skriv något av {all}.", en: "Write one of {all}."),
                },
            })
        }
    }
}

fn field_of<'db>(
    indicator: &str,
    field: &'static str,
    rest: &[PathPart],
    document: Document<'db>,
) -> Result<Named<'db>, Unresolved> {
    let gender = match rest.first() {
        None => None,
        Some(part) => match part.name.as_str() {
            "män" | "pojkar" => Some(Gender::Men),
            "kvinnor" | "flickor" => Some(Gender::Women),
            name => {
                return Err(Unresolved {
                    range: part.range,
                    message: text!(
                        sv: "”{name}” är ingen del av ett värde.",
                        en: "“{name}” is no part of a value.",
                    ),
                    help: text!(
                        sv: "Skriv ”män” eller ”kvinnor”.",
                        en: "Write “män” or “kvinnor”.",
                    ),
                });
            }
        },
    };
    Ok(Named::Field { indicator: indicator.to_owned(), field, gender, document })
}

/// What the names after a table's name mean, as far as the table has what its file should
/// give.
fn in_table<'db>(
    table: &Table<'db>,
    first: &PathPart,
    rest: &[PathPart],
) -> Result<Named<'db>, Unresolved> {
    match place_in_table(table, first, rest) {
        Err(_) if table.lacking => Ok(Named::Lacking),
        found => found,
    }
}

/// What the names after a table's name mean: `[group or parent row,] row, column`,
/// where the column may be left out when there is one.
fn place_in_table<'db>(
    table: &Table<'db>,
    first: &PathPart,
    rest: &[PathPart],
) -> Result<Named<'db>, Unresolved> {
    let name = table.name.clone();
    let shown: Vec<usize> =
        (0..table.columns.len()).filter(|c| table.columns.get(*c).is_some()).collect();
    let only_column = match shown.as_slice() {
        [one] => Some(*one),
        _ => None,
    };
    let countable: Vec<usize> = table
        .rows
        .iter()
        .enumerate()
        .filter(|(_, row)| row.kind != RowKind::Group)
        .map(|(index, _)| index)
        .collect();
    let only_row = match countable.as_slice() {
        [one] => Some(*one),
        _ => None,
    };

    match rest {
        [] => match (only_row, only_column) {
            (Some(row), Some(column)) => Ok(Named::Cell { table: name, row, column }),
            _ => Ok(Named::Table(name)),
        },
        [one] => {
            if let Some(column) = only_column
                && let Some(row) = find_row(table, None, one)?
            {
                return Ok(Named::Cell { table: name, row, column });
            }
            if let Some(column) = find_column(table, one) {
                return Ok(match only_row {
                    Some(row) => Named::Cell { table: name, row, column },
                    None => Named::Column { table: name, column },
                });
            }
            match find_row(table, None, one)? {
                // A computed row may have a value in one column only.
                Some(row) => match only_filled_column(table, row) {
                    Some(column) => Ok(Named::Cell { table: name, row, column }),
                    None => Err(needs_column(table, one)),
                },
                None => Err(no_such_part(table, one)),
            }
        }
        [rows @ .., last] => {
            if let Some(column) = find_column(table, last)
                && let Some(row) = find_row_path(table, rows)?
            {
                return Ok(Named::Cell { table: name, row, column });
            }
            if let Some(column) = only_column
                && let Some(row) = find_row_path(table, rest)?
            {
                return Ok(Named::Cell { table: name, row, column });
            }
            let bad = rest
                .iter()
                .find(|part| {
                    find_column(table, part).is_none()
                        && !matches!(find_row(table, None, part), Ok(Some(_)))
                })
                .or(rest.last())
                .unwrap_or(first);
            Err(no_such_part(table, bad))
        }
    }
}

/// The one column in which a row gives a formula of its own.
fn only_filled_column(table: &Table<'_>, row: usize) -> Option<usize> {
    let definition = table.rows.get(row)?.definition.as_ref()?;
    let mut names = definition.overrides.keys();
    let (Some(name), None) = (names.next(), names.next()) else { return None };
    table.columns.iter().position(|column| column.name == *name)
}

fn find_row_path(table: &Table<'_>, parts: &[PathPart]) -> Result<Option<usize>, Unresolved> {
    match parts {
        [row] => find_row(table, None, row),
        [parent, row] => match find_row(table, None, parent)? {
            Some(parent) => find_row(table, Some(parent), row),
            None => Ok(None),
        },
        _ => Ok(None),
    }
}

pub(crate) fn find_row(
    table: &Table<'_>,
    parent: Option<usize>,
    part: &PathPart,
) -> Result<Option<usize>, Unresolved> {
    let inside = |row: &Row<'_>| parent.is_none() || row.parent == parent;
    let names = |row: &Row<'_>| [row.name.clone(), from_label(&row.title)];
    let mut begins: Vec<usize> = Vec::new();
    for (index, row) in table.rows.iter().enumerate().filter(|(_, row)| inside(row)) {
        let names = names(row);
        if names.contains(&part.name) {
            return Ok(Some(index));
        }
        if names.iter().any(|name| name.starts_with(&part.name)) {
            begins.push(index);
        }
    }
    match begins.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(*one)),
        [one, other, ..] => {
            let title = |index: &usize| table.rows.get(*index).map_or("", |row| &row.title);
            Err(ambiguous(part, title(one), title(other)))
        }
    }
}

fn find_column(table: &Table<'_>, part: &PathPart) -> Option<usize> {
    table.column_named(&part.name)
}

fn no_such_part(table: &Table<'_>, part: &PathPart) -> Unresolved {
    let (name, title) = (&part.name, &table.name);
    let known: Vec<String> = table
        .rows
        .iter()
        .map(|row| row.name.clone())
        .chain(table.columns.iter().map(|column| column.name.clone()))
        .collect();
    let help = match nearest(name, known.iter().map(String::as_str)) {
        Some(meant) => text!(sv: "Menade du ”{meant}”?", en: "Did you mean “{meant}”?"),
        None if known.is_empty() => text!(
            sv: "Tabellen har inga rader.",
            en: "The table has no rows.",
        ),
        None => {
            let all = known.join(", ");
            text!(
                sv: "Tabellens rader och kolumner heter {all}.",
                en: "The rows and columns of the table are called {all}.",
            )
        }
    };
    Unresolved {
        range: part.range,
        message: text!(
            sv: "Tabellen ”{title}” har ingen rad eller kolumn som heter ”{name}”.",
            en: "The table “{title}” has no row or column called “{name}”.",
        ),
        help,
    }
}

fn needs_column(table: &Table<'_>, part: &PathPart) -> Unresolved {
    let (name, title) = (&part.name, &table.name);
    let columns: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
    let (all, first) = (columns.join(", "), columns.first().copied().unwrap_or_default());
    Unresolved {
        range: part.range,
        message: text!(
            sv: "Raden ”{name}” i tabellen ”{title}” har flera kolumner.",
            en: "The row “{name}” of the table “{title}” has several columns.",
        ),
        help: text!(
            sv: "Skriv också kolumnen, till exempel ”{title}.{name}.{first}”. Kolumnerna är {all}.",
            en: "Write the column too, for example “{title}.{name}.{first}”. The columns are {all}.",
        ),
    }
}
