//! Which sheets are read as what, and which column is which field.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use trc_base::{Severity, Text, suggest, text};

use crate::fields::{self, Field, Kind};
use crate::import::Options;
use trc_sheet::Reading;
use trc_sheet::values::tidy;
use trc_sheet::{Column, Note, Place, Unreadable};
use trc_sheet::{Row, Sheet};

/// How far down the row of heads may stand: above it people write the report's name.
const HEAD_ROWS: usize = 30;

/// A sheet whose columns are understood.
#[derive(Debug)]
pub(crate) struct Mapped<'s> {
    pub sheet: &'s Sheet,
    pub kind: Kind,
    pub columns: BTreeMap<Field, Column>,
    /// Those below the heads that are to be imported.
    pub rows: Vec<&'s Row>,
    /// For a table as people lay it out, with its columns side by side.
    pub wide: Option<Wide>,
}

/// The heads of a table that is laid out.
#[derive(Debug)]
pub(crate) struct Wide {
    /// The column of the rows' labels.
    pub labels: usize,
    pub columns: Vec<Column>,
    /// In what the figures are, where the heads or a line above them say it.
    pub unit: String,
}

impl Mapped<'_> {
    /// A place in one of its rows.
    pub fn place(&self, row: &Row, field: Option<Field>) -> Place {
        Place {
            row: Some(row.number),
            column: field.and_then(|field| self.columns.get(&field)).cloned(),
            ..Place::whole(&self.sheet.file, self.sheet.name.as_ref())
        }
    }
}

/// A row of heads, read as those of a kind.
struct Heads {
    kind: Kind,
    row: usize,
    columns: BTreeMap<Field, Column>,
    /// Columns that are not read, by their heads.
    unknown: Vec<Column>,
    repeated: Vec<(Field, Column)>,
    missing: Option<&'static [Field]>,
}

/// Finds the sheets to read and understands their columns.
pub(crate) fn choose<'s>(
    readings: &'s [Reading],
    options: &Options,
    notes: &mut Vec<Note>,
) -> Result<Vec<Mapped<'s>>, Unreadable> {
    check_map(options)?;
    let mut mapped = Vec::new();
    let mut heads_seen = BTreeSet::new();
    for reading in readings {
        mapped.extend(of_file(reading, options, notes, &mut heads_seen)?);
    }
    let asked = options.map.iter().chain(&options.only).map(|(head, _)| head);
    for head in asked {
        if !heads_seen.contains(&folded(head)) {
            return Err(no_such_head(head, &heads_seen));
        }
    }
    Ok(mapped)
}

fn of_file<'s>(
    reading: &'s Reading,
    options: &Options,
    notes: &mut Vec<Note>,
    heads_seen: &mut BTreeSet<String>,
) -> Result<Vec<Mapped<'s>>, Unreadable> {
    let named = options.sheet.as_deref().map(folded);
    let mut candidates: Vec<&Sheet> = Vec::new();
    for sheet in reading.sheets.iter().filter(|sheet| !sheet.rows.is_empty()) {
        match (&sheet.name, &named) {
            (Some(name), Some(asked)) if folded(name) == *asked => candidates.push(sheet),
            (Some(_), Some(_)) => {}
            // What somebody has hidden is asked for by name or not at all.
            _ if !sheet.hidden => candidates.push(sheet),
            _ => {}
        }
    }
    let Some(first) = candidates.first() else { return Err(no_such_sheet(reading, options)) };
    let mut fitting: Vec<(&Sheet, Heads)> = Vec::new();
    let mut nearest: Option<(&Sheet, Heads)> = None;
    for sheet in &candidates {
        let Some(heads) = heads(sheet, options) else { continue };
        if heads.missing.is_none() {
            fitting.push((sheet, heads));
        } else if nearest.as_ref().is_none_or(|(_, best)| best.columns.len() < heads.columns.len())
        {
            nearest = Some((sheet, heads));
        }
    }
    if fitting.is_empty() && options.kind == Some(Kind::Table) {
        let tables: Vec<Mapped<'s>> =
            candidates.iter().filter_map(|sheet| laid_out(sheet, options, heads_seen)).collect();
        if !tables.is_empty() {
            return Ok(tables);
        }
    }
    if fitting.is_empty() {
        return Err(match nearest {
            Some((sheet, heads)) => missing_column(sheet, &heads),
            None => no_heads(first),
        });
    }
    let mut kinds = BTreeSet::new();
    if fitting.iter().any(|(_, heads)| !kinds.insert(heads.kind)) {
        return Err(several_sheets(first, &fitting));
    }
    Ok(fitting
        .into_iter()
        .map(|(sheet, heads)| finish(sheet, heads, options, notes, heads_seen))
        .collect())
}

/// A table with its columns side by side: the first row with several cells is the heads,
/// and the first column with anything below them has the labels.
fn laid_out<'s>(
    sheet: &'s Sheet,
    options: &Options,
    heads_seen: &mut BTreeSet<String>,
) -> Option<Mapped<'s>> {
    let filled = |row: &Row| row.cells.iter().filter(|cell| !cell.text.trim().is_empty()).count();
    let at = sheet.rows.iter().take(HEAD_ROWS).position(|row| filled(row) > 1)?;
    let head_row = sheet.rows.get(at)?;
    let below = || sheet.rows.iter().skip(at + 1);
    let first = |row: &Row| row.cells.iter().position(|cell| !cell.text.trim().is_empty());
    let labels = below().filter_map(first).min()?;
    let above = sheet.rows.iter().take(at).flat_map(|row| &row.cells);
    let unit = above.chain(&head_row.cells).find_map(|cell| unit_word(&cell.text));
    let mut columns: Vec<Column> = Vec::new();
    for (index, cell) in head_row.cells.iter().enumerate() {
        heads_seen.insert(folded(&cell.text));
        let mut title = tidy(&cell.text);
        if title.is_empty() || index == labels {
            continue;
        }
        // Two columns of one name would be one.
        if columns.iter().any(|column| *column.title == *title) {
            title = format!("{title} {}", trc_sheet::column_letters(index));
        }
        columns.push(Column { index, title: Arc::from(title) });
    }
    let rows = below().filter(|row| is_wanted(row, Some(head_row), options)).collect();
    let wide = Wide { labels, columns, unit: unit.unwrap_or_default().to_owned() };
    Some(Mapped { sheet, kind: Kind::Table, columns: BTreeMap::new(), rows, wide: Some(wide) })
}

/// The unit of money that a text names: "Belopp i mnkr".
fn unit_word(text: &str) -> Option<&'static str> {
    let lower = tidy(text).to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).find_map(|word| match word {
        "mnkr" | "mkr" => Some("mnkr"),
        "tkr" => Some("tkr"),
        "kr" | "kronor" => Some("kr"),
        "mdkr" => Some("mdkr"),
        _ => None,
    })
}

/// The row of heads, and what the columns are: the reading in which most columns are
/// known. A complete reading goes before one that lacks a column.
fn heads(sheet: &Sheet, options: &Options) -> Option<Heads> {
    let kinds = options.kind.map_or_else(|| Kind::ALL.to_vec(), |kind| vec![kind]);
    let mut best: Option<Heads> = None;
    for (at, row) in sheet.rows.iter().take(HEAD_ROWS).enumerate() {
        for kind in &kinds {
            let heads = as_kind(row, at, *kind, options);
            let enough =
                heads.columns.len() >= 2 || options.kind.is_some() && !heads.columns.is_empty();
            let score = |heads: &Heads| (heads.missing.is_none(), heads.columns.len());
            if enough && best.as_ref().is_none_or(|best| score(&heads) > score(best)) {
                best = Some(heads);
            }
        }
    }
    best
}

fn as_kind(row: &Row, at: usize, kind: Kind, options: &Options) -> Heads {
    let mut columns: BTreeMap<Field, Column> = BTreeMap::new();
    let (mut unknown, mut repeated) = (Vec::new(), Vec::new());
    let heads: Vec<Column> = row
        .cells
        .iter()
        .enumerate()
        .map(|(index, cell)| Column { index, title: Arc::from(tidy(&cell.text)) })
        .filter(|column| !column.title.is_empty())
        .collect();
    let asked = |column: &Column| {
        let head = folded(&column.title);
        options.map.iter().find(|(other, _)| folded(other) == head).map(|(_, word)| word.as_str())
    };
    // What was asked for goes before what was guessed.
    for column in &heads {
        if let Some(field) = asked(column).and_then(|word| fields::by_word(word, kind)) {
            columns.entry(field).or_insert_with(|| column.clone());
        }
    }
    for column in heads {
        if asked(&column).is_some() {
            continue;
        }
        match fields::field(&column.title, kind, options.year) {
            Some(field) if columns.contains_key(&field) => repeated.push((field, column)),
            Some(field) => {
                columns.insert(field, column);
            }
            None => unknown.push(column),
        }
    }
    let missing = fields::required(kind)
        .iter()
        .find(|one_of| !one_of.iter().any(|field| columns.contains_key(field)))
        .copied();
    Heads { kind, row: at, columns, unknown, repeated, missing }
}

fn finish<'s>(
    sheet: &'s Sheet,
    heads: Heads,
    options: &Options,
    notes: &mut Vec<Note>,
    heads_seen: &mut BTreeSet<String>,
) -> Mapped<'s> {
    let head_row = sheet.rows.get(heads.row);
    let width = head_row.map_or(0, |row| {
        row.cells.iter().rposition(|cell| !cell.text.trim().is_empty()).map_or(0, |last| last + 1)
    });
    for cell in head_row.into_iter().flat_map(|row| &row.cells) {
        heads_seen.insert(folded(&cell.text));
    }
    let place = |row: Option<u32>, column: Option<&Column>| Place {
        row,
        column: column.cloned(),
        ..Place::whole(&sheet.file, sheet.name.as_ref())
    };
    let head_number = head_row.map(|row| row.number);
    for (field, column) in &heads.repeated {
        let first = heads.columns.get(field).map_or("", |column| &column.title);
        notes.push(repeated_head(
            place(head_number, Some(column)),
            &column.title,
            first,
            fields::word(*field, heads.kind),
        ));
    }
    if !heads.unknown.is_empty() {
        notes.push(unknown_heads(place(head_number, None), &heads));
    }
    for (field, column) in &heads.columns {
        let expected = if *field == Field::Previous {
            options.year.checked_sub(1)
        } else {
            Some(options.year)
        };
        if let (Some(year), Some(expected)) = (fields::year(&column.title), expected)
            && year != expected
        {
            notes.push(other_year(place(head_number, Some(column)), &column.title, expected));
        }
    }
    let mut rows = Vec::new();
    for row in sheet.rows.iter().skip(heads.row + 1) {
        if !is_wanted(row, head_row, options) {
            continue;
        }
        let beyond = row.cells.iter().skip(width).any(|cell| !cell.text.trim().is_empty());
        let last_read = heads.columns.values().map(|column| column.index + 1).max().unwrap_or(0);
        // In a workbook a cell has its column; only in a text can a mark too many move it.
        if beyond && sheet.name.is_none() {
            notes.push(too_long(place(Some(row.number), None), row.cells.len(), width));
            continue;
        }
        if sheet.name.is_none() && row.cells.len() < last_read {
            notes.push(too_short(place(Some(row.number), None), row.cells.len(), width));
        }
        rows.push(row);
    }
    Mapped { sheet, kind: heads.kind, columns: heads.columns, rows, wide: None }
}

/// True unless `--only` leaves the row out.
fn is_wanted(row: &Row, head_row: Option<&Row>, options: &Options) -> bool {
    options.only.iter().all(|(head, value)| {
        let column = head_row.and_then(|heads| {
            heads.cells.iter().position(|cell| folded(&cell.text) == folded(head))
        });
        column.is_none_or(|column| folded(&row.cell(column).text) == folded(value))
    })
}

fn folded(text: &str) -> String {
    tidy(text).to_lowercase()
}

fn check_map(options: &Options) -> Result<(), Unreadable> {
    let kinds = options.kind.map_or_else(|| Kind::ALL.to_vec(), |kind| vec![kind]);
    let words: BTreeSet<&str> = kinds.iter().flat_map(|kind| fields::words(*kind)).collect();
    for (head, word) in &options.map {
        let known =
            word == IGNORED || kinds.iter().any(|kind| fields::by_word(word, *kind).is_some());
        if known {
            continue;
        }
        let list = words.iter().copied().collect::<Vec<_>>().join(", ");
        let near = suggest::nearest(word, words.iter().copied());
        let (near_sv, near_en) = match near {
            Some(near) => (format!("Menade du ”{near}”? "), format!("Did you mean “{near}”? ")),
            None => (String::new(), String::new()),
        };
        return Err(Unreadable {
            message: text!(
                sv: "--map \"{head}={word}\": det finns inget fält ”{word}”.",
                en: "--map \"{head}={word}\": there is no field “{word}”.",
            ),
            help: Text::new(
                format!("{near_sv}Fälten är {list}, eller - för en kolumn som inte ska med."),
                format!("{near_en}The fields are {list}, or - for a column to leave out."),
            ),
        });
    }
    Ok(())
}

/// What `--map` says for a column to leave out.
const IGNORED: &str = "-";

fn quoted(titles: &[&str]) -> Text {
    let list = |open: char, close: char| {
        titles.iter().map(|title| format!("{open}{title}{close}")).collect::<Vec<_>>().join(", ")
    };
    Text::new(list('”', '”'), list('“', '”'))
}

/// A long list is cut, because a workbook can have hundreds of columns.
fn some<'t>(titles: impl Iterator<Item = &'t str>) -> Vec<&'t str> {
    titles.take(20).collect()
}

fn unknown_heads(place: Place, heads: &Heads) -> Note {
    let titles = some(heads.unknown.iter().map(|column| &*column.title));
    let list = quoted(&titles);
    let many = titles.len() > 1;
    let (first_sv, first_en) =
        if many { ("Kolumnerna", "The columns") } else { ("Kolumnen", "The column") };
    let guess = titles.iter().find_map(|title| Some((*title, fields::nearest(title, heads.kind)?)));
    let example = match guess {
        Some((title, near)) => {
            let word = fields::field(near, heads.kind, 0)
                .map_or("", |field| fields::word(field, heads.kind));
            Text::new(
                format!("Menade du ”{near}” med ”{title}”? Skriv --map \"{title}={word}\"."),
                format!("Did you mean “{near}” by “{title}”? Write --map \"{title}={word}\"."),
            )
        }
        None => {
            let words = fields::words(heads.kind).join(", ");
            let title = titles.first().copied().unwrap_or_default();
            let (which_sv, which_en) = if many {
                ("Hör någon av dem till", "If one of them belongs")
            } else {
                ("Hör den till", "If it belongs")
            };
            Text::new(
                format!(
                    "{which_sv}: skriv --map \"{title}=fält\", där fält är {words}. Med --map \"{title}=-\" tystnar anmärkningen."
                ),
                format!(
                    "{which_en}, write --map \"{title}=field\", where field is {words}. --map \"{title}=-\" silences this."
                ),
            )
        }
    };
    Note {
        severity: Severity::Warning,
        id: "import-unknown-column",
        place,
        message: Text::new(
            format!(
                "{first_sv} {} är inte med i det som skrevs, eftersom rubriken inte är känd.",
                list.sv
            ),
            format!(
                "{first_en} {} {} not in what was written, because the head is not known.",
                list.en,
                if many { "are" } else { "is" }
            ),
        ),
        help: example,
    }
}

fn repeated_head(place: Place, title: &str, first: &str, word: &str) -> Note {
    Note {
        severity: Severity::Warning,
        id: "import-repeated-column",
        place,
        message: text!(
            sv: "Både ”{first}” och ”{title}” är {word}. Den första är läst, den här inte.",
            en: "Both “{first}” and “{title}” are {word}. The first was read, this one not.",
        ),
        help: text!(
            sv: "Är det den här som gäller: skriv --map \"{title}={word}\", eller byt rubrik i kalkylbladet om de heter lika.",
            en: "If this is the one, write --map \"{title}={word}\", or change the head in the sheet if both have the same.",
        ),
    }
}

fn other_year(place: Place, title: &str, expected: u16) -> Note {
    Note {
        severity: Severity::Warning,
        id: "import-other-year",
        place,
        message: text!(
            sv: "Rubriken ”{title}” gäller ett annat år än {expected}, som den lästes som.",
            en: "The head “{title}” is of another year than {expected}, which it was read as.",
        ),
        help: text!(
            sv: "Se efter att --report anger rätt år, eller uteslut kolumnen med --map \"{title}=-\".",
            en: "See that --report gives the right year, or leave the column out with --map \"{title}=-\".",
        ),
    }
}

fn too_long(place: Place, cells: usize, width: usize) -> Note {
    Note {
        severity: Severity::Error,
        id: "import-ragged-row",
        place,
        message: text!(
            sv: "Raden har {cells} celler men bara {width} rubriker, så det går inte att veta vilken cell som hör vart. Den är inte med.",
            en: "The row has {cells} cells but there are only {width} heads, so it is unknown which cell belongs where. It was left out.",
        ),
        help: text!(
            sv: "Troligen står ett avgränsningstecken inuti en text. Sätt citattecken om cellen, eller importera arbetsboken i stället.",
            en: "Probably a delimiter stands inside a text. Put quotation marks around the cell, or import the workbook instead.",
        ),
    }
}

fn too_short(place: Place, cells: usize, width: usize) -> Note {
    Note {
        severity: Severity::Warning,
        id: "import-ragged-row",
        place,
        message: text!(
            sv: "Raden har bara {cells} av {width} celler. De som saknas är lästa som tomma.",
            en: "The row has only {cells} of {width} cells. Those missing were read as empty.",
        ),
        help: text!(
            sv: "Se efter att inget avgränsningstecken har fallit bort, så att värdena står i rätt kolumn.",
            en: "See that no delimiter has been lost, so that the values stand in the right column.",
        ),
    }
}

fn missing_column(sheet: &Sheet, heads: &Heads) -> Unreadable {
    let word = heads
        .missing
        .and_then(|one_of| one_of.first())
        .map_or("", |field| fields::word(*field, heads.kind));
    let (wanted_sv, wanted_en) = match (heads.kind, word) {
        (Kind::Indicators, "namn") => ("indikatorernas namn", "the indicators' names"),
        (Kind::Indicators, _) => {
            ("indikatorernas utfall eller årsmål", "the indicators' outcomes or targets")
        }
        (Kind::Activities, "namn") => ("aktiviteternas namn", "the activities' names"),
        (Kind::Activities, _) => {
            ("aktiviteternas mål, datum eller läge", "the activities' goals, dates or states")
        }
        (Kind::Goals, "rubrik") => ("målens rubriker", "the goals' titles"),
        (Kind::Goals, _) => {
            ("målens nummer, nivå eller status", "the goals' numbers, levels or status")
        }
        (Kind::Table, _) => {
            ("tabellens rader, kolumner eller värden", "the table's rows, columns or values")
        }
    };
    let known: Vec<&str> = heads.columns.values().map(|column| &*column.title).collect();
    let unknown = some(heads.unknown.iter().map(|column| &*column.title));
    let (known, unknown_list) = (quoted(&known), quoted(&unknown));
    let title = unknown.first().copied().unwrap_or("Rubrik");
    let file = place_words(sheet);
    let (unknown_sv, unknown_en) = if unknown.is_empty() {
        (String::new(), String::new())
    } else {
        (format!(" Okända är {}.", unknown_list.sv), format!(" Not known: {}.", unknown_list.en))
    };
    Unreadable {
        message: Text::new(
            format!(
                "{}: ingen kolumn har {wanted_sv}. Kända rubriker är {}.{unknown_sv}",
                file.sv, known.sv
            ),
            format!(
                "{}: no column has {wanted_en}. Known heads are {}.{unknown_en}",
                file.en, known.en
            ),
        ),
        help: text!(
            sv: "Tala om vilken kolumn det är, till exempel --map \"{title}={word}\".",
            en: "Say which column it is, for example --map \"{title}={word}\".",
        ),
    }
}

fn no_heads(sheet: &Sheet) -> Unreadable {
    let widest = sheet
        .rows
        .iter()
        .take(HEAD_ROWS)
        .rev()
        .max_by_key(|row| row.cells.iter().filter(|cell| !cell.text.trim().is_empty()).count());
    let titles: Vec<String> =
        widest.into_iter().flat_map(|row| &row.cells).map(|cell| tidy(&cell.text)).collect();
    let titles = some(titles.iter().map(String::as_str).filter(|title| !title.is_empty()));
    let (list, file) = (quoted(&titles), place_words(sheet));
    let title = titles.first().copied().unwrap_or("Rubrik");
    Unreadable {
        message: Text::new(
            format!("{}: ingen rad har rubriker som är kända. Där står {}.", file.sv, list.sv),
            format!("{}: no row has heads that are known. It says {}.", file.en, list.en),
        ),
        help: text!(
            sv: "Säg vad raderna är med --kind indicators, activities, goals eller table, och vad kolumnerna är med till exempel --map \"{title}=namn\".",
            en: "Say what the rows are with --kind indicators, activities, goals or table, and what the columns are with for example --map \"{title}=namn\".",
        ),
    }
}

fn place_words(sheet: &Sheet) -> Text {
    let place = Place::whole(&sheet.file, sheet.name.as_ref());
    Text::new(place.words(trc_base::Language::Sv), place.words(trc_base::Language::En))
}

fn several_sheets(first: &Sheet, fitting: &[(&Sheet, Heads)]) -> Unreadable {
    let names: Vec<&str> = fitting.iter().filter_map(|(sheet, _)| sheet.name.as_deref()).collect();
    let list = quoted(&names);
    let (file, name) = (&first.file, names.first().copied().unwrap_or_default());
    Unreadable {
        message: Text::new(
            format!("{file} har flera blad av samma slag: {}.", list.sv),
            format!("{file} has several sheets of one kind: {}.", list.en),
        ),
        help: text!(
            sv: "Välj ett med till exempel --sheet \"{name}\".",
            en: "Choose one with for example --sheet \"{name}\".",
        ),
    }
}

fn no_such_sheet(reading: &Reading, options: &Options) -> Unreadable {
    let file = reading.sheets.first().map_or("", |sheet| &sheet.file);
    let asked = options.sheet.as_deref().unwrap_or_default();
    let label = |sheet: &Sheet| {
        let name = sheet.name.as_deref().unwrap_or_default();
        match (sheet.rows.is_empty(), sheet.hidden) {
            (true, _) => Text::new(format!("{name} (tomt)"), format!("{name} (empty)")),
            (false, true) => Text::new(format!("{name} (dolt)"), format!("{name} (hidden)")),
            (false, false) => Text::new(name, name),
        }
    };
    let labels: Vec<Text> = reading.sheets.iter().take(50).map(label).collect();
    let join = |pick: fn(&Text) -> &str| labels.iter().map(pick).collect::<Vec<_>>().join(", ");
    let list = Text::new(join(|text| &text.sv), join(|text| &text.en));
    let message = if asked.is_empty() {
        Text::new(
            format!("{file} har inget synligt blad med något i. Bladen är {}.", list.sv),
            format!("{file} has no visible sheet with anything in it. The sheets are {}.", list.en),
        )
    } else {
        Text::new(
            format!("{file} har inget blad ”{asked}”. Bladen är {}.", list.sv),
            format!("{file} has no sheet “{asked}”. The sheets are {}.", list.en),
        )
    };
    Unreadable {
        message,
        help: text!(
            sv: "Ange bladets namn med --sheet; så läses också ett dolt blad.",
            en: "Give the sheet's name with --sheet; a hidden sheet is read that way too.",
        ),
    }
}

fn no_such_head(head: &str, seen: &BTreeSet<String>) -> Unreadable {
    let heads = some(seen.iter().map(String::as_str).filter(|head| !head.is_empty()));
    let list = quoted(&heads);
    let near = suggest::nearest(&folded(head), heads.iter().copied());
    let help = match near {
        Some(near) => text!(sv: "Menade du ”{near}”?", en: "Did you mean “{near}”?"),
        None => {
            Text::new(format!("Rubrikerna är {}.", list.sv), format!("The heads are {}.", list.en))
        }
    };
    Unreadable {
        message: text!(
            sv: "Ingen kolumn har rubriken ”{head}”.",
            en: "No column has the head “{head}”.",
        ),
        help,
    }
}
