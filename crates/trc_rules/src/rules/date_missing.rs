//! A report says when it was written.

use trc_base::text;

use crate::context::DocumentContext;
use crate::rule::{Level, Rule, Run};

pub static RULE: Rule = Rule {
    id: "date-missing",
    level: Level::Completeness,
    title_sv: "Rapporten har ett datum",
    title_en: "The report has a date",
    since: "0.1.0",
    page: include_str!("date_missing.md"),
    run: Run::Document(document),
};

fn document(cx: &mut DocumentContext<'_, '_>) {
    if !cx.is_full_report() || cx.contents.field(cx.db, "datum").is_some() {
        return;
    }
    let Some(start) = cx.start() else { return };
    cx.findings.add(
        start,
        text!(
            sv: "Rapporten har inget datum, så läsaren vet inte när den är skriven.",
            en: "The report has no date, so the reader cannot tell when it was written.",
        ),
        text!(
            sv: "Skriv en rad ”datum:” under den första raden, till exempel ”datum: 2025-05-21”.",
            en: "Write a line “datum:” below the first line, such as “datum: 2025-05-21”.",
        ),
    );
}
