//! The bytes of a file: found while it is read.

use crate::rule::{Level, Rule, Run};

pub static RULE: Rule = Rule {
    id: "encoding",
    level: Level::Error,
    title_sv: "Filen är sparad som UTF-8",
    title_en: "The file is saved as UTF-8",
    since: "0.1.0",
    page: include_str!("encoding.md"),
    run: Run::File,
};
