//! A printed report as tests go through it, whether it was read from the page data or
//! from the tags of a PDF: headings, tables and texts in reading order.

/// A heading with its level.
#[derive(Debug, PartialEq, Eq)]
pub struct Heading {
    pub level: usize,
    pub text: String,
}

/// A list item: its label (`1.`, `•`) and its text, inner lists included.
#[derive(Debug, PartialEq, Eq)]
pub struct Item {
    pub label: String,
    pub text: String,
}

/// A table as a grid; a cell over several columns or rows stands in each of them.
#[derive(Clone, Debug)]
pub struct Table {
    pub caption: String,
    pub rows: Vec<Vec<Cell>>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    pub header: bool,
    pub text: String,
}

/// What tests go through in reading order.
#[derive(Debug)]
pub enum Part {
    Heading(Heading),
    Table(Table),
    /// A paragraph, a list item's text, or whatever else has text of its own.
    Text(String),
}

impl Part {
    /// The table, if it is one.
    pub fn table(&self) -> Option<&Table> {
        match self {
            Part::Table(table) => Some(table),
            Part::Heading(_) | Part::Text(_) => None,
        }
    }
}

/// All of a report.
#[derive(Debug)]
pub struct Printed {
    pub parts: Vec<Part>,
    /// The lists, outer before inner.
    pub lists: Vec<Vec<Item>>,
    /// Everything there is to read.
    pub text: String,
}

/// Blanks of every width become one, a minus is a hyphen, invisible break marks go.
pub fn normalise(text: &str) -> String {
    let plain: String = text
        .chars()
        .filter(|character| !matches!(character, '\u{200b}' | '\u{ad}' | '\u{2060}' | '\u{feff}'))
        .map(|character| match character {
            '\u{2212}' => '-',
            other if other.is_whitespace() => ' ',
            other => other,
        })
        .collect();
    plain.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
