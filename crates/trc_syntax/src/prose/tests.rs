use proptest::prelude::*;
use trc_base::TextSize;

use super::*;

fn slice(text: &str, range: TextRange) -> &str {
    &text[usize::from(range.start())..usize::from(range.end())]
}

/// A passage in a notation that shows its structure, one block a line.
fn shape(prose: &Prose) -> String {
    let mut out = String::new();
    for block in &prose.blocks {
        shape_block(block, 0, &mut out);
    }
    for footnote in &prose.footnotes {
        out += &format!("not {}: {}\n", footnote.label, inlines(&footnote.inlines));
    }
    out
}

fn shape_block(block: &Block, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    match block {
        Block::Paragraph { inlines: content, .. } => {
            *out += &format!("{indent}p {}\n", inlines(content));
        }
        Block::Heading { level, inlines: content, .. } => {
            *out += &format!("{indent}h{level} {}\n", inlines(content));
        }
        Block::Insert(insertion) => {
            *out += &format!(
                "{indent}insert {}\n",
                if insertion.formula.is_ok() { "ok" } else { "fel" }
            );
        }
        Block::List { ordered, items, .. } => {
            *out += &format!("{indent}{}\n", if *ordered { "ol" } else { "ul" });
            for item in items {
                *out += &format!("{indent}•\n");
                for block in &item.blocks {
                    shape_block(block, depth + 1, out);
                }
            }
        }
    }
}

fn inlines(inlines_: &[Inline]) -> String {
    inlines_
        .iter()
        .map(|inline| match inline {
            Inline::Text { text, .. } => text.clone(),
            Inline::Emphasis { inlines: inner, .. } => format!("‹em {}›", inlines(inner)),
            Inline::Strong { inlines: inner, .. } => format!("‹st {}›", inlines(inner)),
            Inline::Link { target, inlines: inner, .. } => {
                format!("‹a {target} {}›", inlines(inner))
            }
            Inline::FootnoteReference { label, .. } => format!("‹fn {label}›"),
            Inline::LineBreak => "‹br›".to_owned(),
            Inline::Insert(insertion) => {
                format!("‹in {}›", if insertion.formula.is_ok() { "ok" } else { "fel" })
            }
            Inline::Checked { typed, .. } => format!("‹ck {typed}›"),
            Inline::Reference { target, .. } => format!("‹ref {target}›"),
            Inline::Missing { text, .. } => format!("‹saknas {text}›"),
        })
        .collect()
}

fn check(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        let expected: String = expected
            .split(" / ")
            .filter(|line| !line.is_empty())
            .map(|line| format!("{line}\n"))
            .collect();
        assert_eq!(shape(&parse(text, 0)), expected, "{text:?}");
    }
}

#[test]
fn blocks() {
    check(&[
        ("", ""),
        ("\n  \n", ""),
        ("ett\ntvå\n\ntre", "p ett två / p tre"),
        ("# Rubrik\nText", "h1 Rubrik / p Text"),
        ("## Rubrik\n### Under *r*", "h2 Rubrik / h3 Under ‹em r›"),
        ("Text\n# Rubrik", "p Text / h1 Rubrik"),
        ("- ett\n- två", "ul / • /   p ett / • /   p två"),
        ("1. ett\n2. två\n10. tio", "ol / • /   p ett / • /   p två / • /   p tio"),
        ("1. ett\n1. två", "ol / • /   p ett / • /   p två"),
        ("- ett\n  - två\n- tre", "ul / • /   p ett /   ul /   • /     p två / • /   p tre"),
        ("1. ett\n   - två", "ol / • /   p ett /   ul /   • /     p två"),
        ("- ett\n\n  mer\n\n- två", "ul / • /   p ett /   p mer / • /   p två"),
        ("- ett\nlat", "ul / • /   p ett lat"),
        ("- ett\n\nefter", "ul / • /   p ett / p efter"),
        ("text\n- ett", "p text / ul / • /   p ett"),
        ("rad ett\\\nrad två", "p rad ett‹br›rad två"),
        ("rad ett  \nrad två", "p rad ett rad två"),
    ]);
}

#[test]
fn inline_shapes() {
    check(&[
        ("*em* **st** ***b***", "p ‹em em› ‹st st› ‹em ‹st b››"),
        ("[ord](https://a.se/(b)?c=d_e*f*)", "p ‹a https://a.se/(b)?c=d_e*f* ord›"),
        ("[*o* {x}](mailto:a@b.se).", "p ‹a mailto:a@b.se ‹em o› ‹in ok››."),
        ("a {b.c} d", "p a ‹in ok› d"),
        ("{b.c}", "insert ok"),
        ("a\n{b.c}\nd", "p a / insert ok / p d"),
        ("- a\n\n  {b}\n- c", "ul / • /   p a /   insert ok / • /   p c"),
        ("-", "p -"),
        ("1.", "p 1."),
        ("- a\n-\n- b", "ul / • /   p a / • / • /   p b"),
        ("a\n-", "p a -"),
        ("- {b}", "ul / • /   p ‹in ok›"),
        ("{andel(a,\n  b)} c", "p ‹in ok› c"),
        ("[5 st]{x}", "p ‹ck 5 st›"),
        ("[fem\n  stycken]{x}, [sic], [a [6]{y}]", "p ‹ck fem stycken›, [sic], [a ‹ck 6›]"),
        ("**[5 st]{x}**", "p ‹st ‹ck 5 st››"),
        (
            "mål @1.2.1. Se (@3.7) och @årsprognos.äldre, a@b.se",
            "p mål ‹ref 1.2.1›. Se (‹ref 3.7›) och ‹ref årsprognos.äldre›, a@b.se",
        ),
        ("@a\u{30a}r", "p ‹ref år›"),
        ("\\{x} \\[y]{z} \\@a \\* \\a", "p {x} [y]‹in ok› @a * \\a"),
        (
            "not[^1] och[^å].\n\n[^1]: Första *noten*\n  rad två.\n[^å]: - andra {x}",
            "p not‹fn 1› och‹fn å›. / not 1: Första ‹em noten› rad två. / not å: - andra ‹in ok›",
        ),
        (
            "[KOMPLETTERAS: orsak,\n Anna] och [Kompletteras]",
            "p ‹saknas orsak, Anna› och ‹saknas ›",
        ),
        ("[KOMPLETTERASx]", "p [KOMPLETTERASx]"),
        ("{fel formel}", "insert fel"),
    ]);
}

/// Markdown that is text here, and words of the hint it gives.
#[test]
fn only_text() {
    for (text, hint) in [
        ("2025. Under året", None),
        ("3. Under året", Some("numrerad lista")),
        ("1) Under året", Some("numrerad lista")),
        ("* punkt", Some("inte en punkt")),
        ("+ punkt", Some("inte en punkt")),
        ("+/- 1 %", None),
        ("> citat", Some("Blockcitat")),
        (">5 personer", None),
        ("#### Rubrik", Some("tre nivåer")),
        ("#Rubrik", Some("inte en rubrik")),
        ("#metoo", None),
        ("---", Some("streck")),
        ("***", Some("streck")),
        ("===", Some("streck")),
        ("<b>fet</b>", Some("HTML")),
        ("<5 individer > 3", None),
        ("<https://a.se>", Some("HTML")),
        ("`kod`", Some("Kodmarkering")),
        ("```", Some("Kodmarkering")),
        ("~~~", None),
        ("R&amp;D", Some("Teckenkoden")),
        ("R&D; x", None),
        ("_ord_ här", Some("Understreck")),
        ("snake_case_ord", None),
        ("![bild](https://a.se/b.png)", Some("bild")),
        ("[ord](http://a.se)", Some("Länken")),
        ("[ord](javascript:x)", Some("Länken")),
        ("[ord](https://a.se \"titel\")", Some("Länken")),
        ("[ord][ref]", None),
        ("[ord]: https://a.se", None),
        ("| a | b |", Some("tabell")),
        ("{a", Some("stängs inte")),
        ("a } b", None),
        ("e-post@example.org", None),
        ("24*7", None),
        ("§ 12", None),
        ("-5 mnkr", None),
    ] {
        let prose = parse(text, 0);
        assert_eq!(shape(&prose), format!("p {text}\n"), "{text}");
        match hint {
            None => assert_eq!(prose.hints, [], "{text}"),
            Some(words) => {
                let [hint] = prose.hints.as_slice() else { panic!("{text}: {:?}", prose.hints) };
                assert!(hint.message.sv.contains(words), "{text}: {hint:?}");
                assert!(!hint.range.is_empty(), "{text}");
                for words in [&hint.message, &hint.help] {
                    assert!(!words.en.is_empty() && words.en != words.sv, "{text}: {hint:?}");
                }
            }
        }
    }
}

#[test]
fn only_text_beside_other_lines() {
    check(&[
        ("Rubrik\n---\ntext", "p Rubrik --- text"),
        ("Rubrik\n===", "p Rubrik ==="),
        ("text\n\n      indraget *så*", "p text / p indraget ‹em så›"),
        ("text\n        - inte en lista", "p text - inte en lista"),
        ("1. ett\n\n2025. Under året", "ol / • /   p ett / p 2025. Under året"),
        ("- # Rubrik", "ul / • /   p # Rubrik"),
        ("-      långt in", "ul / • /   p långt in"),
        ("- ett\n\n        långt *in*", "ul / • /   p ett /   p långt ‹em in›"),
    ]);
    assert_eq!(parse("a `x` b `y`\n`z`", 0).hints.len(), 2, "one of a kind on each line");
}

/// Nothing in ten ordinary paragraphs is Markdown.
#[test]
fn ordinary_paragraphs_stay_as_they_are() {
    let paragraphs = [
        "2025. Under året har bryggan vid badplatsen fått räcken på båda sidor.",
        "Gruppen 0-2 år växer långsammare än gruppen 3-5 år; skillnaden är +/- 1 % mellan kvartalen.",
        "<5 individer redovisas inte, och >20 redovisas i klass <ålder>.",
        "Frågor skickas till e-post@example.org eller registrator@example.org senast fredag.",
        "Ärendet togs upp i § 12 och bordlades & återremitterades därefter.",
        "Vaktcentralen är öppen 24*7, hela veckan * utom midsommar.",
        "Kolumnen heter snake_case_ord i filen, _inte_ längre kolumn_a.",
        "+/- 1 % räknas som i balans, ~3 % som avvikelse | resten som fel.",
        "Nämnden (se [bilagan] och \"raka\" citat) sa: 'ja', ”ja” – och `ja`!",
        "1 januari–30 april: 3 936,6 mnkr; 50/50; 100 % = allt # utan undantag.",
    ];
    let text = paragraphs.join("\n\n");
    let prose = parse(&text, 0);
    assert_eq!(plain_text(&prose), paragraphs.join("\n"));
    assert!(
        prose
            .blocks
            .iter()
            .all(|block| matches!(block, Block::Paragraph { inlines, .. } if inlines.len() == 1))
    );
}

/// å, a decomposed å, an emoji, CRLF and a tab; the words are cut out of the source
/// by the ranges.
#[test]
fn ranges_cut_the_source() {
    let text = "  å a\u{30a} 😀\t*kursiv å*\r\n  rad två {a\u{30a}.b} slut.\r\n\r\n  - punkt [5 å]{x}, @å.1\r\n\t- under **fet**\r\n\r\n  # 😀 Rubrik\r\n\r\n  {tabell}\r\n\r\n  [^n]: Not å\r\n  mer.\r\n";
    let prose = parse(text, 2);
    let mut cut = Vec::new();
    walk(&prose, &mut |node| match node {
        Node::Block(block) => cut.push(format!("block {}", slice(text, block.range()))),
        Node::Item(item) => cut.push(format!("item {}", slice(text, item.range))),
        Node::Footnote(footnote) => cut.push(format!("note {}", slice(text, footnote.range))),
        Node::Inline(Inline::Text { text: printed, range }) => {
            if printed != " " {
                assert_eq!(slice(text, *range), printed);
            }
            cut.push(format!("text {}", slice(text, *range)));
        }
        Node::Inline(inline) => cut.push(slice(text, inline.range().unwrap()).to_owned()),
    });
    assert_eq!(
        cut,
        [
            "block å a\u{30a} 😀\t*kursiv å*\r\n  rad två {a\u{30a}.b} slut.",
            "text å a\u{30a} 😀\t",
            "*kursiv å*",
            "text kursiv å",
            "text \r\n  ",
            "text rad två ",
            "{a\u{30a}.b}",
            "text  slut.",
            "block - punkt [5 å]{x}, @å.1\r\n\t- under **fet**",
            "item - punkt [5 å]{x}, @å.1\r\n\t- under **fet**",
            "block punkt [5 å]{x}, @å.1",
            "text punkt ",
            "[5 å]{x}",
            "text , ",
            "@å.1",
            "block - under **fet**",
            "item - under **fet**",
            "block under **fet**",
            "text under ",
            "**fet**",
            "text fet",
            "block # 😀 Rubrik",
            "text 😀 Rubrik",
            "block {tabell}",
            "note [^n]: Not å\r\n  mer.",
            "text Not å",
            "text \r\n  ",
            "text mer.",
        ]
    );
}

#[test]
fn helpers_find_what_is_there() {
    let text = "{a} [b]{c} @d [KOMPLETTERAS: e][^f]\n\n{g}\n\n[^f]: @h";
    let prose = parse(text, 0);
    let insertions: Vec<_> = prose
        .insertions()
        .iter()
        .map(|found| (slice(text, found.insertion.range), found.typed.map(|t| t.0), found.is_block))
        .collect();
    assert_eq!(insertions, [("{a}", None, false), ("{c}", Some("b"), false), ("{g}", None, true)]);
    let targets: Vec<&str> = prose.references().iter().map(|(target, _)| *target).collect();
    assert_eq!(targets, ["d", "h"]);
    assert_eq!(prose.missing()[0].0, "e");
    assert_eq!(prose.footnote_references()[0].0, "f");
}

/// Dedenting follows the closing mark, or what the lines have in common.
#[test]
fn dedent() {
    for (text, indent) in [
        ("    a\n\n    - b\n      c\n", 2),
        ("    a\n\n    - b\n      c\n", 4),
        ("a\n\n- b\n  c\n", 0),
        ("\ta\n\n\t- b\n\t  c\n", 0),
    ] {
        assert_eq!(shape(&parse(text, indent)), "p a\nul\n•\n  p b c\n", "{text:?}");
    }
    assert_eq!(shape(&parse("  a\nb\n", 2)), "p a b\n");
}

/// Two seconds are far more than any of these needs, and far less than anything
/// quadratic would.
#[test]
#[allow(clippy::disallowed_methods)] // The clock is what is tested.
fn long_passages_are_read_quickly() {
    let size = 100_000;
    for unit in [
        "[",
        "]",
        "*",
        "**",
        "{",
        "}",
        "`",
        "<a",
        "_a",
        " _a",
        "[a](https://a",
        "[x]{",
        "[^a]:\n",
        "- ",
        "> ",
        "1. ",
        "*a ",
        "**a *b ",
        "a*",
        "\\",
        "\\\n",
        "@a ",
        "[KOMPLETTERAS",
        "&a",
        "(",
        "#",
        "# a\n",
        "- a\n",
        "  - a\n",
        "{a}\n",
        "{a",
        "[a]{b}",
        "\n",
        " \n",
        "\t",
        "![a](",
        "|",
        "[a\n",
        "{a\n",
        "!",
        "<!--",
        "a\n---\n",
    ] {
        let text = unit.repeat(size / unit.len());
        let start = std::time::Instant::now();
        let prose = parse(&text, 0);
        let took = start.elapsed();
        assert!(took.as_millis() < 2_000, "{unit:?} took {took:?}");
        drop(prose);
    }
    let staircase: String = (0..400).map(|depth| format!("{}- a\n", "  ".repeat(depth))).collect();
    let mut deepest = 0usize;
    walk(&parse(&staircase, 0), &mut |node| {
        if let Node::Block(Block::List { .. }) = node {
            deepest += 1;
        }
    });
    assert_eq!(deepest, super::layout::MAX_LIST_DEPTH);
}

fn check_positions(text: &str, prose: &Prose) {
    let whole = TextRange::up_to(TextSize::of(text));
    let mut last = TextSize::from(0);
    let mut in_notes = false;
    walk(prose, &mut |node| {
        let range = match node {
            Node::Block(block) => Some(block.range()),
            Node::Item(item) => Some(item.range),
            Node::Inline(inline) => inline.range(),
            Node::Footnote(note) => {
                if !in_notes {
                    in_notes = true;
                    last = TextSize::from(0);
                }
                Some(note.range)
            }
        };
        let Some(range) = range else { return };
        assert!(whole.contains_range(range), "{node:?}");
        assert!(
            text.get(usize::from(range.start())..usize::from(range.end())).is_some(),
            "not on character boundaries: {node:?}"
        );
        assert!(range.start() >= last, "{node:?} begins before {last:?}");
        last = range.start();
        if let Node::Inline(Inline::Text { text: printed, range }) = node {
            let source = slice(text, *range);
            // A line break prints as a blank.
            assert!(
                source.replace('\n', " ") == *printed
                    || (printed == " " && source.trim().is_empty()),
                "{printed:?} is not {source:?}"
            );
        }
    });
    for hint in &prose.hints {
        assert!(whole.contains_range(hint.range), "{hint:?}");
        assert!(
            text.get(usize::from(hint.range.start())..usize::from(hint.range.end())).is_some(),
            "{hint:?}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn total_over_any_text(text in "\\PC{0,80}", indent in 0u32..6) {
        check_positions(&text, &parse(&text, indent));
    }

    #[test]
    fn total_over_marks(
        pieces in proptest::collection::vec(
            proptest::sample::select(vec![
                "å", "a\u{30a}", "😀", "\t", "\r\n", "\n", "\n\n", " ", "    ", "*", "**", "_", "`", "```",
                "- ", "-", "1. ", "2. ", "2025. ", "1) ", "+ ", "* ", "# ", "## ", "#", "> ", "---", "===",
                "[", "]", "(", ")", "{", "}", "{a.b}", "[5 st]{x}", "[^n]", "[^n]: ", "@1.2", "@å", "a@b",
                "[ord](https://a.se)", "![", "<b>", "<!--", "&amp;", "\\", "\\{", "|", "[KOMPLETTERAS: x]",
                "ord", "ett två", "\0", "\r", "\u{b}", "\u{c}", "\u{a0}", "\u{2028}", "~~~", "<a href=\"", "\"",
            ]),
            0..30,
        ),
        indent in 0u32..6,
    ) {
        let text = pieces.concat();
        check_positions(&text, &parse(&text, indent));
    }

    /// Whatever Markdown makes of the marks, every word is printed, and in order.
    #[test]
    fn no_word_is_lost(
        marks in proptest::collection::vec(
            proptest::sample::select(vec![
                "\n", "\n\n", "\r\n", " ", "    ", "\t", "*", "**", "_", "`", "```\n", "\n- ", "\n-", "\n1. ",
                "\n2. ", "\n2025. ", "\n1) ", "\n+ ", "\n* ", "\n# ", "\n#### ", "\n> ", "\n---\n",
                "\n===\n", "[", "]", "(", ")", "{", "}", "@", "<b>", "<!--", "\n<div>\n", "&amp;", "\\",
                "|", "~~~\n", "!", "\u{b}", "\u{c}", "\0", "\u{a0}", "\n        ", "](https://a.se)",
            ]),
            0..25,
        )
    ) {
        let mut text = String::new();
        let mut words = Vec::new();
        for (index, mark) in marks.iter().enumerate() {
            let word = format!("ord{index}å");
            text += mark;
            // Inside `{…}` words are a formula, not print.
            if !text.contains('{') {
                words.push(word.clone());
            }
            text += &word;
        }
        let printed = plain_text(&parse(&text, 0));
        let mut rest = printed.as_str();
        for word in words {
            let at = rest.find(&word);
            prop_assert!(at.is_some(), "{word} is missing in {printed:?}");
            rest = &rest[at.unwrap() + word.len()..];
        }
    }

    /// Letters, digits, blanks and the punctuation of ordinary sentences print as
    /// they were typed.
    #[test]
    fn sentences_print_as_typed(text in "[a-zåäö0-9][a-zåäö0-9 ,;:.!?()<>&%§/+=_~|-]{0,60}[a-zåäö.]") {
        prop_assume!(!text.starts_with("1. "));
        prop_assert_eq!(plain_text(&parse(&text, 0)), text);
    }
}
