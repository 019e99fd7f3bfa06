//! Tables that a text inserts.

use trc_model::evaluate::{CellValue, Value, values};
use trc_model::quantity::Unit;
use trc_model::table::{Row, RowKind, Table, tables};

use super::chart::Selection;
use super::goals::capitalised;
use super::{Builder, numbers};
use crate::data::{self, Block, Inline};

impl<'db> Builder<'db> {
    /// A table of the document.
    pub(super) fn table(&self, name: &str) -> Option<Block> {
        let table = tables(self.db, self.workspace, self.report.document).get(name)?;
        self.data_table(table).map(Block::Table)
    }

    fn data_table(&self, table: &Table<'db>) -> Option<data::DataTable> {
        self.data_table_of(table, None)
    }

    /// The table, or the part of it that a diagram shows.
    pub(super) fn data_table_of(
        &self,
        table: &Table<'db>,
        part: Option<&Selection>,
    ) -> Option<data::DataTable> {
        let cells = values(self.db, self.workspace, self.report.document).cells.get(&table.name)?;
        let shown: Vec<usize> = match part {
            Some(part) => part.columns.clone(),
            None => {
                let columns = table.columns.iter().enumerate();
                columns.filter(|(_, column)| !column.hidden).map(|(index, _)| index).collect()
            }
        };
        let is_number = |column: usize| {
            cells.iter().filter_map(|row| row.get(column)).all(|cell| {
                matches!(cell.value, Value::Quantity(_) | Value::Nothing | Value::Unknown)
            })
        };
        let mut columns = vec![data::Column {
            label: Vec::new(),
            kind: data::ColumnKind::Text,
            align: data::Align::Start,
            width: if shown.len() > 3 { 12 } else { 14 },
        }];
        columns.extend(shown.iter().filter_map(|index| {
            let column = table.columns.get(*index)?;
            let number = is_number(*index);
            Some(data::Column {
                label: vec![Inline::text(&column.title)],
                kind: if number { data::ColumnKind::Number } else { data::ColumnKind::Text },
                align: if number { data::Align::End } else { data::Align::Start },
                width: 6,
            })
        }));
        let unit = table.unit.as_deref().map(Unit::parse).unwrap_or_default();
        let last = table.rows.len().saturating_sub(1);
        let rows = table.rows.iter().zip(cells).enumerate().filter(|(index, (row, _))| {
            let hidden = row.definition.as_ref().is_some_and(|definition| definition.hidden);
            part.map_or(!hidden, |part| part.rows.contains(index))
        });
        let rows = rows.map(|(index, (row, cells))| {
            self.table_row(table, row, cells, &shown, &unit, index == last)
        });
        let rows = rows.collect();
        let facts = table.declaration.facts(self.db);
        let footnotes = table.footnotes.iter().map(|(label, text)| data::Footnote {
            id: footnote(table, label),
            content: vec![Inline::text(text)],
        });
        let title = if table.title.is_empty() { spoken(&table.name) } else { table.title.clone() };
        let in_unit = table.unit.as_deref().map(|unit| format!(", i {unit}")).unwrap_or_default();
        let data = data::DataTable {
            title: if table.title.is_empty() { Vec::new() } else { vec![Inline::text(&title)] },
            unit: table.unit.clone(),
            description: format!("{title}{in_unit}"),
            anchor: Some(Self::named_anchor("tabell", &table.name)),
            columns,
            rows,
            footnotes: footnotes.collect(),
            source: self.source(facts),
            landscape: facts.line("liggande").map(|word| word == "ja"),
        };
        Some(if table.title.is_empty() { untitled(data) } else { data })
    }

    fn table_row(
        &self,
        table: &Table<'db>,
        row: &Row<'db>,
        values: &[CellValue],
        shown: &[usize],
        unit: &Unit,
        is_last: bool,
    ) -> data::Row {
        let kind = match row.kind {
            RowKind::Plain => data::RowKind::Plain,
            RowKind::Varav => data::RowKind::Varav,
            RowKind::Group => data::RowKind::Group,
            RowKind::Sum | RowKind::Computed if is_last => data::RowKind::Total,
            RowKind::Sum | RowKind::Computed => data::RowKind::Sum,
        };
        let cell = |index: &usize| {
            let text = match values.get(*index).map(|cell| &cell.value) {
                Some(Value::Quantity(quantity)) if quantity.unit == *unit => {
                    numbers::bare(quantity.value)
                }
                Some(Value::Quantity(quantity)) => numbers::in_cell(quantity, None),
                Some(Value::Text(text)) => text.clone(),
                _ => String::new(),
            };
            let mut content = Vec::new();
            if !text.is_empty() {
                content.push(Inline::text(text));
            }
            let note =
                row.cells.get(*index).and_then(|cell| cell.typed.as_ref()?.footnote.as_ref());
            // A mark without a footnote has a diagnostic of its own.
            let known = |label: &str| {
                let facts = table.declaration.facts(self.db);
                facts.footnotes.iter().any(|(name, _)| name == label)
            };
            if let Some((label, _)) = note.filter(|(label, _)| known(label)) {
                content.push(Inline::FootnoteRef { id: footnote(table, label) });
            }
            content
        };
        let cells = if kind == data::RowKind::Group {
            Vec::new()
        } else {
            shown.iter().map(cell).collect()
        };
        data::Row { kind, header: vec![Inline::text(&row.title)], cells, note: None }
    }
}

/// The table without a title. Its unit, which stands beside the title, moves to the empty
/// corner of the head.
pub(super) fn untitled(mut table: data::DataTable) -> data::DataTable {
    table.title = Vec::new();
    if let (Some(unit), Some(corner)) = (&table.unit, table.columns.first_mut())
        && corner.label.is_empty()
    {
        corner.label = vec![Inline::text(unit)];
    }
    table
}

/// A name as words, for what has no title.
pub(super) fn spoken(name: &str) -> String {
    capitalised(&name.replace('_', " "))
}

/// Footnotes of different tables may have the same label.
fn footnote(table: &Table<'_>, label: &str) -> String {
    format!("{}-{label}", table.name)
}
