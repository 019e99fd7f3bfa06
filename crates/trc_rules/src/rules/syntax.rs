//! The shape of the source: found while it is read.

use crate::rule::{Level, Rule, Run};

pub static RULE: Rule = Rule {
    id: "syntax",
    level: Level::Error,
    title_sv: "Texten följer språkets form",
    title_en: "The text has the shape of the language",
    since: "0.1.0",
    page: include_str!("syntax.md"),
    run: Run::File,
};
