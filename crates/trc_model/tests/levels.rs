//! A unit's report under the committee's plan and the budget: which goals, indicators
//! and activities are in it, and in which order. Each answer is drawn as a tree.

#![allow(clippy::unwrap_used)]

use insta::assert_snapshot;
use trc_model::evaluate::{Evaluator, Value};
use trc_model::report::report;
use trc_model::resolve::Surroundings;
use trc_model::vocabulary::built_in_files;
use trc_model::{Database, Document, DocumentKey, SourceFile, Workspace};

const ORGANISATION: &str = r#"organisation stad "Storstad" {
  nämnd nord "Nordstads nämnd" {
    avdelning social "Socialavdelningen" {
      enhet utredning "Utredningsenheten" { roll: myndighetsutövning }
      enhet hemtjänst "Hemtjänsten" { roll: utförare }
    }
  }
}
"#;

const BUDGET: &str = r#"budget 2025 för stad
mål 1 "En stad för alla"
mål 1.1 "Skolan är bra"
mål 1.3 "Stöd ges där behoven är störst" {
  indikator nöjda "Andel nöjda"
  indikator fallolyckor "Antal fallolyckor" { gäller: utförare }
  aktivitet revision "Revisionen följs upp"
}
mål 2 "En grön stad"
mål 2.4 "Maten är god" {
  gäller: utförare
  indikator matsvinn "Matsvinn"
}
"#;

const PLAN: &str = r#"verksamhetsplan 2025 för nord
mål 1.3.1 "Äldre bor tryggt" {
  beskrivning: Text.
  aktivitet kartläggning "Ärenden kartläggs" { gäller: myndighetsutövning }
  aktivitet dialog "Brukardialoger hålls"
}
mål 1.3.2 "Vuxna får stöd"
mål 2.4.1 "Maten lagas nära" 
"#;

const UNIT_PLAN: &str = r#"verksamhetsplan 2025 för hemtjänst
mål välkänd "Den som kommer är känd" {
  under: trygg
}
mål trygg "Hemtjänsten är trygg" {
  under: 1.3.1
  aktivitet schema "Scheman läggs om"
}
mål snabb "Hjälpen kommer snabbt" { under: 1.3.1 }
"#;

/// The goals of a document as a tree, with their indicators and activities.
fn tree(files: &[&str], document: &DocumentKey) -> String {
    let db = Database::default();
    let mut inputs = built_in_files(&db);
    inputs.extend(files.iter().enumerate().map(|(index, text)| {
        SourceFile::new(&db, format!("{index}.tr").into(), (*text).to_owned(), None)
    }));
    let workspace = Workspace::new(&db, inputs, None, None);
    let report = report(&db, workspace, Document::new(&db, document.clone()));
    let mut out = String::new();
    for goal in &report.goals {
        let indent = "  ".repeat(goal.depth - 1);
        out += &format!("{indent}{}", goal.key);
        for name in goal.indicators.iter().chain(&goal.activities) {
            out += &format!(" [{name}]");
        }
        out.push('\n');
    }
    let beyond: Vec<&String> = report.beyond.keys().collect();
    if !beyond.is_empty() {
        out += &format!("known beyond: {beyond:?}\n");
    }
    out
}

fn of_report(owner: &str, body: &str) -> String {
    let text = format!("rapport VB 2025 för {owner}\n{body}");
    let files = [ORGANISATION, BUDGET, PLAN, UNIT_PLAN, &text];
    tree(&files, &DocumentKey::parse_report(&format!("VB 2025 {owner}")).unwrap())
}

#[test]
fn a_committee_follows_up_everything() {
    assert_snapshot!(of_report("nord", ""), @r"
    1
      1.1
      1.3 [nöjda] [fallolyckor] [revision]
        1.3.1 [kartläggning] [dialog]
        1.3.2
    2
      2.4 [matsvinn]
        2.4.1
    ");
}

#[test]
fn a_units_goals_stand_under_those_of_the_committee_in_the_order_of_its_plan() {
    assert_snapshot!(of_report("hemtjänst", ""), @r#"
    1
      1.3 [nöjda] [fallolyckor] [revision]
        1.3.1 [dialog]
          trygg [schema]
            välkänd
          snabb
    2
      2.4 [matsvinn]
        2.4.1
    "#);
}

#[test]
fn a_unit_follows_up_what_it_takes_up_and_what_is_for_it() {
    assert_snapshot!(of_report("utredning", ""), @r#"
    1
      1.3 [nöjda] [revision]
        1.3.1 [kartläggning] [dialog]
    known beyond: ["fallolyckor", "matsvinn"]
    "#);
    assert_snapshot!(of_report("utredning", "mål 1.3.2 { status: uppfylls helt }\nindikator matsvinn { utfall: 3 }"), @r#"
    1
      1.3 [nöjda] [revision]
        1.3.1 [kartläggning] [dialog]
        1.3.2
    2
      2.4 [matsvinn]
    known beyond: ["fallolyckor"]
    "#);
}

#[test]
fn a_department_answers_for_its_units() {
    assert_snapshot!(of_report("social", ""), @r#"
    1
      1.3 [nöjda] [fallolyckor] [revision]
        1.3.1 [kartläggning] [dialog]
    2
      2.4 [matsvinn]
        2.4.1
    "#);
}

#[test]
fn goals_in_a_ring_stand_under_none() {
    let plan = "verksamhetsplan 2025 för nord\n\
        mål 1.1.1 \"Ett\"\nmål a \"A\" { under: b }\nmål b \"B\" { under: a }\n\
        mål c \"C\" { under: c }\nmål d \"D\" { under: 9.9 }\nmål e \"E\" { under: a }\n";
    let key = DocumentKey {
        period: None,
        kind: trc_model::Kind::Plan,
        ..DocumentKey::parse_report("VB 2025 nord").unwrap()
    };
    assert_snapshot!(tree(&[plan], &key), @r"
        1.1.1
    a
      e
    b
    c
    d
    ");
}

#[test]
fn the_order_of_files_and_declarations_changes_no_tree() {
    let report = "rapport VB 2025 för hemtjänst\n";
    let key = DocumentKey::parse_report("VB 2025 hemtjänst").unwrap();
    let forwards = tree(&[ORGANISATION, BUDGET, PLAN, UNIT_PLAN, report], &key);
    assert_eq!(forwards, tree(&[report, UNIT_PLAN, PLAN, BUDGET, ORGANISATION], &key));
    // What continues may stand before what declares.
    let before = "verksamhetsplan 2025 för nord\nmål 1.3.2 { beskrivning: Text. }\n";
    let after = tree(&[before, ORGANISATION, BUDGET, PLAN, UNIT_PLAN, report], &key);
    assert_eq!(forwards, after);
}

/// What an inserted reference gives in a unit's report.
fn inserted(files: &[&str], formula: &str) -> String {
    let db = Database::default();
    let mut all = built_in_files(&db);
    all.extend(files.iter().enumerate().map(|(index, text)| {
        SourceFile::new(&db, format!("{index}.tr").into(), (*text).to_owned(), None)
    }));
    let workspace = Workspace::new(&db, all, None, None);
    let key = DocumentKey::parse_report("VB 2025 hemtjänst").unwrap();
    let evaluator = Evaluator::new(&db, workspace, Document::new(&db, key));
    let expression = trc_syntax::formula::parse(formula).unwrap();
    match evaluator.evaluate(&expression, Surroundings::default()) {
        Ok(Value::Quantity(figure)) => format!("{} {}", figure.value, figure.unit),
        Ok(other) => format!("{other:?}"),
        Err(problem) => problem.message.sv.to_string(),
    }
}

#[test]
fn a_target_is_that_of_the_plan_or_report_that_is_named() {
    let files = [
        ORGANISATION,
        "budget 2025 för stad\nmål 1 \"Ett\" {\n  indikator nöjda \"Nöjda\" {\n    mäts i: %\n    årsmål: 80 %\n  }\n}\n",
        "budget 2024 för stad\nmål 1 \"Ett\" {\n  indikator nöjda \"Nöjda\" {\n    mäts i: %\n    årsmål: 75 %\n  }\n}\n",
        "verksamhetsplan 2025 för nord\nmål 1 { indikator nöjda { årsmål: 82 % } }\n",
        "verksamhetsplan 2025 för hemtjänst\nmål 1 { indikator nöjda { årsmål: 85 % } }\n",
        "rapport VB 2024 för hemtjänst\nmål 1 { indikator nöjda { utfall: 71 % } }\n",
        "rapport VB 2025 för hemtjänst\nmål 1 { indikator nöjda { utfall: 84 % } }\n",
    ];
    for (formula, value) in [
        ("nöjda.årsmål", "85 %"),
        ("nöjda.kf_årsmål", "80 %"),
        ("nöjda.årsmål(budget 2025)", "80 %"),
        ("nöjda.årsmål(budget 2024)", "75 %"),
        ("nöjda.årsmål(verksamhetsplan 2025)", "85 %"),
        ("nöjda.årsmål(verksamhetsplan 2025 för nord)", "82 %"),
        ("nöjda.årsmål(föregående)", "75 %"),
        ("nöjda.utfall(VB 2024)", "71 %"),
        (
            "nöjda.årsmål(budget 2023)",
            "Dokumentet ”budget 2023 för hemtjänst” finns inte i arbetsytan, så värdet kan inte hämtas.",
        ),
    ] {
        assert_eq!(inserted(&files, formula), value, "{formula}");
    }
}
