//! A picture says what it shows to those who do not see it.

use trc_base::text;
use trc_model::Part;
use trc_model::document::Kind;

use crate::context::DeclarationContext;
use crate::rule::{Level, Rule, Run};

pub static RULE: Rule = Rule {
    id: "alternative-text-missing",
    level: Level::Error,
    title_sv: "Varje bild har en beskrivning",
    title_en: "Every picture has a description",
    since: "0.1.0",
    page: include_str!("alternative_text_missing.md"),
    run: Run::Declaration(declaration),
};

/// A diagram's description is made from its figures, so only pictures need one.
fn declaration(cx: &mut DeclarationContext<'_, '_>) {
    if cx.kind != Kind::Report || cx.facts.keyword != "bild" || cx.facts.has_text("beskrivning") {
        return;
    }
    let name = cx.facts.name();
    cx.findings.add(
        cx.part(Part::Head),
        text!(
            sv: "Bilden ”{name}” saknar beskrivning, så den som inte ser den får inte veta vad den visar.",
            en: "The picture “{name}” has no description, so whoever does not see it cannot tell what it shows.",
        ),
        text!(
            sv: "Skriv ”beskrivning:” med en mening om vad bilden visar.",
            en: "Write “beskrivning:” with a sentence about what the picture shows.",
        ),
    );
}
