//! The values of a document's formulas.
//!
//! The tables of a document are evaluated by one query with an ordering of its own:
//! a cycle of formulas is a finding of this module, never one of the database's.

mod cells;
mod count;
mod function;
mod problem;

use std::cell::RefCell;
use std::collections::BTreeMap;

use trc_base::{Decimal, Text, TextRange, text};
use trc_syntax::formula::{Argument, Expression, ExpressionKind, Operator, Path, parse_equation};
use trc_syntax::value::{self, Measure, QuantityKind, TargetKind};

use crate::anchor::{Anchor, Part};
use crate::db::{Db, Workspace};
use crate::document::{Document, Kind, contents};
use crate::items::FieldValue;
use crate::quantity::{Quantity, Unit};
use crate::report::{Report, report, said};
use crate::resolve::{Gender, Named, Surroundings, Unresolved, resolve};
use crate::table::{Table, tables};
use crate::wording::{self, Sign, direction_beside};

pub use cells::CellValue;
pub use count::{COUNTED, WHOLE_REPORT};
use problem::Operands;
pub use problem::{Place, Problem, ProblemKind};

/// What a formula gives.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Value {
    Quantity(Quantity),
    /// A title or a text cell.
    Text(String),
    /// There is nothing there: an empty cell, an outcome that is absent.
    Nothing,
    /// It cannot be known, and somebody else has said why.
    Unknown,
}

impl Value {
    /// The number, when it is one.
    pub fn quantity(&self) -> Option<&Quantity> {
        match self {
            Value::Quantity(quantity) => Some(quantity),
            _ => None,
        }
    }
}

/// How an inserted value asks to be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Show {
    /// With its unit, as the place has it.
    #[default]
    Normal,
    /// `tal(x)`: the bare number.
    Bare,
    /// `ord(x)`: in words.
    Words,
}

/// The values of a document's tables.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Values {
    /// By table, row and column.
    pub cells: BTreeMap<String, Vec<Vec<CellValue>>>,
    /// What each `kontroll:` says must agree.
    pub checks: Vec<Check>,
    /// What is wrong with the formulas of tables and checks, and where.
    pub problems: Vec<Located>,
}

/// Two figures that must agree, by a `kontroll:`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Check {
    pub anchor: Anchor,
    /// As written.
    pub text: String,
    pub left: Quantity,
    pub right: Quantity,
}

/// A problem at its place.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Located {
    pub anchor: Anchor,
    pub problem: Problem,
    pub related: Vec<(Anchor, Text)>,
}

impl Values {
    /// A cell's value; unknown when there is no such cell.
    pub fn cell(&self, table: &str, row: usize, column: usize) -> &Value {
        self.cells
            .get(table)
            .and_then(|rows| rows.get(row)?.get(column))
            .map_or(&Value::Unknown, |cell| &cell.value)
    }
}

/// The values of a document's tables.
#[salsa::tracked]
pub fn values<'db>(db: &'db dyn Db, workspace: Workspace, document: Document<'db>) -> Values {
    let evaluator = Evaluator {
        db,
        workspace,
        report: report(db, workspace, document),
        tables: tables(db, workspace, document),
        known: None,
        state: RefCell::default(),
    };
    let mut out = Values::default();
    for (name, table) in evaluator.tables {
        let rows = (0..table.rows.len()).map(|row| {
            (0..table.columns.len()).map(|column| evaluator.cell(table, row, column)).collect()
        });
        out.cells.insert(name.clone(), rows.collect());
    }
    out.checks = evaluator.checks(document);
    out.problems = evaluator.state.into_inner().problems;
    out
}

/// Evaluates formulas of a document in any place.
pub struct Evaluator<'db> {
    db: &'db dyn Db,
    workspace: Workspace,
    report: &'db Report<'db>,
    tables: &'db BTreeMap<String, Table<'db>>,
    /// The tables' values, unless this evaluator is the one that computes them.
    known: Option<&'db Values>,
    state: RefCell<State>,
}

/// How many formulas and parts of formulas may be open at once.
const MAX_DEPTH: usize = 400;

#[derive(Default)]
struct State {
    cells: BTreeMap<(String, usize, usize), CellValue>,
    /// What is being computed, outermost first.
    running: Vec<Step>,
    depth: usize,
    problems: Vec<Located>,
}

/// Something that is being computed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Cell(String, usize, usize),
    Field(String, &'static str),
    /// `antal(indikatorer, nås)`, which looks at every indicator.
    Count,
}

/// Where a formula stands within a table.
#[derive(Clone, Copy)]
struct InTable<'a, 'db> {
    table: &'a Table<'db>,
    row: usize,
    column: usize,
    /// True when bare names are columns of this row; false when they are rows of this
    /// column.
    along_row: bool,
}

impl<'db> Evaluator<'db> {
    /// An evaluator over a document whose tables are already evaluated.
    pub fn new(db: &'db dyn Db, workspace: Workspace, document: Document<'db>) -> Self {
        Evaluator {
            db,
            workspace,
            report: report(db, workspace, document),
            tables: tables(db, workspace, document),
            known: Some(values(db, workspace, document)),
            state: RefCell::default(),
        }
    }

    /// The value of a formula.
    ///
    /// # Errors
    /// When a name means nothing, units do not fit, or the numbers allow no result.
    pub fn evaluate(
        &self,
        expression: &Expression,
        around: Surroundings<'_>,
    ) -> Result<Value, Problem> {
        self.value(expression, around, None)
    }

    /// The value of an inserted formula and how it asks to be printed.
    ///
    /// # Errors
    /// As [`Evaluator::evaluate`].
    pub fn evaluate_shown(
        &self,
        expression: &Expression,
        around: Surroundings<'_>,
    ) -> Result<(Value, Show), Problem> {
        if let ExpressionKind::Call { function, arguments, .. } = &expression.kind
            && let [Argument::Expression(inner)] = arguments.as_slice()
        {
            let show = match function.as_str() {
                "tal" => Some(Show::Bare),
                "ord" => Some(Show::Words),
                _ => None,
            };
            if let Some(show) = show {
                return Ok((self.evaluate(inner, around)?, show));
            }
        }
        Ok((self.evaluate(expression, around)?, Show::Normal))
    }

    /// What a path means here.
    ///
    /// # Errors
    /// When its names are unknown or ambiguous.
    pub fn resolve(&self, path: &Path, around: Surroundings<'_>) -> Result<Named<'db>, Unresolved> {
        resolve(self.db, self.workspace, self.report, around, path)
    }

    /// True when a formula is a figure from a row or column in which a surplus is
    /// negative. The row's word wins.
    pub fn surplus_is_negative(&self, expression: &Expression, around: Surroundings<'_>) -> bool {
        let path = match &expression.kind {
            ExpressionKind::Path(path) => path,
            // `tal(x)` is x.
            ExpressionKind::Call { arguments, .. } => match arguments.as_slice() {
                [Argument::Expression(inner)] => return self.surplus_is_negative(inner, around),
                _ => return false,
            },
            _ => return false,
        };
        let Ok(Named::Cell { table, row, column }) = self.resolve(path, around) else {
            return false;
        };
        let Some(table) = self.tables.get(&table) else { return false };
        let row = table.rows.get(row).and_then(|row| row.definition.as_ref());
        let column = table.columns.get(column).and_then(|column| column.surplus_is_negative);
        row.and_then(|row| row.surplus_is_negative).or(column) == Some(true)
    }

    /// What the words beside an inserted figure say of its sign.
    pub fn sign(
        &self,
        expression: &Expression,
        figure: &Quantity,
        around: Surroundings<'_>,
        (before, after): (&str, &str),
    ) -> Sign {
        let direction = direction_beside(before, after);
        let turned = direction.is_some() && self.surplus_is_negative(expression, around);
        wording::sign(direction, figure, turned)
    }

    /// The value of a formula, unless it goes too deep.
    fn value(
        &self,
        expression: &Expression,
        around: Surroundings<'_>,
        place: Option<InTable<'_, 'db>>,
    ) -> Result<Value, Problem> {
        let depth = self.state.borrow().depth;
        if depth >= MAX_DEPTH {
            return Err(problem::too_deep(expression.range));
        }
        self.state.borrow_mut().depth = depth + 1;
        let value = self.value_of(expression, around, place);
        self.state.borrow_mut().depth = depth;
        value
    }

    fn value_of(
        &self,
        expression: &Expression,
        around: Surroundings<'_>,
        place: Option<InTable<'_, 'db>>,
    ) -> Result<Value, Problem> {
        let range = expression.range;
        match &expression.kind {
            ExpressionKind::Number { value, unit } => {
                let unit = unit.as_deref().map(Unit::parse).unwrap_or_default();
                Ok(Value::Quantity(Quantity::exact(*value, unit)))
            }
            ExpressionKind::Path(path) => self.path(path, around, place),
            ExpressionKind::Sum(of) => match place {
                Some(place) => self.sum(place, *of, range),
                None => Err(Problem::new(
                    ProblemKind::Arithmetic,
                    range,
                    text!(
                        sv: "”summa” utan något inom parentes går bara att skriva i en tabell.",
                        en: "“summa” without anything in brackets can only stand in a table.",
                    ),
                    text!(
                        sv: "Skriv vad som ska summeras, till exempel ”summa(tabell.kolumn)”.",
                        en: "Write what to add up, for example “summa(table.column)”.",
                    ),
                )),
            },
            ExpressionKind::Negate(inner) => Ok(match self.operand(inner, around, place)? {
                Value::Quantity(quantity) => Value::Quantity(quantity.neg()),
                other => other,
            }),
            ExpressionKind::Binary { operator, left, right } => {
                let a = self.operand(left, around, place)?;
                let b = self.operand(right, around, place)?;
                binary(*operator, (&a, left.range), (&b, right.range), range)
            }
            ExpressionKind::Call { function, arguments, .. } => {
                self.call(function, arguments, range, around, place)
            }
        }
    }

    /// A value that is computed with, so that text will not do.
    fn operand(
        &self,
        expression: &Expression,
        around: Surroundings<'_>,
        place: Option<InTable<'_, 'db>>,
    ) -> Result<Value, Problem> {
        let value = self.value(expression, around, place)?;
        if !matches!(value, Value::Text(_)) {
            return Ok(value);
        }
        // Said at the cell that holds the text, where the formula is a table's own.
        if let (ExpressionKind::Path(path), Some(place)) = (&expression.kind, place)
            && let Some((table, row, column)) = self.cell_named(path, around, place)
        {
            let needed_by = text!(sv: "en formel i tabellen", en: "a formula of the table");
            self.text_in_cell(table, row, column, &needed_by);
            return Ok(Value::Unknown);
        }
        Err(problem::text_in_formula(expression.range))
    }

    /// The cell of a table that a path names from within a table.
    fn cell_named(
        &self,
        path: &Path,
        around: Surroundings<'_>,
        place: InTable<'_, 'db>,
    ) -> Option<(&'db Table<'db>, usize, usize)> {
        if let [one] = path.parts.as_slice()
            && let Some((row, column)) = beside(place, &one.name)
        {
            return Some((self.tables.get(&place.table.name)?, row, column));
        }
        match self.resolve(path, around) {
            Ok(Named::Cell { table, row, column }) => Some((self.tables.get(&table)?, row, column)),
            _ => None,
        }
    }

    fn path(
        &self,
        path: &Path,
        around: Surroundings<'_>,
        place: Option<InTable<'_, 'db>>,
    ) -> Result<Value, Problem> {
        let first = path.parts.first().map_or(TextRange::default(), |part| part.range);
        let whole = path.parts.last().map_or(first, |part| first.cover(part.range));
        if let (Some(place), [one]) = (place, path.parts.as_slice())
            && let Some((row, column)) = beside(place, &one.name)
        {
            return self.referred_cell(place.table, row, column, one.range);
        }
        match self.resolve(path, around)? {
            Named::Cell { table, row, column } => match self.tables.get(&table) {
                Some(table) => self.referred_cell(table, row, column, whole),
                None => Ok(Value::Unknown),
            },
            Named::Field { indicator, field, gender, document } => {
                self.field(&indicator, field, gender, document, whole)
            }
            Named::Indicator(name) => Ok(match self.report.indicator(&name) {
                Some(indicator) => Value::Text(indicator.title.clone()),
                None => Value::Unknown,
            }),
            Named::Activity(name) => Ok(match self.report.activities.get(&name) {
                Some(activity) => Value::Text(activity.title.clone()),
                None => Value::Unknown,
            }),
            Named::Lacking => Ok(Value::Unknown),
            Named::Table(table) | Named::Column { table, .. } if self.lacks(&table) => {
                Ok(Value::Unknown)
            }
            Named::Table(table) | Named::Column { table, .. } => Err(Problem::new(
                ProblemKind::Arithmetic,
                whole,
                text!(
                    sv: "”{table}” är flera tal, och här behövs ett.",
                    en: "“{table}” is several numbers, and one is needed here.",
                ),
                text!(
                    sv: "Skriv också raden och kolumnen, eller ”summa(…)”.",
                    en: "Write the row and the column too, or “summa(…)”.",
                ),
            )),
            Named::Block { name, .. } => Err(Problem::new(
                ProblemKind::Arithmetic,
                whole,
                text!(
                    sv: "”{name}” är inget värde och kan inte stå i en mening eller en formel.",
                    en: "“{name}” is no value and cannot stand in a sentence or a formula.",
                ),
                text!(
                    sv: "Skriv ”{{{name}}}” på en egen rad, så infogas det där.",
                    en: "Write “{{{name}}}” on a line of its own to have it inserted there.",
                ),
            )),
            Named::NoDocument(key) => Err(Problem::new(
                ProblemKind::Name,
                first,
                text!(
                    sv: "Dokumentet ”{key}” finns inte i arbetsytan, så värdet kan inte hämtas.",
                    en: "The document “{key}” is not in the workspace, so the value cannot be found.",
                ),
                if key.kind == Kind::Report {
                    text!(
                        sv: "Lägg till en fil som börjar med ”{key}” och raden ”omfattning: endast utfall”, eller skriv siffran utan hänvisning.",
                        en: "Add a file that begins with “{key}” and the line “omfattning: endast utfall”, or write the figure without a reference.",
                    )
                } else {
                    text!(
                        sv: "Rätta året, skriv vems det är (”… för nämnden”) eller lägg till en fil som börjar med ”{key}”.",
                        en: "Correct the year, say whose it is (“… för nämnden”) or add a file that begins with “{key}”.",
                    )
                },
            )),
        }
    }

    /// True when the table lacks rows or columns because of its file.
    fn lacks(&self, table: &str) -> bool {
        self.tables.get(table).is_some_and(|table| table.lacking)
    }

    /// Computes one step, unless it is being computed already.
    fn step(
        &self,
        step: Step,
        range: TextRange,
        work: impl FnOnce() -> Result<Value, Problem>,
    ) -> Result<Value, Problem> {
        if let Some(circle) = self.circle(&step, range) {
            return Err(circle);
        }
        self.state.borrow_mut().running.push(step);
        let result = work();
        self.state.borrow_mut().running.pop();
        match result {
            Err(problem) if problem.kind == ProblemKind::Cycle => Err(Problem { range, ..problem }),
            // What else is wrong with that formula is said where it stands.
            Err(_) => Ok(Value::Unknown),
            Ok(value) => Ok(value),
        }
    }

    /// The problem of needing what is being computed.
    fn circle(&self, step: &Step, range: TextRange) -> Option<Problem> {
        let state = self.state.borrow();
        let at = state.running.iter().position(|running| running == step)?;
        let ring = state.running.get(at..)?;
        let Text { sv, en } = self.label(step);
        let mut problem = Problem::new(
            ProblemKind::Cycle,
            range,
            text!(
                sv: "Formeln går i cirkel: den behöver {sv}, som i sin tur behöver resultatet av den här.",
                en: "The formula goes in a circle: it needs {en}, which needs the result of this one.",
            ),
            text!(
                sv: "Skriv in siffran på ett av ställena i stället för att räkna fram den.",
                en: "Type the figure in one of the places instead of computing it.",
            ),
        );
        // The last one is where the problem itself stands.
        for step in ring.iter().take(ring.len().saturating_sub(1)) {
            let Some(place) = self.place(step).map(Place::Elsewhere) else { continue };
            if problem.context.related.iter().all(|(known, _)| *known != place) {
                let Text { sv, en } = self.label(step);
                let note = text!(
                    sv: "Cirkeln går genom {sv}.",
                    en: "The circle goes through {en}.",
                );
                problem.context.related.push((place, note));
            }
        }
        if !ring.iter().any(|step| matches!(step, Step::Cell(..))) {
            problem.context.ring = ring
                .iter()
                .filter_map(|step| match step {
                    Step::Field(indicator, field) => Some((indicator.clone(), *field)),
                    _ => None,
                })
                .collect();
            problem.context.ring.sort();
        }
        Some(problem)
    }

    /// A step in a sentence.
    fn label(&self, step: &Step) -> Text {
        match step {
            Step::Cell(name, row, column) => {
                let table = self.tables.get(name);
                let row = table.and_then(|table| table.rows.get(*row));
                let column = table.and_then(|table| table.columns.get(*column));
                let row = row.map_or("", |row| row.title.as_str());
                let column = column.map_or("", |column| column.title.as_str());
                text!(
                    sv: "”{column}” på raden ”{row}” i tabellen ”{name}”",
                    en: "“{column}” in the row “{row}” of the table “{name}”",
                )
            }
            Step::Field(indicator, field) => text!(
                sv: "”{field}” för indikatorn ”{indicator}”",
                en: "“{field}” of the indicator “{indicator}”",
            ),
            Step::Count => text!(
                sv: "en räkning av indikatorer",
                en: "a count of indicators",
            ),
        }
    }

    /// Where a step stands in the source.
    fn place(&self, step: &Step) -> Option<Anchor> {
        match step {
            Step::Cell(name, row, column) => {
                Some(self.formula_place(self.tables.get(name)?, *row, *column))
            }
            Step::Field(indicator, field) => {
                let said = self.report.indicator(indicator)?.said(self.db, field)?;
                Some(said.anchor(self.db))
            }
            Step::Count => None,
        }
    }

    /// Notes a problem, once.
    fn note(&self, located: Located) {
        let mut state = self.state.borrow_mut();
        let known = state.problems.iter().any(|known| {
            known.anchor == located.anchor && known.problem.kind == located.problem.kind
        });
        // A circle of indicators is said at an indicator.
        if !known && located.problem.context.ring.is_empty() {
            state.problems.push(located);
        }
    }

    /// The two sides of every `kontroll:` of the tables and of the document itself.
    fn checks(&self, document: Document<'db>) -> Vec<Check> {
        let mut out = Vec::new();
        if document.key(self.db).kind == Kind::Types {
            return out;
        }
        for table in self.tables.values() {
            for (declaration, field, line) in &table.checks {
                let own = declaration.file(self.db) == table.declaration.file(self.db);
                let anchor = if own {
                    Anchor::part(self.db, *declaration, Part::Field(*field))
                } else {
                    Anchor::head(self.db, table.declaration)
                };
                out.extend(self.check(anchor, line, own));
            }
        }
        for root in &contents(self.db, self.workspace, document).roots {
            for (index, field) in root.facts(self.db).fields.iter().enumerate() {
                if let ("kontroll", FieldValue::Line(line)) = (field.name.as_str(), &field.value) {
                    let anchor = Anchor::part(self.db, *root, Part::Field(index));
                    out.extend(self.check(anchor, line, true));
                }
            }
        }
        out
    }

    /// `a = b`. The check of a table type may name tables that this document does not
    /// have, or that are not filled yet: then nobody is to blame.
    fn check(&self, anchor: Anchor, line: &str, own: bool) -> Option<Check> {
        match self.sides(line) {
            Ok((left, right)) => {
                let (left, right) = (left?, right?);
                Some(Check { anchor, text: line.to_owned(), left, right })
            }
            Err(problem) => {
                // That it is no equation is said of the field as such.
                if own && problem.kind != ProblemKind::Syntax {
                    let (anchor, related) = problem.places(&anchor, 0.into());
                    self.note(Located { anchor, problem, related });
                }
                None
            }
        }
    }

    fn sides(&self, line: &str) -> Result<(Option<Quantity>, Option<Quantity>), Problem> {
        let (left, right) = parse_equation(line).map_err(|error| {
            Problem::new(ProblemKind::Syntax, error.range, error.message, error.help)
        })?;
        let a = self.operand(&left, Surroundings::default(), None)?;
        let b = self.operand(&right, Surroundings::default(), None)?;
        let empty = |side: &Expression| {
            let side = line.get(std::ops::Range::<usize>::from(side.range)).unwrap_or_default();
            let side = side.trim().to_owned();
            text!(
                sv: "”{side}” är tomt, så kontrollen går inte att göra.",
                en: "“{side}” is empty, so the check cannot be made.",
            )
        };
        let help = || {
            text!(
                sv: "Fyll i siffran där den hör hemma, eller ta bort kontrollen.",
                en: "Fill in the figure where it belongs, or remove the check.",
            )
        };
        match (&a, &b) {
            (Value::Quantity(_), Value::Nothing) => {
                Err(Problem::new(ProblemKind::Arithmetic, right.range, empty(&right), help()))
            }
            (Value::Nothing, Value::Quantity(_)) => {
                Err(Problem::new(ProblemKind::Arithmetic, left.range, empty(&left), help()))
            }
            (Value::Quantity(one), Value::Quantity(two)) if !one.unit.fits(&two.unit) => {
                Err(problem::mixed(&Operands {
                    range: left.range.cover(right.range),
                    left: (one, left.range),
                    right: (two, right.range),
                }))
            }
            _ => Ok((a.quantity().cloned(), b.quantity().cloned())),
        }
    }

    /// The value of an indicator's field, in this document or another.
    fn field(
        &self,
        name: &str,
        field: &'static str,
        gender: Option<Gender>,
        document: Document<'db>,
        range: TextRange,
    ) -> Result<Value, Problem> {
        let Some(indicator) = self.report.indicator(name) else { return Ok(Value::Unknown) };
        let step = || Step::Field(name.to_owned(), field);
        let own = document == self.report.document;
        if let "årsmål" | "kf_årsmål" = field {
            let target = match (own, field) {
                (true, "årsmål") => indicator.target().cloned(),
                (true, _) => indicator.budget_target(self.db).cloned(),
                (false, _) => {
                    indicator.target_in(self.db, self.workspace, document, field == "kf_årsmål")
                }
            };
            let Some(Ok(target)) = target.as_ref().map(|target| &target.target) else {
                return Ok(Value::Nothing);
            };
            let kind = match &target.kind {
                TargetKind::Value(measure) => match part(measure, gender) {
                    Some(kind) => kind,
                    None => return Ok(Value::Nothing),
                },
                TargetKind::AtLeast(quantity)
                | TargetKind::AtMost(quantity)
                | TargetKind::Within(quantity) => &quantity.kind,
                _ => return Ok(Value::Nothing),
            };
            if !own {
                return self.quantity(kind, &indicator.unit, name);
            }
            return self.step(step(), range, || self.quantity(kind, &indicator.unit, name));
        }
        let line = if own {
            indicator
                .said(self.db, field)
                .or_else(|| said(self.db, &indicator.above, field))
                .and_then(|said| said.line())
        } else {
            let mentions = indicator.mentions_in(self.db, self.workspace, document);
            said(self.db, mentions, field).and_then(|said| said.line())
        };
        let Some(line) = line else { return Ok(Value::Nothing) };
        if value::absence(line).is_some() {
            return Ok(Value::Nothing);
        }
        let Ok(measure) = value::measure(line) else { return Ok(Value::Unknown) };
        let Some(kind) = part(&measure, gender) else { return Ok(Value::Nothing) };
        if !own && matches!(kind, QuantityKind::Inserted(_)) {
            // Formulas of another document are that document's affair.
            return Ok(Value::Unknown);
        }
        let unit = match field {
            "svar" => Unit::Count,
            "svarsfrekvens" => Unit::Percent,
            _ => indicator.unit.clone(),
        };
        if !own {
            return self.quantity(kind, &unit, name);
        }
        self.step(step(), range, || self.quantity(kind, &unit, name))
    }

    /// The value of a measure, or of one gender's part of it.
    pub fn measured(
        &self,
        measure: &Measure,
        gender: Option<Gender>,
        unit: &Unit,
        indicator: &str,
    ) -> Value {
        let Some(kind) = part(measure, gender) else { return Value::Nothing };
        self.quantity(kind, unit, indicator).unwrap_or(Value::Unknown)
    }

    fn quantity(
        &self,
        kind: &QuantityKind,
        unit: &Unit,
        indicator: &str,
    ) -> Result<Value, Problem> {
        Ok(match kind {
            QuantityKind::Number { value, unit: own } => {
                let own = own.as_deref().map_or_else(|| unit.clone(), Unit::parse);
                Value::Quantity(Quantity::stated(*value, own))
            }
            QuantityKind::Share { part, whole } => {
                let exact = |value| Quantity::exact(value, Unit::None);
                match exact(*part).share_of(&exact(*whole)) {
                    Some(share) => Value::Quantity(share),
                    None => Value::Unknown,
                }
            }
            QuantityKind::Checked { typed, .. } => match number_in(typed) {
                Some((value, own)) => {
                    let own = own.map_or_else(|| unit.clone(), |own| Unit::parse(&own));
                    Value::Quantity(Quantity::stated(value, own))
                }
                None => Value::Unknown,
            },
            QuantityKind::Inserted(insertion) => match &insertion.formula {
                Ok(expression) => {
                    let around = Surroundings::of(self.report, "indikator", indicator);
                    return self.evaluate(expression, around);
                }
                Err(_) => Value::Unknown,
            },
        })
    }
}

/// The cell that a bare name means in a formula of a table.
fn beside(place: InTable<'_, '_>, name: &str) -> Option<(usize, usize)> {
    if place.along_row {
        place.table.column_named(name).map(|column| (place.row, column))
    } else {
        place.table.row_named(place.row, name).map(|row| (row, place.column))
    }
}

/// The figure of a measure, or of one gender's part of it.
fn part(measure: &Measure, gender: Option<Gender>) -> Option<&QuantityKind> {
    match gender {
        None => Some(&measure.total.kind),
        Some(gender) => {
            let part = measure.parts.iter().find(|part| part.gender == gender)?;
            Some(&part.quantity.kind)
        }
    }
}

/// The first number in a typed text and the unit right after it.
fn number_in(typed: &str) -> Option<(Decimal, Option<String>)> {
    match value::measure(typed).ok()?.total.kind {
        QuantityKind::Number { value, unit } => Some((value, unit)),
        _ => None,
    }
}

/// The value of two operands, each with its place in the formula.
fn binary(
    operator: Operator,
    (a, at_a): (&Value, TextRange),
    (b, at_b): (&Value, TextRange),
    range: TextRange,
) -> Result<Value, Problem> {
    let plain =
        |quantity: &Quantity| Value::Quantity(Quantity { stated: false, ..quantity.clone() });
    let (a, b) = match (a, b) {
        (Value::Unknown | Value::Text(_), _) | (_, Value::Unknown | Value::Text(_)) => {
            return Ok(Value::Unknown);
        }
        (Value::Nothing, Value::Nothing) => return Ok(Value::Nothing),
        // Empty operands count as nothing in sums; a factor that is not there leaves
        // no product.
        (Value::Nothing, Value::Quantity(b)) => {
            return Ok(match operator {
                Operator::Add => plain(b),
                Operator::Subtract => Value::Quantity(b.neg()),
                Operator::Multiply | Operator::Divide => Value::Nothing,
            });
        }
        (Value::Quantity(a), Value::Nothing) => {
            return Ok(match operator {
                Operator::Add | Operator::Subtract => plain(a),
                Operator::Multiply | Operator::Divide => Value::Nothing,
            });
        }
        (Value::Quantity(a), Value::Quantity(b)) => (a, b),
    };
    let operands = || Operands { range, left: (a, at_a), right: (b, at_b) };
    let fits = a.unit.fits(&b.unit);
    match operator {
        Operator::Add => a.add(b).map(Value::Quantity).ok_or_else(|| {
            if fits { problem::too_large(range) } else { problem::mixed(&operands()) }
        }),
        Operator::Subtract => a.sub(b).map(Value::Quantity).ok_or_else(|| {
            if fits { problem::too_large(range) } else { problem::mixed(&operands()) }
        }),
        Operator::Multiply => a.mul(b).map(Value::Quantity).ok_or_else(|| {
            let factor = |unit: &Unit| unit.is_bare() || *unit == Unit::Percent;
            if factor(&a.unit) || factor(&b.unit) {
                problem::too_large(range)
            } else {
                problem::multiplied(&operands())
            }
        }),
        Operator::Divide if b.value.is_zero() => Err(problem::divided_by_zero(range)),
        Operator::Divide => a.div(b).map(Value::Quantity).ok_or_else(|| {
            if fits { problem::too_large(range) } else { problem::mixed(&operands()) }
        }),
    }
}
