//! What the typed nodes say about a tree.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use trc_syntax::ast::{Content, Declaration, Field, Item};
use trc_syntax::{DECLARING_WORDS, OPENING_WORDS, parse};

fn declarations(text: &str) -> Vec<Declaration> {
    let declaration = |item| match item {
        Item::Declaration(declaration) => Some(declaration),
        _ => None,
    };
    parse(text).file().items().filter_map(declaration).collect()
}

fn field(text: &str) -> Field {
    let text = format!("rapport T1 2025 för x\n{text}\n");
    let field = |item| match item {
        Item::Field(field) => Some(field),
        _ => None,
    };
    parse(&text).file().items().find_map(field).unwrap()
}

/// The passage of a field, and how much of each line dedenting removes.
fn passage(text: &str) -> (String, u32) {
    match field(text).content().unwrap() {
        Content::Long { text: passage, indent } => {
            let whole = format!("rapport T1 2025 för x\n{text}\n");
            assert_eq!(whole[passage.range], passage.text, "the range is that of the text");
            (passage.text, indent)
        }
        Content::Line(line) => panic!("{line:?}"),
    }
}

#[test]
fn passages() {
    let expected = |text: &str, indent| (text.to_owned(), indent);
    assert_eq!(
        passage("a \"\"\"\n    Ett.\n\n    Två.\n  \"\"\""),
        expected("    Ett.\n\n    Två.\n", 2)
    );
    assert_eq!(
        passage("a \"\"\"\n    Ett.\n      Två.\"\"\""),
        expected("    Ett.\n      Två.", 4)
    );
    assert_eq!(passage("a \"\"\"Ett.\"\"\""), expected("Ett.", 0));
    assert_eq!(passage("a \"\"\" Ett.\n  Två.\n\"\"\""), expected(" Ett.\n  Två.\n", 0));
    assert_eq!(passage("a \"\"\"\n  \"\"\""), expected("", 2));
    assert_eq!(passage("a \"\"\"\r\n  Ett.\r\n\"\"\""), expected("  Ett.\r\n", 0));
    assert_eq!(passage("a \"\"\"\n  Aldrig slut."), expected("  Aldrig slut.", 2));
    assert_eq!(passage("a: \"\"\"\n  Med kolon.\n\"\"\""), expected("  Med kolon.\n", 0));
}

#[test]
fn a_value_that_is_missing_stands_after_its_colon() {
    let Some(Content::Line(line)) = field("mäts i:").content() else { panic!() };
    assert_eq!((line.text.as_str(), line.range.is_empty()), ("", true));
    assert_eq!(
        u32::from(line.range.start()),
        u32::try_from("rapport T1 2025 för x\nmäts i:".len()).unwrap()
    );
}

#[test]
fn the_parts_of_a_declaration() {
    let text = "mallar 2025 för x\ntabell a, b \"En \"ny\" tabell\" i mnkr enligt c = summa varav { d: e }\n";
    let declaration = &declarations(text)[0];
    assert_eq!(declaration.keyword().unwrap().text, "tabell");
    let names: Vec<String> = declaration.names().into_iter().map(|name| name.text).collect();
    assert_eq!(names, ["a", "b"]);
    let title = declaration.title().unwrap();
    assert_eq!((title.text.as_str(), &text[title.range]), ("En \"ny\" tabell", "En \"ny\" tabell"));
    let options: Vec<(String, String)> = declaration
        .options()
        .map(|option| (option.word().unwrap().text, option.name().unwrap().text))
        .collect();
    assert_eq!(options, [("i".into(), "mnkr".into()), ("enligt".into(), "c".into())]);
    assert_eq!(declaration.formula().unwrap().text, "summa varav");
    assert_eq!(declaration.body().unwrap().items().count(), 1);
    assert_eq!(declaration.text(), None);
}

#[test]
fn names_come_composed_and_texts_as_typed() {
    let text = "rapport T1 2025 för x\nma\u{30a}l a\u{30a} \"A\u{30a}\": Ma\u{30a}l\n";
    let declaration = &declarations(text)[0];
    assert_eq!(declaration.keyword().unwrap().text, "mål");
    assert_eq!(declaration.names()[0].text, "å");
    assert_eq!(declaration.title().unwrap().text, "Å");
    assert_eq!(declaration.text().unwrap().text(), "Ma\u{30a}l");
}

#[test]
fn the_block_of_a_broken_line_stays_known() {
    let found = declarations(
        "rapport T1 2025 för x\n??? {\n  mål 1 { status: a }\n  ?? {\n    mål 2 { status: b }\n  }\n}\n",
    );
    let names: Vec<String> =
        found.iter().flat_map(Declaration::names).map(|name| name.text).collect();
    assert_eq!(names, ["1", "2"]);
}

#[test]
fn every_structural_word_declares_without_title_or_body() {
    for word in OPENING_WORDS.into_iter().chain(DECLARING_WORDS) {
        let text = format!("rapport T1 2025 för x\n{word} namn\n");
        assert_eq!(parse(&text).errors(), [], "{word}");
        assert_eq!(declarations(&text).len(), 1, "{word}");
    }
    assert_eq!(parse("rapport T1 2025 för x\nandra namn\n").errors().len(), 1);
}

#[test]
fn an_empty_cell_lies_between_its_pipes() {
    let text = "rapport T1 2025 för x\n| a |  | c |\n";
    let Some(Item::TableRow(row)) = parse(text).file().items().next() else { panic!() };
    let cells: Vec<(String, usize)> =
        row.cells().map(|cell| (cell.text().text, cell.text().range.start().into())).collect();
    let row = text.find('|').unwrap();
    assert_eq!(cells, [("a".into(), row + 2), (String::new(), row + 5), ("c".into(), row + 9)]);
}
