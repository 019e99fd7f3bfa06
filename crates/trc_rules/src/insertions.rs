//! The insertions of a declaration, evaluated once for all rules that look at them.

use trc_base::TextRange;
use trc_model::document::Kind;
use trc_model::evaluate::{Evaluator, Problem, Value};
use trc_model::fields::{self, FieldType};
use trc_model::items::{Declaration, FieldValue};
use trc_model::report::Report;
use trc_model::resolve::{Named, Surroundings};
use trc_model::{Anchor, Db, Part, prose};
use trc_syntax::formula::ExpressionKind;
use trc_syntax::value::{self, CellContent, Insertion, Quantity, QuantityKind, TargetKind};

/// An insertion, wherever it stands.
pub(crate) struct Inserted<'db> {
    /// The text that holds it; the insertion's ranges are relative to that.
    pub anchor: Anchor,
    pub insertion: Insertion,
    /// What stands in the brackets before it.
    pub typed: Option<(String, TextRange)>,
    pub around: Surroundings<'db>,
    /// A table, a diagram or a passage, on a line of its own. Such has no value.
    pub is_block: bool,
    /// The text right before and after it in its sentence.
    pub beside: (String, String),
    /// What the formula gives; nothing where it is no formula.
    pub value: Option<Result<Value, Problem>>,
}

/// Every insertion in a declaration's texts, values and cells.
pub(crate) fn insertions<'db>(
    db: &'db dyn Db,
    kind: Kind,
    declaration: Declaration<'db>,
    report: &'db Report<'db>,
    evaluator: &Evaluator<'db>,
) -> Vec<Inserted<'db>> {
    let facts = declaration.facts(db);
    let around = Surroundings::of(report, &facts.keyword, facts.name());
    let mut out = Vec::new();
    for index in 0..declaration.texts(db).len() {
        let anchor = prose::anchor(db, declaration, index);
        let text = prose::prose(db, declaration, index);
        out.extend(text.insertions().into_iter().map(|inserted| Inserted {
            anchor: anchor.clone(),
            insertion: inserted.insertion.clone(),
            typed: inserted.typed.map(|(typed, range)| (typed.to_owned(), range)),
            around,
            is_block: inserted.is_block,
            beside: (inserted.beside.0.to_owned(), inserted.beside.1.to_owned()),
            value: None,
        }));
    }
    // The fields that the insertions from here on stand in.
    let mut owners: Vec<&str> = Vec::new();
    let in_prose = out.len();
    for (index, field) in facts.fields.iter().enumerate() {
        let FieldValue::Line(line) = &field.value else { continue };
        let known = fields::lookup(&facts.keyword, &field.name, kind);
        if !line.contains('{') {
            continue;
        }
        let anchor = Anchor::part(db, declaration, Part::Field(index));
        for quantity in known.map(|known| quantities(known.holds, line)).unwrap_or_default() {
            let (insertion, typed) = match quantity.kind {
                QuantityKind::Inserted(insertion) => (insertion, None),
                QuantityKind::Checked { typed, typed_range, insertion } => {
                    (insertion, Some((typed, typed_range)))
                }
                _ => continue,
            };
            owners.push(&field.name);
            out.push(Inserted {
                anchor: anchor.clone(),
                insertion,
                typed,
                around,
                is_block: false,
                beside: <(String, String)>::default(),
                value: None,
            });
        }
    }
    if facts.keyword == "tabell" {
        in_cells(db, declaration, around, &mut out);
    }
    for (index, inserted) in out.iter_mut().enumerate() {
        let Ok(expression) = inserted.insertion.formula.as_ref() else { continue };
        // A figure may stand alone on its line too.
        inserted.is_block &= matches!(
            &expression.kind,
            ExpressionKind::Path(path) if matches!(
                evaluator.resolve(path, inserted.around),
                Ok(Named::Table(_) | Named::Block { .. })
            )
        );
        if inserted.is_block {
            continue;
        }
        let mut value = evaluator.evaluate(expression, inserted.around);
        // A circle of fields is said at one of them.
        if let Err(problem) = &value
            && let Some((indicator, field)) = problem.context.ring.first()
        {
            let owner = index.checked_sub(in_prose).and_then(|index| owners.get(index));
            if owner != Some(field) || around.indicator != Some(indicator.as_str()) {
                value = Ok(Value::Unknown);
            }
        }
        inserted.value = Some(value);
    }
    out
}

/// The figures of a field's line.
fn quantities(holds: FieldType, line: &str) -> Vec<Quantity> {
    let measure = match holds {
        FieldType::Measure | FieldType::Forecast => value::measure(line).ok(),
        FieldType::Target | FieldType::NewTarget => {
            let target = if holds == FieldType::Target {
                value::target(line)
            } else {
                value::new_target(line).map(|new| new.target)
            };
            match target.map(|target| target.kind) {
                Ok(TargetKind::Value(measure)) => Some(measure),
                Ok(TargetKind::AtLeast(it) | TargetKind::AtMost(it) | TargetKind::Within(it)) => {
                    return vec![it];
                }
                _ => None,
            }
        }
        _ => None,
    };
    let Some(measure) = measure else { return Vec::new() };
    let parts = measure.parts.into_iter().map(|part| part.quantity);
    [measure.total].into_iter().chain(parts).collect()
}

/// Cells that only insert are evaluated with their table; checked ones are checked
/// here.
fn in_cells<'db>(
    db: &'db dyn Db,
    declaration: Declaration<'db>,
    around: Surroundings<'db>,
    out: &mut Vec<Inserted<'db>>,
) {
    let facts = declaration.facts(db);
    for (row, cells) in facts.rows.iter().enumerate().skip(1) {
        for (cell, text) in cells.iter().enumerate().filter(|(_, text)| text.contains('{')) {
            let (insertion, typed) = match value::cell(text).content {
                CellContent::Checked { typed, typed_range, insertion } => {
                    (insertion, Some((typed, typed_range)))
                }
                CellContent::Inserted(insertion) if insertion.formula.is_err() => (insertion, None),
                _ => continue,
            };
            let anchor = Anchor::part(db, declaration, Part::Cell(row, cell));
            out.push(Inserted {
                anchor,
                insertion,
                typed,
                around,
                is_block: false,
                beside: <(String, String)>::default(),
                value: None,
            });
        }
    }
}
