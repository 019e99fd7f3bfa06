//! `trc check`: says what is wrong.

mod fix;

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Arc;

use trc_base::{Language, text};
use trc_model::SourceFile;
use trc_model::subject::subject;

use super::{Context, Outcome};
use crate::baseline;
use crate::cli::Check;
use crate::failure::Failure;
use crate::output::{self, Findings, Source};
use crate::place::{self, Target};
use crate::progress::Progress;

pub fn run(arguments: &Check, context: &Context, out: &mut dyn Write) -> Result<Outcome, Failure> {
    let mut target = place::open(arguments.path.as_deref(), context)?;
    let mut findings = if arguments.fix {
        let mended = fix::mend(arguments, &mut target, context);
        if arguments.diff {
            mended.show(out, &target.prefix)?;
            let found = mended.is_anything();
            return Ok(if found { Outcome::Findings } else { Outcome::Clean });
        }
        mended.write(&target)?;
        // Standard output is the findings'.
        let _ = writeln!(std::io::stderr().lock(), "{}", mended.told().get(context.language));
        mended.findings
    } else {
        check(&target, context)
    };
    // Before a part is picked: what the rest of the workspace has stays known.
    baseline::apply(arguments, &target, context, &mut findings)?;
    findings.diagnostics.retain(|finding| target.covers(&finding.location.file));
    let counted = findings.sources.keys().filter(|file| target.covers(file)).count();
    if arguments.statistics {
        if context.format.is_for_findings() {
            return Err(not_for_statistics());
        }
        output::write_statistics(out, &findings, counted, context.show())?;
    } else {
        output::write(out, &findings, counted, context.show())?;
    }
    Ok(context.outcome(&findings.diagnostics))
}

/// Everything that is wrong in a workspace, whatever part of it was asked for: a
/// mistake in a plan shows in the report.
pub fn check(target: &Target, context: &Context) -> Findings {
    let _progress = Progress::start(
        context.stderr,
        match context.language {
            Language::Sv => "Kontrollerar …",
            Language::En => "Checking …",
        },
    );
    let project = &target.project;
    let db = project.db();
    let mut diagnostics = project.diagnostics();
    diagnostics.extend(trc_rules::check(db, project.workspace()));
    diagnostics.sort();

    let mut sources: BTreeMap<Arc<str>, Source> = project
        .files()
        .map(|(_, file)| (Arc::clone(file.path(db)), Source::new(file.text(db).clone())))
        .collect();
    // The settings are shown only where something is wrong with them.
    for diagnostic in &diagnostics {
        let file = &diagnostic.location.file;
        if **file == *trc_workspace::config::FILE_NAME {
            let text = project.config_text().to_owned();
            sources.entry(Arc::clone(file)).or_insert_with(|| Source::new(text));
        }
    }
    let by_path: BTreeMap<&str, SourceFile> = project.files().collect();
    let subjects = diagnostics
        .iter()
        .filter_map(|diagnostic| {
            let file = by_path.get(&*diagnostic.location.file)?;
            let subject = subject(db, *file, diagnostic.location.range);
            Some((diagnostic.location.clone(), subject))
        })
        .collect();
    Findings { diagnostics, sources, subjects, prefix: target.prefix.clone() }
}

fn not_for_statistics() -> Failure {
    Failure::new(
        text!(
            sv: "--statistics räknar anmärkningar, men det formatet visar varje för sig.",
            en: "--statistics counts findings, but that format shows each by itself.",
        ),
        text!(
            sv: "Skriv --format full, concise eller json, eller utelämna --statistics.",
            en: "Write --format full, concise or json, or leave --statistics out.",
        ),
    )
}
