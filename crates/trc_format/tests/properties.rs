//! What holds for the layout of any text.

#![allow(clippy::unwrap_used, clippy::panic)]

use proptest::prelude::*;
use trc_format::format;
use trc_syntax::{SyntaxKind, parse};

/// What a text says, without how it is laid out: every node, and every token that is
/// neither trivia nor a line break, passages without their indentation. The optional
/// colon before a passage is layout.
fn content(text: &str) -> Vec<String> {
    let mut content = Vec::new();
    for event in parse(text).syntax().preorder_with_tokens() {
        let line = match event {
            rowan::WalkEvent::Leave(rowan::NodeOrToken::Node(node)) => {
                format!("end of {:?}", node.kind())
            }
            rowan::WalkEvent::Leave(_) => continue,
            rowan::WalkEvent::Enter(rowan::NodeOrToken::Node(node)) => format!("{:?}", node.kind()),
            rowan::WalkEvent::Enter(rowan::NodeOrToken::Token(token)) => {
                let passage_follows = token
                    .siblings_with_tokens(rowan::Direction::Next)
                    .any(|sibling| sibling.kind() == SyntaxKind::LongText);
                match token.kind() {
                    // The last pipe of a row may be missing; the cells say the rest.
                    SyntaxKind::Newline | SyntaxKind::Pipe => continue,
                    SyntaxKind::Colon if passage_follows => continue,
                    kind if kind.is_trivia() => continue,
                    SyntaxKind::LongText => passage(token.text()),
                    kind => format!("{kind:?} {}", token.text()),
                }
            }
        };
        content.push(line);
    }
    content
}

/// The lines of a passage, dedented; what stands beside the opening mark comes first.
fn passage(text: &str) -> String {
    let inner = text.trim_start_matches("\"\"\"").trim_end_matches("\"\"\"");
    let (first, rest) = inner.split_once('\n').unwrap_or((inner, ""));
    let lines: Vec<&str> = rest.lines().map(str::trim_end).collect();
    let blanks = |line: &&str| line.chars().take_while(|c| c.is_whitespace()).count();
    let shared = lines.iter().filter(|line| !line.is_empty()).map(blanks).min().unwrap_or(0);
    let dedented = lines.iter().map(|line| line.chars().skip(shared).collect());
    let first = Some(first.trim().to_owned()).filter(|first| !first.is_empty());
    let lines: Vec<String> = first.into_iter().chain(dedented).collect();
    lines.join("\n").trim_end().to_owned()
}

fn comments(text: &str) -> Vec<String> {
    parse(text)
        .syntax()
        .descendants_with_tokens()
        .filter(|element| element.kind() == SyntaxKind::Comment)
        .filter_map(|element| element.into_token())
        .map(|token| token.text().trim_end().to_owned())
        .collect()
}

fn holds(text: &str) -> Result<(), TestCaseError> {
    let once = format(text);
    prop_assert_eq!(&format(&once.text).text, &once.text, "not a fixed point");
    prop_assert_eq!(content(&once.text), content(text), "other content:\n{}", once.text);
    prop_assert_eq!(comments(&once.text), comments(text), "other comments:\n{}", once.text);
    Ok(())
}

/// Lines that together make most of the language, and many ways to break it.
fn line() -> impl Strategy<Value = String> {
    let whole = prop::sample::select(vec![
        "rapport T1 2025 för nämnden",
        "budget 2025 för staden",
        "mål 1.2 {",
        "mål  1.2 \"En \"viss\" rubrik\"  {   // om målet",
        "mål 1, 2 {status: uppfylls helt}",
        "}",
        "  }  // slut",
        "analys \"\"\"",
        "  analys: \"\"\"",
        "\"\"\"",
        "    \"\"\"",
        "      Djupare text {x} [3]{y}",
        "En text som börjar längst ut",
        "text kort \"\"\"allt på en rad\"\"\"",
        "status : uppfylls  helt // kommentar",
        "webb: https://example.org",
        "// en rad för sig",
        "tabell x \"X\" i mnkr enligt y {",
        "  kolumn a \"A\" = b+c { visas: nej }",
        "  kolumn lång_kolumn \"B\"",
        "  rad c { avvikelse =netto }",
        "  | | 2024 | 2025 |",
        "|rad ett|1,5|{x.y}|// not",
        "| # Grupp |",
        "  | kort",
        "  [^f]: En not.",
        "trasig rad",
        "nämnd x \"X\" {",
        "enhet y \"Y\" { roll: utförare }",
        "aktivitet tom {",
        "avsnitt a: Kort text.",
        "kontroll: a = b",
        "mål \"Utan namn\" {",
        "a = b",
        "bra =",
        "x: //y",
        "|//x|//y|",
        "[^g]://z",
        "?? %& ::",
        "\u{a0}\u{a0}fält:\u{a0}värde",
        "text slut\\ ",
        "<<<<<<< HEAD",
        "=======",
        ">>>>>>> annan",
        "",
        "  ",
    ]);
    prop_oneof![
        20 => whole.prop_map(str::to_owned),
        1 => "[ -~åäö\u{30a}\t]{0,20}",
        2 => "[a-zåäö \"{}:=|/,\\[\\]^.]{0,16}",
    ]
}

fn file() -> impl Strategy<Value = String> {
    (prop::collection::vec(line(), 0..24), prop::sample::select(vec!["\n", "\r\n"]), any::<bool>())
        .prop_map(|(lines, line_break, mark)| {
            format!("{}{}", if mark { "\u{feff}" } else { "" }, lines.join(line_break))
        })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn files(text in file()) {
        holds(&text)?;
    }

    #[test]
    fn arbitrary_text(text in any::<String>()) {
        holds(&text)?;
    }
}
