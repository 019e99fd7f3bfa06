//! A unit takes up what is for it.

use trc_base::text;
use trc_model::document::{Kind, Mention};
use trc_model::organisation::organisation;
use trc_model::report::{said, Said};
use trc_model::vocabulary::list;
use trc_model::{Anchor, Part};

use crate::context::DocumentContext;
use crate::rule::{Level, Rule, Run};
use crate::words::{listed, short};

pub static RULE: Rule = Rule {
    id: "meant-for-others",
    level: Level::Warning,
    title_sv: "En enhet följer upp det som gäller den",
    title_en: "A unit follows up what is for it",
    since: "0.1.0",
    page: include_str!("meant_for_others.md"),
    run: Run::Document(document),
};

fn document(cx: &mut DocumentContext<'_, '_>) {
    if !matches!(cx.kind, Kind::Plan | Kind::Report) || cx.report.outcomes_only {
        return;
    }
    let report = cx.report;
    for goal in &report.goals {
        let own = cx.contents.goals.get(&goal.key).and_then(|own| own.first());
        of(cx, own, &goal.above, &format!("Mål {}", goal.key), &goal.title);
    }
    for indicator in report.indicators.values() {
        let own = cx.contents.mentions("indikator", &indicator.name).first();
        of(cx, own, &indicator.above, "Indikatorn", &indicator.title);
    }
    for activity in report.activities.values() {
        let own = cx.contents.mentions("aktivitet", &activity.name).first();
        of(cx, own, &activity.above, "Aktiviteten", &activity.title);
    }
}

/// Something that the document mentions, though the plan above says that it is for
/// others.
fn of(
    cx: &mut DocumentContext<'_, '_>,
    own: Option<&Mention<'_>>,
    above: &[Mention<'_>],
    thing: &str,
    title: &str,
) {
    let Some(own) = own else { return };
    let Some(said): Option<Said<'_>> = said(cx.db, above, "gäller") else { return };
    // The document's own word on it is its own affair.
    if said.declaration.file(cx.db) == own.declaration.file(cx.db) {
        return;
    }
    let units = said.line().map(list).unwrap_or_default();
    let owner = &cx.document.key(cx.db).owner;
    let organisation = organisation(cx.db, cx.workspace);
    let names = organisation.answers_to(owner);
    if units.is_empty() || units.iter().any(|unit| names.contains(unit.as_str())) {
        return;
    }
    let units: Vec<&str> = units.iter().map(String::as_str).collect();
    let (sv, en) = (listed(&units, "och"), listed(&units, "and"));
    let (title, en_thing) = (short(title), english(thing));
    let of = organisation.units.get(owner).map_or(owner, |unit| &unit.title);
    cx.findings.add_related(
        Anchor::part(cx.db, own.declaration, Part::Name(own.name_index)),
        text!(
            sv: "{thing} ”{title}” gäller {sv}, inte {of}, men tas upp här.",
            en: "{en_thing} “{title}” is for {en}, not for {of}, but is taken up here.",
        ),
        text!(
            sv: "Ta bort det härifrån, eller skriv in enheten i planens ”gäller:”.",
            en: "Remove it from here, or write the unit into “gäller:” of the plan.",
        ),
        vec![(
            said.anchor(cx.db),
            text!(sv: "Här står vilka det gäller.", en: "It says here whom it is for."),
        )],
    );
}

fn english(thing: &str) -> String {
    match thing {
        "Indikatorn" => "The indicator".to_owned(),
        "Aktiviteten" => "The activity".to_owned(),
        goal => goal.replacen("Mål", "Goal", 1),
    }
}
