//! The goals of a plan are numbered without gaps.

use std::collections::BTreeMap;

use trc_base::text;
use trc_model::document::{GoalKey, Kind};
use trc_model::report::Goal;
use trc_model::{Anchor, Part};

use crate::context::DocumentContext;
use crate::rule::{Level, Rule, Run};
use crate::words::short;

pub static RULE: Rule = Rule {
    id: "goal-number-gap",
    level: Level::Info,
    title_sv: "Planens egna mål är numrerade utan luckor",
    title_en: "The plan's own goals are numbered without gaps",
    since: "0.1.0",
    page: include_str!("goal_number_gap.md"),
    run: Run::Document(document),
};

fn document(cx: &mut DocumentContext<'_, '_>) {
    // A budget may hold only the goals that concern a committee.
    if cx.kind != Kind::Plan {
        return;
    }
    let mut groups: BTreeMap<&[u16], Vec<(u16, &Goal<'_>)>> = BTreeMap::new();
    for goal in &cx.report.goals {
        let declared_here = cx
            .contents
            .goals
            .get(&goal.key)
            .is_some_and(|mentions| mentions.contains(&goal.declared));
        if let GoalKey::Number(parts) = &goal.key
            && let Some((last, above)) = parts.split_last()
            && declared_here
        {
            groups.entry(above).or_default().push((*last, goal));
        }
    }
    for goals in groups.values() {
        // In order of number, since the goals are.
        let mut expected: u16 = 1;
        for (number, goal) in goals {
            if *number > expected {
                let (key, title) = (&goal.key, short(&goal.title));
                let missing = GoalKey::Number(
                    goal.key
                        .parent()
                        .and_then(|parent| match parent {
                            GoalKey::Number(parts) => Some(parts),
                            GoalKey::Name(_) => None,
                        })
                        .unwrap_or_default()
                        .into_iter()
                        .chain([expected])
                        .collect(),
                );
                let mention = &goal.declared;
                cx.findings.add(
                    Anchor::part(cx.db, mention.declaration, Part::Name(mention.name_index)),
                    text!(
                        sv: "Mål {key} ”{title}” finns i planen, men inte mål {missing}. Läsaren undrar om ett mål har fallit bort.",
                        en: "Goal {key} “{title}” is in the plan, but goal {missing} is not. The reader wonders whether a goal was lost.",
                    ),
                    text!(
                        sv: "Rätta numret, eller lägg till mål {missing}.",
                        en: "Correct the number, or add goal {missing}.",
                    ),
                );
            }
            expected = number.saturating_add(1);
        }
    }
}
