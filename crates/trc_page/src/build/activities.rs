//! The table of a goal's activities.

use trc_model::report::{Activity, Goal, said};
use trc_model::resolve::Surroundings;
use trc_model::vocabulary::{ACTIVITIES, ColumnContent};

use super::Builder;
use super::follow_up::{FollowUpColumn, FollowUpRow, FollowUpTable, cell, status};
use crate::data::{Block, Inline};

impl<'db> Builder<'db> {
    /// The goal's activities, each with its analysis under its row.
    pub(super) fn activity_table(&self, goal: &Goal<'db>) -> Option<Block> {
        let key = goal.shown();
        let table = FollowUpTable {
            level: ACTIVITIES,
            description: format!("Aktiviteter för mål {key}: tid och avvikelse"),
        };
        let columns = self.columns(ACTIVITIES);
        let activities = goal.activities.iter().filter_map(|name| self.report.activities.get(name));
        let rows = activities.map(|activity| FollowUpRow {
            title: title_with_tag(activity),
            cells: columns.iter().map(|column| self.activity_cell(activity, column)).collect(),
            note: activity.said(self.db, "analys").and_then(|said| {
                let around = Surroundings::of(self.report, "aktivitet", &activity.name);
                self.note(ACTIVITIES, &said, around)
            }),
        });
        self.follow_up_table(table, &columns, rows)
    }

    fn activity_cell(&self, activity: &Activity<'db>, column: &FollowUpColumn) -> Vec<Inline> {
        let date = |date: Option<trc_base::Date>| {
            cell(date.map_or_else(String::new, |date| date.to_string()))
        };
        match column.content {
            ColumnContent::Start => date(activity.start),
            ColumnContent::End => date(activity.end),
            ColumnContent::Deviation => {
                let Some(line) = activity.said(self.db, "läge").and_then(|said| said.line())
                else {
                    return Vec::new();
                };
                let states = self.words.states(self.report.report_type.as_ref());
                match states.and_then(|states| states.step_beginning(line)) {
                    Some(step) if step.deviation => cell(status(step, line).word),
                    _ => Vec::new(),
                }
            }
            ColumnContent::Field(field) => {
                let own = activity.said(self.db, field.name);
                self.plain_field(own.or_else(|| said(self.db, &activity.above, field.name)), column)
            }
            _ => Vec::new(),
        }
    }
}

/// The title, and its tag in brackets.
fn title_with_tag(activity: &Activity<'_>) -> String {
    match &activity.tag {
        Some(tag) => format!("{} ({tag})", activity.title),
        None => activity.title.clone(),
    }
}
