//! `trc fmt`: the canonical layout.

use std::io::{self, Read as _, Write};
use std::path::Path;

use camino::{Utf8Path, Utf8PathBuf};
use serde::Serialize;
use trc_base::{Encoding, Language, Lines, Text, TextRange, text};
use trc_syntax::decode::{Decoded, decode};
use trc_workspace::discover::{EXTENSION, MAX_FILE_BYTES, discover};
use trc_workspace::{FileSystem as _, RealFileSystem, write_atomically};

use super::{Context, Outcome};
use crate::cli::{Fmt, Format};
use crate::failure::Failure;
use crate::output;
use crate::place;

/// What happened to a file, for programs.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    file: String,
    /// True when its layout changed, or would change.
    changed: bool,
    /// Where a block was left as it was because its shape has a mistake.
    untouched: Vec<Place>,
    #[serde(skip)]
    problem: Option<Text>,
}

#[derive(Serialize)]
struct Place {
    line: u32,
    column: u32,
}

pub fn run(arguments: &Fmt, context: &Context, out: &mut dyn Write) -> Result<Outcome, Failure> {
    if arguments.stdin {
        return standard_input(arguments, context, out);
    }
    // Everything is read and laid out before anything is written.
    let mut rows = Vec::new();
    let mut changes: Vec<(Utf8PathBuf, String)> = Vec::new();
    for path in files(&arguments.paths, context)? {
        let bytes = RealFileSystem
            .read(&path, MAX_FILE_BYTES)
            .map_err(|error| place::cannot_read(path.as_std_path(), &error))?;
        let (row, text) = lay_out(place::shown(&path)?, decode(&bytes));
        if row.changed {
            changes.push((path, text));
        }
        rows.push(row);
    }
    if !arguments.check {
        for (path, text) in &changes {
            write_atomically(&RealFileSystem, path, text.as_bytes())
                .map_err(|error| place::cannot_write(path, &error))?;
        }
    }
    show(&rows, arguments.check, context, out)?;
    let broken = rows.iter().any(|row| row.problem.is_some() || !row.untouched.is_empty());
    Ok(if broken || (arguments.check && !changes.is_empty()) {
        Outcome::Findings
    } else {
        Outcome::Clean
    })
}

fn standard_input(
    arguments: &Fmt,
    context: &Context,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let mut bytes = Vec::new();
    let name = match context.language {
        Language::Sv => "standard in",
        Language::En => "standard input",
    };
    std::io::stdin()
        .lock()
        // One byte more than allowed shows that there is more.
        .take(MAX_FILE_BYTES.saturating_add(1))
        .read_to_end(&mut bytes)
        .and_then(|length| match u64::try_from(length) {
            Ok(length) if length <= MAX_FILE_BYTES => Ok(()),
            _ => Err(io::ErrorKind::FileTooLarge.into()),
        })
        .map_err(|error| place::cannot_read(Path::new(name), &error))?;
    let decoded = decode(&bytes);
    if let Some(problem) = decoded.problem {
        return Err(Failure::new(problem.message(), problem.help()));
    }
    let (row, text) = lay_out(name.to_owned(), decoded);
    if !arguments.check {
        out.write_all(text.as_bytes())?;
    }
    tell_untouched(std::slice::from_ref(&row), context);
    let found = !row.untouched.is_empty() || (arguments.check && row.changed);
    Ok(if found { Outcome::Findings } else { Outcome::Clean })
}

/// The files to lay out, each once.
fn files(paths: &[std::path::PathBuf], context: &Context) -> Result<Vec<Utf8PathBuf>, Failure> {
    if paths.is_empty() {
        let target = place::open(None, context)?;
        let root = target.project.root();
        return Ok(target.project.files().map(|(name, _)| root.join(name)).collect());
    }
    let mut files = Vec::new();
    for path in paths {
        let at = place::existing(path)?;
        if at.is_dir() {
            let folder = RealFileSystem
                .canonicalize(&at)
                .map_err(|error| place::cannot_read(path, &error))?;
            let found = discover(&RealFileSystem, &folder);
            files.extend(found.files.into_iter().map(|name| at.join(name)));
        } else if at.extension() == Some(EXTENSION) {
            files.push(at);
        } else {
            return Err(not_a_source(&at));
        }
    }
    files.sort();
    files.dedup();
    Ok(files)
}

fn lay_out(file: String, decoded: Decoded) -> (Row, String) {
    if let Some(problem) = decoded.problem {
        let problem = Some(problem.message());
        return (Row { file, changed: false, untouched: Vec::new(), problem }, decoded.text);
    }
    let formatted = trc_format::format(&decoded.text);
    let lines = Lines::new(&decoded.text);
    let place = |range: &TextRange| {
        let at = lines.line_column(range.start(), Encoding::Utf32);
        Place { line: at.line.saturating_add(1), column: at.column.saturating_add(1) }
    };
    let row = Row {
        file,
        changed: formatted.text != decoded.text,
        untouched: formatted.untouched.iter().map(place).collect(),
        problem: None,
    };
    (row, formatted.text)
}

fn show(rows: &[Row], check: bool, context: &Context, out: &mut dyn Write) -> Result<(), Failure> {
    if context.format == Format::Json {
        let told = |row: &&Row| row.changed || !row.untouched.is_empty() || row.problem.is_some();
        output::write_json(out, &rows.iter().filter(told).collect::<Vec<_>>())?;
        tell_problems(rows, context);
        return Ok(());
    }
    if check {
        for row in rows.iter().filter(|row| row.changed) {
            writeln!(out, "{}", row.file)?;
        }
    }
    if context.format == Format::Full {
        let changed = rows.iter().filter(|row| row.changed).count();
        writeln!(out, "{}", summary(changed, rows.len(), check).get(context.language))?;
    }
    out.flush()?;
    tell_problems(rows, context);
    tell_untouched(rows, context);
    Ok(())
}

fn summary(changed: usize, files: usize, check: bool) -> Text {
    let (fil, file) = if files == 1 { ("fil", "file") } else { ("filer", "files") };
    match (changed, check) {
        (0, _) => text!(
            sv: "Inget att ändra i {files} {fil}.",
            en: "Nothing to change in {files} {file}.",
        ),
        (_, true) => text!(
            sv: "{changed} av {files} {fil} skulle ändras.",
            en: "{changed} of {files} {file} would change.",
        ),
        (_, false) => text!(
            sv: "{changed} av {files} {fil} ändrades.",
            en: "{changed} of {files} {file} changed.",
        ),
    }
}

/// Says which blocks were left as they were.
fn tell_untouched(rows: &[Row], context: &Context) {
    let mut stderr = std::io::stderr().lock();
    for row in rows {
        for Place { line, column } in &row.untouched {
            let file = &row.file;
            let text = text!(
                sv: "{file}:{line}:{column}: här finns ett fel i formen, så blocket lämnades som det var. Kör trc check för att se felet.",
                en: "{file}:{line}:{column}: there is a mistake in the shape here, so the block was left as it was. Run trc check to see it.",
            );
            let _ = writeln!(stderr, "{}", text.get(context.language));
        }
    }
}

fn tell_problems(rows: &[Row], context: &Context) {
    let mut stderr = std::io::stderr().lock();
    for row in rows {
        if let Some(problem) = &row.problem {
            let _ = writeln!(stderr, "{}: {}", row.file, problem.get(context.language));
        }
    }
}

fn not_a_source(path: &Utf8Path) -> Failure {
    Failure::new(
        text!(
            sv: "{path} är ingen fil i språket, för namnet slutar inte på .{EXTENSION}.",
            en: "{path} is no file of the language, for its name does not end in .{EXTENSION}.",
        ),
        text!(
            sv: "Ange en fil som slutar på .{EXTENSION}, eller en mapp.",
            en: "Name a file that ends in .{EXTENSION}, or a folder.",
        ),
    )
}
