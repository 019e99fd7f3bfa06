//! Spreadsheets as people see them: the bytes of a CSV file or a workbook to sheets of
//! cells as shown, and what a cell means as a value of `.tr`.
//!
//! [`read`] makes sheets; [`values`] reads cells, with the field's words for what is
//! missing. Neither touches a disk, and both have bounds: a file from outside does not
//! decide how much memory it takes.

#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::string_slice,
        clippy::arithmetic_side_effects
    )
)]

mod csv_file;
mod note;
mod table;
pub mod values;
mod xlsx;

use std::sync::Arc;

use trc_base::text;

pub use note::{Column, Note, Place, Unreadable};
pub use table::{Cell, MAX_COLUMNS, MAX_ROWS, Mark, Row, Sheet, column_letters};

/// The largest file that is read, in bytes.
pub const MAX_FILE_BYTES: u64 = 64 * 1024 * 1024;

/// The sheets of one file, and what was found while reading it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    pub sheets: Vec<Sheet>,
    pub notes: Vec<Note>,
}

/// Reads a file. What it is, its bytes say; its name is used in messages and to notice
/// that the two differ. What stands between the cells of a text is guessed from its first
/// lines, with the help of the heads that the caller knows.
///
/// # Errors
/// When nothing can be read of it; the error says why and what to do.
pub fn read(
    name: &str,
    bytes: &[u8],
    is_head: impl Fn(&str) -> bool,
) -> Result<Reading, Unreadable> {
    let file: Arc<str> = Arc::from(name);
    let mut notes = Vec::new();
    let lower = name.to_lowercase();
    let sheets = if bytes.starts_with(xlsx::MAGIC) {
        xlsx::read(&file, bytes)?
    } else if bytes.starts_with(xlsx::OLD_MAGIC) {
        return Err(old_excel(name));
    } else if bytes.iter().all(u8::is_ascii_whitespace)
        || matches!(bytes, b"\xef\xbb\xbf" | b"\xff\xfe")
    {
        return Err(empty(name));
    } else if is_markup(bytes) {
        return Err(markup(name));
    } else if lower.ends_with(".xlsx") || lower.ends_with(".xlsm") {
        return Err(no_workbook(name));
    } else {
        vec![csv_file::read(&file, bytes, &is_head, &mut notes)?]
    };
    if sheets.iter().all(|sheet| sheet.rows.is_empty()) {
        return Err(empty(name));
    }
    Ok(Reading { sheets, notes })
}

/// A web page, which many systems save under the name `.xls`.
fn is_markup(bytes: &[u8]) -> bool {
    let start = bytes.get(..512).unwrap_or(bytes);
    let start = String::from_utf8_lossy(start).to_lowercase();
    let start = start.trim_start_matches('\u{feff}').trim_start();
    ["<html", "<!doctype", "<table", "<?xml"].iter().any(|mark| start.starts_with(mark))
}

fn empty(file: &str) -> Unreadable {
    Unreadable {
        message: text!(sv: "{file} är tom.", en: "{file} is empty."),
        help: text!(
            sv: "Exportera på nytt, och se efter att urvalet inte är tomt.",
            en: "Export anew, and see that the selection is not empty.",
        ),
    }
}

fn markup(file: &str) -> Unreadable {
    Unreadable {
        message: text!(
            sv: "{file} är en webbsida eller XML, inte en arbetsbok, fast den kanske heter .xls.",
            en: "{file} is a web page or XML, not a workbook, even if it is called .xls.",
        ),
        help: xlsx::save_as_xlsx(),
    }
}

fn old_excel(file: &str) -> Unreadable {
    Unreadable {
        message: text!(
            sv: "{file} är i Excels format från före 2007 (.xls), eller är skyddad med lösenord.",
            en: "{file} is in Excel's format from before 2007 (.xls), or protected with a password.",
        ),
        help: text!(
            sv: "Öppna filen i Excel och spara den som .xlsx, utan lösenord.",
            en: "Open the file in Excel and save it as .xlsx, without a password.",
        ),
    }
}

fn no_workbook(file: &str) -> Unreadable {
    Unreadable {
        message: text!(
            sv: "{file} heter som en Excelarbetsbok men är ingen.",
            en: "{file} is named as an Excel workbook but is none.",
        ),
        help: text!(
            sv: "Är det en CSV-fil: byt ändelsen till .csv. Annars: öppna den i Excel och spara den som .xlsx.",
            en: "If it is a CSV file, change the ending to .csv. Otherwise open it in Excel and save it as .xlsx.",
        ),
    }
}

/// What is said of a file that has more than is read.
pub fn too_large(file: &str) -> Unreadable {
    let (thousands, columns) = (table::MAX_ROWS / 1000, table::MAX_COLUMNS);
    Unreadable {
        message: text!(
            sv: "{file} har fler än {thousands} 000 rader eller {columns} kolumner med innehåll, eller för mycket text. Den läses inte.",
            en: "{file} has more than {thousands},000 rows or {columns} columns with content, or too much text. It is not read.",
        ),
        help: text!(
            sv: "Exportera en nämnd och ett år i taget, eller dela upp filen.",
            en: "Export one committee and one year at a time, or split the file.",
        ),
    }
}
