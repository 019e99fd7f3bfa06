//! Every goal that the report type judges has a status.

use trc_base::text;
use trc_model::report::Goal;
use trc_model::vocabulary::Scale;
use trc_model::{Anchor, Part};

use crate::context::DocumentContext;
use crate::rule::{Level, Rule, Run};
use crate::words::{listed, short};

pub static RULE: Rule = Rule {
    id: "goal-without-status",
    level: Level::Completeness,
    title_sv: "Varje mål som ska bedömas har en status",
    title_en: "Every goal that is to be judged has a status",
    since: "0.1.0",
    page: include_str!("goal_without_status.md"),
    run: Run::Document(document),
};

fn document(cx: &mut DocumentContext<'_, '_>) {
    if !cx.is_full_report() {
        return;
    }
    let Some(report_type) = &cx.report.report_type else { return };
    let steps = cx.words.goal_scale(Some(report_type)).map(Scale::words).unwrap_or_default();
    for goal in &cx.report.goals {
        let Some(level) = cx.report.level_of(goal) else { continue };
        let judged = level.requires.iter().any(|field| field == "status")
            && level.without_status.is_none();
        if !judged || goal.said(cx.db, "status").is_some() {
            continue;
        }
        let (key, title) = (&goal.key, short(&goal.title));
        let (sv, en) = (listed(&steps, "eller"), listed(&steps, "or"));
        let Some(anchor) = place(cx, goal) else { continue };
        cx.findings.add(
            anchor,
            text!(
                sv: "Mål {key} ”{title}” har ingen status, så läsaren får inte veta om det nås.",
                en: "Goal {key} “{title}” has no status, so the reader cannot tell whether it is met.",
            ),
            text!(
                sv: "Skriv ”status:” i ”mål {key}” i rapporten, med {sv}.",
                en: "Write “status:” in “mål {key}” of the report, with {en}.",
            ),
        );
    }
}

/// Where the report speaks of the goal; else where it speaks of the goal above; else
/// its first line.
pub(super) fn place(cx: &DocumentContext<'_, '_>, goal: &Goal<'_>) -> Option<Anchor> {
    let mut next = Some(goal);
    while let Some(goal) = next {
        if let Some(found) = goal.follow_ups.first() {
            return Some(Anchor::part(cx.db, found.declaration, Part::Name(found.name_index)));
        }
        next = goal.parent.as_ref().and_then(|key| cx.report.goal(key));
    }
    cx.start()
}
