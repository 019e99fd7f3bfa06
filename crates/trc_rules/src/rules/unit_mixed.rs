//! The figures of an indicator all have their unit, or none has.

use trc_base::text;
use trc_model::quantity::Unit;
use trc_model::report::Indicator;

use super::outcome_missing::anchor_of;
use crate::context::DocumentContext;
use crate::printed::{Written, written};
use crate::rule::{Level, Rule, Run};
use crate::words::short;

pub static RULE: Rule = Rule {
    id: "unit-mixed",
    level: Level::Info,
    title_sv: "En indikators värden är skrivna på samma sätt, alla med enhet eller alla utan",
    title_en: "An indicator's figures are written alike, all with their unit or all without",
    since: "0.1.0",
    page: include_str!("unit_mixed.md"),
    run: Run::Document(document),
};

fn document(cx: &mut DocumentContext<'_, '_>) {
    if !cx.is_full_report() {
        return;
    }
    for indicator in cx.report.indicators.values() {
        let Some(unit) = unit_of(cx, indicator) else { continue };
        let figures = written(cx, indicator);
        let (with, without): (Vec<&Written>, Vec<&Written>) =
            figures.iter().partition(|figure| figure.unit.is_some());
        // One in the report itself is pointed at before one of another document.
        let own = |of: &[&Written]| of.iter().position(|figure| figure.is_own);
        let pick = |of: &[&Written]| own(of).or(Some(0)).filter(|index| *index < of.len());
        let (Some(bare), Some(unlike)) = (
            pick(&without).and_then(|index| without.get(index).copied()),
            pick(&with).and_then(|index| with.get(index).copied()),
        ) else {
            continue;
        };
        let (place, other) = if bare.is_own || !unlike.is_own {
            (bare, unlike)
        } else {
            (unlike, bare)
        };
        let anchor = if place.is_own { Some(place.anchor.clone()) } else { anchor_of(cx, indicator) };
        let Some(anchor) = anchor else { continue };
        let title = short(&indicator.title);
        let (a, b) = (bare.text(), unlike.text());
        let (a_sv, a_en) = (&bare.label.sv, &bare.label.en);
        let (b_sv, b_en) = (&unlike.label.sv, &unlike.label.en);
        let message = text!(
            sv: "För ”{title}” står {a_sv} utan enhet ({a}) men {b_sv} med ({b}).",
            en: "Of “{title}”, {a_en} is written without a unit ({a}) but {b_en} with one ({b}).",
        );
        let help = text!(
            sv: "Skriv {a} {unit}, så att alla värden på raden har samma enhet.",
            en: "Write {a} {unit}, so that all figures of the row have the same unit.",
        );
        let related = vec![(
            other.anchor.clone(),
            text!(sv: "Här står det andra värdet.", en: "The other figure stands here."),
        )];
        cx.findings.add_related(anchor, message, help, related);
    }
}

/// The unit that the indicator is measured in, as it is written. An index has none.
fn unit_of<'db>(cx: &DocumentContext<'_, 'db>, indicator: &Indicator<'db>) -> Option<&'db str> {
    let unit = indicator.declared.declaration.facts(cx.db).line("mäts i")?.trim();
    let nameless = matches!(unit, "" | "index" | "antal");
    (!nameless && (!Unit::parse(unit).is_bare() || unit.starts_with("st"))).then_some(unit)
}
