//! Tables from files: which sheet, which rows and columns, and what a cell is read as. Each
//! answer is drawn as the table a reader would see.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::sync::Arc;

use insta::assert_snapshot;
use trc_base::Language;
use trc_model::data::provide;
use trc_model::evaluate::{Value, values};
use trc_model::table::{Misfit, tables};
use trc_model::vocabulary::built_in_files;
use trc_model::{Database, Document, DocumentKey, SourceFile, Workspace};

/// The table of a body, filled from a file, and what is said of the file.
fn drawn(body: &str, file: &str) -> String {
    let mut db = Database::default();
    let text =
        format!("rapport T1 2025 för nord\n\ntabell a \"A\" {{\n  från: a.csv\n{body}\n}}\n");
    let mut files = built_in_files(&db);
    files.push(SourceFile::new(&db, "t1.tr".into(), text, None));
    let workspace = Workspace::new(&db, files, None, None);
    let content = Ok(Arc::from(file.as_bytes()));
    provide(&mut db, workspace, [("a.csv".to_owned(), content)].into());
    let document = Document::new(&db, DocumentKey::parse_report("T1 2025 nord").unwrap());
    let table = &tables(&db, workspace, document)["a"];
    let titles: Vec<&str> = table.columns.iter().map(|c| c.title.as_str()).collect();
    let mut out = format!("{}\n", titles.join(" | "));
    for (row, cells) in table.rows.iter().zip(&values(&db, workspace, document).cells["a"]) {
        let shown = cells.iter().map(|cell| match &cell.value {
            Value::Quantity(q) => {
                format!("{} {}", q.value, q.unit.in_table()).trim_end().to_owned()
            }
            Value::Text(text) => format!("”{text}”"),
            Value::Nothing => "·".to_owned(),
            Value::Unknown => "?".to_owned(),
        });
        let shown: Vec<String> = shown.collect();
        out += &format!("{:?} {}: {}\n", row.kind, row.title, shown.join(" | "));
    }
    for misfit in &table.misfits {
        if let Misfit::Data { note, .. } = misfit {
            out += &format!("! {}\n", note.message.get(Language::Sv));
        }
    }
    out
}

#[test]
fn a_table_as_people_lay_it_out() {
    let file = "Uppföljning av lokaler;;\n;;\n;Budget;Prognos\nSkolor;;\nNorra;1 250,5;-3\nvarav hyra;200;1\nSödra;4.5;..\n";
    assert_snapshot!(drawn("  rad s \"Summa\" = summa", file));
}

#[test]
fn columns_are_found_by_name_title_and_year_and_others_are_left() {
    let body = "  kolumn budget \"Budget {år}\"\n  kolumn utfall \"Utfall\"\n  kolumn kvar \"Kvar\" = budget - utfall";
    assert_snapshot!(drawn(body, "Rad;Ansvar;Utfall 2025;Budget 2025\nEtt;Chef;1;3\n"));
}

#[test]
fn rows_and_columns_are_chosen_and_renamed() {
    let body = "  kolumner: Prognos helår = prognos, Budget\n  rader: Två, Tre";
    assert_snapshot!(drawn(
        body,
        "Rad;Budget;Budget helår;Prognos helår\nEtt;1;2;3\nTvå;4;5;6\nTre;7;8;9\n"
    ));
}

#[test]
fn one_figure_a_row() {
    let file = "Tabell;Rad;Kolumn;Värde;Enhet\na;Ett;Budget;1;\na;Ett;Prognos;2;%\nb;Ett;Budget;9;\nA;Två;Prognos;3;\n";
    assert_snapshot!(drawn("", file));
}

#[test]
fn typed_cells_win_and_typed_rows_are_added() {
    let body =
        "  |     | Budget |\n  | Två |     20 |\n  | Tre |     30 |\n  rad s \"Summa\" = summa";
    assert_snapshot!(drawn(body, "Rad;Budget;Prognos\nEtt;1;2\nTvå;3;4\n"));
}

#[test]
fn texts_stay_texts_and_nothing_is_a_formula() {
    assert_snapshot!(drawn("", "Rad;Läge;Tal\nEtt;x;1\nTvå;{a.ett};2\nTre;[3]{a.ett};ca 3\n"));
}

#[test]
fn what_cannot_be_placed_is_said() {
    let declared = "  kolumn budget \"Budget\"\n  kolumn prognos \"Prognos\"";
    let wide: Vec<String> = (0..70).map(|at| format!("K{at}")).collect();
    let wide = format!("Rad;{}\nEtt;1\n", wide.join(";"));
    let cases = [
        ("", ""),
        ("", "bara en cell\n"),
        ("", "Rad;Budget\n"),
        ("  rader: Fyra", "Rad;Budget\nFyrå;1\n"),
        (declared, "Rad;Antal;Andel\nEtt;1;2\n"),
        (declared, "Rad;Budget;Andel\nEtt;1;2\n"),
        ("", "Rad;Budget\nEtt;1\n\"Två;2\nTre;3\n"),
        ("", &wide),
    ];
    let said = cases.map(|(body, file)| {
        let drawn = drawn(body, file);
        let said: Vec<&str> = drawn.lines().filter(|line| line.starts_with('!')).collect();
        said.join("\n")
    });
    assert_snapshot!(said.join("\n"));
}
