//! How an indicator stands in a report: what is given of it, and which way is better.

use trc_model::assess::{Basis, Forecast, Judgement, Verdict, comparable, judge, number};
use trc_model::evaluate::Evaluator;
use trc_model::quantity::Quantity;
use trc_model::report::{Direction, Indicator, Report, said};
use trc_model::{Db, Workspace, assess};
use trc_syntax::value::{self, AbsenceKind, TargetKind};

use crate::context::DocumentContext;

/// What is given of an indicator.
pub struct Standing {
    pub outcome: Given,
    pub forecast: Given,
    /// Last year's outcome.
    pub before: Given,
    /// True when the report has an analysis of it.
    pub explained: bool,
}

/// What stands in a field that holds a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// Nobody has written the field.
    Missing,
    /// A word for absence, perhaps with its reason.
    Absent {
        kind: AbsenceKind,
        has_reason: bool,
    },
    /// A forecast in words.
    Word(Verdict),
    Figure(Quantity),
    /// It cannot be read or computed, and another rule says why.
    Unknown,
}

impl Given {
    pub fn figure(&self) -> Option<&Quantity> {
        match self {
            Given::Figure(quantity) => Some(quantity),
            _ => None,
        }
    }

    /// True when no value is given, with or without a word about it.
    pub fn is_no_value(&self) -> bool {
        matches!(self, Given::Missing | Given::Absent { .. })
    }

    /// True when no value is given and nothing says why.
    pub fn is_unexplained(&self) -> bool {
        matches!(self, Given::Missing | Given::Absent { has_reason: false, .. })
    }
}

impl Standing {
    pub fn of<'db>(cx: &DocumentContext<'_, 'db>, indicator: &Indicator<'db>) -> Standing {
        Standing::in_report(cx.db, cx.workspace, cx.report, cx.evaluator, indicator)
    }

    pub fn in_report<'db>(
        db: &'db dyn Db,
        workspace: Workspace,
        report: &Report<'db>,
        evaluator: &Evaluator<'db>,
        indicator: &Indicator<'db>,
    ) -> Standing {
        let line = |field| indicator.said(db, field).map(|said| said.line().unwrap_or_default());
        let read = |field| given(line(field), || number(db, evaluator, indicator, field));
        let forecast = match line("prognos").map(Forecast::parse) {
            Some(Ok(Forecast::Word(verdict))) => Given::Word(verdict),
            _ => read("prognos"),
        };
        let before = report.previous.and_then(|previous| {
            let said = said(db, indicator.mentions_in(db, workspace, previous), "utfall")?;
            Some(said.line().unwrap_or_default())
        });
        let before =
            given(before, || assess::earlier_outcome(db, workspace, report, evaluator, indicator));
        let explained = indicator.said(db, "analys").is_some_and(|said| said.has_text());
        Standing { outcome: read("utfall"), forecast, before, explained }
    }

    /// Whether a figure reaches the indicator's nearest target.
    pub fn meets<'db>(
        &self,
        db: &'db dyn Db,
        evaluator: &Evaluator<'db>,
        indicator: &Indicator<'db>,
        figure: &Quantity,
    ) -> Verdict {
        assess::meets_target(db, evaluator, indicator, figure, self.before.figure())
    }
}

fn given(line: Option<&str>, read: impl FnOnce() -> Option<Quantity>) -> Given {
    let Some(line) = line else { return Given::Missing };
    match value::absence(line) {
        Some(absence) => Given::Absent { kind: absence.kind, has_reason: absence.reason.is_some() },
        None => read().map_or(Given::Unknown, Given::Figure),
    }
}

/// True when the report holds the outcome against the target, not the forecast.
pub fn judges_outcome(report: &Report<'_>) -> bool {
    report.period.as_ref().is_some_and(|period| period.judges_outcome)
}

/// The judgement of an indicator that does not reach its target. Of a count that adds
/// up over the year, the outcome says nothing before the year is over.
pub fn missed<'db>(
    db: &'db dyn Db,
    workspace: Workspace,
    report: &Report<'db>,
    evaluator: &Evaluator<'db>,
    indicator: &Indicator<'db>,
) -> Option<Judgement<'db>> {
    let judgement = judge(db, workspace, report, evaluator, indicator);
    let too_early =
        judgement.basis == Basis::Outcome && !judges_outcome(report) && indicator.is_cumulative(db);
    let missed = matches!(judgement.verdict, Verdict::Missed | Verdict::Partly);
    (missed && !too_early).then_some(judgement)
}

/// Which way is better for an indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Better {
    Higher,
    Lower,
    /// The nearer this figure, the better.
    Near(Quantity),
}

impl Better {
    /// As the nearest target has it, else as the indicator's `riktning`.
    pub fn of(evaluator: &Evaluator<'_>, indicator: &Indicator<'_>) -> Option<Better> {
        let target = indicator.target().and_then(|target| target.target.as_ref().ok());
        match target.map(|target| &target.kind) {
            Some(TargetKind::AtLeast(_) | TargetKind::Increase) => return Some(Better::Higher),
            Some(TargetKind::AtMost(_) | TargetKind::Decrease) => return Some(Better::Lower),
            _ => {}
        }
        match indicator.direction? {
            Direction::Higher => Some(Better::Higher),
            Direction::Lower => Some(Better::Lower),
            Direction::Near => {
                let target = target.filter(|target| !target.whole_city)?;
                let TargetKind::Value(measure) = &target.kind else { return None };
                let value = evaluator.measured(measure, None, &indicator.unit, &indicator.name);
                value.quantity().cloned().map(Better::Near)
            }
        }
    }

    /// True when the first figure is worse than the second. `None` when they cannot be
    /// compared.
    pub fn is_worse(&self, figure: &Quantity, other: &Quantity) -> Option<bool> {
        let (a, b) = comparable(figure, Some(other))?;
        Some(match self {
            Better::Higher => a < b,
            Better::Lower => a > b,
            Better::Near(target) => {
                let (_, target) = comparable(figure, Some(target))?;
                a.sub(target)?.abs() > b.sub(target)?.abs()
            }
        })
    }
}
