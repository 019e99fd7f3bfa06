//! What of the plans above concerns a unit.
//!
//! A committee follows up all that its plan and the budget have. A unit follows up what
//! it takes up in its own plan or report, and what the plans say that it is for
//! (`gäller: myndighetsutövning`), which goes for the goals under a goal too. Each goal
//! brings those above it, so that the tree holds together.

use std::collections::{BTreeMap, BTreeSet};

use super::{Report, said};
use crate::db::Db;
use crate::document::{Contents, DocumentKey, GoalKey, Kind, Mention};
use crate::organisation::Organisation;
use crate::vocabulary::list;

/// Whether something is for a unit, by its `gäller`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meant {
    /// It does not say for whom it is.
    All,
    This,
    Others,
}

/// Takes what is for other units out of a report. Indicators stay known, because a text
/// may refer to what others measure.
pub(super) fn keep_what_concerns<'db>(
    db: &'db dyn Db,
    organisation: &Organisation<'db>,
    own: [&Contents<'db>; 2],
    key: &DocumentKey,
    out: &mut Report<'db>,
) {
    // Below the committee, a plan above has goals for many units.
    let is_below = out
        .chain
        .iter()
        .any(|above| above.key(db).kind == Kind::Plan && above.key(db).owner != key.owner);
    let names = organisation.answers_to(&key.owner);
    let meant = |mentions: &[Mention<'db>]| {
        let said = said(db, mentions, "gäller").and_then(|said| said.line()).map(list);
        match said {
            None => Meant::All,
            Some(units) if units.iter().any(|unit| names.contains(unit.as_str())) => Meant::This,
            Some(_) => Meant::Others,
        }
    };
    let takes_up_goal = |key: &GoalKey| own.iter().any(|own| own.goals.contains_key(key));
    let takes_up =
        |keyword: &str, name: &str| own.iter().any(|own| !own.mentions(keyword, name).is_empty());

    let mut goals: BTreeSet<GoalKey> = BTreeSet::new();
    let mut meant_of: BTreeMap<GoalKey, Meant> = BTreeMap::new();
    let mut dropped_indicators: Vec<String> = Vec::new();
    let mut dropped_activities: Vec<String> = Vec::new();
    // A goal comes after the one above it.
    for goal in &out.goals {
        let of_above = goal.parent.as_ref().and_then(|key| meant_of.get(key)).copied();
        let of_goal = match (meant(&goal.above), of_above) {
            (Meant::All, Some(above)) => above,
            (meant, _) => meant,
        };
        meant_of.insert(goal.key.clone(), of_goal);
        let mut concerns = match of_goal {
            Meant::This => true,
            Meant::All => !is_below,
            Meant::Others => false,
        } || takes_up_goal(&goal.key);
        for name in &goal.indicators {
            let Some(indicator) = out.indicators.get(name) else { continue };
            match (takes_up("indikator", name), meant(&indicator.above)) {
                (true, _) | (_, Meant::This) => concerns = true,
                (false, Meant::Others) => dropped_indicators.push(name.clone()),
                (false, Meant::All) => {}
            }
        }
        for name in &goal.activities {
            let Some(activity) = out.activities.get(name) else { continue };
            match (takes_up("aktivitet", name), meant(&activity.above)) {
                (true, _) | (_, Meant::This) => concerns = true,
                (false, Meant::Others) => dropped_activities.push(name.clone()),
                (false, Meant::All) => {}
            }
        }
        if concerns {
            goals.insert(goal.key.clone());
        }
    }
    // From below, since each brings the one above.
    for goal in out.goals.iter().rev() {
        if goals.contains(&goal.key) {
            goals.extend(goal.parent.clone());
        }
    }
    for goal in out.goals.iter().filter(|goal| !goals.contains(&goal.key)) {
        dropped_indicators.extend(goal.indicators.iter().cloned());
        dropped_activities.extend(goal.activities.iter().cloned());
    }
    out.goals.retain(|goal| goals.contains(&goal.key));
    for name in dropped_indicators {
        if let Some((name, indicator)) = out.indicators.remove_entry(&name) {
            out.beyond.insert(name, indicator);
        }
    }
    for name in dropped_activities {
        out.activities.remove(&name);
    }
    for goal in &mut out.goals {
        goal.indicators.retain(|name| out.indicators.contains_key(name));
        goal.activities.retain(|name| out.activities.contains_key(name));
    }
}
