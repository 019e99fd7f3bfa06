//! A sheet as it was read, before anything of it is understood.

use std::sync::Arc;

/// The most rows that are read of one sheet.
pub const MAX_ROWS: usize = 50_000;
/// The most columns.
pub const MAX_COLUMNS: usize = 500;
/// The most cells, counted with the empty ones before the last of each row.
pub const MAX_CELLS: usize = 2_000_000;
/// The most text in the cells of one sheet, in bytes.
pub const MAX_TEXT: usize = 64 * 1024 * 1024;

/// One sheet of a workbook, or a whole CSV file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The file's name as the reader knows it.
    pub file: Arc<str>,
    /// A CSV file has no sheets, so none has a name.
    pub name: Option<Arc<str>>,
    pub hidden: bool,
    /// Those with anything in them, in order.
    pub rows: Vec<Row>,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// As a spreadsheet numbers it, from 1.
    pub number: u32,
    pub cells: Vec<Cell>,
}

/// One cell: what a reader of the spreadsheet sees in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    pub text: String,
    pub mark: Option<Mark>,
}

/// What is to be said about a cell beside its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// The text is an error of the spreadsheet's, such as `#REF!`.
    Error,
    /// A formula whose value was never saved.
    NotCalculated,
    /// A number with more decimals than the cell shows.
    Rounded,
}

impl Row {
    /// The cell of a column. One beyond the row's end is empty.
    pub fn cell(&self, column: usize) -> &Cell {
        const EMPTY: &Cell = &Cell { text: String::new(), mark: None };
        self.cells.get(column).unwrap_or(EMPTY)
    }

    /// True when nothing stands in the row.
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.text.trim().is_empty() && cell.mark.is_none())
    }
}

/// The letters of a column, as a spreadsheet shows them: 0 is A, 26 is AA.
pub fn column_letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters() {
        let letters = [0, 25, 26, 701, 702].map(column_letters);
        assert_eq!(letters, ["A", "Z", "AA", "ZZ", "AAA"]);
    }
}
