//! Which sheet is meant, and which of its rows are heads, labels and data.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use trc_sheet::values::tidy;
use trc_sheet::{Cell, Reading, Row, Sheet};
use trc_syntax::name::from_label;

use super::Reference;
use super::problem::{self, DataNote};

/// How far down the row of heads may stand: above it people write the report's name.
const HEAD_ROWS: usize = 30;

/// A sheet as a table: heads, and rows of a label and a cell for each head.
#[derive(Debug)]
pub(crate) struct Grid<'s> {
    pub heads: Vec<Head>,
    pub rows: Vec<GridRow<'s>>,
}

/// A head.
#[derive(Debug)]
pub(crate) struct Head {
    pub title: String,
    /// The column of the sheet, from 0. The cells of a table that gives one figure a row
    /// all stand in one.
    pub column: usize,
}

/// A row of data.
#[derive(Debug)]
pub(crate) struct GridRow<'s> {
    pub label: String,
    /// The row of the sheet, as it numbers them, and what stands there, for each head.
    pub cells: Vec<(u32, Cow<'s, Cell>)>,
}

impl GridRow<'_> {
    /// True when there is nothing but the label.
    pub fn is_label(&self) -> bool {
        self.cells.iter().all(|(_, cell)| cell.text.trim().is_empty() && cell.mark.is_none())
    }
}

/// The sheet that a reference means: the one it names, else the only one with anything in it
/// that is not hidden.
pub(super) fn chosen_sheet<'s>(
    reading: &'s Reading,
    reference: &Reference,
) -> Result<&'s Sheet, DataNote> {
    let filled = || reading.sheets.iter().filter(|sheet| !sheet.rows.is_empty());
    let names = || filled().filter_map(|sheet| sheet.name.as_deref()).collect::<Vec<_>>();
    if let Some(asked) = &reference.sheet {
        let wanted = folded(asked);
        // A CSV file is its only sheet, whatever that is called.
        return filled()
            .find(|sheet| sheet.name.as_ref().is_none_or(|name| folded(name) == wanted))
            .ok_or_else(|| problem::no_such_sheet(&reference.path, asked, &names()));
    }
    let mut shown = filled().filter(|sheet| !sheet.hidden);
    match (shown.next(), shown.next()) {
        (Some(only), None) => Ok(only),
        (Some(_), Some(_)) => Err(problem::several_sheets(&reference.path, &names())),
        (None, _) => Err(problem::no_shown_sheet(&reference.path, &names())),
    }
}

/// Reads a sheet as a table. `fits` says which heads the table knows; `named` whether a
/// word is the table's, in a sheet that holds several with one figure a row.
pub(crate) fn grid<'s>(
    sheet: &'s Sheet,
    fits: impl Fn(&str) -> bool,
    named: impl Fn(&str) -> bool,
) -> Option<Grid<'s>> {
    let (at, head) = head_row(sheet, &fits)?;
    let below = sheet.rows.get(at.saturating_add(1)..).unwrap_or_default();
    if let Some(long) = Long::of(head) {
        return Some(long.grid(below, named));
    }
    // Heads with nothing below them are heads all the same.
    let labels = below.iter().filter_map(first_filled).min().unwrap_or_default();
    let heads: Vec<Head> = (head.cells.iter().enumerate())
        .filter(|(column, cell)| *column != labels && !cell.text.trim().is_empty())
        .map(|(column, cell)| Head { title: tidy(&cell.text), column })
        .collect();
    let rows = below.iter().filter(|row| !row.is_blank()).map(|row| GridRow {
        label: tidy(&row.cell(labels).text),
        cells: heads.iter().map(|it| (row.number, Cow::Borrowed(row.cell(it.column)))).collect(),
    });
    let rows = rows.collect();
    Some(Grid { heads, rows })
}

/// The row of heads: the one that has most that are known, else the first with several
/// cells.
pub(super) fn head_row(sheet: &Sheet, fits: impl Fn(&str) -> bool) -> Option<(usize, &Row)> {
    let mut best: Option<(usize, &Row, usize)> = None;
    for (at, row) in sheet.rows.iter().take(HEAD_ROWS).enumerate() {
        let filled = row.cells.iter().filter(|cell| !cell.text.trim().is_empty());
        if filled.clone().count() < 2 {
            continue;
        }
        let known = filled.filter(|cell| fits(&tidy(&cell.text))).count();
        if best.is_none_or(|(_, _, most)| known > most) {
            best = Some((at, row, known));
        }
    }
    best.map(|(at, row, _)| (at, row))
}

fn first_filled(row: &Row) -> Option<usize> {
    row.cells.iter().position(|cell| !cell.text.trim().is_empty())
}

/// The columns of a sheet that gives one figure a row: `tabell;rad;kolumn;värde;enhet`.
struct Long {
    table: Option<usize>,
    row: usize,
    column: usize,
    value: usize,
    unit: Option<usize>,
}

impl Long {
    fn of(head: &Row) -> Option<Long> {
        let place = |word: &str| head.cells.iter().position(|cell| folded(&cell.text) == word);
        Some(Long {
            table: place("tabell"),
            row: place("rad")?,
            column: place("kolumn")?,
            value: place("värde")?,
            unit: place("enhet"),
        })
    }

    fn grid<'s>(&self, below: &'s [Row], named: impl Fn(&str) -> bool) -> Grid<'s> {
        let mut heads: Vec<Head> = Vec::new();
        let mut head_places: BTreeMap<String, usize> = BTreeMap::new();
        let mut rows: Vec<GridRow<'s>> = Vec::new();
        let mut row_places: BTreeMap<String, usize> = BTreeMap::new();
        for row in below {
            let (label, title) =
                (tidy(&row.cell(self.row).text), tidy(&row.cell(self.column).text));
            let other = self.table.is_some_and(|table| !named(&tidy(&row.cell(table).text)));
            if other || label.is_empty() || title.is_empty() {
                continue;
            }
            let head = *head_places.entry(folded(&title)).or_insert_with(|| {
                heads.push(Head { title, column: self.value });
                heads.len().saturating_sub(1)
            });
            let place = *row_places.entry(folded(&label)).or_insert_with(|| {
                rows.push(GridRow { label, cells: Vec::new() });
                rows.len().saturating_sub(1)
            });
            let Some(cells) = rows.get_mut(place).map(|row| &mut row.cells) else { continue };
            if cells.len() <= head {
                cells.resize_with(head.saturating_add(1), || {
                    (row.number, Cow::Owned(Cell::default()))
                });
            }
            if let Some(slot) = cells.get_mut(head) {
                *slot = (row.number, self.cell(row));
            }
        }
        for row in &mut rows {
            let number = row.cells.first().map_or(0, |(number, _)| *number);
            row.cells.resize_with(heads.len(), || (number, Cow::Owned(Cell::default())));
        }
        Grid { heads, rows }
    }

    fn cell<'s>(&self, row: &'s Row) -> Cow<'s, Cell> {
        let cell = row.cell(self.value);
        let unit = self.unit.map(|unit| row.cell(unit).text.trim()).unwrap_or_default();
        let bare = cell.text.trim().ends_with(|c: char| c.is_ascii_digit());
        if unit.is_empty() || !bare {
            return Cow::Borrowed(cell);
        }
        Cow::Owned(Cell { text: format!("{} {unit}", cell.text.trim()), mark: cell.mark })
    }
}

/// A head with or without the year that the report is of: "Budget 2025" is "budget".
pub(crate) fn without_year(head: &str, year: u16) -> Option<String> {
    let year = year.to_string();
    let words: Vec<&str> = head.split_whitespace().filter(|word| *word != year).collect();
    let shorter = words.join(" ");
    (shorter != head && !shorter.is_empty()).then_some(shorter)
}

pub(super) fn folded(text: &str) -> String {
    tidy(text).to_lowercase()
}

/// True when a word in a sheet is a table's name or title.
pub(crate) fn names_table(word: &str, name: &str, title: &str) -> bool {
    let label = from_label(word);
    label == name || (!title.is_empty() && label == from_label(title))
}

/// A place in words: `ekonomi.xlsx, bladet Drift, rad 12, kolumn C (Prognos)`.
pub(crate) fn place(sheet: &Sheet, row: u32, column: usize, title: &str) -> trc_sheet::Place {
    trc_sheet::Place {
        row: Some(row),
        column: Some(trc_sheet::Column { index: column, title: Arc::from(title) }),
        ..trc_sheet::Place::whole(&sheet.file, sheet.name.as_ref())
    }
}
