//! A type says one thing.

use trc_model::vocabulary::FaultKind;

use crate::context::DocumentContext;
use crate::faults;
use crate::rule::{Level, Rule, Run};

pub static RULE: Rule = Rule {
    id: "type-contradictory",
    level: Level::Error,
    title_sv: "En mall säger inte emot sig själv",
    title_en: "A template does not contradict itself",
    since: "0.1.0",
    page: include_str!("type_contradictory.md"),
    run: Run::Document(document),
};

fn document(cx: &mut DocumentContext<'_, '_>) {
    faults::say(cx, |kind| {
        matches!(
            kind,
            FaultKind::Ring { .. }
                | FaultKind::RequiredButHidden { .. }
                | FaultKind::ShownButHidden { .. }
                | FaultKind::StatusBothWays
                | FaultKind::SecondNamedLevel { .. }
        )
    });
}
