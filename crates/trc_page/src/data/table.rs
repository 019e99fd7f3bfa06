//! Tables. There is one kind for indicators, activities, money and attestations.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Block, Inline};

/// A table. Its head is repeated on every page it reaches, and the first cell
/// of each row is the row's header.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DataTable {
    /// The title printed above, if any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub title: Vec<Inline>,
    /// The unit of the figures as printed beside the title, such as "mnkr".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// What the table holds, for a screen reader. Never empty.
    pub description: String,
    /// The anchor that references lead to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchor: Option<String>,
    /// The columns, the column of row headers first.
    pub columns: Vec<Column>,
    /// The rows below the head.
    pub rows: Vec<Row>,
    /// The footnotes, printed under the table.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub footnotes: Vec<Footnote>,
    /// Where the figures come from, such as "Källa: SCB", printed under the table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Whether the table is set on its side, on a page of its own. Without it, the page
    /// design decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub landscape: Option<bool>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Column {
    /// The text in the head.
    pub label: Vec<Inline>,
    /// What its cells hold.
    pub kind: ColumnKind,
    /// How its cells are aligned.
    pub align: Align,
    /// Its width in relation to the other columns, for a page design that does not
    /// measure the words; never 0.
    pub width: u16,
}

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ColumnKind {
    /// Words, which may be hyphenated.
    Text,
    /// Figures, which are never broken over lines.
    Number,
    /// Dates, which are never broken over lines.
    Date,
    /// Statuses.
    Status,
}

/// Where the text of a cell stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    /// At the left.
    Start,
    /// In the middle.
    Center,
    /// At the right.
    End,
}

/// A row below the head.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Row {
    /// What the row is to the others.
    pub kind: RowKind,
    /// The cell of the first column, which names the row.
    pub header: Vec<Inline>,
    /// The other cells, one for each column after the first; none for a group.
    /// A cell with nothing in it is empty.
    pub cells: Vec<Vec<Inline>>,
    /// Text about the row, printed under it across the table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<RowNote>,
}

/// What a row is to the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RowKind {
    /// A row of its own.
    Plain,
    /// Part of the plain row above.
    Varav,
    /// The heading of the rows below it; it has no cells.
    Group,
    /// A sum of rows above.
    Sum,
    /// The sum of the whole table.
    Total,
}

/// Text about a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RowNote {
    /// The label, such as "Analys".
    pub label: String,
    /// The text.
    pub content: Vec<Block>,
}

/// A footnote, of a table or of the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Footnote {
    /// What [`Inline::FootnoteRef`] names it by.
    pub id: String,
    /// Its text.
    pub content: Vec<Inline>,
}
