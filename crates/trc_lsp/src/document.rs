//! The text of a document that the client has open.

use tower_lsp::ls_types::TextDocumentContentChangeEvent;
use trc_base::{Encoding, Lines};

use crate::convert;

/// The text after the client's changes, each of which refers to the text that the one
/// before it left.
pub fn apply(
    mut text: String,
    changes: Vec<TextDocumentContentChangeEvent>,
    encoding: Encoding,
) -> String {
    for change in changes {
        match change.range {
            None => text = change.text,
            Some(range) => {
                let range = convert::text_range(&text, &Lines::new(&text), range, encoding);
                text.replace_range(std::ops::Range::<usize>::from(range), &change.text);
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use tower_lsp::ls_types::{Position, Range};

    use super::*;

    fn change(from: (u32, u32), to: (u32, u32), text: &str) -> TextDocumentContentChangeEvent {
        let at = |(line, character)| Position { line, character };
        let range = Some(Range { start: at(from), end: at(to) });
        TextDocumentContentChangeEvent { range, range_length: None, text: text.to_owned() }
    }

    fn full(text: &str) -> TextDocumentContentChangeEvent {
        TextDocumentContentChangeEvent { range: None, range_length: None, text: text.to_owned() }
    }

    #[test]
    fn changes_build_on_one_another() {
        let apply = |text: &str, changes| apply(text.to_owned(), changes, Encoding::Utf16);
        let text = "a\u{30a}😀å\r\n\tmål\r\n";
        assert_eq!(apply(text, vec![change((0, 2), (0, 4), "x")]), "a\u{30a}xå\r\n\tmål\r\n");
        assert_eq!(
            apply(text, vec![change((0, 5), (1, 0), ""), change((0, 5), (0, 6), " ")]),
            "a\u{30a}😀å mål\r\n"
        );
        assert_eq!(apply(text, vec![full("å"), change((0, 1), (0, 1), "!")]), "å!");
        assert_eq!(apply(text, vec![change((9, 9), (99, 0), "slut")]), format!("{text}slut"));
        assert_eq!(apply("å\r\n", vec![change((0, 9), (0, 9), "!")]), "å!\r\n");
        assert_eq!(apply("", vec![change((3, 3), (0, 0), "ny")]), "ny");
    }
}
