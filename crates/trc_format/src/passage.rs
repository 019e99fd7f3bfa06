//! Passages between `"""`.

use trc_syntax::{MARK, closing_mark, is_blank};

use crate::width::blanks;

/// Prints a passage whose opening line is indented by `indent`: the text two blanks
/// deeper, the closing mark at the same depth. The lines keep their depth relative
/// to one another, and blank lines stay.
pub(crate) fn print(out: &mut String, token: &str, indent: usize) {
    let (first, lines) = parts(token);
    let shared = shared_indent(lines.iter().copied());
    out.push_str(MARK);
    out.push('\n');
    if !first.is_empty() {
        line(out, indent, first);
    }
    for text in lines {
        let deeper =
            text.char_indices().nth(shared).map_or("", |(at, _)| text.get(at..).unwrap_or(""));
        line(out, indent, deeper);
    }
    blanks(out, indent);
    out.push_str(MARK);
}

/// False for a passage whose text would end it if it were laid out: such a text
/// is left alone.
pub(crate) fn can_be_laid_out(token: &str) -> bool {
    let (first, lines) = parts(token);
    std::iter::once(first).chain(lines).all(|line| closing_mark(line).is_none())
}

/// False for a text whose passages can all be laid out, found without a tree: a line
/// can only end a passage that it is in if it holds two marks.
pub(crate) fn may_end_early(text: &str) -> bool {
    let mut before = None;
    text.match_indices(MARK).any(|(at, _)| {
        let start = before.replace(at + MARK.len());
        start.and_then(|start| text.get(start..at)).is_some_and(|between| !between.contains('\n'))
    })
}

/// The text beside the opening mark, and the lines after it, without the marks.
fn parts(token: &str) -> (&str, Vec<&str>) {
    let inner = token.strip_prefix(MARK).unwrap_or(token);
    let inner = inner.strip_suffix(MARK).unwrap_or(inner);
    let mut lines = inner.split('\n').map(trim_end);
    let first = lines.next().unwrap_or_default().trim_start_matches(is_blank);
    let mut lines: Vec<&str> = lines.collect();
    // The line of the closing mark, unless it holds text.
    if lines.last().is_some_and(|last| last.is_empty()) {
        lines.pop();
    }
    (first, lines)
}

/// Blanks at a line's end mean nothing in prose, but for one after a backslash:
/// without it the backslash would break the line.
fn trim_end(line: &str) -> &str {
    let trimmed = line.trim_end_matches(is_blank);
    let after = line.get(trimmed.len()..).and_then(|blanks| blanks.chars().next());
    match after {
        Some(blank) if trimmed.ends_with('\\') && blank != '\r' => {
            line.get(..trimmed.len() + blank.len_utf8()).unwrap_or(trimmed)
        }
        _ => trimmed,
    }
}

fn shared_indent<'t>(lines: impl Iterator<Item = &'t str>) -> usize {
    lines
        .filter(|line| !line.is_empty())
        .map(|line| line.chars().take_while(|c| is_blank(*c)).count())
        .min()
        .unwrap_or(0)
}

fn line(out: &mut String, indent: usize, text: &str) {
    if !text.is_empty() {
        blanks(out, indent + crate::layout::STEP);
        out.push_str(text);
    }
    out.push('\n');
}
