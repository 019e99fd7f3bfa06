//! Whether an indicator meets its target.

use trc_base::Decimal;
use trc_syntax::value::{self, Absence, Measure, TargetKind};

use crate::db::{Db, Workspace};
use crate::document::contents;
use crate::evaluate::{Evaluator, Value};
use crate::quantity::Quantity;
use crate::report::{Direction, Indicator, Report, Said, TargetOf, said};

/// How an indicator stands to its nearest target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement<'db> {
    pub verdict: Verdict,
    /// What was held against the target.
    pub basis: Basis,
    /// The figure that was held against it, where it is one.
    pub figure: Option<Quantity>,
    pub target: Option<TargetOf<'db>>,
}

/// The answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// `nås`
    Met,
    /// `nås delvis`: the writer's word.
    Partly,
    /// `nås inte`
    Missed,
    /// `går inte att bedöma`
    Unknown,
}

/// What was held against the target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
    Forecast,
    Outcome,
    Nothing,
}

/// The forecast of an indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Forecast {
    Word(Verdict),
    Measure(Measure),
    Absent(Absence),
}

impl Forecast {
    /// Reads a forecast: `nås`, `nås delvis`, `nås inte`, or a measured value.
    ///
    /// # Errors
    /// When it is none of these.
    pub fn parse(text: &str) -> Result<Forecast, value::ValueError> {
        match text {
            "nås" => return Ok(Forecast::Word(Verdict::Met)),
            "nås delvis" => return Ok(Forecast::Word(Verdict::Partly)),
            "nås inte" => return Ok(Forecast::Word(Verdict::Missed)),
            _ => {}
        }
        match value::absence(text) {
            Some(absence) => Ok(Forecast::Absent(absence)),
            None => value::measure(text).map(Forecast::Measure),
        }
    }
}

/// Judges an indicator: the forecast against the nearest target, in a closing report
/// the outcome. Without a forecast the outcome is what there is.
pub fn judge<'db>(
    db: &'db dyn Db,
    workspace: Workspace,
    report: &Report<'db>,
    evaluator: &Evaluator<'db>,
    indicator: &Indicator<'db>,
) -> Judgement<'db> {
    let unknown = |basis| Judgement {
        verdict: Verdict::Unknown,
        basis,
        figure: None,
        target: indicator.target().cloned(),
    };
    let judges_outcome = report.period.as_ref().is_some_and(|period| period.judges_outcome);
    let forecast = indicator.said(db, "prognos").and_then(|said| said.line());
    if !judges_outcome && let Some(Ok(Forecast::Word(verdict))) = forecast.map(Forecast::parse) {
        return Judgement { verdict, ..unknown(Basis::Forecast) };
    }
    let outcome = number(db, evaluator, indicator, "utfall");
    let (basis, figure) = if judges_outcome {
        (Basis::Outcome, outcome)
    } else {
        match number(db, evaluator, indicator, "prognos") {
            Some(figure) => (Basis::Forecast, Some(figure)),
            None => (Basis::Outcome, outcome),
        }
    };
    let Some(figure) = figure else { return unknown(Basis::Nothing) };
    let before = earlier_outcome(db, workspace, report, evaluator, indicator);
    let verdict = compare(evaluator, indicator, &figure, before.as_ref());
    Judgement { verdict, figure: Some(figure), ..unknown(basis) }
}

/// The number in a field that the report gives.
pub fn number<'db>(
    db: &'db dyn Db,
    evaluator: &Evaluator<'db>,
    indicator: &Indicator<'db>,
    field: &str,
) -> Option<Quantity> {
    let line = indicator.said(db, field).and_then(|said: Said<'db>| said.line())?;
    measured(evaluator, indicator, line)
}

fn measured(evaluator: &Evaluator<'_>, indicator: &Indicator<'_>, line: &str) -> Option<Quantity> {
    if value::absence(line).is_some() {
        return None;
    }
    let measure = value::measure(line).ok()?;
    match evaluator.measured(&measure, None, &indicator.unit, &indicator.name) {
        Value::Quantity(quantity) => Some(quantity),
        _ => None,
    }
}

/// Last year's outcome.
pub fn earlier_outcome<'db>(
    db: &'db dyn Db,
    workspace: Workspace,
    report: &Report<'db>,
    evaluator: &Evaluator<'db>,
    indicator: &Indicator<'db>,
) -> Option<Quantity> {
    let previous = report.previous?;
    let mentions = contents(db, workspace, previous).mentions("indikator", &indicator.name);
    measured(evaluator, indicator, said(db, mentions, "utfall")?.line()?)
}

/// Whether a figure reaches the nearest target. `before` is last year's outcome, which
/// `ökning` and `minskning` are held against.
pub fn meets_target(
    evaluator: &Evaluator<'_>,
    indicator: &Indicator<'_>,
    figure: &Quantity,
    before: Option<&Quantity>,
) -> Verdict {
    compare(evaluator, indicator, figure, before)
}

fn compare(
    evaluator: &Evaluator<'_>,
    indicator: &Indicator<'_>,
    figure: &Quantity,
    before: Option<&Quantity>,
) -> Verdict {
    let Some(Ok(target)) = indicator.target().map(|target| &target.target) else {
        return Verdict::Unknown;
    };
    if target.whole_city {
        return Verdict::Unknown;
    }
    let met = match &target.kind {
        TargetKind::Value(measure) => {
            let target = evaluator.measured(measure, None, &indicator.unit, &indicator.name);
            let Some((figure, target)) = comparable(figure, target.quantity()) else {
                return Verdict::Unknown;
            };
            match indicator.direction {
                Some(Direction::Higher) => figure >= target,
                Some(Direction::Lower) => figure <= target,
                Some(Direction::Near) => figure == target,
                None => return Verdict::Unknown,
            }
        }
        TargetKind::AtLeast(bound) | TargetKind::AtMost(bound) | TargetKind::Within(bound) => {
            let measure = Measure { total: bound.clone(), parts: Vec::new(), parts_absent: None };
            let target_value = evaluator.measured(&measure, None, &indicator.unit, &indicator.name);
            let Some((figure, bound)) = comparable(figure, target_value.quantity()) else {
                return Verdict::Unknown;
            };
            match &target.kind {
                TargetKind::AtLeast(_) => figure >= bound,
                TargetKind::AtMost(_) => figure <= bound,
                _ => figure.abs() <= bound.abs(),
            }
        }
        TargetKind::Increase | TargetKind::Decrease => {
            let Some((figure, before)) = comparable(figure, before) else {
                return Verdict::Unknown;
            };
            if target.kind == TargetKind::Increase { figure > before } else { figure < before }
        }
        TargetKind::SetElsewhere(_) | TargetKind::SetLater(_) => return Verdict::Unknown,
    };
    if met { Verdict::Met } else { Verdict::Missed }
}

/// Two figures in the same unit. A computed one, such as `2 av 3`, is rounded to the
/// decimals of the other, but to no fewer than it is printed with: 2 of 3 reach 66,67 %,
/// and 79,6 % do not reach 80 %.
pub fn comparable(figure: &Quantity, other: Option<&Quantity>) -> Option<(Decimal, Decimal)> {
    let other = other?.to_unit(&figure.unit)?;
    let rounded = |it: &Quantity, beside: &Quantity| match it.decimals {
        Some(_) => it.value,
        None => it.printed(Some(beside.value.decimals().max(it.printed(None).decimals()))),
    };
    Some((rounded(figure, &other), rounded(&other, figure)))
}
