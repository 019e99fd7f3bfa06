use proptest::prelude::*;

use super::*;

/// An expression in a notation that shows its structure.
fn shape(expression: &Expression) -> String {
    match &expression.kind {
        ExpressionKind::Number { value, unit: None } => value.to_swedish(),
        ExpressionKind::Number { value, unit: Some(unit) } => {
            format!("{}‹{unit}›", value.to_swedish())
        }
        ExpressionKind::Path(path) => {
            let names: Vec<&str> = path.parts.iter().map(|part| part.name.as_str()).collect();
            let document = match &path.document {
                None => String::new(),
                Some(DocumentReference::Previous) => "@föregående".to_owned(),
                Some(DocumentReference::Named { period, year, owner }) => {
                    format!("@{period}/{year}/{}", owner.as_deref().unwrap_or("-"))
                }
            };
            format!("{}{document}", names.join("·"))
        }
        ExpressionKind::Call { function, arguments, .. } => {
            let arguments: Vec<String> = arguments
                .iter()
                .map(|argument| match argument {
                    Argument::Expression(expression) => shape(expression),
                    Argument::Words { text, .. } => format!("'{text}'"),
                })
                .collect();
            format!("{function}[{}]", arguments.join("; "))
        }
        ExpressionKind::Sum(of) => format!("{of:?}"),
        ExpressionKind::Negate(inner) => format!("neg({})", shape(inner)),
        ExpressionKind::Binary { operator, left, right } => {
            format!("({} {operator:?} {})", shape(left), shape(right))
        }
    }
}

#[test]
fn structure() {
    for (text, expected) in [
        ("budget + begärda - prognos", "((budget Add begärda) Subtract prognos)"),
        ("a - b * c / d", "(a Subtract ((b Multiply c) Divide d))"),
        ("(a - b) * c", "((a Subtract b) Multiply c)"),
        ("-från - resultat", "(neg(från) Subtract resultat)"),
        ("−5 - -4,8 mnkr", "(\u{2212}5 Subtract \u{2212}4,8‹mnkr›)"),
        ("- -5", "neg(\u{2212}5)"),
        ("driftbudget.netto.budget", "driftbudget·netto·budget"),
        (
            "volymer.inskrivna.2025-volymer.inskrivna.2024",
            "(volymer·inskrivna·2025 Subtract volymer·inskrivna·2024)",
        ),
        ("1.2.1", "1·2·1"),
        ("1.2.status", "1·2·status"),
        ("24h_vård.totalt", "24h_vård·totalt"),
        ("3 936,6", "3\u{a0}936,6"),
        ("3\u{202f}936,6 mnkr", "3\u{a0}936,6‹mnkr›"),
        ("100 %", "100‹%›"),
        ("69%", "69‹%›"),
        ("4mnkr * 2", "(4‹mnkr› Multiply 2)"),
        ("andel(4, 12)", "andel[4; 12]"),
        ("andel(4,12)", "andel[4,12]"),
        ("andel(4,12, 5)", "andel[4,12; 5]"),
        ("summa", "Above"),
        ("summa varav", "Varav"),
        ("summa grupp - 5", "(Group Subtract 5)"),
        (
            "summa(ärenden.2024) - summa (ärenden.2023)",
            "(summa[ärenden·2024] Subtract summa[ärenden·2023])",
        ),
        ("max(min(a, b), tal(c))", "max[min[a; b]; tal[c]]"),
        ("min", "min"),
        ("resultatenheter.summa.från", "resultatenheter·summa·från"),
        ("utfall(föregående)", "utfall@föregående"),
        ("utfall(fo\u{308}rega\u{30a}ende)", "utfall@föregående"),
        ("utfall( VB 2024 )", "utfall@VB/2024/-"),
        ("barn.utfall(VB 2024 för familjeenheten)", "barn·utfall@VB/2024/familjeenheten"),
        ("antal(indikatorer, nås  delvis)", "antal[indikatorer; 'nås delvis']"),
        ("antal(indikatorer, nås)", "antal[indikatorer; nås]"),
        ("procentändring(utfall(föregående), utfall)", "procentändring[utfall@föregående; utfall]"),
        ("procenta\u{308}ndring(a, b)", "procentändring[a; b]"),
        ("andel(a,\r\n\tb)", "andel[a; b]"),
        ("a\u{30a}r", "år"),
    ] {
        match parse(text) {
            Ok(expression) => assert_eq!(shape(&expression), expected, "{text}"),
            Err(error) => panic!("{text}: {error:?}"),
        }
    }
}

/// å, a decomposed å, an emoji (in the error), CRLF and a tab before what is meant.
#[test]
fn ranges() {
    let text = "(år\t+ a\u{30a}r.2024)\r\n* tal(x)";
    let parsed = parse(text).unwrap();
    let slice = |range: TextRange| &text[usize::from(range.start())..usize::from(range.end())];
    assert_eq!(slice(parsed.range), text);
    let ExpressionKind::Binary { left, right, .. } = parsed.kind else { panic!() };
    assert_eq!(slice(left.range), "(år\t+ a\u{30a}r.2024)");
    assert_eq!(slice(right.range), "tal(x)");
    let ExpressionKind::Binary { right, .. } = left.kind else { panic!() };
    assert_eq!(slice(right.range), "a\u{30a}r.2024");
    let ExpressionKind::Path(path) = right.kind else { panic!() };
    assert_eq!(slice(path.parts[0].range), "a\u{30a}r");
    assert_eq!(path.parts[0].name, "år");
    assert_eq!(slice(path.parts[1].range), "2024");
}

/// The carets stand under the error's range; the words must occur in its
/// message or help.
#[test]
fn errors_say_what_and_where() {
    for (text, carets, words) in [
        ("", "", "tom"),
        ("   ", "^^^", "tom"),
        ("a +", "  ^", "saknas ett tal eller ett namn"),
        ("a + * b", "    ^", "väntas ett tal eller ett namn"),
        ("a b", "  ^", "saknas ett räknesätt"),
        ("å\ta\u{30a} 😀", "     ^", "hör inte hemma"),
        ("4.8 + x", "^^^", "4,8"),
        ("1 000.5", "^^^^^^^", "1 000,5"),
        ("(a + b", "^", "stängs inte"),
        ("a + b)", "     ^", "utan att ha öppnats"),
        ("a, b", " ^", "komma"),
        ("a = b", "  ^", "likhetstecken"),
        ("a.", " ^", "punkt"),
        ("medel(a, b)", "^^^^^", "medel är ingen funktion"),
        ("andl(a, b)", "^^^^", "Menade du funktionen andel"),
        ("utfall(2024)", "       ^^^^", "dokument"),
        ("utfall(VB 24)", "          ^^", "dokument"),
        ("utfall(föregående).män", "                  ^", "punkt"),
        ("andel()", "      ^", "väntas ett tal"),
        ("a × b", "  ^", "Gånger skrivs *"),
        ("% + 1", "^", "saknas ett tal"),
    ] {
        let error = match parse(text) {
            Err(error) => error,
            Ok(parsed) => panic!("{text}: {parsed:?}"),
        };
        assert!(
            error.message.sv.contains(words) || error.help.sv.contains(words),
            "{text}: {error:?}"
        );
        let before = &text[..usize::from(error.range.start())];
        let inside = &text[usize::from(error.range.start())..usize::from(error.range.end())];
        assert_eq!(
            " ".repeat(before.chars().count()) + &"^".repeat(inside.chars().count()),
            carets,
            "{text}"
        );
    }
}

#[test]
fn equations() {
    let (left, right) = parse_equation("driftbudget.netto = områden.totalt - 5").unwrap();
    assert_eq!(shape(&left), "driftbudget·netto");
    assert_eq!(shape(&right), "(områden·totalt Subtract 5)");
    for (text, words) in [
        ("a", "finns bara ett"),
        ("a = b = c", "finns fler"),
        ("= b", "Före likhetstecknet"),
        ("a =", "Efter ”=” saknas"),
        ("", "tom"),
    ] {
        let error = parse_equation(text).unwrap_err();
        assert!(error.message.sv.contains(words), "{text}: {error:?}");
    }
}

#[test]
fn limits_give_messages() {
    let nested = |depth| format!("{}a{}", "(".repeat(depth), ")".repeat(depth));
    assert!(parse(&nested(MAX_NESTING)).is_ok());
    assert!(parse(&nested(MAX_NESTING + 1)).unwrap_err().message.sv.contains("parenteser"));
    assert!(parse(&"(".repeat(9_000)).unwrap_err().message.sv.contains("parenteser"));
    let chain = |operators| format!("a{}", "+a".repeat(operators));
    assert!(parse(&chain(MAX_OPERATORS)).is_ok());
    assert!(parse(&chain(MAX_OPERATORS + 1)).unwrap_err().message.sv.contains("räknetecken"));
    assert!(parse(&"-".repeat(9_000)).unwrap_err().message.sv.contains("räknetecken"));
    assert!(parse(&"å".repeat(MAX_CHARACTERS)).is_ok());
    assert!(parse(&"å".repeat(MAX_CHARACTERS + 1)).unwrap_err().message.sv.contains("tecken"));
    assert!(parse(&"9".repeat(40)).unwrap_err().message.sv.contains("28 siffror"));
}

fn inside(range: TextRange, text: &str) -> bool {
    text.get(usize::from(range.start())..usize::from(range.end())).is_some()
}

fn ranges_nest(expression: &Expression, text: &str) {
    assert!(inside(expression.range, text), "{expression:?}");
    match &expression.kind {
        ExpressionKind::Negate(inner) => {
            assert!(expression.range.contains_range(inner.range));
            ranges_nest(inner, text);
        }
        ExpressionKind::Binary { left, right, .. } => {
            assert!(left.range.end() <= right.range.start());
            assert!(expression.range.contains_range(left.range));
            assert!(expression.range.contains_range(right.range));
            ranges_nest(left, text);
            ranges_nest(right, text);
        }
        ExpressionKind::Call { arguments, .. } => {
            for argument in arguments {
                match argument {
                    Argument::Expression(inner) => ranges_nest(inner, text),
                    Argument::Words { range, .. } => assert!(inside(*range, text)),
                }
            }
        }
        _ => {}
    }
}

proptest! {
    #[test]
    fn total_over_any_text(text in "[a-zåäö0-9 .,()+*/=%_\u{30a}\u{1f600}\r\n\t-]{0,40}|\\PC{0,60}") {
        match parse(&text) {
            Ok(expression) => ranges_nest(&expression, &text),
            Err(error) => prop_assert!(inside(error.range, &text), "{error:?}"),
        }
        if let Err(error) = parse_equation(&text) {
            prop_assert!(inside(error.range, &text), "{error:?}");
        }
    }

    #[test]
    fn total_over_formula_words(
        words in proptest::collection::vec(
            proptest::sample::select(vec![
                "summa", "varav", "andel", "(", ")", ",", "utfall", "föregående", "VB", "2024",
                "för", "4,8", "mnkr", "%", "-", "+", "*", "a.b.2024", "=", "nås", "delvis", " ",
            ]),
            0..40,
        )
    ) {
        let text = words.join(" ");
        match parse(&text) {
            Ok(expression) => ranges_nest(&expression, &text),
            Err(error) => prop_assert!(inside(error.range, &text), "{error:?}"),
        }
    }
}
