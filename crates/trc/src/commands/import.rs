//! `trc import`: from spreadsheets to `.tr`.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

use camino::{Utf8Path, Utf8PathBuf};
use serde::Serialize;
use trc_base::{Language, Severity, Text, text};
use trc_import::{Counts, Document, Known, Note, Options, Reading, Unreadable};
use trc_model::vocabulary::built_in_files;
use trc_model::{Database, DocumentKey};
use trc_workspace::discover::{MAX_FILE_BYTES, discover};
use trc_workspace::{FileSystem as _, Project, RealFileSystem, config, write_atomically};

use super::{Context, Outcome};
use crate::cli::{Format, Import};
use crate::failure::{Failure, what_to_do};
use crate::output::{self, visible};
use crate::place;
use crate::terminal::Style;

pub fn run(arguments: &Import, context: &Context, out: &mut dyn Write) -> Result<Outcome, Failure> {
    let options = options(arguments)?;
    let readings = read(&arguments.files)?;
    let folder = match &arguments.output {
        Some(folder) => place::absolute(folder)?,
        None => place::current_folder()?,
    };
    let root = Project::find_root(&RealFileSystem, &folder);
    let known = known(&folder, root.as_deref(), &options, arguments.force);
    let mut import = trc_import::import(&readings, &options, &known).map_err(unreadable)?;
    if root.is_none() && !import.documents.is_empty() {
        let settings = Document { name: config::FILE_NAME.to_owned(), text: "tr = 1\n".to_owned() };
        import.documents.insert(0, settings);
    }
    if !arguments.dry_run {
        write(&folder, &import.documents, arguments.force)?;
    }
    let files: Vec<Shown<'_>> = import
        .documents
        .iter()
        .map(|document| {
            let path = place::shown(&folder.join(&document.name))?;
            Ok(Shown { path, text: arguments.dry_run.then_some(&document.text) })
        })
        .collect::<Result<_, Failure>>()?;
    match context.format {
        Format::Json => output::write_json(out, &json(&files, &import.notes, context.language))?,
        Format::Concise => concise(out, &import.notes, context.language)?,
        _ => {
            full(out, &import.notes, context)?;
            summary(out, &import.counts, &import.notes, context)?;
            list(out, &files, context.language)?;
        }
    }
    let fails = |note: &Note| match note.severity {
        Severity::Error => true,
        Severity::Warning => context.deny_warnings,
        Severity::Info => false,
    };
    Ok(if import.notes.iter().any(fails) { Outcome::Findings } else { Outcome::Clean })
}

/// A file that was written, or its text when none is.
struct Shown<'d> {
    path: String,
    text: Option<&'d String>,
}

fn options(arguments: &Import) -> Result<Options, Failure> {
    let Some(key) = DocumentKey::parse_report(&arguments.report) else {
        return Err(no_report(&arguments.report));
    };
    let Some(period) = key.period else { return Err(no_report(&arguments.report)) };
    let names = [Some(&key.owner), Some(&period), arguments.parent.as_ref()];
    if let Some(name) = names.into_iter().flatten().find(|name| !is_name(name)) {
        return Err(no_name(name));
    }
    Ok(Options {
        period,
        year: key.year,
        owner: key.owner,
        parent: arguments.parent.clone(),
        kind: arguments.kind.map(Into::into),
        sheet: arguments.sheet.clone(),
        map: pairs("--map", &arguments.map)?,
        only: pairs("--only", &arguments.only)?,
    })
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_alphanumeric() || c == '_')
}

/// `"Head=value"`, cut at the last equals sign: a head may hold one.
fn pairs(flag: &str, given: &[String]) -> Result<Vec<(String, String)>, Failure> {
    given
        .iter()
        .map(|pair| {
            let (head, value) = pair.rsplit_once('=').ok_or_else(|| no_pair(flag, pair))?;
            Ok((head.to_owned(), value.trim().to_owned()))
        })
        .collect()
}

fn read(files: &[PathBuf]) -> Result<Vec<Reading>, Failure> {
    files
        .iter()
        .map(|file| {
            let path = place::existing(file)?;
            let bytes = RealFileSystem
                .read(&path, trc_import::MAX_FILE_BYTES)
                .map_err(|error| place::cannot_read(file, &error))?;
            let name = path.file_name().unwrap_or(path.as_str());
            trc_import::read(name, &bytes).map_err(unreadable)
        })
        .collect()
}

/// What is declared around the folder. A file that cannot be read declares nothing; the
/// check of the workspace says so.
fn known(folder: &Utf8Path, root: Option<&Utf8Path>, options: &Options, force: bool) -> Known {
    let mut known = Known::default();
    // The built-in sections and tables have names too.
    let db = Database::default();
    for file in built_in_files(&db) {
        known.add(file.text(&db), false);
    }
    let Some(root) = root else { return known };
    let replaced: Vec<Utf8PathBuf> =
        trc_import::file_names(options).iter().map(|name| folder.join(name)).collect();
    for name in discover(&RealFileSystem, root).files {
        let path = root.join(&name);
        if let Ok(bytes) = RealFileSystem.read(&path, MAX_FILE_BYTES)
            && let Ok(text) = String::from_utf8(bytes)
        {
            known.add(&text, force && replaced.contains(&path));
        }
    }
    known
}

/// Writes all files or none, as far as that can be known beforehand.
fn write(folder: &Utf8Path, documents: &[Document], force: bool) -> Result<(), Failure> {
    let taken: Vec<&str> = documents
        .iter()
        .map(|document| document.name.as_str())
        .filter(|name| std::fs::symlink_metadata(folder.join(name)).is_ok())
        .collect();
    if !force && !taken.is_empty() {
        return Err(already_there(folder, &taken));
    }
    std::fs::create_dir_all(folder).map_err(|error| place::cannot_write(folder, &error))?;
    for document in documents {
        let path = folder.join(&document.name);
        write_atomically(&RealFileSystem, &path, document.text.as_bytes())
            .map_err(|error| place::cannot_write(&path, &error))?;
    }
    Ok(())
}

/// So many findings of one kind are shown; the others are counted.
const SHOWN_OF_A_KIND: usize = 10;

fn full(out: &mut dyn Write, notes: &[Note], context: &Context) -> Result<(), Failure> {
    let (language, paint) = (context.language, context.stdout.paint);
    let mut of_kind: BTreeMap<&str, usize> = BTreeMap::new();
    for note in notes {
        *of_kind.entry(note.id).or_default() += 1;
    }
    let mut shown: BTreeMap<&str, usize> = BTreeMap::new();
    for note in notes {
        let before = shown.entry(note.id).or_default();
        *before += 1;
        let (number, all) = (*before, of_kind.get(note.id).copied().unwrap_or(0));
        if number > SHOWN_OF_A_KIND {
            continue;
        }
        let head = format!("{}:", output::word(note.severity, language));
        let place = visible(&note.place.words(language));
        let message = visible(note.message.get(language));
        writeln!(out, "{} {place}: {message}", paint.style(output::style(note.severity), head))?;
        let help = visible(note.help.get(language));
        writeln!(out, "{} {help}", paint.style(Style::Help, what_to_do(language)))?;
        if number == SHOWN_OF_A_KIND && all > number {
            let more = all - number;
            let words = match language {
                Language::Sv => {
                    format!("… och {more} till av samma slag; --format concise visar alla.")
                }
                Language::En => {
                    format!("… and {more} more of the same kind; --format concise shows all.")
                }
            };
            writeln!(out, "{words}")?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn concise(out: &mut dyn Write, notes: &[Note], language: Language) -> Result<(), Failure> {
    for note in notes {
        let severity = match note.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        };
        let sheet = note.place.sheet.as_ref().map(|name| format!("#{name}")).unwrap_or_default();
        let file = visible(&format!("{}{sheet}", note.place.file));
        let row = note.place.row.unwrap_or(1);
        let column = note.place.column.as_ref().map_or(1, |column| column.index + 1);
        let message = visible(note.message.get(language));
        writeln!(out, "{file}:{row}:{column}: {severity}[{}]: {message}", note.id)?;
    }
    Ok(())
}

fn summary(
    out: &mut dyn Write,
    counts: &Counts,
    notes: &[Note],
    context: &Context,
) -> Result<(), Failure> {
    let language = context.language;
    let parts = match language {
        Language::Sv => [
            (counts.indicators, "indikator", "indikatorer"),
            (counts.activities, "aktivitet", "aktiviteter"),
            (counts.goals, "mål", "mål"),
            (counts.tables, "tabell", "tabeller"),
        ],
        Language::En => [
            (counts.indicators, "indicator", "indicators"),
            (counts.activities, "activity", "activities"),
            (counts.goals, "goal", "goals"),
            (counts.tables, "table", "tables"),
        ],
    };
    let read: Vec<String> = parts
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many }))
        .collect();
    let read = if read.is_empty() { "0".to_owned() } else { read.join(", ") };
    let unplaced = notes.iter().filter(|note| note.severity == Severity::Error).count();
    let mut line = match language {
        Language::Sv => format!("Läst: {read}. Sådant som inte kunde placeras: {unplaced}."),
        Language::En => format!("Read: {read}. What could not be placed: {unplaced}."),
    };
    if counts.reused > 0 {
        line.push_str(&match language {
            Language::Sv => format!(" Namn som redan fanns i arbetsytan: {}.", counts.reused),
            Language::En => format!(" Names that the workspace had already: {}.", counts.reused),
        });
    }
    writeln!(out, "{}", context.stdout.paint.style(Style::Strong, line))?;
    Ok(())
}

fn list(out: &mut dyn Write, files: &[Shown<'_>], language: Language) -> Result<(), Failure> {
    if files.is_empty() {
        let words = text!(sv: "Ingen fil är skriven.", en: "No file was written.");
        writeln!(out, "{}", words.get(language))?;
        return Ok(());
    }
    for file in files {
        match file.text {
            Some(text) => writeln!(out, "\n── {}\n{text}", file.path)?,
            None => writeln!(out, "{}", file.path)?,
        }
    }
    let next = match files.first().is_some_and(|file| file.text.is_some()) {
        true => text!(
            sv: "Ingenting är skrivet. Kör igen utan --dry-run när det ser rätt ut.",
            en: "Nothing was written. Run again without --dry-run when it looks right.",
        ),
        false => text!(
            sv: "Kör trc check: den säger vad som är kvar att skriva.",
            en: "Run trc check: it says what is left to write.",
        ),
    };
    writeln!(out, "\n{}", next.get(language))?;
    Ok(())
}

/// An import for programs.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Report<'i> {
    files: Vec<File<'i>>,
    findings: Vec<Finding<'i>>,
}

#[derive(Serialize)]
struct File<'i> {
    path: &'i str,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'i String>,
}

#[derive(Serialize)]
struct Finding<'i> {
    rule: &'i str,
    severity: Severity,
    file: &'i str,
    sheet: Option<&'i str>,
    row: Option<u32>,
    column: Option<usize>,
    head: Option<&'i str>,
    message: &'i str,
    help: &'i str,
}

fn json<'i>(files: &'i [Shown<'_>], notes: &'i [Note], language: Language) -> Report<'i> {
    Report {
        files: files.iter().map(|file| File { path: &file.path, text: file.text }).collect(),
        findings: notes
            .iter()
            .map(|note| Finding {
                rule: note.id,
                severity: note.severity,
                file: &note.place.file,
                sheet: note.place.sheet.as_deref(),
                row: note.place.row,
                column: note.place.column.as_ref().map(|column| column.index + 1),
                head: note.place.column.as_ref().map(|column| &*column.title),
                message: note.message.get(language),
                help: note.help.get(language),
            })
            .collect(),
    }
}

fn unreadable(error: Unreadable) -> Failure {
    Failure::new(error.message, error.help)
}

fn no_report(given: &str) -> Failure {
    Failure::new(
        text!(
            sv: "”{given}” är ingen rapport.",
            en: "“{given}” is no report.",
        ),
        text!(
            sv: "Skriv period, år och enhet: --report \"T1 2025 norra_innerstaden\". Enheten är namnet i organisationen, eller det namn den ska få.",
            en: "Write period, year and unit: --report \"T1 2025 norra_innerstaden\". The unit is the name in the organisation, or the name that it is to have.",
        ),
    )
}

fn no_name(given: &str) -> Failure {
    let name = trc_syntax::name::from_label(given);
    Failure::new(
        text!(
            sv: "”{given}” är inget namn: där får bara stå bokstäver, siffror och _, och först en bokstav.",
            en: "“{given}” is no name: only letters, digits and _ may stand there, and a letter first.",
        ),
        text!(sv: "Skriv till exempel {name}.", en: "Write for example {name}."),
    )
}

fn no_pair(flag: &str, given: &str) -> Failure {
    Failure::new(
        text!(
            sv: "{flag} \"{given}\" saknar likhetstecken.",
            en: "{flag} \"{given}\" has no equals sign.",
        ),
        text!(
            sv: "Skriv kolumnens rubrik, = och vad som ska stå till höger: {flag} \"{given}=…\".",
            en: "Write the column's head, = and what goes to the right: {flag} \"{given}=…\".",
        ),
    )
}

fn already_there(folder: &Utf8Path, taken: &[&str]) -> Failure {
    let list = taken.join(", ");
    let folder = place::shown(folder).unwrap_or_else(|_| folder.to_string());
    let folder = if folder.is_empty() { ".".to_owned() } else { folder };
    Failure::new(
        text!(
            sv: "I {folder} finns redan {list}. Ingenting är skrivet.",
            en: "{folder} has {list} already. Nothing was written.",
        ),
        Text::new(
            "Skriv i en annan mapp med --output och jämför, eller skriv över med --force. Flera exporter kan importeras på en gång: trc import indikatorer.csv aktiviteter.csv.",
            "Write into another folder with --output and compare, or overwrite with --force. Several exports can be imported at once: trc import indicators.csv activities.csv.",
        ),
    )
}
