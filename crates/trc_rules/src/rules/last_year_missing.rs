//! An indicator that is followed up has last year's outcome beside this year's.

use trc_base::text;

use super::outcome_missing::anchor_of;
use crate::context::DocumentContext;
use crate::rule::{Level, Rule, Run};
use crate::standing::{Given, Standing};
use crate::words::short;

pub static RULE: Rule = Rule {
    id: "last-year-missing",
    level: Level::Info,
    title_sv: "Förra årets utfall finns, eller skälet till att det saknas",
    title_en: "Last year's outcome is there, or the reason why not",
    since: "0.1.0",
    page: include_str!("last_year_missing.md"),
    run: Run::Document(document),
};

fn document(cx: &mut DocumentContext<'_, '_>) {
    // Where the workspace has nothing of last year, nothing is missing in it.
    let Some(previous) = cx.report.previous.filter(|_| cx.is_full_report()) else { return };
    let document = previous.key(cx.db);
    let (period, year) = (document.period.as_deref().unwrap_or_default(), document.year);
    for indicator in cx.report.indicators.values() {
        let standing = Standing::of(cx, indicator);
        // Without a value of this year, the rules on what is missing there speak.
        if standing.explained
            || standing.before != Given::Missing
            || standing.outcome.figure().is_none()
        {
            continue;
        }
        let new = cx.report.year;
        let (name, title) = (&indicator.name, short(&indicator.title));
        let Some(anchor) = anchor_of(cx, indicator) else { continue };
        cx.findings.add(
            anchor,
            text!(
                sv: "Indikatorn ”{title}” har ett utfall i år men inget i {period} {year}, och ingenting säger varför.",
                en: "The indicator “{title}” has an outcome this year but none in {period} {year}, and nothing says why.",
            ),
            text!(
                sv: "Skriv i ”{document}”: ”indikator {name} {{ utfall: … }}”. Är indikatorn ny skrivs ”utfall: ej tillämplig, ny {new}”.",
                en: "Write in “{document}”: “indikator {name} {{ utfall: … }}”. If the indicator is new, write “utfall: ej tillämplig, ny {new}”.",
            ),
        );
    }
}
