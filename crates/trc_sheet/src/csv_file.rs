//! Texts with one row a line: CSV as spreadsheets and web forms write it.

use std::sync::Arc;

use trc_base::{Severity, text};
use trc_syntax::decode::{EncodingProblem, decode};

use crate::note::{Note, Place, Unreadable};
use crate::table::{Cell, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Row, Sheet};
use crate::too_large;

/// What may stand between two cells. Of several that fit equally well the first wins:
/// Swedish spreadsheets write semicolons, because the comma is in the numbers.
const DELIMITERS: [char; 4] = [';', '\t', ',', '|'];

/// Reads a text of rows.
pub(crate) fn read(
    file: &Arc<str>,
    bytes: &[u8],
    is_head: &dyn Fn(&str) -> bool,
    notes: &mut Vec<Note>,
) -> Result<Sheet, Unreadable> {
    let decoded = decode(bytes);
    match decoded.problem {
        // A web form's UTF-16 is complete; nothing is lost.
        None | Some(EncodingProblem::Utf16) => {}
        Some(EncodingProblem::Windows1252) => notes.push(windows_1252(file)),
        Some(EncodingProblem::Binary) => return Err(binary(file)),
    }
    let text = decoded.text.trim_start_matches('\u{feff}');
    let (text, skipped, stated) = stated_delimiter(text);
    let delimiter = stated.unwrap_or_else(|| delimiter(text, is_head));
    if let Some(row) = unclosed_quote(text, delimiter) {
        notes.push(unclosed(file, row + skipped));
    }
    let rows = rows(file, text, delimiter, skipped)?;
    Ok(Sheet { file: Arc::clone(file), name: None, hidden: false, rows })
}

fn rows(file: &str, text: &str, delimiter: char, skipped: u32) -> Result<Vec<Row>, Unreadable> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(u8::try_from(delimiter).unwrap_or(b';'))
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut cells = 0usize;
    // A line break inside quotation marks is a line of the file but no row of the sheet.
    let mut inner_lines = 0u64;
    let mut record = csv::StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return Ok(rows),
            // The text is UTF-8 and rows may differ in length: nothing else can fail.
            Err(_) => return Err(binary(file)),
        }
        let start = record.position().map_or(0, csv::Position::byte);
        let blank = usize::try_from(start).ok().and_then(|start| text.get(start..));
        // The record begins after the empty lines before it, which are rows of the sheet.
        let blank = blank.unwrap_or_default().bytes().take_while(|b| matches!(b, b'\r' | b'\n'));
        let blank = blank.filter(|b| *b == b'\n').count();
        let line = record.position().map_or(0, csv::Position::line).saturating_sub(inner_lines);
        let line = line.saturating_add(u64::try_from(blank).unwrap_or(0));
        let inside = record.iter().map(|cell| cell.matches('\n').count()).sum::<usize>();
        inner_lines += u64::try_from(inside).unwrap_or(0);
        cells += record.len();
        if rows.len() >= MAX_ROWS || record.len() > MAX_COLUMNS || cells > MAX_CELLS {
            return Err(too_large(file));
        }
        let number = u32::try_from(line).unwrap_or(u32::MAX).saturating_add(skipped);
        let cells = record.iter().map(|cell| Cell { text: cell.to_owned(), mark: None }).collect();
        let row = Row { number, cells };
        if !row.is_blank() {
            rows.push(row);
        }
    }
}

/// Excel's own first line, `sep=;`, and how many lines it takes.
fn stated_delimiter(text: &str) -> (&str, u32, Option<char>) {
    let Some((first, rest)) = text.split_once('\n') else { return (text, 0, None) };
    let stated = first.trim_end_matches('\r').strip_prefix("sep=");
    match stated.and_then(|mark| mark.chars().next()).filter(char::is_ascii) {
        Some(mark) => (rest, 1, Some(mark)),
        None => (text, 0, None),
    }
}

/// What stands between the cells: the mark that makes most heads known ones; among equals
/// one of which every line has as many; among those the one that the first line has most
/// of.
fn delimiter(text: &str, is_head: &dyn Fn(&str) -> bool) -> char {
    let lines = || text.lines().filter(|line| !line.trim().is_empty()).take(20);
    let mut best = (0usize, false, 0usize, ';');
    for mark in DELIMITERS {
        let known = lines()
            .map(|line| {
                line.split(mark).filter(|head| is_head(head.trim().trim_matches('"'))).count()
            })
            .max()
            .unwrap_or(0);
        let count = lines().next().map_or(0, |line| line.matches(mark).count());
        let even = lines().all(|line| line.matches(mark).count() == count);
        if count > 0 && (known, even, count) > (best.0, best.1, best.2) {
            best = (known, even, count, mark);
        }
    }
    best.3
}

/// The row in which a quotation mark opens a cell that is never closed. Everything after
/// it is then one cell, and the rows in it are lost.
fn unclosed_quote(text: &str, delimiter: char) -> Option<u32> {
    let mut row = 1u32;
    let mut opened = None;
    let mut at_start = true;
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        if opened.is_some() {
            if c == '"' {
                if characters.peek() == Some(&'"') {
                    characters.next();
                } else {
                    opened = None;
                }
            }
            continue;
        }
        if c == '"' && at_start {
            opened = Some(row);
        }
        at_start = c == delimiter || c == '\n';
        if c == '\n' {
            row = row.saturating_add(1);
        }
    }
    opened
}

fn windows_1252(file: &Arc<str>) -> Note {
    Note {
        severity: Severity::Warning,
        id: "import-encoding",
        place: Place::whole(file, None),
        message: text!(
            sv: "Filen är inte sparad som UTF-8. Den är läst som Windows-1252, som Excel och äldre system skriver.",
            en: "The file is not saved as UTF-8. It was read as Windows-1252, which Excel and older systems write.",
        ),
        help: text!(
            sv: "Se efter att å, ä, ö och tankstreck stämmer i det som lästes. Annars: spara filen som ”CSV UTF-8” i Excel.",
            en: "See that å, ä, ö and dashes are right in what was read. If not, save the file as “CSV UTF-8” in Excel.",
        ),
    }
}

fn unclosed(file: &Arc<str>, row: u32) -> Note {
    let mut place = Place::whole(file, None);
    place.row = Some(row);
    Note {
        severity: Severity::Error,
        id: "import-unclosed-quote",
        place,
        message: text!(
            sv: "En cell börjar med ett citattecken som aldrig stängs. Resten av filen är därför läst som en enda cell.",
            en: "A cell begins with a quotation mark that is never closed. The rest of the file was therefore read as one cell.",
        ),
        help: text!(
            sv: "Skriv citattecken inuti en cell två gånger (\"\"), eller spara om filen från kalkylprogrammet.",
            en: "Write quotation marks inside a cell twice (\"\"), or save the file anew from the spreadsheet program.",
        ),
    }
}

fn binary(file: &str) -> Unreadable {
    Unreadable {
        message: text!(
            sv: "{file} är varken text med ett känt teckensätt eller en Excelarbetsbok.",
            en: "{file} is neither text in a known encoding nor an Excel workbook.",
        ),
        help: text!(
            sv: "Öppna filen i kalkylprogrammet och spara den som .xlsx eller som ”CSV UTF-8”.",
            en: "Open the file in the spreadsheet program and save it as .xlsx or as “CSV UTF-8”.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_head(head: &str) -> bool {
        ["Indikator", "Årsmål"].contains(&head)
    }

    fn cells(text: &str) -> Vec<(u32, Vec<String>)> {
        let mut notes = Vec::new();
        let sheet = read(&"t.csv".into(), text.as_bytes(), &is_head, &mut notes).unwrap();
        let texts = |row: &Row| row.cells.iter().map(|cell| cell.text.clone()).collect();
        sheet.rows.iter().map(|row| (row.number, texts(row))).collect()
    }

    #[test]
    fn the_delimiter_is_the_one_that_makes_the_heads_known() {
        for mark in DELIMITERS {
            let text = format!("Indikator{mark}Årsmål\nA, b; c{mark}4\n").replace("A, b; c", "A");
            assert_eq!(cells(&text)[1].1, ["A", "4"], "{mark}");
        }
        // Commas in a title are more than the semicolons.
        assert_eq!(cells("Indikator;Utfall i år, i fjol, i förfjol\nA;1\n")[1].1, ["A", "1"]);
    }

    #[test]
    fn rows_are_numbered_as_the_spreadsheet_numbers_them() {
        let text = "Indikator;Årsmål\n\"två\nrader\";1\n\n\nC;2\nD;3\n";
        for text in [text.to_owned(), text.replace('\n', "\r\n")] {
            let numbers: Vec<u32> = cells(&text).iter().map(|(number, _)| *number).collect();
            assert_eq!(numbers, [1, 2, 5, 6]);
        }
        assert_eq!(cells("sep=|\nIndikator|Årsmål\nA|1\n")[1], (3, vec!["A".into(), "1".into()]));
    }

    #[test]
    fn a_quote_that_is_never_closed_is_found() {
        assert_eq!(unclosed_quote("a;b\nc;\"d\ne;f\n", ';'), Some(2));
        assert_eq!(unclosed_quote("a;\"b \"\"c\"\" d\"\ne;5\" rör\n", ';'), None);
    }
}
