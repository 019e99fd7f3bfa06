//! Sections that the report type requires.

use trc_base::text;
use trc_model::items::{Declaration, Facts};
use trc_model::vocabulary::{SectionContent, SectionType};
use trc_model::{Anchor, Part};

use crate::context::DocumentContext;
use crate::rule::{Level, Rule, Run};

pub static RULE: Rule = Rule {
    id: "section-missing",
    level: Level::Completeness,
    title_sv: "Obligatoriska avsnitt finns och säger något",
    title_en: "Required sections are there and say something",
    since: "0.1.0",
    page: include_str!("section_missing.md"),
    run: Run::Document(document),
};

fn document(cx: &mut DocumentContext<'_, '_>) {
    if !cx.is_full_report() {
        return;
    }
    if let Some(report_type) = &cx.report.report_type {
        sections(cx, &report_type.sections);
        empty(cx, &report_type.sections);
    }
}

/// A heading that is not required, but stands there with nothing under it.
fn empty(cx: &mut DocumentContext<'_, '_>, list: &[SectionType]) {
    for section in list {
        let is_left_to_others = section.required
            || section.if_empty.is_some()
            || section.content != SectionContent::Text;
        if let Some(first) = cx.contents.mentions("avsnitt", &section.name).first()
            && !is_left_to_others
            && !says_something(cx, section)
        {
            let title = cx.report.time().fill(&section.title);
            cx.findings.inform(
                Anchor::part(cx.db, first.declaration, Part::Name(first.name_index)),
                text!(
                    sv: "Avsnittet ”{title}” är tomt, så läsaren ser inte om det saknas något.",
                    en: "The section “{title}” is empty, so the reader cannot tell whether something is missing.",
                ),
                text!(
                    sv: "Skriv avsnittets text eller ”Inget att redovisa.”, eller ta bort avsnittet.",
                    en: "Write the section's text or “Inget att redovisa.”, or remove the section.",
                ),
            );
        }
        empty(cx, &section.children);
    }
}

/// True when there is something in the section, or in one that the report type puts
/// under it.
fn says_something(cx: &DocumentContext<'_, '_>, section: &SectionType) -> bool {
    cx.contents
        .mentions("avsnitt", &section.name)
        .iter()
        .any(|mention| !is_empty(cx, mention.declaration))
        || section.children.iter().any(|child| says_something(cx, child))
}

fn sections(cx: &mut DocumentContext<'_, '_>, list: &[SectionType]) {
    for section in list {
        if section.required && section.if_empty.is_none() {
            required(cx, section);
        }
        sections(cx, &section.children);
    }
}

fn required(cx: &mut DocumentContext<'_, '_>, section: &SectionType) {
    let summaries = section.content == SectionContent::Summaries;
    if summaries && cx.report.goals.iter().any(|goal| goal.said(cx.db, "sammanfattning").is_some()) {
        return;
    }
    let mentions = cx.contents.mentions("avsnitt", &section.name);
    let (name, title) = (&section.name, cx.report.time().fill(&section.title));
    let Some(first) = mentions.first() else {
        let Some(start) = cx.start() else { return };
        cx.findings.add(
            start,
            text!(
                sv: "Rapporten ska ha avsnittet ”{title}” men har det inte.",
                en: "The report must have the section “{title}” but does not.",
            ),
            text!(
                sv: "Lägg till ”avsnitt {name}: …”. Finns inget att säga skrivs det: ”avsnitt {name}: Inget att redovisa.”",
                en: "Add “avsnitt {name}: …”. If there is nothing to say, say so: “avsnitt {name}: Inget att redovisa.”",
            ),
        );
        return;
    };
    if mentions.iter().all(|mention| is_empty(cx, mention.declaration)) {
        cx.findings.add(
            Anchor::part(cx.db, first.declaration, Part::Name(first.name_index)),
            text!(
                sv: "Avsnittet ”{title}” är obligatoriskt men tomt, så läsaren ser inte om det saknas något.",
                en: "The section “{title}” is required but empty, so the reader cannot tell whether something is missing.",
            ),
            text!(
                sv: "Skriv avsnittets text. Finns inget att säga skrivs det: ”Inget att redovisa.”",
                en: "Write the section's text. If there is nothing to say, say so: “Inget att redovisa.”",
            ),
        );
    }
}

fn is_empty(cx: &DocumentContext<'_, '_>, declaration: Declaration<'_>) -> bool {
    let facts: &Facts = declaration.facts(cx.db);
    facts.text.is_none_or(|slot| slot.is_blank)
        && facts.rows.is_empty()
        && !facts.has_text("analys")
        && declaration.children(cx.db).is_empty()
}
