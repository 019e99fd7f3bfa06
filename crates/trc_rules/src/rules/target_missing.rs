//! Every indicator has a target to be held against.

use trc_base::text;
use trc_model::document::Kind;
use trc_model::report::{Indicator, TargetOf};
use trc_model::{Anchor, Db, Part};
use trc_syntax::value::{AbsenceKind, TargetKind};

use super::outcome_missing::anchor_of;
use crate::context::DocumentContext;
use crate::rule::{Level, Rule, Run};
use crate::standing::{Given, Standing};
use crate::words::short;

pub static RULE: Rule = Rule {
    id: "target-missing",
    level: Level::Completeness,
    title_sv: "En indikator som följs upp har ett årsmål",
    title_en: "An indicator that is followed up has a target",
    since: "0.1.0",
    page: include_str!("target_missing.md"),
    run: Run::Document(document),
};

fn document(cx: &mut DocumentContext<'_, '_>) {
    // Without a plan it is the plan that is missing, not a target in it.
    if !cx.is_full_report() || !cx.report.has_plan {
        return;
    }
    for indicator in cx.report.indicators.values() {
        if !lacks_target(cx.db, indicator) || is_explained(cx, indicator) {
            continue;
        }
        let (name, title) = (&indicator.name, short(&indicator.title));
        let message = match indicator.target() {
            Some(target) => {
                let (says, document) = (&target.text, target.document.key(cx.db));
                text!(
                    sv: "Indikatorn ”{title}” har inget årsmål: i ”{document}” står ”{says}”, och planen anger inget. Då går det inte att säga om det nås.",
                    en: "The indicator “{title}” has no target: “{document}” says “{says}”, and the plan gives none. So nobody can say whether it is met.",
                )
            }
            None => text!(
                sv: "Indikatorn ”{title}” har inget årsmål, varken i planen eller i budgeten. Då går det inte att säga om det nås.",
                en: "The indicator “{title}” has no target, neither in the plan nor in the budget. So nobody can say whether it is met.",
            ),
        };
        let related = indicator.target().map(|target| {
            let anchor = Anchor::part(cx.db, target.declaration, Part::Field(target.field));
            (anchor, text!(sv: "Här står det.", en: "It says so here."))
        });
        let Some(anchor) = anchor_of(cx, indicator) else { continue };
        let year = cx.report.year;
        cx.findings.add_related(
            anchor,
            message,
            text!(
                sv: "Skriv ”årsmål:” i ”indikator {name}” i planen. Är målet inte bestämt, skriv det där: ”årsmål: fastställs {year}”, eller säg varför i indikatorns ”analys:”.",
                en: "Write “årsmål:” in “indikator {name}” of the plan. If the target is not decided, say so there: “årsmål: fastställs {year}”, or say why in the indicator's “analys:”.",
            ),
            related.into_iter().collect(),
        );
    }
}

/// True when nobody in the chain gives a target that asks for anything. A plan that
/// itself says when the target is set has said so; the budget leaves it to the plan.
pub(super) fn lacks_target<'db>(db: &'db dyn Db, indicator: &Indicator<'db>) -> bool {
    let asks = |target: &TargetOf<'_>| match &target.target {
        // Another rule says that it cannot be read.
        Err(_) => true,
        Ok(read) => match read.kind {
            TargetKind::SetElsewhere(_) => false,
            TargetKind::SetLater(_) => target.document.key(db).kind == Kind::Plan,
            _ => true,
        },
    };
    !indicator.targets.iter().any(asks) && indicator.said(db, "nytt årsmål").is_none()
}

/// True when the report or the plan says why, or that the indicator does not apply.
fn is_explained(cx: &DocumentContext<'_, '_>, indicator: &Indicator<'_>) -> bool {
    let standing = Standing::of(cx, indicator);
    standing.explained
        || indicator.has_motivation(cx.db)
        || matches!(standing.outcome, Given::Absent { kind: AbsenceKind::NotApplicable, .. })
}
