//! The table of a goal's indicators.

use std::cmp::Ordering;

use trc_base::Decimal;
use trc_model::assess::{Forecast, Verdict, comparable, earlier_outcome, judge, number};
use trc_model::evaluate::Value;
use trc_model::fields::FieldType;
use trc_model::quantity::Quantity;
use trc_model::report::{Direction, Goal, Indicator, Said, TargetOf, said};
use trc_model::resolve::{Gender, Surroundings};
use trc_model::vocabulary::{ColumnContent, INDICATORS};
use trc_syntax::value::{self, AbsenceKind, Measure, QuantityKind};

use super::follow_up::{FollowUpColumn, FollowUpRow, FollowUpTable, cell};
use super::goals::capitalised;
use super::{Builder, numbers};
use crate::data::{Block, Inline};

impl<'db> Builder<'db> {
    /// The goal's indicators, each with its analysis under its row.
    pub(super) fn indicator_table(&self, goal: &Goal<'db>) -> Option<Block> {
        let key = goal.shown();
        let table = FollowUpTable {
            level: INDICATORS,
            description: format!("Indikatorer för mål {key}: utfall, prognos och årsmål"),
        };
        let columns = self.columns(INDICATORS);
        let indicators = goal.indicators.iter().filter_map(|name| self.report.indicators.get(name));
        let rows = indicators.map(|indicator| FollowUpRow {
            title: indicator.title.clone(),
            cells: columns.iter().map(|column| self.indicator_cell(indicator, column)).collect(),
            note: indicator.said(self.db, "analys").and_then(|said| {
                let around = Surroundings::of(self.report, "indikator", &indicator.name);
                self.note(INDICATORS, &said, around)
            }),
        });
        self.follow_up_table(table, &columns, rows)
    }

    /// The name of last year's closing report, whether the workspace has it or not.
    pub(super) fn previous_name(&self) -> String {
        match self.report.previous {
            Some(previous) => {
                let key = previous.key(self.db);
                format!("{} {}", key.period.as_deref().unwrap_or_default(), key.year)
            }
            None => {
                let last = self.words.periods.iter().max_by_key(|period| period.ends);
                let year = self.report.year.saturating_sub(1);
                format!("{} {year}", last.map_or("", |period| period.name.as_str()))
            }
        }
    }

    fn indicator_cell(&self, indicator: &Indicator<'db>, column: &FollowUpColumn) -> Vec<Inline> {
        let outcome = || indicator.said(self.db, "utfall");
        cell(match column.content {
            ColumnContent::Men => self.measured(indicator, outcome(), Some(Gender::Men)),
            ColumnContent::Women => self.measured(indicator, outcome(), Some(Gender::Women)),
            ColumnContent::Previous => self.report.previous.map_or_else(String::new, |previous| {
                let mentions = indicator.mentions_in(self.db, self.workspace, previous);
                self.measured(indicator, said(self.db, mentions, "utfall"), None)
            }),
            ColumnContent::Forecast => self.forecast(indicator),
            ColumnContent::Target => self.own_target(indicator),
            ColumnContent::BudgetTarget => indicator
                .budget_target(self.db)
                .map_or_else(String::new, |target| self.target_text(indicator, target)),
            ColumnContent::Period => self.period_of(indicator),
            ColumnContent::Trend => return self.trend(indicator, column),
            ColumnContent::Verdict => return self.verdict(indicator, column),
            ColumnContent::Field(field) => {
                let own = indicator.said(self.db, field.name);
                let said = own.or_else(|| said(self.db, &indicator.above, field.name));
                match field.holds {
                    FieldType::Measure => self.measured(indicator, said, None),
                    _ => return self.plain_field(said, column),
                }
            }
            ColumnContent::Start | ColumnContent::End | ColumnContent::Deviation => String::new(),
        })
    }

    /// Whether the outcome is better than last year's, as good or worse. Of an indicator
    /// that has no direction nobody can say.
    fn trend(&self, indicator: &Indicator<'db>, column: &FollowUpColumn) -> Vec<Inline> {
        let outcome = number(self.db, &self.evaluator, indicator, "utfall");
        let before =
            earlier_outcome(self.db, self.workspace, self.report, &self.evaluator, indicator);
        let Some((now, before)) = outcome.and_then(|now| comparable(&now, before.as_ref())) else {
            return Vec::new();
        };
        let better = match indicator.direction {
            Some(Direction::Higher) => now.cmp(&before),
            Some(Direction::Lower) => before.cmp(&now),
            Some(Direction::Near) | None => return Vec::new(),
        };
        match better {
            Ordering::Greater => self.ranked(column, 0, "bättre"),
            Ordering::Equal => self.ranked(column, 1, "oförändrat"),
            Ordering::Less => self.ranked(column, 2, "sämre"),
        }
    }

    /// Whether the target is met.
    fn verdict(&self, indicator: &Indicator<'db>, column: &FollowUpColumn) -> Vec<Inline> {
        let judged = judge(self.db, self.workspace, self.report, &self.evaluator, indicator);
        let place = Verdict::ALL.iter().position(|known| *known == judged.verdict);
        self.ranked(column, place.unwrap_or_default(), judged.verdict.word())
    }

    /// The committee's target: its own, else the budget's where that is a figure it must
    /// reach.
    fn own_target(&self, indicator: &Indicator<'db>) -> String {
        indicator
            .target()
            .filter(|target| {
                let is_budget = indicator
                    .budget_target(self.db)
                    .is_some_and(|budget| budget.document == target.document);
                !is_budget || is_figure(target)
            })
            .map_or_else(String::new, |target| self.target_text(indicator, target))
    }

    fn target_text(&self, indicator: &Indicator<'db>, target: &TargetOf<'db>) -> String {
        use trc_syntax::value::TargetKind;
        let Ok(read) = &target.target else { return target.text.clone() };
        match &read.kind {
            TargetKind::Value(measure) if !read.whole_city => {
                self.measure_text(indicator, measure, None)
            }
            _ => capitalised(&target.text.replace("±", "± ").replace("±  ", "± ")),
        }
    }

    fn forecast(&self, indicator: &Indicator<'db>) -> String {
        let Some(said) = indicator.said(self.db, "prognos") else { return String::new() };
        let Some(line) = said.line() else { return String::new() };
        match Forecast::parse(line) {
            Ok(Forecast::Word(_)) => capitalised(line),
            _ => self.measured(indicator, Some(said), None),
        }
    }

    fn measured(
        &self,
        indicator: &Indicator<'db>,
        said: Option<Said<'db>>,
        gender: Option<Gender>,
    ) -> String {
        let Some(line) = said.and_then(|said| said.line()) else { return String::new() };
        if let Some(absence) = value::absence(line) {
            return if gender.is_some() { String::new() } else { self.absence_word(absence.kind) };
        }
        match value::measure(line) {
            Ok(measure) => {
                if let (Some(_), Some(absent)) = (gender, &measure.parts_absent) {
                    return self.absence_word(absent.kind);
                }
                self.measure_text(indicator, &measure, gender)
            }
            Err(_) => String::new(),
        }
    }

    /// The printed word for a value that is absent.
    fn absence_word(&self, kind: AbsenceKind) -> String {
        self.words.printed(match kind {
            AbsenceKind::NotMeasured => "ej_mätt",
            AbsenceKind::NonResponse => "bortfall",
            AbsenceKind::NotApplicable => "ej_tillämplig",
            AbsenceKind::Confidential => "sekretess",
        })
    }

    fn measure_text(
        &self,
        indicator: &Indicator<'db>,
        measure: &Measure,
        gender: Option<Gender>,
    ) -> String {
        let value = self.evaluator.measured(measure, gender, &indicator.unit, &indicator.name);
        let Value::Quantity(quantity) = value else { return String::new() };
        let is_share = matches!(measure.total.kind, QuantityKind::Share { .. });
        let decimals = if quantity.decimals.is_none() && is_share { Some(2) } else { None };
        let printed = trimmed(&quantity, decimals);
        self.with_written_unit(&printed, measure, gender)
    }

    /// A bare count that was written with its unit keeps it: `5 st`.
    fn with_written_unit(
        &self,
        quantity: &Quantity,
        measure: &Measure,
        gender: Option<Gender>,
    ) -> String {
        let text = numbers::in_cell(quantity, None);
        if !quantity.unit.is_bare() || gender.is_some() {
            return text;
        }
        match &measure.total.kind {
            QuantityKind::Number { unit: Some(unit), .. } => numbers::beside(&text, unit),
            _ => text,
        }
    }

    fn period_of(&self, indicator: &Indicator<'db>) -> String {
        let year = self.report.year;
        // Due every period of the year, or only when the year is over.
        let Some(period) = &self.report.period else { return year.to_string() };
        let every_period = indicator.due.iter().any(|word| {
            self.words.periods.iter().all(|period| period.reports.iter().any(|due| due == word))
        });
        if every_period { format!("{} {year}", period.title) } else { year.to_string() }
    }
}

fn is_figure(target: &TargetOf<'_>) -> bool {
    use trc_syntax::value::TargetKind;
    target.target.as_ref().is_ok_and(|target| {
        matches!(
            target.kind,
            TargetKind::Value(_)
                | TargetKind::AtLeast(_)
                | TargetKind::AtMost(_)
                | TargetKind::Within(_)
        )
    })
}

/// A share computed from counts, to at most the given decimals.
fn trimmed(quantity: &Quantity, decimals: Option<u32>) -> Quantity {
    match decimals {
        Some(decimals) => {
            let value: Decimal = quantity.value.rounded(decimals);
            Quantity { value, decimals: Some(decimals), ..quantity.clone() }
        }
        None => quantity.clone(),
    }
}
