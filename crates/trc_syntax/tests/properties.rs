//! What holds for any text, and for any valid file with something wrong put into it.

#![allow(clippy::string_slice, clippy::arithmetic_side_effects, clippy::indexing_slicing)]

mod support;

use proptest::prelude::*;
use support::outline;
use trc_syntax::parse;
use unicode_normalization::UnicodeNormalization as _;

/// A field, by its lines.
fn field() -> impl Strategy<Value = Vec<String>> {
    prop_oneof![
        ("[a-zåäö]{2,8}", "[a-zåäö0-9 ,.%]{0,20}")
            .prop_map(|(name, value)| vec![format!("x{name}: {value}")]),
        Just(vec!["förväntat resultat: [3 st]{a.b} och {c}".to_owned()]),
        Just(vec![
            "analys \"\"\"".into(),
            "  En rad.".into(),
            String::new(),
            "  mål 1.2 nås.".into(),
            "\"\"\"".into()
        ]),
        Just(vec!["// en kommentar".to_owned()]),
        Just(vec![
            "| | 2024 |".into(),
            "| # Grupp |".into(),
            "| Rad | 3,5 [^a] |".into(),
            "[^a]: Not.".into()
        ]),
    ]
}

/// A declaration, by its lines; every line that another may precede begins an item.
fn declaration() -> impl Strategy<Value = Vec<String>> {
    let head = prop_oneof![
        "mål [1-9](\\.[1-9]){0,2}",
        "indikator [a-z_]{1,9}, [a-zåäö_]{1,9}",
        "mål [1-9] \"[A-Z][A-Za-zåäö ,\"]{0,12}x\"",
        "enhet [a-z]{1,9} \"[A-Z][a-z ]{0,9}\"",
        "tabell [a-z]{2,9} i mnkr enligt [a-z]{1,5}",
    ];
    let leaf = prop_oneof![
        field(),
        head.clone().prop_map(|head| vec![format!("{head} {{ status: a }}")]),
    ];
    leaf.prop_recursive(4, 40, 5, move |inner| {
        (head.clone(), prop::collection::vec(inner, 0..5)).prop_map(|(head, inner)| {
            // Without a line inside, indentation could not show where a block ends.
            let mut lines = vec![format!("{head} {{"), "  status: a".to_owned()];
            lines.extend(inner.into_iter().flatten().map(|line| format!("  {line}")));
            lines.push("}".to_owned());
            lines
        })
    })
}

fn valid_file() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(declaration(), 1..8).prop_map(|declarations| {
        let mut lines = vec!["rapport T1 2025 för nämnden".to_owned()];
        lines.extend(declarations.into_iter().flatten());
        lines
    })
}

/// Lines that are nothing, and leave nothing open.
fn broken_line() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "en rad utan kolon",
        "mål 1 nås inte längre",
        "??? ;;",
        "bra =",
        ", a, b",
        "(se ovan)",
        "mål",
    ])
}

/// The lines before which another line may stand: none of a passage's own.
fn places(lines: &[String]) -> Vec<usize> {
    let mut inside = false;
    let mut places = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if !inside && at > 0 {
            places.push(at);
        }
        if line.ends_with("\"\"\"") {
            inside = !inside;
        }
    }
    places
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_gives_its_tree(text in any::<String>()) {
        prop_assert_eq!(parse(&text).syntax().text().to_string(), text);
    }

    #[test]
    fn any_lines_give_their_tree(text in "([a-zå {}:=|\"/,.\\[\\]^<>0-9\t]|mål |\"\"\"|\r?\n|// |\n<<<<<<<\n|\n=======\n){0,60}") {
        let tree = parse(&text);
        prop_assert_eq!(tree.syntax().text().to_string(), text.clone());
        for error in tree.errors() {
            prop_assert!(text.get(error.range.start().into()..error.range.end().into()).is_some());
            prop_assert!(!error.message.en.is_empty() && !error.help.sv.is_empty());
        }
    }

    #[test]
    fn a_valid_file_has_no_errors(lines in valid_file()) {
        let text = lines.join("\n");
        let tree = parse(&text);
        prop_assert_eq!(tree.errors(), &[], "{}", text);
    }

    #[test]
    fn encodings_of_a_file_are_one_file(lines in valid_file()) {
        let text = lines.join("\n");
        let expected = outline(&parse(&text));
        let decomposed: String = text.nfd().collect();
        for variant in [format!("\u{feff}{text}"), text.replace('\n', "\r\n"), decomposed, text.replace("  ", "\t")] {
            let tree = parse(&variant);
            prop_assert_eq!(outline(&tree), expected.clone());
            prop_assert_eq!(tree.errors(), &[]);
        }
    }

    #[test]
    fn a_broken_line_is_one_error_and_hides_nothing(
        lines in valid_file(),
        broken in broken_line(),
        place in any::<prop::sample::Index>(),
    ) {
        let expected = outline(&parse(&lines.join("\n")));
        let places = places(&lines);
        let at = if places.is_empty() { lines.len() } else { *place.get(&places) };
        let mut with = lines.clone();
        let indent = lines.get(at).map_or(0, |line| line.len() - line.trim_start().len());
        with.insert(at, format!("{}{broken}", " ".repeat(indent)));
        let text = with.join("\n");
        let tree = parse(&text);
        prop_assert_eq!(tree.errors().len(), 1, "{}\n{:#?}", text, tree.errors());
        prop_assert_eq!(outline(&tree), expected, "{}", text);
    }

    #[test]
    fn a_missing_brace_is_one_error_and_hides_nothing(
        lines in valid_file(),
        place in any::<prop::sample::Index>(),
    ) {
        let closing: Vec<usize> =
            (0..lines.len()).filter(|at| lines[*at].trim() == "}").collect();
        prop_assume!(!closing.is_empty());
        let expected = outline(&parse(&lines.join("\n")));
        let mut without = lines.clone();
        without.remove(*place.get(&closing));
        let text = without.join("\n");
        let tree = parse(&text);
        prop_assert_eq!(tree.errors().len(), 1, "{}\n{:#?}", text, tree.errors());
        prop_assert_eq!(outline(&tree), expected, "{}", text);
    }
}
