//! The cells of tables: which formula each has, what is typed, and the bare `summa`.

use trc_base::{Decimal, Text, TextRange, TextSize, text};
use trc_syntax::formula::{Expression, ExpressionKind, SumOf};
use trc_syntax::value::CellContent;

use super::{Evaluator, InTable, Located, Problem, ProblemKind, Step, Value};
use super::{number_in, problem};
use crate::anchor::Anchor;
use crate::quantity::{Quantity, Unit};
use crate::resolve::Surroundings;
use crate::table::{Formula, Override, RowKind, Table};

/// A cell of a table, evaluated.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CellValue {
    pub value: Value,
    /// What the formula gives where a figure is typed as well.
    pub expected: Option<Quantity>,
}

/// What is typed in a cell.
struct Typed {
    value: Value,
    /// True when the unit stands in the cell.
    own_unit: bool,
}

impl<'db> Evaluator<'db> {
    /// A cell that a formula refers to. A cycle is said at the reference.
    pub(super) fn referred_cell(
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
        if let Some(cell) = self.state.borrow().cells.get(&key) {
            return Ok(cell.value.clone());
        }
        let (name, row, column) = key;
        if let Some(circle) = self.circle(&Step::Cell(name, row, column), range) {
            return Err(circle);
        }
        Ok(self.cell(table, row, column).value)
    }

    /// The value of a cell, computed once.
    pub(super) fn cell(&self, table: &Table<'db>, row: usize, column: usize) -> CellValue {
        let key = (table.name.clone(), row, column);
        if let Some(cell) = self.state.borrow().cells.get(&key) {
            return cell.clone();
        }
        self.state.borrow_mut().running.push(Step::Cell(table.name.clone(), row, column));
        let cell = match table.cut_from(row, column) {
            Some(from) => self.cut_cell(table, column, from),
            None => self.compute_cell(table, row, column),
        };
        let mut state = self.state.borrow_mut();
        state.running.pop();
        state.cells.insert(key, cell.clone());
        cell
    }

    /// A cell that is cut out of another table: its figure, in this table's unit.
    fn cut_cell(
        &self,
        table: &Table<'db>,
        column: usize,
        (base, base_row, base_column): (&str, usize, usize),
    ) -> CellValue {
        let value = match self.tables.get(base) {
            Some(base) => self.referred_cell(base, base_row, base_column, TextRange::default()),
            None => Ok(Value::Unknown),
        };
        let value = match value {
            Ok(Value::Quantity(quantity)) => {
                let decimals =
                    table.columns.get(column).and_then(|column| column.decimals).or(table.decimals);
                Value::Quantity(in_table(quantity, table, decimals))
            }
            Ok(other) => other,
            Err(problem) => {
                let anchor = Anchor::head(self.db, table.declaration);
                let (_, related) = problem.places(&anchor, TextSize::default());
                self.note(Located { anchor, problem, related });
                Value::Unknown
            }
        };
        CellValue { value, expected: None }
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
        let unit = table.unit();
        let decimals = definition.decimals.or(table.decimals);
        let anchor = self.cell_place(table, row, column);
        let typed = laid
            .cells
            .get(column)
            .and_then(|cell| cell.typed.as_ref())
            .and_then(|cell| self.typed_cell(&cell.content, &anchor, &unit, decimals));

        if typed.is_none() && table.lacking {
            return CellValue { value: Value::Unknown, expected: None };
        }

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
                    self.formula_problem(place, formula, problem);
                    Some(Err(()))
                }
            }
        });

        match (typed, computed) {
            (Some(typed), Some(Ok(expected))) => held_against(self, typed, expected, table, anchor),
            (Some(typed), _) => CellValue { value: typed.value, expected: None },
            (None, Some(Ok(quantity))) => CellValue {
                value: Value::Quantity(in_table(quantity, table, decimals)),
                expected: None,
            },
            (None, Some(Err(()))) => CellValue { value: Value::Unknown, expected: None },
            (None, None) => nothing,
        }
    }

    /// Where a cell stands.
    pub(super) fn cell_place(&self, table: &Table<'db>, row: usize, column: usize) -> Anchor {
        Anchor::part(self.db, table.declaration, table.cell_part(row, column))
    }

    /// Where the formula stands that gives a cell its value.
    pub(super) fn formula_place(&self, table: &Table<'db>, row: usize, column: usize) -> Anchor {
        let typed = table
            .rows
            .get(row)
            .and_then(|row| row.cells.get(column))
            .and_then(|cell| cell.typed.as_ref());
        let inserts = typed.is_some_and(|cell| matches!(cell.content, CellContent::Inserted(_)));
        match self.formula_for(table, row, column) {
            Some((formula, _))
                if !inserts && formula.anchor.file == table.declaration.file(self.db) =>
            {
                formula.anchor.clone()
            }
            _ => self.cell_place(table, row, column),
        }
    }

    /// What is wrong with a formula is said at the formula, with the row in which it goes
    /// wrong. One of a table type is said at the cell; it may name tables that this
    /// document does not have, and then the value is unknown and nobody is to blame.
    fn formula_problem(&self, place: InTable<'_, 'db>, formula: &Formula, problem: Problem) {
        let InTable { table, row, column, along_row } = place;
        let cell = self.cell_place(table, row, column);
        let (anchor, mut related) = problem.places(&formula.anchor, TextSize::default());
        if formula.anchor.file == table.declaration.file(self.db) {
            if along_row && problem.kind == ProblemKind::Arithmetic {
                let title = table.rows.get(row).map_or("", |row| row.title.as_str());
                let note = text!(
                    sv: "Det gäller raden ”{title}”.",
                    en: "This is about the row “{title}”.",
                );
                related.push((cell, note));
            }
            self.note(Located { anchor, problem, related });
        } else if problem.kind != ProblemKind::Name {
            related.retain(|(place, _)| place.file != formula.anchor.file);
            self.note(Located { anchor: cell, problem, related });
        }
    }

    fn typed_cell(
        &self,
        content: &CellContent,
        anchor: &Anchor,
        unit: &Unit,
        decimals: Option<u32>,
    ) -> Option<Typed> {
        let bare = |value| Some(Typed { value, own_unit: false });
        let figure = |value, own: Option<&str>| {
            let unit = own.map_or_else(|| unit.clone(), Unit::parse);
            let value = Value::Quantity(Quantity::stated(precise(value, decimals), unit));
            Some(Typed { value, own_unit: own.is_some() })
        };
        match content {
            CellContent::Empty => None,
            CellContent::Dash => bare(Value::Nothing),
            CellContent::Text(text) => bare(Value::Text(text.clone())),
            CellContent::Number { value, unit } => figure(*value, unit.as_deref()),
            CellContent::Checked { typed, .. } => {
                let (value, own) = number_in(typed)?;
                figure(value, own.as_deref())
            }
            CellContent::Inserted(insertion) => {
                let Ok(expression) = &insertion.formula else { return bare(Value::Unknown) };
                let at = insertion.formula_range.start();
                bare(match self.value(expression, Surroundings::default(), None) {
                    Ok(Value::Quantity(quantity)) => match quantity.to_unit(unit) {
                        Some(quantity) => {
                            let printed = quantity.printed(decimals);
                            Value::Quantity(Quantity::stated(printed, quantity.unit))
                        }
                        None => {
                            self.note_at(
                                anchor,
                                at,
                                other_unit(expression.range, &quantity.unit, unit),
                            );
                            Value::Unknown
                        }
                    },
                    Ok(other) => other,
                    Err(problem) => {
                        self.note_at(anchor, at, problem);
                        Value::Unknown
                    }
                })
            }
        }
    }

    fn note_at(&self, formula: &Anchor, at: TextSize, problem: Problem) {
        let (anchor, related) = problem.places(formula, at);
        self.note(Located { anchor, problem, related });
    }

    /// Which formula a cell has. `summa` wins over a column's formula unless that gives a
    /// ratio, which has no sum; any other row formula yields to it; a row's own word on
    /// one column wins over all.
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
        let is_ratio = |formula: &Formula| formula.read.as_ref().is_ok_and(Expression::is_ratio);
        match (row_formula, &definition.formula) {
            (Some(_), Some(column)) if is_ratio(column) => Some((column, true)),
            (Some(formula), _) if is_sum(formula) => Some((formula, false)),
            (_, Some(formula)) => Some((formula, true)),
            (Some(formula), None) => Some((formula, false)),
            (None, None) => None,
        }
    }

    /// The bare `summa`. A text among figures would be left out without anybody seeing
    /// it, so that is said where it stands; a column of nothing but texts has no sum.
    pub(super) fn sum(
        &self,
        place: InTable<'_, 'db>,
        of: SumOf,
        range: TextRange,
    ) -> Result<Value, Problem> {
        let InTable { table, row: own, column, .. } = place;
        let own_parent = table.rows.get(own).and_then(|row| row.parent);
        let mut total: Option<Quantity> = None;
        let mut texts = Vec::new();
        let mut known = true;
        for (index, row) in table.rows.iter().enumerate() {
            let counts = match of {
                SumOf::Above => index < own && row.kind == RowKind::Plain,
                SumOf::Group => {
                    index < own && row.kind == RowKind::Plain && row.parent == own_parent
                }
                SumOf::Varav => row.kind == RowKind::Varav && row.parent == Some(own),
            };
            if !counts {
                continue;
            }
            match self.referred_cell(table, index, column, range)? {
                Value::Quantity(quantity) => {
                    let sum = match &total {
                        None => Some(quantity.clone()),
                        Some(total) => total.add(&quantity),
                    };
                    if let (None, Some(total)) = (&sum, &total) {
                        self.note_unit(table, (index, column), &quantity.unit, &total.unit);
                        known = false;
                    } else {
                        total = sum;
                    }
                }
                Value::Text(_) => texts.push(index),
                Value::Nothing => {}
                Value::Unknown => known = false,
            }
        }
        let typed = table.rows.get(own).and_then(|row| row.cells.get(column)?.typed.as_ref());
        let typed = typed.is_some_and(|cell| matches!(cell.content, CellContent::Number { .. }));
        if total.is_some() || typed {
            let title = table.rows.get(own).map_or("", |row| row.title.as_str());
            let needed_by = text!(
                sv: "summan på raden ”{title}”",
                en: "the sum in the row “{title}”",
            );
            for row in &texts {
                self.text_in_cell(table, *row, column, &needed_by);
            }
            known &= texts.is_empty();
        }
        Ok(match total {
            _ if !known => Value::Unknown,
            Some(quantity) => Value::Quantity(Quantity { stated: false, ..quantity }),
            None => Value::Nothing,
        })
    }

    /// Says at a cell that it is summed in another unit.
    fn note_unit(&self, table: &Table<'db>, (row, column): (usize, usize), own: &Unit, sum: &Unit) {
        let mut problem = other_unit(TextRange::default(), own, sum);
        problem.message = {
            let (own, sum) = (own.named(), sum.named());
            text!(
                sv: "Den här siffran är i {own} men summeras med siffror i {sum}.",
                en: "This figure is in {own} but is added to figures in {sum}.",
            )
        };
        let anchor = self.cell_place(table, row, column);
        self.note(Located { anchor, problem, related: Vec::new() });
    }

    /// Says at a cell that it holds text where a formula needs a number. A number that
    /// is badly written has its own finding.
    pub(super) fn text_in_cell(
        &self,
        table: &Table<'db>,
        row: usize,
        column: usize,
        needed_by: &Text,
    ) {
        let cell = table.rows.get(row).and_then(|row| row.cells.get(column)?.typed.as_ref());
        let Some(cell) = cell.filter(|cell| cell.problem.is_none()) else { return };
        let CellContent::Text(typed) = &cell.content else { return };
        let problem = problem::text_in_cell(typed, needed_by);
        let anchor = self.cell_place(table, row, column);
        self.note(Located { anchor, problem, related: Vec::new() });
    }
}

/// A typed figure beside what its formula gives. One that is typed without a unit is in
/// the formula's, where that is not the table's: a share in a table of money.
fn held_against<'db>(
    evaluator: &Evaluator<'db>,
    typed: Typed,
    expected: Quantity,
    table: &Table<'db>,
    anchor: Anchor,
) -> CellValue {
    let Value::Quantity(figure) = typed.value else {
        return CellValue { value: typed.value, expected: None };
    };
    let unit = table.unit();
    let (figure, expected) = match expected.to_unit(&unit) {
        Some(expected) => (figure, expected),
        None if typed.own_unit => (figure, expected),
        None => (Quantity { unit: expected.unit.clone(), ..figure }, expected),
    };
    if figure.unit.fits(&expected.unit) {
        return CellValue { value: Value::Quantity(figure), expected: Some(expected) };
    }
    let problem = Problem {
        message: {
            let (has, gives) = (figure.unit.named(), expected.unit.named());
            text!(
                sv: "Här står en siffra i {has}, men formeln ger ett värde i {gives}.",
                en: "This figure is in {has}, but the formula gives a value in {gives}.",
            )
        },
        ..other_unit(TextRange::default(), &figure.unit, &expected.unit)
    };
    evaluator.note(Located { anchor, problem, related: Vec::new() });
    CellValue { value: Value::Quantity(figure), expected: None }
}

/// A computed figure as the table prints it: in the table's unit where it has one that
/// fits, with the table's decimals.
fn in_table(quantity: Quantity, table: &Table<'_>, decimals: Option<u32>) -> Quantity {
    let quantity = quantity.to_unit(&table.unit()).unwrap_or(quantity);
    let printed = quantity.printed(decimals);
    Quantity::stated(printed, quantity.unit)
}

fn other_unit(range: TextRange, has: &Unit, wants: &Unit) -> Problem {
    let (has, wants) = (has.named(), wants.named());
    Problem::new(
        ProblemKind::Units,
        range,
        text!(
            sv: "Värdet är i {has} men tabellen är i {wants}.",
            en: "The value is in {has} but the table is in {wants}.",
        ),
        text!(
            sv: "Skriv eller hämta en siffra i samma enhet, eller ändra tabellens enhet.",
            en: "Type or refer to a figure in the same unit, or change the table's unit.",
        ),
    )
}

/// The value with the decimals of its column, where it was typed with fewer.
fn precise(value: Decimal, decimals: Option<u32>) -> Decimal {
    match decimals {
        Some(decimals) if decimals > value.decimals() => value.rounded(decimals),
        _ => value,
    }
}
