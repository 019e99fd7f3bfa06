//! A paragraph as one text, and the way back to the passage.

use trc_base::{TextRange, TextSize};
use trc_syntax::prose::{Block, Inline, Node, Prose, walk};

use super::size;

/// Stands for something inserted, whose value is not known here.
pub(crate) const OPAQUE: char = '\u{fffc}';

/// The text of a paragraph.
#[derive(Debug, Default)]
pub(crate) struct Paragraph {
    pub text: String,
    /// Where each piece of the text begins, here and in the passage.
    pieces: Vec<(TextSize, TextRange)>,
}

impl Paragraph {
    fn of(inlines: &[Inline]) -> Paragraph {
        let mut out = Paragraph::default();
        out.add(inlines);
        out
    }

    fn add(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text { text, range } => self.push(text, *range),
                Inline::Emphasis { inlines, .. }
                | Inline::Strong { inlines, .. }
                | Inline::Link { inlines, .. } => self.add(inlines),
                Inline::Checked { typed, typed_range, .. } => self.push(typed, *typed_range),
                Inline::Insert(insertion) => self.push(&OPAQUE.to_string(), insertion.range),
                Inline::Reference { target, range } => self.push(target, *range),
                Inline::Missing { range, .. } => self.push(&OPAQUE.to_string(), *range),
                Inline::LineBreak => self.text.push(' '),
                Inline::FootnoteReference { .. } => {}
            }
        }
    }

    fn push(&mut self, text: &str, range: TextRange) {
        self.pieces.push((size(self.text.len()), range));
        self.text.push_str(text);
    }

    /// Where a part of the text stands in the passage. Inside a piece offsets agree as far
    /// as its source goes.
    pub(crate) fn in_passage(&self, range: TextRange) -> TextRange {
        let place = |offset: TextSize, is_end: bool| {
            let piece = self
                .pieces
                .iter()
                .rev()
                .find(|(begins, _)| if is_end { *begins < offset } else { *begins <= offset });
            piece.map_or(TextSize::new(0), |(begins, source)| {
                let within = offset.checked_sub(*begins).unwrap_or_default();
                source.start().checked_add(within).map_or(source.end(), |at| at.min(source.end()))
            })
        };
        let (start, end) = (place(range.start(), false), place(range.end(), true));
        TextRange::new(start, end.max(start))
    }
}

/// The paragraphs of a passage, those of its lists too. Headings say nothing.
pub(crate) fn paragraphs(prose: &Prose) -> Vec<Paragraph> {
    let mut found = Vec::new();
    walk(prose, &mut |node| {
        if let Node::Block(Block::Paragraph { inlines, .. }) = node {
            found.push(Paragraph::of(inlines));
        }
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_the_text_is_a_place_in_the_passage() {
        let source = "Utfallet *blev* [5 barn]{x} mot {y}, en ökning med 3.";
        let prose = trc_syntax::prose::parse(source, 0);
        let [paragraph] = &paragraphs(&prose)[..] else { panic!() };
        assert_eq!(paragraph.text, "Utfallet blev 5 barn mot \u{fffc}, en ökning med 3.");
        let of = |words: &str| {
            let start = paragraph.text.find(words).unwrap();
            let range = TextRange::new(size(start), size(start + words.len()));
            let range = paragraph.in_passage(range);
            &source[usize::from(range.start())..usize::from(range.end())]
        };
        assert_eq!(of("5 barn"), "5 barn");
        assert_eq!(of("blev"), "blev");
        assert_eq!(of("en ökning med 3"), "en ökning med 3");
    }
}
