//! The goals of a report, as a tree.

use std::collections::{BTreeMap, BTreeSet};

use super::{Layers, Said, said};
use crate::db::Db;
use crate::document::{GoalKey, Mention};

/// A goal of a report.
#[derive(Debug, Clone, PartialEq, Eq, Hash, salsa::SalsaValue)]
pub struct Goal<'db> {
    pub key: GoalKey,
    pub title: String,
    /// The goal that it stands under: by its number, or where a goal has a name
    /// (`mål trygg_hemtjänst`), by `under`.
    pub parent: Option<GoalKey>,
    /// How far down the tree it stands; 1 for the uppermost.
    pub depth: usize,
    /// Where it is declared.
    pub declared: Mention<'db>,
    /// What plans and budget say of it, the declaration among them.
    pub above: Vec<Mention<'db>>,
    /// What the report says of it.
    pub follow_ups: Vec<Mention<'db>>,
    /// The indicators declared under it, in print order, by name.
    pub indicators: Vec<String>,
    pub activities: Vec<String>,
}

impl<'db> Goal<'db> {
    /// What the report says in a field.
    pub fn said(&self, db: &'db dyn Db, name: &str) -> Option<Said<'db>> {
        said(db, &self.follow_ups, name)
    }

    /// What the plans and the budget say in a field, nearest first.
    pub fn inherited(&self, db: &'db dyn Db, name: &str) -> Option<Said<'db>> {
        said(db, &self.above, name)
    }

    /// What the report says in a field, else what the plans say, nearest first.
    pub fn said_or_inherited(&self, db: &'db dyn Db, name: &str) -> Option<Said<'db>> {
        self.said(db, name).or_else(|| self.inherited(db, name))
    }

    /// True for a goal that has a name instead of a number: a unit's own.
    pub fn is_named(&self) -> bool {
        matches!(self.key, GoalKey::Name(_))
    }

    /// The goal in a sentence: its number, or the title of one that has a name.
    pub fn shown(&self) -> String {
        if self.is_named() { format!("”{}”", self.title) } else { self.key.to_string() }
    }
}

/// The goals of the given documents in print order: a goal, then those under it by
/// number, then those under it that have a name, in the order of the plan.
pub(super) fn goals<'db>(db: &'db dyn Db, layers: &Layers<'db>) -> Vec<Goal<'db>> {
    let mut known: BTreeMap<GoalKey, Goal<'db>> = BTreeMap::new();
    let mut named: Vec<GoalKey> = Vec::new();
    for (_, contents, follows_up) in layers {
        for key in &contents.goal_order {
            let Some(mentions) = contents.goals.get(key) else { continue };
            if !known.contains_key(key) {
                let Some(declared) = mentions.iter().find(|mention| mention.declares) else {
                    continue;
                };
                if matches!(key, GoalKey::Name(_)) {
                    named.push(key.clone());
                }
                known.insert(key.clone(), declared_goal(db, key, declared));
            }
            let Some(goal) = known.get_mut(key) else { continue };
            if *follows_up {
                goal.follow_ups.extend_from_slice(mentions);
            } else {
                // Nearest first.
                goal.above.splice(0..0, mentions.iter().rev().cloned());
            }
        }
    }
    let parents = parents(db, &known);
    let numbered = known.keys().filter(|key| matches!(key, GoalKey::Number(_)));
    let mut under: BTreeMap<Option<GoalKey>, Vec<GoalKey>> = BTreeMap::new();
    for key in numbered.chain(&named) {
        let parent = parents.get(key).cloned();
        under.entry(parent).or_default().push(key.clone());
    }
    let mut out = Vec::new();
    // The last is the next, so the goals wait in reverse.
    let mut waiting: Vec<(GoalKey, usize)> = Vec::new();
    let mut wait = |waiting: &mut Vec<(GoalKey, usize)>, parent: Option<GoalKey>, depth: usize| {
        let below = under.remove(&parent).unwrap_or_default();
        waiting.extend(below.into_iter().rev().map(|key| (key, depth)));
    };
    wait(&mut waiting, None, 1);
    while let Some((key, least)) = waiting.pop() {
        let Some(mut goal) = known.remove(&key) else { continue };
        // A number says its level, also where the goal above it is missing.
        goal.depth = key.level().unwrap_or(least);
        goal.parent = parents.get(&key).cloned();
        wait(&mut waiting, Some(key), goal.depth.saturating_add(1));
        out.push(goal);
    }
    out
}

fn declared_goal<'db>(db: &'db dyn Db, key: &GoalKey, declared: &Mention<'db>) -> Goal<'db> {
    Goal {
        key: key.clone(),
        title: declared.declaration.facts(db).title.clone().unwrap_or_default(),
        parent: None,
        depth: 1,
        declared: declared.clone(),
        above: Vec::new(),
        follow_ups: Vec::new(),
        indicators: Vec::new(),
        activities: Vec::new(),
    }
}

/// The goal that each goal stands under. One that would stand under itself, also by
/// way of others, stands under none; a rule says so.
fn parents<'db>(
    db: &'db dyn Db,
    known: &BTreeMap<GoalKey, Goal<'db>>,
) -> BTreeMap<GoalKey, GoalKey> {
    let mut out = BTreeMap::new();
    for (key, goal) in known {
        let parent = match key {
            GoalKey::Number(_) => {
                let above = std::iter::successors(key.parent(), GoalKey::parent);
                above.into_iter().find(|above| known.contains_key(above))
            }
            GoalKey::Name(_) => goal
                .inherited(db, "under")
                .and_then(|said| said.line())
                .map(GoalKey::new)
                .filter(|above| known.contains_key(above)),
        };
        out.extend(parent.map(|parent| (key.clone(), parent)));
    }
    let in_ring = |key: &GoalKey| {
        let mut seen = BTreeSet::new();
        let mut next = out.get(key);
        while let Some(above) = next {
            if above == key {
                return true;
            }
            if !seen.insert(above) {
                return false;
            }
            next = out.get(above);
        }
        false
    };
    let rings: Vec<GoalKey> = out.keys().filter(|key| in_ring(key)).cloned().collect();
    for key in rings {
        out.remove(&key);
    }
    out
}
