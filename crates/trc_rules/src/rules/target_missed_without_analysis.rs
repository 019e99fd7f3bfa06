//! The founding rule: a target is missed, and nobody says why.

use trc_base::text;
use trc_model::assess::Basis;
use trc_model::report::{Indicator, TargetOf};
use trc_model::vocabulary::Condition;
use trc_model::{Anchor, Part};

use super::outcome_missing::anchor_of;
use super::target_missing::lacks_target;
use crate::context::DocumentContext;
use crate::rule::{Level, Rule, Run};
use crate::standing::missed;
use crate::words::{figure, short};

pub static RULE: Rule = Rule {
    id: "target-missed-without-analysis",
    level: Level::Completeness,
    title_sv: "En indikator som inte når sitt mål har en analys",
    title_en: "An indicator that misses its target has an analysis",
    since: "0.1.0",
    page: include_str!("target_missed_without_analysis.md"),
    run: Run::Document(document),
};

fn document(cx: &mut DocumentContext<'_, '_>) {
    if !cx.is_full_report() || !requires(cx, &Condition::TargetMissed) {
        return;
    }
    for indicator in cx.report.indicators.values() {
        // ”nås inte” says nothing of a target that nobody has set.
        let no_target = cx.report.has_plan && lacks_target(cx.db, indicator);
        if has_analysis(cx, indicator) || no_target {
            continue;
        }
        let judgement = missed(cx.db, cx.workspace, cx.report, cx.evaluator, indicator);
        let Some(judgement) = judgement else { continue };
        let (name, title) = (&indicator.name, short(&indicator.title));
        let target = judgement.target.as_ref().map_or("", |target| target.text.as_str());
        let figure = judgement.figure.as_ref().map(figure);
        let message = match (judgement.basis, figure) {
            (Basis::Forecast, Some(figure)) => text!(
                sv: "Indikatorn ”{title}” når inte sitt årsmål: prognosen är {figure} och målet {target}. Den saknar analys, så läsaren får inte veta varför.",
                en: "The indicator “{title}” misses its target: the forecast is {figure} and the target {target}. It has no analysis, so the reader cannot tell why.",
            ),
            (Basis::Outcome, Some(figure)) => text!(
                sv: "Indikatorn ”{title}” når inte sitt årsmål: utfallet är {figure} och målet {target}. Den saknar analys, så läsaren får inte veta varför.",
                en: "The indicator “{title}” misses its target: the outcome is {figure} and the target {target}. It has no analysis, so the reader cannot tell why.",
            ),
            _ => text!(
                sv: "Indikatorn ”{title}” väntas inte nå sitt årsmål {target}. Den saknar analys, så läsaren får inte veta varför.",
                en: "The indicator “{title}” is not expected to meet its target {target}. It has no analysis, so the reader cannot tell why.",
            ),
        };
        let Some(anchor) = anchor_of(cx, indicator) else { continue };
        let related = judgement.target.as_ref().map(|target| target_place(cx, target));
        cx.findings.add_related(
            anchor,
            message,
            text!(
                sv: "Skriv ”analys:” i ”indikator {name}”: vad avvikelsen beror på och vad som görs åt den.",
                en: "Write “analys:” in “indikator {name}”: why the target is missed and what is done about it.",
            ),
            related.into_iter().collect(),
        );
    }
}

fn target_place(cx: &DocumentContext<'_, '_>, target: &TargetOf<'_>) -> (Anchor, trc_base::Text) {
    let anchor = Anchor::part(cx.db, target.declaration, Part::Field(target.field));
    (anchor, text!(sv: "Här står årsmålet.", en: "The target stands here."))
}

/// True when the report says something about the indicator.
pub(super) fn has_analysis(cx: &DocumentContext<'_, '_>, indicator: &Indicator<'_>) -> bool {
    indicator.said(cx.db, "analys").is_some_and(|said| said.has_text())
}

/// True when the report type asks for an analysis under a condition.
pub(super) fn requires(cx: &DocumentContext<'_, '_>, condition: &Condition) -> bool {
    cx.report
        .report_type
        .as_ref()
        .and_then(|report_type| report_type.levels.get("indikator"))
        .is_some_and(|level| level.analysis_when.contains(condition))
}
