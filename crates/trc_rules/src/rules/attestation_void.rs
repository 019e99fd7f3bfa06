//! A mark whose content has changed since.

use trc_base::{Text, text};
use trc_model::document::{DocumentKey, contents};
use trc_model::mark::{MarkLevel, Marked, Subject, marks};
use trc_model::report::{report, reports};
use trc_page::fingerprint::{Standing, is_other_form, standing};

use crate::context::WorkspaceContext;
use crate::rule::{Level, Rule, Run};

pub static RULE: Rule = Rule {
    id: "attestation-void",
    level: Level::Completeness,
    title_sv: "Den som står för ett innehåll står för det som skrivs ut",
    title_en: "Whoever vouches for a content vouches for what is printed",
    since: "0.1.0",
    page: include_str!("attestation_void.md"),
    // What is printed may come from any file, and to print it takes longer than a
    // keystroke.
    run: Run::Workspace(workspace),
};

fn workspace(cx: &mut WorkspaceContext<'_, '_>) {
    for document in reports(cx.db, cx.workspace) {
        let void: Vec<Marked<'_>> = marks(cx.db, contents(cx.db, cx.workspace, document))
            .into_iter()
            .filter(|marked| standing(cx.db, cx.workspace, document, marked) == Standing::Void)
            .collect();
        if void.is_empty() {
            continue;
        }
        cx.findings.phase = report(cx.db, cx.workspace, document).phase;
        for marked in &void {
            let other_form = marked.mark.fingerprint.as_deref().is_some_and(is_other_form);
            let message = if other_form { of_other_form(marked) } else { changed(marked) };
            // The parts that somebody has marked tell where to look.
            let parts = void.iter().filter(|part| {
                marked.subject == Subject::Report && part.subject != Subject::Report && !other_form
            });
            let related = parts.map(|part| (part.anchor(cx.db), part_changed(part))).collect();
            let help = help(document.key(cx.db), marked, other_form);
            cx.findings.add_related(marked.anchor(cx.db), message, help, related);
        }
    }
}

fn changed(marked: &Marked<'_>) -> Text {
    let Text { sv: of_sv, en: of_en } = marked.subject.text();
    let Text { sv: did_sv, en: did_en } = did(marked.level);
    let (who, date) = (&marked.mark.who, marked.mark.date);
    text!(
        sv: "Innehållet i {of_sv} är inte längre det som {who} {did_sv} {date}, så ingen står för det som skrivs ut nu.",
        en: "The content of {of_en} is no longer what {who} {did_en} on {date}, so nobody vouches for what is printed now.",
    )
}

fn of_other_form(marked: &Marked<'_>) -> Text {
    let Text { sv: of_sv, en: of_en } = marked.subject.text();
    let written = marked.mark.fingerprint.as_deref().unwrap_or_default();
    let (form, _) = written.split_once(':').unwrap_or((written, ""));
    text!(
        sv: "Fingeravtrycket har formen {form}, som det här programmet inte kan räkna ut, så det går inte att se om innehållet i {of_sv} har ändrats.",
        en: "The fingerprint has the form {form}, which this program cannot compute, so nobody can tell whether the content of {of_en} has changed.",
    )
}

fn part_changed(part: &Marked<'_>) -> Text {
    let Text { sv: of_sv, en: of_en } = part.subject.text();
    let date = part.mark.date;
    text!(
        sv: "Här har {of_sv} ändrats sedan {date}.",
        en: "Here {of_en} has changed since {date}.",
    )
}

fn help(key: &DocumentKey, marked: &Marked<'_>, other_form: bool) -> Text {
    let mut command = format!("trc attest \"{}\"", key.report_name());
    match &marked.subject {
        Subject::Report => {}
        Subject::Goal(goal) => command.push_str(&format!(" --goal {goal}")),
        Subject::Section(section) => command.push_str(&format!(" --section {section}")),
    }
    if marked.level != MarkLevel::Attested {
        command.push_str(&format!(" --level {}", marked.level.word()));
    }
    command.push_str(&format!(" --as \"{}\"", marked.mark.who));
    let who = &marked.mark.who;
    if other_form {
        return text!(
            sv: "Byt till en utgåva av trc som räknar ut formen, eller läs igenom innehållet och skriv raden på nytt: {command}",
            en: "Change to a release of trc that computes the form, or read the content and write the line anew: {command}",
        );
    }
    text!(
        sv: "Ångra ändringen om den inte var avsedd. Annars läser {who} igenom innehållet och skriver raden på nytt: {command}",
        en: "Undo the change if it was not intended. Otherwise {who} reads the content and writes the line anew: {command}",
    )
}

fn did(level: MarkLevel) -> Text {
    match level {
        MarkLevel::Ready => text!(sv: "satte som klart", en: "marked as ready"),
        MarkLevel::Reviewed => text!(sv: "granskade", en: "reviewed"),
        MarkLevel::Attested => text!(sv: "attesterade", en: "attested"),
    }
}
