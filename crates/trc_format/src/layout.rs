//! Prints a file.

use rowan::ast::AstNode as _;
use trc_base::{TextRange, TextSize};
use trc_syntax::ast;
use trc_syntax::{Parse, SyntaxKind, SyntaxNode, SyntaxToken};

use crate::entries::{Entries, Entry, What, entries};
use crate::table::Table;
use crate::width::{blanks, width};
use crate::{Formatted, passage};

/// Blanks a level.
pub(crate) const STEP: usize = 2;

/// A keyword and names wider than this do not move the titles around them.
const WIDEST_HEAD: usize = 50;

/// Blanks before a comment that follows something on its line.
const COMMENT_GAP: usize = 3;

pub(crate) fn print(text: &str, parse: &Parse) -> Formatted {
    let root = parse.syntax();
    let untouched = untouched(text, parse, &root);
    let mut printer = Printer { source: text, out: String::with_capacity(text.len()) };
    let entries = entries(&root, &untouched);
    printer.entries(&entries, 0, true);
    Formatted { text: printer.out, untouched }
}

/// The lines of items with a mistake, in order. Items that share a line share the fate.
fn untouched(text: &str, parse: &Parse, root: &SyntaxNode) -> Vec<TextRange> {
    let mut ranges: Vec<(TextRange, bool)> = Vec::new();
    let may_end_early = passage::may_end_early(text);
    let mut errors = parse.errors().iter().map(|error| error.range).peekable();
    for item in root.children() {
        let range = item.text_range();
        while errors.next_if(|error| error.end() < range.start()).is_some() {}
        let broken = errors.peek().is_some_and(|error| error.start() <= range.end())
            || item.kind() == SyntaxKind::Error
            || (may_end_early && !passages_can_be_laid_out(&item));
        match ranges.last_mut() {
            Some((last, is_broken)) if range.start() < last.end() => {
                if range.end() > last.end() {
                    *last = last.cover(whole_lines(text, range));
                }
                *is_broken |= broken;
            }
            _ => ranges.push((whole_lines(text, range), broken)),
        }
    }
    ranges.into_iter().filter(|(_, broken)| *broken).map(|(lines, _)| lines).collect()
}

fn passages_can_be_laid_out(item: &SyntaxNode) -> bool {
    item.descendants_with_tokens()
        .filter_map(|element| element.into_token())
        .filter(|token| token.kind() == SyntaxKind::LongText)
        .all(|token| passage::can_be_laid_out(token.text()))
}

/// From the beginning of a range's first line to the end of its last.
fn whole_lines(text: &str, range: TextRange) -> TextRange {
    let before = text.get(..range.start().into()).unwrap_or_default();
    let after = text.get(range.end().into()..).unwrap_or_default();
    let mut start = before.rfind('\n').map_or(0, |at| at + 1);
    if start == 0 && text.starts_with('\u{feff}') {
        start = '\u{feff}'.len_utf8();
    }
    let rest = after.find('\n').unwrap_or(after.len());
    let rest = after.get(..rest).unwrap_or_default().trim_end_matches(trc_syntax::is_blank);
    let size = |length| TextSize::try_from(length).unwrap_or(range.end());
    TextRange::new(size(start).min(range.start()), range.end() + size(rest.len()))
}

struct Printer<'t> {
    source: &'t str,
    out: String,
}

impl Printer<'_> {
    /// Prints the lines of a file or block, each with its line break.
    fn entries(&mut self, entries: &Entries, indent: usize, top: bool) {
        let list = &entries.list;
        let gaps = gaps(list, top);
        let rows = list.iter().filter_map(|entry| match &entry.what {
            What::Item(item) if item.kind() == SyntaxKind::TableRow => Some(item),
            _ => None,
        });
        let mut table = Table::read(rows);
        let titles = title_columns(list, &gaps);
        for ((entry, gap), title) in list.iter().zip(gaps).zip(titles) {
            if gap {
                self.out.push('\n');
            }
            match &entry.what {
                What::Item(item) => {
                    blanks(&mut self.out, indent);
                    if item.kind() == SyntaxKind::TableRow {
                        table.print_next(&mut self.out);
                    } else {
                        self.item(item, indent, title);
                    }
                }
                What::Comment(comment) => {
                    blanks(&mut self.out, indent);
                    self.trimmed(comment);
                }
                What::Untouched(lines) => {
                    let lines = usize::from(lines.start())..usize::from(lines.end());
                    self.out.push_str(self.source.get(lines).unwrap_or_default());
                }
            }
            self.comment_after(entry.comment.as_ref());
            self.out.push('\n');
        }
    }

    fn comment_after(&mut self, comment: Option<&SyntaxToken>) {
        if let Some(comment) = comment {
            blanks(&mut self.out, COMMENT_GAP);
            self.trimmed(comment);
        }
    }

    fn trimmed(&mut self, token: &SyntaxToken) {
        self.out.push_str(token.text().trim_end_matches(trc_syntax::is_blank));
    }

    /// Prints an item that is no row, without indentation and line break. The title
    /// stands at least `title` columns from the beginning.
    fn item(&mut self, item: &SyntaxNode, indent: usize, title: usize) {
        let start = self.out.len();
        for child in item.children_with_tokens() {
            match child {
                rowan::NodeOrToken::Node(node) => match node.kind() {
                    SyntaxKind::Body => {
                        self.blank_after(start);
                        self.body(&node, indent);
                    }
                    _ => {
                        self.blank_after(start);
                        self.words(&node);
                    }
                },
                rowan::NodeOrToken::Token(token) => match token.kind() {
                    SyntaxKind::Colon => {
                        // A passage needs no colon.
                        if !has_passage(item) {
                            self.out.push(':');
                        }
                    }
                    SyntaxKind::LineText => self.text(&token),
                    SyntaxKind::LongText => {
                        self.blank_after(start);
                        passage::print(&mut self.out, token.text(), indent);
                    }
                    SyntaxKind::Title => {
                        let printed = width(self.out.get(start..).unwrap_or_default());
                        blanks(&mut self.out, title.saturating_sub(printed).max(1));
                        self.out.push_str(token.text());
                    }
                    kind if kind.is_trivia() => {}
                    _ => {
                        self.blank_after(start);
                        self.out.push_str(token.text());
                    }
                },
            }
        }
    }

    /// A blank between the parts of an item, but not before the first.
    fn blank_after(&mut self, start: usize) {
        if self.out.len() > start {
            self.out.push(' ');
        }
    }

    /// The text after a colon, an equals sign or a label. After a blank, `//` would
    /// begin a comment.
    fn text(&mut self, token: &SyntaxToken) {
        if !token.text().starts_with("//") {
            self.out.push(' ');
        }
        self.out.push_str(token.text());
    }

    /// Names, options, a field's name, a formula.
    fn words(&mut self, node: &SyntaxNode) {
        let start = self.out.len();
        for token in node.children_with_tokens().filter_map(|element| element.into_token()) {
            match token.kind() {
                kind if kind.is_trivia() => {}
                SyntaxKind::Comma => self.out.push(','),
                SyntaxKind::FormulaText => self.text(&token),
                _ => {
                    self.blank_after(start);
                    self.out.push_str(token.text());
                }
            }
        }
    }

    fn body(&mut self, body: &SyntaxNode, indent: usize) {
        let entries = entries(body, &[]);
        if stands_on_one_line(body) {
            self.out.push('{');
            for entry in &entries.list {
                if let What::Item(item) = &entry.what {
                    self.out.push(' ');
                    self.item(item, indent, 0);
                    self.out.push(' ');
                }
            }
            self.out.push('}');
            return;
        }
        self.out.push('{');
        self.comment_after(entries.opening_comment.as_ref());
        self.out.push('\n');
        self.entries(&entries, indent + STEP, false);
        blanks(&mut self.out, indent);
        self.out.push('}');
    }
}

fn has_passage(item: &SyntaxNode) -> bool {
    item.children_with_tokens().any(|child| child.kind() == SyntaxKind::LongText)
}

/// A block stays on one line if it stood there with one item; an empty block always
/// does, unless it holds a comment.
fn stands_on_one_line(body: &SyntaxNode) -> bool {
    let mut items = body.children();
    let first = items.next();
    let Some(first) = first else {
        return body.children_with_tokens().all(|child| child.kind() != SyntaxKind::Comment);
    };
    items.next().is_none() && !body.text().contains_char('\n') && !spans_lines(&first)
}

/// True for an item that takes several lines when it is printed.
fn spans_lines(item: &SyntaxNode) -> bool {
    item.children_with_tokens().any(|child| match child {
        rowan::NodeOrToken::Node(node) => {
            node.kind() == SyntaxKind::Body && !stands_on_one_line(&node)
        }
        rowan::NodeOrToken::Token(token) => token.kind() == SyntaxKind::LongText,
    })
}

/// What matters for the blank lines around an entry.
struct Manner {
    kind: SyntaxKind,
    keyword: String,
    spans_lines: bool,
    passage: bool,
}

impl Manner {
    fn of(item: &SyntaxNode) -> Manner {
        let declaration = ast::Declaration::cast(item.clone());
        let keyword = declaration.and_then(|declaration| declaration.keyword());
        Manner {
            kind: item.kind(),
            keyword: keyword.map(|word| word.text).unwrap_or_default(),
            spans_lines: spans_lines(item),
            passage: has_passage(item),
        }
    }

    /// True where a blank line stands between two items whatever the writer did.
    fn needs_gap(&self, next: &Manner, top: bool) -> bool {
        let table =
            |manner: &Manner| matches!(manner.kind, SyntaxKind::TableRow | SyntaxKind::Footnote);
        if self.kind == SyntaxKind::Header {
            return next.kind != SyntaxKind::Field || next.spans_lines;
        }
        let same = self.kind == next.kind && self.keyword == next.keyword;
        let several = self.spans_lines || next.spans_lines;
        self.passage
            || next.passage
            || (table(next) && !table(self))
            || (top && (several || !same))
            || (several && !same)
    }
}

/// Which entries have a blank line before them. A comment stays with what follows it.
fn gaps(list: &[Entry], top: bool) -> Vec<bool> {
    let mut gaps: Vec<bool> = list.iter().map(|entry| entry.gap).collect();
    if let Some(first) = gaps.first_mut() {
        *first = false;
    }
    let mut last: Option<(usize, Option<Manner>)> = None;
    for (index, entry) in list.iter().enumerate() {
        let manner = match &entry.what {
            What::Comment(_) => continue,
            What::Item(item) => Some(Manner::of(item)),
            What::Untouched(_) => None,
        };
        if let Some((before, Some(previous))) = &last
            && let Some(next) = &manner
            && previous.needs_gap(next, top)
            && let Some(between) = gaps.get_mut(before + 1..=index)
            && !between.contains(&true)
            && let Some(first) = between.first_mut()
        {
            *first = true;
        }
        last = Some((index, manner));
    }
    gaps
}

/// For each entry the column where its title begins, or 0: `kolumn` and `rad` that
/// follow one another line by line have their titles in one column.
fn title_columns(list: &[Entry], gaps: &[bool]) -> Vec<usize> {
    let mut columns = vec![0; list.len()];
    let mut run: Vec<usize> = Vec::new();
    let mut run_keyword = String::new();
    let mut widest = 0;
    for (index, (entry, gap)) in list.iter().zip(gaps).enumerate() {
        let head = match &entry.what {
            What::Item(item) => aligned_head(item),
            _ => None,
        };
        let keyword = head.as_ref().map(|(keyword, _)| keyword.as_str()).unwrap_or_default();
        if *gap || keyword != run_keyword {
            set(&mut columns, &run, widest);
            run.clear();
            widest = 0;
            keyword.clone_into(&mut run_keyword);
        }
        if let Some((_, width)) = head {
            run.push(index);
            if width <= WIDEST_HEAD {
                widest = widest.max(width + 1);
            }
        }
    }
    set(&mut columns, &run, widest);
    columns
}

fn set(columns: &mut [usize], run: &[usize], column: usize) {
    for index in run {
        if let Some(place) = columns.get_mut(*index) {
            *place = column;
        }
    }
}

/// The keyword of a `kolumn` or `rad` with a title, and the width of what precedes
/// the title.
fn aligned_head(item: &SyntaxNode) -> Option<(String, usize)> {
    let declaration = ast::Declaration::cast(item.clone())?;
    let keyword = declaration.keyword()?.text;
    if !matches!(keyword.as_str(), "kolumn" | "rad") {
        return None;
    }
    declaration.title()?;
    let names = item.children().find(|child| child.kind() == SyntaxKind::Names)?;
    let mut printer = Printer { source: "", out: String::new() };
    printer.words(&names);
    let head = width(&keyword) + 1 + width(&printer.out);
    Some((keyword, head))
}
