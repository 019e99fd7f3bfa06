//! A report follows a plan.

use trc_base::text;
use trc_model::document::Kind;

use crate::context::DocumentContext;
use crate::rule::{Level, Rule, Run};

pub static RULE: Rule = Rule {
    id: "plan-missing",
    level: Level::Error,
    title_sv: "Rapporten har en plan att följa upp",
    title_en: "The report has a plan to follow up",
    since: "0.1.0",
    page: include_str!("plan_missing.md"),
    run: Run::Document(document),
};

fn document(cx: &mut DocumentContext<'_, '_>) {
    // A unit may have nothing of its own to plan: it follows the plan above.
    let db = cx.db;
    let has_plan = || cx.report.chain.iter().any(|above| above.key(db).kind == Kind::Plan);
    if !cx.is_full_report() || cx.report.has_plan || has_plan() {
        return;
    }
    let Some(start) = cx.start() else { return };
    let key = cx.document.key(cx.db);
    let (year, owner) = (key.year, &key.owner);
    cx.findings.add(
        start,
        text!(
            sv: "Det finns ingen verksamhetsplan {year} för {owner}, så det går inte att se vad rapporten ska följa upp.",
            en: "There is no verksamhetsplan {year} for {owner}, so it is unknown what the report should follow up.",
        ),
        text!(
            sv: "Lägg till en fil vars första rad är ”verksamhetsplan {year} för {owner}”, eller rätta år och namn på rapportens första rad.",
            en: "Add a file whose first line is “verksamhetsplan {year} för {owner}”, or correct the year and name in the report's first line.",
        ),
    );
}
