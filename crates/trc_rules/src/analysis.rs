//! What an analysis speaks of: the goals that it refers to, and whose figures it gives.

use std::collections::BTreeSet;

use trc_model::document::GoalKey;
use trc_model::items::FieldValue;
use trc_model::prose;
use trc_model::report::{Goal, Said};
use trc_model::resolve::{Named, Surroundings};
use trc_syntax::formula::{Argument, Expression, ExpressionKind};

use crate::context::DeclarationContext;

/// What an analysis speaks of.
#[derive(Default)]
pub struct Analysis {
    /// True when there is something to read.
    pub is_there: bool,
    /// The goals that it refers to.
    pub references: BTreeSet<GoalKey>,
    /// The indicators whose figures it inserts or checks, and among them those whose
    /// forecast.
    pub indicators: BTreeSet<String>,
    pub forecasts: BTreeSet<String>,
    /// True when it counts the indicators that meet their targets, or do not.
    pub counts_indicators: bool,
}

impl Analysis {
    /// The analysis of a goal.
    pub fn of(cx: &DeclarationContext<'_, '_>, goal: &Goal<'_>) -> Analysis {
        goal.said(cx.db, "analys").map_or_else(Analysis::default, |said| {
            Analysis::read_from(cx, &said, Surroundings::default())
        })
    }

    pub fn read_from(
        cx: &DeclarationContext<'_, '_>,
        said: &Said<'_>,
        around: Surroundings<'_>,
    ) -> Analysis {
        let mut out = Analysis { is_there: said.has_text(), ..Analysis::default() };
        let FieldValue::Prose(slot) = &said.field.value else { return out };
        let text = prose::prose(cx.db, said.declaration, slot.index);
        out.references = text.references().iter().map(|(target, _)| GoalKey::new(target)).collect();
        for inserted in text.insertions() {
            if let Ok(expression) = &inserted.insertion.formula {
                out.read(cx, expression, around);
            }
        }
        out
    }

    fn read(
        &mut self,
        cx: &DeclarationContext<'_, '_>,
        expression: &Expression,
        around: Surroundings<'_>,
    ) {
        match &expression.kind {
            ExpressionKind::Path(path) => {
                if let Ok(Named::Field { indicator, field, .. }) =
                    cx.evaluator.resolve(path, around)
                {
                    if field == "prognos" {
                        self.forecasts.insert(indicator.clone());
                    }
                    self.indicators.insert(indicator);
                }
            }
            ExpressionKind::Negate(inner) => self.read(cx, inner, around),
            ExpressionKind::Binary { left, right, .. } => {
                self.read(cx, left, around);
                self.read(cx, right, around);
            }
            ExpressionKind::Call { arguments, .. } => {
                for argument in arguments {
                    let inner = match argument {
                        Argument::Expression(inner) => inner,
                        Argument::Words { text, .. } => {
                            self.counts_indicators |= text.starts_with("indikatorer ");
                            continue;
                        }
                    };
                    if let ExpressionKind::Path(path) = &inner.kind {
                        self.counts_indicators |=
                            path.parts.first().is_some_and(|part| part.name == "indikatorer");
                    }
                    self.read(cx, inner, around);
                }
            }
            ExpressionKind::Number { .. } | ExpressionKind::Sum(_) => {}
        }
    }
}
