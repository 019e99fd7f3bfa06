//! What a chart says, in words, for those who do not see it.
//!
//! Few figures are read out. Of many, what the eye sees is told: where they begin and
//! end, the highest and the lowest, and how they move.

use trc_base::Decimal;

use super::{Chart, Form, Series};

/// So many figures can be read out one by one.
const FEW: usize = 6;
/// The most series that are told one by one.
const MOST_SERIES: usize = 8;

impl Chart {
    /// The alternative text.
    pub(in crate::build) fn describe(&self) -> String {
        let kind = match self.form {
            Form::Lines => "Linjediagram",
            Form::Bars => "Stapeldiagram",
            Form::Stacked => "Diagram med staplade staplar",
            Form::Lying => "Diagram med liggande staplar",
        };
        let mut out = format!("{kind}: {}.", self.title.trim_end_matches('.'));
        if !self.unit.is_empty() {
            out.push_str(&format!(" Värdena är i {}.", self.unit));
        }
        if self.series.len() > 1 {
            let names: Vec<&str> = self.series.iter().map(|series| series.name.as_str()).collect();
            out.push_str(&format!(" {} serier: {}.", names.len(), joined(&names)));
        }
        for series in self.series.iter().take(MOST_SERIES) {
            out.push(' ');
            out.push_str(&self.about(series));
        }
        let more = self.series.len().saturating_sub(MOST_SERIES);
        if more > 0 {
            out.push_str(&format!(" Ytterligare {more} serier visas."));
        }
        if let Some(target) = self.target {
            out.push_str(&format!(" Målet {} är utmärkt.", target.to_swedish()));
        }
        out
    }

    fn about(&self, series: &Series) -> String {
        let known: Vec<(&str, Decimal)> = self
            .categories
            .iter()
            .zip(&series.figures)
            .filter_map(|(name, figure)| Some((name.as_str(), (*figure)?)))
            .collect();
        let missing = series.figures.len().saturating_sub(known.len());
        let mut said = match known.as_slice() {
            [] => return format!("{} saknar värden.", series.name),
            few if few.len() <= FEW => {
                let told: Vec<String> = few
                    .iter()
                    .map(|(name, figure)| format!("{name} {}", figure.to_swedish()))
                    .collect();
                format!("{}: {}", series.name, told.join(", "))
            }
            many if self.is_time => course(&series.name, many),
            many => ranking(&series.name, many),
        };
        if self.is_time && (3..=FEW).contains(&known.len()) {
            said.push_str(&format!(" ({})", movement(&known)));
        }
        if missing > 0 {
            let all = series.figures.len();
            said.push_str(&format!("; värde saknas för {missing} av {all}"));
        }
        said.push('.');
        said
    }
}

fn course(name: &str, figures: &[(&str, Decimal)]) -> String {
    let (Some(first), Some(last)) = (figures.first(), figures.last()) else {
        return String::new();
    };
    let (lowest, highest) = extremes(figures);
    format!(
        "{name} {} från {} ({}) till {} ({}), högst {} ({}) och lägst {} ({})",
        movement(figures),
        first.1.to_swedish(),
        first.0,
        last.1.to_swedish(),
        last.0,
        highest.1.to_swedish(),
        highest.0,
        lowest.1.to_swedish(),
        lowest.0,
    )
}

fn ranking(name: &str, figures: &[(&str, Decimal)]) -> String {
    let mut ranked: Vec<&(&str, Decimal)> = figures.iter().collect();
    ranked.sort_by_key(|(_, figure)| std::cmp::Reverse(*figure));
    let told = |list: &[&(&str, Decimal)]| {
        let told: Vec<String> =
            list.iter().map(|(name, figure)| format!("{name} {}", figure.to_swedish())).collect();
        told.join(", ")
    };
    let top = ranked.get(..3).map(told).unwrap_or_default();
    let bottom = ranked.last().map(|last| told(&[*last])).unwrap_or_default();
    format!("{name}, {} staplar: högst {top}; lägst {bottom}", figures.len())
}

/// The lowest and the highest, the first of equals.
fn extremes<'a>(figures: &[(&'a str, Decimal)]) -> ((&'a str, Decimal), (&'a str, Decimal)) {
    let mut lowest = figures.first().copied().unwrap_or_default();
    let mut highest = lowest;
    for figure in figures {
        if figure.1 < lowest.1 {
            lowest = *figure;
        }
        if figure.1 > highest.1 {
            highest = *figure;
        }
    }
    (lowest, highest)
}

/// How figures move from first to last.
fn movement(figures: &[(&str, Decimal)]) -> &'static str {
    let values: Vec<f64> = figures.iter().map(|(_, figure)| figure.to_f64()).collect();
    let (Some(first), Some(last)) = (values.first(), values.last()) else { return "" };
    let size = first.abs().max(last.abs());
    let steps = || values.iter().zip(values.iter().skip(1));
    match () {
        () if (last - first).abs() <= 0.02 * size => "är i stort sett oförändrad",
        () if steps().all(|(before, after)| before <= after) => "ökar hela tiden",
        () if steps().all(|(before, after)| before >= after) => "minskar hela tiden",
        () if last > first => "ökar",
        () => "minskar",
    }
}

/// `a, b och c`
fn joined(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} och {last}", first.join(", ")),
    }
}
