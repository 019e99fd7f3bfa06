//! The reference is what the compiler's tables say. `cargo xtask generate` writes it anew.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::panic)]

use tests::programs;
use tests::reference::pages;
use tests::workspace::Memory;
use trc_model::describe;
use trc_model::document::Kind;
use trc_model::fields::{FIELDS, Field};

#[test]
fn the_reference_is_up_to_date() {
    let folder = programs::root().join("docs/referens");
    for (name, text) in pages() {
        let path = folder.join(name);
        if std::env::var_os("TRC_UPDATE").is_some() {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&path, &text).unwrap();
        }
        let written = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(written == text, "{name} is out of date: run cargo xtask generate");
    }
}

/// A4 with margins of two centimetres holds 60 lines of 80 characters in a typewriter
/// font of ten points (six points wide, twelve from line to line).
#[test]
fn the_keywords_fit_a_printed_page() {
    let pages = pages();
    let (_, page) = pages.iter().find(|(name, _)| *name == "nyckelord.md").unwrap();
    let lines = page.lines().count();
    assert!(lines <= 60, "{lines} lines");
    for line in page.lines() {
        assert!(line.chars().count() <= 80, "{} characters: {line}", line.chars().count());
    }
}

/// An example is read as its field's value: nothing malformed, no unknown word.
#[test]
fn every_example_of_a_field_is_a_value_of_it() {
    for field in FIELDS {
        let example = describe::field(field.keyword, field.name).unwrap().example;
        let file = ("a.tr".to_owned(), document(field, example));
        let findings = Memory::new(std::slice::from_ref(&file)).findings();
        let wrong: Vec<&str> = findings
            .iter()
            .filter(|found| {
                ["syntax", "value-malformed", "unknown-word", "prose-subset"].contains(&found.rule)
            })
            .map(|found| found.message.sv.as_ref())
            .collect();
        assert!(wrong.is_empty(), "{}\n{wrong:?}", file.1);
    }
}

/// A document that has the field.
fn document(field: &Field, example: &str) -> String {
    let line = format!("{}: {example}", field.name);
    let kind = *field.documents.first().unwrap();
    if kind == Kind::Organisation {
        return format!("organisation a \"A\" {{\n  nämnd b \"B\" {{\n    {line}\n  }}\n}}\n");
    }
    let head = match kind {
        Kind::Budget => "budget 2026 för a",
        Kind::Plan => "verksamhetsplan 2026 för a",
        Kind::Report => "rapport T1 2026 för a",
        _ => "mallar 2026 för a",
    };
    let body = match field.keyword {
        "" => line,
        "kolumn" | "rad" => {
            format!("tabell t \"T\" {{\n  {} x \"X\" {{\n    {line}\n  }}\n}}", field.keyword)
        }
        "nivå" => format!(
            "rapporttyp r \"R\" {{\n  gäller: T1 för nämnd\n\n  nivå 1 \"X\" {{\n    {line}\n  }}\n}}"
        ),
        "avsnitt" if kind == Kind::Types => format!(
            "rapporttyp r \"R\" enligt tertialrapport {{\n  gäller: T1 för nämnd\n\n  avsnitt x \"X\" {{\n    {line}\n  }}\n}}"
        ),
        // The words that are printed are known; another is a mistake of its own.
        "text" => format!("text figur \"X\" {{\n  {line}\n}}"),
        "mål" => format!("mål 1 \"X\" {{\n  {line}\n}}"),
        keyword => format!("{keyword} x \"X\" {{\n  {line}\n}}"),
    };
    format!("{head}\n\n{body}\n")
}
