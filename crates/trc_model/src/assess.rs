//! Whether an indicator meets its target.

use trc_base::Decimal;
use trc_syntax::value::{self, Absence, Measure, TargetKind};

use crate::db::{Db, Workspace};
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
    /// `nås delvis`: the writer's word, or by `delvis från`.
    Partly,
    /// `nås inte`
    Missed,
    /// `går inte att bedöma`
    Unknown,
}

impl Verdict {
    /// Every answer, best first.
    pub const ALL: [Verdict; 4] =
        [Verdict::Met, Verdict::Partly, Verdict::Missed, Verdict::Unknown];

    /// The words for it.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Met => "nås",
            Verdict::Partly => "nås delvis",
            Verdict::Missed => "nås inte",
            Verdict::Unknown => "går inte att bedöma",
        }
    }
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
        let words = [Verdict::Met, Verdict::Partly, Verdict::Missed];
        if let Some(verdict) = words.into_iter().find(|verdict| verdict.word() == text) {
            return Ok(Forecast::Word(verdict));
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
    let verdict = meets_target(db, evaluator, indicator, &figure, before.as_ref());
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
    let mentions = indicator.mentions_in(db, workspace, previous);
    measured(evaluator, indicator, said(db, mentions, "utfall")?.line()?)
}

/// Whether a figure reaches the nearest target. One that misses it but reaches `delvis
/// från` meets it partly. `before` is last year's outcome, which `ökning` and `minskning`
/// are held against.
pub fn meets_target<'db>(
    db: &'db dyn Db,
    evaluator: &Evaluator<'db>,
    indicator: &Indicator<'db>,
    figure: &Quantity,
    before: Option<&Quantity>,
) -> Verdict {
    let Some(Ok(target)) = indicator.target().map(|target| &target.target) else {
        return Verdict::Unknown;
    };
    if target.whole_city {
        return Verdict::Unknown;
    }
    let direction = indicator.direction.or(match &target.kind {
        TargetKind::AtLeast(_) => Some(Direction::Higher),
        TargetKind::AtMost(_) => Some(Direction::Lower),
        _ => None,
    });
    let reaches =
        |kind: &TargetKind| reaches(evaluator, indicator, kind, direction, figure, before);
    match reaches(&target.kind) {
        None => Verdict::Unknown,
        Some(true) => Verdict::Met,
        Some(false) => {
            let partly = said(db, &indicator.above, "delvis från").and_then(|said| said.line());
            let partly = partly.and_then(|line| value::target(line).ok());
            match partly.and_then(|partly| reaches(&partly.kind)) {
                Some(true) => Verdict::Partly,
                _ => Verdict::Missed,
            }
        }
    }
}

/// True when a figure is as good as asked for; `None` when that cannot be said.
fn reaches(
    evaluator: &Evaluator<'_>,
    indicator: &Indicator<'_>,
    asked: &TargetKind,
    direction: Option<Direction>,
    figure: &Quantity,
    before: Option<&Quantity>,
) -> Option<bool> {
    let bound = |bound: &value::Quantity| {
        let measure = Measure { total: bound.clone(), parts: Vec::new(), parts_absent: None };
        evaluator.measured(&measure, None, &indicator.unit, &indicator.name)
    };
    Some(match asked {
        TargetKind::Value(measure) => {
            let target = evaluator.measured(measure, None, &indicator.unit, &indicator.name);
            let (figure, target) = comparable(figure, target.quantity())?;
            match direction? {
                Direction::Higher => figure >= target,
                Direction::Lower => figure <= target,
                Direction::Near => figure == target,
            }
        }
        TargetKind::AtLeast(least) => {
            let (figure, least) = comparable(figure, bound(least).quantity())?;
            figure >= least
        }
        TargetKind::AtMost(most) => {
            let (figure, most) = comparable(figure, bound(most).quantity())?;
            figure <= most
        }
        TargetKind::Within(most) => {
            let (figure, most) = comparable(figure, bound(most).quantity())?;
            figure.abs() <= most.abs()
        }
        TargetKind::Increase => {
            let (figure, before) = comparable(figure, before)?;
            figure > before
        }
        TargetKind::Decrease => {
            let (figure, before) = comparable(figure, before)?;
            figure < before
        }
        TargetKind::SetElsewhere(_) | TargetKind::SetLater(_) => return None,
    })
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
