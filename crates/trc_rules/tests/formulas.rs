//! Values and formulas in sentences, fields and tables: what is right is silent, and
//! what is wrong is said at its place. Each case reads alone against one small
//! workspace.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice)]

use proptest::prelude::*;
use trc_model::vocabulary::built_in_files;
use trc_model::{Database, Phase, SourceFile, Workspace};

/// Rules that look at values, formulas and tables.
const RULES: [&str; 8] = [
    "unknown-name",
    "checked-number",
    "value-malformed",
    "unit-mismatch",
    "formula-impossible",
    "table-figure",
    "table-shape",
    "diagram-without-data",
];

const PLAN: &str = r#"verksamhetsplan 2025 för farsta

mål 3 "En stark organisation"
mål 3.4 "Medarbetarna trivs" {
  indikator frånvaro "Sjukfrånvaro" {
    mäts i: %
    riktning: lägre är bättre
    årsmål: 7,0 %
  }
  indikator nöjda "Andel nöjda" {
    mäts i: %
    riktning: högre är bättre
    årsmål: 90 %
    delvis från: 80
  }
  indikator deltagare "Deltagare" {
    mäts i: st
    riktning: högre är bättre
    årsmål: 500
  }
  indikator kommande "Mäts senare" {
    mäts i: %
    riktning: högre är bättre
    årsmål: 50 %
  }
  aktivitet introduktion "Introduktion"
  aktivitet kartläggning "Kartläggning"
}
mål 3.4.1 "Cheferna finns nära" {
  indikator samtal "Andel med samtal" {
    mäts i: %
    riktning: högre är bättre
    årsmål: 95 %
  }
  aktivitet utbildning "Utbildning"
}
mål 3.4.2 "Få slutar" {
  indikator rörlighet "Rörlighet" {
    mäts i: %
    riktning: lägre är bättre
    årsmål: 10 %
  }
}
"#;

const BEFORE: &str = r#"rapport VB 2024 för farsta
omfattning: endast utfall
indikator frånvaro { utfall: 7,9 % }
indikator deltagare { utfall: 460 }
"#;

const REPORT: &str = r#"rapport T1 2025 för farsta
datum: 2025-05-21

indikator frånvaro {
  utfall: 7,4 % (män 5,1 %, kvinnor 8,2 %)
  prognos: 7,2 %
  analys: Korttidsfrånvaron har ökat.
}
indikator nöjda {
  utfall: 34 av 40
  analys: Svaren är få.
}
indikator deltagare {
  utfall: 512
  svar: 34
}
indikator samtal {
  utfall: 70 %
  prognos: nås delvis
  analys: Samtalen hålls i höst.
}
indikator rörlighet { utfall: 34 av 626 }
mål 3.4 { status: uppfylls delvis }
mål 3.4.1 { status: uppfylls delvis }
mål 3.4.2 { status: uppfylls helt }
aktivitet introduktion { läge: pågår }
aktivitet kartläggning {
  läge: försenad till 2025-12-31
  analys: Den började sent.
}
aktivitet utbildning { läge: genomförd }

tabell drift "Drift" i mnkr {
  decimaler: 1
  rad summa "Summa" = summa

  |                | Budget | Avvikelse |
  | Förskola       |   40,0 |       1,1 |
  | varav lokaler  |    4,0 |       0,2 |
  | Äldreomsorg    |   60,0 |      -9,5 |
  | varav hemtjänst |  20,0 |      -4,0 |
  | varav boenden  |   40,0 |      -5,5 |
}

tabell fonder i tkr {
  kolumn fond "Fond" { överskott: minus }

  |        |    fond |
  | Norra  |  -1 200 |
  | Södra  |     300 |
}

tabell turned "Tecken" {
  rad b "B" { överskott: minus }
  rad c "C"

  |   |  a |
  | B | -1 |
  | C | -1 |
}
"#;

/// What is said of a report with more text: the source it stands at, and the message.
fn said(more: &str) -> Vec<String> {
    said_of(&[PLAN, BEFORE, &format!("{REPORT}{more}\n")], None)
}

fn said_of(files: &[&str], rules: Option<&[&str]>) -> Vec<String> {
    let db = Database::default();
    let mut inputs = built_in_files(&db);
    inputs.extend(files.iter().enumerate().map(|(index, text)| {
        SourceFile::new(&db, format!("{index}").into(), (*text).to_owned(), None)
    }));
    let workspace = Workspace::new(&db, inputs, Some(Phase::Final), None);
    trc_rules::check(&db, workspace)
        .into_iter()
        .filter(|found| rules.unwrap_or(&RULES).contains(&found.rule))
        .map(|found| {
            let file = files[found.location.file.parse::<usize>().unwrap()];
            let range = found.location.range;
            let source = &file[range.start as usize..range.end as usize];
            format!("{} »{source}« {} {}", found.rule, found.message.sv, found.help.sv)
        })
        .collect()
}

/// A sentence in a section of the report.
fn sentence(text: &str) -> Vec<String> {
    said(&format!("avsnitt övrigt \"\"\"\n  {text}\n\"\"\""))
}

#[track_caller]
fn all_right(sentences: &[&str]) {
    let wrong: Vec<String> = sentences
        .iter()
        .flat_map(|text| sentence(text).into_iter().map(move |it| format!("{text}\n    {it}")))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Each sentence, and how the one finding about it begins.
#[track_caller]
fn all_wrong(sentences: &[(&str, &str)]) {
    each_is(sentences.iter().map(|(text, expected)| (*text, sentence(text), *expected)));
}

#[track_caller]
fn each_is<'a>(cases: impl Iterator<Item = (&'a str, Vec<String>, &'a str)>) {
    let mut wrong = Vec::new();
    for (text, found, expected) in cases {
        let fits = matches!(found.as_slice(), [one] if one.contains(expected));
        if !fits {
            wrong.push(format!("{text}\n  expected {expected}\n  found    {found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn money_converts_between_kr_tkr_and_mnkr() {
    all_right(&[
        "[40 000 tkr]{drift.förskola.budget}",
        "[40 000 000 kronor]{drift.förskola.budget}",
        "[0,04 miljarder kronor]{drift.förskola.budget}",
        "[1,2 mnkr]{-fonder.norra}",
        "[38,8 mnkr]{drift.förskola.budget + fonder.norra}",
        "[60 mnkr]{max(drift.äldreomsorg.budget, fonder.södra)}",
        "[300 tkr]{min(drift.äldreomsorg.budget, fonder.södra)}",
    ]);
    all_wrong(&[(
        "[41 000 tkr]{drift.förskola.budget}",
        "men värdet som det hänvisas till är 40\u{a0}000\u{a0}tkr.",
    )]);
}

#[test]
fn a_share_of_counts_is_a_value() {
    all_right(&[
        "[34 av 626]{rörlighet.utfall}",
        "[34/40]{nöjda.utfall}",
        "[85 procent]{nöjda.utfall}",
        "[5,43 %]{rörlighet.utfall}",
        "[17 av 20]{andel(34, 40)}",
    ]);
    all_wrong(&[
        ("[35 av 626]{rörlighet.utfall}", "checked-number »35 av 626«"),
        ("[3 av 0]{rörlighet.utfall}", "”3 av 0” är en andel av noll"),
    ]);
    let found = said("indikator kommande { utfall: 3 av 0 }");
    assert!(
        matches!(found.as_slice(), [one] if one.starts_with("value-malformed »0« En andel av noll finns inte.")),
        "{found:?}"
    );
}

#[test]
fn a_computed_figure_is_right_rounded_or_wrong() {
    all_right(&[
        "[92,5 %]{andel(frånvaro.utfall, 8)}",
        // 512 / 460 is 111,30 %.
        "[11,3 procent]{procentändring(deltagare.utfall(föregående), deltagare.utfall)}",
        "[11 procent]{procentändring(460, 512)}",
    ]);
    all_wrong(&[
        // Half a unit of each of the two printed figures: 0,1 may have hidden.
        (
            "[0,6 procentenheter]{frånvaro.utfall(föregående) - frånvaro.utfall}",
            "Skillnaden är inte större än att avrundning kan förklara den",
        ),
        (
            "[12 procent]{procentändring(460, 512)}",
            "värdet som det hänvisas till är 11\u{a0}procent",
        ),
        (
            "[0,7 procentenheter]{frånvaro.utfall(föregående) - frånvaro.utfall}",
            "är 0,5\u{a0}procentenheter",
        ),
        ("[7,3 %]{frånvaro.utfall}", "är 7,4\u{a0}procent"),
    ]);
}

#[test]
fn words_of_direction_and_approximation_are_checked() {
    all_right(&[
        "[underskott om 8,4 mnkr]{drift.summa.avvikelse}",
        "[överskott om 1,2 mnkr]{fonder.norra}",
        // The rest of a whole is a share too.
        "[92,6 procent]{100 % - frånvaro.utfall}",
        "[0,5 procentenheter lägre]{frånvaro.utfall - frånvaro.utfall(föregående)}",
        "[52 fler]{deltagare.utfall - deltagare.utfall(föregående)}",
        "[drygt 500]{deltagare.utfall}",
        "[knappt 520]{deltagare.utfall}",
        "[cirka 500]{deltagare.utfall}",
    ]);
    all_wrong(&[
        ("[överskott om 8,4 mnkr]{drift.summa.avvikelse}", "går åt andra hållet"),
        ("[underskott om 1,2 mnkr]{fonder.norra}", "går åt andra hållet"),
        (
            "[0,5 procentenheter högre]{frånvaro.utfall - frånvaro.utfall(föregående)}",
            "går åt andra hållet",
        ),
        ("[7,4 procentenheter]{frånvaro.utfall}", "Skriv 7,4\u{a0}procent."),
        ("[knappt 500]{deltagare.utfall}", "checked-number »knappt 500«"),
        ("[drygt 400]{deltagare.utfall}", "checked-number »drygt 400«"),
        ("[cirka 600]{deltagare.utfall}", "checked-number »cirka 600«"),
    ]);
}

#[test]
fn an_inserted_figure_beside_a_word_of_direction_goes_that_way() {
    all_right(&[
        "Ett underskott om {drift.summa.avvikelse} väntas.",
        "Överskottet är {drift.förskola.avvikelse}.",
        "Överskottet är {fonder.norra}.",
        "Överskottet är {tal(fonder.norra)} tkr.",
        "Överskottet är {turned.b}, underskottet är {turned.c}.",
        "Frånvaron är {frånvaro.utfall - frånvaro.utfall(föregående)} lägre.",
        "Avvikelsen är {drift.summa.avvikelse}.",
        "En minskning med {drift.förskola.avvikelse}.",
    ]);
    all_wrong(&[
        (
            "Ett överskott om {drift.summa.avvikelse} väntas.",
            "»{drift.summa.avvikelse}« Ordet intill siffran säger en riktning, men siffran går åt andra hållet: värdet är \u{2212}8,4\u{a0}mnkr.",
        ),
        ("Underskottet uppgår till {drift.förskola.avvikelse}.", "går åt andra hållet"),
        ("Underskottet är {fonder.norra}.", "går åt andra hållet"),
        (
            "Frånvaron är {frånvaro.utfall - frånvaro.utfall(föregående)} högre.",
            "går åt andra hållet",
        ),
    ]);
}

#[test]
fn number_words_reach_at_least_twelve() {
    for (number, word) in [
        "noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva",
        "tolv",
    ]
    .iter()
    .enumerate()
    {
        all_right(&[&format!("[{word} saker]{{{number} * 1}}")]);
    }
    all_right(&["[tre]{ord(1 + 2)}", "[3]{tal(1 + 2)}", "[inga]{antal(indikatorer, nås) - 2}"]);
    all_wrong(&[("[elva saker]{12 * 1}", "är tolv")]);
}

#[test]
fn indicators_are_counted_by_how_they_stand_to_their_targets() {
    // Nobody gave forecasts for three of them: their outcomes count.
    all_right(&[
        "[sex indikatorer]{antal(indikatorer)}",
        "[två]{antal(indikatorer, nås)}",
        "[två]{antal(indikatorer, nås delvis)}",
        "[en]{antal(indikatorer, nås inte)}",
        "[en]{antal(indikatorer, går inte att bedöma)}",
        "[fyra]{antal(indikatorer, nås, nås delvis)}",
        "[Samtliga indikatorer]{antal(3.4.2.indikatorer, nås)}",
        "[fyra]{antal(3.4.indikatorer)}",
        "[Två av de sex indikatorerna]{antal(indikatorer, nås)}",
        "[2 av 6]{antal(indikatorer, nås)}",
        "[sex]{antal(3.4.alla_indikatorer)}",
        "[sex]{antal(nämndindikatorer)}",
        "[noll]{antal(kf_indikatorer)}",
        "[en]{antal(3.4.2.indikatorer, nås)}",
        "[16,7 %]{andel(antal(indikatorer, nås inte), antal(indikatorer))}",
    ]);
    all_wrong(&[
        ("[tre indikatorer]{antal(indikatorer, nås)}", "Skriv två"),
        ("[Samtliga indikatorer]{antal(indikatorer, nås)}", "men det är 2 av 6"),
        ("[tre av sex]{antal(indikatorer, nås)}", "men det är 2 av 6"),
        ("[två av fem]{antal(indikatorer, nås)}", "men det är 2 av 6"),
        (
            "[tre]{antal(indikatorer, nåss)}",
            "unknown-name »nåss« ”nåss” är inget av de ord som en indikator kan ha. Menade du ”nås”?",
        ),
        (
            "[tre]{antal(indikatorer, uppfylls helt)}",
            "Skriv något av: nås, nås delvis, nås inte, går inte att bedöma.",
        ),
        (
            "[tre]{antal(indiktorer, nås)}",
            "unknown-name »indiktorer« Det finns inget som heter ”indiktorer” här. Menade du ”indikatorer”?",
        ),
        ("[tre]{antal(3.9.indikatorer, nås)}", "unknown-name »3.9« Det finns inget mål 3.9."),
        (
            "[tre]{antal(3.4.indikator, nås)}",
            "unknown-name »indikator« Det finns inget att räkna som heter ”indikator”. Menade du ”indikatorer”?",
        ),
        ("[alla]{drift.förskola.budget}", "går bara att kontrollera mot en räkning"),
    ]);
}

#[test]
fn activities_and_goals_are_counted_by_their_words() {
    all_right(&[
        "[tre aktiviteter]{antal(aktiviteter)}",
        "[en]{antal(aktiviteter, pågår)}",
        "[en]{antal(aktiviteter, försenad)}",
        "[två]{antal(aktiviteter, pågår, genomförd)}",
        "[en]{antal(3.4.1.aktiviteter, genomförd)}",
        "[tre]{antal(3.4.alla_aktiviteter)}",
        "[fyra mål]{antal(mål)}",
        "[ett]{antal(mål, uppfylls helt)}",
        "[två nämndmål]{antal(nämndmål)}",
        "[ett nämndmål]{antal(nämndmål, uppfylls delvis)}",
        "[ett]{antal(inriktningsmål)}",
        "[två]{antal(3.4.mål)}",
        "[tre enheter]{antal(drift) + 1}",
    ]);
    all_wrong(&[
        (
            "[två]{antal(aktiviteter, pågr)}",
            "unknown-name »pågr« ”pågr” är inget av de ord som en aktivitet kan ha. Menade du ”pågår”?",
        ),
        ("[två]{antal(nämndmål, uppfyls helt)}", "Menade du ”uppfylls helt”?"),
        (
            "[två]{antal(nämndmål, nås)}",
            "Skriv något av: uppfylls helt, uppfylls delvis, uppfylls inte.",
        ),
    ]);
}

/// The things of the block that the sentence stands in.
#[test]
fn a_count_in_a_goal_is_of_that_goal() {
    let in_goal = |sentence: &str| {
        let report = REPORT.replace(
            "mål 3.4 { status: uppfylls delvis }",
            &format!("mål 3.4 {{\n  status: uppfylls delvis\n  analys: {sentence}\n}}"),
        );
        said_of(&[PLAN, BEFORE, &report], None)
    };
    for sentence in [
        "[fyra]{antal(indikatorer)}",
        "[en]{antal(indikatorer, nås)}",
        "[sex]{antal(alla indikatorer)}",
        "[två]{antal(aktiviteter)}",
        "[två]{antal(mål)}",
        "[två]{antal(nämndmål)}",
        "[två]{antal(rapporten.indikatorer, nås)}",
        "[fyra]{antal(rapporten.mål)}",
        "[en]{antal(3.4.1.indikatorer)}",
    ] {
        assert_eq!(in_goal(sentence), [""; 0], "{sentence}");
    }
    let in_indicator = REPORT.replace("Svaren är få.", "[fyra]{antal(indikatorer)}");
    assert_eq!(said_of(&[PLAN, BEFORE, &in_indicator], None), [""; 0]);
}

#[test]
fn what_is_unknown_is_not_counted() {
    let report = REPORT.replace("prognos: nås delvis", "prognos: nås delviss");
    let report = format!("{report}avsnitt övrigt: [nio]{{antal(indikatorer, nås)}}\n");
    let found = said_of(&[PLAN, BEFORE, &report], None);
    assert!(
        matches!(found.as_slice(), [one] if one.starts_with("value-malformed »nås«")),
        "{found:?}"
    );
}

#[test]
fn formulas_that_give_nothing_say_why() {
    all_wrong(&[
        (
            "{drift.förskola.budget + deltagare.utfall}",
            "unit-mismatch »drift.förskola.budget + deltagare.utfall« Formeln blandar enheterna mnkr och st",
        ),
        ("{drift.förskola.budget + frånvaro.utfall}", "blandar enheterna mnkr och %"),
        ("{4 mnkr + 3 st}", "unit-mismatch »4 mnkr + 3 st«"),
        ("{drift.förskola.budget * fonder.norra}", "Det går inte att multiplicera mnkr med tkr."),
        ("{max(drift.förskola.budget, frånvaro.utfall)}", "blandar enheterna"),
        ("{summa(1 mnkr, 3 st)}", "blandar enheterna mnkr och st"),
        ("{andel(5, 0)}", "value-malformed »0« Det går inte att dela med noll"),
        ("{procentändring(0, 5)}", "value-malformed »0« Det går inte att dela med noll"),
        ("{5 / (3 - 3)}", "Det går inte att dela med noll"),
        ("{frånvaro + 1}", "value-malformed »frånvaro« Det går inte att räkna med text."),
        ("{-frånvaro}", "value-malformed »frånvaro« Det går inte att räkna med text."),
        ("{summa(frånvaro, 1)}", "value-malformed »frånvaro«"),
        ("{drift + 1}", "”drift” är flera tal, och här behövs ett."),
        ("{summa}", "går bara att skriva i en tabell"),
        ("{min(nås delvis, 1)}", "Funktionen ”min” går inte att använda så här."),
        ("{antal(1 + 2)}", "Skriv till exempel ”antal(indikatorer, nås)”."),
        (
            "{kommande.utfall}",
            "checked-number »{kommande.utfall}« Här hänvisas till ett värde som inte finns",
        ),
    ]);
}

#[test]
fn numbers_of_forty_digits_are_said_where_they_stand() {
    let long = "1".repeat(40);
    all_wrong(&[
        (&format!("{{{long} + 1}}"), "value-malformed »1111"),
        (&format!("[{long} personer]{{deltagare.utfall}}"), "checked-number »1111"),
    ]);
    for body in [
        format!("tabell x {{\n  |   | A |\n  | b | {long} |\n}}"),
        format!(
            "tabell x {{\n  rad s \"S\" = summa\n\n  |   | A |\n  | b | {long} |\n  | c | 2 |\n}}"
        ),
        format!("indikator kommande {{ utfall: {long} % }}"),
        format!("indikator kommande {{ prognos: {long} % }}"),
        format!("indikator kommande {{ nytt årsmål: {long} %, nytt beslut }}"),
    ] {
        let found = said(&body);
        let fits = matches!(found.as_slice(), [one] if one.starts_with("value-malformed »1111")
            && one.contains("fler än 28 siffror"));
        assert!(fits, "{body}\n{found:#?}");
    }
    // A product that no longer fits.
    let large = "9".repeat(28);
    all_wrong(&[(&format!("{{{large} * {large}}}"), "Talet blir för stort för att räknas exakt.")]);
}

#[test]
fn deep_parentheses_and_long_chains_are_said() {
    let deep = format!("{{{}1{}}}", "(".repeat(40), ")".repeat(40));
    let found = sentence(&deep);
    assert!(matches!(found.as_slice(), [one] if one.starts_with("value-malformed")), "{found:?}");
    let long = format!("{{1{}}}", " + 1".repeat(300));
    assert_eq!(sentence(&long).len(), 1);
    // Each row needs the next: as deep as there are rows.
    let rows: String =
        (0..1000).map(|n| format!("  rad r{n} \"R{n}\" = r{} + 1\n", n + 1)).collect();
    let found = said(&format!(
        "tabell x {{\n{rows}  rad r1000 \"R1000\"\n\n  |   | A |\n  | R1000 | 1 |\n}}"
    ));
    assert!(!found.is_empty());
    assert!(found.iter().all(|one| one.contains("så lång kedja")), "{found:#?}");
}

#[test]
fn circles_are_said_once_with_all_their_places() {
    let report = REPORT
        .replace("utfall: 512", "utfall: {kommande.utfall}")
        .replace("mål 3.4.1 {", "indikator kommande { utfall: {deltagare.utfall} }\nmål 3.4.1 {");
    let report = format!("{report}avsnitt övrigt: Det blev {{deltagare.utfall}}.\n");
    let found = said_of(&[PLAN, BEFORE, &report], None);
    assert!(
        matches!(found.as_slice(), [one] if one.starts_with("formula-impossible »kommande.utfall« Formeln går i cirkel")),
        "{found:#?}"
    );
    let table = "tabell x {\n  |   | A |\n  | b | {x.c} |\n  | c | {x.b} |\n}";
    let found = said(table);
    assert!(
        matches!(found.as_slice(), [one] if one.starts_with("formula-impossible »x.b«")),
        "{found:#?}"
    );
    // The sum needs the cell, and the cell the sum.
    let table = "tabell x {\n  rad s \"S\" = summa\n\n  |   | A |\n  | b | {x.s} |\n  | c | 1 |\n}";
    let found = said(table);
    assert!(
        matches!(found.as_slice(), [one] if one.contains("Formeln går i cirkel")),
        "{found:#?}"
    );
    let count = REPORT.replace("utfall: 512", "utfall: {antal(indikatorer, nås)}");
    let found = said_of(&[PLAN, BEFORE, &count], None);
    assert!(
        matches!(found.as_slice(), [one] if one.contains("Formeln går i cirkel")),
        "{found:#?}"
    );
}

#[test]
fn text_among_summed_figures_is_said_at_its_cell() {
    let table = |cells: [&str; 3], rest: &str| {
        let [a, b, sum] = cells;
        said(&format!(
            "tabell x \"X\" i mnkr {{\n  kolumn a \"A\"\n  kolumn b \"B\"{rest}\n  rad s \"Totalt\" = summa\n\n  |   | a | b |\n  | Ett | {a} | |\n  | Två | {b} | |\n  | Totalt | {sum} | |\n}}"
        ))
    };
    each_is(
        [
            (["ca 1,5", "2,0", ""], "", "formula-impossible »ca 1,5« Här står ”ca 1,5”, som inte är ett tal, men summan på raden ”Totalt” räknas ut från det."),
            (["ca 1,5", "ca 2", "3,5"], "", ""),
            (["ca 1,5", "2,0", ""], " = a - 1", "formula-impossible »ca 1,5«"),
            (["5 st", "2,0", ""], "", "unit-mismatch »2,0« Den här siffran är i mnkr men summeras med siffror i st."),
            (["1,5", "2,0", "3,9"], "", "table-figure »3,9« Totalt, A: här står 3,9, men formeln ”summa” ger 3,5."),
        ]
        .into_iter()
        .filter(|(_, _, expected)| !expected.is_empty())
        .map(|(cells, rest, expected)| (cells[0], table(cells, rest), expected)),
    );
    assert_eq!(table(["ca 1,5", "ca 2", "3,5"], "").len(), 2);
    // A column of remarks has no sum.
    assert_eq!(table(["Vänta", "Klart", ""], ""), [""; 0]);
    assert_eq!(table(["-", "2,0", "2,0"], ""), [""; 0]);
    let found = sentence("{summa(x.a)}");
    assert_eq!(found.len(), 1);
    let found = said(
        "tabell x {\n  |   | a | b |\n  | Ett | ca 1 | 2 |\n  | Två | 2 | 3 |\n}\navsnitt övrigt: {summa(x.a)}\n",
    );
    assert!(
        matches!(found.as_slice(), [one] if one.starts_with("value-malformed »x.a« Det går inte att räkna med text.")),
        "{found:#?}"
    );
}

#[test]
fn a_share_in_a_table_of_money_keeps_its_unit() {
    let table = |share: &str| {
        said(&format!(
            "tabell x i mnkr {{\n  kolumn a \"A\"\n  kolumn b \"B\"\n  kolumn c \"Andel\" = andel(a, b)\n\n  |   | a | b | c |\n  | Ett | 1,0 | 4,0 | {share} |\n}}"
        ))
    };
    for right in ["", "25", "25 %", "25,0"] {
        assert_eq!(table(right), [""; 0], "{right}");
    }
    each_is(
        [
            ("40", table("40"), "här står 40, men formeln ”andel(a, b)” ger 25."),
            (
                "25 mnkr",
                table("25 mnkr"),
                "unit-mismatch »25 mnkr« Här står en siffra i mnkr, men formeln ger ett värde i %.",
            ),
        ]
        .into_iter(),
    );
}

#[test]
fn rounding_is_one_line_for_a_table() {
    let table = "tabell x i mnkr {\n  rad s \"S\" = summa\n\n  |   | A | B |\n  | a | 1,2 | 2,2 |\n  | b | 1,2 | 2,2 |\n  | S | 2,5 | 4,5 |\n}";
    let found = said(table);
    assert!(
        matches!(found.as_slice(), [one] if one.contains("vad avrundning kan förklara")),
        "{found:#?}"
    );
}

#[test]
fn a_table_is_in_no_misspelt_unit() {
    let table = |unit: &str| said(&format!("tabell x i {unit} {{\n  |   | A |\n  | a | 1 |\n}}"));
    // What is counted may be anything: barn, fiskar.
    for unit in ["kr", "tkr", "mnkr", "mdkr", "%", "st", "procent", "kronor", "antal", "fiskar"] {
        assert_eq!(table(unit), [""; 0], "{unit}");
    }
    each_is([
        ("miljoner", table("miljoner"), "unit-mismatch »i miljoner« ”miljoner” är ingen känd enhet, så tabellens siffror kan varken räknas om eller jämföras. Menade du ”i mnkr”?"),
        ("tusental", table("tusental"), "Menade du ”i tkr”?"),
        ("mnkrr", table("mnkrr"), "Menade du ”i mnkr”?"),
    ].into_iter());
}

#[test]
fn a_check_says_each_mistake_by_its_own_rule() {
    let check = |equation: &str| {
        let report = REPORT
            .replace("datum: 2025-05-21", &format!("datum: 2025-05-21\nkontroll: {equation}"));
        said_of(&[PLAN, BEFORE, &report], None)
    };
    for right in [
        "drift.summa.budget = 100",
        "drift.summa.budget = 100 000 tkr",
        "fonder.norra = -1,2 mnkr",
        "antal(indikatorer, nås) = 2",
    ] {
        assert_eq!(check(right), [""; 0], "{right}");
    }
    let cases = [
        (
            "drift.summa.budget = 101",
            "table-figure »drift.summa.budget = 101« Två siffror som ska vara lika är det inte: drift.summa.budget är 100,0 men 101 är 101.",
        ),
        ("drift.summa.budget = 99 000 tkr", "är 100,0 mnkr men 99 000 tkr är 99\u{a0}000 tkr."),
        ("drift.sumna.budget = 100", "unknown-name »sumna«"),
        ("drfit.summa.budget = 100", "unknown-name »drfit«"),
        (
            "drift.summa.budget = frånvaro.utfall",
            "unit-mismatch »drift.summa.budget = frånvaro.utfall«",
        ),
        (
            "drift.summa.budget = kommande.utfall",
            "formula-impossible »kommande.utfall« ”kommande.utfall” är tomt, så kontrollen går inte att göra.",
        ),
        (
            "drift.summa.budget = frånvaro",
            "formula-impossible »frånvaro« Det går inte att räkna med text.",
        ),
        ("drift.summa.budget", "value-malformed"),
        ("drift.summa.budget = 1 / 0", "formula-impossible »1 / 0«"),
    ];
    each_is(cases.into_iter().map(|(equation, expected)| (equation, check(equation), expected)));
}

#[test]
fn a_table_is_cut_out_of_another() {
    for right in [
        "tabell a ur drift { rader: äldreomsorg, varav }",
        "tabell a ur drift { kolumner: avvikelse }",
        "tabell a \"A\" ur drift i tkr {\n  rader: förskola, summa\n  kolumner: budget\n}",
        "tabell a ur drift { rader: äldreomsorg, varav }\ntabell b ur a { kolumner: budget }",
        "tabell a ur drift i tkr {\n  rader: förskola, äldreomsorg\n  rad s \"Summa\" = summa\n}\navsnitt övrigt: [100 000 tkr]{a.s.budget}, [1 100 tkr]{a.förskola.avvikelse}",
        "tabell a ur drift {\n  kolumn andel \"Andel\" = andel(avvikelse, budget)\n}\navsnitt övrigt: [2,8 %]{a.förskola.andel}",
    ] {
        assert_eq!(said(right), [""; 0], "{right}");
    }
    let cases = [
        (
            "tabell a ur drfit",
            "unknown-name »ur drfit« Dokumentet har ingen tabell som heter ”drfit” att hämta rader ur. Menade du ”drift”?",
        ),
        (
            "tabell a ur drift { rader: förskolla }",
            "unknown-name »förskolla« Tabellen ”drift” har ingen rad som heter ”förskolla”. Menade du ”förskola”?",
        ),
        (
            "tabell a ur drift { rader: förskola, varav, varav }",
            "unknown-name »varav« ”varav” står för delarna av raden före, men där finns inga.",
        ),
        (
            "tabell a ur drift { kolumner: budgett }",
            "unknown-name »budgett« Tabellen ”drift” har ingen kolumn som heter ”budgett”. Menade du ”budget”?",
        ),
        (
            "tabell a ur a",
            "table-shape »ur a« Tabellen hämtar sina rader ur en tabell som i sin tur hämtar dem ur den här.",
        ),
        ("tabell a ur drift {\n  |  | budget |\n  | x | 1 |\n}", "table-shape »|  | budget |«"),
    ];
    each_is(cases.into_iter().map(|(table, expected)| (table, said(table), expected)));
}

#[test]
fn rows_have_as_many_cells_as_the_head() {
    let table =
        |row: &str| said(&format!("tabell x {{\n  |  | a | b |\n  {row}\n  | y | 3 | 4 |\n}}"));
    assert_eq!(table("| x | 1 | 2 |"), [""; 0]);
    assert_eq!(table("| # Grupp |"), [""; 0]);
    each_is(
        [
            ("many", table("| x | 1 | 2 | 3 |"), "table-shape »3« Raden har fler celler"),
            ("few", table("| x | 1 |"), "table-shape »| x | 1 |« Raden har färre celler"),
        ]
        .into_iter(),
    );
}

/// What has no effect is said, wherever it stands.
#[test]
fn words_of_a_table_that_have_no_effect_are_said() {
    let table = |options: &str, fields: &str| {
        said(&format!("tabell x{options} {{\n{fields}  |  | A |\n  | a | 1 |\n}}"))
    };
    each_is(
        [
            ("rader", table("", "  rader: a\n"), "table-shape »rader« ”rader” väljer ur en annan tabell"),
            ("kolumner", table("", "  kolumner: a\n"), "table-shape »kolumner«"),
            ("type", table(" enligt investering", ""), "unknown-name »enligt investering« Det finns ingen tabelltyp som heter ”investering”"),
            ("decimals", table("", "  decimaler: 9\n"), "value-malformed »9« En tabell skrivs med högst 6 decimaler."),
            ("formula", table("", "  rad b \"B\" = a +\n"), "formula-impossible"),
            ("override", table("", "  rad b \"B\" { a = 1 + }\n"), "formula-impossible"),
        ]
        .into_iter(),
    );
}

/// A type's own mistakes are said in the type, whether a report uses it or not.
#[test]
fn formulas_of_table_types_are_read() {
    let types = |body: &str| {
        said_of(
            &[&format!("mallar 2025 för farsta\n\ntabelltyp t \"T\" i mnkr {{\n{body}\n}}\n")],
            None,
        )
    };
    assert_eq!(types("  kolumn a \"A\"\n  kolumn b \"B\" = a + 1\n  kontroll: t.x.a = 3"), [""; 0]);
    each_is(
        [
            ("column", types("  kolumn b \"B\" = a + + 1"), "formula-impossible »"),
            ("check", types("  kontroll: t.x.a"), "value-malformed »"),
            (
                "name",
                types("  kolumn budget \"B\"\n  kolumn kvar \"K\" = budgett - 1"),
                "unknown-name »budgett« Tabelltypen har ingen rad eller kolumn som heter ”budgett”. Menade du ”budget”?",
            ),
            (
                "row",
                types("  rad netto \"N\" = summa\n  rad före \"F\" { avvikelse = neto }"),
                "unknown-name »neto«",
            ),
        ]
        .into_iter(),
    );
}

#[test]
fn a_diagram_shows_a_table_with_figures() {
    assert_eq!(said("diagram d \"D\" { data: drift }"), [""; 0]);
    let cases = [
        (
            "diagram d \"D\" { slag: linje }",
            "diagram-without-data »diagram d \"D« Diagrammet ”d” säger inte vilken tabell det visar",
        ),
        (
            "diagram d \"D\" {\n  data: drift\n  kolumner: budget, avikelse\n}",
            "diagram-without-data »avikelse« Tabellen ”drift” har ingen kolumn som heter ”avikelse”, så den kommer inte med i diagrammet. Menade du ”avvikelse”?",
        ),
        (
            "diagram d \"D\" {\n  data: drift\n  rader: skola\n}",
            "diagram-without-data »skola« Tabellen ”drift” har ingen rad",
        ),
        (
            "diagram d \"D\" { data: drfit }",
            "diagram-without-data »drfit« Det finns ingen tabell som heter ”drfit”, så diagrammet ”d” har inga siffror att visa. Menade du ”drift”?",
        ),
        (
            "diagram d \"D\" { data: t }\ntabell t {\n  |  | A |\n  | a | Nej |\n}",
            "diagram-without-data »t« Tabellen ”t” har inga siffror, så diagrammet ”d” blir tomt.",
        ),
    ];
    each_is(cases.into_iter().map(|(diagram, expected)| (diagram, said(diagram), expected)));
}

#[test]
fn a_table_of_ten_thousand_rows_is_said_and_read_in_time() {
    let rows: String = (0..10_000).map(|n| format!("  | Rad {n} | {n} |\n")).collect();
    let found = said(&format!("tabell x {{\n  rad s \"S\" = summa\n\n  |  | A |\n{rows}}}"));
    assert!(
        matches!(found.as_slice(), [one] if one.starts_with("table-shape »| Rad 5000 | 5000 |« Tabellen har fler än 5000 rader")),
        "{found:#?}"
    );
}

#[test]
fn a_new_target_needs_a_reason_and_is_what_is_judged() {
    let rule = ["target-missed-without-analysis", "value-malformed", "unit-mismatch"];
    let with = |line: &str| {
        let report = REPORT.replace("  utfall: 512\n", &format!("  utfall: 512\n  {line}\n"));
        said_of(&[PLAN, BEFORE, &report], Some(&rule))
    };
    assert_eq!(with("nytt årsmål: 510, efter beslut i mars"), [""; 0]);
    assert_eq!(with("nytt årsmål: 510 st (män 200, kvinnor 310), efter beslut"), [""; 0]);
    each_is(
        [
            (
                "no reason",
                with("nytt årsmål: 510"),
                "value-malformed »510« Årsmålet ändras utan att det står varför.",
            ),
            (
                "decimal comma",
                with("nytt årsmål: 510,0"),
                "Årsmålet ändras utan att det står varför.",
            ),
            ("no target", with("nytt årsmål: kanske, vi får se"), "value-malformed »kanske«"),
            ("unit", with("nytt årsmål: 510 %, efter beslut"), "unit-mismatch »510 %«"),
            (
                "missed",
                with("nytt årsmål: 520,0, efter beslut"),
                "utfallet är 512 och målet 520,0.",
            ),
        ]
        .into_iter(),
    );
}

#[test]
fn an_indicator_is_found_under_the_name_it_had_before() {
    let plan = PLAN.replace("\"Deltagare\" {", "\"Deltagare\" {\n    tidigare: deltagande");
    let before = BEFORE.replace("indikator deltagare", "indikator deltagande");
    let report = format!(
        "{REPORT}avsnitt övrigt: [52 fler]{{deltagare.utfall - deltagare.utfall(föregående)}}\n"
    );
    assert_eq!(said_of(&[&plan, &before, &report], None), [""; 0]);
    let found = said_of(&[PLAN, &before, &report], None);
    assert!(
        found
            .iter()
            .any(|one| one.starts_with("unknown-name »deltagande«") && one.contains("”deltagare”")),
        "{found:#?}"
    );
}

#[test]
fn figures_of_a_year_without_a_plan_are_checked_by_the_indicators_of_another() {
    let before = |line: &str| said_of(&[PLAN, &format!("{BEFORE}{line}\n"), REPORT], None);
    assert_eq!(before("indikator samtal { utfall: 91 % }"), [""; 0]);
    // Nobody follows it any more.
    assert_eq!(before("indikator enkätsvar_från_medborgare { utfall: 91 % }"), [""; 0]);
    each_is([
        ("name", before("indikator samtl { utfall: 91 % }"), "unknown-name »samtl« Ingen plan eller budget har någon indikator ”samtl”, så siffrorna kommer inte med någonstans. Menade du ”samtal”?"),
        ("unit", before("indikator samtal { utfall: 91 st }"), "unit-mismatch »91 st« Värdet är i st men indikatorn mäts i %"),
    ].into_iter());
}

/// Pieces of formulas; most of what they make is none.
const PIECES: [&str; 34] = [
    "+",
    "-",
    "*",
    "/",
    "(",
    ")",
    ",",
    ".",
    "=",
    " ",
    "0",
    "1",
    "3,5",
    "1111111111222222222233333333334444444444",
    "99999999999999999999",
    "mnkr",
    "st",
    "%",
    "summa",
    "summa varav",
    "antal",
    "andel",
    "min",
    "indikatorer",
    "nås",
    "3.4",
    "drift",
    "drift.förskola.budget",
    "x.a",
    "x.b",
    "utfall",
    "deltagare.utfall",
    "kommande.utfall",
    "(föregående)",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// Whatever is written as a formula, wherever it may stand, is answered.
    #[test]
    fn any_formula_is_answered(
        pieces in prop::collection::vec(prop::collection::vec(prop::sample::select(&PIECES), 1..9), 6)
    ) {
        let [a, b, c, d, e, f] = [0, 1, 2, 3, 4, 5].map(|at| pieces[at].concat());
        let found = said(&format!(
            "indikator kommande {{ utfall: {{{a}}} }}\nkontroll: {b}\n\
             tabell x i mnkr {{\n  kolumn a \"A\"\n  kolumn b \"B\" = {c}\n  rad s \"S\" = {d}\n\n  | | a | b |\n  | Ett | {{{e}}} | 2 |\n  | Två | 5 st | [ca 3]{{{f}}} |\n}}\n\
             tabell y ur x i tkr {{\n  rader: ett, s\n  kolumn k \"K\" = {c}\n}}\n\
             avsnitt övrigt: [två]{{{a}}} och {{{b}}} lägre, underskott om {{{e}}}."
        ));
        prop_assert!(found.iter().all(|one| !one.is_empty()));
    }
}
