//! From the events of the Markdown library to blocks, cut out of the source.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use trc_base::TextRange;

use super::layout::{Laid, Layout};
use super::special::{Special, SpecialKind, Specials};
use super::{Block, FootnoteDefinition, Inline, ListItem, MAX_INLINE_DEPTH, Prose};
use crate::value::range;

/// Reads what was laid out. Hints are the caller's.
pub(super) fn build(text: &str, specials: Specials, laid: &Laid) -> Prose {
    let mut sources = Sources::new(text, specials);
    let blocks = Builder::new(&mut sources, &laid.layout, &laid.alone).run();
    let footnotes = laid
        .notes
        .iter()
        .map(|note| FootnoteDefinition {
            label: note.label.clone(),
            inlines: Builder::new(&mut sources, &note.layout, &[])
                .run()
                .into_iter()
                .flat_map(|block| match block {
                    Block::Paragraph { inlines, .. } => inlines,
                    _ => Vec::new(),
                })
                .collect(),
            range: range(note.start, note.end),
        })
        .collect();
    Prose { blocks, footnotes, hints: Vec::new() }
}

/// The source and our shapes in it. Each shape is handed out once.
struct Sources<'a> {
    text: &'a str,
    specials: Vec<Option<Special>>,
    starts: Vec<(usize, usize)>,
    links: Vec<(usize, String)>,
}

impl<'a> Sources<'a> {
    fn new(text: &'a str, found: Specials) -> Self {
        Sources {
            text,
            starts: found.specials.iter().map(|special| (special.start, special.end)).collect(),
            specials: found.specials.into_iter().map(Some).collect(),
            links: found.links.into_iter().map(|link| (link.start, link.address)).collect(),
        }
    }

    fn address(&self, start: usize) -> Option<&str> {
        let index = self.links.binary_search_by_key(&start, |(start, _)| *start).ok()?;
        self.links.get(index).map(|(_, address)| address.as_str())
    }
}

struct Builder<'a, 'text> {
    sources: &'a mut Sources<'text>,
    layout: &'a Layout,
    alone: &'a [usize],
    /// The blocks of the passage, then of each open item.
    blocks: Vec<Vec<Block>>,
    lists: Vec<OpenList>,
    /// The open paragraph or heading, then each open emphasis or link in it.
    spans: Vec<Span>,
}

struct OpenList {
    ordered: bool,
    items: Vec<ListItem>,
}

struct Span {
    kind: SpanKind,
    range: TextRange,
    inlines: Vec<Inline>,
}

enum SpanKind {
    Block,
    Emphasis,
    Strong,
    Link(String),
    /// Too deep, or not ours: its words go to what is around it.
    Transparent,
}

impl<'a, 'text> Builder<'a, 'text> {
    fn new(sources: &'a mut Sources<'text>, layout: &'a Layout, alone: &'a [usize]) -> Self {
        Builder {
            sources,
            layout,
            alone,
            blocks: vec![Vec::new()],
            lists: Vec::new(),
            spans: Vec::new(),
        }
    }

    fn run(mut self) -> Vec<Block> {
        let layout = self.layout;
        for (event, at) in Parser::new_ext(&layout.text, Options::empty()).into_offset_iter() {
            self.event(event, at.start, at.end);
        }
        self.close_paragraph();
        self.blocks.into_iter().next().unwrap_or_default()
    }

    fn event(&mut self, event: Event<'_>, start: usize, end: usize) {
        match event {
            Event::Start(tag) => self.start(tag, start, end),
            Event::End(tag) => self.end(tag, start, end),
            Event::SoftBreak => self.soft_break(start),
            Event::HardBreak => self.push(Inline::LineBreak),
            _ => self.text(start, end),
        }
    }

    fn start(&mut self, tag: Tag<'_>, start: usize, end: usize) {
        match tag {
            Tag::Paragraph | Tag::Heading { .. } | Tag::CodeBlock(_) | Tag::HtmlBlock => {
                self.close_paragraph();
                self.open_block(start, end);
            }
            Tag::List(number) => {
                self.close_paragraph();
                self.lists.push(OpenList { ordered: number.is_some(), items: Vec::new() });
            }
            Tag::Item => self.blocks.push(Vec::new()),
            Tag::Emphasis => self.open_span(SpanKind::Emphasis, start, end),
            Tag::Strong => self.open_span(SpanKind::Strong, start, end),
            Tag::Link { .. } => {
                let address = self.sources.address(self.layout.source(start)).map(str::to_owned);
                self.open_span(address.map_or(SpanKind::Transparent, SpanKind::Link), start, end);
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, start: usize, end: usize) {
        match tag {
            TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::HtmlBlock => self.close_paragraph(),
            TagEnd::Heading(level) => self.close_heading(level as u8),
            TagEnd::Item => {
                self.close_paragraph();
                let blocks = self.blocks.pop().unwrap_or_default();
                let range = self.source_range(start, end);
                if let Some(list) = self.lists.last_mut() {
                    list.items.push(ListItem { blocks, range });
                }
            }
            TagEnd::List(_) => {
                let Some(list) = self.lists.pop() else { return };
                let range = self.source_range(start, end);
                let block = Block::List { ordered: list.ordered, items: list.items, range };
                self.push_block(block);
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link => self.close_span(),
            _ => {}
        }
    }

    fn source_range(&self, start: usize, end: usize) -> TextRange {
        let (start, end) = self.layout.source_range(start, end);
        range(start, end)
    }

    fn push_block(&mut self, block: Block) {
        if let Some(blocks) = self.blocks.last_mut() {
            blocks.push(block);
        }
    }

    fn open_block(&mut self, start: usize, end: usize) {
        let range = self.source_range(start, end);
        self.spans.push(Span { kind: SpanKind::Block, range, inlines: Vec::new() });
    }

    /// The inlines of the open block, with everything in it closed.
    fn take_block(&mut self) -> Option<Span> {
        while self.spans.len() > 1 {
            self.close_span();
        }
        self.spans.pop()
    }

    fn close_heading(&mut self, level: u8) {
        let Some(Span { range, inlines, .. }) = self.take_block() else { return };
        self.push_block(Block::Heading { level, inlines, range });
    }

    fn close_paragraph(&mut self) {
        let Some(Span { range, mut inlines, .. }) = self.take_block() else { return };
        if let [Inline::Insert(insertion)] = inlines.as_slice()
            && self.alone.binary_search(&insertion.range.start().into()).is_ok()
        {
            if let Some(Inline::Insert(insertion)) = inlines.pop() {
                self.push_block(Block::Insert(insertion));
            }
        } else if !inlines.is_empty() {
            self.push_block(Block::Paragraph { inlines, range });
        }
    }

    fn open_span(&mut self, kind: SpanKind, start: usize, end: usize) {
        self.ensure_block(start, end);
        let kind = if self.spans.len() > MAX_INLINE_DEPTH { SpanKind::Transparent } else { kind };
        let range = self.source_range(start, end);
        self.spans.push(Span { kind, range, inlines: Vec::new() });
    }

    fn close_span(&mut self) {
        if self.spans.len() < 2 {
            return;
        }
        let Some(Span { kind, range, inlines }) = self.spans.pop() else { return };
        let inline = match kind {
            SpanKind::Emphasis => Inline::Emphasis { inlines, range },
            SpanKind::Strong => Inline::Strong { inlines, range },
            SpanKind::Link(target) => Inline::Link { target, inlines, range },
            SpanKind::Block | SpanKind::Transparent => {
                for inline in inlines {
                    self.push(inline);
                }
                return;
            }
        };
        self.push(inline);
    }

    /// Items of a tight list have text without a paragraph around it.
    fn ensure_block(&mut self, start: usize, end: usize) {
        if self.spans.is_empty() {
            self.open_block(start, end);
        } else if let [only] = self.spans.as_mut_slice() {
            // The paragraph grows with what is put into it.
            let (_, source_end) = self.layout.source_range(start, end);
            let end = range(source_end, source_end);
            only.range = only.range.cover(end);
        }
    }

    /// Adds an inline. Text that goes on where the text before it ended joins it.
    fn push(&mut self, inline: Inline) {
        let Some(span) = self.spans.last_mut() else { return };
        if let Inline::Text { text, range } = &inline
            && let Some(Inline::Text { text: before, range: range_before }) =
                span.inlines.last_mut()
            && range_before.end() == range.start()
            && is_exact(before, *range_before)
            && is_exact(text, *range)
        {
            before.push_str(text);
            *range_before = range_before.cover(*range);
            return;
        }
        span.inlines.push(inline);
    }

    /// A line break in a paragraph is a blank; its range reaches to the next text.
    fn soft_break(&mut self, at: usize) {
        let start = at.checked_sub(1).map_or(0, |before| self.layout.source(before) + 1);
        let rest = self.sources.text.get(start..).unwrap_or_default();
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
        self.push(Inline::Text { text: " ".to_owned(), range: range(start, start + blanks) });
    }

    /// Text of one line or, where Markdown saw a block that is none here, of several.
    fn text(&mut self, start: usize, end: usize) {
        self.ensure_block(start, end);
        let layout = self.layout;
        let mut at = start;
        for line in layout.text.get(start..end).unwrap_or_default().split_inclusive('\n') {
            let content = line.trim_end_matches('\n');
            if !content.is_empty() {
                let source = layout.source(at);
                self.source_text(source, source + content.len());
            }
            at += line.len();
            if line.len() > content.len() && at < end {
                self.soft_break(at - 1);
            }
        }
    }

    /// Text of the source, with our shapes taken out of it.
    fn source_text(&mut self, start: usize, end: usize) {
        let mut at = start;
        let mut index = self.sources.starts.partition_point(|(_, special_end)| *special_end <= at);
        while at < end {
            let next = self.sources.starts.get(index).copied().filter(|(start, _)| *start < end);
            let Some((special_start, special_end)) = next else {
                self.plain(at, end);
                return;
            };
            if special_start > at {
                self.plain(at, special_start);
            }
            if let Some(special) = self.sources.specials.get_mut(index).and_then(Option::take) {
                self.push(inline(special));
            }
            at = special_end;
            index += 1;
        }
    }

    fn plain(&mut self, start: usize, end: usize) {
        let Some(text) = self.sources.text.get(start..end) else { return };
        self.push(Inline::Text { text: text.to_owned(), range: range(start, end) });
    }
}

/// True when each byte of the text is the byte of the source at its place.
fn is_exact(text: &str, range: TextRange) -> bool {
    text.len() == usize::from(range.len())
}

fn inline(special: Special) -> Inline {
    let range = range(special.start, special.end);
    match special.kind {
        SpecialKind::Insert(insertion) => Inline::Insert(insertion),
        SpecialKind::Checked(checked) => Inline::Checked {
            typed: checked.typed,
            typed_range: checked.typed_range,
            insertion: checked.insertion,
        },
        SpecialKind::Reference(target) => Inline::Reference { target, range },
        SpecialKind::Missing(text) => Inline::Missing { text, range },
        SpecialKind::Footnote(label) => Inline::FootnoteReference { label, range },
    }
}
