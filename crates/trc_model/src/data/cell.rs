//! A cell of a sheet as a cell of a table.

use trc_base::{Text, TextRange};
use trc_sheet::values::{self, Content};
use trc_sheet::{Cell as SheetCell, Mark};
use trc_syntax::value::{Cell, CellContent, ValueError, cell as typed};

/// What a cell says. A text is a text whatever marks it holds: nobody has written a formula
/// of ours in a spreadsheet. A word for what is missing, or a dash, is a dash.
pub(crate) fn cell(cell: &SheetCell) -> Option<Cell> {
    let text = values::tidy(&cell.text);
    if text.is_empty() && cell.mark.is_none() {
        return None;
    }
    let range = TextRange::default();
    let plain = |content| Some(Cell { content, range, footnote: None, problem: None });
    if matches!(cell.mark, Some(Mark::Error | Mark::NotCalculated)) {
        return plain(CellContent::Text(text));
    }
    match values::outcome(&text) {
        Content::Empty | Content::Absent(_) => plain(CellContent::Dash),
        Content::Value(value) => {
            let read = typed(&value.written());
            match read.content {
                CellContent::Number { .. } => plain(read.content),
                _ => plain(CellContent::Text(text)),
            }
        }
        Content::Bad(_) => plain(CellContent::Text(text)),
    }
}

/// A cell of a column of texts, as it is.
pub(crate) fn text_cell(cell: &SheetCell) -> Option<Cell> {
    let text = values::tidy(&cell.text);
    let content = match text.as_str() {
        "" => return None,
        "-" | "–" | "—" | "−" => CellContent::Dash,
        _ => CellContent::Text(text),
    };
    Some(Cell { content, range: TextRange::default(), footnote: None, problem: None })
}

/// A text among figures, which has a finding of its own: nothing more is said of it.
pub(crate) fn odd_cell(cell: Cell) -> Cell {
    let problem = ValueError {
        range: TextRange::default(),
        message: Text::new(String::new(), String::new()),
        help: Text::new(String::new(), String::new()),
    };
    Cell { problem: Some(problem), ..cell }
}
