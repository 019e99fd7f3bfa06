//! What is said of a file of data, at the field that names it.

use trc_base::suggest::nearest;
use trc_base::{Language, Severity, Text, text};
use trc_sheet::{MAX_ROWS, Note, Place, Unreadable};

use super::{MOST_BYTES, NotRead};
use crate::table::MOST_COLUMNS;

/// How much it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// Figures are missing or cannot be read.
    Problem,
    /// The file and the source give different figures.
    Contradiction,
    /// Worth knowing.
    Note,
}

/// What is found in a file of data.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DataNote {
    pub weight: Weight,
    pub message: Text,
    pub help: Text,
}

fn problem(message: Text, help: Text) -> DataNote {
    DataNote { weight: Weight::Problem, message, help }
}

/// The bytes are not to be had.
pub(super) fn not_read(path: &str, why: NotRead) -> DataNote {
    let megabytes = MOST_BYTES / (1024 * 1024);
    match why {
        NotRead::Missing => problem(
            text!(
                sv: "Filen {path} finns inte, så siffrorna därifrån saknas.",
                en: "The file {path} does not exist, so the figures from it are missing.",
            ),
            text!(
                sv: "Lägg filen där, eller rätta sökvägen. Den räknas från mappen där den här filen står.",
                en: "Put the file there, or correct the path. It begins in the folder of this file.",
            ),
        ),
        NotRead::TooLarge => problem(
            text!(
                sv: "Filen {path} är större än {megabytes} MiB och läses inte.",
                en: "The file {path} is larger than {megabytes} MiB and is not read.",
            ),
            text!(
                sv: "Spara bara de rader och kolumner som rapporten behöver i en egen fil.",
                en: "Save only the rows and columns that the report needs in a file of its own.",
            ),
        ),
        NotRead::NoPermission => problem(
            text!(
                sv: "Behörighet att läsa {path} saknas, så siffrorna därifrån saknas.",
                en: "There is no permission to read {path}, so the figures from it are missing.",
            ),
            text!(
                sv: "Ge läsbehörighet till filen, och se efter att den inte är öppen i ett program som låser den.",
                en: "Give permission to read the file, and see that no program has it open and locked.",
            ),
        ),
        NotRead::Outside => problem(
            text!(
                sv: "{path} är en länk som leder ut ur arbetsytan och läses inte, för den som får mappen får inte med filen.",
                en: "{path} is a link that leads out of the workspace and is not read, for whoever gets the folder does not get the file.",
            ),
            text!(
                sv: "Lägg filen i arbetsytan i stället för länken.",
                en: "Put the file in the workspace in place of the link.",
            ),
        ),
        NotRead::Other => problem(
            text!(
                sv: "Filen {path} gick inte att läsa, så siffrorna därifrån saknas.",
                en: "The file {path} could not be read, so the figures from it are missing.",
            ),
            text!(
                sv: "Se efter att {path} är en fil och att inget annat program har låst den.",
                en: "See that {path} is a file and that no other program has locked it.",
            ),
        ),
    }
}

/// The bytes are no sheets.
pub(super) fn unreadable(why: &Unreadable) -> DataNote {
    problem(why.message.clone(), why.help.clone())
}

/// What was noticed while the file was read, such as a quotation mark that is never closed.
pub(super) fn noticed(note: &Note) -> DataNote {
    let (sv, en) = (note.place.words(Language::Sv), note.place.words(Language::En));
    let (what_sv, what_en) = (&note.message.sv, &note.message.en);
    DataNote {
        weight: if note.severity == Severity::Error { Weight::Problem } else { Weight::Note },
        message: text!(sv: "{sv}: {what_sv}", en: "{en}: {what_en}"),
        help: note.help.clone(),
    }
}

pub(super) fn no_such_sheet(path: &str, asked: &str, names: &[&str]) -> DataNote {
    let (sv, en) = listed(names);
    problem(
        text!(
            sv: "{path} har inget blad ”{asked}”.",
            en: "{path} has no sheet “{asked}”.",
        ),
        meant_or(asked, names, text!(sv: "Bladen är {sv}.", en: "The sheets are {en}.")),
    )
}

pub(super) fn several_sheets(path: &str, names: &[&str]) -> DataNote {
    let (sv, en) = listed(names);
    let first = names.first().copied().unwrap_or_default();
    problem(
        text!(
            sv: "{path} har flera blad: {sv}. Det står inte vilket som ska läsas.",
            en: "{path} has several sheets: {en}. Which to read is not said.",
        ),
        text!(
            sv: "Skriv bladet efter sökvägen, till exempel ”från: {path}, blad {first}”.",
            en: "Write the sheet after the path, for example “från: {path}, blad {first}”.",
        ),
    )
}

pub(super) fn no_shown_sheet(path: &str, names: &[&str]) -> DataNote {
    let (sv, en) = listed(names);
    problem(
        text!(
            sv: "Alla blad i {path} med något i är dolda: {sv}.",
            en: "All sheets of {path} with anything in them are hidden: {en}.",
        ),
        text!(
            sv: "Skriv bladet efter sökvägen om det ändå ska läsas: ”från: {path}, blad …”.",
            en: "Write the sheet after the path if it is to be read all the same: “från: {path}, blad …”.",
        ),
    )
}

/// No row has several cells.
pub(crate) fn no_grid(path: &str) -> DataNote {
    problem(
        text!(
            sv: "I {path} finns ingen rad med rubriker, så siffrorna går inte att placera.",
            en: "{path} has no row of heads, so the figures cannot be placed.",
        ),
        text!(
            sv: "Första raden ska ha en rubrik för varje kolumn, och första kolumnen radernas namn.",
            en: "The first row should have a head for each column, and the first column the rows' names.",
        ),
    )
}

/// Heads, and nothing below them.
pub(crate) fn no_rows(path: &str) -> DataNote {
    let rows = MAX_ROWS;
    problem(
        text!(
            sv: "I {path} finns inga rader för den här tabellen.",
            en: "{path} has no rows for this table.",
        ),
        text!(
            sv: "Se efter att urvalet i exporten inte är tomt. Högst {rows} rader läses.",
            en: "See that the selection of the export is not empty. At most {rows} rows are read.",
        ),
    )
}

/// None of the file's heads is a column of the table.
pub(crate) fn no_column_fits(path: &str, heads: &[&str], columns: &[&str]) -> DataNote {
    let ((heads_sv, heads_en), (sv, en)) = (listed(heads), listed(columns));
    let rename = match (heads.first(), columns.first()) {
        (Some(head), Some(column)) => format!("kolumner: {head} = {column}"),
        _ => "kolumner: …".to_owned(),
    };
    problem(
        text!(
            sv: "Ingen rubrik i {path} är en av tabellens kolumner, så inget hämtas därifrån. Rubrikerna är {heads_sv}; tabellen har {sv}.",
            en: "No head of {path} is a column of the table, so nothing is taken from it. The heads are {heads_en}; the table has {en}.",
        ),
        text!(
            sv: "Se efter att det är rätt fil och blad. Heter kolumnerna något annat i filen sägs det med till exempel ”{rename}”.",
            en: "See that it is the right file and sheet. If the columns have other names in the file, say so, for example “{rename}”.",
        ),
    )
}

/// More columns than a table has.
pub(crate) fn too_many_columns(path: &str, count: usize) -> DataNote {
    problem(
        text!(
            sv: "{path} har {count} kolumner, fler än de {MOST_COLUMNS} som en tabell kan ha. Resten kommer inte med.",
            en: "{path} has {count} columns, more than the {MOST_COLUMNS} that a table can have. The rest is left out.",
        ),
        text!(
            sv: "Välj de kolumner som behövs med ”kolumner:”.",
            en: "Choose the columns that are needed with “kolumner:”.",
        ),
    )
}

/// A column of the table that the file does not have.
pub(crate) fn column_missing(path: &str, column: &str, heads: &[&str]) -> DataNote {
    let (sv, en) = listed(heads);
    problem(
        text!(
            sv: "{path} har ingen kolumn för ”{column}”, så den blir tom. Rubrikerna där är {sv}.",
            en: "{path} has no column for “{column}”, so it stays empty. The heads there are {en}.",
        ),
        meant_or(
            column,
            heads,
            text!(
                sv: "Ge kolumnen filens rubrik, eller säg vilken den är: ”kolumner: Rubrik i filen = {column}”.",
                en: "Give the column the file's head, or say which it is: “kolumner: Head of the file = {column}”.",
            ),
        ),
    )
}

/// A head in `kolumner:` that the file does not have.
pub(crate) fn no_such_column(path: &str, asked: &str, heads: &[&str]) -> DataNote {
    let (sv, en) = listed(heads);
    problem(
        text!(
            sv: "{path} har ingen kolumn ”{asked}”. Rubrikerna där är {sv}.",
            en: "{path} has no column “{asked}”. The heads there are {en}.",
        ),
        meant_or(
            asked,
            heads,
            text!(sv: "Skriv en av filens rubriker.", en: "Write one of the file's heads."),
        ),
    )
}

/// A label in `rader:` that the file does not have.
pub(crate) fn no_such_row(path: &str, asked: &str, labels: &[&str]) -> DataNote {
    problem(
        text!(
            sv: "{path} har ingen rad ”{asked}”.",
            en: "{path} has no row “{asked}”.",
        ),
        meant_or(
            asked,
            labels,
            text!(
                sv: "Skriv radens namn som det står i filen.",
                en: "Write the row's name as the file has it.",
            ),
        ),
    )
}

/// A cell among figures that is none, and how many more there are in its column.
pub(crate) fn no_figure(place: &Place, typed: &str, more: usize) -> DataNote {
    let (sv, en) = (place.words(Language::Sv), place.words(Language::En));
    let (more_sv, more_en) = match more {
        0 => (String::new(), String::new()),
        1 => {
            (" En cell till i kolumnen är likadan.".into(), " So is one more of the column.".into())
        }
        n => (
            format!(" Det gäller {n} celler till i kolumnen."),
            format!(" So are {n} more of the column."),
        ),
    };
    problem(
        text!(
            sv: "{sv}: ”{typed}” är inget tal, men kolumnen har tal.{more_sv}",
            en: "{en}: “{typed}” is no number, but the column has numbers.{more_en}",
        ),
        text!(
            sv: "Rätta cellen i filen, eller skriv den i tabellen: en cell som står här gäller före filens. Finns inget värde skrivs till exempel ”..”.",
            en: "Correct the cell in the file, or write it in the table: a cell that stands here wins over the file's. Where there is no value, write for example “..”.",
        ),
    )
}

/// A cell that is typed and that the file has too.
pub(crate) fn overridden(theirs: &str, ours: &str) -> DataNote {
    DataNote {
        weight: Weight::Note,
        message: text!(
            sv: "Filen har {theirs} här, men {ours} är skrivet i tabellen och gäller.",
            en: "The file has {theirs} here, but {ours} is written in the table and holds.",
        ),
        help: text!(
            sv: "Stämmer filen: ta bort siffran här. Annars behöver inget göras.",
            en: "If the file is right, remove the figure here. Otherwise nothing needs to be done.",
        ),
    }
}

/// No row has heads for indicators.
pub(super) fn no_indicator_heads(path: &str, heads: &[&str]) -> DataNote {
    let (sv, en) = listed(heads);
    problem(
        text!(
            sv: "I {path} finns ingen rad med rubrikerna ”Indikator” och ”Utfall” eller ”Prognos”, så inget hämtas därifrån. Först står {sv}.",
            en: "{path} has no row with the heads “Indikator” and “Utfall” or “Prognos”, so nothing is taken from it. It begins with {en}.",
        ),
        text!(
            sv: "Kolumnerna heter Indikator, Utfall, Män, Kvinnor, Prognos, Svar, Svarsfrekvens och Staden; år och period får stå efter. ”Indikator” är dess namn eller rubrik.",
            en: "The columns are called Indikator, Utfall, Män, Kvinnor, Prognos, Svar, Svarsfrekvens and Staden; year and period may follow. “Indikator” is its name or title.",
        ),
    )
}

/// Rows that are no indicator of the report.
pub(super) fn strangers(path: &str, labels: &[String]) -> DataNote {
    let count = labels.len();
    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
    let (sv, en) = listed(&labels);
    DataNote {
        weight: Weight::Note,
        message: text!(
            sv: "Rader i {path} som inte är någon indikator här ({count}): {sv}. De kommer inte med.",
            en: "Rows of {path} that are no indicator here ({count}): {en}. They are left out.",
        ),
        help: text!(
            sv: "Hör någon av dem till rapporten: skriv indikatorns namn eller rubrik i filen som den står i planen. Annars behöver inget göras.",
            en: "If one of them belongs to the report, write the indicator's name or title in the file as the plan has it. Otherwise nothing needs to be done.",
        ),
    }
}

/// Two rows for one indicator.
pub(super) fn indicator_twice(path: &str, label: &str, first: u32, again: u32) -> DataNote {
    problem(
        text!(
            sv: "Indikatorn ”{label}” står två gånger i {path}, på rad {first} och rad {again}. Den första gäller.",
            en: "The indicator “{label}” stands twice in {path}, in row {first} and row {again}. The first one holds.",
        ),
        text!(
            sv: "Ta bort den ena raden, eller exportera en enhet i taget.",
            en: "Remove one of the rows, or export one unit at a time.",
        ),
    )
}

/// A cell that is no value of its kind.
pub(super) fn no_value(place: &Place, typed: &str, why: &Text) -> DataNote {
    let (sv, en) = (place.words(Language::Sv), place.words(Language::En));
    let (why_sv, why_en) = (&why.sv, &why.en);
    problem(
        text!(
            sv: "{sv}: ”{typed}” går inte att läsa. {why_sv}",
            en: "{en}: “{typed}” cannot be read. {why_en}",
        ),
        text!(
            sv: "Rätta cellen i filen, eller skriv värdet i rapporten: det som står här gäller före filen. Finns inget värde skrivs till exempel ”..” eller ”n/a”.",
            en: "Correct the cell in the file, or write the value in the report: what stands here wins over the file. Where there is no value, write for example “..” or “n/a”.",
        ),
    )
}

/// A figure that the report and its file give differently.
pub(super) fn contradiction(place: &Place, theirs: &str, ours: &str) -> DataNote {
    let (sv, en) = (place.words(Language::Sv), place.words(Language::En));
    DataNote {
        weight: Weight::Contradiction,
        message: text!(
            sv: "Siffrorna säger emot varandra: här står {ours}, men {sv} har {theirs}. Det som står här gäller.",
            en: "The figures contradict each other: this says {ours}, but {en} has {theirs}. What stands here holds.",
        ),
        help: text!(
            sv: "Ta reda på vilken som är rätt. Stämmer filen: ta bort raden här, så hämtas siffran därifrån.",
            en: "Find out which one is right. If it is the file, remove the line here, and the figure is taken from there.",
        ),
    }
}

/// Names in quotation marks, in Swedish and English; a long list is cut.
fn listed(names: &[&str]) -> (String, String) {
    const MOST: usize = 12;
    let of = |open: char, close: char| {
        let shown = names.iter().take(MOST).map(|name| format!("{open}{name}{close}"));
        let mut shown: Vec<String> = shown.collect();
        if names.len() > MOST {
            shown.push("…".to_owned());
        }
        shown.join(", ")
    };
    (of('”', '”'), of('“', '”'))
}

fn meant_or(asked: &str, known: &[&str], otherwise: Text) -> Text {
    match nearest(asked, known.iter().copied().take(1000)) {
        Some(meant) => text!(sv: "Menade du ”{meant}”?", en: "Did you mean “{meant}”?"),
        None => otherwise,
    }
}
