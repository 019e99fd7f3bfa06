//! The activities of a report.

use trc_base::Date;

use super::{Report, Said, said};
use crate::db::Db;
use crate::document::{Document, Mention};

/// An activity of a report.
#[derive(Debug, Clone, PartialEq, Eq, Hash, salsa::SalsaValue)]
pub struct Activity<'db> {
    pub name: String,
    pub title: String,
    pub tag: Option<String>,
    pub declared: Mention<'db>,
    /// As declared, else the first and last day of the plan's year.
    pub start: Option<Date>,
    pub end: Option<Date>,
    pub above: Vec<Mention<'db>>,
    pub follow_ups: Vec<Mention<'db>>,
}

impl<'db> Activity<'db> {
    /// What the report says in a field.
    pub fn said(&self, db: &'db dyn Db, name: &str) -> Option<Said<'db>> {
        said(db, &self.follow_ups, name)
    }
}

/// Takes in what a document says of an activity.
pub(super) fn activity<'db>(
    db: &'db dyn Db,
    out: &mut Report<'db>,
    document: Document<'db>,
    name: &str,
    mention: &Mention<'db>,
    follows_up: bool,
) {
    let facts = mention.declaration.facts(db);
    if mention.declares && !out.activities.contains_key(name) {
        if let Some(goal) = &mention.goal
            && let Some(goal) = out.goals.iter_mut().find(|known| known.key == *goal)
        {
            goal.activities.push(name.to_owned());
        }
        let year = document.key(db).year;
        let date = |field| facts.line(field).map(Date::parse);
        out.activities.insert(
            name.to_owned(),
            Activity {
                name: name.to_owned(),
                title: facts.title.clone().unwrap_or_default(),
                tag: facts.line("tagg").map(str::to_owned),
                declared: mention.clone(),
                start: date("start").unwrap_or_else(|| Date::new(year, 1, 1)),
                end: date("slut").unwrap_or_else(|| Date::new(year, 12, 31)),
                above: Vec::new(),
                follow_ups: Vec::new(),
            },
        );
    }
    let Some(activity) = out.activities.get_mut(name) else { return };
    if follows_up {
        activity.follow_ups.push(mention.clone());
    } else {
        activity.above.insert(0, mention.clone());
    }
}
