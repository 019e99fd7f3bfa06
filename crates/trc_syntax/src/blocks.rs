//! Pairs the braces, so that the grammar never meets an unpaired one.
//!
//! In a text whose braces balance nothing happens here. Otherwise the indentation
//! shows which block was never closed: people indent what they write even when
//! they forget a brace, and one forgotten brace must not swallow the rest.

use trc_base::TextRange;

use crate::errors;
use crate::kind::SyntaxKind;
use crate::lexer::{Token, indent};
use crate::parser::SyntaxError;
use crate::word::Word;

/// How deep blocks may stand in one another. Real documents need five; more would
/// only exhaust the stack of whatever walks the tree.
pub(crate) const MAX_DEPTH: usize = 32;

/// What the grammar sees of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Role {
    Newline,
    /// `budget`, `verksamhetsplan`, `mallar`: open a file and have a year.
    Plan,
    /// `rapport`: opens a file and has a period and a year.
    Report,
    /// `organisation`: opens a file and is its declaration.
    Organisation,
    /// Another word that opens a declaration.
    Structural,
    /// `i`, `enligt`, `ur`
    Option,
    /// `för`
    For,
    Word,
    LeftBrace,
    RightBrace,
    /// Where indentation says that a block ends. Has no text.
    MissingBrace,
    /// A closing brace that closes nothing; already reported.
    StrayBrace,
    /// A block that stands too deep, with all it holds; already reported.
    TooDeep,
    Colon,
    Comma,
    Equals,
    Title,
    LongText,
    LineText,
    FormulaText,
    FootnoteLabel,
    /// A whole row of a table: nothing can be wrong inside it.
    Row,
    Unexpected,
}

/// The tokens that the grammar sees.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    pub roles: Vec<Role>,
    /// For each role the tokens it stands for: first, and one past the last.
    pub tokens: Vec<(u32, u32)>,
    /// Every brace has its other one.
    pub braces_pair: bool,
}

impl Outline {
    fn push(&mut self, role: Role, first: usize, end: usize) {
        let index = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        self.roles.push(role);
        self.tokens.push((index(first), index(end)));
    }

    /// Ends a block after the last line that belongs to it, before its line break.
    fn close_block(&mut self) {
        let breaks = self.roles.iter().rev().take_while(|role| **role == Role::Newline).count();
        let last = self.roles.len() - breaks;
        let end =
            last.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(0, |last| last.1);
        self.roles.insert(last, Role::MissingBrace);
        self.tokens.insert(last, (end, end));
    }
}

/// Leaves out trivia, joins rows, and pairs braces.
pub(crate) fn outline(text: &str, tokens: &[Token], errors: &mut Vec<SyntaxError>) -> Outline {
    let braces = Braces::pair(text, tokens, errors);
    let mut outline = Outline {
        roles: Vec::with_capacity(tokens.len()),
        tokens: Vec::with_capacity(tokens.len()),
        braces_pair: braces.all_pair,
    };
    let mut marks = braces.marks.iter().copied().peekable();
    let mut at = 0;
    while at <= tokens.len() {
        let mut role = None;
        let mut end = at + 1;
        while let Some((_, mark)) = marks.next_if(|(place, _)| *place <= at) {
            match mark {
                Mark::Missing => outline.close_block(),
                Mark::Stray => role = Some(Role::StrayBrace),
                Mark::TooDeep { close } => {
                    role = Some(Role::TooDeep);
                    end = at + significant_length(tokens.get(at..close).unwrap_or_default());
                }
            }
        }
        let Some(token) = tokens.get(at) else { break };
        if token.kind == SyntaxKind::Pipe && role.is_none() {
            end = tokens
                .iter()
                .skip(at)
                .position(|token| token.kind == SyntaxKind::Newline)
                .map_or(tokens.len(), |length| at + length);
            let row = significant_length(tokens.get(at..end).unwrap_or_default());
            outline.push(Role::Row, at, at + row);
        } else if let Some(role) = role.or_else(|| role_of(text, *token)) {
            outline.push(role, at, end);
        }
        at = end;
    }
    outline
}

/// How many tokens there are without trivia and line breaks at the end.
fn significant_length(tokens: &[Token]) -> usize {
    let ends = |kind: SyntaxKind| kind.is_trivia() || kind == SyntaxKind::Newline;
    tokens.len() - tokens.iter().rev().take_while(|token| ends(token.kind)).count()
}

fn role_of(text: &str, token: Token) -> Option<Role> {
    Some(match token.kind {
        SyntaxKind::Newline => Role::Newline,
        SyntaxKind::Word => match Word::of(token.text(text)) {
            Word::Plan => Role::Plan,
            Word::Report => Role::Report,
            Word::Organisation => Role::Organisation,
            Word::Structural => Role::Structural,
            Word::Option => Role::Option,
            Word::For => Role::For,
            Word::Other => Role::Word,
        },
        SyntaxKind::LeftBrace => Role::LeftBrace,
        SyntaxKind::RightBrace => Role::RightBrace,
        SyntaxKind::Colon => Role::Colon,
        SyntaxKind::Comma => Role::Comma,
        SyntaxKind::Equals => Role::Equals,
        SyntaxKind::Title => Role::Title,
        SyntaxKind::LongText => Role::LongText,
        SyntaxKind::LineText => Role::LineText,
        SyntaxKind::FormulaText => Role::FormulaText,
        SyntaxKind::FootnoteLabel => Role::FootnoteLabel,
        kind if kind.is_trivia() => return None,
        _ => Role::Unexpected,
    })
}

/// What must be done at a token before the grammar sees it.
#[derive(Debug, Clone, Copy)]
enum Mark {
    /// A block ends before this token.
    Missing,
    /// This closing brace closes nothing.
    Stray,
    /// This block stands too deep; `close` is one past its last token.
    TooDeep { close: usize },
}

/// The marks, in the order of their tokens.
struct Braces {
    marks: Vec<(usize, Mark)>,
    all_pair: bool,
}

/// A block that is open while the tokens are read.
struct Open {
    token: usize,
    /// The indentation of the line that opens it.
    indent: usize,
}

impl Braces {
    fn pair(text: &str, tokens: &[Token], errors: &mut Vec<SyntaxError>) -> Braces {
        let mut braces = Braces { marks: Vec::new(), all_pair: balanced(tokens) };
        let by_indentation = !braces.all_pair && mostly_indented(text, tokens);
        let mut open: Vec<Open> = Vec::new();
        let mut line_indent = 0;
        let mut at_line_start = true;
        for (at, token) in tokens.iter().enumerate() {
            if token.kind.is_trivia() {
                if at_line_start && token.kind == SyntaxKind::Blank {
                    line_indent = indent(token.text(text));
                }
                continue;
            }
            if token.kind == SyntaxKind::Newline {
                at_line_start = true;
                line_indent = 0;
                continue;
            }
            if at_line_start && by_indentation {
                let closes = token.kind == SyntaxKind::RightBrace;
                // A brace that closes an outer block leaves the inner ones unclosed.
                let exact = closes && open.iter().any(|block| block.indent == line_indent);
                while open.last().is_some_and(|block| {
                    if closes {
                        exact && block.indent > line_indent
                    } else {
                        block.indent >= line_indent
                    }
                }) {
                    braces.close_missing(at, tokens, open.pop(), errors, open.len());
                }
            }
            at_line_start = false;
            match token.kind {
                SyntaxKind::LeftBrace => {
                    open.push(Open { token: at, indent: line_indent });
                    if open.len() == MAX_DEPTH + 1 {
                        errors.push(errors::too_deep(token.range()));
                        braces.marks.push((at, Mark::TooDeep { close: tokens.len() }));
                    }
                }
                SyntaxKind::RightBrace => match open.pop() {
                    Some(_) if open.len() == MAX_DEPTH => braces.end_too_deep(at + 1),
                    Some(_) => {}
                    None => {
                        errors.push(errors::stray_brace(token.range()));
                        braces.marks.push((at, Mark::Stray));
                    }
                },
                _ => {}
            }
        }
        while let Some(block) = open.pop() {
            braces.close_missing(tokens.len(), tokens, Some(block), errors, open.len());
        }
        braces
    }

    fn close_missing(
        &mut self,
        at: usize,
        tokens: &[Token],
        block: Option<Open>,
        errors: &mut Vec<SyntaxError>,
        depth: usize,
    ) {
        // What stands too deep has been reported as that.
        if depth > MAX_DEPTH {
            return;
        }
        if depth == MAX_DEPTH {
            self.end_too_deep(at);
            return;
        }
        let opener: Option<TextRange> =
            block.and_then(|block| tokens.get(block.token)).map(|token| token.range());
        // The blocks around one that is too deep, and never closed, are the same mistake.
        let too_deep = self.marks.iter().rev().find_map(|(_, mark)| match mark {
            Mark::Missing => None,
            Mark::TooDeep { close } => Some(*close == at),
            Mark::Stray => Some(false),
        });
        if let Some(opener) = opener {
            if too_deep != Some(true) {
                errors.push(errors::unclosed_block(opener));
            }
            self.marks.push((at, Mark::Missing));
        }
    }

    fn end_too_deep(&mut self, end: usize) {
        if let Some((_, Mark::TooDeep { close })) = self.marks.last_mut() {
            *close = end;
        }
    }
}

fn balanced(tokens: &[Token]) -> bool {
    let mut depth = 0usize;
    for token in tokens {
        match token.kind {
            SyntaxKind::LeftBrace => depth += 1,
            SyntaxKind::RightBrace => match depth.checked_sub(1) {
                Some(outer) => depth = outer,
                None => return false,
            },
            _ => {}
        }
    }
    depth == 0
}

/// True when most blocks hold lines deeper than the line that opens them. Where
/// nobody indented, indentation tells nothing.
fn mostly_indented(text: &str, tokens: &[Token]) -> bool {
    let mut deeper = 0usize;
    let mut level = 0usize;
    let mut line_indent = 0;
    let mut at_line_start = true;
    // The indentation of the line before, if it ends by opening a block.
    let mut opener = None;
    let mut last = None;
    for token in tokens {
        if token.kind == SyntaxKind::Newline {
            if last == Some(SyntaxKind::LeftBrace) {
                opener = Some(line_indent);
            }
            at_line_start = true;
            line_indent = 0;
            last = None;
        } else if token.kind.is_trivia() {
            if at_line_start && token.kind == SyntaxKind::Blank {
                line_indent = indent(token.text(text));
            }
        } else {
            if at_line_start && let Some(outer) = opener.take() {
                if line_indent > outer {
                    deeper += 1;
                } else if token.kind != SyntaxKind::RightBrace {
                    level += 1;
                }
            }
            at_line_start = false;
            last = Some(token.kind);
        }
    }
    deeper >= level
}
