//! The status of a goal and those of the goals under it go together.

use trc_base::text;
use trc_model::document::{GoalKey, Kind};
use trc_model::report::Goal;
use trc_model::vocabulary::Scale;
use trc_model::Part;

use super::goal_met_despite_indicators::{scale, step};
use crate::analysis::Analysis;
use crate::context::DeclarationContext;
use crate::rule::{Level, Rule, Run};
use crate::standing::missed;
use crate::words::short;

pub static RULE: Rule = Rule {
    id: "goal-against-sub-goals",
    level: Level::Warning,
    title_sv: "Ett måls status stämmer med statusen för målen under det, eller analysen säger varför inte",
    title_en: "A goal's status agrees with those of the goals under it, or the analysis says why not",
    since: "0.1.0",
    page: include_str!("goal_against_sub_goals.md"),
    run: Run::Declaration(declaration),
};

fn declaration(cx: &mut DeclarationContext<'_, '_>) {
    if cx.kind != Kind::Report || cx.facts.keyword != "mål" {
        return;
    }
    let (Some((index, _)), Some(scale)) = (cx.facts.field("status"), scale(cx)) else { return };
    let Some(own) = cx.facts.line("status").and_then(|word| step(scale, word)) else { return };
    for name in &cx.facts.names {
        if let Some(goal) = cx.report.goal(&GoalKey::new(name)) {
            of_goal(cx, goal, index, scale, own);
        }
    }
}

fn of_goal(
    cx: &mut DeclarationContext<'_, '_>,
    goal: &Goal<'_>,
    index: usize,
    scale: &Scale,
    own: usize,
) {
    let under: Vec<(&Goal<'_>, usize)> = cx
        .report
        .goals
        .iter()
        .filter(|other| other.parent.as_ref() == Some(&goal.key))
        .filter_map(|other| {
            let word = other.said(cx.db, "status")?.line()?;
            Some((other, step(scale, word)?))
        })
        .collect();
    let analysis = Analysis::of(cx, goal);
    let is_unexplained = |other: &Goal<'_>| {
        !analysis.references.contains(&other.key)
            && !other.indicators.iter().any(|name| analysis.indicators.contains(name))
    };
    let worse: Vec<&Goal<'_>> = under
        .iter()
        .filter(|(other, status)| *status > own && is_unexplained(other))
        .map(|(other, _)| *other)
        .collect();
    if !worse.is_empty() {
        say_worse(cx, goal, index, &worse, analysis.is_there);
        return;
    }
    // Worse than everything under it: then something else must be the reason.
    let all_better = !under.is_empty() && under.iter().all(|(_, status)| *status < own);
    let by_indicators = goal.indicators.iter().any(|name| {
        cx.report.indicators.get(name).is_some_and(|indicator| {
            missed(cx.db, cx.workspace, cx.report, cx.evaluator, indicator).is_some()
        })
    });
    if all_better && !by_indicators && under.iter().all(|(other, _)| is_unexplained(other)) {
        let (key, title) = (&goal.key, short(&goal.title));
        let word = cx.facts.line("status").unwrap_or_default();
        let names: Vec<String> = under.iter().map(|(other, _)| other.key.to_string()).collect();
        let first = names.first().cloned().unwrap_or_default();
        let names = names.join(", ");
        cx.findings.inform(
            cx.part(Part::Field(index)),
            text!(
                sv: "Mål {key} ”{title}” är ”{word}”, fast det är sämre än allt under det ({names}), och ingen av målets egna indikatorer missar sitt årsmål.",
                en: "Goal {key} “{title}” is “{word}”, though that is worse than everything under it ({names}), and none of its own indicators misses its target.",
            ),
            text!(
                sv: "Skriv i målets ”analys:” vad som gör det sämre än målen under det, med en hänvisning som ”@{first}”, eller ändra statusen.",
                en: "Say in the goal's “analys:” what makes it worse than the goals under it, with a reference such as “@{first}”, or change the status.",
            ),
        );
    }
}

fn say_worse(
    cx: &mut DeclarationContext<'_, '_>,
    goal: &Goal<'_>,
    index: usize,
    worse: &[&Goal<'_>],
    has_analysis: bool,
) {
    let (key, title) = (&goal.key, short(&goal.title));
    let word = cx.facts.line("status").unwrap_or_default();
    let said: Vec<(String, &str, trc_model::Anchor)> = worse
        .iter()
        .filter_map(|other| {
            let said = other.said(cx.db, "status")?;
            Some((other.key.to_string(), said.line()?, said.anchor(cx.db)))
        })
        .collect();
    let Some((first, first_word, _)) = said.first() else { return };
    let rest = said.len().saturating_sub(1);
    let (sv, en) = match rest {
        0 => (String::new(), String::new()),
        n => (format!(", och {n} till bedöms sämre"), format!(", and {n} more are judged worse")),
    };
    let related = said
        .iter()
        .map(|(key, word, anchor)| {
            let message = text!(
                sv: "Mål {key} är ”{word}” här.",
                en: "Goal {key} is “{word}” here.",
            );
            (anchor.clone(), message)
        })
        .collect();
    let (silence_sv, silence_en) = if has_analysis {
        (
            "Målets analys hänvisar inte till det och säger inte varför.",
            "The goal's analysis does not refer to it and does not say why.",
        )
    } else {
        ("Målet har ingen analys som säger varför.", "The goal has no analysis that says why.")
    };
    cx.findings.add_related(
        cx.part(Part::Field(index)),
        text!(
            sv: "Mål {key} ”{title}” är ”{word}”, men mål {first} under det är ”{first_word}”{sv}. {silence_sv}",
            en: "Goal {key} “{title}” is “{word}”, but goal {first} under it is “{first_word}”{en}. {silence_en}",
        ),
        text!(
            sv: "Ändra en av statusarna, eller skriv i analysen av mål {key} varför det ändå bedöms så, med hänvisningen ”@{first}”.",
            en: "Change one of the statuses, or say in the analysis of goal {key} why it is judged so all the same, with the reference “@{first}”.",
        ),
        related,
    );
}
