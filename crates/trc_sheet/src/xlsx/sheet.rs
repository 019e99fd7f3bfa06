//! The cells of one sheet.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::format::Format;
use super::xml::{self, attribute, entity, next, unescaped};
use crate::table::{Cell, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_TEXT, Mark, Row};

pub(super) struct Context<'w> {
    pub strings: &'w [String],
    pub formats: &'w [Format],
    pub epoch_1904: bool,
}

pub(super) enum Error {
    Damaged,
    TooLarge,
}

impl From<xml::Malformed> for Error {
    fn from(_: xml::Malformed) -> Error {
        Error::Damaged
    }
}

pub(super) fn read(text: &str, context: &Context<'_>) -> Result<Vec<Row>, Error> {
    let mut sheet =
        Reading { context, rows: Vec::new(), row: None, cells: 0, text: 0, next_row: 1 };
    let mut merged = Vec::new();
    let mut reader = Reader::from_str(text);
    let mut cell: Option<Open> = None;
    let mut into = Into::Nothing;
    loop {
        match next(&mut reader)? {
            Event::Start(element) => match element.local_name().as_ref() {
                "row" => sheet.begin_row(&element)?,
                "c" => cell = Some(Open::new(&element)),
                "v" => into = Into::Value,
                "t" if into != Into::Reading => into = Into::Text,
                "rPh" => into = Into::Reading,
                "f" => {
                    if let Some(cell) = &mut cell {
                        cell.formula = true;
                    }
                    into = Into::Nothing;
                }
                _ => {}
            },
            Event::Empty(element) => match element.local_name().as_ref() {
                "row" => {
                    sheet.begin_row(&element)?;
                    sheet.end_row();
                }
                "c" => sheet.skip_cell(&element),
                "f" => {
                    if let Some(cell) = &mut cell {
                        cell.formula = true;
                    }
                }
                "mergeCell" => merged.extend(attribute(&element, "ref").as_deref().and_then(area)),
                _ => {}
            },
            Event::End(element) => match element.local_name().as_ref() {
                "row" => sheet.end_row(),
                "c" => {
                    if let Some(cell) = cell.take() {
                        sheet.cell(cell)?;
                    }
                }
                "v" | "f" | "rPh" => into = Into::Nothing,
                "t" if into == Into::Text => into = Into::Nothing,
                _ => {}
            },
            Event::Text(piece) => {
                if let Some(to) = cell.as_mut().and_then(|cell| cell.part(into)) {
                    to.push_str(&piece.xml10_content());
                }
            }
            Event::CData(piece) => {
                if let Some(to) = cell.as_mut().and_then(|cell| cell.part(into)) {
                    to.push_str(&piece.xml10_content());
                }
            }
            Event::GeneralRef(reference) => {
                if let Some(to) = cell.as_mut().and_then(|cell| cell.part(into)) {
                    to.extend(entity(&reference));
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    let mut rows = sheet.rows;
    fill_merged(&mut rows, &merged);
    rows.retain(|row| !row.is_blank());
    Ok(rows)
}

/// Where the text that is read belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Into {
    Nothing,
    Value,
    Text,
    Reading,
}

/// A cell whose end has not been read.
struct Open {
    place: Option<(u32, usize)>,
    kind: String,
    style: usize,
    value: String,
    inline: String,
    formula: bool,
}

impl Open {
    fn new(element: &BytesStart<'_>) -> Open {
        Open {
            place: attribute(element, "r").as_deref().and_then(place),
            kind: attribute(element, "t").unwrap_or_default(),
            style: attribute(element, "s").and_then(|style| style.parse().ok()).unwrap_or(0),
            value: String::new(),
            inline: String::new(),
            formula: false,
        }
    }

    fn part(&mut self, into: Into) -> Option<&mut String> {
        match into {
            Into::Value => Some(&mut self.value),
            Into::Text => Some(&mut self.inline),
            Into::Nothing | Into::Reading => None,
        }
    }
}

struct Reading<'w> {
    context: &'w Context<'w>,
    rows: Vec<Row>,
    row: Option<Row>,
    cells: usize,
    text: usize,
    next_row: u32,
}

impl Reading<'_> {
    fn begin_row(&mut self, element: &BytesStart<'_>) -> Result<(), Error> {
        let number = attribute(element, "r").and_then(|r| r.parse().ok()).unwrap_or(self.next_row);
        self.next_row = number.saturating_add(1);
        self.row = Some(Row { number, cells: Vec::new() });
        Ok(())
    }

    fn end_row(&mut self) {
        // A formatted sheet can have a million rows with nothing in them.
        if let Some(row) = self.row.take().filter(|row| !row.cells.is_empty()) {
            self.rows.push(row);
        }
    }

    /// A cell with nothing in it takes its place when cells do not name theirs.
    fn skip_cell(&mut self, element: &BytesStart<'_>) {
        if attribute(element, "r").is_none()
            && let Some(row) = &mut self.row
            && row.cells.len() < MAX_COLUMNS
        {
            row.cells.push(Cell::default());
        }
    }

    fn cell(&mut self, open: Open) -> Result<(), Error> {
        let Some(row) = &mut self.row else { return Ok(()) };
        let column = open.place.map_or(row.cells.len(), |(_, column)| column);
        let cell = shown(&open, self.context);
        if cell.text.is_empty() && cell.mark.is_none() {
            return Ok(());
        }
        if self.rows.len() >= MAX_ROWS || column >= MAX_COLUMNS {
            return Err(Error::TooLarge);
        }
        let new = (column + 1).saturating_sub(row.cells.len());
        self.cells += new;
        self.text += cell.text.len();
        if self.cells > MAX_CELLS || self.text > MAX_TEXT {
            return Err(Error::TooLarge);
        }
        if new > 0 {
            row.cells.resize(column + 1, Cell::default());
        }
        if let Some(place) = row.cells.get_mut(column) {
            *place = cell;
        }
        Ok(())
    }
}

/// What the cell shows.
fn shown(open: &Open, context: &Context<'_>) -> Cell {
    let value = open.value.as_str();
    let text = |text: String| Cell { text, mark: None };
    match open.kind.as_str() {
        "s" => {
            let index: Option<usize> = value.trim().parse().ok();
            text(index.and_then(|index| context.strings.get(index)).cloned().unwrap_or_default())
        }
        "inlineStr" => text(unescaped(&open.inline)),
        "str" => text(unescaped(value)),
        "e" => Cell { text: value.trim().to_owned(), mark: Some(Mark::Error) },
        "b" => text(if value.trim() == "1" { "Ja" } else { "Nej" }.to_owned()),
        "d" => text(value.split('T').next().unwrap_or_default().to_owned()),
        _ if value.trim().is_empty() => {
            Cell { text: String::new(), mark: open.formula.then_some(Mark::NotCalculated) }
        }
        _ => {
            let format = context.formats.get(open.style).cloned().unwrap_or_default();
            let (text, rounded) = format.show(value, context.epoch_1904);
            Cell { text, mark: rounded.then_some(Mark::Rounded) }
        }
    }
}

/// Gives the rows of a merged area what its first one says: a goal that stands once
/// beside five indicators is the goal of all five. Sideways it is a heading, and stays
/// in its first cell.
fn fill_merged(rows: &mut [Row], merged: &[((u32, usize), u32)]) {
    /// Enough for every goal of a city; a bound for a workbook that is made to hurt.
    const MOST: usize = 2_000;

    let mut text = 0;
    for ((first, column), last) in merged.iter().take(MOST) {
        let top = rows.binary_search_by_key(first, |row| row.number);
        let Some(cell) = top.ok().and_then(|at| rows.get(at)).map(|row| row.cell(*column).clone())
        else {
            continue;
        };
        if cell.text.is_empty() {
            continue;
        }
        let from = rows.partition_point(|row| row.number <= *first);
        let to = rows.partition_point(|row| row.number <= *last);
        for row in rows.get_mut(from..to).unwrap_or_default() {
            text += cell.text.len();
            if *column >= MAX_COLUMNS || text > MAX_TEXT {
                return;
            }
            if row.cells.len() <= *column {
                row.cells.resize(*column + 1, Cell::default());
            }
            if let Some(place) = row.cells.get_mut(*column).filter(|place| place.text.is_empty()) {
                *place = cell.clone();
            }
        }
    }
}

/// `B2:B6`: the first cell, and the last row.
fn area(text: &str) -> Option<((u32, usize), u32)> {
    let (first, last) = text.split_once(':')?;
    Some((place(first)?, place(last)?.0))
}

/// `B12`: row and column.
fn place(text: &str) -> Option<(u32, usize)> {
    let digits = text.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = text.split_at_checked(digits)?;
    let mut column = 0usize;
    for letter in letters.bytes() {
        if !letter.is_ascii_uppercase() || column > 100_000 {
            return None;
        }
        column = column * 26 + usize::from(letter - b'A') + 1;
    }
    Some((row.parse().ok()?, column.checked_sub(1)?))
}
