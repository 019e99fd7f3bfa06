//! A plan's target asks for no less than the target above it and last year's outcome.

use trc_base::text;
use trc_model::assess::{comparable, earlier_outcome};
use trc_model::document::{Kind, contents};
use trc_model::quantity::Quantity;
use trc_model::report::{Direction, Indicator, TargetOf, reports, said};
use trc_model::{Anchor, Part};
use trc_syntax::value::{Measure, TargetKind};

use crate::context::DocumentContext;
use crate::rule::{Level, Rule, Run};
use crate::words::{figure, short};

pub static RULE: Rule = Rule {
    id: "target-weaker",
    level: Level::Warning,
    title_sv: "Ett årsmål är minst lika högt ställt som det ovanför och som förra årets utfall",
    title_en: "A target asks for no less than the one above it and last year's outcome",
    since: "0.1.0",
    page: include_str!("target_weaker.md"),
    run: Run::Document(document),
};

fn document(cx: &mut DocumentContext<'_, '_>) {
    if cx.kind != Kind::Plan {
        return;
    }
    for indicator in cx.report.indicators.values() {
        let own = indicator.targets.iter().find(|target| target.document == cx.document);
        let Some(own) = own else { continue };
        let Some(bound) = bound(cx, indicator, own) else { continue };
        let above = indicator.targets.iter().filter(|target| target.document != own.document);
        let above = above.filter_map(|above| Some((above, self::bound(cx, indicator, above)?)));
        let weaker_than_above = above
            .take(1)
            .find(|(_, above)| bound.side == above.side && bound.is_weaker_than(&above.figure));
        let before = || {
            earlier_outcome(cx.db, cx.workspace, cx.report, cx.evaluator, indicator)
                .filter(|before| bound.side != Side::Within && bound.is_weaker_than(before))
        };
        let before = if weaker_than_above.is_none() { before() } else { None };
        if (weaker_than_above.is_none() && before.is_none()) || is_motivated(cx, indicator) {
            continue;
        }
        let (name, title, text) = (&indicator.name, short(&indicator.title), &own.text);
        let (sv, en) = match bound.side {
            Side::Floor => ("högre är bättre", "higher is better"),
            Side::Ceiling => ("lägre är bättre", "lower is better"),
            Side::Within => ("närmare noll är bättre", "nearer zero is better"),
        };
        let anchor = Anchor::part(cx.db, own.declaration, Part::Field(own.field));
        let help = text!(
            sv: "Höj ambitionen, eller säg varför i ”indikator {name}”: ”motivering: …”.",
            en: "Raise the ambition, or say why in “indikator {name}”: “motivering: …”.",
        );
        if let Some((above, _)) = weaker_than_above {
            let there = Anchor::part(cx.db, above.declaration, Part::Field(above.field));
            let related = vec![(
                there,
                text!(sv: "Här står årsmålet ovanför.", en: "The target above stands here."),
            )];
            let (asks, key) = (&above.text, above.document.key(cx.db));
            if key.kind == Kind::Budget {
                let message = text!(
                    sv: "Årsmålet {text} för ”{title}” är svagare än kommunfullmäktiges {asks} ({sv}), och ingen motivering säger varför.",
                    en: "The target {text} of “{title}” is weaker than the council's {asks} ({en}), and no motivation says why.",
                );
                cx.findings.add_related(anchor, message, help, related);
            } else {
                let message = text!(
                    sv: "Årsmålet {text} för ”{title}” är svagare än {asks} i ”{key}” ({sv}), och ingen motivering säger varför.",
                    en: "The target {text} of “{title}” is weaker than {asks} in “{key}” ({en}), and no motivation says why.",
                );
                cx.findings.inform_related(anchor, message, help, related);
            }
        } else if let (Some(before), Some(previous)) = (before, cx.report.previous) {
            let (before, key) = (figure(&before), previous.key(cx.db));
            let (period, year) = (key.period.as_deref().unwrap_or_default(), key.year);
            let message = text!(
                sv: "Årsmålet {text} för ”{title}” är svagare än utfallet {before} i {period} {year} ({sv}), och ingen motivering säger varför.",
                en: "The target {text} of “{title}” is weaker than the outcome {before} in {period} {year} ({en}), and no motivation says why.",
            );
            cx.findings.inform(anchor, message, help);
        }
    }
}

/// The figure that a target draws a line at, and on which side the values should be.
struct Bound {
    side: Side,
    figure: Quantity,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Floor,
    Ceiling,
    Within,
}

impl Bound {
    fn is_weaker_than(&self, other: &Quantity) -> bool {
        comparable(&self.figure, Some(other)).is_some_and(|(own, other)| match self.side {
            Side::Floor => own < other,
            Side::Ceiling => own > other,
            Side::Within => own.abs() > other.abs(),
        })
    }
}

/// `None` for a target that is no figure, holds for the whole city, or is a point to be
/// near: of two points none is the weaker.
fn bound(
    cx: &DocumentContext<'_, '_>,
    indicator: &Indicator<'_>,
    target: &TargetOf<'_>,
) -> Option<Bound> {
    let read = target.target.as_ref().ok().filter(|read| !read.whole_city)?;
    let alone = |total: &trc_syntax::value::Quantity| Measure {
        total: total.clone(),
        parts: Vec::new(),
        parts_absent: None,
    };
    let (side, measure) = match &read.kind {
        TargetKind::Value(measure) => match indicator.direction? {
            Direction::Higher => (Side::Floor, measure.clone()),
            Direction::Lower => (Side::Ceiling, measure.clone()),
            Direction::Near => return None,
        },
        TargetKind::AtLeast(figure) => (Side::Floor, alone(figure)),
        TargetKind::AtMost(figure) => (Side::Ceiling, alone(figure)),
        TargetKind::Within(figure) => (Side::Within, alone(figure)),
        _ => return None,
    };
    let value = cx.evaluator.measured(&measure, None, &indicator.unit, &indicator.name);
    Some(Bound { side, figure: value.quantity()?.clone() })
}

/// True when the plan, one above it, or a report on the plan says why.
fn is_motivated(cx: &DocumentContext<'_, '_>, indicator: &Indicator<'_>) -> bool {
    let own = cx.document.key(cx.db);
    indicator.has_motivation(cx.db)
        || reports(cx.db, cx.workspace).into_iter().any(|report| {
            let key = report.key(cx.db);
            let mentions = contents(cx.db, cx.workspace, report);
            let mentions = mentions.mentions("indikator", &indicator.name);
            key.owner == own.owner
                && key.year == own.year
                && said(cx.db, mentions, "motivering").is_some_and(|said| said.has_text())
        })
}
