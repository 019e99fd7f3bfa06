//! The functions of formulas that take numbers.

use trc_base::{TextRange, text};
use trc_syntax::formula::{Argument, ExpressionKind};

use super::problem::{self, Operands, Place, Problem};
use super::{Evaluator, InTable, Value};
use crate::anchor::Anchor;
use crate::quantity::{Quantity, Unit};
use crate::resolve::{Named, Surroundings};
use crate::table::RowKind;

/// A value that a function is given.
struct Given {
    value: Value,
    /// The argument it comes from.
    range: TextRange,
    /// The cell it comes from, where a whole column is the argument.
    cell: Option<Anchor>,
}

impl<'db> Evaluator<'db> {
    pub(super) fn call(
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
        let mut given = Vec::new();
        for argument in arguments {
            given.extend(self.given(function, argument, range, around, place)?);
        }
        if given.iter().any(|given| given.value == Value::Unknown) {
            return Ok(Value::Unknown);
        }
        if let Some((typed, given)) = given.iter().find_map(|given| match &given.value {
            Value::Text(typed) => Some((typed, given)),
            _ => None,
        }) {
            let mut problem = problem::text_in_formula(given.range);
            if let Some(cell) = &given.cell {
                let note = text!(sv: "Här står ”{typed}”.", en: "This says “{typed}”.");
                problem.context.related.push((Place::Elsewhere(cell.clone()), note));
            }
            return Err(problem);
        }
        let figures: Vec<(&Quantity, TextRange)> =
            given.iter().filter_map(|it| Some((it.value.quantity()?, it.range))).collect();
        match (function, figures.as_slice()) {
            (_, []) => Ok(Value::Nothing),
            ("summa", [first, rest @ ..]) => {
                let mut total = first.0.clone();
                for next in rest {
                    total = total.add(next.0).ok_or_else(|| no_result(range, *first, *next))?;
                }
                Ok(Value::Quantity(Quantity { stated: false, ..total }))
            }
            ("min", figures) => extreme(figures, range, |a, b| a < b),
            ("max", figures) => extreme(figures, range, |a, b| a > b),
            ("tal" | "ord", [one]) => Ok(Value::Quantity(one.0.clone())),
            ("andel", [part, whole])
                if whole.0.value.is_zero() && part.0.unit.fits(&whole.0.unit) =>
            {
                Err(problem::divided_by_zero(whole.1))
            }
            ("andel", [part, whole]) => part
                .0
                .share_of(whole.0)
                .map(Value::Quantity)
                .ok_or_else(|| no_result(range, *part, *whole)),
            ("procentändring", [from, to]) => {
                let change = to.0.sub(from.0).ok_or_else(|| no_result(range, *from, *to))?;
                if from.0.value.is_zero() {
                    return Err(problem::divided_by_zero(from.1));
                }
                let change = Quantity { unit: from.0.unit.clone(), ..change };
                change
                    .share_of(from.0)
                    .map(Value::Quantity)
                    .ok_or_else(|| problem::too_large(range))
            }
            // A part or a whole that is not there leaves no share.
            ("andel" | "procentändring", [_]) if given.len() == 2 => Ok(Value::Nothing),
            _ => Err(problem::needs_numbers(function, range)),
        }
    }

    /// The values of an argument. A whole column is all its plain rows.
    fn given(
        &self,
        function: &str,
        argument: &Argument,
        range: TextRange,
        around: Surroundings<'_>,
        place: Option<InTable<'_, 'db>>,
    ) -> Result<Vec<Given>, Problem> {
        let Argument::Expression(expression) = argument else {
            return Err(problem::needs_numbers(function, range));
        };
        let range = expression.range;
        if let ExpressionKind::Path(path) = &expression.kind
            && let Ok(Named::Column { table, column }) = self.resolve(path, around)
            && let Some(table) = self.tables.get(&table)
        {
            if table.lacking {
                return Ok(vec![Given { value: Value::Unknown, range, cell: None }]);
            }
            let plain = table.rows.iter().enumerate().filter(|(_, row)| row.kind == RowKind::Plain);
            return plain
                .map(|(row, _)| {
                    let value = self.referred_cell(table, row, column, range)?;
                    let cell = Some(self.cell_place(table, row, column));
                    Ok(Given { value, range, cell })
                })
                .collect();
        }
        let value = self.value(expression, around, place)?;
        Ok(vec![Given { value, range, cell: None }])
    }
}

/// The least or the greatest, in the unit of those that have one.
fn extreme(
    figures: &[(&Quantity, TextRange)],
    range: TextRange,
    better: fn(trc_base::Decimal, trc_base::Decimal) -> bool,
) -> Result<Value, Problem> {
    let with_unit = figures.iter().find(|(figure, _)| figure.unit != Unit::None);
    let Some(first) = with_unit.or(figures.first()) else { return Ok(Value::Nothing) };
    let mut best: Option<Quantity> = None;
    for next in figures {
        let figure =
            next.0.to_unit(&first.0.unit).ok_or_else(|| no_result(range, *first, *next))?;
        if best.as_ref().is_none_or(|best| better(figure.value, best.value)) {
            best = Some(figure);
        }
    }
    Ok(best.map_or(Value::Nothing, Value::Quantity))
}

/// Why two figures have no result together.
fn no_result(
    range: TextRange,
    left: (&Quantity, TextRange),
    right: (&Quantity, TextRange),
) -> Problem {
    if left.0.unit.fits(&right.0.unit) {
        problem::too_large(range)
    } else {
        problem::mixed(&Operands { range, left, right })
    }
}
