//! An indicator of which nothing is said that it could be judged by.

use trc_base::text;

use super::outcome_missing::{anchor_of, is_asked_for_outcome};
use super::target_missing::lacks_target;
use crate::context::DocumentContext;
use crate::rule::{Level, Rule, Run};
use crate::standing::Standing;
use crate::words::short;

pub static RULE: Rule = Rule {
    id: "indicator-not-assessable",
    level: Level::Info,
    title_sv: "En indikator har något att bedömas efter, eller skälet till att det saknas",
    title_en: "An indicator has something to be judged by, or the reason why not",
    since: "0.1.0",
    page: include_str!("indicator_not_assessable.md"),
    run: Run::Document(document),
};

fn document(cx: &mut DocumentContext<'_, '_>) {
    if !cx.is_full_report() {
        return;
    }
    for indicator in cx.report.indicators.values() {
        let standing = Standing::of(cx, indicator);
        let nothing = !standing.explained
            && standing.outcome.is_unexplained()
            && standing.forecast.is_unexplained()
            && standing.before.is_no_value();
        // A missing outcome that is due and a missing target have rules of their own.
        let said_elsewhere = is_asked_for_outcome(cx, indicator, &standing.outcome)
            || lacks_target(cx.db, indicator);
        if !nothing || said_elsewhere {
            continue;
        }
        let (name, title) = (&indicator.name, short(&indicator.title));
        let Some(anchor) = anchor_of(cx, indicator) else { continue };
        cx.findings.add(
            anchor,
            text!(
                sv: "Indikatorn ”{title}” går inte att bedöma: rapporten har varken utfall, prognos eller analys, och förra årets utfall finns inte heller.",
                en: "The indicator “{title}” cannot be judged: the report has neither outcome, forecast nor analysis, and there is no outcome of last year either.",
            ),
            text!(
                sv: "Skriv i ”indikator {name}” när den mäts, till exempel ”utfall: ej mätt, mäts första gången i höst”, eller en ”prognos:”.",
                en: "Say in “indikator {name}” when it is measured, for example “utfall: ej mätt, mäts första gången i höst”, or write a “prognos:”.",
            ),
        );
    }
}
