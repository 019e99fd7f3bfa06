//! What a published report said, where we print it in other words, and the workspace as
//! it would have been written with the published mistakes in it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use crate::csv::{self, Row};
use crate::example::Example;
use crate::programs;

/// The facts of one published report: a folder of `tests/published`.
pub struct Published {
    /// The year of the report.
    pub year: u16,
    folder: &'static str,
    wording: Vec<Row>,
    /// The unit whose part this is, where several reports were published as one.
    unit: Option<&'static str>,
}

/// A file of a workspace: path and text.
pub type File = (String, String);

impl Published {
    /// What was published of the report that an example follows.
    pub fn of(example: &Example) -> Published {
        let folder = example.published;
        let wording = read(folder, "wording");
        for row in &wording {
            assert_ne!(row["published"], row["printed"], "other words are others: {row:?}");
            assert!(!row["reason"].is_empty(), "other words have a reason: {row:?}");
        }
        Published { year: example.year, folder, wording, unit: None }
    }

    /// The facts of each report that an example's is put together of, or of the report
    /// itself, by the key of the report.
    pub fn parts(example: &Example) -> Vec<(&'static str, Published)> {
        let of = |unit| Published { unit, ..Published::of(example) };
        match example.parts {
            [] => vec![(example.report, of(None))],
            parts => parts.iter().map(|(key, unit)| (*key, of(Some(*unit)))).collect(),
        }
    }

    /// The rows of a file, if it was published of this report; of a part, its own.
    pub fn rows(&self, name: &str) -> Vec<Row> {
        let rows = if self.has(name) { read(self.folder, name) } else { Vec::new() };
        match self.unit {
            Some(unit) => rows
                .into_iter()
                .filter(|row| row.get("unit_report").is_none_or(|of| of == unit))
                .map(by_title)
                .collect(),
            None => rows,
        }
    }

    /// Economy, decisions and appendices are not part of every report.
    fn has(&self, name: &str) -> bool {
        path(self.folder, name).is_file()
    }

    /// The severity of every known error, by its id.
    pub fn known_errors(&self) -> BTreeMap<String, Row> {
        self.rows("known-errors").into_iter().map(|row| (row["id"].clone(), row)).collect()
    }

    /// What we print in a cell where `published` was printed. Figures are never among
    /// the differences: those are corrections.
    pub fn wording(&self, table: &str, row: &str, column: &str, published: &str) -> String {
        self.wording
            .iter()
            .find(|one| {
                one["table"] == table
                    && (one["row"] == row || one["row"] == "*")
                    && one["column"] == column
                    && one["published"] == published
            })
            .map_or_else(|| published.to_owned(), |one| one["printed"].clone())
    }

    /// The files with every correction undone: the report as it was published.
    ///
    /// Fails on a correction whose place or corrected words are not in the files, so the
    /// list cannot grow stale.
    pub fn uncorrected(&self, corrected: &[File]) -> Vec<File> {
        let known = self.known_errors();
        let mut files = corrected.to_vec();
        for correction in self.rows("corrections") {
            assert!(known.contains_key(&correction["id"]), "no such known error: {correction:?}");
            let (_, text) = files
                .iter_mut()
                .find(|(path, _)| *path == correction["file"])
                .unwrap_or_else(|| panic!("no such file: {correction:?}"));
            *text = undo(text, &correction).unwrap_or_else(|why| panic!("{why}: {correction:?}"));
        }
        files
    }

    /// The ids that corrections name.
    pub fn corrected_ids(&self) -> BTreeSet<String> {
        self.rows("corrections").into_iter().map(|row| row["id"].clone()).collect()
    }
}

/// Puts what was published in the place of what was corrected: the first time it stands
/// at or after the line that begins with `within`. A corrected text that ends in `…`
/// goes on to the end of its field; in the row of a table, the cell is replaced whole.
fn undo(text: &str, correction: &Row) -> Result<String, String> {
    let (within, corrected) = (correction["within"].as_str(), correction["corrected"].as_str());
    let published = correction["published"].replace("\\n", "\n");
    let start = line_beginning(text, within).ok_or("no line begins so")?;
    if within.starts_with('|') {
        let end = text[start..].find('\n').map_or(text.len(), |length| start + length);
        let cells: Vec<&str> = text[start..end].split('|').collect();
        let mut at = cells.iter().enumerate().filter(|(_, cell)| cell.trim() == corrected);
        let (index, _) = at.next().ok_or("the row has no such cell")?;
        if at.next().is_some() {
            return Err("the row has two such cells".to_owned());
        }
        let mut cells = cells;
        let filled = format!(" {published} ");
        cells[index] = &filled;
        return Ok(format!("{}{}{}", &text[..start], cells.join("|"), &text[end..]));
    }
    let (beginning, open) = match corrected.strip_suffix('…') {
        Some(beginning) => (beginning, true),
        None => (corrected, false),
    };
    let from = start + text[start..].find(beginning).ok_or("the corrected words are not there")?;
    let mut to = from + beginning.len();
    if open {
        to = end_of_field(text, from);
    }
    // A line with nothing left on it goes.
    let (mut from, mut to) = (from, to);
    if published.is_empty() {
        let line = text[..from].rfind('\n').map_or(0, |at| at + 1);
        if text[line..from].trim().is_empty() && text[to..].starts_with('\n') {
            (from, to) = (line, to + 1);
        }
    }
    Ok(format!("{}{published}{}", &text[..from], &text[to..]))
}

fn line_beginning(text: &str, within: &str) -> Option<usize> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let rest = line.trim_start();
        if rest.strip_prefix(within).is_some_and(|after| {
            !after.starts_with(|next: char| next.is_alphanumeric() || next == '_' || next == '.')
        }) {
            return Some(at + line.len() - rest.len());
        }
        at += line.len();
    }
    None
}

/// Where the field that stands at `from` ends: its line, or its closing `"""`.
fn end_of_field(text: &str, from: usize) -> usize {
    let line = text[from..].find('\n').map_or(text.len(), |length| from + length);
    if text[from..line].trim_end().ends_with("\"\"\"") {
        let close = text[line..].find("\"\"\"").expect("a text that ends");
        return line + close + 3;
    }
    line
}

/// A unit's own goals have no number: their title stands for it, as "Enhetsmål (1.3.2):
/// Title" where something belongs to them. Elsewhere the label goes: "Nämndmål 1.3.2".
fn by_title(mut row: Row) -> Row {
    if row.get("id").is_some_and(String::is_empty)
        && let Some(title) = row.get("title").cloned()
    {
        row.insert("id".to_owned(), title);
    }
    if let Some(goal) = row.get("goal") {
        let id = match goal.split_once("): ") {
            Some((_, title)) => title,
            None => goal.rsplit(' ').next().unwrap_or(goal),
        };
        row.insert("goal".to_owned(), id.to_owned());
    }
    row
}

fn read(folder: &str, name: &str) -> Vec<Row> {
    csv::read(&path(folder, name))
}

fn path(folder: &str, name: &str) -> PathBuf {
    programs::root().join("tests/published").join(folder).join(format!("{name}.csv"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\
mål 1 {
  indikator a {
    utfall: 35,7 %
    analys: Målet nås.
  }
  indikator ab {
    utfall: 35,7 %
    analys \"\"\"
      Målet nås.
    \"\"\"
  }
}
tabell t {
  | rad |  1,0 | 2,0 |
}
";

    fn undone(within: &str, corrected: &str, published: &str) -> Result<String, String> {
        let row = [("within", within), ("corrected", corrected), ("published", published)];
        undo(TEXT, &row.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect())
    }

    #[test]
    fn the_place_is_the_whole_name() {
        let text = undone("indikator ab", "35,7 %", "35 %").unwrap();
        assert_eq!(text, TEXT.replacen("ab {\n    utfall: 35,7", "ab {\n    utfall: 35", 1));
    }

    #[test]
    fn a_field_can_go() {
        let text = undone("indikator a", "analys: …", "").unwrap();
        assert_eq!(text, TEXT.replacen("    analys: Målet nås.\n", "", 1));
        let text = undone("indikator ab", "analys …", "").unwrap();
        assert_eq!(text, TEXT.replacen("    analys \"\"\"\n      Målet nås.\n    \"\"\"\n", "", 1));
    }

    #[test]
    fn a_cell_is_replaced_whole() {
        let text = undone("| rad", "1,0", "-1,0").unwrap();
        assert_eq!(text, TEXT.replace("|  1,0 |", "| -1,0 |"));
        assert!(undone("| rad", "0", "1").is_err());
    }

    #[test]
    fn what_is_not_there_is_said() {
        assert_eq!(undone("indikator b", "35,7 %", "35 %").unwrap_err(), "no line begins so");
        assert!(undone("indikator a", "36 %", "35 %").is_err());
    }
}
