//! An analysis of a missed target speaks of the figures.

use trc_base::text;
use trc_model::assess::Basis;
use trc_model::document::Kind;
use trc_model::resolve::Surroundings;
use trc_model::{Part, report::Indicator};

use crate::analysis::Analysis;
use crate::context::DeclarationContext;
use crate::rule::{Level, Rule, Run};
use crate::standing::missed;
use crate::words::{figure, short};

pub static RULE: Rule = Rule {
    id: "analysis-without-figures",
    level: Level::Info,
    title_sv: "Analysen av ett mål som inte nås talar om siffrorna",
    title_en: "An analysis of a missed target speaks of the figures",
    since: "0.1.0",
    page: include_str!("analysis_without_figures.md"),
    run: Run::Declaration(declaration),
};

fn declaration(cx: &mut DeclarationContext<'_, '_>) {
    if cx.kind != Kind::Report || cx.facts.keyword != "indikator" {
        return;
    }
    // Without a forecast, only the analysis can say how the year ends.
    if cx.facts.field("prognos").is_some() {
        return;
    }
    let Some((index, _)) = cx.facts.field("analys") else { return };
    for indicator in cx.facts.names.iter().filter_map(|name| cx.report.indicators.get(name)) {
        of_indicator(cx, indicator, index);
    }
}

fn of_indicator(cx: &mut DeclarationContext<'_, '_>, indicator: &Indicator<'_>, index: usize) {
    let judgement = missed(cx.db, cx.workspace, cx.report, cx.evaluator, indicator);
    let Some(judgement) = judgement.filter(|judgement| judgement.basis == Basis::Outcome) else {
        return;
    };
    let (Some(said), Some(outcome)) = (indicator.said(cx.db, "analys"), &judgement.figure) else {
        return;
    };
    let around = Surroundings { indicator: Some(&indicator.name), ..Surroundings::default() };
    if Analysis::read_from(cx, &said, around).indicators.contains(&indicator.name) {
        return;
    }
    let (title, outcome) = (short(&indicator.title), figure(outcome));
    let target = judgement.target.as_ref().map_or("", |target| target.text.as_str());
    cx.findings.add(
        cx.part(Part::Field(index)),
        text!(
            sv: "Utfallet för ”{title}” är {outcome} och årsmålet {target}, och ingen prognos finns. Analysen nämner ingen av siffrorna, så läsaren får inte veta vad skillnaden beror på eller om målet kan nås.",
            en: "The outcome of “{title}” is {outcome}, the target {target}, and there is no forecast. The analysis mentions none of the figures, so the reader cannot tell what makes the difference or whether the target can be met.",
        ),
        text!(
            sv: "Skriv vad skillnaden mot årsmålet beror på, med siffran infogad: ”{{utfall}}” eller ”[2,0 procentenheter]{{utfall - årsmål}}”.",
            en: "Say what makes the difference to the target, with the figure inserted: “{{utfall}}” or “[2,0 procentenheter]{{utfall - årsmål}}”.",
        ),
    );
}
