//! What is ours rather than Markdown's: insertions, references, missing text,
//! footnotes; and links, whose addresses Markdown must not look into.

use super::hint::{HintKind, Hints};
use crate::formula::lexer::{is_name_character, name_run};
use crate::name::composed;
use crate::value::{Checked, Insertion, bracketed, checked, insertion};

/// How far a hint looks for the second half of a pair.
const LOOK_AHEAD: usize = 200;

/// One of our own shapes, and its bytes.
#[derive(Debug)]
pub(super) struct Special {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: SpecialKind,
}

#[derive(Debug)]
pub(super) enum SpecialKind {
    Insert(Insertion),
    Checked(Checked),
    /// `@target`
    Reference(String),
    /// `[KOMPLETTERAS: …]`
    Missing(String),
    /// `[^label]`
    Footnote(String),
}

/// `[words](address)`
#[derive(Debug)]
pub(super) struct Link {
    /// Where `[` stands.
    pub(super) start: usize,
    /// Where `]` stands.
    pub(super) words_end: usize,
    /// After `)`.
    pub(super) end: usize,
    pub(super) address: String,
}

/// `[^label]:` at the beginning of a line.
#[derive(Debug)]
pub(super) struct Definition {
    pub(super) start: usize,
    pub(super) text_start: usize,
    pub(super) label: String,
}

/// What was found in a passage, each list in source order.
#[derive(Debug, Default)]
pub(super) struct Specials {
    pub(super) specials: Vec<Special>,
    pub(super) links: Vec<Link>,
    pub(super) definitions: Vec<Definition>,
}

impl Specials {
    /// The special that begins at a byte.
    pub(super) fn at(&self, at: usize) -> Option<&Special> {
        let index = self.specials.partition_point(|special| special.start < at);
        self.specials.get(index).filter(|special| special.start == at)
    }

    /// The special that a byte stands in, not at its beginning.
    pub(super) fn around(&self, at: usize) -> Option<&Special> {
        let index = self.specials.partition_point(|special| special.start < at);
        self.specials.get(index.checked_sub(1)?).filter(|special| special.end > at)
    }

    /// The link that begins at a byte.
    pub(super) fn link_at(&self, at: usize) -> Option<&Link> {
        let index = self.links.partition_point(|link| link.start < at);
        self.links.get(index).filter(|link| link.start == at)
    }

    /// The link whose words end at a byte.
    pub(super) fn link_ending_at(&self, at: usize) -> Option<&Link> {
        let index = self.links.partition_point(|link| link.words_end < at);
        self.links.get(index).filter(|link| link.words_end == at)
    }

    /// The definition that begins at a byte.
    pub(super) fn definition_at(&self, at: usize) -> Option<&Definition> {
        let index = self.definitions.partition_point(|definition| definition.start < at);
        self.definitions.get(index).filter(|definition| definition.start == at)
    }
}

/// Finds our shapes in a passage.
pub(super) fn find(text: &str, hints: &mut Hints) -> Specials {
    let mut finder = Finder {
        text,
        at: 0,
        line: 0,
        before: None,
        link_end: None,
        hints,
        found: Specials::default(),
    };
    while finder.step() {}
    finder.found
}

struct Finder<'a> {
    text: &'a str,
    at: usize,
    /// Where the line begins.
    line: usize,
    /// The character before `at`.
    before: Option<char>,
    /// Where the words of the link end that is being read, and where the link does.
    link_end: Option<(usize, usize)>,
    hints: &'a mut Hints,
    found: Specials,
}

impl Finder<'_> {
    fn step(&mut self) -> bool {
        let Some(rest) = self.text.get(self.at..) else { return false };
        let Some(c) = rest.chars().next() else { return false };
        if let Some((words_end, end)) = self.link_end
            && self.at == words_end
        {
            self.link_end = None;
            self.move_to(end, ')');
            return true;
        }
        let next = rest.get(c.len_utf8()..).and_then(|rest| rest.chars().next());
        match c {
            '\\' if next.is_some_and(|next| next.is_ascii_punctuation()) => {
                self.move_to(self.at + 2, '\\');
                return true;
            }
            '{' => {
                if let Some(insertion) = insertion(self.text, self.at) {
                    let end = insertion.range.end().into();
                    self.special(end, SpecialKind::Insert(insertion));
                    return true;
                }
                self.hints.add(HintKind::Brace, self.line, self.at, self.at + 1);
            }
            '[' => {
                if self.bracket() {
                    return true;
                }
            }
            '@' if self.before.is_none_or(|c| c.is_whitespace() || c == '(') => {
                let target = name_run(rest.get(1..).unwrap_or_default());
                if !target.is_empty() {
                    let end = self.at + 1 + target.len();
                    self.special(end, SpecialKind::Reference(composed(target).into_owned()));
                    return true;
                }
            }
            '\n' => self.line = self.at + 1,
            _ => self.hint(c, next, rest),
        }
        self.move_to(self.at + c.len_utf8(), c);
        true
    }

    fn move_to(&mut self, at: usize, last: char) {
        self.at = at;
        self.before = Some(last);
    }

    fn special(&mut self, end: usize, kind: SpecialKind) {
        self.found.specials.push(Special { start: self.at, end, kind });
        let last = self.text.get(..end).and_then(|text| text.chars().next_back()).unwrap_or(' ');
        if let Some(inner) = self.text.get(self.at..end).and_then(|inner| inner.rfind('\n')) {
            self.line = self.at + inner + 1;
        }
        self.move_to(end, last);
    }

    /// Reads what begins with `[`. False when that is an ordinary bracket.
    fn bracket(&mut self) -> bool {
        let Some(len) = bracketed(self.text, self.at) else { return false };
        let inner_start = self.at + 1;
        let inner_end = inner_start + len;
        let inner = self.text.get(inner_start..inner_end).unwrap_or_default();
        let after = self.text.get(inner_end + 1..).unwrap_or_default();
        if let Some(label) = inner.strip_prefix('^')
            && is_label(label)
        {
            let label = composed(label).into_owned();
            let line_start = self.text.get(self.line..self.at).unwrap_or_default();
            if after.starts_with(':') && line_start.trim().is_empty() {
                let text_start = inner_end + 2;
                self.found.definitions.push(Definition { start: self.at, text_start, label });
                self.move_to(text_start, ':');
            } else {
                self.special(inner_end + 1, SpecialKind::Footnote(label));
            }
            return true;
        }
        if let Some(missing) = missing(inner) {
            self.special(inner_end + 1, SpecialKind::Missing(missing));
            return true;
        }
        if let Some(checked) = checked(self.text, self.at) {
            let end = checked.range().end().into();
            self.special(end, SpecialKind::Checked(checked));
            return true;
        }
        if after.starts_with('(') {
            self.link(inner_end, after);
        }
        false
    }

    /// Reads the address after `]`, or says why there is none.
    fn link(&mut self, words_end: usize, after: &str) {
        let end = self.at + 1;
        if self.before == Some('!') {
            self.hints.add(HintKind::Image, self.line, self.at, words_end + 1);
            return;
        }
        match address(after) {
            Some(address) => {
                let link_end = words_end + 2 + address.len() + 1;
                self.found.links.push(Link {
                    start: self.at,
                    words_end,
                    end: link_end,
                    address: address.to_owned(),
                });
                self.link_end = Some((words_end, link_end));
            }
            None => {
                self.hints.add(HintKind::LinkAddress, self.line, self.at, words_end.max(end) + 1)
            }
        }
    }

    /// Markdown that is only text here.
    fn hint(&mut self, c: char, next: Option<char>, rest: &str) {
        let kind = match c {
            '`' => HintKind::Code,
            '<' => HintKind::Html,
            '&' => HintKind::Entity,
            '_' => HintKind::Underscore,
            _ => return,
        };
        if self.hints.has(kind, self.line) {
            return;
        }
        let ahead = || rest.chars().skip(1).take(LOOK_AHEAD).take_while(|c| *c != '\n');
        let meant = match kind {
            HintKind::Code => ahead().any(|c| c == '`'),
            HintKind::Html => {
                next.is_some_and(|c| c.is_ascii_alphabetic() || c == '/' || c == '!')
                    && ahead().any(|c| c == '>')
            }
            HintKind::Entity => {
                // No character code has a name of one letter: `R&D;` is none.
                let name = ahead().take_while(|c| c.is_ascii_alphanumeric() || *c == '#').count();
                name > 1 && ahead().nth(name) == Some(';')
            }
            _ => {
                let word_before = self.before.is_some_and(is_name_character);
                let closes = ahead().zip(ahead().skip(1).chain(Some(' ')));
                !word_before
                    && next.is_some_and(char::is_alphanumeric)
                    && closes.into_iter().any(|(c, after)| c == '_' && !is_name_character(after))
            }
        };
        if meant {
            self.hints.add(kind, self.line, self.at, self.at + c.len_utf8());
        }
    }
}

fn is_label(label: &str) -> bool {
    !label.is_empty() && !label.contains(char::is_whitespace)
}

/// What is missing, when the bracket says so.
fn missing(inner: &str) -> Option<String> {
    const WORD: &str = "KOMPLETTERAS";
    let word = inner.get(..WORD.len()).filter(|word| word.eq_ignore_ascii_case(WORD))?;
    let rest = inner.get(word.len()..)?.trim_start();
    let text = if rest.is_empty() { rest } else { rest.strip_prefix(':')? };
    Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The address between `(` and `)`: https or mailto, without blanks. Parentheses
/// in it come in pairs.
fn address(after: &str) -> Option<&str> {
    let inner = after.strip_prefix('(')?;
    let mut open = 0usize;
    let end = inner.char_indices().find_map(|(at, c)| match c {
        '(' => {
            open += 1;
            None
        }
        ')' if open == 0 => Some(Some(at)),
        ')' => {
            open -= 1;
            None
        }
        '[' | ']' | '<' | '>' | '"' | '\\' | '{' | '}' => Some(None),
        c if c.is_whitespace() || c.is_control() => Some(None),
        _ => None,
    })??;
    let address = inner.get(..end)?;
    let scheme = |scheme: &str| {
        address
            .get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme) && address.len() > scheme.len())
    };
    (scheme("https://") || scheme("mailto:")).then_some(address)
}
