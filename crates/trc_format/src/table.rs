//! Rows of a table: one layout for all rows of a block.

use rowan::ast::AstNode as _;
use trc_syntax::SyntaxNode;
use trc_syntax::ast::TableRow;

use crate::width::{blanks, width};

/// A cell wider than this does not widen its column: one long remark would push the
/// figures of every other row out of sight.
const WIDEST: usize = 80;

/// The rows of a block, read once and printed in their order.
pub(crate) struct Table {
    rows: std::vec::IntoIter<Vec<String>>,
    columns: Vec<Column>,
}

struct Column {
    width: usize,
    /// Below the head there is a figure.
    figures: bool,
    /// Below the head there is something that is no figure.
    other: bool,
}

impl Table {
    pub fn read<'t>(rows: impl Iterator<Item = &'t SyntaxNode>) -> Table {
        let rows: Vec<Vec<String>> = rows.map(texts).collect();
        let mut columns: Vec<Column> = Vec::new();
        for (index, cells) in rows.iter().enumerate() {
            let is_group = matches!(cells.as_slice(), [only] if only.starts_with('#'));
            let is_body = index > 0 && !is_group;
            columns.extend((columns.len()..cells.len()).map(|_| Column {
                width: 1,
                figures: false,
                other: false,
            }));
            for (column, text) in columns.iter_mut().zip(cells) {
                let width = cell_width(text);
                if width <= WIDEST {
                    column.width = column.width.max(width);
                }
                if is_body && !text.is_empty() {
                    let figure = is_figure(text);
                    column.figures |= figure;
                    column.other |= !figure;
                }
            }
        }
        // The first column names the rows, also where its names are years.
        if let Some(first) = columns.first_mut() {
            first.other = true;
        }
        Table { rows: rows.into_iter(), columns }
    }

    /// Prints the next row. A row with fewer cells than others stays short.
    pub fn print_next(&mut self, out: &mut String) {
        out.push('|');
        for (column, text) in self.columns.iter().zip(self.rows.next().unwrap_or_default()) {
            let padding = column.width.saturating_sub(cell_width(&text));
            if is_comment_like(&text) {
                // With a blank before it this would be a comment.
                out.push_str(&text);
                blanks(out, padding + 1);
            } else if column.figures && !column.other {
                blanks(out, padding + 1);
                out.push_str(&text);
                out.push(' ');
            } else {
                out.push(' ');
                out.push_str(&text);
                blanks(out, padding + 1);
            }
            out.push('|');
        }
    }
}

fn cell_width(text: &str) -> usize {
    width(text).saturating_sub(usize::from(is_comment_like(text)))
}

fn is_comment_like(text: &str) -> bool {
    text.starts_with("//")
}

fn texts(row: &SyntaxNode) -> Vec<String> {
    TableRow::cast(row.clone())
        .map(|row| row.cells().map(|cell| cell.text().text).collect())
        .unwrap_or_default()
}

/// A number with at most a unit, `35 av 42`, an insertion, a checked figure, or the
/// dash that stands for nothing. Footnote marks do not matter.
fn is_figure(text: &str) -> bool {
    let text = match text.rfind("[^") {
        Some(at) if text.ends_with(']') => text.get(..at).unwrap_or_default().trim_end(),
        _ => text,
    };
    if text.ends_with('}') && text.starts_with(['{', '[']) {
        return true;
    }
    if matches!(text, "-" | "−" | "–") {
        return true;
    }
    let unsigned = text.trim_start_matches(['-', '−', '+', '±']).trim_start();
    if !unsigned.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let after =
        unsigned.trim_start_matches(|c: char| c.is_ascii_digit() || c == ',' || c.is_whitespace());
    let rest = after.strip_prefix("av ").map_or(after, |whole| {
        whole.trim_start_matches(|c: char| c.is_ascii_digit() || c.is_whitespace())
    });
    !rest.contains(char::is_whitespace)
}
