//! Formulas: what stands after `=` and inside `{…}`.

use trc_base::{Decimal, Text, TextRange};

/// A formula. Ranges are relative to the beginning of its own text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Expression {
    pub range: TextRange,
    pub kind: ExpressionKind,
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
    Words { text: String, range: TextRange },
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
