//! Ways through a passage.

use trc_base::TextRange;

use super::{Block, FootnoteDefinition, Inline, ListItem, Prose};
use crate::value::Insertion;

/// What a walk comes past.
#[derive(Debug, Clone, Copy)]
pub enum Node<'a> {
    Block(&'a Block),
    Item(&'a ListItem),
    Inline(&'a Inline),
    Footnote(&'a FootnoteDefinition),
}

/// Something inserted in a passage.
#[derive(Debug, Clone, Copy)]
pub struct Inserted<'a> {
    /// The text in front, when it is to be checked: `[typed]{x}`.
    pub typed: Option<(&'a str, TextRange)>,
    pub insertion: &'a Insertion,
    /// True when it stands alone on its line.
    pub is_block: bool,
    /// The text right before and after it in its sentence.
    pub beside: (&'a str, &'a str),
}

/// The text right before and after the inline at the given place.
pub fn beside(inlines: &[Inline], at: usize) -> (&str, &str) {
    let text = |at: Option<usize>| match at.and_then(|at| inlines.get(at)) {
        Some(Inline::Text { text, .. }) => text.as_str(),
        _ => "",
    };
    (text(at.checked_sub(1)), text(at.checked_add(1)))
}

/// Visits everything in a passage, each before what is in it: the blocks in
/// source order, then the footnotes in source order.
pub fn walk<'a>(prose: &'a Prose, visit: &mut impl FnMut(Node<'a>)) {
    for block in &prose.blocks {
        walk_block(block, visit);
    }
    for footnote in &prose.footnotes {
        visit(Node::Footnote(footnote));
        walk_inlines(&footnote.inlines, visit);
    }
}

fn walk_block<'a>(block: &'a Block, visit: &mut impl FnMut(Node<'a>)) {
    visit(Node::Block(block));
    match block {
        Block::Paragraph { inlines, .. } | Block::Heading { inlines, .. } => {
            walk_inlines(inlines, visit);
        }
        Block::List { items, .. } => {
            for item in items {
                visit(Node::Item(item));
                for block in &item.blocks {
                    walk_block(block, visit);
                }
            }
        }
        Block::Insert(_) => {}
    }
}

fn walk_inlines<'a>(inlines: &'a [Inline], visit: &mut impl FnMut(Node<'a>)) {
    for inline in inlines {
        visit(Node::Inline(inline));
        match inline {
            Inline::Emphasis { inlines, .. }
            | Inline::Strong { inlines, .. }
            | Inline::Link { inlines, .. } => walk_inlines(inlines, visit),
            _ => {}
        }
    }
}

fn inserted_in<'a>(inlines: &'a [Inline], found: &mut Vec<Inserted<'a>>) {
    for (at, inline) in inlines.iter().enumerate() {
        let (insertion, typed) = match inline {
            Inline::Insert(insertion) => (insertion, None),
            Inline::Checked { typed, typed_range, insertion } => {
                (insertion, Some((typed.as_str(), *typed_range)))
            }
            _ => continue,
        };
        found.push(Inserted { typed, insertion, is_block: false, beside: beside(inlines, at) });
    }
}

impl Prose {
    /// True when there is nothing to print.
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// Everything that is inserted, in sentences and on lines of their own.
    pub fn insertions(&self) -> Vec<Inserted<'_>> {
        let mut found = Vec::new();
        let alone = ("", "");
        walk(self, &mut |node| match node {
            Node::Block(Block::Insert(insertion)) => {
                found.push(Inserted { typed: None, insertion, is_block: true, beside: alone });
            }
            Node::Block(Block::Paragraph { inlines, .. } | Block::Heading { inlines, .. })
            | Node::Inline(
                Inline::Emphasis { inlines, .. }
                | Inline::Strong { inlines, .. }
                | Inline::Link { inlines, .. },
            ) => inserted_in(inlines, &mut found),
            Node::Footnote(note) => inserted_in(&note.inlines, &mut found),
            _ => {}
        });
        found
    }

    /// The targets of `@…`, and where they stand with their `@`.
    pub fn references(&self) -> Vec<(&str, TextRange)> {
        self.collect(|inline| match inline {
            Inline::Reference { target, range } => Some((target.as_str(), *range)),
            _ => None,
        })
    }

    /// What is marked as missing, and where the mark stands.
    pub fn missing(&self) -> Vec<(&str, TextRange)> {
        self.collect(|inline| match inline {
            Inline::Missing { text, range } => Some((text.as_str(), *range)),
            _ => None,
        })
    }

    /// The labels of `[^…]` in the text, and where they stand.
    pub fn footnote_references(&self) -> Vec<(&str, TextRange)> {
        self.collect(|inline| match inline {
            Inline::FootnoteReference { label, range } => Some((label.as_str(), *range)),
            _ => None,
        })
    }

    /// The headings, as they are printed.
    pub fn headings(&self) -> impl Iterator<Item = String> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Heading { .. } => {
                let only = Prose { blocks: vec![block.clone()], ..Prose::default() };
                Some(plain_text(&only))
            }
            _ => None,
        })
    }

    fn collect<'a, T>(&'a self, pick: impl Fn(&'a Inline) -> Option<T>) -> Vec<T> {
        let mut found = Vec::new();
        walk(self, &mut |node| {
            if let Node::Inline(inline) = node {
                found.extend(pick(inline));
            }
        });
        found
    }
}

impl Block {
    /// The block's byte range in the passage.
    pub fn range(&self) -> TextRange {
        match self {
            Block::Paragraph { range, .. }
            | Block::Heading { range, .. }
            | Block::List { range, .. } => *range,
            Block::Insert(insertion) => insertion.range,
        }
    }
}

impl Inline {
    /// The inline's byte range in the passage; a line break has none.
    pub fn range(&self) -> Option<TextRange> {
        Some(match self {
            Inline::Text { range, .. }
            | Inline::Emphasis { range, .. }
            | Inline::Strong { range, .. }
            | Inline::Link { range, .. }
            | Inline::FootnoteReference { range, .. }
            | Inline::Reference { range, .. }
            | Inline::Missing { range, .. } => *range,
            Inline::Insert(insertion) => insertion.range,
            Inline::Checked { typed_range, insertion, .. } => {
                let bracket = trc_base::TextSize::of('[');
                let start = typed_range.start().checked_sub(bracket).unwrap_or_default();
                TextRange::new(start, insertion.range.end())
            }
            Inline::LineBreak => return None,
        })
    }
}

/// The words of a passage without marks: blocks on lines of their own, checked
/// text as typed, references as their target. Insertions, which only the model can
/// fill, and footnotes are left out.
pub fn plain_text(prose: &Prose) -> String {
    let mut out = String::new();
    walk(prose, &mut |node| match node {
        Node::Block(Block::Paragraph { .. } | Block::Heading { .. }) if !out.is_empty() => {
            out.push('\n');
        }
        Node::Inline(Inline::Text { text, .. } | Inline::Missing { text, .. }) => {
            out.push_str(text);
        }
        Node::Inline(Inline::Checked { typed, .. }) => out.push_str(typed),
        Node::Inline(Inline::Reference { target, .. }) => out.push_str(target),
        Node::Inline(Inline::LineBreak) => out.push('\n'),
        _ => {}
    });
    out
}
