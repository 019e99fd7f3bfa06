//! What an import has to say: where, what, and what was done about it.

use std::fmt;
use std::sync::Arc;

use trc_base::{Language, Severity, Text};

use crate::table::column_letters;

/// One finding about the imported files. Unlike a diagnostic it points into a sheet,
/// where people count rows and letter columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// An error: something could not be placed and is in no file. A warning: it was
    /// placed, but was read as something that it may not be. An info: something is left
    /// to do.
    pub severity: Severity,
    /// What kind of finding it is, for programs.
    pub id: &'static str,
    pub place: Place,
    pub message: Text,
    pub help: Text,
}

/// A place in a spreadsheet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub file: Arc<str>,
    pub sheet: Option<Arc<str>>,
    /// As the spreadsheet numbers it, from 1.
    pub row: Option<u32>,
    pub column: Option<Column>,
}

/// A column of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Column {
    /// From 0.
    pub index: usize,
    /// What its head says.
    pub title: Arc<str>,
}

/// A file that nothing can be read of, or not what it must hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    pub message: Text,
    pub help: Text,
}

impl Place {
    /// A whole file or sheet.
    pub fn whole(file: &Arc<str>, sheet: Option<&Arc<str>>) -> Place {
        Place { file: Arc::clone(file), sheet: sheet.cloned(), row: None, column: None }
    }

    /// The place in words: `mål.xlsx, bladet Indikatorer, rad 12, kolumn D (Årsmål)`.
    pub fn words(&self, language: Language) -> String {
        Words { place: self, language }.to_string()
    }
}

struct Words<'p> {
    place: &'p Place,
    language: Language,
}

impl fmt::Display for Words<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sheet, row, column) = match self.language {
            Language::Sv => ("bladet", "rad", "kolumn"),
            Language::En => ("sheet", "row", "column"),
        };
        f.write_str(&self.place.file)?;
        if let Some(name) = &self.place.sheet {
            write!(f, ", {sheet} {name}")?;
        }
        if let Some(number) = self.place.row {
            write!(f, ", {row} {number}")?;
        }
        if let Some(it) = &self.place.column {
            write!(f, ", {column} {}", column_letters(it.index))?;
            if !it.title.is_empty() {
                write!(f, " ({})", it.title)?;
            }
        }
        Ok(())
    }
}
