//! A figure that is typed and that a file of data gives too is the same.

use trc_model::data::Weight;

use crate::context::DocumentContext;
use crate::rule::{Level, Rule, Run};

pub static RULE: Rule = Rule {
    id: "data-contradicts",
    level: Level::Warning,
    title_sv: "En siffra som står i rapporten stämmer med den i datafilen",
    title_en: "A figure that stands in the report agrees with the one in the file of data",
    since: "0.1.0",
    page: include_str!("data_contradicts.md"),
    run: Run::Document(document),
};

fn document(cx: &mut DocumentContext<'_, '_>) {
    for (anchor, note) in &cx.contents.data_notes {
        if note.weight == Weight::Contradiction {
            cx.findings.add(anchor.clone(), note.message.clone(), note.help.clone());
        }
    }
}
