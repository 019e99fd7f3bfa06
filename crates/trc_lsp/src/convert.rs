//! Between what the compiler counts and what the client counts: the only place where
//! a byte offset becomes a position or a position a byte offset.

use camino::{Utf8Path, Utf8PathBuf};
use tower_lsp::ls_types::{
    DiagnosticRelatedInformation, DiagnosticSeverity, Location, NumberOrString, Position, Range,
    TextEdit, Uri,
};
use trc_base::{
    Diagnostic, Encoding, LineColumn, Lines, Severity, TextRange, TextSize, diagnostic,
};
use trc_ide::formatting::Edit;
use trc_workspace::paths::{self, Style};

use crate::client::ClientFacts;

/// The name under which an editor shows where a diagnostic comes from.
const SOURCE: &str = "trc";

/// The address of a file.
pub fn uri(path: &Utf8Path) -> Option<Uri> {
    paths::to_uri(path.as_str(), Style::HERE).parse().ok()
}

/// The path of a file that is, or could be, on disk.
pub fn path(uri: &Uri) -> Option<Utf8PathBuf> {
    paths::from_uri(uri.as_str(), Style::HERE).map(Utf8PathBuf::from)
}

/// Byte offsets as a range of positions.
pub fn range(lines: &Lines, range: diagnostic::Range, encoding: Encoding) -> Range {
    let position = |offset| {
        let at = lines.line_column(TextSize::new(offset), encoding);
        Position { line: at.line, character: at.column }
    };
    Range { start: position(range.start), end: position(range.end) }
}

/// A range of positions as byte offsets of a text. A position outside the text is the
/// nearest one inside, one within a character is that character's beginning, and a
/// range whose end comes first is empty at its start: a client that is wrong about
/// its own text must not stop the server.
pub fn text_range(text: &str, lines: &Lines, range: Range, encoding: Encoding) -> TextRange {
    let start = offset(text, lines, range.start, encoding);
    let end = offset(text, lines, range.end, encoding);
    TextRange::new(start, end.max(start))
}

fn offset(text: &str, lines: &Lines, position: Position, encoding: Encoding) -> TextSize {
    let at = LineColumn { line: position.line, column: position.character };
    let mut offset = usize::from(lines.offset(at, encoding)).min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    // Between the two halves of a line break is no position.
    let bytes = text.as_bytes();
    if offset > 0 && bytes.get(offset - 1..=offset) == Some(b"\r\n") {
        offset -= 1;
    }
    TextSize::try_from(offset).unwrap_or_default()
}

/// An edit of a text.
pub fn text_edit(lines: &Lines, edit: Edit, encoding: Encoding) -> TextEdit {
    TextEdit { range: range(lines, edit.range.into(), encoding), new_text: edit.text }
}

/// A diagnostic. `file` gives the address and the lines of a file by its name.
pub fn diagnostic<'a>(
    diagnostic: &Diagnostic,
    client: &ClientFacts,
    file: &dyn Fn(&str) -> Option<(Uri, &'a Lines)>,
) -> tower_lsp::ls_types::Diagnostic {
    let place = |location: &diagnostic::Location| {
        let (uri, lines) = file(&location.file)?;
        Some(Location { uri, range: range(lines, location.range, client.encoding) })
    };
    let related = diagnostic.related.iter().filter_map(|related| {
        let message = related.message.get(client.language).to_owned();
        Some(DiagnosticRelatedInformation { location: place(&related.location)?, message })
    });
    let related: Vec<_> = if client.related_information { related.collect() } else { Vec::new() };
    tower_lsp::ls_types::Diagnostic {
        range: place(&diagnostic.location).map(|place| place.range).unwrap_or_default(),
        severity: Some(match diagnostic.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
            Severity::Info => DiagnosticSeverity::INFORMATION,
        }),
        code: Some(NumberOrString::String(diagnostic.rule.to_owned())),
        source: Some(SOURCE.to_owned()),
        message: message(diagnostic, client),
        related_information: if related.is_empty() { None } else { Some(related) },
        ..Default::default()
    }
}

/// What was found, and in a paragraph of its own what to do.
fn message(diagnostic: &Diagnostic, client: &ClientFacts) -> String {
    let message = diagnostic.message.get(client.language);
    match diagnostic.help.get(client.language) {
        "" => message.to_owned(),
        help => format!("{message}\n\n{help}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// å, a decomposed å, an emoji, a tab and both kinds of line break.
    const TEXT: &str = "å a\u{30a}\t😀x\r\nmål\n";

    const ENCODINGS: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

    fn at(line: u32, character: u32) -> Position {
        Position { line, character }
    }

    fn bytes(start: Position, end: Position, encoding: Encoding) -> (u32, u32) {
        let range = text_range(TEXT, &Lines::new(TEXT), Range { start, end }, encoding);
        (range.start().into(), range.end().into())
    }

    #[test]
    fn every_character_there_and_back() {
        let lines = Lines::new(TEXT);
        for encoding in ENCODINGS {
            for (start, c) in TEXT.char_indices().filter(|(_, c)| !matches!(c, '\r' | '\n')) {
                let end = start + c.len_utf8();
                let span = diagnostic::Range { start: start as u32, end: end as u32 };
                let there = range(&lines, span, encoding);
                let back = text_range(TEXT, &lines, there, encoding);
                assert_eq!(diagnostic::Range::from(back), span, "{c:?} in {encoding:?}");
            }
        }
    }

    #[test]
    fn columns_count_what_the_client_counts() {
        let x = TEXT.find('x').unwrap() as u32;
        assert_eq!(bytes(at(0, 11), at(0, 12), Encoding::Utf8), (x, x + 1));
        assert_eq!(bytes(at(0, 7), at(0, 8), Encoding::Utf16), (x, x + 1));
        assert_eq!(bytes(at(0, 6), at(0, 7), Encoding::Utf32), (x, x + 1));
    }

    #[test]
    fn positions_outside_are_the_nearest_inside() {
        let end = TEXT.len() as u32;
        let line_end = TEXT.find('\r').unwrap() as u32;
        for encoding in ENCODINGS {
            assert_eq!(bytes(at(0, 99), at(0, u32::MAX), encoding), (line_end, line_end));
            assert_eq!(bytes(at(99, 0), at(u32::MAX, u32::MAX), encoding), (end, end));
            let backwards = bytes(at(1, 2), at(0, 1), encoding);
            assert_eq!(backwards.0, backwards.1, "{encoding:?}");
        }
        // Within å's two bytes; within the emoji's two units.
        assert_eq!(bytes(at(0, 1), at(0, 1), Encoding::Utf8), (0, 0));
        let emoji = TEXT.find('😀').unwrap() as u32;
        assert_eq!(bytes(at(0, 6), at(0, 6), Encoding::Utf16), (emoji, emoji));
    }
}
