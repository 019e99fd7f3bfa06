//! An activity whose last day has passed is done, or says what became of it.

use trc_base::{Date, text};
use trc_model::report::Activity;
use trc_model::vocabulary::Step;
use trc_model::{Anchor, Part};

use crate::context::DocumentContext;
use crate::rule::{Level, Rule, Run};
use crate::words::short;

pub static RULE: Rule = Rule {
    id: "activity-overdue",
    level: Level::Warning,
    title_sv: "En aktivitet vars slutdatum har passerat är avslutad eller avviker",
    title_en: "An activity that has passed its last day is finished or deviates",
    since: "0.1.0",
    page: include_str!("activity_overdue.md"),
    run: Run::Document(document),
};

fn document(cx: &mut DocumentContext<'_, '_>) {
    if !cx.is_full_report() {
        return;
    }
    let (Some(period), Some(scale)) = (&cx.report.period, cx.words.states(cx.report.report_type.as_ref())) else { return };
    let Some(period_end) = Date::new(cx.report.year, period.ends.0, period.ends.1) else { return };
    for activity in cx.report.activities.values() {
        let Some(end) = activity.end.filter(|end| *end <= period_end) else { continue };
        let said = activity.said(cx.db, "läge");
        let word = said.and_then(|said| said.line());
        if word.is_some_and(|word| is_settled(&scale.steps, word)) {
            continue;
        }
        let anchor = match said {
            Some(said) => Anchor::part(cx.db, said.declaration, Part::Field(said.index)),
            None => first_mention(cx, activity),
        };
        let (name, title, period) = (&activity.name, short(&activity.title), &period.title);
        let (sv, en) = match word {
            Some(word) => {
                (format!("har läget ”{word}”"), format!("is said to be “{word}”"))
            }
            None => ("har inget läge".to_owned(), "has no state".to_owned()),
        };
        let settled: Vec<&str> = scale
            .steps
            .iter()
            .filter(|step| settles(step))
            .map(|step| step.word.as_str())
            .collect();
        let settled = settled.join(", ");
        cx.findings.add(
            anchor,
            text!(
                sv: "Aktiviteten ”{title}” skulle vara klar {end} men {sv} i {period}, så läsaren får inte veta om den blev av.",
                en: "The activity “{title}” was to be finished by {end} but {en} in {period}, so the reader cannot tell whether it was carried out.",
            ),
            text!(
                sv: "Skriv ”läge:” i ”aktivitet {name}”: {settled}. En avvikelse förklaras i ”analys:”.",
                en: "Write “läge:” in “aktivitet {name}”: {settled}. A deviation is explained in “analys:”.",
            ),
        );
    }
}

/// True for a state after which nothing more is expected by the planned day: the best one,
/// and those that tell of a deviation.
fn is_settled(steps: &[Step], word: &str) -> bool {
    steps.iter().any(|step| word.starts_with(&step.word) && settles(step))
}

fn settles(step: &Step) -> bool {
    step.deviation || step.tone == "god"
}

/// Where the report first speaks of an activity, else where the plan declares it.
fn first_mention(cx: &DocumentContext<'_, '_>, activity: &Activity<'_>) -> Anchor {
    let mention = activity.follow_ups.first().unwrap_or(&activity.declared);
    Anchor::part(cx.db, mention.declaration, Part::Head)
}
