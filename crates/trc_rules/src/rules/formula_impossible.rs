//! Formulas of tables that cannot be computed: circles, division by zero, text.

use trc_model::Part;
use trc_model::evaluate::{ProblemKind, values};
use trc_model::items::FieldValue;
use trc_syntax::formula;

use crate::context::{DeclarationContext, DocumentContext};
use crate::rule::{Level, Rule, Run};

pub static RULE: Rule = Rule {
    id: "formula-impossible",
    level: Level::Error,
    title_sv: "Varje formel går att räkna ut",
    title_en: "Every formula can be computed",
    since: "0.1.0",
    page: include_str!("formula_impossible.md"),
    run: Run::Both(declaration, document),
};

fn declaration(cx: &mut DeclarationContext<'_, '_>) {
    unreadable(cx);
    // A circle that goes through the values of indicators.
    for inserted in cx.insertions {
        if let Some(Err(problem)) = &inserted.value
            && problem.kind == ProblemKind::Cycle
        {
            let at = inserted.insertion.formula_range.start();
            cx.findings.add_problem(problem, &inserted.anchor, at);
        }
    }
}

/// Formulas of columns and rows that are none, in tables and in their types.
fn unreadable(cx: &mut DeclarationContext<'_, '_>) {
    // Elsewhere a `=` is another rule's finding.
    if !matches!(cx.facts.keyword.as_str(), "kolumn" | "rad") {
        return;
    }
    let own = cx.facts.formula.as_deref().map(|text| (Part::Formula, text));
    let of_columns = cx.facts.fields.iter().enumerate().filter_map(|(index, field)| {
        match &field.value {
            FieldValue::Formula(text) if text != "inget" => Some((Part::Field(index), text.as_str())),
            _ => None,
        }
    });
    for (part, text) in own.into_iter().chain(of_columns) {
        if let Err(error) = formula::parse(text) {
            cx.findings.add(cx.part(part).within(error.range), error.message, error.help);
        }
    }
}

fn document(cx: &mut DocumentContext<'_, '_>) {
    for located in &values(cx.db, cx.workspace, cx.document).problems {
        if matches!(located.problem.kind, ProblemKind::Cycle | ProblemKind::Arithmetic) {
            cx.findings.add_located(located);
        }
    }
}
