//! A share is written with its percent sign.

use trc_base::{Decimal, text};
use trc_model::quantity::Unit;

use super::outcome_missing::anchor_of;
use crate::context::DocumentContext;
use crate::printed::written;
use crate::rule::{Level, Rule, Run};
use crate::words::short;

pub static RULE: Rule = Rule {
    id: "share-without-percent",
    level: Level::Warning,
    title_sv: "En andel är skriven med procenttecken",
    title_en: "A share is written with its percent sign",
    since: "0.1.0",
    page: include_str!("share_without_percent.md"),
    run: Run::Document(document),
};

fn document(cx: &mut DocumentContext<'_, '_>) {
    if !cx.is_full_report() {
        return;
    }
    for indicator in cx.report.indicators.values() {
        let first = indicator.title.split_whitespace().next().unwrap_or_default().to_lowercase();
        let is_share = matches!(first.as_str(), "andel" | "andelen");
        // A share of something else, such as kronor per invånare, has a unit of its own.
        if !is_share || !matches!(indicator.unit, Unit::None | Unit::Count | Unit::Percent) {
            continue;
        }
        let figures = written(cx, indicator);
        let Some(figure) = figures.iter().find(|figure| figure.is_own).or(figures.first()) else {
            continue;
        };
        if figures.iter().any(|figure| figure.unit.is_some()) {
            continue;
        }
        let anchor =
            if figure.is_own { Some(figure.anchor.clone()) } else { anchor_of(cx, indicator) };
        let Some(anchor) = anchor else { continue };
        let (title, value) = (short(&indicator.title), figure.text());
        let (sv, en) = (&figure.label.sv, &figure.label.en);
        let is_fraction = |value: Decimal| {
            !value.is_negative() && !value.is_zero() && value < Decimal::ONE
        };
        if figures.iter().all(|figure| is_fraction(figure.value)) {
            let percent = figure.value.mul(Decimal::HUNDRED).map(|percent| {
                percent.rounded(figure.value.decimals().saturating_sub(2)).to_string()
            });
            let percent = percent.unwrap_or_default();
            cx.findings.add(
                anchor,
                text!(
                    sv: "”{title}” är en andel, men {sv} är {value} utan procenttecken. Läsaren vet inte om det är {value} procent eller {percent} procent.",
                    en: "“{title}” is a share, but {en} is {value} without a percent sign. The reader cannot tell whether it is {value} percent or {percent} percent.",
                ),
                text!(
                    sv: "Skriv {percent} % eller {value} %, på samma sätt i alla värden, och ”mäts i: %” där indikatorn är beskriven.",
                    en: "Write {percent} % or {value} %, alike in all figures, and “mäts i: %” where the indicator is declared.",
                ),
            );
        } else {
            cx.findings.inform(
                anchor,
                text!(
                    sv: "”{title}” är en andel, men {sv} är skrivet utan procenttecken ({value}), liksom indikatorns övriga värden.",
                    en: "“{title}” is a share, but {en} is written without a percent sign ({value}), as are the indicator's other figures.",
                ),
                text!(
                    sv: "Skriv {value} %, på samma sätt i alla värden, och ”mäts i: %” där indikatorn är beskriven.",
                    en: "Write {value} %, alike in all figures, and “mäts i: %” where the indicator is declared.",
                ),
            );
        }
    }
}
