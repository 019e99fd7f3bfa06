//! A comment that allows what nobody found.

use crate::rule::{Level, Rule, Run};

pub static RULE: Rule = Rule {
    id: "suppression-unused",
    level: Level::Warning,
    title_sv: "En kommentar som tillåter något behövs",
    title_en: "A comment that allows something is needed",
    since: "0.1.0",
    page: include_str!("suppression_unused.md"),
    run: Run::Findings,
};
