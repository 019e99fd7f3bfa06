//! A comment to the compiler that it cannot follow: found while the file is read.

use crate::rule::{Level, Rule, Run};

pub static RULE: Rule = Rule {
    id: "suppression-malformed",
    level: Level::Error,
    title_sv: "En kommentar som tillåter något säger vad och varför",
    title_en: "A comment that allows something says what and why",
    since: "0.1.0",
    page: include_str!("suppression_malformed.md"),
    run: Run::File,
};
