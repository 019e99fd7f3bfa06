//! A file that a report takes figures from can be read, and has what the report asks for.

use trc_model::Anchor;
use trc_model::data::{DataNote, Weight};
use trc_model::table::{Misfit, tables};

use crate::context::DocumentContext;
use crate::rule::{Level, Rule, Run};

pub static RULE: Rule = Rule {
    id: "data-file",
    level: Level::Error,
    title_sv: "En datafil går att läsa och har det som rapporten hämtar",
    title_en: "A file of data can be read and has what the report takes from it",
    since: "0.1.0",
    page: include_str!("data_file.md"),
    run: Run::Document(document),
};

fn document(cx: &mut DocumentContext<'_, '_>) {
    let mut notes: Vec<(Anchor, &DataNote)> = Vec::new();
    for table in tables(cx.db, cx.workspace, cx.document).values() {
        for misfit in &table.misfits {
            if let Misfit::Data { part, note } = misfit {
                notes.push((Anchor::part(cx.db, table.declaration, *part), note));
            }
        }
    }
    notes.extend(cx.contents.data_notes.iter().map(|(anchor, note)| (anchor.clone(), note)));
    for (anchor, note) in notes {
        let (message, help) = (note.message.clone(), note.help.clone());
        match note.weight {
            Weight::Problem => cx.findings.add(anchor, message, help),
            Weight::Note => cx.findings.inform(anchor, message, help),
            // Another rule's.
            Weight::Contradiction => {}
        }
    }
}
