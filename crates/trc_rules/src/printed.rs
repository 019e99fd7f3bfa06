//! The figures that a report prints in one row for an indicator, as they are written.

use trc_base::{Decimal, Text, text};
use trc_model::assess::Forecast;
use trc_model::document::contents;
use trc_model::report::{Indicator, Said, TargetOf, said};
use trc_model::{Anchor, Part};
use trc_syntax::value::{self, Measure, QuantityKind, TargetKind};

use crate::context::DocumentContext;

/// A figure that stands in the source with or without a unit.
pub struct Written {
    /// `utfallet`, `årsmålet`; of another document with its name.
    pub label: Text,
    pub value: Decimal,
    pub unit: Option<String>,
    pub anchor: Anchor,
    /// True when the report itself says it.
    pub is_own: bool,
}

impl Written {
    /// The figure as it is written.
    pub fn text(&self) -> String {
        match &self.unit {
            Some(unit) => format!("{} {unit}", self.value),
            None => self.value.to_string(),
        }
    }
}

/// The written figures of an indicator, in the order of the printed columns. What is
/// computed or inserted has its unit from elsewhere.
pub fn written<'db>(cx: &DocumentContext<'_, 'db>, indicator: &Indicator<'db>) -> Vec<Written> {
    let mut out = Vec::new();
    for (field, label) in [
        ("utfall", text!(sv: "utfallet", en: "the outcome")),
        ("prognos", text!(sv: "prognosen", en: "the forecast")),
    ] {
        out.extend(indicator.said(cx.db, field).and_then(|said| of_field(cx, &said, label, true)));
    }
    let nearest = indicator.target();
    let budget = indicator.budget_target(cx.db);
    out.extend(nearest.and_then(|target| of_target(cx, target)));
    if let Some(budget) = budget.filter(|budget| Some(*budget) != nearest) {
        out.extend(of_target(cx, budget));
    }
    if let Some(previous) = cx.report.previous {
        let contents = contents(cx.db, cx.workspace, previous);
        let key = previous.key(cx.db);
        let (period, year) = (key.period.as_deref().unwrap_or_default(), key.year);
        let label = text!(
            sv: "utfallet i {period} {year}",
            en: "the outcome of {period} {year}",
        );
        let said = said(cx.db, contents.mentions("indikator", &indicator.name), "utfall");
        out.extend(said.and_then(|said| of_field(cx, &said, label, false)));
    }
    out
}

fn of_field(
    cx: &DocumentContext<'_, '_>,
    said: &Said<'_>,
    label: Text,
    is_own: bool,
) -> Option<Written> {
    let line = said.line()?;
    if value::absence(line).is_some() || matches!(Forecast::parse(line), Ok(Forecast::Word(_))) {
        return None;
    }
    of_measure(&value::measure(line).ok()?, label, said.anchor(cx.db), is_own)
}

/// Only of a target that is a figure and nothing more: in `högst 10 personer` the noun
/// is no unit.
fn of_target(cx: &DocumentContext<'_, '_>, target: &TargetOf<'_>) -> Option<Written> {
    let TargetKind::Value(measure) = &target.target.as_ref().ok()?.kind else { return None };
    let key = target.document.key(cx.db);
    let label = text!(
        sv: "årsmålet i ”{key}”",
        en: "the target in “{key}”",
    );
    let anchor = Anchor::part(cx.db, target.declaration, Part::Field(target.field));
    of_measure(measure, label, anchor, target.document == cx.document)
}

fn of_measure(measure: &Measure, label: Text, anchor: Anchor, is_own: bool) -> Option<Written> {
    let QuantityKind::Number { value, unit } = &measure.total.kind else { return None };
    let anchor = anchor.within(measure.total.range);
    Some(Written { label, value: *value, unit: unit.clone(), anchor, is_own })
}
