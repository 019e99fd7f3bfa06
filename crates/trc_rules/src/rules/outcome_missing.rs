//! An indicator that is due has an outcome, or says why not.

use trc_base::text;
use trc_model::document::GoalKey;
use trc_model::report::Indicator;
use trc_model::vocabulary::Condition;
use trc_model::{Anchor, Part};

use super::goal_without_status::place;
use super::target_missed_without_analysis::requires;
use crate::context::DocumentContext;
use crate::rule::{Level, Rule, Run};
use crate::standing::Given;
use crate::words::short;

pub static RULE: Rule = Rule {
    id: "outcome-missing",
    level: Level::Completeness,
    title_sv: "En indikator som ska redovisas har ett utfall eller ett skäl",
    title_en: "An indicator that is due has an outcome or a reason",
    since: "0.1.0",
    page: include_str!("outcome_missing.md"),
    run: Run::Document(document),
};

fn document(cx: &mut DocumentContext<'_, '_>) {
    if !cx.is_full_report() {
        return;
    }
    for indicator in cx.report.indicators.values() {
        if !is_due(cx, indicator) || indicator.said(cx.db, "utfall").is_some() {
            continue;
        }
        let (name, title) = (&indicator.name, short(&indicator.title));
        let period = cx.report.period.as_ref().map_or("", |period| period.name.as_str());
        let year = cx.report.year;
        let Some(anchor) = anchor_of(cx, indicator) else { continue };
        cx.findings.add(
            anchor,
            text!(
                sv: "Indikatorn ”{title}” ska redovisas i {period} {year} men har inget utfall.",
                en: "The indicator “{title}” is due in {period} {year} but has no outcome.",
            ),
            text!(
                sv: "Skriv ”utfall:” i ”indikator {name}”. Finns inget värde skrivs varför: ”utfall: ej mätt, skälet”.",
                en: "Write “utfall:” in “indikator {name}”. If there is no value, say why: “utfall: ej mätt, reason”.",
            ),
        );
    }
}

/// True when a due outcome is missing, or is absent without the reason that the report
/// type asks for: then the rules on that speak, and none of what follows from it.
pub(super) fn is_asked_for_outcome(
    cx: &DocumentContext<'_, '_>,
    indicator: &Indicator<'_>,
    outcome: &Given,
) -> bool {
    let asked = match outcome {
        Given::Missing => true,
        Given::Absent { has_reason: false, .. } => requires(cx, &Condition::Absent),
        _ => false,
    };
    asked && is_due(cx, indicator)
}

/// True when the indicator's `redovisas` says that it is due in the report's period.
pub(super) fn is_due(cx: &DocumentContext<'_, '_>, indicator: &Indicator<'_>) -> bool {
    let Some(period) = &cx.report.period else { return false };
    indicator
        .due
        .iter()
        .any(|word| *word == period.name || period.reports.iter().any(|known| known == word))
}

/// Where the report speaks of the indicator; else of its goal; else its first line.
pub(super) fn anchor_of(cx: &DocumentContext<'_, '_>, indicator: &Indicator<'_>) -> Option<Anchor> {
    if let Some(mention) = indicator.follow_ups.first() {
        return Some(Anchor::part(cx.db, mention.declaration, Part::Name(mention.name_index)));
    }
    let goal: Option<&GoalKey> = indicator.declared.goal.as_ref();
    match goal.and_then(|key| cx.report.goal(key)) {
        Some(goal) => place(cx, goal),
        None => cx.start(),
    }
}
