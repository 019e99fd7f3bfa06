//! The tag tree of a PDF: what a screen reader gets, read from `pdfinfo -struct-text`.
//!
//! A value is looked for in the cell of its row and column here, never by its place on
//! the page: a figure that stands in the right place without its tags is invisible to
//! some readers.

use std::path::Path;
use std::process::Command;

use crate::printed::{Cell, Heading, Item, Part, Printed, Table, normalise};
use crate::programs;

/// An element of the structure with its text and children in reading order.
#[derive(Debug, Default)]
pub struct Element {
    /// The standard type, such as `H1`, `TR` or `Span`.
    pub kind: String,
    pub content: Vec<Content>,
    column_span: usize,
    row_span: usize,
}

#[derive(Debug)]
pub enum Content {
    Text(String),
    Element(Element),
}

/// Reads the tag tree of a PDF.
pub fn read(pdf: &Path) -> Element {
    let output = programs::run(Command::new("pdfinfo").arg("-struct-text").arg(pdf));
    // Titles and summaries are printed as UTF-16 without conversion; the lines that are
    // read here are UTF-8.
    parse(&String::from_utf8_lossy(&output.stdout))
}

impl Element {
    /// The report as tests go through it.
    pub fn printed(&self) -> Printed {
        Printed { parts: self.parts(), lists: self.lists(), text: self.text() }
    }

    pub fn headings(&self) -> Vec<Heading> {
        self.parts()
            .into_iter()
            .filter_map(|part| match part {
                Part::Heading(heading) => Some(heading),
                _ => None,
            })
            .collect()
    }

    pub fn tables(&self) -> Vec<Table> {
        self.parts()
            .into_iter()
            .filter_map(|part| match part {
                Part::Table(table) => Some(table),
                _ => None,
            })
            .collect()
    }

    /// The lists, outer before inner.
    pub fn lists(&self) -> Vec<Vec<Item>> {
        let mut lists = Vec::new();
        self.visit(&mut |element| {
            if element.kind == "L" {
                lists.push(
                    element.children().filter(|child| child.kind == "LI").map(item).collect(),
                );
            }
            true
        });
        lists
    }

    /// Headings, tables and texts in reading order.
    pub fn parts(&self) -> Vec<Part> {
        let mut parts = Vec::new();
        self.visit(&mut |element| {
            if let Some(level) = heading_level(&element.kind) {
                parts.push(Part::Heading(Heading { level, text: element.text() }));
                return false;
            }
            if element.kind == "Table" {
                parts.push(Part::Table(table(element)));
                return false;
            }
            if element.content.iter().any(|content| matches!(content, Content::Text(_))) {
                parts.push(Part::Text(element.text()));
                return false;
            }
            true
        });
        parts
    }

    /// The text of the element and everything in it, normalised.
    pub fn text(&self) -> String {
        let mut leaves = Vec::new();
        self.leaves(&mut leaves);
        normalise(&join(&leaves))
    }

    fn children(&self) -> impl Iterator<Item = &Element> {
        self.content.iter().filter_map(|content| match content {
            Content::Element(element) => Some(element),
            Content::Text(_) => None,
        })
    }

    /// Goes through the elements in reading order; `see` says whether to go into one.
    fn visit<'a>(&'a self, see: &mut impl FnMut(&'a Element) -> bool) {
        if see(self) {
            for child in self.children() {
                child.visit(see);
            }
        }
    }

    fn leaves<'a>(&'a self, leaves: &mut Vec<&'a str>) {
        for content in &self.content {
            match content {
                Content::Text(text) => leaves.push(text),
                Content::Element(element) => element.leaves(leaves),
            }
        }
    }
}

/// A line that was broken inside a word ends with the hyphen as a piece of its own.
fn join(leaves: &[&str]) -> String {
    let mut text = String::new();
    for (number, leaf) in leaves.iter().enumerate() {
        let inside = number > 0 && number + 1 < leaves.len();
        let broken_word = *leaf == "-" && inside && !text.ends_with(char::is_whitespace);
        if !broken_word {
            text.push_str(leaf);
        }
    }
    text
}

fn heading_level(kind: &str) -> Option<usize> {
    kind.strip_prefix('H')?.parse().ok()
}

fn item(element: &Element) -> Item {
    let part = |kind: &str| {
        let part: Vec<String> =
            element.children().filter(|child| child.kind == kind).map(Element::text).collect();
        part.join(" ")
    };
    Item { label: part("Lbl"), text: part("LBody") }
}

fn table(element: &Element) -> Table {
    let mut caption = String::new();
    let mut rows = Vec::new();
    element.visit(&mut |inner| {
        match inner.kind.as_str() {
            "Caption" => caption = inner.text(),
            "TR" => rows.push(inner),
            _ => return true,
        }
        false
    });
    let mut grid: Vec<Vec<Option<Cell>>> = vec![Vec::new(); rows.len()];
    for (row, element) in rows.iter().enumerate() {
        for cell in element.children().filter(|child| matches!(child.kind.as_str(), "TH" | "TD")) {
            let column = grid[row].iter().position(Option::is_none).unwrap_or(grid[row].len());
            let filled = Cell { header: cell.kind == "TH", text: cell.text() };
            for line in grid.iter_mut().skip(row).take(cell.row_span.max(1)) {
                let end = column + cell.column_span.max(1);
                if line.len() < end {
                    line.resize(end, None);
                }
                line[column..end].fill(Some(filled.clone()));
            }
        }
    }
    let rows = grid
        .into_iter()
        .map(|line| line.into_iter().map(Option::unwrap_or_default).collect())
        .collect();
    Table { caption, rows }
}

/// Every line is an element (`  TH <U1x0y0>:`), an attribute of the one above it
/// (`     /ColSpan 5`) or a piece of text (`    "12 %"`); two blanks make a level.
fn parse(printed: &str) -> Element {
    let mut open = vec![Element::default()];
    for line in printed.lines() {
        let rest = line.trim_start_matches(' ');
        let depth = (line.len() - rest.len()) / 2 + 1;
        if let Some(text) = rest.strip_prefix('"') {
            close(&mut open, depth);
            let text = text.strip_suffix('"').unwrap_or(text);
            top(&mut open).content.push(Content::Text(text.to_owned()));
        } else if let Some(attribute) = rest.strip_prefix('/') {
            let mut words = attribute.split(' ');
            match (words.next(), words.next().and_then(|number| number.parse().ok())) {
                (Some("ColSpan"), Some(span)) => top(&mut open).column_span = span,
                (Some("RowSpan"), Some(span)) => top(&mut open).row_span = span,
                _ => {}
            }
        } else {
            let kind: String =
                rest.chars().take_while(|character| character.is_ascii_alphanumeric()).collect();
            if kind.is_empty() || rest.starts_with("Object ") {
                continue;
            }
            close(&mut open, depth);
            open.push(Element { kind, ..Element::default() });
        }
    }
    close(&mut open, 1);
    open.pop().unwrap_or_default()
}

/// Puts every element that is open at this depth or below into the one above it.
fn close(open: &mut Vec<Element>, depth: usize) {
    while open.len() > depth.max(1) {
        let element = open.pop().unwrap();
        top(open).content.push(Content::Element(element));
    }
}

fn top(open: &mut [Element]) -> &mut Element {
    open.last_mut().expect("the root stays open")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRINTED: &str = "\
Document
  H1 \"Mål\" (block)
    \"Mål för \"
    \"staden\"
  L (block):
     /ListNumbering /Decimal
    LI (block)
      Lbl (block)
        \"1.\"
      LBody (block)
        \"Nämnden godkänner. \"
        \"Sedan \"
        \"justeras.\"
  Table (block):
     /Summary (Figures of the year)
    Caption
      \"Ekonomi\"
    TR
      TH <U1x0y0>:
         /Scope /Column
        Span (inline)
          \"KF:s års\"
          \"-\"
          \"mål\"
      TH <U1x1y0>:
         /Scope /Column
         /ColSpan 2
        \"Utfall\"
    TR
      TH <U1x0y1>:
         /Scope /Row
        \"Ett \"
        \"- två\"
      TD:
        \"\u{2212}3\u{a0}392,0 %\"
      TD
        \"-\"
  H2 \"Sist\" (block)
    \"Sist\"
";

    #[test]
    fn headings_have_levels_and_joined_lines() {
        let expected = [
            Heading { level: 1, text: "Mål för staden".into() },
            Heading { level: 2, text: "Sist".into() },
        ];
        assert_eq!(parse(PRINTED).headings(), expected);
    }

    #[test]
    fn list_items_have_a_label_and_a_text() {
        let expected =
            vec![Item { label: "1.".into(), text: "Nämnden godkänner. Sedan justeras.".into() }];
        assert_eq!(parse(PRINTED).lists(), [expected]);
    }

    #[test]
    fn a_table_is_a_grid_of_header_and_data_cells() {
        let tables = parse(PRINTED).tables();
        assert_eq!(tables.len(), 1);
        assert_eq!(tables[0].caption, "Ekonomi");
        let header = |text: &str| Cell { header: true, text: text.into() };
        let data = |text: &str| Cell { header: false, text: text.into() };
        assert_eq!(tables[0].rows[0], [header("KF:s årsmål"), header("Utfall"), header("Utfall")]);
        assert_eq!(tables[0].rows[1], [header("Ett - två"), data("-3 392,0 %"), data("-")]);
    }

    #[test]
    fn reading_order_is_kept() {
        let kinds: Vec<&str> = parse(PRINTED)
            .parts()
            .iter()
            .map(|part| match part {
                Part::Heading(_) => "heading",
                Part::Table(_) => "table",
                Part::Text(_) => "text",
            })
            .collect();
        assert_eq!(kinds, ["heading", "text", "text", "table", "heading"]);
    }
}
