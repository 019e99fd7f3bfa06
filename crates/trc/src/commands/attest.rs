//! `trc attest`: writes the line with which somebody vouches for a content.

use std::io::Write;
use std::ops::Range;

use trc_base::{Date, Diagnostic, Severity, Text, text};
use trc_model::anchor::{Anchor, Part};
use trc_model::document::{Contents, Document, DocumentKey, GoalKey, Mention, contents};
use trc_model::mark::{MarkLevel, Marked, Subject, marks};
use trc_model::{Db, SourceFile};
use trc_page::fingerprint::fingerprint;
use trc_workspace::{RealFileSystem, clock, write_atomically};

use super::check::check;
use super::{Context, Outcome, reports};
use crate::cli::Attest;
use crate::failure::Failure;
use crate::output::{self, Findings};
use crate::place;

/// What a mark mends, and so must not stand in its way.
const VOID: &str = "attestation-void";

pub fn run(arguments: &Attest, context: &Context, out: &mut dyn Write) -> Result<Outcome, Failure> {
    let who = who(&arguments.who)?;
    let date = date(arguments.date.as_deref())?;
    let target = place::open(None, context)?;
    let key = reports::named(&target, &arguments.report)?;
    let level = MarkLevel::from(arguments.level);
    let subject = subject(arguments);

    let mut findings = check(&target, context);
    findings.diagnostics.retain(stands_in_the_way);
    if !findings.diagnostics.is_empty() {
        return refuse(&findings, context, out);
    }

    let (db, workspace) = (target.project.db(), target.project.workspace());
    let document = Document::new(db, key.clone());
    let Some(print) = fingerprint(db, workspace, document, subject.clone()) else {
        return Err(nothing_printed(&key, &subject));
    };
    let line = format!("{who}, {date}, {print}");
    let held = contents(db, workspace, document);
    let edit = edit(db, held, &subject, level, &line).ok_or_else(|| no_place(&subject))?;

    let path = target.project.path(edit.file.path(db));
    let old = edit.file.text(db);
    let (Some(before), Some(after)) = (old.get(..edit.at.start), old.get(edit.at.end..)) else {
        return Err(no_place(&subject));
    };
    let new = format!("{before}{}{after}", edit.text);
    write_atomically(&RealFileSystem, &path, new.as_bytes())
        .map_err(|error| place::cannot_write(&path, &error))?;
    writeln!(out, "{}: {}: {line}", place::shown(&path)?, level.word())?;
    Ok(Outcome::Clean)
}

fn who(written: &str) -> Result<String, Failure> {
    let who = written.split_whitespace().collect::<Vec<_>>().join(" ");
    if who.is_empty() || who.contains("//") {
        return Err(Failure::new(
            text!(
                sv: "--as säger inte vem som står för innehållet.",
                en: "--as does not say who vouches for the content.",
            ),
            text!(
                sv: "Skriv ett namn eller en roll, till exempel --as \"Stadsdelsdirektör\".",
                en: "Write a name or a role, for example --as \"Stadsdelsdirektör\".",
            ),
        ));
    }
    Ok(who)
}

fn date(written: Option<&str>) -> Result<Date, Failure> {
    let date = match written {
        Some(written) => Date::parse(written),
        None => clock::today(),
    };
    let written = written.unwrap_or_default();
    date.ok_or_else(|| {
        Failure::new(
            text!(
                sv: "”{written}” är inget datum.",
                en: "“{written}” is no date.",
            ),
            text!(
                sv: "Skriv år, månad och dag, till exempel --date 2026-05-20.",
                en: "Write year, month and day, for example --date 2026-05-20.",
            ),
        )
    })
}

fn subject(arguments: &Attest) -> Subject {
    match (&arguments.goal, &arguments.section) {
        (Some(goal), _) => Subject::Goal(GoalKey::new(goal)),
        (None, Some(section)) => Subject::Section(section.clone()),
        (None, None) => Subject::Report,
    }
}

fn stands_in_the_way(finding: &Diagnostic) -> bool {
    finding.severity == Severity::Error && finding.rule != VOID
}

fn refuse(findings: &Findings, context: &Context, out: &mut dyn Write) -> Result<Outcome, Failure> {
    output::write(out, findings, findings.sources.len(), context.show())?;
    out.flush()?;
    let refusal = Failure::new(
        text!(
            sv: "Ingenting är skrivet, eftersom det finns fel: det som är fel ska ingen stå för.",
            en: "Nothing is written, because there are errors: nobody should vouch for what is wrong.",
        ),
        text!(sv: "Rätta felen och kör igen.", en: "Mend the errors and run again."),
    );
    refusal.print(&mut std::io::stderr().lock(), context.language, context.stderr.paint);
    Ok(Outcome::Findings)
}

/// One change of a file.
struct Edit {
    file: SourceFile,
    at: Range<usize>,
    text: String,
}

/// Where the line goes: in the place of the mark that is there, else with the fields of what
/// it is for.
fn edit<'db>(
    db: &'db dyn Db,
    held: &Contents<'db>,
    subject: &Subject,
    level: MarkLevel,
    line: &str,
) -> Option<Edit> {
    let present = marks(db, held);
    let same = |marked: &&Marked<'_>| marked.level == level && marked.subject == *subject;
    if let Some(marked) = present.iter().find(same) {
        return Some(Edit { text: line.to_owned(), ..replaced(db, &marked.anchor(db))? });
    }
    let field = format!("{}: {line}", level.word());
    match subject {
        Subject::Report => beside_the_reports_fields(db, held, &field),
        Subject::Goal(goal) => first_in_a_block(db, held.goals.get(goal)?, &field),
        Subject::Section(section) => {
            let mentions = held.mentions("avsnitt", section);
            first_in_a_block(db, mentions, &field)
                .or_else(|| block_of_its_own(db, mentions, section, &field))
        }
    }
}

/// The field after the one that a report has for certain, or after its first line.
fn beside_the_reports_fields<'db>(
    db: &'db dyn Db,
    held: &Contents<'db>,
    field: &str,
) -> Option<Edit> {
    let anchor = ["granskad", "klar", "fas", "datum"].iter().find_map(|name| {
        let (root, index) = held.field(db, name)?;
        Some(Anchor::part(db, root, Part::Field(index)))
    });
    let anchor = match anchor {
        Some(anchor) => anchor,
        None => Anchor::start(held.roots.first()?.file(db)),
    };
    let place = replaced(db, &anchor)?;
    let text = place.file.text(db);
    let end = end_of_line(text, place.at.end)?;
    Some(Edit { at: end..end, text: format!("{}{field}", line_end(text)), ..place })
}

/// The field first in a block that is for this alone.
fn first_in_a_block<'db>(db: &'db dyn Db, mentions: &[Mention<'db>], field: &str) -> Option<Edit> {
    let declaration = mentions.iter().map(|mention| mention.declaration).find(|declaration| {
        let facts = declaration.facts(db);
        facts.has_body && facts.names.len() == 1
    })?;
    let place = replaced(db, &Anchor::head(db, declaration))?;
    let text = place.file.text(db);
    let brace = place.at.end.checked_add(text.get(place.at.end..)?.find('{')?)?;
    let inside = brace.checked_add(1)?;
    let start = text.get(..place.at.start)?.rfind('\n').map_or(0, |at| at.saturating_add(1));
    let indent: String =
        text.get(start..)?.chars().take_while(|c| matches!(c, ' ' | '\t')).collect();
    let new_line = line_end(text);
    let rest = text.get(inside..)?.trim_start_matches([' ', '\t']);
    // An empty block is closed on a line of its own.
    let close =
        if rest.starts_with(['\r', '\n']) { String::new() } else { format!("{new_line}{indent}") };
    let added = format!("{new_line}{indent}  {field}{close}");
    Some(Edit { at: inside..inside, text: added, ..place })
}

/// A block after the last of the file where the section's text stands.
fn block_of_its_own<'db>(
    db: &'db dyn Db,
    mentions: &[Mention<'db>],
    section: &str,
    field: &str,
) -> Option<Edit> {
    let file = mentions.first()?.declaration.file(db);
    let text = file.text(db);
    let end = text.trim_end().len();
    let new_line = line_end(text);
    let block = format!(
        "{new_line}{new_line}avsnitt {section} {{{new_line}  {field}{new_line}}}{new_line}"
    );
    Some(Edit { file, at: end..text.len(), text: block })
}

/// The bytes of an anchor, to be replaced.
fn replaced(db: &dyn Db, anchor: &Anchor) -> Option<Edit> {
    let range = anchor.resolve(db).range;
    let at = usize::try_from(range.start).ok()?..usize::try_from(range.end).ok()?;
    Some(Edit { file: anchor.file, at, text: String::new() })
}

fn end_of_line(text: &str, from: usize) -> Option<usize> {
    let rest = text.get(from..)?;
    from.checked_add(rest.find(['\r', '\n']).unwrap_or(rest.len()))
}

fn line_end(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

fn nothing_printed(key: &DocumentKey, subject: &Subject) -> Failure {
    let name = key.report_name();
    let Text { sv: what_sv, en: what_en } = subject.text();
    Failure::new(
        text!(
            sv: "{name} skriver inte ut {what_sv}, så det finns inget att stå för.",
            en: "{name} does not print {what_en}, so there is nothing to vouch for.",
        ),
        text!(
            sv: "Skriv målets nummer eller avsnittets namn som i rapporten, till exempel --goal 1.2 eller --section ekonomi.",
            en: "Write the goal's number or the section's name as in the report, for example --goal 1.2 or --section ekonomi.",
        ),
    )
}

fn no_place(subject: &Subject) -> Failure {
    let Text { sv: what_sv, en: what_en } = subject.text();
    Failure::new(
        text!(
            sv: "Rapporten har ingen egen plats för {what_sv}, så raden har ingenstans att stå.",
            en: "The report has no place of its own for {what_en}, so the line has nowhere to stand.",
        ),
        text!(
            sv: "Skriv ett eget block i rapporten först, till exempel: mål 1.2 {{}}",
            en: "Write a block of its own in the report first, for example: mål 1.2 {{}}",
        ),
    )
}
