//! Diagrams: which figures of a table they show, and in what form.
//!
//! A chart never says more than its table. [`draw`] makes its geometry and [`describe`]
//! its alternative text.

mod bars;
mod describe;
mod draw;
mod lines;
mod scale;
mod text;

use trc_base::Decimal;
use trc_model::evaluate::{Value, values};
use trc_model::items::Facts;
use trc_model::quantity::Unit;
use trc_model::table::{RowKind, Table, tables};
use trc_syntax::name::from_label;
use trc_syntax::value;

use super::Builder;
use super::tables::{spoken, untitled};
use crate::data::{Block, Figure, Inline, Picture};

/// What a chart shows.
pub(super) struct Chart {
    pub title: String,
    pub form: Form,
    /// The names along the axis, in order.
    pub categories: Vec<String>,
    /// True when the categories are points in time.
    pub is_time: bool,
    pub series: Vec<Series>,
    pub unit: String,
    /// A value that the figures are held against.
    pub target: Option<Decimal>,
}

/// One row of figures, one for each category; none where there is no value.
pub(super) struct Series {
    pub name: String,
    pub figures: Vec<Option<Decimal>>,
}

/// How figures are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Lines,
    /// Upright bars, those of a category side by side.
    Bars,
    /// Upright bars, those of a category on top of one another.
    Stacked,
    /// Bars from left to right, with room for long names.
    Lying,
}

impl Form {
    /// The word of `slag`.
    fn named(word: &str) -> Option<Self> {
        match word {
            "linje" => Some(Self::Lines),
            "stapel" => Some(Self::Bars),
            "staplad" => Some(Self::Stacked),
            "liggande" => Some(Self::Lying),
            _ => None,
        }
    }
}

/// The rows and columns of a table that a chart shows, by index.
pub(super) struct Selection {
    pub rows: Vec<usize>,
    pub columns: Vec<usize>,
}

/// From so many points in time, figures are a course and drawn as a line.
const COURSE: usize = 6;

impl<'db> Builder<'db> {
    /// A diagram of the document; nothing when it has no figure to show.
    pub(super) fn diagram(&self, name: &str) -> Option<Block> {
        let mention = self.contents.mentions("diagram", name).first()?;
        let facts = mention.declaration.facts(self.db);
        let title = facts.title.clone().unwrap_or_else(|| spoken(name));
        let data = facts.line("data")?.split(',').next().unwrap_or_default().trim();
        let table = tables(self.db, self.workspace, self.report.document).get(data)?;
        let selection = Selection::new(facts, table);
        let chart = self.chart(title, facts, table, &selection)?;
        let written = self.description(mention.declaration);
        let data = if facts.line("siffror") == Some("nej") {
            None
        } else {
            let mut data = untitled(self.data_table_of(table, Some(&selection))?);
            data.anchor = None;
            data.source = None;
            data.description = format!("Siffrorna i diagrammet: {}", chart.title);
            Some(data)
        };
        Some(Block::Figure(Figure {
            label: Some(self.next_figure("diagram", name)),
            title: vec![Inline::text(&chart.title)],
            anchor: Some(Self::named_anchor("diagram", name)),
            picture: Picture::Drawing(chart.draw()),
            alternative_text: written.unwrap_or_else(|| chart.describe()),
            source: self.source(facts).or_else(|| self.source(table.declaration.facts(self.db))),
            table: data,
        }))
    }

    fn chart(
        &self,
        title: String,
        facts: &Facts,
        table: &Table<'db>,
        selection: &Selection,
    ) -> Option<Chart> {
        let cells = values(self.db, self.workspace, self.report.document).cells.get(&table.name)?;
        let figure = |row: usize, column: usize| match &cells.get(row)?.get(column)?.value {
            Value::Quantity(quantity) => Some(quantity.value),
            Value::Text(_) | Value::Nothing | Value::Unknown => None,
        };
        let row_name = |row: &usize| table.rows.get(*row).map(|row| row.title.clone());
        let column_name = |column: &usize| table.columns.get(*column).map(|c| c.title.clone());
        let row_names: Vec<String> = selection.rows.iter().filter_map(row_name).collect();
        let column_names: Vec<String> = selection.columns.iter().filter_map(column_name).collect();
        let (categories, series) = if by_columns(facts, &row_names, &column_names) {
            let series = selection.columns.iter().zip(column_names).map(|(column, name)| Series {
                name,
                figures: selection.rows.iter().map(|row| figure(*row, *column)).collect(),
            });
            (row_names, series.collect::<Vec<_>>())
        } else {
            let series = selection.rows.iter().zip(row_names).map(|(row, name)| Series {
                name,
                figures: selection.columns.iter().map(|column| figure(*row, *column)).collect(),
            });
            (column_names, series.collect())
        };
        if !series.iter().any(|series| series.figures.iter().any(Option::is_some)) {
            return None;
        }
        let is_time =
            !categories.is_empty() && categories.iter().all(|name| is_point_in_time(name));
        let unit = table.unit.as_deref().map(Unit::parse).unwrap_or_default();
        let target = facts.line("målvärde").and_then(|line| {
            let measure = value::measure(line).ok()?;
            let target = self.evaluator.measured(&measure, None, &unit, "");
            target.quantity().map(|quantity| quantity.value)
        });
        let mut chart = Chart {
            title,
            form: Form::Bars,
            categories,
            is_time,
            series,
            unit: unit.in_table().to_owned(),
            target,
        };
        chart.form = facts.line("slag").and_then(Form::named).unwrap_or_else(|| chart.suited());
        Some(chart)
    }

    /// "Källa: …", as it is printed below.
    pub(super) fn source(&self, facts: &Facts) -> Option<String> {
        let source = facts.line("källa")?;
        Some(format!("{}: {source}", self.words.printed("källa")))
    }

    /// "Figur 3": the number of the next figure in print order.
    pub(super) fn next_figure(&self, keyword: &str, name: &str) -> String {
        let mut figures = self.figures.borrow_mut();
        let number = figures.len().saturating_add(1);
        figures.push(Self::named_anchor(keyword, name));
        format!("{} {number}", self.words.printed("figur"))
    }
}

impl Chart {
    /// The form for figures whose writer leaves it open.
    fn suited(&self) -> Form {
        match () {
            () if self.is_time && self.categories.len() > COURSE => Form::Lines,
            () if self.is_time || self.names_fit_upright() => Form::Bars,
            () => Form::Lying,
        }
    }
}

impl Selection {
    /// The rows and columns that `rader` and `kolumner` name; without them, every column
    /// and every row that is no sum, no heading and no part of another.
    fn new(facts: &Facts, table: &Table<'_>) -> Self {
        let named = |field: &str, names: Vec<&str>, usual: &dyn Fn(usize) -> bool| {
            let wanted: Vec<String> = facts
                .line(field)
                .map(|line| line.split(',').map(|name| name.trim().to_owned()).collect())
                .unwrap_or_default();
            if wanted.is_empty() {
                return (0..names.len()).filter(|index| usual(*index)).collect();
            }
            let found = wanted.iter().filter_map(|wanted| {
                let wanted = from_label(wanted);
                let exact = names.iter().position(|name| *name == wanted);
                exact.or_else(|| names.iter().position(|name| name.starts_with(wanted.as_str())))
            });
            found.collect::<Vec<usize>>()
        };
        let is_plain =
            |index: usize| table.rows.get(index).is_some_and(|row| row.kind == RowKind::Plain);
        let is_shown = |index: usize| table.columns.get(index).is_some_and(|c| !c.hidden);
        Self {
            rows: named("rader", table.rows.iter().map(|r| r.name.as_str()).collect(), &is_plain),
            columns: named(
                "kolumner",
                table.columns.iter().map(|column| column.name.as_str()).collect(),
                &is_shown,
            ),
        }
    }
}

/// Whether each column is a series over the rows, and not each row one over the columns.
/// What is a course of time lies along the axis.
fn by_columns(facts: &Facts, rows: &[String], columns: &[String]) -> bool {
    let are_times =
        |names: &[String]| names.len() > 1 && names.iter().all(|name| is_point_in_time(name));
    match facts.line("serier") {
        Some("kolumner") => true,
        Some("rader") => false,
        _ if columns.len() == 1 => true,
        _ if are_times(columns) => false,
        _ if are_times(rows) => true,
        _ => rows.len() > columns.len(),
    }
}

/// "2023", "VB 2024", "T1 2025", "januari", "jan 2025", "vecka 12", "kvartal 2", "2025-04".
fn is_point_in_time(name: &str) -> bool {
    const WORDS: [&str; 20] = [
        "jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec",
        "vecka", "kvartal", "tertial", "t1", "t2", "t3", "vb", "prognos",
    ];
    let lower = name.trim().to_lowercase();
    let first = lower.split([' ', '.', '-', '–']).next().unwrap_or_default();
    let is_year = first.len() == 4 && first.bytes().all(|b| b.is_ascii_digit());
    // "mars" begins with "mar", but so does "Maria".
    let is_word = WORDS.contains(&first)
        || [
            "januari",
            "februari",
            "mars",
            "april",
            "juni",
            "juli",
            "augusti",
            "september",
            "oktober",
            "november",
            "december",
        ]
        .contains(&first);
    is_year || is_word
}

#[cfg(test)]
mod tests {
    use super::is_point_in_time;

    #[test]
    fn points_in_time_are_known_by_their_first_word() {
        for name in ["2023", "2025-04", "VB 2024", "T1 2025", "mars", "Jan 2025", "vecka 12"] {
            assert!(is_point_in_time(name), "{name}");
        }
        for name in ["Maria", "Förskola", "12345", "", "Totalt", "20 platser"] {
            assert!(!is_point_in_time(name), "{name}");
        }
    }
}
