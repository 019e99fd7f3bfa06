//! What is said about mistakes, and what stays known in spite of them.

#![allow(clippy::string_slice, clippy::arithmetic_side_effects, clippy::indexing_slicing)]

mod support;

macro_rules! errors {
    ($($name:ident: $text:literal,)*) => {$(
        #[test]
        fn $name() {
            let parse = trc_syntax::parse($text);
            assert_eq!(parse.syntax().text().to_string(), $text);
            assert_eq!(parse.errors().len(), 1, "one mistake, one error: {:#?}", parse.errors());
            let picture = format!(
                "{}\nKnown:\n{}\n",
                support::errors($text),
                support::outline(&parse).join("\n"),
            );
            insta::with_settings!({ omit_expression => true, description => $text }, {
                insta::assert_snapshot!(stringify!($name), picture);
            });
        }
    )*};
}

errors! {
    empty: "",
    only_comments: "// Här kommer tertialrapporten.\n\n",
    first_line_missing: "mål 1 {\n  status: uppfylls helt\n}\n",
    first_line_incomplete: "rapport T1 2025 södra_hamnen\n\nmål 1 { status: uppfylls helt }\n",
    first_line_again: "rapport T1 2025 för x\nmål 1 { status: a }\nrapport T2 2025 för x\nmål 2 { status: b }\n",
    words_only: "rapport T1 2025 för x\nmål 1 {\n  Kajen är lagad sedan i mars\n  status: uppfylls helt\n}\n",
    prose_that_begins_like_a_declaration: "rapport T1 2025 för x\nmål 1 {\n  text under kajen finns inte\n  status: uppfylls helt\n}\n",
    name_in_two_words: "rapport T1 2025 för x\navsnitt lokala ändamål: Inget att redovisa.\n",
    name_missing_before_title: "budget 2025 för x\nindikator \"Antal kajer\" {\n  mäts i: st\n}\n",
    name_missing_before_block: "budget 2025 för x\nmål {\n  status: a\n}\n",
    junk_after_title: "budget 2025 för x\nmål 1 \"Fler kajer\" snart {\n  status: a\n}\n",
    block_of_nothing: "budget 2025 för x\nanalys {\n  indikator a { årsmål: 3 }\n}\n",
    second_item_on_a_line: "budget 2025 för x\nmål 1 { status: a } mål 2 { status: b }\n",
    formula_missing: "mallar 2025 för x\ntabelltyp a \"A\" {\n  kolumn b \"B\" =\n  kolumn c \"C\"\n}\n",
    formula_missing_in_field: "mallar 2025 för x\nrad a {\n  b =\n}\n",
    title_not_closed: "budget 2025 för x\nmål 1 \"Fler kajer {\n  status: a\n}\n",
    passage_not_closed: "rapport T1 2025 för x\nmål 1 {\n  analys \"\"\"\n    Kajen är lagad.\n\n  indikator a {\n    utfall: 3\n  }\n}\n",
    passage_not_closed_before_another: "rapport T1 2025 för x\nmål 1 {\n  analys \"\"\"\n    Kajen är lagad.\n\n  goda exempel \"\"\"\n    Bryggan.\n  \"\"\"\n}\n",
    passage_not_closed_at_the_end: "rapport T1 2025 för x\navsnitt kajer \"\"\"\n  Kajen är lagad.\n",
    brace_missing: "rapport T1 2025 för x\n\nmål 1 {\n  status: a\n  indikator b {\n    utfall: 3\n  }\n\nmål 2 {\n  status: c\n}\n",
    brace_missing_inside: "rapport T1 2025 för x\nmål 1 {\n  indikator b {\n    utfall: 3\n  indikator c {\n    utfall: 4\n  }\n}\nmål 2 { status: c }\n",
    brace_missing_on_one_line: "rapport T1 2025 för x\nmål 1 {\n  indikator b { utfall: 3\n  indikator c { utfall: 4 }\n}\n",
    brace_too_many: "rapport T1 2025 för x\nmål 1 {\n  status: a\n}\n}\nmål 2 { status: b }\n",
    symbols: "rapport T1 2025 för x\n=> pil\nmål 2 { status: b }\n",
    conflict: "rapport T1 2025 för x\n<<<<<<< HEAD\nmål 1 { status: a }\n||||||| bas\nmål 1 { status: 0 }\n=======\nmål 1 { status: b\n>>>>>>> annan\n<<<<<<< HEAD\nfas: slutlig\n=======\nfas: utkast\n>>>>>>> annan\nmål 2 { status: c }\n",
    conflict_in_a_passage: "rapport T1 2025 för x\navsnitt a \"\"\"\n<<<<<<< HEAD\n  Ett.\n=======\n  Två.\n\"\"\"\n>>>>>>> annan\n\"\"\"\nfas: slutlig\n",
}

#[test]
fn too_deep_is_one_error_and_fast() {
    for text in ["{".repeat(100_000), "mål 1 {\n".repeat(100_000), "{}".repeat(50_000)] {
        let text = format!("rapport T1 2025 för x\n{text}");
        let parse = trc_syntax::parse(&text);
        assert_eq!(parse.syntax().text().to_string(), text);
        // One for what the blocks lack, one for the depth, and one for each block that
        // is known and never ends.
        assert!(parse.errors().len() <= 34, "{}", parse.errors().len());
        let deepest = parse.syntax().descendants().map(|node| node.ancestors().count()).max();
        assert!(deepest < Some(150));
    }
}

#[test]
fn hostile_lines_take_linear_time() {
    for piece in [
        "\"",
        "\"{",
        "a: {",
        "\"\"\"\n",
        "a \"\"\"\n",
        "<<<<<<<\n=======\n",
        "}\n",
        "|",
        "[^a]:",
        "{ a: ",
        "a, ",
        "\n { } a",
    ] {
        let text = format!("rapport T1 2025 för x\n{}", piece.repeat(300_000 / piece.len()));
        assert_eq!(trc_syntax::parse(&text).syntax().text().to_string(), text);
    }
}

#[test]
fn what_is_not_a_report_is_not_read() {
    let parse = trc_syntax::parse(&"x".repeat(9 * 1024 * 1024));
    assert_eq!(parse.errors().len(), 1);
    assert!(parse.syntax().text().is_empty());
}

#[test]
fn a_tree_can_be_shared_between_threads() {
    fn shared<T: Send + Sync + Clone + Eq>(_: &T) {}
    shared(&trc_syntax::parse(""));
}
