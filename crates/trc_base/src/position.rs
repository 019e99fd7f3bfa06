//! From byte offsets to lines and columns and back, in the unit that the reader
//! counts in. Everything inside the compiler counts bytes; this is the one place
//! where that changes.

use line_index::{LineCol, LineIndex, WideEncoding, WideLineCol};
use text_size::TextSize;

/// What a column counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units: what most editors count.
    Utf16,
    /// Unicode scalar values: what people and the JSON output count.
    Utf32,
}

/// A line and a column, both from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineColumn {
    pub line: u32,
    pub column: u32,
}

/// Where the lines of one text begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lines {
    index: LineIndex,
    len: TextSize,
}

impl Lines {
    /// Indexes a text. Lines end at `\n`; a `\r` before it belongs to the line.
    pub fn new(text: &str) -> Lines {
        Lines { index: LineIndex::new(text), len: TextSize::of(text) }
    }

    /// The line and column of a byte offset. An offset beyond the end is the end;
    /// one inside a character is that character's beginning.
    pub fn line_column(&self, offset: TextSize, encoding: Encoding) -> LineColumn {
        let mut offset = offset.min(self.len);
        loop {
            if let Some(at) = self.try_line_column(offset, encoding) {
                return at;
            }
            let Some(before) = offset.checked_sub(TextSize::from(1)) else {
                return LineColumn { line: 0, column: 0 };
            };
            offset = before;
        }
    }

    fn try_line_column(&self, offset: TextSize, encoding: Encoding) -> Option<LineColumn> {
        let at = self.index.try_line_col(offset)?;
        let column = match wide(encoding) {
            None => at.col,
            Some(encoding) => self.index.to_wide(encoding, at)?.col,
        };
        Some(LineColumn { line: at.line, column })
    }

    /// The byte offset of a line and column. A column beyond the line's end is the
    /// line's end, a line beyond the last is the end of the text, as the language
    /// server protocol asks for.
    pub fn offset(&self, at: LineColumn, encoding: Encoding) -> TextSize {
        let Some(line) = self.index.line(at.line) else { return self.len };
        // The line break itself is no column.
        let last = self.index.line(at.line.saturating_add(1)).map_or(line.end(), |_| {
            line.end().checked_sub(TextSize::from(1)).unwrap_or(line.start())
        });
        let utf8 = match wide(encoding) {
            None => Some(LineCol { line: at.line, col: at.column }),
            Some(encoding) => {
                self.index.to_utf8(encoding, WideLineCol { line: at.line, col: at.column })
            }
        };
        utf8.and_then(|at| self.index.offset(at)).map_or(last, |offset| offset.min(last))
    }
}

fn wide(encoding: Encoding) -> Option<WideEncoding> {
    match encoding {
        Encoding::Utf8 => None,
        Encoding::Utf16 => Some(WideEncoding::Utf16),
        Encoding::Utf32 => Some(WideEncoding::Utf32),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// å, a decomposed å, an emoji, a tab and both kinds of line break.
    const TEXT: &str = "å a\u{30a}\t😀x\r\nmål\n";

    #[test]
    fn every_offset_there_and_back() {
        let lines = Lines::new(TEXT);
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            for (offset, c) in TEXT.char_indices().filter(|(_, c)| *c != '\n') {
                let offset = TextSize::try_from(offset).unwrap();
                let at = lines.line_column(offset, encoding);
                assert_eq!(lines.offset(at, encoding), offset, "{c:?} in {encoding:?}");
            }
        }
    }

    #[test]
    fn columns_count_what_the_reader_counts() {
        let lines = Lines::new(TEXT);
        let x = TextSize::try_from(TEXT.find('x').unwrap()).unwrap();
        let column = |encoding| lines.line_column(x, encoding).column;
        assert_eq!(column(Encoding::Utf8), 11);
        assert_eq!(column(Encoding::Utf16), 7);
        assert_eq!(column(Encoding::Utf32), 6);
    }

    #[test]
    fn outside_is_the_nearest_inside() {
        let lines = Lines::new(TEXT);
        let far = LineColumn { line: 1, column: 99 };
        assert_eq!(lines.offset(far, Encoding::Utf16), TextSize::of(TEXT) - TextSize::from(1));
        let beyond = LineColumn { line: 99, column: 0 };
        assert_eq!(lines.offset(beyond, Encoding::Utf16), TextSize::of(TEXT));
        let inside_the_letter = lines.line_column(TextSize::from(1), Encoding::Utf32);
        assert_eq!(inside_the_letter, LineColumn { line: 0, column: 0 });
    }
}
