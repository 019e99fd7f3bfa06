//! What the tables of indicators and of activities have in common: the columns that the
//! report type declares, a row for each, and its analysis under it.

use trc_model::fields::{Field, FieldType};
use trc_model::items::FieldValue;
use trc_model::placeholder::{PREVIOUS, fill};
use trc_model::report::Said;
use trc_model::resolve::Surroundings;
use trc_model::vocabulary::{ColumnContent, Level, Printed, Scale, Step, column_content};

use super::goals::{symbol, tone};
use super::{Builder, DEEPEST, Place};
use crate::data::{self, Block, ColumnKind, Inline};

/// A table before its rows.
pub(super) struct FollowUpTable<'a> {
    /// The level of the report type that says what is shown.
    pub level: &'a str,
    pub description: String,
}

/// A column that the report type shows.
pub(super) struct FollowUpColumn {
    pub printed: Printed,
    pub content: ColumnContent,
}

/// A row.
pub(super) struct FollowUpRow {
    pub title: String,
    /// For every column, in order.
    pub cells: Vec<Vec<Inline>>,
    pub note: Option<data::RowNote>,
}

/// The width of the column of titles, in relation to [`FollowUpColumn::width`].
const TITLE_WIDTH: u16 = 35;

impl FollowUpColumn {
    fn kind(&self) -> ColumnKind {
        use ColumnContent as C;
        match self.content {
            C::Men | C::Women | C::Previous | C::Forecast | C::Target | C::BudgetTarget => {
                ColumnKind::Number
            }
            C::Start | C::End => ColumnKind::Date,
            C::Trend | C::Verdict => ColumnKind::Status,
            C::Period | C::Deviation => ColumnKind::Text,
            C::Field(Field { holds, .. }) => match holds {
                FieldType::Measure
                | FieldType::Forecast
                | FieldType::Target
                | FieldType::NewTarget
                | FieldType::Number => ColumnKind::Number,
                FieldType::Date => ColumnKind::Date,
                FieldType::State if self.printed.scale.is_some() => ColumnKind::Status,
                _ => ColumnKind::Text,
            },
        }
    }

    /// In relation to the other columns, for a page design that does not measure.
    fn width(&self) -> u16 {
        match self.kind() {
            ColumnKind::Date => 9,
            ColumnKind::Number => 13,
            ColumnKind::Text | ColumnKind::Status => 14,
        }
    }
}

impl<'db> Builder<'db> {
    /// What the report type says of a level.
    pub(super) fn level(&self, name: &str) -> Option<&'db Level> {
        self.report.report_type.as_ref()?.levels.get(name)
    }

    /// The columns that the report type shows of a level.
    pub(super) fn columns(&self, level: &str) -> Vec<FollowUpColumn> {
        let shown = self.level(level).map(Level::shown_columns).unwrap_or_default();
        let column = |printed: Printed| {
            let content = column_content(level, &printed.name)?;
            Some(FollowUpColumn { printed, content })
        };
        shown.into_iter().filter_map(column).collect()
    }

    /// The table, when it has a row.
    pub(super) fn follow_up_table(
        &self,
        table: FollowUpTable<'_>,
        columns: &[FollowUpColumn],
        rows: impl Iterator<Item = FollowUpRow>,
    ) -> Option<Block> {
        let level = self.level(table.level);
        let title = level.map_or(table.level, |level| level.title.as_str());
        let mut heads = vec![data::Column {
            label: vec![Inline::text(title)],
            kind: ColumnKind::Text,
            align: data::Align::Start,
            width: TITLE_WIDTH,
        }];
        heads.extend(columns.iter().map(|column| data::Column {
            label: vec![Inline::text(self.heading_of(&column.printed))],
            kind: column.kind(),
            align: match column.kind() {
                ColumnKind::Number => data::Align::End,
                _ => data::Align::Start,
            },
            width: column.width(),
        }));
        let rows: Vec<data::Row> = rows
            .map(|row| data::Row {
                kind: data::RowKind::Plain,
                header: vec![Inline::text(row.title)],
                cells: row.cells,
                note: row.note,
            })
            .collect();
        (!rows.is_empty()).then(|| {
            Block::Table(data::DataTable {
                title: Vec::new(),
                unit: None,
                description: table.description,
                anchor: None,
                columns: heads,
                rows,
                footnotes: Vec::new(),
                source: None,
                landscape: level.and_then(|level| level.landscape),
            })
        })
    }

    /// A heading with the year and last year's closing report filled in.
    fn heading_of(&self, printed: &Printed) -> String {
        let time = self.report.time();
        fill(&printed.title, |name| match name {
            PREVIOUS => Some(self.previous_name()),
            _ => time.value(name),
        })
    }

    /// A field as it is written, for a column that shows just that.
    pub(super) fn plain_field(
        &self,
        said: Option<Said<'db>>,
        column: &FollowUpColumn,
    ) -> Vec<Inline> {
        let Some(line) = said.and_then(|said| said.line()) else { return Vec::new() };
        let scale = column.printed.scale.as_ref().and_then(|name| self.words.scale(name));
        match scale.and_then(|scale| scale.step_beginning(line)) {
            Some(step) => vec![Inline::Status(status(step, line))],
            None => cell(line.to_owned()),
        }
    }

    /// The word at a place of the column's scale, best first; without a scale, the usual
    /// word.
    pub(super) fn ranked(&self, column: &FollowUpColumn, place: usize, usual: &str) -> Vec<Inline> {
        let scale: Option<&Scale> =
            column.printed.scale.as_ref().and_then(|name| self.words.scale(name));
        match scale.and_then(|scale| scale.steps.get(place)) {
            Some(step) => vec![Inline::Status(status(step, &step.word))],
            None => cell(super::goals::capitalised(usual)),
        }
    }

    /// The analysis under a row.
    pub(super) fn note(
        &self,
        level: &str,
        said: &Said<'db>,
        around: Surroundings<'_>,
    ) -> Option<data::RowNote> {
        let FieldValue::Prose(slot) = said.field.value else { return None };
        if slot.is_blank {
            return None;
        }
        let place = Place { around, ..Place::new(DEEPEST) };
        let texts = self.level(level).map_or(&[][..], |level| &level.texts);
        let label = texts.iter().find(|text| text.name == said.field.name);
        Some(data::RowNote {
            label: label.map_or_else(
                || super::goals::capitalised(&said.field.name),
                |it| self.heading_of(it),
            ),
            content: self.passage(said.declaration, slot, place),
        })
    }
}

/// A cell of text.
pub(super) fn cell(text: String) -> Vec<Inline> {
    if text.is_empty() { Vec::new() } else { vec![Inline::text(text)] }
}

/// A word of a scale, with what is drawn beside it. What follows the word in the source
/// ("försenad till 2025-12-31") follows it in print.
pub(super) fn status(step: &Step, line: &str) -> data::Status {
    let rest = line.strip_prefix(step.word.as_str()).unwrap_or_default();
    let word = match &step.printed {
        Some(printed) => format!("{printed}{rest}"),
        None => super::goals::capitalised(&format!("{}{rest}", step.word)),
    };
    data::Status { word, symbol: symbol(&step.symbol), tone: tone(&step.tone) }
}
