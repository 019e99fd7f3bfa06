//! A forecast that meets the target although the outcome so far does not.

use trc_base::text;
use trc_model::assess::Verdict;
use trc_model::vocabulary::Condition;

use super::target_missed_without_analysis::requires;
use crate::context::DocumentContext;
use crate::rule::{Level, Rule, Run};
use crate::standing::{Given, Standing, judges_outcome};
use crate::words::{figure, short};

pub static RULE: Rule = Rule {
    id: "forecast-optimistic",
    level: Level::Warning,
    title_sv: "En prognos som når målet fast utfallet inte gör det har en analys",
    title_en: "A forecast that meets the target though the outcome does not has an analysis",
    since: "0.1.0",
    page: include_str!("forecast_optimistic.md"),
    run: Run::Document(document),
};

fn document(cx: &mut DocumentContext<'_, '_>) {
    // A report type that asks for the analysis of every improvement asks for this one.
    if !cx.is_full_report()
        || judges_outcome(cx.report)
        || requires(cx, &Condition::ForecastBetterThanOutcome)
    {
        return;
    }
    for indicator in cx.report.indicators.values() {
        let standing = Standing::of(cx, indicator);
        if standing.explained || indicator.is_cumulative(cx.db) {
            continue;
        }
        let Some(outcome) = standing.outcome.figure() else { continue };
        if !matches!(standing.meets(cx.db, cx.evaluator, indicator, outcome), Verdict::Missed | Verdict::Partly) {
            continue;
        }
        let target = indicator.target().map_or("", |target| target.text.as_str());
        let (name, title, outcome) = (&indicator.name, short(&indicator.title), figure(outcome));
        let message = match &standing.forecast {
            Given::Word(Verdict::Met) => text!(
                sv: "Prognosen för ”{title}” är att årsmålet {target} nås, men utfallet hittills är {outcome}. Ingen analys säger vad som ska ändra det.",
                en: "The forecast of “{title}” is that the target {target} is met, but the outcome so far is {outcome}. No analysis says what will change it.",
            ),
            Given::Figure(forecast)
                if standing.meets(cx.db, cx.evaluator, indicator, forecast) == Verdict::Met =>
            {
                let forecast = figure(forecast);
                text!(
                    sv: "Prognosen för ”{title}” är {forecast} och når årsmålet {target}, men utfallet hittills är {outcome}. Ingen analys säger vad som ska ändra det.",
                    en: "The forecast of “{title}” is {forecast} and meets the target {target}, but the outcome so far is {outcome}. No analysis says what will change it.",
                )
            }
            _ => continue,
        };
        let Some(said) = indicator.said(cx.db, "prognos") else { continue };
        cx.findings.add(
            said.anchor(cx.db),
            message,
            text!(
                sv: "Skriv ”analys:” i ”indikator {name}”: vad som ska göra resultatet bättre. Läggs antalen ihop under året skrivs i stället ”kumulativ: ja” där indikatorn är beskriven.",
                en: "Write “analys:” in “indikator {name}”: what will make the result better. If the numbers add up over the year, write “kumulativ: ja” instead where the indicator is declared.",
            ),
        );
    }
}
