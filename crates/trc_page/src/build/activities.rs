//! The table of a goal's activities.

use trc_model::report::{Activity, Goal};
use trc_model::resolve::Surroundings;

use super::Builder;
use super::follow_up::{FollowUpColumn, FollowUpRow, FollowUpTable};
use super::goals::capitalised;
use crate::data::{Block, ColumnKind};

const COLUMNS: [FollowUpColumn; 3] = [
    FollowUpColumn { word: "start", heading: "Startdatum", kind: ColumnKind::Date, width: 4 },
    FollowUpColumn { word: "slut", heading: "Slutdatum", kind: ColumnKind::Date, width: 4 },
    FollowUpColumn { word: "avvikelse", heading: "Avvikelse", kind: ColumnKind::Text, width: 5 },
];

impl<'db> Builder<'db> {
    /// The goal's activities, each with its analysis under its row.
    pub(super) fn activity_table(&self, goal: &Goal<'db>) -> Option<Block> {
        let key = goal.shown();
        let table = FollowUpTable {
            level: "aktivitet",
            description: format!("Aktiviteter för mål {key}: tid och avvikelse"),
            columns: &COLUMNS,
            title_width: 16,
        };
        let activities = goal.activities.iter().filter_map(|name| self.report.activities.get(name));
        let rows = activities.map(|activity| FollowUpRow {
            title: title_with_tag(activity),
            cells: COLUMNS.iter().map(|c| self.activity_cell(activity, c.word)).collect(),
            note: activity.said(self.db, "analys").and_then(|said| {
                self.note(&said, Surroundings::of(self.report, "aktivitet", &activity.name))
            }),
        });
        self.follow_up_table(table, rows)
    }

    fn activity_cell(&self, activity: &Activity<'db>, column: &str) -> String {
        match column {
            "start" => activity.start.map_or_else(String::new, |date| date.to_string()),
            "slut" => activity.end.map_or_else(String::new, |date| date.to_string()),
            "avvikelse" => {
                let Some(line) = activity.said(self.db, "läge").and_then(|said| said.line())
                else {
                    return String::new();
                };
                let deviates = self.words.scale("läge").is_some_and(|scale| {
                    scale.steps.iter().any(|step| step.deviation && line.starts_with(&step.word))
                });
                if deviates { capitalised(line) } else { String::new() }
            }
            _ => String::new(),
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
