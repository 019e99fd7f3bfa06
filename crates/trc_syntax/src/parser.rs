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

/// The largest file that is read. No report comes near it; a spreadsheet saved under
/// the wrong name does.
const MAX_MEGABYTES: usize = 8;

/// The tree of one file and what was wrong with its shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parse {
    green: GreenNode,
    errors: Vec<SyntaxError>,
    braces_pair: bool,
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
        let errors = vec![errors::too_large(start, MAX_MEGABYTES)];
        return Parse { green, errors, braces_pair: true };
    }
    let (tokens, mut errors) = lex(text);
    let outline = outline(text, &tokens, &mut errors);
    let (shapes, problems) = grammar::parse(&outline.roles);
    let source = Source { text, tokens: &tokens, outline: &outline };
    let problems = problems.into_iter().filter(|problem| !source.is_echo(problem));
    errors.extend(problems.map(|problem| source.error(problem)));
    if outline.roles.iter().all(|role| *role == Role::Newline) && errors.is_empty() {
        errors.push(errors::empty_file(TextRange::empty(TextSize::from(0))));
    }
    errors.sort_by_key(|error| (error.range.start(), error.range.end()));
    let green = tree::build(text, &tokens, &outline, &shapes);
    Parse { green, errors, braces_pair: outline.braces_pair }
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

    /// False where a brace is missing or too many: which block ends where is then
    /// told by the indentation, so that a change of layout may change the outline.
    pub fn braces_pair(&self) -> bool {
        self.braces_pair
    }
}

/// Turns the grammar's problems into something to say.
struct Source<'t> {
    text: &'t str,
    tokens: &'t [Token],
    outline: &'t Outline,
}

impl Source<'_> {
    /// A block right inside two others without a word between is the same slip as the
    /// one around it.
    fn is_echo(&self, problem: &Problem) -> bool {
        let opens = |at: Option<usize>| {
            at.and_then(|at| self.outline.roles.get(at))
                .is_some_and(|role| matches!(role, Role::LeftBrace | Role::TooDeep))
        };
        let line = self.line(problem.start);
        opens(Some(line)) && opens(line.checked_sub(1)) && opens(line.checked_sub(2))
    }

    fn error(&self, problem: Problem) -> SyntaxError {
        let range = self.range(problem.start, problem.end);
        match problem.reason {
            Reason::FirstLine => errors::first_line(self.range_on_line(problem.start)),
            Reason::MissingName => errors::missing_name(range, &self.quote(range)),
            Reason::MissingLineBreak => {
                errors::missing_line_break(self.range_on_line(problem.start))
            }
            Reason::InDeclaration => {
                if self.outline.roles.get(problem.start) == Some(&Role::Equals) {
                    return errors::missing_formula(self.range(problem.start, problem.start + 1));
                }
                let before = problem.start.checked_sub(1);
                let found = self.range(problem.start, problem.start + 1);
                match before {
                    Some(before) if self.is_word(before) && self.is_word(problem.start) => {
                        errors::name_with_blank(
                            range,
                            &self.quote(self.range(before, problem.start)),
                            &self.quote(found),
                        )
                    }
                    _ => errors::unexpected_in_declaration(range, &self.quote(range)),
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
                    let before =
                        if before.is_empty() { "{".to_owned() } else { self.quote(before) };
                    errors::block_without_declaration(range, &before)
                } else {
                    errors::name_alone(range, &self.quote(range))
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

    /// What stands in a range, for a message: at most the beginning of its first line.
    fn quote(&self, range: TextRange) -> String {
        const LENGTH: usize = 40;
        let text = self.text.get(range.start().into()..range.end().into()).unwrap_or_default();
        let line = text.lines().next().unwrap_or_default();
        match line.char_indices().nth(LENGTH) {
            Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default().trim_end()),
            None if line.len() < text.len() => format!("{line}…"),
            None => line.to_owned(),
        }
    }
}
