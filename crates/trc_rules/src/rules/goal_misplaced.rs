//! A goal that has a name says which goal it stands under.

use std::collections::BTreeSet;

use trc_base::{Text, text};
use trc_model::document::{GoalKey, Kind};
use trc_model::report::{Goal, Report, Said};
use trc_model::{Anchor, Part};

use crate::context::DocumentContext;
use crate::rule::{Level, Rule, Run};
use crate::words::{goals_nearby, meant, short};

pub static RULE: Rule = Rule {
    id: "goal-misplaced",
    level: Level::Error,
    title_sv: "Ett eget mål står under ett mål som finns",
    title_en: "A goal of a unit's own stands under a goal that there is",
    since: "0.1.0",
    page: include_str!("goal_misplaced.md"),
    run: Run::Document(document),
};

fn document(cx: &mut DocumentContext<'_, '_>) {
    if !matches!(cx.kind, Kind::Budget | Kind::Plan) {
        return;
    }
    let report = cx.report;
    for goal in report.goals.iter().filter(|goal| cx.contents.goals.contains_key(&goal.key)) {
        let under = goal.inherited(cx.db, "under");
        let Some(said) = under else {
            unplaced(cx, goal);
            continue;
        };
        let above = GoalKey::new(said.line().unwrap_or_default());
        let (message, help) = if !goal.is_named() {
            numbered(goal)
        } else if above == goal.key {
            itself(goal)
        } else if report.goal(&above).is_none() {
            unknown(report, goal, &above)
        } else if goal.parent.is_none() {
            let Some(ring) = ring(cx, goal) else { continue };
            // Said once, at the first of those in the ring.
            if ring.first() != Some(&goal.key) {
                continue;
            }
            round(goal, &above)
        } else {
            continue;
        };
        cx.findings.add(said.anchor(cx.db), message, help);
    }
}

/// A unit's plan holds goals under those of the committee. One that does not say where
/// would stand last in the report, under nothing.
fn unplaced(cx: &mut DocumentContext<'_, '_>, goal: &Goal<'_>) {
    let own = &cx.document.key(cx.db).owner;
    let has_plan_above = cx
        .report
        .chain
        .iter()
        .any(|above| above.key(cx.db).kind == Kind::Plan && above.key(cx.db).owner != *own);
    let declared = &goal.declared;
    let is_own = cx.contents.goals.get(&goal.key).is_some_and(|own| own.contains(declared));
    if !goal.is_named() || !has_plan_above || !is_own {
        return;
    }
    let title = short(&goal.title);
    cx.findings.add(
        Anchor::part(cx.db, declared.declaration, Part::Name(declared.name_index)),
        text!(
            sv: "Målet ”{title}” säger inte vilket mål det hör till, så det får ingen plats bland nämndens mål.",
            en: "The goal “{title}” does not say which goal it belongs to, so it has no place among the committee's goals.",
        ),
        text!(
            sv: "Skriv numret på nämndens mål, till exempel ”under: 1.3.2”.",
            en: "Write the number of the committee's goal, for example “under: 1.3.2”.",
        ),
    );
}

fn numbered(goal: &Goal<'_>) -> (Text, Text) {
    let key = &goal.key;
    (
        text!(
            sv: "Mål {key} har ett nummer, och numret säger var det står. ”under” läses inte.",
            en: "Goal {key} has a number, and the number says where it stands. “under” is not read.",
        ),
        text!(
            sv: "Ta bort raden. Ska målet stå någon annanstans ändras numret.",
            en: "Remove the line. To put the goal elsewhere, change its number.",
        ),
    )
}

fn itself(goal: &Goal<'_>) -> (Text, Text) {
    let title = short(&goal.title);
    (
        text!(
            sv: "Målet ”{title}” står under sig självt.",
            en: "The goal “{title}” stands under itself.",
        ),
        text!(
            sv: "Skriv numret på det mål som det bidrar till.",
            en: "Write the number of the goal that it contributes to.",
        ),
    )
}

fn unknown(report: &Report<'_>, goal: &Goal<'_>, above: &GoalKey) -> (Text, Text) {
    let title = short(&goal.title);
    let keys = || report.goals.iter().map(|goal| goal.key.to_string()).collect::<Vec<_>>();
    let help = goals_nearby(report, above)
        .or_else(|| meant(&above.to_string(), keys().iter().map(String::as_str)));
    (
        text!(
            sv: "Målet ”{title}” ska stå under ”{above}”, som varken planen, planerna ovanför eller budgeten har.",
            en: "The goal “{title}” is to stand under “{above}”, which neither the plan, the plans above nor the budget has.",
        ),
        help.unwrap_or_else(|| {
            text!(
                sv: "Skriv numret på ett mål i nämndens plan, till exempel ”under: 1.3.2”.",
                en: "Write the number of a goal of the committee's plan, for example “under: 1.3.2”.",
            )
        }),
    )
}

fn round(goal: &Goal<'_>, above: &GoalKey) -> (Text, Text) {
    let (key, title) = (&goal.key, short(&goal.title));
    (
        text!(
            sv: "Målet ”{title}” står under ”{above}”, som i sin tur står under ”{key}”. Inget av dem får en plats.",
            en: "The goal “{title}” stands under “{above}”, which in turn stands under “{key}”. Neither has a place.",
        ),
        text!(
            sv: "Låt ett av målen stå under ett mål i nämndens plan.",
            en: "Let one of the goals stand under a goal of the committee's plan.",
        ),
    )
}

/// The goals that stand under each other in a ring with this one; `None` when this one
/// only leads into a ring.
fn ring(cx: &DocumentContext<'_, '_>, goal: &Goal<'_>) -> Option<BTreeSet<GoalKey>> {
    let mut ring = BTreeSet::new();
    let mut next = Some(goal);
    while let Some(goal) = next {
        if !ring.insert(goal.key.clone()) {
            break;
        }
        let under: Option<Said<'_>> = goal.inherited(cx.db, "under");
        let above = under.and_then(|said| said.line()).map(GoalKey::new);
        next = above.and_then(|above| cx.report.goal(&above));
    }
    next.filter(|last| last.key == goal.key)?;
    Some(ring)
}
