//! From a passage to a text that Markdown reads as our subset: dedented, with
//! everything that is ours or only text replaced by inert characters of the same
//! byte length.
//!
//! The text handed over is for finding structure only. What is printed is always
//! cut out of the source, through the map from one to the other.

use super::hint::{HintKind, Hints};
use super::special::{SpecialKind, Specials};

/// How deep lists nest.
pub(super) const MAX_LIST_DEPTH: usize = 8;

/// The highest number that can stand before an item of an open list. A greater one
/// is a year or a count at the beginning of a line.
const MAX_ITEM_NUMBER: u32 = 999;

/// A text for the Markdown library and its tie to the source.
#[derive(Debug, Default)]
pub(super) struct Layout {
    pub(super) text: String,
    /// Where a run of bytes begins here and in the source.
    runs: Vec<(usize, usize)>,
}

impl Layout {
    /// The place in the source of a byte that stands here.
    pub(super) fn source(&self, at: usize) -> usize {
        let index = self.runs.partition_point(|(here, _)| *here <= at);
        match index.checked_sub(1).and_then(|index| self.runs.get(index)) {
            Some((here, source)) => source + (at - here),
            None => self.runs.first().map_or(0, |(_, source)| *source),
        }
    }

    /// The range in the source of a range here, without blanks around it.
    pub(super) fn source_range(&self, start: usize, end: usize) -> (usize, usize) {
        let inner = self.text.get(start..end).unwrap_or_default();
        let start = start + (inner.len() - inner.trim_start_matches([' ', '\n']).len());
        let end = end - (inner.len() - inner.trim_end_matches([' ', '\n']).len());
        if end <= start {
            let at = self.source(start);
            return (at, at);
        }
        (self.source(start), self.source(end - 1) + 1)
    }

    fn tie(&mut self, source: usize) {
        self.runs.push((self.text.len(), source));
    }
}

/// A note's text, laid out.
#[derive(Debug)]
pub(super) struct Note {
    pub(super) layout: Layout,
    pub(super) label: String,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// A passage, laid out.
#[derive(Debug)]
pub(super) struct Laid {
    pub(super) layout: Layout,
    pub(super) notes: Vec<Note>,
    /// The beginnings of insertions that stand alone on their line.
    pub(super) alone: Vec<usize>,
}

/// Lays out a passage whose lines are indented by at least `indent` columns.
pub(super) fn lay_out(text: &str, indent: usize, specials: &Specials, hints: &mut Hints) -> Laid {
    let lines = lines(text, specials);
    let common = lines.iter().filter(|line| !line.is_blank()).map(|line| line.column).min();
    let dedent = indent.max(common.unwrap_or_default());
    let mut writer = Writer {
        text,
        specials,
        hints,
        laid: Laid { layout: Layout::default(), notes: Vec::new(), alone: Vec::new() },
        levels: Vec::new(),
        in_paragraph: false,
    };
    let mut lines = lines.into_iter().peekable();
    while let Some(mut line) = lines.next() {
        line.column = line.column.saturating_sub(dedent);
        if let Some(definition) = specials.definition_at(line.content) {
            let mut layout = Layout::default();
            let mut end = line.end;
            let first = Line { content: definition.text_start, ..line };
            writer.note_line(&mut layout, &first);
            while let Some(next) = lines
                .next_if(|next| !next.is_blank() && specials.definition_at(next.content).is_none())
            {
                layout.text.push('\n');
                writer.note_line(&mut layout, &next);
                end = next.end;
            }
            writer.laid.notes.push(Note {
                layout,
                label: definition.label.clone(),
                start: definition.start,
                end,
            });
            writer.blank();
        } else if line.is_blank() {
            writer.blank();
        } else {
            writer.line(&line);
        }
    }
    writer.laid
}

/// One line of a passage. A line break inside one of our shapes does not end it.
#[derive(Debug, Clone, Copy)]
struct Line {
    start: usize,
    /// The column of the first character that is no blank.
    column: usize,
    /// Where that character stands.
    content: usize,
    /// The end of the content, without blanks and line break.
    end: usize,
}

impl Line {
    fn is_blank(&self) -> bool {
        self.content >= self.end
    }
}

fn lines(text: &str, specials: &Specials) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let mut search = start;
        let end = loop {
            let rest = text.get(search..).unwrap_or_default();
            let Some(len) = rest.find('\n') else { break text.len() };
            match specials.around(search + len) {
                Some(special) => search = special.end,
                None => break search + len,
            }
        };
        let line = text.get(start..end).unwrap_or_default();
        let mut column = 0;
        let mut content = start;
        for b in line.bytes() {
            match b {
                b' ' => column += 1,
                b'\t' => column = next_tab_stop(column),
                _ => break,
            }
            content += 1;
        }
        let trimmed = line.trim_end_matches([' ', '\t', '\r']);
        lines.push(Line { start, column, content, end: (start + trimmed.len()).max(content) });
        start = end + 1;
    }
    lines
}

fn next_tab_stop(column: usize) -> usize {
    (column / 4 + 1) * 4
}

/// A list that is open.
#[derive(Debug)]
struct Level {
    ordered: bool,
    /// The column where the content of its items begins.
    content: usize,
}

struct Writer<'a> {
    text: &'a str,
    specials: &'a Specials,
    hints: &'a mut Hints,
    laid: Laid,
    levels: Vec<Level>,
    /// The line before is text that this one may go on with.
    in_paragraph: bool,
}

/// Bytes that are masked because they stand at the beginning of a line.
type Masked = std::ops::Range<usize>;

impl Writer<'_> {
    fn blank(&mut self) {
        self.laid.layout.text.push('\n');
        self.in_paragraph = false;
    }

    fn indent(&mut self, columns: usize) {
        self.laid.layout.text.extend(std::iter::repeat_n(' ', columns));
    }

    fn line(&mut self, line: &Line) {
        let depth = self.levels.iter().take_while(|level| level.content <= line.column).count();
        let base = self.content_column(depth);
        if self.is_insertion_alone(line) {
            self.insertion_alone(line, depth, base);
            return;
        }
        let shallow = line.column - base <= 3;
        if shallow && depth == 0 && self.is_heading(line) {
            self.levels.clear();
            self.write(line.content, line.end, line.content..line.content);
            self.laid.layout.text.push('\n');
            self.in_paragraph = false;
            return;
        }
        let at = if shallow { self.markers(line, depth) } else { line.content };
        let after_marker = at > line.content;
        if at >= line.end {
            self.laid.layout.text.push('\n');
            self.in_paragraph = false;
            return;
        }
        let masked = self.mask_line_start(line, at, after_marker || depth > 0);
        if !after_marker && !self.in_paragraph {
            self.levels.truncate(depth);
            if !shallow {
                self.hints.add(HintKind::Indented, line.start, line.content, line.end);
            }
            self.indent(if shallow { line.column } else { base });
        }
        self.write(at, line.end, masked);
        self.laid.layout.text.push('\n');
        self.in_paragraph = true;
    }

    fn content_column(&self, depth: usize) -> usize {
        depth.checked_sub(1).and_then(|at| self.levels.get(at)).map_or(0, |level| level.content)
    }

    fn is_insertion_alone(&self, line: &Line) -> bool {
        self.specials.at(line.content).is_some_and(|special| {
            special.end == line.end && matches!(special.kind, SpecialKind::Insert(_))
        })
    }

    /// Gives an insertion that is alone on its line a paragraph of its own.
    fn insertion_alone(&mut self, line: &Line, depth: usize, base: usize) {
        self.levels.truncate(depth);
        self.laid.alone.push(line.content);
        self.laid.layout.text.push('\n');
        self.indent(base);
        self.write(line.content, line.end, line.content..line.content);
        self.laid.layout.text.push_str("\n\n");
        self.in_paragraph = false;
    }

    /// True for one to three `#`, a blank and a title.
    fn is_heading(&self, line: &Line) -> bool {
        let rest = self.text.get(line.content..line.end).unwrap_or_default();
        let title = rest.trim_start_matches('#');
        (1..=3).contains(&(rest.len() - title.len()))
            && title.starts_with([' ', '\t'])
            && !title.trim_matches([' ', '\t', '#']).is_empty()
    }

    /// Writes the list markers that a line begins with. Gives the place after them.
    fn markers(&mut self, line: &Line, depth: usize) -> usize {
        let mut depth = depth;
        let mut at = line.content;
        let mut column = line.column;
        while let Some(rest) = self.text.get(at..line.end) {
            let Some(marker) = marker(rest) else { break };
            let sibling = self.levels.get(depth);
            let accepted = match marker.number {
                // Alone it says that there is nothing to tell, or would make the
                // line above a heading; in an open list it is an empty item.
                _ if rest.len() == marker.len => sibling.is_some(),
                None => !is_rule(rest),
                Some(number) => {
                    number == 1
                        || (number <= MAX_ITEM_NUMBER && sibling.is_some_and(|level| level.ordered))
                }
            };
            if !accepted || depth >= MAX_LIST_DEPTH {
                break;
            }
            if at == line.content {
                self.indent(line.column);
            }
            self.levels.truncate(depth);
            self.laid.layout.tie(at);
            self.laid.layout.text.push_str(rest.get(..marker.len).unwrap_or_default());
            at += marker.len;
            column += marker.len;
            let after = self.text.get(at..line.end).unwrap_or_default();
            let mut blanks = 0;
            let mut content = column;
            for b in after.bytes().take_while(|b| matches!(b, b' ' | b'\t')) {
                content = if b == b'\t' { next_tab_stop(content) } else { content + 1 };
                blanks += 1;
            }
            // More than four would be indented code in the item.
            let width = if (1..=4).contains(&(content - column)) { content - column } else { 1 };
            at += blanks;
            column += width;
            if at < line.end {
                self.indent(width);
            }
            self.levels.push(Level { ordered: marker.number.is_some(), content: column });
            depth += 1;
            self.in_paragraph = false;
        }
        at
    }

    /// What at the beginning of a line would be more than text to Markdown.
    fn mask_line_start(&mut self, line: &Line, at: usize, in_list: bool) -> Masked {
        let rest = self.text.get(at..line.end).unwrap_or_default();
        let fresh = !self.in_paragraph;
        let first = rest.chars().next().unwrap_or(' ');
        let hashes = rest.len() - rest.trim_start_matches('#').len();
        if hashes > 0 {
            self.hint_heading(line, at, rest, hashes, in_list);
            return at..at + hashes;
        }
        if is_rule(rest) {
            if rest.len() > 2 {
                self.hints.add(HintKind::Rule, line.start, at, line.end);
            }
            return at..line.end;
        }
        if let Some(marker) = marker(rest) {
            let kind = match marker.number {
                None => Some(HintKind::ListDepth),
                Some(1) => Some(HintKind::ListDepth),
                Some(number) if fresh && number <= MAX_ITEM_NUMBER => Some(HintKind::ListNumber),
                Some(_) => None,
            };
            if let Some(kind) = kind.filter(|_| rest.len() > marker.len) {
                self.hints.add(kind, line.start, at, at + marker.len);
            }
            return at + marker.len - 1..at + marker.len;
        }
        let blank_after =
            rest.get(1..).is_none_or(|rest| rest.is_empty() || rest.starts_with([' ', '\t']));
        match first {
            '>' => {
                if blank_after {
                    self.hints.add(HintKind::Quote, line.start, at, at + 1);
                }
                at..at + 1
            }
            '*' | '+' if blank_after => {
                self.hints.add(HintKind::OtherBullet, line.start, at, at + 1);
                at..at + 1
            }
            '|' => {
                if fresh && rest.matches('|').count() > 1 {
                    self.hints.add(HintKind::Table, line.start, at, line.end);
                }
                at..at
            }
            '0'..='9' => {
                let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
                let after = rest.get(digits..).unwrap_or_default();
                if after.starts_with(") ") && fresh && rest.starts_with("1)") {
                    self.hints.add(HintKind::ListNumber, line.start, at, at + digits + 1);
                }
                if after.starts_with([')', '.']) { at + digits..at + digits + 1 } else { at..at }
            }
            _ => at..at,
        }
    }

    fn hint_heading(&mut self, line: &Line, at: usize, rest: &str, hashes: usize, in_list: bool) {
        let after = rest.get(hashes..).unwrap_or_default();
        let end = at + hashes;
        if after.starts_with([' ', '\t']) {
            let kind = if hashes > 3 {
                HintKind::HeadingDepth
            } else if in_list {
                HintKind::HeadingInList
            } else {
                HintKind::Indented
            };
            self.hints.add(kind, line.start, at, end);
        } else if after.starts_with(char::is_uppercase) || (hashes > 1 && !after.is_empty()) {
            self.hints.add(HintKind::HeadingBlank, line.start, at, end);
        }
    }

    /// Writes a line of a note, where nothing at its beginning means anything.
    fn note_line(&mut self, layout: &mut Layout, line: &Line) {
        let text = self.text.get(line.content..line.end).unwrap_or_default();
        let at = line.content + (text.len() - text.trim_start_matches([' ', '\t']).len());
        let paragraph = std::mem::replace(&mut self.in_paragraph, true);
        let mut scratch = Hints::default();
        std::mem::swap(self.hints, &mut scratch);
        let masked = self.mask_line_start(line, at, false);
        std::mem::swap(self.hints, &mut scratch);
        self.in_paragraph = paragraph;
        std::mem::swap(&mut self.laid.layout, layout);
        self.write(at, line.end, masked);
        std::mem::swap(&mut self.laid.layout, layout);
    }

    /// Writes what stands between two places of the source, inert where it is not
    /// Markdown of our subset.
    fn write(&mut self, start: usize, end: usize, masked: Masked) {
        self.laid.layout.tie(start);
        let mut at = start;
        while at < end {
            let Some(c) = self.text.get(at..end).and_then(|rest| rest.chars().next()) else {
                break;
            };
            let out = &mut self.laid.layout.text;
            if let Some(special) = self.specials.at(at) {
                // Letters, so that `*` beside them opens and closes as beside words.
                out.extend(std::iter::repeat_n('x', special.end - at));
                at = special.end;
                continue;
            }
            if masked.contains(&at) {
                out.push(if matches!(c, ' ' | '\t') { ' ' } else { ',' });
                at += c.len_utf8();
                continue;
            }
            match c {
                '\\' => {
                    out.push('\\');
                    let next = self.text.get(at + 1..end).and_then(|rest| rest.chars().next());
                    if let Some(next) = next.filter(char::is_ascii_punctuation) {
                        out.push(next);
                        at += 1;
                    }
                }
                '[' if self.specials.link_at(at).is_some() => out.push('['),
                ']' if let Some(link) = self.specials.link_ending_at(at) => {
                    out.push_str("](");
                    out.extend(std::iter::repeat_n('x', link.end.saturating_sub(at + 3)));
                    out.push(')');
                    at = link.end;
                    continue;
                }
                '[' | ']' | '`' | '<' | '&' | '_' | '~' => out.push(','),
                '\t' => out.push(' '),
                c if c.is_ascii_control() => out.push(','),
                c => out.push(c),
            }
            at += c.len_utf8();
        }
    }
}

/// A list marker.
struct Marker {
    len: usize,
    /// `None` for `-`.
    number: Option<u32>,
}

/// The list marker that a text begins with: `-` or a number and a dot, and then a
/// blank or nothing.
fn marker(text: &str) -> Option<Marker> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (len, number) = if text.starts_with('-') {
        (1, None)
    } else if (1..=9).contains(&digits) && text.get(digits..)?.starts_with('.') {
        (digits + 1, Some(text.get(..digits)?.parse().ok()?))
    } else {
        return None;
    };
    let after = text.get(len..)?;
    (after.is_empty() || after.starts_with([' ', '\t'])).then_some(Marker { len, number })
}

/// True for a line of nothing but `-`, `*`, `_` or `=`, which Markdown would read
/// as a rule or as the underline of a heading. One hyphen alone is a marker.
fn is_rule(text: &str) -> bool {
    let Some(mark) = text.chars().next().filter(|c| "-*_=".contains(*c)) else { return false };
    let count = text.chars().filter(|c| *c == mark).count();
    let only = text.chars().all(|c| c == mark || matches!(c, ' ' | '\t'));
    only && (count >= 2 || mark == '=') && (count >= 3 || !text.contains([' ', '\t']))
}
