//! Why a formula has no value.

use trc_base::{Text, TextRange, TextSize, text};

use crate::anchor::Anchor;
use crate::quantity::{Quantity, Unit};
use crate::resolve::Unresolved;

/// Why a formula has no value. The range is relative to the formula's text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Problem {
    pub kind: ProblemKind,
    pub range: TextRange,
    pub message: Text,
    pub help: Text,
    /// What else has a part in it; apart, so that a result stays small.
    pub context: Box<Context>,
}

/// What else has a part in a problem.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Context {
    pub related: Vec<(Place, Text)>,
    /// The fields that a circle goes through, where it goes through nothing else: the
    /// first of them, by name, is the one that says so.
    pub ring: Vec<(String, &'static str)>,
}

/// What kind of mistake a formula has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProblemKind {
    /// A name that means nothing.
    Name,
    /// Units that cannot be added or compared.
    Units,
    /// A formula that needs its own result.
    Cycle,
    /// Division by zero, too large a number, text where a number is needed.
    Arithmetic,
    /// Not a formula.
    Syntax,
}

/// A place that has a part in a problem.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Place {
    /// In the same formula.
    Here(TextRange),
    /// Anywhere.
    Elsewhere(Anchor),
}

impl Problem {
    pub(crate) fn new(kind: ProblemKind, range: TextRange, message: Text, help: Text) -> Problem {
        Problem { kind, range, message, help, context: Box::default() }
    }

    /// The place of the problem, where the formula begins at byte `at` of what the
    /// anchor names, and the other places that belong to it.
    pub fn places(&self, formula: &Anchor, at: TextSize) -> (Anchor, Vec<(Anchor, Text)>) {
        let here = |range: TextRange| formula.clone().within(range + at);
        let related = self.context.related.iter().map(|(place, text)| match place {
            Place::Here(range) => (here(*range), text.clone()),
            Place::Elsewhere(anchor) => (anchor.clone(), text.clone()),
        });
        (here(self.range), related.collect())
    }
}

impl From<Unresolved> for Problem {
    fn from(it: Unresolved) -> Self {
        Problem::new(ProblemKind::Name, it.range, it.message, it.help)
    }
}

/// Two operands, each with its place in the formula.
pub(super) struct Operands<'a> {
    pub range: TextRange,
    pub left: (&'a Quantity, TextRange),
    pub right: (&'a Quantity, TextRange),
}

/// Units that cannot be added.
pub(super) fn mixed(operands: &Operands<'_>) -> Problem {
    let Operands { range, left, right } = operands;
    let (one, two) = (named(&left.0.unit), named(&right.0.unit));
    let mut problem = Problem::new(
        ProblemKind::Units,
        *range,
        text!(
            sv: "Formeln blandar enheterna {one} och {two}, så resultatet betyder inget.",
            en: "The formula mixes the units {one} and {two}, so the result means nothing.",
        ),
        text!(
            sv: "Räkna bara med siffror i samma enhet.",
            en: "Compute only with figures in the same unit.",
        ),
    );
    if left.1 != right.1 {
        problem.context.related = vec![
            (Place::Here(left.1), in_unit(&left.0.unit)),
            (Place::Here(right.1), in_unit(&right.0.unit)),
        ];
    }
    problem
}

/// "Det här är i mnkr."
pub(super) fn in_unit(unit: &Unit) -> Text {
    let unit = named(unit);
    text!(sv: "Det här är i {unit}.", en: "This is in {unit}.")
}

fn named(unit: &Unit) -> String {
    unit.named().to_owned()
}

pub(super) fn multiplied(operands: &Operands<'_>) -> Problem {
    let (one, two) = (named(&operands.left.0.unit), named(&operands.right.0.unit));
    Problem::new(
        ProblemKind::Units,
        operands.range,
        text!(
            sv: "Det går inte att multiplicera {one} med {two}.",
            en: "{one} cannot be multiplied by {two}.",
        ),
        text!(
            sv: "Den ena faktorn ska vara ett tal utan enhet eller en procentsats.",
            en: "One of the factors must be a bare number or a percentage.",
        ),
    )
}

pub(super) fn divided_by_zero(range: TextRange) -> Problem {
    Problem::new(
        ProblemKind::Arithmetic,
        range,
        text!(
            sv: "Det går inte att dela med noll, så någon andel eller förändring finns inte.",
            en: "Division by zero: there is no such share or change.",
        ),
        text!(
            sv: "Skriv förändringen i antal i stället för i procent.",
            en: "Give the change as a number instead of a percentage.",
        ),
    )
}

pub(super) fn too_large(range: TextRange) -> Problem {
    Problem::new(
        ProblemKind::Arithmetic,
        range,
        text!(
            sv: "Talet blir för stort för att räknas exakt.",
            en: "The number becomes too large to be computed exactly.",
        ),
        text!(sv: "Använd en större enhet, till exempel mnkr.", en: "Use a larger unit, such as mnkr."),
    )
}

/// A chain of formulas so long that nobody can have meant it, and that would exhaust
/// the stack of whoever follows it.
pub(super) fn too_deep(range: TextRange) -> Problem {
    Problem::new(
        ProblemKind::Arithmetic,
        range,
        text!(
            sv: "Formeln bygger på en så lång kedja av andra formler att den inte räknas ut.",
            en: "The formula rests on so long a chain of other formulas that it is not computed.",
        ),
        text!(
            sv: "Skriv in siffran på något av ställena i kedjan.",
            en: "Type the figure in one of the places of the chain.",
        ),
    )
}

pub(super) fn text_in_formula(range: TextRange) -> Problem {
    Problem::new(
        ProblemKind::Arithmetic,
        range,
        text!(sv: "Det går inte att räkna med text.", en: "Text cannot be computed with."),
        text!(
            sv: "Hänvisa till en siffra, till exempel en indikators utfall eller en cell i en tabell.",
            en: "Refer to a figure, such as an indicator's outcome or a cell of a table.",
        ),
    )
}

/// A cell of text that a formula needs as a number; said at the cell.
pub(super) fn text_in_cell(typed: &str, needed_by: &Text) -> Problem {
    let Text { sv, en } = needed_by;
    Problem::new(
        ProblemKind::Arithmetic,
        TextRange::default(),
        text!(
            sv: "Här står ”{typed}”, som inte är ett tal, men {sv} räknas ut från det.",
            en: "This says “{typed}”, which is no number, but {en} is computed from it.",
        ),
        text!(
            sv: "Skriv bara talet i cellen och förbehållet i en fotnot: ”1,5 [^not]”. Finns inget tal lämnas cellen tom.",
            en: "Write only the number in the cell and the reservation in a footnote: “1,5 [^not]”. If there is no number, leave the cell empty.",
        ),
    )
}

pub(super) fn needs_numbers(function: &str, range: TextRange) -> Problem {
    let example = match function {
        "andel" => "andel(del, helhet)",
        "procentändring" => "procentändring(från, till)",
        "antal" => "antal(indikatorer, nås)",
        "summa" => "summa(tabell.kolumn)",
        "tal" | "ord" => "tal(x)",
        _ => "min(a, b)",
    };
    Problem::new(
        ProblemKind::Arithmetic,
        range,
        text!(
            sv: "Funktionen ”{function}” går inte att använda så här.",
            en: "The function “{function}” cannot be used like this.",
        ),
        text!(sv: "Skriv till exempel ”{example}”.", en: "Write for example “{example}”."),
    )
}
