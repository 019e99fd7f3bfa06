//! What else the report type requires of goals, indicators and activities.

use trc_base::text;
use trc_model::assess::{comparable, number};
use trc_model::document::Kind;
use trc_model::evaluate::Value;
use trc_model::fields;
use trc_model::report::Direction;
use trc_model::resolve::Gender;
use trc_model::vocabulary::Condition;
use trc_model::{Anchor, Part};
use trc_syntax::value;

use super::goal_without_status::place;
use super::outcome_missing::{anchor_of, is_due};
use super::target_missed_without_analysis::has_analysis;
use crate::context::DocumentContext;
use crate::rule::{Level, Rule, Run};
use crate::standing::missed;
use crate::words::short;

pub static RULE: Rule = Rule {
    id: "analysis-missing",
    level: Level::Completeness,
    title_sv: "Texter som rapporttypen kräver finns",
    title_en: "Texts that the report type requires are there",
    since: "0.1.0",
    page: include_str!("analysis_missing.md"),
    run: Run::Document(document),
};

fn document(cx: &mut DocumentContext<'_, '_>) {
    if !cx.is_full_report() {
        return;
    }
    goals(cx);
    indicators(cx);
    activities(cx);
}

fn goals(cx: &mut DocumentContext<'_, '_>) {
    for goal in &cx.report.goals {
        let Some(level) = cx.report.level_of(goal) else { continue };
        for field in level.requires.iter().filter(|field| *field != "status") {
            if goal.said_or_inherited(cx.db, field).is_some_and(|said| said.has_text()) {
                continue;
            }
            let (key, title) = (&goal.key, short(&goal.title));
            let Some(anchor) = place(cx, goal) else { continue };
            let in_plan = fields::lookup("mål", field, Kind::Plan).is_some();
            let help = if in_plan {
                text!(
                    sv: "Skriv ”{field}” i ”mål {key}”, i planen eller i rapporten.",
                    en: "Write “{field}” in “mål {key}”, in the plan or in the report.",
                )
            } else {
                text!(
                    sv: "Skriv ”{field}” i ”mål {key}” i rapporten.",
                    en: "Write “{field}” in “mål {key}” of the report.",
                )
            };
            cx.findings.add(
                anchor,
                text!(
                    sv: "Mål {key} ”{title}” saknar ”{field}”, som ett mål på den nivån ska ha.",
                    en: "Goal {key} “{title}” has no “{field}”, which a goal of its level must have.",
                ),
                help,
            );
        }
    }
}

fn indicators(cx: &mut DocumentContext<'_, '_>) {
    let conditions = cx
        .report
        .report_type
        .as_ref()
        .and_then(|report_type| report_type.levels.get("indikator"))
        .map(|level| level.analysis_when.clone())
        .unwrap_or_default();
    for indicator in cx.report.indicators.values() {
        // Of a missed target another rule speaks; the one analysis answers both.
        let said_elsewhere = conditions.contains(&Condition::TargetMissed)
            && missed(cx.db, cx.workspace, cx.report, cx.evaluator, indicator).is_some();
        if has_analysis(cx, indicator) || said_elsewhere {
            continue;
        }
        let (name, title) = (&indicator.name, short(&indicator.title));
        let outcome = number(cx.db, cx.evaluator, indicator, "utfall");
        let forecast = number(cx.db, cx.evaluator, indicator, "prognos");
        for condition in &conditions {
            let (message, what_sv, what_en) = match condition {
                // More than so far is what a count that adds up over the year becomes.
                Condition::ForecastBetterThanOutcome if indicator.is_cumulative(cx.db) => continue,
                Condition::ForecastBetterThanOutcome => {
                    let Some((outcome, forecast)) = outcome
                        .as_ref()
                        .and_then(|outcome| comparable(outcome, forecast.as_ref()))
                    else {
                        continue;
                    };
                    let better = match indicator.direction {
                        Some(Direction::Higher) => forecast > outcome,
                        Some(Direction::Lower) => forecast < outcome,
                        _ => false,
                    };
                    if !better {
                        continue;
                    }
                    let message = text!(
                        sv: "Prognosen för ”{title}” ({forecast}) är bättre än utfallet hittills ({outcome}), men ingen analys säger vad förbättringen bygger på.",
                        en: "The forecast of “{title}” ({forecast}) is better than the outcome so far ({outcome}), but no analysis says what the improvement rests on.",
                    );
                    (message, "vad som ska göra resultatet bättre", "what will make the result better")
                }
                Condition::GenderGap(limit) => {
                    let Some(gap) = gender_gap(cx, indicator) else { continue };
                    if gap <= *limit {
                        continue;
                    }
                    let message = text!(
                        sv: "Utfallet för ”{title}” skiljer {gap} mellan könen, men ingen analys kommenterar det.",
                        en: "The outcome of “{title}” differs by {gap} between the genders, but no analysis comments on it.",
                    );
                    (message, "vad skillnaden kan bero på", "what the difference may be due to")
                }
                Condition::Absent => {
                    let absent = indicator
                        .said(cx.db, "utfall")
                        .and_then(|said| said.line())
                        .and_then(value::absence)
                        .is_some_and(|absence| absence.reason.is_none());
                    if !absent || !is_due(cx, indicator) {
                        continue;
                    }
                    let message = text!(
                        sv: "”{title}” har inget utfall och ingen förklaring.",
                        en: "“{title}” has no outcome and no explanation.",
                    );
                    (message, "varför utfallet saknas", "why there is no outcome")
                }
                // Rules of their own.
                Condition::TargetMissed | Condition::Deviation => continue,
            };
            let Some(anchor) = anchor_of(cx, indicator) else { continue };
            cx.findings.add(
                anchor,
                message,
                text!(
                    sv: "Skriv ”analys:” i ”indikator {name}”: {what_sv}.",
                    en: "Write “analys:” in “indikator {name}”: {what_en}.",
                ),
            );
            break;
        }
    }
}

fn gender_gap(
    cx: &DocumentContext<'_, '_>,
    indicator: &trc_model::report::Indicator<'_>,
) -> Option<trc_base::Decimal> {
    let line = indicator.said(cx.db, "utfall")?.line()?;
    let measure = value::measure(line).ok()?;
    let of = |gender| match cx.evaluator.measured(
        &measure,
        Some(gender),
        &indicator.unit,
        &indicator.name,
    ) {
        Value::Quantity(quantity) => Some(quantity),
        _ => None,
    };
    let (men, women) = comparable(&of(Gender::Men)?, Some(&of(Gender::Women)?))?;
    Some(men.sub(women)?.abs())
}

/// An activity that deviates from its plan says why.
fn activities(cx: &mut DocumentContext<'_, '_>) {
    let required = cx
        .report
        .report_type
        .as_ref()
        .and_then(|report_type| report_type.levels.get("aktivitet"))
        .is_some_and(|level| level.analysis_when.contains(&Condition::Deviation));
    let states = cx.words.states(cx.report.report_type.as_ref());
    let Some(scale) = states.filter(|_| required) else { return };
    for activity in cx.report.activities.values() {
        let Some(said) = activity.said(cx.db, "läge") else { continue };
        let line = said.line().unwrap_or_default();
        let deviates = scale.steps.iter().any(|step| step.deviation && line.starts_with(&step.word));
        let explained = activity.said(cx.db, "analys").is_some_and(|said| said.has_text());
        if !deviates || explained {
            continue;
        }
        let (name, title) = (&activity.name, short(&activity.title));
        cx.findings.add(
            Anchor::part(cx.db, said.declaration, Part::Field(said.index)),
            text!(
                sv: "Aktiviteten ”{title}” är ”{line}” men ingen analys säger varför.",
                en: "The activity “{title}” is “{line}” but no analysis says why.",
            ),
            text!(
                sv: "Skriv ”analys:” i ”aktivitet {name}”: vad som hänt och vad som händer nu.",
                en: "Write “analys:” in “aktivitet {name}”: what happened and what happens next.",
            ),
        );
    }
}
