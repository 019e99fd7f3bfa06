//! Formulas of tables that cannot be computed: circles, division by zero, text.

use trc_base::Text;
use trc_model::evaluate::{ProblemKind, values};
use trc_model::table::{Override, tables};

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

/// A circle that goes through the values of indicators.
fn declaration(cx: &mut DeclarationContext<'_, '_>) {
    for inserted in cx.insertions {
        if let Some(Err(problem)) = &inserted.value
            && problem.kind == ProblemKind::Cycle
        {
            let at = inserted.insertion.formula_range.start();
            cx.findings.add_problem(problem, &inserted.anchor, at);
        }
    }
}

fn document(cx: &mut DocumentContext<'_, '_>) {
    for located in &values(cx.db, cx.workspace, cx.document).problems {
        if matches!(
            located.problem.kind,
            ProblemKind::Cycle | ProblemKind::Arithmetic | ProblemKind::Syntax
        ) {
            cx.findings.add_located(located);
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    for table in tables(cx.db, cx.workspace, cx.document).values() {
        let columns = table.columns.iter().filter_map(|column| column.formula.as_ref());
        let rows = table.rows.iter().filter_map(|row| row.definition.as_ref());
        let rows = rows.flat_map(|row| {
            row.formula.iter().chain(row.overrides.values().filter_map(|entry| match entry {
                Override::Formula(formula) => Some(formula),
                Override::Nothing => None,
            }))
        });
        for formula in columns.chain(rows) {
            if let Err(error) = &formula.read
                && seen.insert((formula.text.clone(), error.range.start()))
            {
                let (message, help): (Text, Text) = (error.message.clone(), error.help.clone());
                cx.findings.add(formula.anchor.clone().within(error.range), message, help);
            }
        }
    }
}
