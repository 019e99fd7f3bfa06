//! A forecast of the full year that is worse than what is already reached.

use trc_base::{Decimal, text};
use trc_model::assess::{Verdict, comparable};
use trc_model::document::Kind;
use trc_model::quantity::Quantity;
use trc_model::resolve::Surroundings;
use trc_model::Part;

use super::target_missing::lacks_target;
use crate::analysis::Analysis;
use crate::context::DeclarationContext;
use crate::rule::{Level, Rule, Run};
use crate::standing::{Better, Standing, judges_outcome};
use crate::words::{figure, short};

pub static RULE: Rule = Rule {
    id: "forecast-worse-than-outcome",
    level: Level::Info,
    title_sv: "En prognos som är sämre än utfallet hittills har en analys som nämner den",
    title_en: "A forecast that is worse than the outcome so far has an analysis that mentions it",
    since: "0.1.0",
    page: include_str!("forecast_worse_than_outcome.md"),
    run: Run::Declaration(declaration),
};

fn declaration(cx: &mut DeclarationContext<'_, '_>) {
    if cx.kind != Kind::Report || cx.facts.keyword != "indikator" || judges_outcome(cx.report) {
        return;
    }
    let Some((index, _)) = cx.facts.field("prognos") else { return };
    for indicator in cx.facts.names.iter().filter_map(|name| cx.report.indicators.get(name)) {
        // Without a target, that is what is missing.
        if indicator.is_cumulative(cx.db) || lacks_target(cx.db, indicator) {
            continue;
        }
        let standing =
            Standing::in_report(cx.db, cx.workspace, cx.report, cx.evaluator, indicator);
        let (Some(outcome), Some(forecast)) =
            (standing.outcome.figure(), standing.forecast.figure())
        else {
            continue;
        };
        let worse = Better::of(cx.evaluator, indicator)
            .and_then(|better| better.is_worse(forecast, outcome))
            .unwrap_or_default();
        // A forecast that misses the target is asked for an analysis because of that.
        let missed = matches!(
            standing.meets(cx.db, cx.evaluator, indicator, forecast),
            Verdict::Missed | Verdict::Partly
        );
        if !worse || missed || is_round_figure_of(forecast, outcome).unwrap_or_default() {
            continue;
        }
        let (name, title) = (&indicator.name, short(&indicator.title));
        let (outcome, forecast) = (figure(outcome), figure(forecast));
        let (sv, en) = if standing.explained {
            let said = indicator.said(cx.db, "analys");
            let around = Surroundings { indicator: Some(name), ..Surroundings::default() };
            let analysis = said.map(|said| Analysis::read_from(cx, &said, around));
            if analysis.is_some_and(|analysis| analysis.forecasts.contains(name)) {
                continue;
            }
            (
                "Analysen nämner inte prognosen, så läsaren får inte veta varför året väntas sluta sämre.",
                "The analysis does not mention the forecast, so the reader cannot tell why the year is expected to end worse.",
            )
        } else {
            (
                "Ingen analys säger varför året väntas sluta sämre.",
                "No analysis says why the year is expected to end worse.",
            )
        };
        cx.findings.add(
            cx.part(Part::Field(index)),
            text!(
                sv: "Prognosen för ”{title}” är {forecast}, fast utfallet redan är {outcome}, som är bättre. {sv}",
                en: "The forecast of “{title}” is {forecast}, though the outcome already is {outcome}, which is better. {en}",
            ),
            text!(
                sv: "Är prognosen bara årsmålet en gång till, skriv den siffra som väntas. Annars säger ”analys:” i ”indikator {name}” varför resultatet försämras, med siffran infogad: ”{{prognos}}”.",
                en: "If the forecast is only the target once more, write the figure that is expected. Else “analys:” in “indikator {name}” says why the result gets worse, with the figure inserted: “{{prognos}}”.",
            ),
        );
    }
}

/// True when the forecast is so near the outcome that it is but a rounder figure: 3 %
/// after 2,9 % says that nothing will change.
fn is_round_figure_of(forecast: &Quantity, outcome: &Quantity) -> Option<bool> {
    let (forecast, outcome) = comparable(forecast, Some(outcome))?;
    let twentieth = outcome.abs().div(Decimal::from(20))?;
    Some(forecast.sub(outcome)?.abs() < twentieth)
}
