//! What a report prints for inserted values and for tables cut out of others.

#![allow(clippy::unwrap_used)]

use serde_json::Value;
use trc_model::vocabulary::built_in_files;
use trc_model::{Database, DocumentKey, SourceFile, Workspace};

const PLAN: &str = r#"verksamhetsplan 2025 för farsta

mål 3 "En stark organisation"
mål 3.4 "Medarbetarna trivs" {
  indikator deltagare "Deltagare" {
    mäts i: st
    riktning: högre är bättre
    årsmål: 500 st
  }
}
"#;

/// Every text that is printed of a report, a line each.
fn printed(body: &str) -> Vec<String> {
    let db = Database::default();
    let mut files = built_in_files(&db);
    for (name, text) in
        [("p", PLAN.to_owned()), ("t1", format!("rapport T1 2025 för farsta\n{body}\n"))]
    {
        files.push(SourceFile::new(&db, name.into(), text, None));
    }
    let workspace = Workspace::new(&db, files, None, None);
    let key = DocumentKey::parse_report("T1 2025 farsta").unwrap();
    let built = trc_page::build(&db, workspace, &key).unwrap();
    let mut out = Vec::new();
    texts(&serde_json::from_str(&built.to_json().unwrap()).unwrap(), &mut out);
    out
}

/// The runs of text of each list of inlines, joined.
fn texts(value: &Value, out: &mut Vec<String>) {
    match value {
        Value::Array(items) => {
            let run: Vec<&str> = items.iter().filter_map(|it| it.get("text")?.as_str()).collect();
            if !run.is_empty() {
                out.push(run.concat());
            }
            items.iter().for_each(|item| texts(item, out));
        }
        Value::Object(fields) => fields.values().for_each(|field| texts(field, out)),
        _ => {}
    }
}

#[test]
fn a_word_of_direction_takes_the_minus_of_the_figure_beside_it() {
    let table = "tabell drift i mnkr {\n  | | Avvikelse |\n  | Skola | -8,9 |\n}\n";
    for (sentence, expected) in [
        ("Ett underskott om {drift.skola} väntas.", "Ett underskott om 8,9\u{a0}mnkr väntas."),
        ("Avvikelsen är {drift.skola}.", "Avvikelsen är −8,9\u{a0}mnkr."),
        // A contradiction is an error, and a draft shows it.
        ("Ett överskott om {drift.skola}.", "Ett överskott om −8,9\u{a0}mnkr."),
        ("Det är {drift.skola} lägre.", "Det är 8,9\u{a0}mnkr lägre."),
    ] {
        let printed = printed(&format!("{table}avsnitt driftbudget: {sentence}"));
        assert!(printed.iter().any(|text| text == expected), "{expected}\n{printed:#?}");
    }
}

#[test]
fn a_cut_is_printed_like_any_table_with_the_notes_of_its_cells() {
    let body = r#"tabell områden "Områden" i mnkr {
  decimaler: 1

  |              |    Budget | Prognos |
  | Skola        |      12,5 |    12,0 |
  | Omsorg       | 40,0 [^a] |    41,0 |
  | varav boende |      30,0 |    31,0 |
  [^a]: Efter omräkning.
}
tabell omsorg "Omsorgen" ur områden i tkr {
  rader: omsorg, varav
  kolumner: budget
  rad dubbelt "Dubbelt" = omsorg * 2
}
avsnitt driftbudget """
  {omsorg}
"""
"#;
    let printed = printed(body);
    for expected in [
        "Omsorgen",
        "40\u{a0}000,0",
        "30\u{a0}000,0",
        "80\u{a0}000,0",
        "varav boende",
        "Efter omräkning.",
    ] {
        assert!(printed.iter().any(|text| text == expected), "{expected}\n{printed:#?}");
    }
    assert!(!printed.iter().any(|text| text == "Skola" || text == "Prognos"));
}

#[test]
fn a_count_in_a_goals_text_is_of_that_goal() {
    let body = "indikator deltagare { utfall: 512 }\nmål 3.4 {\n  analys: Av {ord(antal(indikatorer))} nås {antal(indikatorer, nås)}.\n}";
    assert!(printed(body).iter().any(|text| text == "Av en nås 1."), "{:#?}", printed(body));
}

#[test]
fn a_new_target_is_the_printed_one() {
    let body =
        "indikator deltagare {\n  utfall: 512\n  nytt årsmål: 600 st, efter beslut i mars\n}";
    let printed = printed(body);
    assert!(printed.iter().any(|text| text == "600\u{a0}st"), "{printed:#?}");
    assert!(!printed.iter().any(|text| text.contains("500") || text.contains("beslut i mars")));
}
