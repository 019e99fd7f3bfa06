//! Rows of a table: one layout for all rows of a block.

use rowan::ast::AstNode as _;
use trc_syntax::SyntaxNode;
use trc_syntax::ast::TableRow;

use crate::width::{blanks, width};

/// How wide the columns of a block's table are, and which hold figures.
#[derive(Default)]
pub(crate) struct Columns {
    widths: Vec<usize>,
    right: Vec<bool>,
}

/// Measures the rows of a table.
pub(crate) fn columns<'t>(rows: impl Iterator<Item = &'t SyntaxNode>) -> Columns {
    let mut columns = Columns::default();
    // Whether a column has figures, and whether it has anything else.
    let mut holds: Vec<(bool, bool)> = Vec::new();
    for (index, row) in rows.enumerate() {
        let cells = texts(row);
        let is_group = matches!(cells.as_slice(), [only] if only.starts_with('#'));
        for (column, text) in cells.iter().enumerate() {
            if columns.widths.len() <= column {
                columns.widths.push(1);
                holds.push((false, false));
            }
            if let Some(widest) = columns.widths.get_mut(column) {
                *widest = (*widest).max(cell_width(text));
            }
            let is_head = index == 0;
            if let Some((figures, other)) = holds.get_mut(column)
                && !is_head
                && !is_group
                && !text.is_empty()
            {
                *figures |= is_figure(text);
                *other |= !is_figure(text);
            }
        }
    }
    columns.right = holds
        .into_iter()
        .enumerate()
        .map(|(column, (figures, other))| column > 0 && figures && !other)
        .collect();
    columns
}

/// Prints a row. A row with fewer cells than others stays short.
pub(crate) fn print(out: &mut String, row: &SyntaxNode, columns: &Columns) {
    out.push('|');
    for (column, text) in texts(row).iter().enumerate() {
        let widest = columns.widths.get(column).copied().unwrap_or(0);
        let padding = widest.saturating_sub(cell_width(text));
        if is_comment_like(text) {
            // With a blank before it this would be a comment.
            out.push_str(text);
            blanks(out, padding + 1);
        } else if columns.right.get(column).copied().unwrap_or(false) {
            blanks(out, padding + 1);
            out.push_str(text);
            out.push(' ');
        } else {
            out.push(' ');
            out.push_str(text);
            blanks(out, padding + 1);
        }
        out.push('|');
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
