//! The insertions of a declaration, evaluated once for all rules that look at them.

use trc_base::TextRange;
use trc_model::document::Kind;
use trc_model::evaluate::{Evaluator, Problem, Value};
use trc_model::fields::{self, FieldType};
use trc_model::items::{Declaration, FieldValue};
use trc_model::resolve::Surroundings;
use trc_model::{Anchor, Db, Part, prose};
use trc_syntax::value::{self, CellContent, Insertion, QuantityKind};

/// An insertion, wherever it stands.
pub(crate) struct Inserted<'db> {
    /// The text that holds it; the insertion's ranges are relative to that.
    pub anchor: Anchor,
    pub insertion: Insertion,
    /// What stands in the brackets before it.
    pub typed: Option<(String, TextRange)>,
    pub around: Surroundings<'db>,
    /// On a line of its own: a table, a diagram, a passage.
    pub is_block: bool,
    /// What the formula gives; nothing where it is no formula.
    pub value: Option<Result<Value, Problem>>,
}

/// Every insertion in a declaration's texts, values and cells.
pub(crate) fn insertions<'db>(
    db: &'db dyn Db,
    kind: Kind,
    declaration: Declaration<'db>,
    evaluator: &Evaluator<'db>,
) -> Vec<Inserted<'db>> {
    let facts = declaration.facts(db);
    let indicator = (facts.keyword == "indikator").then(|| facts.name());
    let around = Surroundings { indicator };
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
            value: None,
        }));
    }
    for (index, field) in facts.fields.iter().enumerate() {
        let FieldValue::Line(line) = &field.value else { continue };
        let known = fields::lookup(&facts.keyword, &field.name, kind);
        let measured = known
            .is_some_and(|known| matches!(known.holds, FieldType::Measure | FieldType::Forecast));
        if !measured || !line.contains('{') {
            continue;
        }
        let Ok(measure) = value::measure(line) else { continue };
        let anchor = Anchor::part(db, declaration, Part::Field(index));
        let parts = measure.parts.into_iter().map(|part| part.quantity);
        for quantity in [measure.total].into_iter().chain(parts) {
            let (insertion, typed) = match quantity.kind {
                QuantityKind::Inserted(insertion) => (insertion, None),
                QuantityKind::Checked { typed, typed_range, insertion } => {
                    (insertion, Some((typed, typed_range)))
                }
                _ => continue,
            };
            out.push(Inserted {
                anchor: anchor.clone(),
                insertion,
                typed,
                around,
                is_block: false,
                value: None,
            });
        }
    }
    if facts.keyword == "tabell" {
        in_cells(db, declaration, around, &mut out);
    }
    for inserted in &mut out {
        let expression = inserted.insertion.formula.as_ref().ok();
        inserted.value =
            expression.map(|expression| evaluator.evaluate(expression, inserted.around));
    }
    out
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
            out.push(Inserted { anchor, insertion, typed, around, is_block: false, value: None });
        }
    }
}
