//! Tables of documents: layout, formulas, and what cannot be computed. Each answer is
//! drawn as the table a reader would see.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice)]

use insta::assert_snapshot;
use trc_base::Language;
use trc_model::evaluate::{Located, Value, values};
use trc_model::table::{RowKind, tables};
use trc_model::vocabulary::built_in_files;
use trc_model::{Database, Document, DocumentKey, SourceFile, Workspace};

/// The tables of a report, drawn with their values; `≠` marks a typed figure that its
/// formula does not give. Problems follow.
fn drawn(body: &str) -> String {
    let db = Database::default();
    let text = format!("rapport T1 2025 för nord\n\n{body}");
    let file = SourceFile::new(&db, "t1.tr".into(), text, None);
    let mut files = built_in_files(&db);
    files.push(file);
    let workspace = Workspace::new(&db, files, None, None);
    let document = Document::new(&db, DocumentKey::parse_report("T1 2025 nord").unwrap());
    let values = values(&db, workspace, document);
    let mut out = String::new();
    for (name, table) in tables(&db, workspace, document) {
        let titles: Vec<&str> = table.columns.iter().map(|c| c.title.as_str()).collect();
        out += &format!("{name}: {}\n", titles.join(" | "));
        for (row, cells) in table.rows.iter().zip(&values.cells[name]) {
            let indent = match row.kind {
                RowKind::Varav => "    ",
                RowKind::Group => "# ",
                _ => "  ",
            };
            let shown = cells.iter().map(|cell| {
                let value = match &cell.value {
                    Value::Quantity(q)
                        if q.unit.in_table() == table.unit.as_deref().unwrap_or("") =>
                    {
                        q.value.to_string()
                    }
                    Value::Quantity(q) => format!("{} {}", q.value, q.unit).trim_end().to_owned(),
                    Value::Text(text) => text.clone(),
                    Value::Nothing => "·".to_owned(),
                    Value::Unknown => "?".to_owned(),
                };
                match (&cell.value, &cell.expected) {
                    (Value::Quantity(q), Some(expected)) if expected.value != q.value => {
                        format!("{value} ≠ {}", expected.value)
                    }
                    _ => value,
                }
            });
            let shown: Vec<String> = shown.collect();
            out += format!("{indent}{}: {}", row.title, shown.join(" | "))
                .trim_end_matches([':', ' ']);
            out.push('\n');
        }
    }
    for Located { anchor, problem, .. } in &values.problems {
        let range = anchor.resolve(&db).range;
        let source = &file.text(&db)[range.start as usize..range.end as usize];
        out += &format!("»{source}«: {}\n", problem.message.get(Language::Sv));
    }
    out
}

#[test]
fn columns_and_sums() {
    assert_snapshot!(drawn(
        "tabell a \"A\" i mnkr {
  decimaler: 1
  kolumn budget \"Budget\"
  kolumn utfall \"Utfall {år - 1}\"
  kolumn kvar \"Kvar\" = budget - utfall
  rad totalt \"Totalt\" = summa

  |               | budget | utfall |
  | Ett           |      2 |    0,5 |
  | varav en del  |    1,5 |        |
  | Två           |  1 000 |        |
}
"
    ));
}

/// Shares do not add up: a total has the share of the totals.
#[test]
fn a_sum_has_the_share_of_the_sums() {
    assert_snapshot!(drawn(
        "tabell drift \"Drift\" i mnkr {
  kolumn budget \"Budget\"
  kolumn prognos \"Prognos\"
  kolumn avvikelse \"Avvikelse\" = budget - prognos
  kolumn andel \"Andel\" = andel(avvikelse, budget)
  kolumn per_krona \"Per krona\" = prognos / budget
  kolumn halva \"Halva\" = budget / 2
  rad summa \"Summa\" = summa

  |        | budget | prognos |
  | Skola  |   80,0 |    76,0 |
  | Kultur |   20,0 |    22,0 |
}
"
    ));
}

#[test]
fn a_typed_figure_is_held_against_its_formula() {
    assert_snapshot!(drawn(
        "tabell a \"A\" i tkr {
  kolumn från \"Från\"
  kolumn till \"Till\" = -från
  rad summa \"S:a\" = summa { till = inget }

  |     | från | till |
  | Ett |   -5 |    5 |
  | Två |   -7 |    6 |
  | summa |    |      |
}
"
    ));
}

#[test]
fn a_part_that_is_all_of_it_stands_for_its_parts() {
    assert_snapshot!(drawn(
        "tabell verksamhetsområden {
  |                            | budget | efter |
  | Individ- och familjeomsorg |        |       |
  | varav barn                 |    1,0 |   0,5 |
  | varav vuxna                |    2,0 |   2,0 |
  | Äldreomsorg                |    5,0 |   5,1 |
}
"
    ));
}

#[test]
fn money_converts_and_names_reach_other_tables() {
    assert_snapshot!(drawn(
        "tabell driftbudget {
  |           | budget | prognos |
  | Kostnader |  100,0 |    95,0 |
  | Intäkter  |  -10,0 |   -10,0 |
}

tabell resultatenheter {
  |          |  brutto |     från | resultat |
  | Enhet ett | 5 000,0 | -1 250,0 |    100,0 |
}
"
    ));
}

#[test]
fn groups_have_their_own_sums_and_rows_may_recur() {
    assert_snapshot!(drawn(
        "tabell sip \"Planer\" {
  rad alla \"Alla\" = planer + möten
  rad summa \"Summa\" = summa grupp

  |          | 2023 | 2024 |
  | # Vuxna  |
  | Planer   |   39 |   46 |
  | Möten    |   21 |   12 |
  | alla     |      |      |
  | # Unga   |
  | Planer   |    4 |    5 |
  | Möten    |    1 |    2 |
  | alla     |      |      |
  | summa    |      |      |
}
"
    ));
}

#[test]
fn what_cannot_be_computed() {
    assert_snapshot!(drawn(
        "tabell a \"A\" {
  rad ett \"Ett\" = två
  rad två \"Två\" = ett
  rad tre \"Tre\" = fyra / 0
  rad fem \"Fem\" = okänd

  |      | antal |
  | Fyra |     4 |
}
"
    ));
}

#[test]
fn a_change_needs_something_to_change_from() {
    assert_snapshot!(drawn(
        "tabell besök \"Besök\" {
  kolumn förra \"2023\"
  kolumn i_år \"2024\"
  kolumn ändring \"Ändring\" = procentändring(förra, i_år)
  kolumn andel \"Andel\" = andel(i_år, förra)

  |       | 2023 | 2024 |
  | Gård  |  100 |  110 |
  | Scen  |      |   12 |
  | Rink  |   12 |      |
  | Bastu |    0 |   12 |
}
"
    ));
}
