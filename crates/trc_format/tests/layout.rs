#![allow(clippy::unwrap_used, clippy::panic)]
//! The canonical layout, construct by construct.

use trc_format::format;

#[track_caller]
fn becomes(source: &str, expected: &str) {
    let formatted = format(source);
    assert_eq!(formatted.text, expected);
    assert_eq!(format(expected).text, expected);
    assert_eq!(formatted.untouched, []);
}

#[test]
fn header_and_its_fields_then_a_blank_line() {
    becomes(
        "\u{feff}\n\nrapport  T1 2025\tför x\r\ndatum :2025-05-21\r\n\r\n\r\nfas:   slutlig  \r\nmål 1 {status: uppfylls helt}",
        "rapport T1 2025 för x\ndatum: 2025-05-21\n\nfas: slutlig\n\nmål 1 { status: uppfylls helt }\n",
    );
}

#[test]
fn blank_lines_between_items() {
    // Between items of one kind the writer decides, except at the top level.
    becomes(
        "budget 2025 för x\nmål 1 {\n\n\nindikator a {\nmäts i: st\nårsmål: 3\n}\nindikator b {\nårsmål: 4\n}\n\n\nindikator c { årsmål: 5 }\naktivitet d \"D\"\naktivitet e \"E\"\n\n}\nmål 2 {\nstatus: b\n}\nmål 3 \"Tre\"\nmål 4 \"Fyra\"\nbilaga f \"F\"\n",
        "budget 2025 för x\n\nmål 1 {\n  indikator a {\n    mäts i: st\n    årsmål: 3\n  }\n  indikator b {\n    årsmål: 4\n  }\n\n  indikator c { årsmål: 5 }\n  aktivitet d \"D\"\n  aktivitet e \"E\"\n}\n\nmål 2 {\n  status: b\n}\n\nmål 3 \"Tre\"\nmål 4 \"Fyra\"\n\nbilaga f \"F\"\n",
    );
}

#[test]
fn passages_move_as_a_whole() {
    becomes(
        "rapport T1 2025 för x\nmål 1 {\nstatus: a\nanalys: \"\"\"\n Första stycket.  \n\n\n   - djupare\\ \n\"\"\"\ngoda exempel \"\"\"Kort.\"\"\"\nprognos: nås\n}\n",
        "rapport T1 2025 för x\n\nmål 1 {\n  status: a\n\n  analys \"\"\"\n    Första stycket.\n\n\n      - djupare\\ \n  \"\"\"\n\n  goda exempel \"\"\"\n    Kort.\n  \"\"\"\n\n  prognos: nås\n}\n",
    );
}

#[test]
fn tables_have_columns() {
    becomes(
        "rapport T1 2025 för x\ntabell kajer i mnkr {\nrad totalt \"Totalt\"=summa\n||budget|anmärkning|\n|Kajkant, åäö|2,6|ny|\n|A\u{30a}rsta|-1 300,5 mnkr|[3]{a.b}|\n|# Grupp med långt namn|\n|Kort|{a.b}   // not\n[^f]:Fot.\n}\n",
        "rapport T1 2025 för x\n\ntabell kajer i mnkr {\n  rad totalt \"Totalt\" = summa\n\n  |                        |        budget | anmärkning |\n  | Kajkant, åäö           |           2,6 | ny         |\n  | A\u{30a}rsta                  | -1 300,5 mnkr | [3]{a.b}   |\n  | # Grupp med långt namn |\n  | Kort                   |         {a.b} |   // not\n  [^f]: Fot.\n}\n",
    );
}

#[test]
fn one_long_cell_does_not_widen_its_column() {
    let long = "mycket ".repeat(20);
    let source =
        format!("rapport T1 2025 för x\ntabell a {{\n| b | c |\n| {long}| 1 |\n| kort | 2 |\n}}\n");
    let long = long.trim_end();
    becomes(
        &source,
        &format!(
            "rapport T1 2025 för x\n\ntabell a {{\n  | b    | c |\n  | {long} | 1 |\n  | kort | 2 |\n}}\n"
        ),
    );
}

#[test]
fn titles_of_columns_and_rows_stand_in_one_column() {
    becomes(
        "mallar 2025 för x\ntabelltyp a \"A\" i  mnkr{\ndecimaler:1\nkolumn budget \"Budget\"\nkolumn å \"Å\"=budget{visas:nej}\n\nkolumn lång_kolumn \"L\"\nrad b \"B\"\nrad före { c = -d }\n}\n",
        "mallar 2025 för x\n\ntabelltyp a \"A\" i mnkr {\n  decimaler: 1\n  kolumn budget \"Budget\"\n  kolumn å      \"Å\" = budget { visas: nej }\n\n  kolumn lång_kolumn \"L\"\n  rad b \"B\"\n  rad före { c = -d }\n}\n",
    );
}

#[test]
fn comments_stay_where_they_are() {
    becomes(
        "// överst\nbudget 2025 för x // sist på raden\n// om målet\nmål 1 { // vid klammern\n// i blocket\nstatus: a // vid fältet\n// sist i blocket\n} // efter klammern\n// sist\n",
        "// överst\nbudget 2025 för x   // sist på raden\n\n// om målet\nmål 1 {   // vid klammern\n  // i blocket\n  status: a   // vid fältet\n  // sist i blocket\n}   // efter klammern\n// sist\n",
    );
}

#[test]
fn a_block_with_a_mistake_is_left_alone() {
    let source = "budget 2025 för x\nmål 1{status:a}\nmål  2  {\n status:  b\n   en rad utan kolon\n}\nmål 3{status:c}\n";
    let formatted = format(source);
    assert_eq!(
        formatted.text,
        "budget 2025 för x\n\nmål 1 { status: a }\nmål  2  {\n status:  b\n   en rad utan kolon\n}\nmål 3 { status: c }\n",
    );
    let [untouched] = formatted.untouched.as_slice() else { panic!("{:?}", formatted.untouched) };
    assert_eq!(
        source.get(untouched.start().into()..untouched.end().into()),
        Some("mål  2  {\n status:  b\n   en rad utan kolon\n}"),
    );
}

#[test]
fn a_missing_brace_leaves_the_other_blocks_their_layout() {
    let source = "budget 2025 för x\nmål 1{status:a}\n\nmål  2  {\n  status:  b\n\nmål 3 {\n   status:c\n}\n";
    assert_eq!(
        format(source).text,
        "budget 2025 för x\n\nmål 1 { status: a }\n\nmål  2  {\n  status:  b\n\nmål 3 {\n  status: c\n}\n",
    );
}

#[test]
fn a_conflict_is_left_alone() {
    let source = "budget 2025 för x\n<<<<<<< HEAD\nmål 1{status:a}\n=======\nmål 1{status:b}\n>>>>>>> annan\n";
    assert_eq!(format(source).text, source);
}

#[test]
fn an_empty_file_stays_empty() {
    assert_eq!(format("").text, "");
    assert_eq!(format("\u{feff}\n\n  \n").text, "");
}

#[test]
fn hostile_files_take_linear_time() {
    let wide = format!("| {} |\n", "x".repeat(100_000));
    let long = format!("kolumn {} \"A\"\n", "x".repeat(100_000));
    let pieces = [
        "mål 1 { a: b } ",
        "{",
        "}",
        "\"",
        "mål 1 {\n",
        "| a ",
        "a \"\"\"\n",
        "// a\n",
        "| a |\n",
        "kolumn a \"A\"\n",
    ];
    for piece in pieces {
        for first in ["", &wide, &long] {
            let text = format!("mallar 2025 för x\n{first}{}", piece.repeat(200_000 / piece.len()));
            let once = format(&text).text;
            assert!(once.len() < 4 * text.len());
        }
    }
}
