//! The table of a goal's activities.

use trc_model::report::{Activity, Goal};
use trc_model::resolve::Surroundings;

use super::Builder;
use super::goals::capitalised;
use crate::data::{self, Block, Inline};

/// A column of the table: its word in the report type, its heading, its width.
const COLUMNS: [(&str, &str, u16); 3] =
    [("start", "Startdatum", 4), ("slut", "Slutdatum", 4), ("avvikelse", "Avvikelse", 5)];

impl<'db> Builder<'db> {
    /// The goal's activities, each with its analysis under its row.
    pub(super) fn activity_table(&self, goal: &Goal<'db>) -> Option<Block> {
        if goal.activities.is_empty() {
            return None;
        }
        let level = self.report.report_type.as_ref().and_then(|t| t.levels.get("aktivitet"));
        let title = level.map_or("Aktivitet", |level| level.title.as_str());
        let shows = |name: &str| level.is_none_or(|level| level.shows.iter().any(|s| s == name));
        let shown: Vec<_> = COLUMNS.iter().filter(|(name, ..)| shows(name)).collect();
        let mut columns = vec![data::Column {
            label: vec![Inline::text(title)],
            kind: data::ColumnKind::Text,
            align: data::Align::Start,
            width: 16,
        }];
        columns.extend(shown.iter().map(|(name, heading, width)| data::Column {
            label: vec![Inline::text(*heading)],
            kind: if *name == "avvikelse" {
                data::ColumnKind::Text
            } else {
                data::ColumnKind::Date
            },
            align: data::Align::Start,
            width: *width,
        }));
        let rows = goal.activities.iter().filter_map(|name| self.report.activities.get(name));
        let rows = rows.map(|activity| data::Row {
            kind: data::RowKind::Plain,
            header: vec![Inline::text(title_with_tag(activity))],
            cells: shown
                .iter()
                .map(|(name, ..)| {
                    let text = self.activity_cell(activity, name);
                    if text.is_empty() { Vec::new() } else { vec![Inline::text(text)] }
                })
                .collect(),
            note: activity
                .said(self.db, "analys")
                .and_then(|said| self.note(&said, Surroundings::default())),
        });
        let (key, rows) = (&goal.key, rows.collect());
        Some(Block::Table(data::DataTable {
            title: Vec::new(),
            unit: None,
            description: format!("Aktiviteter för mål {key}: tid och avvikelse"),
            anchor: None,
            columns,
            rows,
            footnotes: Vec::new(),
        }))
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
