//! `trc types`: the words in force, as a list or written out.

use std::io::Write;

use serde::Serialize;
use trc_base::suggest::nearest;
use trc_base::{Language, text};
use trc_ide::types::{TypeEntry, entries, written};
use trc_model::document::documents;
use trc_model::organisation::organisation;
use trc_model::vocabulary::{BUILT_IN_OWNER, Scope, Vocabulary, built_in_files, vocabulary};
use trc_model::{Database, Db, Kind, Workspace};
use trc_workspace::clock;

use super::{Context, Outcome};
use crate::cli::{Format, Types};
use crate::failure::Failure;
use crate::output;
use crate::place::{self, Target};
use crate::terminal::Style;

/// A type, for programs.
#[derive(Serialize)]
struct Row {
    kind: &'static str,
    name: String,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    base: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    holds_for: Vec<HoldsFor>,
    /// Where it is declared and continued, the nearest last.
    places: Vec<Place>,
    /// As it finally holds; only of a type that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
}

#[derive(Serialize)]
struct HoldsFor {
    period: String,
    unit_kind: String,
}

#[derive(Serialize)]
struct Place {
    file: String,
    line: u32,
    built_in: bool,
}

pub fn run(arguments: &Types, context: &Context, out: &mut dyn Write) -> Result<Outcome, Failure> {
    // Outside of a workspace what is built in holds.
    match place::open(None, context) {
        Ok(target) => {
            let (db, workspace) = (target.project.db(), target.project.workspace());
            let owner = owner(&target, arguments)?;
            show(arguments, &Place::shown_from(&target.prefix), db, workspace, &owner, context, out)
        }
        Err(_) if arguments.owner.is_none() => {
            let db = Database::default();
            let workspace = Workspace::new(&db, built_in_files(&db), None, None);
            show(arguments, &Place::shown_from(""), &db, workspace, BUILT_IN_OWNER, context, out)
        }
        Err(failure) => Err(failure),
    }
}

impl Place {
    /// How places are shown from the current folder.
    fn shown_from(prefix: &str) -> impl Fn(&dyn Db, trc_model::SourceFile, u32) -> Place {
        let prefix = prefix.to_owned();
        move |db, file, line| {
            let built_in = file.is_built_in(db);
            let path = file.path(db);
            let file = match path.rsplit_once(':') {
                Some((_, name)) if built_in => name.to_owned(),
                _ => format!("{prefix}{path}"),
            };
            Place { file, line, built_in }
        }
    }

    fn words(&self, language: Language) -> String {
        let Place { file, line, built_in } = self;
        match (built_in, language) {
            (false, _) => format!("{file}:{line}"),
            (true, Language::Sv) => format!("{file}:{line} (inbyggd)"),
            (true, Language::En) => format!("{file}:{line} (built in)"),
        }
    }
}

#[allow(clippy::too_many_arguments, reason = "a command's whole surroundings")]
fn show<'db>(
    arguments: &Types,
    place: &dyn Fn(&dyn Db, trc_model::SourceFile, u32) -> Place,
    db: &'db dyn Db,
    workspace: Workspace,
    owner: &str,
    context: &Context,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let year = arguments.year.unwrap_or_else(|| latest_year(db, workspace));
    let words = vocabulary(db, workspace, Scope::new(db, owner.to_owned(), year));
    let all = entries(db, words);
    let chosen: Vec<&TypeEntry> = match &arguments.name {
        None => all.iter().collect(),
        Some(name) => all.iter().filter(|entry| entry.name == *name).collect(),
    };
    if let (Some(name), []) = (&arguments.name, chosen.as_slice()) {
        return Err(unknown(name, &all));
    }
    let rows: Vec<Row> =
        chosen.iter().map(|entry| row(db, place, entry, arguments, words)).collect();
    match (context.format, &arguments.name) {
        (Format::Json, _) => output::write_json(out, &rows)?,
        (Format::Concise, None) => {
            for row in &rows {
                writeln!(out, "{} {}", row.kind, row.name)?;
            }
        }
        (_, None) => write_list(out, &rows, owner, year, context)?,
        (_, Some(_)) => write_sources(out, &rows, owner, year, context.language)?,
    }
    Ok(Outcome::Clean)
}

fn row(
    db: &dyn Db,
    place: &dyn Fn(&dyn Db, trc_model::SourceFile, u32) -> Place,
    entry: &TypeEntry,
    arguments: &Types,
    words: &Vocabulary<'_>,
) -> Row {
    let holds_for = entry.holds_for.iter();
    Row {
        kind: entry.keyword,
        name: entry.name.clone(),
        title: entry.title.clone(),
        base: entry.base.clone(),
        holds_for: holds_for
            .map(|(period, kind)| HoldsFor { period: period.clone(), unit_kind: kind.clone() })
            .collect(),
        places: entry.places.iter().map(|(file, line)| place(db, *file, *line)).collect(),
        source: arguments.name.as_ref().and_then(|_| written(words, entry.keyword, &entry.name)),
    }
}

/// The list, in groups, with where each is said last.
fn write_list(
    out: &mut dyn Write,
    rows: &[Row],
    owner: &str,
    year: u16,
    context: &Context,
) -> std::io::Result<()> {
    let language = context.language;
    let head = text!(
        sv: "Det som gäller för {owner} {year}",
        en: "What holds for {owner} {year}",
    );
    writeln!(out, "{}", context.stdout.paint.style(Style::Strong, head.get(language)))?;
    let width = |of: &dyn Fn(&Row) -> usize| rows.iter().map(of).max().unwrap_or(0);
    let names = width(&|row| row.name.chars().count());
    let holds = width(&|row| holds_for(row).chars().count());
    let mut kind = "";
    for row in rows {
        if row.kind != kind {
            kind = row.kind;
            writeln!(out, "\n{}", context.stdout.paint.style(Style::Strong, kind))?;
        }
        let place = row.places.last().map(|place| place.words(language)).unwrap_or_default();
        let holds = if row.kind == "rapporttyp" { holds } else { 0 };
        let line = format!("  {:names$}  {:holds$}  {place}", row.name, holds_for(row));
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// `T1, T2 för nämnd`
fn holds_for(row: &Row) -> String {
    let mut kinds: Vec<&str> = row.holds_for.iter().map(|it| it.unit_kind.as_str()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let of = |kind: &str| -> String {
        let periods = row.holds_for.iter().filter(|it| it.unit_kind == kind);
        let periods: Vec<&str> = periods.map(|it| it.period.as_str()).collect();
        format!("{} för {kind}", periods.join(", "))
    };
    kinds.into_iter().map(of).collect::<Vec<_>>().join("; ")
}

/// Each type as it finally holds, under where it comes from: a document that a city can
/// copy and change.
fn write_sources(
    out: &mut dyn Write,
    rows: &[Row],
    owner: &str,
    year: u16,
    language: Language,
) -> std::io::Result<()> {
    writeln!(out, "mallar {year} för {owner}")?;
    for row in rows {
        writeln!(out)?;
        let places: Vec<String> = row.places.iter().map(|place| place.words(language)).collect();
        let places = places.join(", ");
        let from = text!(sv: "Sagt i {places}.", en: "Said in {places}.");
        writeln!(out, "// {}", from.get(language))?;
        write!(out, "{}", row.source.as_deref().unwrap_or_default())?;
    }
    Ok(())
}

/// The owner that was asked for, or the uppermost unit.
fn owner(target: &Target, arguments: &Types) -> Result<String, Failure> {
    let organisation = organisation(target.project.db(), target.project.workspace());
    let units = &organisation.units;
    let Some(asked) = &arguments.owner else {
        let first = units.keys().next().map(String::as_str).unwrap_or(BUILT_IN_OWNER);
        let root = organisation.line(first).last().map_or(first, |unit| unit.name.as_str());
        return Ok(root.to_owned());
    };
    if units.is_empty() || units.contains_key(asked) {
        return Ok(asked.clone());
    }
    let message = text!(
        sv: "Ingen enhet heter \"{asked}\" i organisationen.",
        en: "No unit is called \"{asked}\" in the organisation.",
    );
    let help = match nearest(asked, units.keys().map(String::as_str)) {
        Some(near) => text!(sv: "Menade du \"{near}\"?", en: "Did you mean \"{near}\"?"),
        None => {
            let all = units.keys().cloned().collect::<Vec<_>>().join(", ");
            text!(sv: "Enheterna är: {all}.", en: "The units are: {all}.")
        }
    };
    Err(Failure::new(message, help))
}

/// The year of the latest report; without any, this year.
fn latest_year(db: &dyn Db, workspace: Workspace) -> u16 {
    let reports = documents(db, workspace).keys().filter(|key| key.kind == Kind::Report);
    let this_year = || clock::today().map_or(2025, |today| today.year());
    reports.map(|key| key.year).max().unwrap_or_else(this_year)
}

fn unknown(name: &str, all: &[TypeEntry]) -> Failure {
    let message = text!(
        sv: "Ingen mall heter \"{name}\".",
        en: "There is no type called \"{name}\".",
    );
    let help = match nearest(name, all.iter().map(|entry| entry.name.as_str())) {
        Some(near) => text!(sv: "Menade du \"{near}\"?", en: "Did you mean \"{near}\"?"),
        None => text!(
            sv: "Kör trc types för att se alla.",
            en: "Run trc types to see all of them.",
        ),
    };
    Failure::new(message, help)
}
