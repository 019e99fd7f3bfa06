//! One report type holds for a report.

use trc_base::text;
use trc_model::document::Kind;
use trc_model::organisation::organisation;
use trc_model::vocabulary::FaultKind;

use crate::context::DocumentContext;
use crate::faults;
use crate::rule::{Level, Rule, Run};

pub static RULE: Rule = Rule {
    id: "type-ambiguous",
    level: Level::Error,
    title_sv: "En rapport har en rapporttyp",
    title_en: "A report has one report type",
    since: "0.1.0",
    page: include_str!("type_ambiguous.md"),
    run: Run::Document(document),
};

fn document(cx: &mut DocumentContext<'_, '_>) {
    faults::say(cx, |kind| matches!(kind, FaultKind::Tie { .. }));
    if cx.kind == Kind::Report {
        report(cx);
    }
}

/// The report whose type is in doubt, too: whoever writes it may not be who declares types.
fn report(cx: &mut DocumentContext<'_, '_>) {
    let key = cx.document.key(cx.db);
    let unit = organisation(cx.db, cx.workspace).units.get(&key.owner);
    let kind = unit.map_or(cx.words.usual_unit_kind(), |unit| &unit.kind);
    let Some(fault) = key.period.as_deref().and_then(|period| cx.words.tie(period, kind)) else {
        return;
    };
    let FaultKind::Tie { names: [first, second], .. } = &fault.kind else { return };
    let (Some(start), used) = (cx.start(), cx.report.report_type.as_ref()) else { return };
    let used = used.map_or("", |report_type| report_type.name.as_str());
    let here = |anchor: &trc_model::Anchor, name: &str| {
        (anchor.clone(), text!(sv: "Här gäller ”{name}”.", en: "“{name}” holds here."))
    };
    let related = fault.related.iter().map(|anchor| here(anchor, first));
    let related = related.chain([here(&fault.anchor, second)]).collect();
    cx.findings.add_related(
        start,
        text!(
            sv: "Två rapporttyper gäller för rapporten, ”{first}” och ”{second}”. Tills det är rett används ”{used}”.",
            en: "Two report types hold for the report, “{first}” and “{second}”. Until that is settled, “{used}” is used.",
        ),
        text!(
            sv: "Rätta ”gäller” i den ena av rapporttyperna.",
            en: "Correct “gäller” in one of the report types.",
        ),
        related,
    );
}
