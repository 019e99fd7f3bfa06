//! `trc build`: reports as PDF.

use std::collections::BTreeMap;
use std::io::Write;

use camino::{Utf8Path, Utf8PathBuf};
use trc_base::suggest::nearest;
use trc_base::{Language, Severity, Text, text};
use trc_model::document::documents;
use trc_model::report::report;
use trc_model::{Document, DocumentKey, Kind, Phase};
use trc_page::Built;
use trc_typst::Pdf;
use trc_typst::worker::{Answer, Request, Task};
use trc_workspace::discover::OUTPUT_FOLDER;
use trc_workspace::{RealFileSystem, write_atomically};

use super::check::check;
use super::{Context, Outcome};
use crate::cli::{Build, Format};
use crate::failure::{Failure, os_reason};
use crate::output::{self, Findings};
use crate::place::{self, Target};
use crate::progress::Progress;
use crate::worker::{Limits, Worker, WorkerError};

/// How large a picture may be.
const MAX_PICTURE_BYTES: u64 = 32 * 1024 * 1024;

pub fn run(arguments: &Build, context: &Context, out: &mut dyn Write) -> Result<Outcome, Failure> {
    let mut target = place::open(arguments.path.as_deref(), context)?;
    if arguments.draft {
        target.project.set_phase(Some(Phase::Draft));
    }
    let keys = chosen(arguments, &target)?;
    let output = match (&arguments.output, keys.as_slice()) {
        (None, _) => None,
        (Some(path), [_]) => Some(place::absolute(path)?),
        (Some(_), _) => return Err(several(&keys)),
    };

    let findings = check(&target, context);
    // A finished report's output is for the reader of the PDF: nothing is said where
    // nothing was found.
    if context.format == Format::Json || !findings.diagnostics.is_empty() {
        output::write(out, &findings, findings.sources.len(), context.show())?;
    }
    let outcome = context.outcome(&findings.diagnostics);
    if outcome == Outcome::Findings && !arguments.draft {
        out.flush()?;
        let refusal = refusal(&findings);
        refusal.print(&mut std::io::stderr().lock(), context.language, context.stderr.paint);
        return Ok(Outcome::Findings);
    }

    // Every report is laid out before the first is written.
    let mut worker = Worker::new(Limits::BUILD);
    let mut pdfs = Vec::new();
    for key in &keys {
        let path = output.clone().unwrap_or_else(|| default_path(&target, key));
        pdfs.push((path, lay_out(&target, context, key, &mut worker)?));
    }
    for (path, pdf) in &pdfs {
        write_pdf(path, &pdf.bytes)?;
        let line = written(&place::shown(path)?, pdf.pages).get(context.language).to_owned();
        if context.format == Format::Json {
            // Standard output is one JSON value.
            let _ = writeln!(std::io::stderr().lock(), "{line}");
        } else {
            writeln!(out, "{line}")?;
        }
    }
    Ok(Outcome::Clean)
}

/// The reports to build.
fn chosen(arguments: &Build, target: &Target) -> Result<Vec<DocumentKey>, Failure> {
    let db = target.project.db();
    let workspace = target.project.workspace();
    let reports: Vec<&DocumentKey> = documents(db, workspace)
        .keys()
        .filter(|key| key.kind == Kind::Report)
        .filter(|key| !report(db, workspace, Document::new(db, (*key).clone())).outcomes_only)
        .collect();
    if let Some(name) = &arguments.report {
        let key = DocumentKey::parse_report(name);
        return match reports.iter().find(|known| Some(**known) == key.as_ref()) {
            Some(key) => Ok(vec![(*key).clone()]),
            None => Err(unknown_report(name, &reports)),
        };
    }
    let ready = |key: &&&DocumentKey| {
        arguments.draft
            || report(db, workspace, Document::new(db, (**key).clone())).phase > Phase::Draft
    };
    let chosen: Vec<DocumentKey> = reports.iter().filter(ready).map(|key| (*key).clone()).collect();
    match (chosen.is_empty(), reports.first()) {
        (false, _) => Ok(chosen),
        (true, None) => Err(no_report()),
        (true, Some(first)) => Err(only_drafts(first)),
    }
}

fn default_path(target: &Target, key: &DocumentKey) -> Utf8PathBuf {
    let file = format!("{}.pdf", key.report_name().replace(' ', "-"));
    target.project.root().join(OUTPUT_FOLDER).join(file)
}

fn lay_out(
    target: &Target,
    context: &Context,
    key: &DocumentKey,
    worker: &mut Worker,
) -> Result<Pdf, Failure> {
    let name = key.report_name();
    let _progress = Progress::start(
        context.stderr,
        match context.language {
            Language::Sv => format!("Bygger {name} …"),
            Language::En => format!("Building {name} …"),
        },
    );
    let project = &target.project;
    let Some(built) = trc_page::build(project.db(), project.workspace(), key) else {
        return Err(internal(&name, "no page data"));
    };
    let pictures = pictures(target, &built)?;
    let page_data =
        built.to_json().map_err(|error| internal(&name, &error.to_string()))?.into_bytes();
    match worker.ask(Request { task: Task::Pdf, page_data, pictures }) {
        Ok(Answer::Pdf(pdf)) => Ok(pdf),
        Ok(Answer::Preview(_)) => Err(internal(&name, "an answer to another question")),
        Err(error) => Err(not_laid_out(target, &built, &name, &error)),
    }
}

fn pictures(target: &Target, built: &Built) -> Result<BTreeMap<String, Vec<u8>>, Failure> {
    let mut pictures = BTreeMap::new();
    for (path, anchor) in &built.pictures {
        let bytes = target.project.read_mentioned(path, MAX_PICTURE_BYTES).map_err(|error| {
            let reason = match &error {
                trc_workspace::paths::PathError::Outside => {
                    text!(sv: "den ligger utanför arbetsytan", en: "it lies outside the workspace")
                }
                trc_workspace::paths::PathError::Io(error) => os_reason(error),
            };
            let file = anchor.resolve(target.project.db()).file;
            Failure::new(
                Text::new(
                    format!("Bilden {path}, som nämns i {file}, går inte att läsa: {}.", reason.sv),
                    format!(
                        "The picture {path}, mentioned in {file}, cannot be read: {}.",
                        reason.en
                    ),
                ),
                text!(
                    sv: "Lägg bilden i arbetsytan, eller rätta sökvägen i {file}.",
                    en: "Put the picture into the workspace, or mend the path in {file}.",
                ),
            )
        })?;
        pictures.insert(path.clone(), bytes);
    }
    Ok(pictures)
}

/// Writes a PDF. The folder for results is made where it is missing; any other folder is
/// the writer's to make, because a misspelt path should not become one.
fn write_pdf(path: &Utf8Path, bytes: &[u8]) -> Result<(), Failure> {
    let folder = path.parent().filter(|folder| folder.file_name() == Some(OUTPUT_FOLDER));
    let made = folder.map_or(Ok(()), std::fs::create_dir_all);
    made.and_then(|()| {
        if path.is_dir() {
            return Err(std::io::ErrorKind::IsADirectory.into());
        }
        write_atomically(&RealFileSystem, path, bytes)
    })
    .map_err(|error| place::cannot_write(path, &error))
}

fn written(path: &str, pages: usize) -> Text {
    let (sida, page) = if pages == 1 { ("sida", "page") } else { ("sidor", "pages") };
    text!(sv: "Skrev {path} ({pages} {sida}).", en: "Wrote {path} ({pages} {page}).")
}

fn refusal(findings: &Findings) -> Failure {
    let errors = findings.diagnostics.iter().any(|finding| finding.severity == Severity::Error);
    if errors {
        Failure::new(
            text!(
                sv: "Ingen PDF är skriven, eftersom det finns fel.",
                en: "No PDF is written, because there are errors.",
            ),
            text!(
                sv: "Rätta felen och bygg igen, eller bygg med --draft: då märks varje sida som utkast.",
                en: "Mend the errors and build again, or build with --draft: every page is then marked as a draft.",
            ),
        )
    } else {
        Failure::new(
            text!(
                sv: "Ingen PDF är skriven, eftersom varningar räknas som fel (--deny warnings).",
                en: "No PDF is written, because warnings count as errors (--deny warnings).",
            ),
            text!(
                sv: "Rätta varningarna, eller bygg utan --deny warnings.",
                en: "Mend the warnings, or build without --deny warnings.",
            ),
        )
    }
}

fn no_report() -> Failure {
    Failure::new(
        text!(
            sv: "Det finns ingen rapport att bygga i arbetsytan.",
            en: "There is no report to build in the workspace.",
        ),
        text!(
            sv: "Skapa en fil vars första rad är till exempel: rapport T1 2025 för norra_innerstaden",
            en: "Create a file whose first line is, for example: rapport T1 2025 för norra_innerstaden",
        ),
    )
}

fn only_drafts(first: &DocumentKey) -> Failure {
    let first = first.report_name();
    Failure::new(
        text!(
            sv: "Varje rapport i arbetsytan är ett utkast, så ingen är färdig att bygga.",
            en: "Every report in the workspace is a draft, so none is ready to be built.",
        ),
        text!(
            sv: "Skriv fas: granskning eller fas: slutlig i rapporten, välj den med --report \"{first}\", eller bygg alla utkast med --draft.",
            en: "Write fas: granskning or fas: slutlig in the report, choose it with --report \"{first}\", or build every draft with --draft.",
        ),
    )
}

fn several(keys: &[DocumentKey]) -> Failure {
    let count = keys.len();
    let first = keys.first().map(DocumentKey::report_name).unwrap_or_default();
    let all = keys.iter().map(DocumentKey::report_name).collect::<Vec<_>>().join(", ");
    Failure::new(
        text!(
            sv: "--output är en enda fil, men {count} rapporter skulle byggas: {all}.",
            en: "--output is one file, but {count} reports would be built: {all}.",
        ),
        text!(
            sv: "Välj en med --report \"{first}\", eller utelämna --output så hamnar de i mappen {OUTPUT_FOLDER}.",
            en: "Choose one with --report \"{first}\", or leave --output out: they go into the folder {OUTPUT_FOLDER}.",
        ),
    )
}

fn unknown_report(asked: &str, reports: &[&DocumentKey]) -> Failure {
    let names: Vec<String> = reports.iter().map(|key| key.report_name()).collect();
    let asked = asked.split_whitespace().collect::<Vec<_>>().join(" ");
    let help = match nearest(&asked, names.iter().map(String::as_str)) {
        Some(near) => text!(sv: "Menade du \"{near}\"?", en: "Did you mean \"{near}\"?"),
        None if names.is_empty() => return no_report(),
        None => {
            let all = names.join(", ");
            text!(sv: "Rapporterna är: {all}.", en: "The reports are: {all}.")
        }
    };
    let message = text!(
        sv: "Rapporten \"{asked}\" finns inte i arbetsytan.",
        en: "There is no report \"{asked}\" in the workspace.",
    );
    Failure::new(message, help)
}

fn not_laid_out(target: &Target, built: &Built, name: &str, error: &WorkerError) -> Failure {
    match error {
        WorkerError::Time(limit) => {
            let seconds = limit.as_secs();
            Failure::new(
                text!(
                    sv: "{name} var inte färdig efter {seconds} sekunder, så bygget avbröts.",
                    en: "{name} was not done after {seconds} seconds, so the build was stopped.",
                ),
                text!(
                    sv: "Försök igen när datorn har mindre att göra; händer det ändå är rapporten för stor för att byggas i ett stycke.",
                    en: "Try again when the computer is less busy; if that does not help, the report is too large to be built in one piece.",
                ),
            )
        }
        WorkerError::Memory(limit) => {
            let megabytes = limit >> 20;
            Failure::new(
                text!(
                    sv: "{name} behöver mer än {megabytes} MiB minne, så bygget avbröts.",
                    en: "{name} needs more than {megabytes} MiB of memory, so the build was stopped.",
                ),
                text!(
                    sv: "Se efter om en bild är onödigt stor, eller dela rapporten.",
                    en: "See whether a picture is larger than it needs to be, or divide the report.",
                ),
            )
        }
        WorkerError::Failure(failure) => {
            // The last defence: no writer should see this, but if one does, it is said
            // which words it was about.
            let place = failure
                .blocks
                .iter()
                .find_map(|block| built.origins.get(usize::try_from(*block).ok()?))
                .map(|anchor| anchor.resolve(target.project.db()));
            match place {
                Some(place) => internal(&format!("{name} ({})", place.file), &error.to_string()),
                None => internal(name, &error.to_string()),
            }
        }
        WorkerError::Crash { .. } | WorkerError::Start(_) => internal(name, &error.to_string()),
    }
}

fn internal(name: &str, reason: &str) -> Failure {
    let reason = output::visible(reason);
    let version = env!("CARGO_PKG_VERSION");
    Failure::new(
        text!(
            sv: "{name} kunde inte byggas, fast inget fel hittades i den. Felet är programmets.",
            en: "{name} could not be built although nothing wrong was found in it. The fault is the program's.",
        ),
        text!(
            sv: "Rapportera felet med den här raden: trc {version}: {reason}",
            en: "Report the fault with this line: trc {version}: {reason}",
        ),
    )
}
