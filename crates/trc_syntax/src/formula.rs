//! Formulas: what stands after `=` and inside `{…}`.

mod failure;
mod grammar;
pub(crate) mod lexer;

use trc_base::{Decimal, Text, TextRange, TextSize};

use lexer::Lexed;

/// How deep parentheses may nest.
pub const MAX_NESTING: usize = 32;

/// How many arithmetic signs one formula may have. The expression is as deep as
/// a chain of signs is long, and whoever evaluates it recurses.
pub const MAX_OPERATORS: usize = 256;

/// How many characters a formula may have.
pub const MAX_CHARACTERS: usize = 10_000;

/// The functions. A name before `(` that is none of these is a path with a
/// document reference.
pub const FUNCTIONS: [&str; 8] =
    ["summa", "antal", "andel", "procentändring", "min", "max", "ord", "tal"];

/// Reads a formula.
///
/// # Errors
/// When the text is not one; the error says what and where.
pub fn parse(text: &str) -> Result<Expression, FormulaError> {
    let tokens = tokens(text)?;
    grammar::expression(text, &tokens).map_err(|failure| failure::explain(failure, text, &tokens))
}

/// Reads two formulas with `=` between them, as a `kontroll` has.
///
/// # Errors
/// When the text is not that; the error says what and where.
pub fn parse_equation(text: &str) -> Result<(Expression, Expression), FormulaError> {
    let tokens = tokens(text)?;
    grammar::equation(text, &tokens)
        .map_err(|failure| failure::explain_equation(failure, text, &tokens))
}

/// The tokens of a text that is short and flat enough to parse.
fn tokens(text: &str) -> Result<Vec<Lexed<'_>>, FormulaError> {
    if text.len() > MAX_CHARACTERS && text.chars().count() > MAX_CHARACTERS {
        return Err(failure::too_long(text));
    }
    let tokens = lexer::tokens(text)?;
    failure::check_size(text, &tokens)?;
    Ok(tokens)
}

/// A byte range of a formula, which is far shorter than 4 GiB.
fn text_range(start: usize, end: usize) -> TextRange {
    let size = |at: usize| TextSize::new(u32::try_from(at).unwrap_or(u32::MAX));
    TextRange::new(size(start), size(end.max(start)))
}

/// A formula. Ranges are relative to the beginning of its own text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Expression {
    pub range: TextRange,
    pub kind: ExpressionKind,
}

impl Expression {
    /// True for a share, a change in percent and any other quotient of two figures. Such
    /// figures do not add up: the share of a total is not the sum of its parts' shares.
    pub fn is_ratio(&self) -> bool {
        match &self.kind {
            ExpressionKind::Call { function, .. } => {
                matches!(function.as_str(), "andel" | "procentändring")
            }
            ExpressionKind::Binary { operator, left, right } => {
                let by_a_figure = !matches!(right.kind, ExpressionKind::Number { .. });
                (*operator == Operator::Divide && by_a_figure)
                    || left.is_ratio()
                    || right.is_ratio()
            }
            ExpressionKind::Negate(inner) => inner.is_ratio(),
            ExpressionKind::Number { .. } | ExpressionKind::Path(_) | ExpressionKind::Sum(_) => {
                false
            }
        }
    }
}

/// What an expression is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ExpressionKind {
    /// A number, perhaps with a unit: `100`, `4,8 mnkr`.
    Number { value: Decimal, unit: Option<String> },
    /// A name, perhaps in another document: `driftbudget.netto.budget`,
    /// `utfall(föregående)`, `utfall(VB 2024 för familjeenheten)`.
    Path(Path),
    /// A function: `andel(a, b)`.
    Call { function: String, function_range: TextRange, arguments: Vec<Argument> },
    /// `summa`, `summa varav`, `summa grupp` without arguments.
    Sum(SumOf),
    /// `-x`
    Negate(Box<Expression>),
    /// `a + b`
    Binary { operator: Operator, left: Box<Expression>, right: Box<Expression> },
}

/// A dotted name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Path {
    /// The names between the dots, in composed form. Never empty.
    pub parts: Vec<PathPart>,
    pub document: Option<DocumentReference>,
}

/// One name of a path.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PathPart {
    pub name: String,
    pub range: TextRange,
}

/// Another document in brackets after a name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum DocumentReference {
    /// `(föregående)`
    Previous,
    /// `(VB 2024)`, `(VB 2024 för familjeenheten)`
    Named { period: String, year: u16, owner: Option<String> },
}

/// An argument of a function: a formula, or words such as `nås delvis`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Argument {
    Expression(Expression),
    /// Two words or more; a single word is an expression that is a path.
    Words {
        text: String,
        range: TextRange,
    },
}

/// What a bare `summa` adds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SumOf {
    /// All plain rows above.
    Above,
    /// The rows that begin with "varav" under this one.
    Varav,
    /// The plain rows of this group.
    Group,
}

/// An arithmetic operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
}

/// Why a text is not a formula. The range is relative to the formula's text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FormulaError {
    pub range: TextRange,
    pub message: Text,
    pub help: Text,
}

#[cfg(test)]
mod tests;
