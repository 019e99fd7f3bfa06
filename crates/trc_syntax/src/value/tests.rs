use proptest::prelude::*;

use super::*;

fn slice(text: &str, range: TextRange) -> &str {
    &text[usize::from(range.start())..usize::from(range.end())]
}

fn shown(quantity: &Quantity) -> String {
    match &quantity.kind {
        QuantityKind::Number { value, unit: None } => value.to_swedish(),
        QuantityKind::Number { value, unit: Some(unit) } => {
            format!("{}‹{unit}›", value.to_swedish())
        }
        QuantityKind::Share { part, whole } => format!("{part} av {whole}"),
        QuantityKind::Inserted(insertion) => {
            assert!(insertion.formula.is_ok());
            "infogat".to_owned()
        }
        QuantityKind::Checked { typed, insertion, .. } => {
            assert!(insertion.formula.is_ok());
            format!("kontrollerat {typed}")
        }
    }
}

fn shown_measure(measure: &Measure) -> String {
    let mut out = shown(&measure.total);
    for part in &measure.parts {
        out += &format!(" {:?} {}", part.gender, shown(&part.quantity));
    }
    if let Some(absence) = &measure.parts_absent {
        out += &format!(" {:?} {:?}", absence.kind, absence.reason);
    }
    out
}

#[test]
fn measures() {
    for (text, expected) in [
        ("5 st", "5‹st›"),
        ("40", "40"),
        ("69%", "69‹%›"),
        ("-5,4 mnkr", "\u{2212}5,4‹mnkr›"),
        ("16,3 barn/avd.", "16,3‹barn/avd.›"),
        ("1,41 kg CO2 per kg livsmedel", "1,41‹kg CO2 per kg livsmedel›"),
        ("3\u{a0}936,6 mnkr", "3\u{a0}936,6‹mnkr›"),
        ("35 av 42", "35 av 42"),
        ("35 % (män 1,4 %, kvinnor 34,3 %)", "35‹%› Men 1,4‹%› Women 34,3‹%›"),
        ("35 % (ma\u{308}n 1,4 %, Kvinnor 34,3%)", "35‹%› Men 1,4‹%› Women 34,3‹%›"),
        ("97 av 171 (män 52 av 92, kvinnor 45 av 79)", "97 av 171 Men 52 av 92 Women 45 av 79"),
        ("8 (pojkar 3, flickor 5)", "8 Men 3 Women 5"),
        ("8 (pojkar 3,flickor 5 st)", "8 Men 3 Women 5‹st›"),
        ("68 % (kön sekretess)", "68‹%› Confidential None"),
        ("68 % (kön ej mätt, ny fråga, 2025)", "68‹%› NotMeasured Some(\"ny fråga, 2025\")"),
        ("{driftbudget.efter}", "infogat"),
        ("[98,8 %]{andel(a, b)}", "kontrollerat 98,8 %"),
        (
            "[98,8 %]{andel(a, b)} (män {min(a, b)}, kvinnor [2]{x})",
            "kontrollerat 98,8 % Men infogat Women kontrollerat 2",
        ),
    ] {
        match measure(text) {
            Ok(measure) => assert_eq!(shown_measure(&measure), expected, "{text}"),
            Err(error) => panic!("{text}: {error:?}"),
        }
    }
}

/// å, a decomposed å, an emoji, CRLF and a tab stand before what is measured.
#[test]
fn measure_ranges() {
    let text = " \t\r\n[å 3 a\u{30a}r 😀]{år.a\u{30a}r} (män 1,4 %, kvinnor\t{å})";
    let measure = measure(text).unwrap();
    let QuantityKind::Checked { typed, typed_range, insertion } = &measure.total.kind else {
        panic!()
    };
    assert_eq!(typed, "å 3 a\u{30a}r 😀");
    assert_eq!(slice(text, *typed_range), typed);
    assert_eq!(slice(text, insertion.range), "{år.a\u{30a}r}");
    assert_eq!(slice(text, insertion.formula_range), "år.a\u{30a}r");
    assert_eq!(slice(text, measure.total.range), "[å 3 a\u{30a}r 😀]{år.a\u{30a}r}");
    assert_eq!(slice(text, measure.parts[0].quantity.range), "1,4 %");
    assert_eq!(slice(text, measure.parts[1].quantity.range), "{å}");
    let text = "5 % (kön\tsekretess, å)";
    let absent = super::measure(text).unwrap().parts_absent.unwrap();
    assert_eq!(slice(text, absent.range), "sekretess, å");
}

/// What the range of an error covers, and words of its message or help.
#[test]
fn measure_errors() {
    for (text, covered, words) in [
        ("", "", "väntas ett tal"),
        ("4.8", "4.8", "Skriv decimalkomma: 4,8"),
        ("å", "å", "väntas ett tal"),
        ("cirka 5 %", "cirka", "inte ”cirka”"),
        ("ej mät, redovisas T2", "ej", "Menade du ”ej mätt”?"),
        ("10–12 %", "–12 %", "intervall"),
        ("35/42", "/42", "35 av 42"),
        ("1234 567", "567", "grupper om tre"),
        ("5 %, 6 %", "%, 6 %", "hör dit"),
        ("5 % (mn 3 %)", "mn", "Menade du ”män”?"),
        ("5 % (varav hälften)", "varav", "könens värden"),
        ("5 % (män 3 %, pojkar 2 %)", "2 %", "två gånger"),
        ("5 % (män 3 %", "(", "stängs inte"),
        ("5 % (män 3 %) till", "till", "hör dit"),
        ("5 % (män sekretess, kvinnor 4)", "män sekretess", "(kön sekretess)"),
        ("5 % (kön varierar)", "varierar", "varför"),
        ("{a", "{", "stängs inte"),
        ("[5 %]", "[5 %]", "inte knuten"),
        ("5 av många", "många", "väntas ett tal"),
        ("5 av 0", "0", "av noll"),
        (&"9".repeat(40), &"9".repeat(40), "28 siffror"),
    ] {
        let error = match measure(text) {
            Err(error) => error,
            Ok(measure) => panic!("{text}: {measure:?}"),
        };
        assert_eq!(slice(text, error.range), covered, "{text}");
        assert!(
            error.message.sv.contains(words) || error.help.sv.contains(words),
            "{text}: {error:?}"
        );
    }
}

#[test]
fn absences() {
    let of = |text| absence(text).map(|absence| (absence.kind, absence.reason));
    assert_eq!(of("bortfall"), Some((AbsenceKind::NonResponse, None)));
    assert_eq!(
        of(" Ej  ma\u{308}tt, redovisas T2 2025 "),
        Some((AbsenceKind::NotMeasured, Some("redovisas T2 2025".to_owned())))
    );
    assert_eq!(
        of("sekretess, färre än fem, i båda"),
        Some((AbsenceKind::Confidential, Some("färre än fem, i båda".to_owned())))
    );
    assert_eq!(of("ej tillämpligt,"), Some((AbsenceKind::NotApplicable, None)));
    assert_eq!(of("ej mätt redovisas"), None);
    assert_eq!(of("5 %"), None);
    let text = "\t bortfall, å ";
    assert_eq!(slice(text, absence(text).unwrap().range), "bortfall, å");
}

#[test]
fn targets() {
    for (text, expected) in [
        ("4,8", "4,8"),
        ("36 %", "36‹%›"),
        ("36 % (män 30 %, kvinnor 40 %)", "36‹%› Men 30‹%› Women 40‹%›"),
        ("minst 90 %", "minst 90‹%›"),
        ("Lägst 90 %", "minst 90‹%›"),
        ("la\u{308}gst 90 %", "minst 90‹%›"),
        ("högst 10 personer", "högst 10‹personer›"),
        ("Max 10 personer", "högst 10‹personer›"),
        ("max\t10", "högst 10"),
        ("±1 %", "± 1‹%›"),
        ("+/- 1 %", "± 1‹%›"),
        ("Ökning", "Increase"),
        ("minskning", "Decrease"),
        ("Tas fram av nämnd/styrelse", "Tas fram av nämnd/styrelse"),
        ("Fastställs 2025", "2025"),
        ("100 % för hela staden", "100‹%› hela staden"),
        ("ökning fo\u{308}r  hela staden", "Increase hela staden"),
        ("{kf.årsmål}", "infogat"),
    ] {
        let target = target(text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
        let shown = match &target.kind {
            TargetKind::Value(measure) => shown_measure(measure),
            TargetKind::AtLeast(quantity) => format!("minst {}", shown(quantity)),
            TargetKind::AtMost(quantity) => format!("högst {}", shown(quantity)),
            TargetKind::Within(quantity) => format!("± {}", shown(quantity)),
            TargetKind::SetElsewhere(typed) => typed.clone(),
            TargetKind::SetLater(year) => year.to_string(),
            other => format!("{other:?}"),
        };
        let city = if target.whole_city { " hela staden" } else { "" };
        assert_eq!(format!("{shown}{city}"), expected, "{text}");
    }
    for (text, covered, words) in [
        ("högts 5", "högts", "Menade du ”högst”?"),
        ("ungefär 5", "ungefär", "minst 90 %"),
        ("minst", "", "väntas ett tal"),
        ("minst 4.8 %", "4.8", "4,8"),
        ("fastställs snart", "fastställs snart", "år"),
        ("", "", "väntas ett tal"),
    ] {
        let error = target(text).unwrap_err();
        assert_eq!(slice(text, error.range), covered, "{text}");
        assert!(
            error.message.sv.contains(words) || error.help.sv.contains(words),
            "{text}: {error:?}"
        );
    }
}

#[test]
fn new_targets() {
    for (text, target, reason) in [
        ("15,0, efter beslut i mars", "15,0", "efter beslut i mars"),
        (
            "36 % (män 30 %, kvinnor 40 %), nya tal, och fler",
            "36 % (män 30 %, kvinnor 40 %)",
            "nya tal, och fler",
        ),
        ("minst 90 %,skälet", "minst 90 %", "skälet"),
        ("{max(a, b)}, skälet", "{max(a, b)}", "skälet"),
    ] {
        let new = new_target(text).unwrap();
        assert_eq!((new.text.as_str(), new.reason.as_str()), (target, reason));
        assert_eq!(Ok(new.target), super::target(target));
    }
    for (text, covered, words) in [
        ("15,0", "15,0", "varför"),
        ("15,0, ", "15,0,", "varför"),
        ("kanske, vi får se", "kanske", "inget årsmål"),
    ] {
        let error = new_target(text).unwrap_err();
        assert_eq!(slice(text, error.range), covered, "{text}");
        assert!(error.message.sv.contains(words), "{text}: {error:?}");
    }
}

#[test]
fn cells() {
    for (text, expected) in [
        ("", "tom"),
        ("-", "streck"),
        ("–", "streck"),
        ("-15,5", "\u{2212}15,5"),
        ("3 936,6", "3\u{a0}936,6"),
        ("95,4 %", "95,4‹%›"),
        ("475,9 mnkr", "475,9‹mnkr›"),
        ("16,3 barn/avd.", "16,3‹barn/avd.›"),
        ("1,41 kg CO2 per kg livsmedel", "1,41‹kg CO2 per kg livsmedel›"),
        ("1,6 [^f]", "1,6 not f"),
        ("1,6[^å1]", "1,6 not å1"),
        ("Elcyklar [^f]", "”Elcyklar” not f"),
        ("2 av 3 enheter", "”2 av 3 enheter”"),
        ("12 nya platser", "”12 nya platser”"),
        ("0-2 år", "”0-2 år”"),
        ("2025-05-21", "”2025-05-21”"),
        ("1.2.1", "”1.2.1”"),
        ("4.8", "”4.8” problem"),
        ("2c8", "”2c8”"),
        ("# Nycklade medel", "”# Nycklade medel”"),
        ("{a.b}", "infogat"),
        ("[7,3]{a.b}", "kontrollerat 7,3"),
        ("[7,3]{a.b} [^1]", "kontrollerat 7,3 not 1"),
        ("{a} och {b}", "”{a} och {b}”"),
        ("[sic]", "”[sic]”"),
        (&"9".repeat(40), &format!("”{}” problem", "9".repeat(40))),
    ] {
        let cell = cell(text);
        let mut shown = match &cell.content {
            CellContent::Empty => "tom".to_owned(),
            CellContent::Dash => "streck".to_owned(),
            CellContent::Number { value, unit: None } => value.to_swedish(),
            CellContent::Number { value, unit: Some(unit) } => {
                format!("{}‹{unit}›", value.to_swedish())
            }
            CellContent::Text(text) => format!("”{text}”"),
            CellContent::Inserted(_) => "infogat".to_owned(),
            CellContent::Checked { typed, .. } => format!("kontrollerat {typed}"),
        };
        if let Some((label, range)) = &cell.footnote {
            assert_eq!(slice(text, *range), label);
            shown += &format!(" not {label}");
        }
        if cell.problem.is_some() {
            shown += " problem";
        }
        assert_eq!(shown, expected, "{text}");
    }
    let text = "\t[å 😀]{a\u{30a}r} [^å]\r";
    let read = cell(text);
    assert_eq!(slice(text, read.range), "[å 😀]{a\u{30a}r}");
    assert_eq!(slice(text, read.footnote.unwrap().1), "å");
}

#[test]
fn lists() {
    let text = "Bo Ek, stadsdelsdirektör,\t4,8, a\u{30a}r ,,\r\n😀";
    let parts = list(text);
    let words: Vec<&str> = parts.iter().map(|part| part.text.as_str()).collect();
    assert_eq!(words, ["Bo Ek", "stadsdelsdirektör", "4,8", "år", "😀"]);
    assert_eq!(slice(text, parts[3].range), "a\u{30a}r");
    assert_eq!(slice(text, parts[4].range), "😀");
    assert!(list(" ,").is_empty());
}

#[test]
fn dates() {
    assert_eq!(date(" 2025-05-21 ").unwrap().to_string(), "2025-05-21");
    for (text, words) in
        [("2025-02-30", "finns inte"), ("21/5 2025", "inget datum"), ("", "väntas ett datum")]
    {
        assert!(date(text).unwrap_err().message.sv.contains(words), "{text}");
    }
}

proptest! {
    #[test]
    fn total_over_any_text(
        text in "[a-zåän0-9 .,()%{}\u{30a}\u{1f600}\r\n\t\\[\\]^-]{0,40}|\\PC{0,40}|(5 %|35 av 42|minst|±|män|kvinnor|kön|sekretess|[(), ]|\\{a\\}|\\[x\\]|för hela staden){0,10}"
    ) {
        let inside = |range: TextRange| text.get(usize::from(range.start())..usize::from(range.end())).is_some();
        match measure(&text) {
            Ok(measure) => {
                prop_assert!(inside(measure.total.range));
                prop_assert!(measure.parts.iter().all(|part| inside(part.quantity.range)));
                prop_assert!(measure.parts_absent.iter().all(|absence| inside(absence.range)));
            }
            Err(error) => prop_assert!(inside(error.range), "{error:?}"),
        }
        if let Err(error) = target(&text) {
            prop_assert!(inside(error.range), "{error:?}");
        }
        prop_assert!(absence(&text).is_none_or(|absence| inside(absence.range)));
        let cell = cell(&text);
        prop_assert!(inside(cell.range));
        prop_assert!(cell.footnote.is_none_or(|(_, range)| inside(range)));
        prop_assert!(cell.problem.is_none_or(|problem| inside(problem.range)));
        prop_assert!(list(&text).iter().all(|part| inside(part.range)));
        if let Err(error) = date(&text) {
            prop_assert!(inside(error.range));
        }
    }
}
