//! A forecast of the full year that is worse than what is already reached.

use trc_base::text;
use trc_model::assess::Verdict;

use crate::context::DocumentContext;
use crate::rule::{Level, Rule, Run};
use crate::standing::{Better, Standing, judges_outcome};
use crate::words::{figure, short};

pub static RULE: Rule = Rule {
    id: "forecast-worse-than-outcome",
    level: Level::Info,
    title_sv: "En prognos som är sämre än utfallet hittills har en analys",
    title_en: "A forecast that is worse than the outcome so far has an analysis",
    since: "0.1.0",
    page: include_str!("forecast_worse_than_outcome.md"),
    run: Run::Document(document),
};

fn document(cx: &mut DocumentContext<'_, '_>) {
    if !cx.is_full_report() || judges_outcome(cx.report) {
        return;
    }
    for indicator in cx.report.indicators.values() {
        let standing = Standing::of(cx, indicator);
        if standing.explained || indicator.is_cumulative(cx.db) {
            continue;
        }
        let (Some(outcome), Some(forecast)) =
            (standing.outcome.figure(), standing.forecast.figure())
        else {
            continue;
        };
        let worse = Better::of(cx.evaluator, indicator)
            .and_then(|better| better.is_worse(forecast, outcome))
            .unwrap_or_default();
        // A forecast that misses the target is asked for an analysis because of that.
        let missed =
            matches!(standing.meets(cx, indicator, forecast), Verdict::Missed | Verdict::Partly);
        if !worse || missed {
            continue;
        }
        let Some(said) = indicator.said(cx.db, "prognos") else { continue };
        let (name, title) = (&indicator.name, short(&indicator.title));
        let (outcome, forecast) = (figure(outcome), figure(forecast));
        cx.findings.add(
            said.anchor(cx.db),
            text!(
                sv: "Prognosen för ”{title}” är {forecast}, fast utfallet redan är {outcome}, som är bättre. Ingen analys säger varför året väntas sluta sämre.",
                en: "The forecast of “{title}” is {forecast}, though the outcome already is {outcome}, which is better. No analysis says why the year is expected to end worse.",
            ),
            text!(
                sv: "Är prognosen bara årsmålet en gång till, skriv den siffra som väntas. Annars: skriv ”analys:” i ”indikator {name}”: varför resultatet försämras.",
                en: "If the forecast is only the target once more, write the figure that is expected. Else write “analys:” in “indikator {name}”: why the result gets worse.",
            ),
        );
    }
}
