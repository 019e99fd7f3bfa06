//! How wide a text is on the screen.

use unicode_width::UnicodeWidthStr as _;

/// In columns of a monospaced font. A combining mark has no width of its own.
pub(crate) fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.width() }
}

/// Adds blanks.
pub(crate) fn blanks(out: &mut String, count: usize) {
    out.extend(std::iter::repeat_n(' ', count));
}
