//! Units: an indicator's values are in its unit, and formulas do not mix them.

use trc_base::{TextRange, text};
use trc_model::Part;
use trc_model::assess::Forecast;
use trc_model::evaluate::ProblemKind;
use trc_model::fields::{self, FieldType};
use trc_model::items::FieldValue;
use trc_model::quantity::Unit;
use trc_syntax::value;

use super::value_malformed::{written, written_target};
use crate::context::{DeclarationContext, DocumentContext};
use crate::help::Help;
use crate::rule::{Level, Rule, Run};

pub static RULE: Rule = Rule {
    id: "unit-mismatch",
    level: Level::Error,
    title_sv: "Enheterna stämmer överens",
    title_en: "The units agree",
    since: "0.1.0",
    page: include_str!("unit_mismatch.md"),
    run: Run::Both(declaration, document),
};

fn declaration(cx: &mut DeclarationContext<'_, '_>) {
    for inserted in cx.insertions {
        if let Some(Err(problem)) = &inserted.value
            && problem.kind == ProblemKind::Units
        {
            let at = inserted.insertion.formula_range.start();
            cx.findings.add_problem(problem, &inserted.anchor, at);
        }
    }
    table_unit(cx);
    if cx.facts.keyword != "indikator" {
        return;
    }
    let Some(indicator) = cx.report.indicators.get(cx.facts.name()) else { return };
    for (index, field) in cx.facts.fields.iter().enumerate() {
        // These have units of their own.
        if matches!(field.name.as_str(), "svar" | "svarsfrekvens") {
            continue;
        }
        let Some(known) = fields::lookup("indikator", &field.name, cx.kind) else { continue };
        let FieldValue::Line(line) = &field.value else { continue };
        let mut units: Vec<(String, TextRange)> = Vec::new();
        let mut take = |found: Vec<(_, Option<&str>, TextRange)>| {
            for (_, unit, range) in found {
                units.extend(unit.map(|unit| (unit.to_owned(), range)));
            }
        };
        match known.holds {
            FieldType::Measure => {
                if let Ok(measure) = value::measure(line) {
                    take(written(&measure));
                }
            }
            FieldType::Forecast => {
                if let Ok(Forecast::Measure(measure)) = Forecast::parse(line) {
                    take(written(&measure));
                }
            }
            FieldType::Target => {
                if let Ok(target) = value::target(line)
                    && !target.whole_city
                {
                    take(written_target(&target.kind));
                }
            }
            FieldType::NewTarget => {
                if let Ok(new) = value::new_target(line) {
                    take(written_target(&new.target.kind));
                }
            }
            _ => {}
        }
        let Some((unit, range)) = units
            .into_iter()
            .find(|(unit, _)| !fits(&Unit::parse(unit), &indicator.unit))
        else {
            continue;
        };
        let own = match indicator.unit.named() {
            "" => "st",
            own => own,
        };
        cx.findings.add(
            cx.part(Part::Field(index)).within(range),
            text!(
                sv: "Värdet är i {unit} men indikatorn mäts i {own}, så siffrorna går inte att jämföra.",
                en: "The value is in {unit} but the indicator is measured in {own}, so the figures cannot be compared.",
            ),
            text!(
                sv: "Skriv värdet i {own}, eller ändra ”mäts i” där indikatorn är beskriven.",
                en: "Write the value in {own}, or change “mäts i” where the indicator is declared.",
            ),
        );
    }
}

/// A table is in a unit that is known, or in what it counts: children, households. A word
/// that stands for a known unit, such as *miljoner*, would be taken for such a noun, and
/// the figures would be neither converted nor compared.
fn table_unit(cx: &mut DeclarationContext<'_, '_>) {
    if !matches!(cx.facts.keyword.as_str(), "tabell" | "tabelltyp") {
        return;
    }
    let Some(index) = cx.facts.options.iter().position(|(word, _)| word == "i") else { return };
    let Some(unit) = cx.facts.option("i") else { return };
    let measured = |unit: &Unit| cx.report.indicators.values().any(|known| known.unit == *unit);
    if Unit::is_known(unit) || measured(&Unit::parse(unit)) {
        return;
    }
    let Some(meant) = Unit::meant(unit) else { return };
    cx.findings.add(
        cx.part(Part::Option(index)),
        text!(
            sv: "”{unit}” är ingen känd enhet, så tabellens siffror kan varken räknas om eller jämföras.",
            en: "“{unit}” is no known unit, so the table's figures can be neither converted nor compared.",
        ),
        Help::from(text!(sv: "Menade du ”i {meant}”?", en: "Did you mean “i {meant}”?"))
            .likely(unit, meant),
    );
}

/// A value with a unit fits an indicator measured in the same. A bare count (`st`)
/// does not fit an indicator that has a unit.
fn fits(written: &Unit, own: &Unit) -> bool {
    match (written, own) {
        (written, own) if written.is_bare() => own.is_bare(),
        // "högst 10 personer" for something counted: the noun is no unit.
        (Unit::Other(_), own) if own.is_bare() => true,
        (written, own) => written.fits(own) && !own.is_bare(),
    }
}

fn document(cx: &mut DocumentContext<'_, '_>) {
    let values = trc_model::evaluate::values(cx.db, cx.workspace, cx.document);
    for located in &values.problems {
        if located.problem.kind == ProblemKind::Units {
            cx.findings.add_located(located);
        }
    }
}
