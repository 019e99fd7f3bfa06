//! An indicator that is due while the year goes on has a forecast.

use trc_base::text;

use super::outcome_missing::{anchor_of, is_due};
use crate::context::DocumentContext;
use crate::rule::{Level, Rule, Run};
use crate::standing::{Given, Standing, judges_outcome};
use crate::words::{figure, short};

pub static RULE: Rule = Rule {
    id: "forecast-missing",
    level: Level::Completeness,
    title_sv: "En indikator som redovisas under året har en prognos",
    title_en: "An indicator that is due during the year has a forecast",
    since: "0.1.0",
    page: include_str!("forecast_missing.md"),
    run: Run::Document(document),
};

fn document(cx: &mut DocumentContext<'_, '_>) {
    if !cx.is_full_report() || cx.report.period.is_none() || judges_outcome(cx.report) {
        return;
    }
    for indicator in cx.report.indicators.values() {
        let standing = Standing::of(cx, indicator);
        // Where the outcome is absent with its reason, nothing is known to forecast from.
        let (Given::Figure(outcome), Given::Missing) = (&standing.outcome, &standing.forecast)
        else {
            continue;
        };
        if !is_due(cx, indicator) {
            continue;
        }
        let (name, title, outcome) = (&indicator.name, short(&indicator.title), figure(outcome));
        let period = cx.report.period.as_ref().map_or("", |period| period.name.as_str());
        let year = cx.report.year;
        let Some(anchor) = anchor_of(cx, indicator) else { continue };
        cx.findings.add(
            anchor,
            text!(
                sv: "Indikatorn ”{title}” ska redovisas i {period} {year} och har utfallet {outcome}, men ingen prognos för helåret.",
                en: "The indicator “{title}” is due in {period} {year} and has the outcome {outcome}, but no forecast of the full year.",
            ),
            text!(
                sv: "Skriv ”prognos:” i ”indikator {name}”: ett värde, eller ”nås”, ”nås delvis” eller ”nås inte”. Görs ingen prognos skrivs varför: ”prognos: ej tillämplig, skälet”.",
                en: "Write “prognos:” in “indikator {name}”: a value, or “nås”, “nås delvis” or “nås inte”. If none is made, say why: “prognos: ej tillämplig, reason”.",
            ),
        );
    }
}
