//! The values of a document's formulas.
//!
//! The tables of a document are evaluated by one query with an ordering of its own:
//! a cycle of formulas is a finding of this module, never one of the database's.

use std::cell::RefCell;
use std::collections::BTreeMap;

use trc_base::{Decimal, Text, TextRange, text};
use trc_syntax::formula::{Argument, Expression, ExpressionKind, Operator, Path, SumOf};
use trc_syntax::value::{self, CellContent, Measure, QuantityKind, TargetKind};

use crate::anchor::{Anchor, Part};
use crate::db::{Db, Workspace};
use crate::document::{Document, contents};
use crate::quantity::{Quantity, Unit};
use crate::report::{Report, report, said};
use crate::resolve::{Gender, Named, Surroundings, Unresolved, resolve};
use crate::table::{Formula, Override, RowKind, Table, tables};

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

/// Why a formula has no value. The range is relative to the formula's text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Problem {
    pub kind: ProblemKind,
    pub range: TextRange,
    pub message: Text,
    pub help: Text,
}

impl From<Unresolved> for Problem {
    fn from(it: Unresolved) -> Self {
        Problem { kind: ProblemKind::Name, range: it.range, message: it.message, help: it.help }
    }
}

/// A cell of a table, evaluated.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CellValue {
    pub value: Value,
    /// What the formula gives where a figure is typed as well.
    pub expected: Option<Quantity>,
}

/// The values of a document's tables.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Values {
    /// By table, row and column.
    pub cells: BTreeMap<String, Vec<Vec<CellValue>>>,
    /// What is wrong with the formulas of tables, and where.
    pub problems: Vec<(Anchor, Problem)>,
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

#[derive(Default)]
struct State {
    cells: BTreeMap<(String, usize, usize), Progress>,
    fields: Vec<(String, &'static str)>,
    problems: Vec<(Anchor, Problem)>,
}

#[derive(Clone)]
enum Progress {
    Running,
    Done(CellValue),
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

    fn value(
        &self,
        expression: &Expression,
        around: Surroundings<'_>,
        place: Option<InTable<'_, 'db>>,
    ) -> Result<Value, Problem> {
        match &expression.kind {
            ExpressionKind::Number { value, unit } => {
                let unit = unit.as_deref().map(Unit::parse).unwrap_or_default();
                Ok(Value::Quantity(Quantity::exact(*value, unit)))
            }
            ExpressionKind::Path(path) => self.path(path, around, place),
            ExpressionKind::Sum(of) => match place {
                Some(place) => Ok(self.sum(place, *of)),
                None => Err(problem(
                    ProblemKind::Arithmetic,
                    expression.range,
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
            ExpressionKind::Negate(inner) => Ok(match self.value(inner, around, place)? {
                Value::Quantity(quantity) => Value::Quantity(quantity.neg()),
                other => other,
            }),
            ExpressionKind::Binary { operator, left, right } => {
                let a = self.value(left, around, place)?;
                let b = self.value(right, around, place)?;
                binary(*operator, &a, &b, expression.range)
            }
            ExpressionKind::Call { function, arguments, .. } => {
                self.call(function, arguments, expression.range, around, place)
            }
        }
    }

    fn path(
        &self,
        path: &Path,
        around: Surroundings<'_>,
        place: Option<InTable<'_, 'db>>,
    ) -> Result<Value, Problem> {
        if let (Some(place), [one]) = (place, path.parts.as_slice()) {
            let found = if place.along_row {
                place.table.column_named(&one.name).map(|column| (place.row, column))
            } else {
                place.table.row_named(place.row, &one.name).map(|row| (row, place.column))
            };
            if let Some((row, column)) = found {
                return self.referred_cell(place.table, row, column, one.range);
            }
        }
        match self.resolve(path, around)? {
            Named::Cell { table, row, column } => match self.tables.get(&table) {
                Some(table) => {
                    let range = path.parts.first().map_or(TextRange::default(), |p| p.range);
                    self.referred_cell(table, row, column, range)
                }
                None => Ok(Value::Unknown),
            },
            Named::Field { indicator, field, gender, document } => {
                self.field(&indicator, field, gender, document)
            }
            Named::Indicator(name) => Ok(match self.report.indicators.get(&name) {
                Some(indicator) => Value::Text(indicator.title.clone()),
                None => Value::Unknown,
            }),
            Named::Activity(name) => Ok(match self.report.activities.get(&name) {
                Some(activity) => Value::Text(activity.title.clone()),
                None => Value::Unknown,
            }),
            Named::Table(table) | Named::Column { table, .. } => {
                let (first, last) = (path.parts.first(), path.parts.last());
                let range = first.zip(last).map(|(a, b)| a.range.cover(b.range));
                Err(problem(
                    ProblemKind::Arithmetic,
                    range.unwrap_or_default(),
                    text!(
                        sv: "”{table}” är flera tal, och här behövs ett.",
                        en: "“{table}” is several numbers, and one is needed here.",
                    ),
                    text!(
                        sv: "Skriv också raden och kolumnen, eller ”summa(…)”.",
                        en: "Write the row and the column too, or “summa(…)”.",
                    ),
                ))
            }
            Named::Block { .. } => Ok(Value::Unknown),
            Named::NoDocument(key) => {
                let range = path.parts.first().map_or(TextRange::default(), |p| p.range);
                Err(problem(
                    ProblemKind::Name,
                    range,
                    text!(
                        sv: "Dokumentet ”{key}” finns inte i arbetsytan, så värdet kan inte hämtas.",
                        en: "The document “{key}” is not in the workspace, so the value cannot be found.",
                    ),
                    text!(
                        sv: "Lägg till en fil som börjar med ”{key}” och raden ”omfattning: endast utfall”, eller skriv siffran utan hänvisning.",
                        en: "Add a file that begins with “{key}” and the line “omfattning: endast utfall”, or write the figure without a reference.",
                    ),
                ))
            }
        }
    }

    /// A cell that a formula refers to. A cycle is said at the reference.
    fn referred_cell(
        &self,
        table: &Table<'db>,
        row: usize,
        column: usize,
        range: TextRange,
    ) -> Result<Value, Problem> {
        if let Some(known) = self.known {
            return Ok(known.cell(&table.name, row, column).clone());
        }
        let key = (table.name.clone(), row, column);
        if let Some(Progress::Running) = self.state.borrow().cells.get(&key) {
            let title = table.rows.get(row).map_or("", |row| row.title.as_str());
            let column = table.columns.get(column).map_or("", |column| column.title.as_str());
            let name = &table.name;
            return Err(problem(
                ProblemKind::Cycle,
                range,
                text!(
                    sv: "Formeln går i cirkel: den behöver ”{column}” på raden ”{title}” i tabellen ”{name}”, som i sin tur behöver resultatet av den här.",
                    en: "The formula goes in a circle: it needs “{column}” in the row “{title}” of the table “{name}”, which needs the result of this one.",
                ),
                text!(
                    sv: "Skriv in siffran på ett av ställena i stället för att räkna fram den.",
                    en: "Type the figure in one of the places instead of computing it.",
                ),
            ));
        }
        Ok(self.cell(table, row, column).value)
    }

    /// The value of a cell, computed once.
    fn cell(&self, table: &Table<'db>, row: usize, column: usize) -> CellValue {
        let key = (table.name.clone(), row, column);
        if let Some(Progress::Done(cell)) = self.state.borrow().cells.get(&key) {
            return cell.clone();
        }
        self.state.borrow_mut().cells.insert(key.clone(), Progress::Running);
        let cell = self.compute_cell(table, row, column);
        self.state.borrow_mut().cells.insert(key, Progress::Done(cell.clone()));
        cell
    }

    fn compute_cell(&self, table: &Table<'db>, row: usize, column: usize) -> CellValue {
        let nothing = CellValue { value: Value::Nothing, expected: None };
        let (Some(laid), Some(definition)) = (table.rows.get(row), table.columns.get(column))
        else {
            return nothing;
        };
        if laid.kind == RowKind::Group {
            return nothing;
        }
        let unit = table.unit.as_deref().map(Unit::parse).unwrap_or_default();
        let decimals = definition.decimals.or(table.decimals);
        let typed = laid.cells.get(column).and_then(|cell| {
            let anchor = cell
                .source
                .map(|(row, cell)| Anchor::part(self.db, table.declaration, Part::Cell(row, cell)));
            Some((cell.typed.as_ref()?, anchor?))
        });
        let typed = typed
            .and_then(|(cell, anchor)| self.typed_cell(&cell.content, &anchor, &unit, decimals));

        let computed = self.formula_for(table, row, column).and_then(|(formula, along_row)| {
            let place = InTable { table, row, column, along_row };
            let result = match &formula.read {
                Ok(expression) => self.value(expression, Surroundings::default(), Some(place)),
                Err(_) => return None,
            };
            match result {
                Ok(Value::Quantity(quantity)) => Some(Ok(quantity)),
                Ok(Value::Unknown) => Some(Err(())),
                Ok(Value::Nothing | Value::Text(_)) => None,
                Err(problem) => {
                    self.formula_problem(table, formula, problem);
                    Some(Err(()))
                }
            }
        });

        match (typed, computed) {
            (Some(value), Some(Ok(expected))) => {
                CellValue { value, expected: expected.to_unit(&unit) }
            }
            (Some(value), _) => CellValue { value, expected: None },
            (None, Some(Ok(quantity))) => {
                let value = match quantity.to_unit(&unit) {
                    Some(quantity) => {
                        let printed = quantity.printed(decimals);
                        Value::Quantity(Quantity::stated(printed, quantity.unit))
                    }
                    None => Value::Unknown,
                };
                CellValue { value, expected: None }
            }
            (None, Some(Err(()))) => CellValue { value: Value::Unknown, expected: None },
            (None, None) => nothing,
        }
    }

    /// A formula of a table type may name tables that this document does not have:
    /// then the value is unknown and nobody is to blame.
    fn formula_problem(&self, table: &Table<'db>, formula: &Formula, problem: Problem) {
        let from_type = formula.anchor.file != table.declaration.file(self.db);
        if from_type && problem.kind == ProblemKind::Name {
            return;
        }
        let anchor = if from_type {
            Anchor::head(self.db, table.declaration)
        } else {
            formula.anchor.clone().within(problem.range)
        };
        let mut state = self.state.borrow_mut();
        if !state.problems.iter().any(|(_, known)| *known == problem) {
            state.problems.push((anchor, problem));
        }
    }

    fn typed_cell(
        &self,
        content: &CellContent,
        anchor: &Anchor,
        unit: &Unit,
        decimals: Option<u32>,
    ) -> Option<Value> {
        match content {
            CellContent::Empty => None,
            CellContent::Dash => Some(Value::Nothing),
            CellContent::Text(text) => Some(Value::Text(text.clone())),
            CellContent::Number { value, unit: own } => {
                let own = own.as_deref().map_or_else(|| unit.clone(), Unit::parse);
                Some(Value::Quantity(Quantity::stated(precise(*value, decimals), own)))
            }
            CellContent::Checked { typed, .. } => {
                let (value, own) = number_in(typed)?;
                let own = own.map_or_else(|| unit.clone(), |own| Unit::parse(&own));
                Some(Value::Quantity(Quantity::stated(precise(value, decimals), own)))
            }
            CellContent::Inserted(insertion) => {
                let Ok(expression) = &insertion.formula else { return Some(Value::Unknown) };
                let at = insertion.formula_range.start();
                Some(match self.value(expression, Surroundings::default(), None) {
                    Ok(Value::Quantity(quantity)) => match quantity.to_unit(unit) {
                        Some(quantity) => {
                            let printed = quantity.printed(decimals);
                            Value::Quantity(Quantity::stated(printed, quantity.unit))
                        }
                        None => {
                            let (has, wants) = (&quantity.unit, unit);
                            let problem = problem(
                                ProblemKind::Units,
                                expression.range,
                                text!(
                                    sv: "Värdet är i {has} men tabellen är i {wants}.",
                                    en: "The value is in {has} but the table is in {wants}.",
                                ),
                                text!(
                                    sv: "Hämta en siffra i samma enhet, eller ändra tabellens enhet.",
                                    en: "Refer to a figure in the same unit, or change the table's unit.",
                                ),
                            );
                            self.report_at(anchor, at, problem);
                            Value::Unknown
                        }
                    },
                    Ok(other) => other,
                    Err(problem) => {
                        self.report_at(anchor, at, problem);
                        Value::Unknown
                    }
                })
            }
        }
    }

    fn report_at(&self, anchor: &Anchor, at: trc_base::TextSize, problem: Problem) {
        let anchor = anchor.clone().within(problem.range + at);
        self.state.borrow_mut().problems.push((anchor, problem));
    }

    /// Which formula a cell has. `summa` wins over a column's formula; any other row
    /// formula yields to it; a row's own word on one column wins over all.
    fn formula_for<'t>(
        &self,
        table: &'t Table<'db>,
        row: usize,
        column: usize,
    ) -> Option<(&'t Formula, bool)> {
        let definition = table.columns.get(column)?;
        let row_definition = table.rows.get(row)?.definition.as_ref();
        if let Some(row) = row_definition {
            match row.overrides.get(&definition.name) {
                Some(Override::Nothing) => return None,
                Some(Override::Formula(formula)) => return Some((formula, false)),
                None => {}
            }
        }
        let row_formula = row_definition.and_then(|row| row.formula.as_ref());
        let is_sum = |formula: &Formula| {
            matches!(&formula.read, Ok(Expression { kind: ExpressionKind::Sum(_), .. }))
        };
        match (row_formula, &definition.formula) {
            (Some(formula), _) if is_sum(formula) => Some((formula, false)),
            (_, Some(formula)) => Some((formula, true)),
            (Some(formula), None) => Some((formula, false)),
            (None, None) => None,
        }
    }

    fn sum(&self, place: InTable<'_, 'db>, of: SumOf) -> Value {
        let own_parent = place.table.rows.get(place.row).and_then(|row| row.parent);
        let mut total: Option<Quantity> = None;
        for (index, row) in place.table.rows.iter().enumerate() {
            let counts = match of {
                SumOf::Above => index < place.row && row.kind == RowKind::Plain,
                SumOf::Group => {
                    index < place.row && row.kind == RowKind::Plain && row.parent == own_parent
                }
                SumOf::Varav => row.kind == RowKind::Varav && row.parent == Some(place.row),
            };
            if !counts {
                continue;
            }
            match self.referred_cell(place.table, index, place.column, TextRange::default()) {
                Ok(Value::Quantity(quantity)) => {
                    total = match total {
                        None => Some(quantity),
                        Some(total) => match total.add(&quantity) {
                            Some(total) => Some(total),
                            None => return Value::Unknown,
                        },
                    };
                }
                Ok(Value::Nothing | Value::Text(_)) => {}
                Ok(Value::Unknown) | Err(_) => return Value::Unknown,
            }
        }
        match total {
            Some(quantity) => Value::Quantity(Quantity { stated: false, ..quantity }),
            None => Value::Nothing,
        }
    }

    fn call(
        &self,
        function: &str,
        arguments: &[Argument],
        range: TextRange,
        around: Surroundings<'_>,
        place: Option<InTable<'_, 'db>>,
    ) -> Result<Value, Problem> {
        if function == "antal" {
            return self.count(arguments, range, around);
        }
        let mut numbers = Vec::new();
        for argument in arguments {
            let Argument::Expression(expression) = argument else {
                return Err(needs_numbers(function, range));
            };
            // A whole column is all its plain rows.
            if let ExpressionKind::Path(path) = &expression.kind
                && let Ok(Named::Column { table, column }) = self.resolve(path, around)
                && let Some(table) = self.tables.get(&table)
            {
                for (row, _) in
                    table.rows.iter().enumerate().filter(|(_, row)| row.kind == RowKind::Plain)
                {
                    numbers.push(self.referred_cell(table, row, column, expression.range)?);
                }
            } else {
                numbers.push(self.value(expression, around, place)?);
            }
        }
        if numbers.contains(&Value::Unknown) {
            return Ok(Value::Unknown);
        }
        let quantities: Vec<&Quantity> = numbers.iter().filter_map(Value::quantity).collect();
        let result = match (function, quantities.as_slice()) {
            (_, []) => return Ok(Value::Nothing),
            ("summa", [first, rest @ ..]) => {
                rest.iter().try_fold((*first).clone(), |total, next| total.add(next))
            }
            ("min", [first, rest @ ..]) => Some(extreme(first, rest, |a, b| a < b)),
            ("max", [first, rest @ ..]) => Some(extreme(first, rest, |a, b| a > b)),
            ("tal" | "ord", [one]) => Some((*one).clone()),
            ("andel", [part, whole]) => part.share_of(whole),
            ("procentändring", [from, to]) => to.sub(from).and_then(|change| {
                let change = Quantity { unit: from.unit.clone(), ..change };
                change.share_of(from)
            }),
            // A part or a whole that is not there leaves no share.
            ("andel" | "procentändring", [_]) if numbers.len() == 2 => return Ok(Value::Nothing),
            _ => return Err(needs_numbers(function, range)),
        };
        match (result, quantities.as_slice()) {
            (Some(quantity), _) => Ok(Value::Quantity(quantity)),
            // What it is divided by comes last.
            (None, [from, to]) if function == "procentändring" => {
                Err(impossible(range, &[to, from]))
            }
            (None, quantities) => Err(impossible(range, quantities)),
        }
    }

    /// `antal(tabell)`: its plain rows.
    fn count(
        &self,
        arguments: &[Argument],
        range: TextRange,
        around: Surroundings<'_>,
    ) -> Result<Value, Problem> {
        let [Argument::Expression(Expression { kind: ExpressionKind::Path(path), .. }), ..] =
            arguments
        else {
            return Err(needs_numbers("antal", range));
        };
        let count = match self.resolve(path, around)? {
            Named::Table(table) | Named::Column { table, .. } | Named::Cell { table, .. } => self
                .tables
                .get(&table)
                .map_or(0, |t| t.rows.iter().filter(|row| row.kind == RowKind::Plain).count()),
            _ => return Err(needs_numbers("antal", range)),
        };
        let count = i64::try_from(count).unwrap_or_default();
        Ok(Value::Quantity(Quantity::exact(Decimal::from(count), Unit::None)))
    }

    /// The value of an indicator's field, in this document or another.
    fn field(
        &self,
        name: &str,
        field: &'static str,
        gender: Option<Gender>,
        document: Document<'db>,
    ) -> Result<Value, Problem> {
        let Some(indicator) = self.report.indicators.get(name) else { return Ok(Value::Unknown) };
        if let "årsmål" | "kf_årsmål" = field {
            let target = if field == "årsmål" {
                indicator.target()
            } else {
                indicator.budget_target(self.db)
            };
            let Some(Ok(target)) = target.map(|target| &target.target) else {
                return Ok(Value::Nothing);
            };
            return Ok(match &target.kind {
                TargetKind::Value(measure) => self.measured(measure, gender, &indicator.unit, name),
                TargetKind::AtLeast(quantity)
                | TargetKind::AtMost(quantity)
                | TargetKind::Within(quantity) => {
                    self.quantity(&quantity.kind, &indicator.unit, name)
                }
                _ => Value::Nothing,
            });
        }
        let own = document == self.report.document;
        let line = if own {
            indicator
                .said(self.db, field)
                .or_else(|| said(self.db, &indicator.above, field))
                .and_then(|said| said.line())
        } else {
            let mentions = contents(self.db, self.workspace, document).mentions("indikator", name);
            said(self.db, mentions, field).and_then(|said| said.line())
        };
        let Some(line) = line else { return Ok(Value::Nothing) };
        if value::absence(line).is_some() {
            return Ok(Value::Nothing);
        }
        let Ok(measure) = value::measure(line) else { return Ok(Value::Unknown) };
        if !own && matches!(measure.total.kind, QuantityKind::Inserted(_)) {
            // Formulas of another document are that document's affair.
            return Ok(Value::Unknown);
        }
        let key = (name.to_owned(), field);
        if self.state.borrow().fields.contains(&key) {
            return Ok(Value::Unknown);
        }
        self.state.borrow_mut().fields.push(key);
        let unit = if field == "svar" { Unit::None } else { indicator.unit.clone() };
        let unit = if field == "svarsfrekvens" { Unit::Percent } else { unit };
        let value = self.measured(&measure, gender, &unit, name);
        self.state.borrow_mut().fields.pop();
        Ok(value)
    }

    /// The value of a measure, or of one gender's part of it.
    pub fn measured(
        &self,
        measure: &Measure,
        gender: Option<Gender>,
        unit: &Unit,
        indicator: &str,
    ) -> Value {
        let quantity = match gender {
            None => Some(&measure.total),
            Some(gender) => {
                measure.parts.iter().find(|part| part.gender == gender).map(|part| &part.quantity)
            }
        };
        quantity.map_or(Value::Nothing, |quantity| self.quantity(&quantity.kind, unit, indicator))
    }

    fn quantity(&self, kind: &QuantityKind, unit: &Unit, indicator: &str) -> Value {
        match kind {
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
                Ok(expression) => self
                    .evaluate(expression, Surroundings { indicator: Some(indicator) })
                    .unwrap_or(Value::Unknown),
                Err(_) => Value::Unknown,
            },
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

fn precise(value: Decimal, decimals: Option<u32>) -> Decimal {
    match decimals {
        Some(decimals) if decimals > value.decimals() => value.rounded(decimals),
        _ => value,
    }
}

fn extreme(first: &Quantity, rest: &[&Quantity], better: fn(Decimal, Decimal) -> bool) -> Quantity {
    let mut best = first;
    for next in rest {
        if better(next.value, best.value) {
            best = next;
        }
    }
    best.clone()
}

fn binary(operator: Operator, a: &Value, b: &Value, range: TextRange) -> Result<Value, Problem> {
    let (a, b) = match (a, b) {
        (Value::Unknown, _) | (_, Value::Unknown) => return Ok(Value::Unknown),
        (Value::Text(_), _) | (_, Value::Text(_)) => {
            return Err(problem(
                ProblemKind::Arithmetic,
                range,
                text!(sv: "Det går inte att räkna med text.", en: "Text cannot be computed with."),
                text!(
                    sv: "Hänvisa till en siffra, till exempel en indikators utfall eller en cell i en tabell.",
                    en: "Refer to a figure, such as an indicator's outcome or a cell of a table.",
                ),
            ));
        }
        (Value::Nothing, Value::Nothing) => return Ok(Value::Nothing),
        // Empty operands count as nothing in sums; a factor that is not there leaves
        // no product.
        (Value::Nothing, Value::Quantity(b)) => {
            return Ok(match operator {
                Operator::Add => Value::Quantity(Quantity { stated: false, ..b.clone() }),
                Operator::Subtract => Value::Quantity(b.neg()),
                Operator::Multiply | Operator::Divide => Value::Nothing,
            });
        }
        (Value::Quantity(a), Value::Nothing) => {
            return Ok(match operator {
                Operator::Add | Operator::Subtract => {
                    Value::Quantity(Quantity { stated: false, ..a.clone() })
                }
                Operator::Multiply | Operator::Divide => Value::Nothing,
            });
        }
        (Value::Quantity(a), Value::Quantity(b)) => (a, b),
    };
    let result = match operator {
        Operator::Add => a.add(b),
        Operator::Subtract => a.sub(b),
        Operator::Multiply => a.mul(b),
        Operator::Divide => a.div(b),
    };
    match result {
        Some(quantity) => Ok(Value::Quantity(quantity)),
        None => Err(impossible(range, &[a, b])),
    }
}

fn impossible(range: TextRange, operands: &[&Quantity]) -> Problem {
    if let [first, rest @ ..] = operands
        && let Some(other) = rest.iter().find(|other| !first.unit.fits(&other.unit))
    {
        let (one, two) = (&first.unit, &other.unit);
        return problem(
            ProblemKind::Units,
            range,
            text!(
                sv: "Formeln blandar enheterna {one} och {two}, så resultatet betyder inget.",
                en: "The formula mixes the units {one} and {two}, so the result means nothing.",
            ),
            text!(
                sv: "Räkna bara med siffror i samma enhet.",
                en: "Compute only with figures in the same unit.",
            ),
        );
    }
    if operands.last().is_some_and(|last| last.value.is_zero()) {
        return problem(
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
        );
    }
    problem(
        ProblemKind::Arithmetic,
        range,
        text!(
            sv: "Talet blir för stort för att räknas exakt.",
            en: "The number becomes too large to be computed exactly.",
        ),
        text!(sv: "Använd en större enhet, till exempel mnkr.", en: "Use a larger unit, such as mnkr."),
    )
}

fn needs_numbers(function: &str, range: TextRange) -> Problem {
    let example = match function {
        "andel" => "andel(del, helhet)",
        "procentändring" => "procentändring(från, till)",
        "antal" => "antal(tabell)",
        "summa" => "summa(tabell.kolumn)",
        _ => "min(a, b)",
    };
    problem(
        ProblemKind::Arithmetic,
        range,
        text!(
            sv: "Funktionen ”{function}” går inte att använda så här.",
            en: "The function “{function}” cannot be used like this.",
        ),
        text!(sv: "Skriv till exempel ”{example}”.", en: "Write for example “{example}”."),
    )
}

fn problem(kind: ProblemKind, range: TextRange, message: Text, help: Text) -> Problem {
    Problem { kind, range, message, help }
}
