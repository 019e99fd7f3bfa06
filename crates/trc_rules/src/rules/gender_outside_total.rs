//! The values of the two genders and their total go together.

use trc_base::{Decimal, text};
use trc_model::Part;
use trc_model::assess::Forecast;
use trc_model::fields::{self, FieldType};
use trc_model::items::FieldValue;
use trc_model::quantity::Quantity;
use trc_model::report::{GenderSplit, Indicator};
use trc_syntax::value::{self, Gender, Measure, TargetKind};

use crate::context::DeclarationContext;
use crate::rule::{Level, Rule, Run};
use crate::words::{figure, short};

pub static RULE: Rule = Rule {
    id: "gender-outside-total",
    level: Level::Warning,
    title_sv: "Könens värden och totalen går ihop",
    title_en: "The values of the genders and the total go together",
    since: "0.1.0",
    page: include_str!("gender_outside_total.md"),
    run: Run::Declaration(declaration),
};

fn declaration(cx: &mut DeclarationContext<'_, '_>) {
    if cx.facts.keyword != "indikator" {
        return;
    }
    let known = cx.facts.names.iter().find_map(|name| cx.report.indicators.get(name));
    let Some(indicator) = known else { return };
    for (index, field) in cx.facts.fields.iter().enumerate() {
        let FieldValue::Line(line) = &field.value else { continue };
        let Some(measure) = measure(cx, &field.name, line) else { continue };
        let of = |gender| {
            let value =
                cx.evaluator.measured(&measure, gender, &indicator.unit, &indicator.name);
            value.quantity().cloned()
        };
        let Some(total) = of(None) else { continue };
        let parts = Parts {
            men: of(Some(Gender::Men)).and_then(|men| men.to_unit(&total.unit)),
            women: of(Some(Gender::Women)).and_then(|women| women.to_unit(&total.unit)),
            total,
        };
        let Some(fault) = parts.fault(indicator) else { continue };
        let (title, name, total) = (short(&indicator.title), &field.name, figure(&parts.total));
        let part = |part: &Option<Quantity>| part.as_ref().map(figure).unwrap_or_default();
        let (men, women) = (part(&parts.men), part(&parts.women));
        let (message, help) = match fault {
            Fault::Outside => (
                text!(
                    sv: "I ”{name}” för ”{title}” är totalen {total}, men könens andelar är {men} (män) och {women} (kvinnor). Totalen av två andelar ligger alltid mellan dem.",
                    en: "In “{name}” of “{title}” the total is {total}, but the shares of the genders are {men} (men) and {women} (women). The total of two shares always lies between them.",
                ),
                text!(
                    sv: "Rätta det värde som är fel. Är könens värden delar som ska bli totalen, skriv ”kön: del av totalen” där indikatorn är beskriven.",
                    en: "Correct the value that is wrong. If the genders' values are parts that make up the total, write “kön: del av totalen” where the indicator is declared.",
                ),
            ),
            Fault::NotTheSum(sum) => (
                text!(
                    sv: "I ”{name}” för ”{title}” är totalen {total}, men {men} (män) och {women} (kvinnor) blir tillsammans {sum}.",
                    en: "In “{name}” of “{title}” the total is {total}, but {men} (men) and {women} (women) make {sum} together.",
                ),
                text!(
                    sv: "Rätta det värde som är fel. Är könens värden andelar inom varje kön, skriv ”kön: andelar” där indikatorn är beskriven.",
                    en: "Correct the value that is wrong. If the genders' values are shares within each gender, write “kön: andelar” where the indicator is declared.",
                ),
            ),
            Fault::Neither(sum) => (
                text!(
                    sv: "I ”{name}” för ”{title}” är totalen {total}. Den ligger varken mellan könens värden, {men} (män) och {women} (kvinnor), eller är deras summa, {sum}.",
                    en: "In “{name}” of “{title}” the total is {total}. It neither lies between the genders' values, {men} (men) and {women} (women), nor is their sum, {sum}.",
                ),
                text!(
                    sv: "Rätta det värde som är fel. Skriv gärna ”kön: andelar”, ”kön: antal” eller ”kön: del av totalen” där indikatorn är beskriven, så kontrolleras värdena efter det.",
                    en: "Correct the value that is wrong. Writing “kön: andelar”, “kön: antal” or “kön: del av totalen” where the indicator is declared has the values checked by that.",
                ),
            ),
            Fault::PartLarger(gender) => {
                let (value, sv, en) = match gender {
                    Gender::Men => (men, "män", "men"),
                    Gender::Women => (women, "kvinnor", "women"),
                };
                (
                    text!(
                        sv: "I ”{name}” för ”{title}” är värdet för {sv}, {value}, större än totalen, {total}.",
                        en: "In “{name}” of “{title}” the value for {en}, {value}, is larger than the total, {total}.",
                    ),
                    text!(
                        sv: "Rätta det värde som är fel, eller flytta det till den period som det hör till.",
                        en: "Correct the value that is wrong, or move it to the period it belongs to.",
                    ),
                )
            }
        };
        cx.findings.add(
            cx.part(Part::Field(index)).within(measure.total.range),
            message,
            help,
        );
    }
}

/// The measured value in a field of the indicator, where it is split by gender. The
/// answers to a survey and their frequency are not split as the indicator is.
fn measure(cx: &DeclarationContext<'_, '_>, field: &str, line: &str) -> Option<Measure> {
    if matches!(field, "svar" | "svarsfrekvens") {
        return None;
    }
    let read = match fields::lookup("indikator", field, cx.kind)?.holds {
        FieldType::Measure => value::measure(line).ok()?,
        FieldType::Forecast => match Forecast::parse(line).ok()? {
            Forecast::Measure(measure) => measure,
            _ => return None,
        },
        FieldType::Target => match value::target(line).ok()?.kind {
            TargetKind::Value(measure) => measure,
            _ => return None,
        },
        _ => return None,
    };
    (!read.parts.is_empty()).then_some(read)
}

/// A total and what is given of each gender, in one unit.
struct Parts {
    total: Quantity,
    men: Option<Quantity>,
    women: Option<Quantity>,
}

#[derive(Debug, PartialEq, Eq)]
enum Fault {
    /// Shares, and the total is not between them.
    Outside,
    /// Parts that have this sum, which is not the total.
    NotTheSum(String),
    /// The indicator does not say what they are, and they cannot be either.
    Neither(String),
    PartLarger(Gender),
}

impl Parts {
    fn fault(&self, indicator: &Indicator<'_>) -> Option<Fault> {
        let (Some(men), Some(women)) = (&self.men, &self.women) else {
            return self.larger(indicator);
        };
        let sum = men.add(women)?;
        let sums = self.is_sum(&sum, indicator.split)?;
        let between = self.is_between(men, women)?;
        match indicator.split {
            Some(GenderSplit::Shares) => (!between).then_some(Fault::Outside),
            Some(GenderSplit::Counts | GenderSplit::PartsOfTotal) => {
                (!sums).then(|| Fault::NotTheSum(figure(&sum)))
            }
            None => (!sums && !between).then(|| Fault::Neither(figure(&sum))),
        }
    }

    /// Each figure may be off by its rounding. Whole numbers of things are not rounded.
    fn is_sum(&self, sum: &Quantity, split: Option<GenderSplit>) -> Option<bool> {
        let distance = sum.value.sub(self.total.value)?.abs();
        let counted = split == Some(GenderSplit::Counts)
            && self.total.unit.is_bare()
            && self.total.decimals == Some(0)
            && sum.decimals == Some(0);
        let allowed =
            if counted { Decimal::ZERO } else { sum.spread.add(self.total.spread)? };
        Some(distance <= allowed)
    }

    fn is_between(&self, men: &Quantity, women: &Quantity) -> Option<bool> {
        let (men, women, total) = (ends(men)?, ends(women)?, ends(&self.total)?);
        Some(men.0.min(women.0) <= total.1 && total.0 <= men.1.max(women.1))
    }

    /// One gender's number of things is no larger than everybody's. An average may be.
    fn larger(&self, indicator: &Indicator<'_>) -> Option<Fault> {
        let (gender, part) = match (&self.men, &self.women) {
            (Some(men), None) => (Gender::Men, men),
            (None, Some(women)) => (Gender::Women, women),
            _ => return None,
        };
        let is_part = match indicator.split {
            Some(GenderSplit::Shares) => false,
            Some(GenderSplit::Counts | GenderSplit::PartsOfTotal) => true,
            None => is_count(indicator) && part.decimals == Some(0),
        };
        (is_part && ends(part)?.0 > ends(&self.total)?.1).then_some(Fault::PartLarger(gender))
    }
}

/// The least and the most that a printed figure may have been.
fn ends(quantity: &Quantity) -> Option<(Decimal, Decimal)> {
    Some((quantity.value.sub(quantity.spread)?, quantity.value.add(quantity.spread)?))
}

/// True when the title says that things are counted, not averaged.
fn is_count(indicator: &Indicator<'_>) -> bool {
    const OF_AVERAGES: [&str; 5] = [" per ", "genomsnitt", "medel", "snitt", "median"];
    let title = indicator.title.to_lowercase();
    indicator.unit.is_bare()
        && title.starts_with("antal")
        && !OF_AVERAGES.iter().any(|word| title.contains(word))
}
