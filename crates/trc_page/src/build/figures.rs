//! References to figures. A figure's number is known when everything before it has been
//! built, and a reference may stand earlier.

use crate::data::{Block, Inline, Report};

/// Gives every reference to a printed figure its number.
///
/// `anchors` are those of the printed figures, in order; `word` is what a figure is called.
pub(super) fn number_references(report: &mut Report, anchors: &[String], word: &str) {
    if anchors.is_empty() {
        return;
    }
    blocks(&mut report.body, anchors, word);
    for note in &mut report.footnotes {
        inlines(&mut note.content, anchors, word);
    }
    let decisions = report.front_page.as_mut().and_then(|page| page.decisions.as_mut());
    for item in decisions.into_iter().flat_map(|decisions| &mut decisions.items) {
        inlines(item, anchors, word);
    }
}

fn blocks(list: &mut [Block], anchors: &[String], word: &str) {
    for block in list {
        match block {
            Block::Paragraph { content } => inlines(content, anchors, word),
            Block::List(list) => list.items.iter_mut().for_each(|item| blocks(item, anchors, word)),
            Block::LabelledText(text) => blocks(&mut text.content, anchors, word),
            Block::Notice(notice) => blocks(&mut notice.content, anchors, word),
            Block::Turned { content } => blocks(content, anchors, word),
            Block::Table(table) => {
                for row in &mut table.rows {
                    if let Some(note) = &mut row.note {
                        blocks(&mut note.content, anchors, word);
                    }
                }
            }
            Block::Heading(_) | Block::GoalHeading(_) | Block::Figure(_) | Block::Break => {}
        }
    }
}

fn inlines(list: &mut [Inline], anchors: &[String], word: &str) {
    for inline in list {
        match inline {
            Inline::Reference { anchor, content } => {
                let position = anchors.iter().position(|printed| printed == anchor);
                if let (Some(index), [Inline::Text(text)]) = (position, content.as_mut_slice()) {
                    text.text = format!("{word} {}", index.saturating_add(1));
                }
            }
            Inline::Strong { content }
            | Inline::Emphasis { content }
            | Inline::Link { content, .. }
            | Inline::Missing { content } => inlines(content, anchors, word),
            Inline::Text(_)
            | Inline::FootnoteRef { .. }
            | Inline::Status(_)
            | Inline::LineBreak => {}
        }
    }
}
