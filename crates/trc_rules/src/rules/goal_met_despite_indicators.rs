//! A goal that is judged met in full although an indicator of it is not.

use trc_base::text;
use trc_model::assess::{Basis, Judgement, Verdict};
use trc_model::document::{GoalKey, Kind};
use trc_model::report::{Goal, Indicator, Report};
use trc_model::vocabulary::Scale;
use trc_model::Part;

use crate::analysis::Analysis;
use crate::context::DeclarationContext;
use crate::rule::{Level, Rule, Run};
use crate::standing::missed;
use crate::words::{figure, short};

pub static RULE: Rule = Rule {
    id: "goal-met-despite-indicators",
    level: Level::Info,
    title_sv: "Ett mål som nås helt fast en indikator inte gör det säger varför",
    title_en: "A goal that is met in full though an indicator is not says why",
    since: "0.1.0",
    page: include_str!("goal_met_despite_indicators.md"),
    run: Run::Declaration(declaration),
};

fn declaration(cx: &mut DeclarationContext<'_, '_>) {
    if cx.kind != Kind::Report || cx.facts.keyword != "mål" || cx.report.outcomes_only {
        return;
    }
    let (Some((index, _)), Some(scale)) = (cx.facts.field("status"), scale(cx)) else { return };
    if cx.facts.line("status").and_then(|word| step(scale, word)) != Some(0) {
        return;
    }
    for name in &cx.facts.names {
        if let Some(goal) = cx.report.goal(&GoalKey::new(name)) {
            of_goal(cx, goal, index);
        }
    }
}

fn of_goal(cx: &mut DeclarationContext<'_, '_>, goal: &Goal<'_>, index: usize) {
    let analysis = Analysis::of(cx, goal);
    let mut silent = unsaid(cx, goal, std::slice::from_ref(&analysis));
    // A unit's goal is how the unit answers for the goals above it, which are judged by
    // somebody else: their indicators are taken up by one of the goals under them.
    let mut above = goal.parent.as_ref().filter(|_| goal.is_named());
    while let Some(parent) = above.and_then(|key| cx.report.goal(key))
        && parent.said(cx.db, "status").is_none()
    {
        let analyses: Vec<Analysis> =
            cx.report.below(parent, false).into_iter().map(|goal| Analysis::of(cx, goal)).collect();
        silent.extend(unsaid(cx, parent, &analyses));
        above = parent.parent.as_ref();
    }
    let Some((indicator, judgement)) = silent.first() else { return };
    let (key, title) = (&goal.key, short(&goal.title));
    let word = cx.facts.line("status").unwrap_or_default();
    let (name, of) = (&indicator.name, short(&indicator.title));
    let target = judgement.target.as_ref().map_or("", |target| target.text.as_str());
    let (sv, en) = match &judgement.figure {
        Some(value) => {
            let value = figure(value);
            (format!(" ({value} mot årsmålet {target})"), format!(" ({value}, the target is {target})"))
        }
        None => (format!(" {target}"), format!(" {target}")),
    };
    let (more_sv, more_en) = match silent.len().saturating_sub(1) {
        0 => (String::new(), String::new()),
        n => (format!(", och det gäller {n} till"), format!(", and so do {n} more")),
    };
    let (miss_sv, miss_en) = match judgement.verdict {
        Verdict::Partly => ("bara delvis", "only partly meets"),
        _ => ("inte", "misses"),
    };
    let (silence_sv, silence_en) = if analysis.is_there {
        (
            "Målets analys nämner inte den siffran.",
            "The goal's analysis does not mention that figure.",
        )
    } else {
        ("Målet har ingen analys som säger varför.", "The goal has no analysis that says why.")
    };
    let field = match judgement.basis {
        Basis::Forecast => "prognos",
        _ => "utfall",
    };
    let related = silent
        .iter()
        .filter_map(|(indicator, _)| {
            let said = indicator.said(cx.db, field).or_else(|| indicator.said(cx.db, "utfall"))?;
            let title = short(&indicator.title);
            Some((
                said.anchor(cx.db),
                text!(
                    sv: "”{title}” når inte sitt årsmål helt.",
                    en: "“{title}” does not fully meet its target.",
                ),
            ))
        })
        .collect();
    cx.findings.add_related(
        cx.part(Part::Field(index)),
        text!(
            sv: "Mål {key} ”{title}” är ”{word}”, men indikatorn ”{of}” når {miss_sv} sitt årsmål{sv}{more_sv}. {silence_sv}",
            en: "Goal {key} “{title}” is “{word}”, but the indicator “{of}” {miss_en} its target{en}{more_en}. {silence_en}",
        ),
        text!(
            sv: "Skriv i analysen av mål {key} varför målet ändå nås, och infoga siffran med ”{{{name}.{field}}}”, eller ändra statusen.",
            en: "Say in the analysis of goal {key} why the goal is met all the same, and insert the figure with “{{{name}.{field}}}”, or change the status.",
        ),
        related,
    );
}

/// The indicators of a goal that are missed, and that none of the analyses mentions.
fn unsaid<'db>(
    cx: &DeclarationContext<'_, 'db>,
    goal: &Goal<'db>,
    analyses: &[Analysis],
) -> Vec<(&'db Indicator<'db>, Judgement<'db>)> {
    let is_said = |name: &String| {
        analyses
            .iter()
            .any(|analysis| analysis.counts_indicators || analysis.indicators.contains(name))
    };
    let report: &'db Report<'db> = cx.report;
    goal.indicators
        .iter()
        .filter(|name| !is_said(name))
        .filter_map(|name| report.indicators.get(name))
        .filter_map(|indicator| {
            Some((indicator, missed(cx.db, cx.workspace, report, cx.evaluator, indicator)?))
        })
        .collect()
}

/// The scale that the report's goals are judged by.
pub(super) fn scale<'db>(cx: &DeclarationContext<'_, 'db>) -> Option<&'db Scale> {
    cx.words.goal_scale(cx.report.report_type.as_ref())
}

/// Where a word stands on a scale; 0 is the best.
pub(super) fn step(scale: &Scale, word: &str) -> Option<usize> {
    scale.steps.iter().position(|step| step.word == word)
}
