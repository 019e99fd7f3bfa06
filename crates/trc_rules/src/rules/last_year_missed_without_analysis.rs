//! Last year's outcome does not reach this year's target, and the report has nothing to
//! say of the indicator.

use trc_base::text;
use trc_model::assess::Verdict;
use trc_model::vocabulary::Condition;
use trc_model::{Anchor, Part};

use super::outcome_missing::{anchor_of, is_asked_for_outcome};
use super::target_missed_without_analysis::requires;
use crate::context::DocumentContext;
use crate::rule::{Level, Rule, Run};
use crate::standing::{Standing, judges_outcome};
use crate::words::{figure, short};

pub static RULE: Rule = Rule {
    id: "last-year-missed-without-analysis",
    level: Level::Warning,
    title_sv: "En indikator som förra året låg under årets mål har en prognos eller en analys",
    title_en: "An indicator that last year was short of this year's target has a forecast or an analysis",
    since: "0.1.0",
    page: include_str!("last_year_missed_without_analysis.md"),
    run: Run::Document(document),
};

fn document(cx: &mut DocumentContext<'_, '_>) {
    if !cx.is_full_report()
        || cx.report.period.is_none()
        || judges_outcome(cx.report)
        || !requires(cx, &Condition::TargetMissed)
    {
        return;
    }
    let Some(previous) = cx.report.previous.map(|previous| previous.key(cx.db)) else { return };
    for indicator in cx.report.indicators.values() {
        let standing = Standing::of(cx, indicator);
        let silent = !standing.explained
            && standing.outcome.is_no_value()
            && standing.forecast.is_no_value();
        // Of an outcome that is due and missing, the rule about outcomes speaks.
        if !silent || is_asked_for_outcome(cx, indicator, &standing.outcome) {
            continue;
        }
        let Some(before) = standing.before.figure() else { continue };
        let verdict = trc_model::assess::meets_target(cx.db, cx.evaluator, indicator, before, None);
        if !matches!(verdict, Verdict::Missed | Verdict::Partly) {
            continue;
        }
        let Some(target) = indicator.target() else { continue };
        let there = Anchor::part(cx.db, target.declaration, Part::Field(target.field));
        let (name, title, before) = (&indicator.name, short(&indicator.title), figure(before));
        let (asks, period) = (&target.text, previous.period.as_deref().unwrap_or_default());
        let year = previous.year;
        let Some(anchor) = anchor_of(cx, indicator) else { continue };
        cx.findings.add_related(
            anchor,
            text!(
                sv: "Utfallet för ”{title}” var {before} i {period} {year} och når inte årets mål {asks}. Rapporten säger inget om hur det ska nås: här finns varken utfall, prognos eller analys.",
                en: "The outcome of “{title}” was {before} in {period} {year} and does not reach this year's target {asks}. The report does not say how it will: there is neither outcome, forecast nor analysis.",
            ),
            text!(
                sv: "Skriv ”prognos:” eller ”analys:” i ”indikator {name}”: om årsmålet väntas nås, och vad som i så fall förbättrar resultatet.",
                en: "Write “prognos:” or “analys:” in “indikator {name}”: whether the target will be met, and what then makes the result better.",
            ),
            vec![(there, text!(sv: "Här står årsmålet.", en: "The target stands here."))],
        );
    }
}
