//! `{…}` and `[…]{…}` in a text.

use trc_base::{TextRange, TextSize};

use super::{Insertion, range};
use crate::formula;

/// The insertion that begins at byte `at` of the text, where `{` must stand.
///
/// It reaches to the first `}`. A second `{`, an empty line or the end of the text
/// before that means that there is none.
pub fn insertion(text: &str, at: usize) -> Option<Insertion> {
    let inner_start = at.checked_add(1)?;
    let inner = text.get(at..)?.strip_prefix('{')?;
    let len = inner
        .char_indices()
        .find(|(at, c)| matches!(c, '{' | '}') || (*c == '\n' && is_empty_line(inner, at + 1)))
        .filter(|(_, c)| *c == '}')
        .map(|(len, _)| len)?;
    let end = inner_start + len;
    Some(Insertion {
        range: range(at, end + 1),
        formula_range: range(inner_start, end),
        formula: formula::parse(inner.get(..len)?),
    })
}

/// `[typed text]{x}`: what was typed, and what it is checked against.
#[derive(Debug)]
pub(crate) struct Checked {
    pub(crate) typed: String,
    pub(crate) typed_range: TextRange,
    pub(crate) insertion: Insertion,
}

impl Checked {
    /// From `[` to `}`.
    pub(crate) fn range(&self) -> TextRange {
        let bracket = TextSize::of('[');
        let start = self.typed_range.start().checked_sub(bracket).unwrap_or_default();
        TextRange::new(start, self.insertion.range.end())
    }
}

/// The checked text that begins at byte `at`, where `[` must stand.
pub(crate) fn checked(text: &str, at: usize) -> Option<Checked> {
    let len = bracketed(text, at)?;
    let start = at + 1;
    let typed = text.get(start..start + len)?;
    let insertion = insertion(text, start + len + 1)?;
    Some(Checked { typed: one_line(typed), typed_range: range(start, start + len), insertion })
}

/// The length of the text between `[` at byte `at` and its `]`. Brackets do not
/// nest, so another `[` before that, or an empty line, means that there is none.
pub(crate) fn bracketed(text: &str, at: usize) -> Option<usize> {
    let inner = text.get(at..)?.strip_prefix('[')?;
    let mut escaped = false;
    for (at, c) in inner.char_indices() {
        match c {
            ']' if !escaped => return Some(at),
            '[' if !escaped => return None,
            '\n' if is_empty_line(inner, at + 1) => return None,
            _ => {}
        }
        escaped = c == '\\' && !escaped;
    }
    None
}

/// True when nothing but blanks stands from `at` to the end of the line, or the
/// text ends there.
fn is_empty_line(text: &str, at: usize) -> bool {
    let rest = text.get(at..).unwrap_or_default();
    rest.chars().find(|c| !matches!(c, ' ' | '\t' | '\r')).is_none_or(|c| c == '\n')
}

/// The text with its line breaks as blanks, and without the backslashes that make
/// brackets literal.
fn one_line(typed: &str) -> String {
    let mut out = String::with_capacity(typed.len());
    let mut lines = typed.split('\n');
    out.push_str(lines.next().unwrap_or_default());
    for line in lines {
        out.truncate(out.trim_end().len());
        out.push(' ');
        out.push_str(line.trim_start());
    }
    if out.contains('\\') {
        out = out.replace("\\[", "[").replace("\\]", "]").replace("\\{", "{").replace("\\@", "@");
    }
    out
}
