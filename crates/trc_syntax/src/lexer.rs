//! From text to coarse tokens, line by line.
//!
//! The lexer decides by what a line looks like, never by what its words mean, with
//! one exception: a passage that is never closed ends before the next declaration,
//! and a declaration is known by its structural word.

use trc_base::{TextRange, TextSize};

use crate::errors;
use crate::kind::SyntaxKind;
use crate::parser::SyntaxError;
use crate::word::{Word, is_word_symbol};

/// One token and where it stands. Tokens follow one another without gaps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token {
    pub kind: SyntaxKind,
    pub start: u32,
    pub end: u32,
}

impl Token {
    pub fn range(self) -> TextRange {
        TextRange::new(self.start.into(), self.end.max(self.start).into())
    }

    pub fn text(self, text: &str) -> &str {
        slice(text, self.start as usize, self.end as usize)
    }
}

/// The tokens of a text; together they are the text. Nothing here fails: what has
/// no place becomes [`SyntaxKind::Unexpected`].
pub(crate) fn lex(text: &str) -> (Vec<Token>, Vec<SyntaxError>) {
    let mut lexer = Lexer {
        text,
        at: 0,
        line_start: 0,
        line_end: 0,
        tokens: Vec::with_capacity(text.len() / 16),
        errors: Vec::new(),
        inline_braces: 0,
        open_braces: 0,
        conflict: Conflict::default(),
    };
    lexer.file();
    (lexer.tokens, lexer.errors)
}

struct Lexer<'t> {
    text: &'t str,
    /// Everything before this offset is in tokens.
    at: usize,
    /// The beginning of the line, and its end without the line break.
    line_start: usize,
    line_end: usize,
    tokens: Vec<Token>,
    errors: Vec<SyntaxError>,
    /// Blocks opened on this line and not yet closed.
    inline_braces: u32,
    /// Blocks opened anywhere and not yet closed.
    open_braces: u32,
    conflict: Conflict,
}

/// How far a conflict left by version control has come.
#[derive(Default)]
struct Conflict {
    reported: bool,
    /// Between `<<<<<<<` and `=======`.
    in_first_side: bool,
    /// There is no `>>>>>>>` after this: do not look for it again.
    never_ends: bool,
}

impl<'t> Lexer<'t> {
    fn file(&mut self) {
        if self.text.starts_with('\u{feff}') {
            self.push(SyntaxKind::Bom, '\u{feff}'.len_utf8());
        }
        while self.at < self.text.len() {
            self.begin_line();
            self.line();
            self.newline();
        }
    }

    fn begin_line(&mut self) {
        self.line_start = self.at;
        self.line_end = self.end_of_line(self.at);
        self.inline_braces = 0;
    }

    fn line(&mut self) {
        if self.conflict_line() {
            return;
        }
        self.blank();
        match self.peek() {
            Some('|') => self.row(),
            Some('[') if self.footnote() => {}
            _ => self.words(),
        }
    }

    /// Everything but rows, footnotes and conflicts.
    fn words(&mut self) {
        loop {
            self.blank();
            let Some(c) = self.peek() else { break };
            match c {
                '/' if self.comment_starts(self.at) => {
                    self.push(SyntaxKind::Comment, self.line_end)
                }
                '{' => {
                    self.inline_braces += 1;
                    self.open_braces += 1;
                    self.push_char(SyntaxKind::LeftBrace, c);
                }
                '}' => {
                    self.inline_braces = self.inline_braces.saturating_sub(1);
                    self.open_braces = self.open_braces.saturating_sub(1);
                    self.push_char(SyntaxKind::RightBrace, c);
                }
                ',' => self.push_char(SyntaxKind::Comma, c),
                ':' => {
                    self.push_char(SyntaxKind::Colon, c);
                    self.line_text();
                }
                '=' => {
                    self.push_char(SyntaxKind::Equals, c);
                    self.formula();
                }
                '"' if self.rest().starts_with("\"\"\"") => self.long_text(),
                '"' => self.title(),
                c if is_word_symbol(c) => self.word(),
                _ => self.unexpected(),
            }
        }
    }

    fn word(&mut self) {
        let end = word_end(self.rest());
        self.push(SyntaxKind::Word, self.at + end);
    }

    fn unexpected(&mut self) {
        let rest = self.rest();
        let end = rest
            .char_indices()
            .skip(1)
            .find(|(_, c)| is_blank(*c) || matches!(c, '{' | '}' | '"' | ':' | '='))
            .map_or(rest.len(), |(at, _)| at);
        self.push(SyntaxKind::Unexpected, self.at + end);
    }

    /// The rest of the line after a colon. A passage or comment is left for `words`.
    fn line_text(&mut self) {
        self.blank();
        let rest = self.rest();
        if rest.is_empty() || rest.starts_with("\"\"\"") || self.comment_starts(self.at) {
            return;
        }
        let end = self.value_end();
        self.push_trimmed(SyntaxKind::LineText, end);
    }

    /// Where a value ends that starts here: before a comment, and in a block on one
    /// line before the brace that closes the block. A value may hold `{…}` itself.
    fn value_end(&self) -> usize {
        let bytes = self.text.as_bytes();
        let mut depth = 0u32;
        let mut at = self.at;
        while let Some(&byte) = bytes.get(at).filter(|_| at < self.line_end) {
            match byte {
                b'\\' => at += 1,
                b'{' => depth += 1,
                b'}' if depth > 0 => depth -= 1,
                b'}' if self.closes_block(at) => return at,
                b'/' if at > self.at && self.comment_starts(at) => break,
                _ => {}
            }
            at += 1;
        }
        let end = at.min(self.line_end);
        // `{ analys: se {x }`: the last brace is rather the block's than the value's.
        let value = slice(self.text, self.at, end).trim_end_matches(is_blank);
        match value.strip_suffix('}') {
            Some(before) if depth > 0 && self.inline_braces > 0 => self.at + before.len(),
            _ => end,
        }
    }

    /// True for a closing brace, unbalanced within its value, that ends the block:
    /// any in a block on one line, otherwise only the last thing on the line.
    fn closes_block(&self, at: usize) -> bool {
        if self.inline_braces > 0 {
            return true;
        }
        let before = slice(self.text, self.line_start, at);
        let after = slice(self.text, at + 1, self.line_end);
        self.open_braces > 0
            && before.ends_with(is_blank)
            && after.trim_start_matches(is_blank).is_empty()
    }

    fn formula(&mut self) {
        self.blank();
        let start = self.at;
        let mut end = self.line_end;
        for (offset, byte) in self.rest().bytes().enumerate() {
            let at = start + offset;
            let stops = match byte {
                b'{' => true,
                b'}' => self.closes_block(at),
                b'/' => self.comment_starts(at),
                _ => false,
            };
            if stops {
                end = at;
                break;
            }
        }
        self.push_trimmed(SyntaxKind::FormulaText, end);
    }

    /// A title ends at the last quotation mark on the line after which a declaration
    /// can go on or end, so that titles may hold quotation marks themselves.
    fn title(&mut self) {
        /// Enough for any line that people write, and a bound for the others.
        const BODIES_LOOKED_AT: usize = 8;

        let mut last = None;
        let mut last_mark = None;
        let mut bodies = 0;
        for (offset, _) in self.rest().match_indices('"').skip(1) {
            let end = self.at + offset + 1;
            last_mark = Some(end);
            let after = slice(self.text, end, self.line_end);
            let next = after.trim_start_matches(is_blank);
            let blank_before = next.len() < after.len();
            // What certainly is no title any more decides: the quotation marks after
            // it belong to a value or a comment.
            let comment = blank_before && next.starts_with("//");
            if next.starts_with('{') {
                bodies += 1;
            }
            if comment || (bodies <= BODIES_LOOKED_AT && opens_block(next)) {
                last = Some(end);
                break;
            }
            let goes_on = next.is_empty()
                || next.starts_with(['{', '=', ':'])
                || (next.starts_with('"') && next.starts_with("\"\"\""))
                || (next.starts_with('}') && self.inline_braces > 0)
                || (blank_before && starts_with_option(next));
            if goes_on {
                last = Some(end);
            }
        }
        if let Some(end) = last.or(last_mark) {
            self.push(SyntaxKind::Title, end);
            return;
        }
        // Never closed: it ends before a body at the line's end.
        let rest = self.rest().trim_end_matches(is_blank);
        let body = rest.ends_with('{').then_some(rest.len() - 1).or_else(|| {
            let at = rest.find('{')?;
            is_whole_block(rest.get(at..)?).then_some(at)
        });
        let start = self.at;
        self.push_trimmed(SyntaxKind::Title, self.at + body.unwrap_or(rest.len()));
        self.errors.push(errors::unclosed_title(range(start, self.at)));
    }

    /// A passage. An unclosed one ends before the first line, indented no deeper
    /// than the line that opens it, that begins with `}` or a declaration.
    fn long_text(&mut self) {
        let opening = self.at;
        let indent = indent(slice(self.text, self.line_start, self.line_end));
        let mut line_start = self.at + MARK.len();
        let mut line_end = self.line_end;
        let mut last_content = line_start;
        let mut first = true;
        loop {
            let line = slice(self.text, line_start, line_end);
            let trimmed = line.trim_matches(is_blank);
            if !first {
                if let Some(end) = self.conflict_inside(line_start, line) {
                    line_end = end;
                    last_content = end;
                } else if self.is_end_of_unclosed(line, trimmed, indent) {
                    break;
                } else if let Some(end) = closing_mark(line) {
                    return self.finish_long_text(line_start + end, line_end);
                }
            } else if let Some(end) = closing_mark(line) {
                return self.finish_long_text(line_start + end, line_end);
            }
            if !trimmed.is_empty() {
                last_content = line_end;
            }
            first = false;
            let Some(next) = self.next_line(line_end) else { break };
            line_start = next;
            line_end = self.end_of_line(next);
        }
        self.errors.push(errors::unclosed_text(range(opening, opening + MARK.len())));
        let end = last_content.max(opening + MARK.len());
        self.line_end = self.end_of_line(end);
        self.push_trimmed(SyntaxKind::LongText, end);
    }

    fn finish_long_text(&mut self, end: usize, line_end: usize) {
        self.push(SyntaxKind::LongText, end);
        self.line_end = line_end;
    }

    fn is_end_of_unclosed(&self, line: &str, trimmed: &str, opener_indent: usize) -> bool {
        indent(line) <= opener_indent
            && (trimmed.starts_with('}')
                || looks_like_declaration(trimmed)
                || looks_like_long_field(trimmed))
    }

    /// A row of a table: pipes, and the texts between them. A comment may follow the
    /// last pipe.
    fn row(&mut self) {
        loop {
            self.push_char(SyntaxKind::Pipe, '|');
            self.blank();
            if self.comment_starts(self.at) || self.rest().is_empty() {
                self.push(SyntaxKind::Comment, self.line_end);
                return;
            }
            let Some(length) = self.rest().find('|') else {
                // The last pipe is missing; a comment still is one.
                self.push_trimmed(SyntaxKind::CellText, self.comment_or_end());
                self.blank();
                self.push(SyntaxKind::Comment, self.line_end);
                return;
            };
            self.push_trimmed(SyntaxKind::CellText, self.at + length);
            self.blank();
            if self.peek() != Some('|') {
                return;
            }
        }
    }

    /// `[^label]: text`. False, with nothing taken, for anything else.
    fn footnote(&mut self) -> bool {
        let rest = self.rest();
        let Some(label) = rest.strip_prefix("[^") else { return false };
        let Some(end) = label.find(|c: char| c == ']' || c == '[' || is_blank(c)) else {
            return false;
        };
        if end == 0 || !label.get(end..).is_some_and(|after| after.starts_with("]:")) {
            return false;
        }
        self.push(SyntaxKind::FootnoteLabel, self.at + "[^".len() + end + "]:".len());
        self.blank();
        if !self.comment_starts(self.at) {
            self.push_trimmed(SyntaxKind::LineText, self.comment_or_end());
            self.blank();
        }
        if self.at < self.line_end {
            self.push(SyntaxKind::Comment, self.line_end);
        }
        true
    }

    /// A line that version control left behind. True when the line is taken.
    fn conflict_line(&mut self) -> bool {
        let line = slice(self.text, self.line_start, self.line_end);
        let start = self.at;
        if is_marker(line, '<') {
            self.conflict.in_first_side = true;
            self.push(SyntaxKind::Conflict, self.line_end);
        } else if self.begins_second_side(line) {
            let end = self.end_of_conflict(self.line_start).unwrap_or(self.line_end);
            self.push(SyntaxKind::Conflict, end);
            self.conflict.in_first_side = false;
            self.line_end = end;
        } else if is_marker(line, '>') {
            self.push(SyntaxKind::Conflict, self.line_end);
        } else {
            return false;
        }
        self.report_conflict(start);
        true
    }

    /// A conflict inside a passage stays part of the passage. For the beginning of
    /// the second side, gives the end of the line that ends the conflict.
    fn conflict_inside(&mut self, line_start: usize, line: &str) -> Option<usize> {
        if is_marker(line, '<') {
            self.conflict.in_first_side = true;
            self.report_conflict(line_start);
        } else if self.begins_second_side(line) {
            self.conflict.in_first_side = false;
            return self.end_of_conflict(line_start);
        }
        None
    }

    fn begins_second_side(&self, line: &str) -> bool {
        self.conflict.in_first_side && (is_marker(line, '=') || is_marker(line, '|'))
    }

    /// The end of the next line that begins with `>>>>>>>`.
    fn end_of_conflict(&mut self, from: usize) -> Option<usize> {
        if self.conflict.never_ends {
            return None;
        }
        let mut start = from;
        loop {
            let end = self.end_of_line(start);
            if is_marker(slice(self.text, start, end), '>') {
                return Some(end);
            }
            let Some(next) = self.next_line(end) else {
                self.conflict.never_ends = true;
                return None;
            };
            start = next;
        }
    }

    fn report_conflict(&mut self, start: usize) {
        if !self.conflict.reported {
            self.conflict.reported = true;
            let end = self.end_of_line(start);
            self.errors.push(errors::conflict(range(start, end)));
        }
    }

    // Small steps.

    fn rest(&self) -> &'t str {
        slice(self.text, self.at, self.line_end)
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn push(&mut self, kind: SyntaxKind, end: usize) {
        if end > self.at {
            self.tokens.push(Token { kind, start: offset(self.at), end: offset(end) });
            self.at = end;
        }
    }

    fn push_char(&mut self, kind: SyntaxKind, c: char) {
        self.push(kind, self.at + c.len_utf8());
    }

    /// Without the blanks at its end; nothing when only blanks are left.
    fn push_trimmed(&mut self, kind: SyntaxKind, end: usize) {
        let trimmed = slice(self.text, self.at, end).trim_end_matches(is_blank);
        self.push(kind, self.at + trimmed.len());
    }

    fn blank(&mut self) {
        let rest = self.rest();
        let blanks = rest.len() - rest.trim_start_matches(is_blank).len();
        self.push(SyntaxKind::Blank, self.at + blanks);
    }

    fn newline(&mut self) {
        if let Some(next) = self.next_line(self.at) {
            self.push(SyntaxKind::Newline, next);
        }
    }

    /// The end of the line at an offset, without its line break.
    fn end_of_line(&self, at: usize) -> usize {
        let rest = slice(self.text, at, self.text.len());
        match rest.find('\n') {
            Some(length) if rest.get(..length).is_some_and(|line| line.ends_with('\r')) => {
                at + length - 1
            }
            Some(length) => at + length,
            None => self.text.len(),
        }
    }

    /// The beginning of the next line, given the end of this one.
    fn next_line(&self, line_end: usize) -> Option<usize> {
        let rest = slice(self.text, line_end, self.text.len());
        let length = if rest.starts_with("\r\n") {
            2
        } else if rest.starts_with('\n') {
            1
        } else {
            return None;
        };
        Some(line_end + length)
    }

    /// The beginning of the comment on the rest of the line, or the line's end.
    fn comment_or_end(&self) -> usize {
        self.rest()
            .match_indices("//")
            .map(|(offset, _)| self.at + offset)
            .find(|at| self.comment_starts(*at))
            .unwrap_or(self.line_end)
    }

    /// True when `//` stands here, at the beginning of the line or after a blank.
    fn comment_starts(&self, at: usize) -> bool {
        slice(self.text, at, self.line_end).starts_with("//") && {
            let before = slice(self.text, self.line_start, at);
            before.is_empty() || before.ends_with(is_blank)
        }
    }
}

/// The mark around a passage.
pub const MARK: &str = "\"\"\"";

/// The end of the mark that closes a passage in one of its lines: `"""` after which
/// nothing but a comment or a closing brace follows.
pub fn closing_mark(line: &str) -> Option<usize> {
    let at = line.rfind(MARK)?;
    let end = at + MARK.len();
    let after = line.get(end..)?;
    let next = after.trim_start_matches(is_blank);
    let ends = next.is_empty()
        || next.starts_with('}')
        || (next.len() < after.len() && next.starts_with("//"));
    ends.then_some(end)
}

/// Blanks of every kind, also those that pasting from elsewhere leaves invisible.
pub fn is_blank(c: char) -> bool {
    c == ' ' || (c != '\n' && c.is_whitespace()) || matches!(c, '\u{200b}' | '\u{feff}')
}

/// How deep a line is indented; a tab counts as two.
pub(crate) fn indent(line: &str) -> usize {
    line.chars().take_while(|c| is_blank(*c)).map(|c| if c == '\t' { 2 } else { 1 }).sum()
}

/// The length of the word that a text begins with.
fn word_end(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let joins = matches!(c, '.' | '-' | '/')
            && at > 0
            && chars.peek().is_some_and(|(_, next)| is_word_symbol(*next));
        if !joins && !is_word_symbol(c) {
            return at;
        }
    }
    text.len()
}

/// `i …`, `enligt …`, `ur …`
fn starts_with_option(text: &str) -> bool {
    let word = text.get(..word_end(text)).unwrap_or_default();
    let after = text.get(word.len()..).unwrap_or_default();
    Word::of(word) == Word::Option && after.starts_with(is_blank)
}

/// True for a text that opens a block at the line's end, or is one.
fn opens_block(text: &str) -> bool {
    let Some(inside) = text.strip_prefix('{') else { return false };
    let next = inside.trim_start_matches(is_blank);
    next.is_empty() || next.starts_with("//") || is_whole_block(text)
}

/// True for a text that is one block, `{ … }`, and perhaps a comment.
fn is_whole_block(text: &str) -> bool {
    let mut depth = 0u32;
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    let after = text.get(at + 1..).unwrap_or_default();
                    let next = after.trim_start_matches(is_blank);
                    return next.is_empty() || next.starts_with("//");
                }
            }
            _ => {}
        }
    }
    false
}

/// A structural word, a name, and then what a name alone does not bring: prose may
/// well have a line that begins with "mål 1".
fn looks_like_declaration(line: &str) -> bool {
    let word = line.get(..word_end(line)).unwrap_or_default();
    if !Word::of(word).is_structural() {
        return false;
    }
    let mut rest = line.get(word.len()..).unwrap_or_default();
    loop {
        let name = rest.trim_start_matches(is_blank);
        let end = word_end(name);
        if end == 0 || name.len() == rest.len() {
            return false;
        }
        let after = name.get(end..).unwrap_or_default().trim_start_matches(is_blank);
        match after.strip_prefix(',') {
            Some(next) => rest = next,
            None => return after.starts_with(['"', '{', ':', '=']) || starts_with_option(after),
        }
    }
}

/// `förväntat resultat """`: the next passage begins, so this one never ended.
fn looks_like_long_field(line: &str) -> bool {
    const WORDS: usize = 6;
    let Some(name) = line.strip_suffix(MARK) else { return false };
    name.ends_with(is_blank)
        && name.starts_with(char::is_lowercase)
        && name.trim_end_matches(is_blank).split(is_blank).take(WORDS + 1).count() <= WORDS
        && name.chars().all(|c| is_blank(c) || c == '_' || is_word_symbol(c))
}

fn is_marker(line: &str, c: char) -> bool {
    const LENGTH: usize = 7;
    line.starts_with(c)
        && line.chars().take_while(|next| *next == c).take(LENGTH + 1).count() == LENGTH
        && line.get(LENGTH..).is_some_and(|after| after.is_empty() || after.starts_with(' '))
}

fn slice(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end).unwrap_or_default()
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn range(start: usize, end: usize) -> TextRange {
    TextRange::new(offset(start).into(), TextSize::from(offset(end.max(start))))
}
