//! The tables of facts: `;` between cells, `"` around a cell that holds one, the first
//! line naming the columns.

use std::collections::BTreeMap;
use std::path::Path;

/// A row, by column name.
pub type Row = BTreeMap<String, String>;

/// The rows of a file.
pub fn read(path: &Path) -> Vec<Row> {
    let text =
        std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    parse(&text)
}

fn parse(text: &str) -> Vec<Row> {
    let mut lines = text.lines().map(cells);
    let names = lines.next().expect("a line with the names of the columns");
    lines
        .map(|cells| {
            assert_eq!(cells.len(), names.len(), "as many cells as columns: {cells:?}");
            names.iter().cloned().zip(cells).collect()
        })
        .collect()
}

fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    let mut characters = line.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                cells.last_mut().unwrap().push('"');
            }
            '"' => quoted = !quoted,
            ';' if !quoted => cells.push(String::new()),
            _ => cells.last_mut().unwrap().push(character),
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quoted_cell_may_hold_quotes_and_separators() {
        let rows = parse("name;value\n\"say \"\"no\"\"; twice\";3,5\n");
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0]["name"], "say \"no\"; twice");
        assert_eq!(rows[0]["value"], "3,5");
    }

    #[test]
    #[should_panic(expected = "as many cells as columns")]
    fn a_short_row_is_refused() {
        parse("name;value\nalone\n");
    }
}
