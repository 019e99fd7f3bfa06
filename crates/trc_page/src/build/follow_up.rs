//! What the tables of indicators and of activities have in common: the columns that the
//! report type shows, a row for each, and its analysis under it.

use trc_model::items::FieldValue;
use trc_model::report::Said;
use trc_model::resolve::Surroundings;

use super::{Builder, DEEPEST, Place};
use crate::data::{self, Block, Inline};

/// A column that a report type may show.
pub(super) struct FollowUpColumn {
    /// Its word in the report type's `visar`.
    pub word: &'static str,
    /// May hold `{föregående}`: the name of last year's closing report.
    pub heading: &'static str,
    pub kind: data::ColumnKind,
    /// In relation to the other columns.
    pub width: u16,
}

/// A table before its rows.
pub(super) struct FollowUpTable<'a> {
    /// The level of the report type that says what is shown.
    pub level: &'a str,
    pub description: String,
    pub columns: &'a [FollowUpColumn],
    /// The width of the column of titles.
    pub title_width: u16,
}

/// A row.
pub(super) struct FollowUpRow {
    pub title: String,
    /// For every column there may be, in order.
    pub cells: Vec<String>,
    pub note: Option<data::RowNote>,
}

impl<'db> Builder<'db> {
    /// The table, when it has a row.
    pub(super) fn follow_up_table(
        &self,
        table: FollowUpTable<'_>,
        rows: impl Iterator<Item = FollowUpRow>,
    ) -> Option<Block> {
        let level = self.report.report_type.as_ref().and_then(|t| t.levels.get(table.level));
        let title = level.map_or(table.level, |level| level.title.as_str());
        let shown: Vec<bool> = table
            .columns
            .iter()
            .map(|column| level.is_none_or(|level| level.shows.iter().any(|s| s == column.word)))
            .collect();
        let mut columns = vec![data::Column {
            label: vec![Inline::text(title)],
            kind: data::ColumnKind::Text,
            align: data::Align::Start,
            width: table.title_width,
        }];
        let kept = table.columns.iter().zip(&shown).filter(|(_, shown)| **shown);
        columns.extend(kept.map(|(column, _)| data::Column {
            label: vec![Inline::text(
                column.heading.replace("{föregående}", &self.previous_name()),
            )],
            kind: column.kind,
            align: match column.kind {
                data::ColumnKind::Number => data::Align::End,
                _ => data::Align::Start,
            },
            width: column.width,
        }));
        let rows: Vec<data::Row> = rows
            .map(|row| data::Row {
                kind: data::RowKind::Plain,
                header: vec![Inline::text(row.title)],
                cells: row
                    .cells
                    .into_iter()
                    .zip(&shown)
                    .filter(|(_, shown)| **shown)
                    .map(
                        |(text, _)| {
                            if text.is_empty() { Vec::new() } else { vec![Inline::text(text)] }
                        },
                    )
                    .collect(),
                note: row.note,
            })
            .collect();
        (!rows.is_empty()).then(|| {
            Block::Table(data::DataTable {
                title: Vec::new(),
                unit: None,
                description: table.description,
                anchor: None,
                columns,
                rows,
                footnotes: Vec::new(),
                source: None,
                landscape: None,
            })
        })
    }

    /// The analysis under a row.
    pub(super) fn note(&self, said: &Said<'db>, around: Surroundings<'_>) -> Option<data::RowNote> {
        let FieldValue::Prose(slot) = said.field.value else { return None };
        if slot.is_blank {
            return None;
        }
        let place = Place { around, ..Place::new(DEEPEST) };
        Some(data::RowNote {
            label: "Analys".to_owned(),
            content: self.passage(said.declaration, slot, place),
        })
    }
}
