//! Characters that the official PDF can print.

use trc_base::{Text, TextRange, TextSize, text};
use trc_model::items::FieldValue;
use trc_model::{Anchor, Part, prose};
use trc_page::glyphs::{is_printable, is_private};

use crate::context::DeclarationContext;
use crate::rule::{Level, Rule, Run};

pub static RULE: Rule = Rule {
    id: "glyph-missing",
    level: Level::Error,
    title_sv: "Varje tecken går att skriva ut",
    title_en: "Every character can be printed",
    since: "0.1.0",
    page: include_str!("glyph_missing.md"),
    run: Run::Declaration(declaration),
};

fn declaration(cx: &mut DeclarationContext<'_, '_>) {
    for (index, passage) in cx.declaration.texts(cx.db).iter().enumerate() {
        look(cx, prose::anchor(cx.db, cx.declaration, index), &passage.text);
    }
    if let Some(title) = &cx.facts.title {
        look(cx, cx.part(Part::Title), title);
    }
    for (index, field) in cx.facts.fields.iter().enumerate() {
        if let FieldValue::Line(line) = &field.value {
            look(cx, cx.part(Part::Field(index)), line);
        }
    }
    for (row, cells) in cx.facts.rows.iter().enumerate() {
        for (cell, text) in cells.iter().enumerate() {
            look(cx, cx.part(Part::Cell(row, cell)), text);
        }
    }
}

/// The first character of a text that no font has. One is enough: where there is one
/// there are often many, pasted together.
fn look(cx: &mut DeclarationContext<'_, '_>, anchor: Anchor, text: &str) {
    let Some((at, c)) = text.char_indices().find(|(_, c)| !is_printable(*c)) else { return };
    let start = TextSize::try_from(at).unwrap_or_default();
    let (message, help) = said(c);
    cx.findings.add(anchor.within(TextRange::at(start, TextSize::of(c))), message, help);
}

fn said(c: char) -> (Text, Text) {
    let code = format!("U+{:04X}", u32::from(c));
    // Word pastes bullets and arrows as characters of its own fonts.
    if is_private(c) {
        return (
            text!(
                sv: "Här står ett tecken ({code}) som bara finns i det program det är klistrat från, så det går inte att skriva ut.",
                en: "This is a character ({code}) that only the program it was pasted from has, so it cannot be printed.",
            ),
            text!(
                sv: "Skriv tecknet på nytt. En punktlista görs med ”- ” först på raden.",
                en: "Type the character again. A list is made with “- ” at the beginning of the line.",
            ),
        );
    }
    (
        text!(
            sv: "Tecknet ”{c}” ({code}) finns inte i rapportens typsnitt, så PDF:en kan inte skrivas.",
            en: "The report's fonts do not have the character “{c}” ({code}), so the PDF cannot be written.",
        ),
        text!(
            sv: "Ta bort tecknet, eller skriv med ord vad det betyder.",
            en: "Remove the character, or say in words what it means.",
        ),
    )
}
