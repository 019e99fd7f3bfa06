//! From text to the lossless tree.

use rowan::GreenNode;
use trc_base::{Text, TextRange, TextSize};

use crate::ast;
use crate::blocks::{Outline, Role, outline};
use crate::errors;
use crate::grammar::{self, Problem, Reason};
use crate::kind::SyntaxNode;
use crate::lexer::{Token, lex};
use crate::tree;

/// The largest file that is read. The longest published report is a tenth of this.
const MAX_MEGABYTES: usize = 8;

/// The tree of one file and what was wrong with its shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parse {
    green: GreenNode,
    errors: Vec<SyntaxError>,
}

/// A mistake in the shape of the source. One mistake gives one of these.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SyntaxError {
    /// Where, in bytes of the file.
    pub range: TextRange,
    /// What was found and why it matters.
    pub message: Text,
    /// What to do.
    pub help: Text,
}

/// Reads one file. Any text gives a tree, and the tree holds the whole text; only a
/// text of more than eight megabytes gives an empty one.
pub fn parse(text: &str) -> Parse {
    if text.len() > MAX_MEGABYTES * 1024 * 1024 {
        let green = tree::build("", &[], &Outline::default(), &[]);
        let start = TextRange::empty(TextSize::from(0));
        return Parse { green, errors: vec![errors::too_large(start, MAX_MEGABYTES)] };
    }
    let (tokens, mut errors) = lex(text);
    let outline = outline(text, &tokens, &mut errors);
    let (shapes, problems) = grammar::parse(&outline.roles);
    let source = Source { text, tokens: &tokens, outline: &outline };
    errors.extend(problems.into_iter().map(|problem| source.error(problem)));
    errors.sort_by_key(|error| (error.range.start(), error.range.end()));
    Parse { green: tree::build(text, &tokens, &outline, &shapes), errors }
}

impl Parse {
    /// The file as a typed node.
    pub fn file(&self) -> ast::File {
        ast::File::of(self.syntax())
    }

    /// The root of the tree.
    pub fn syntax(&self) -> SyntaxNode {
        SyntaxNode::new_root(self.green.clone())
    }

    /// The tree without positions and parents: cheap to keep and to compare.
    pub fn green(&self) -> &GreenNode {
        &self.green
    }

    /// What is wrong with the shape, in source order.
    pub fn errors(&self) -> &[SyntaxError] {
        &self.errors
    }
}

/// Turns the grammar's problems into something to say.
struct Source<'t> {
    text: &'t str,
    tokens: &'t [Token],
    outline: &'t Outline,
}

impl Source<'_> {
    fn error(&self, problem: Problem) -> SyntaxError {
        let range = self.range(problem.start, problem.end);
        match problem.reason {
            Reason::FirstLine => errors::first_line(self.range_on_line(problem.start)),
            Reason::MissingName => errors::missing_name(range, self.slice(range)),
            Reason::MissingLineBreak => {
                errors::missing_line_break(self.range_on_line(problem.start))
            }
            Reason::InDeclaration => {
                let before = problem.start.checked_sub(1);
                let found = self.range(problem.start, problem.start + 1);
                match before {
                    Some(before) if self.is_word(before) && self.is_word(problem.start) => {
                        errors::name_with_blank(
                            range,
                            self.slice(self.range(before, problem.start)),
                            self.slice(found),
                        )
                    }
                    _ => errors::unexpected_in_declaration(range, self.slice(range)),
                }
            }
            Reason::Expected(expected) => {
                let line = self.line(problem.start);
                let range = self.range_on_line(line);
                let opens = |role: &Role| matches!(role, Role::LeftBrace | Role::TooDeep);
                let block = self.roles_on_line(line).iter().position(opens);
                let is_header =
                    matches!(self.outline.roles.get(line), Some(Role::Plan | Role::Report))
                        && self.roles_on_line(line).contains(&Role::For);
                if is_header {
                    errors::late_first_line(range)
                } else if expected.has(Role::FormulaText) {
                    let before = problem.start.checked_sub(1).unwrap_or(problem.start);
                    errors::missing_formula(self.range(before, before + 1))
                } else if let Some(length) = block {
                    let before = self.range(line, line + length);
                    errors::block_without_declaration(range, self.slice(before))
                } else {
                    errors::name_alone(range, self.slice(range))
                }
            }
        }
    }

    /// The text range of some roles. Without any, the empty range where they would be.
    fn range(&self, start: usize, end: usize) -> TextRange {
        let token = |at: u32| self.tokens.get(at as usize);
        let first = self.outline.tokens.get(start).and_then(|range| token(range.0));
        let last = end
            .checked_sub(1)
            .filter(|last| *last >= start)
            .and_then(|last| self.outline.tokens.get(last))
            .and_then(|range| token(range.1.saturating_sub(1)));
        let text_end = TextSize::of(self.text);
        let start = first.map_or(text_end, |token| token.range().start());
        let end = last.map_or(start, |token| token.range().end());
        TextRange::new(start, end.max(start))
    }

    /// The roles from here to the end of the line.
    fn roles_on_line(&self, start: usize) -> &[Role] {
        let rest = self.outline.roles.get(start..).unwrap_or_default();
        let length = rest.iter().position(|role| *role == Role::Newline).unwrap_or(rest.len());
        rest.get(..length).unwrap_or_default()
    }

    fn range_on_line(&self, start: usize) -> TextRange {
        self.range(start, start + self.roles_on_line(start).len())
    }

    /// The first role of the line, or of the block on the line, that a role stands on.
    fn line(&self, at: usize) -> usize {
        let before = self.outline.roles.get(..at).unwrap_or_default();
        let begins = |role: &Role| {
            matches!(
                role,
                Role::Newline
                    | Role::LeftBrace
                    | Role::RightBrace
                    | Role::MissingBrace
                    | Role::StrayBrace
            )
        };
        before.iter().rposition(begins).map_or(0, |last| last + 1)
    }

    fn is_word(&self, at: usize) -> bool {
        matches!(
            self.outline.roles.get(at),
            Some(
                Role::Word
                    | Role::Structural
                    | Role::Plan
                    | Role::Report
                    | Role::Organisation
                    | Role::Option
                    | Role::For
            )
        )
    }

    fn slice(&self, range: TextRange) -> &str {
        self.text.get(range.start().into()..range.end().into()).unwrap_or_default()
    }
}
