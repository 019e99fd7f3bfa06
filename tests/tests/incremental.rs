//! What runs again after an edit, and that it is the same however large the report is.

#![allow(clippy::unwrap_used)]

use insta::assert_snapshot;
use salsa::Setter as _;
use tests::generate;
use tests::workspace::Memory;
use trc_rules::check;

/// The queries that run after an edit of one file, each with how often.
fn executed_after(goals: usize, path: &str, edit: impl Fn(&str) -> String) -> String {
    let mut generated = Memory::generated(goals);
    let before = check(&generated.db, generated.workspace);
    let file = generated.file(path);
    let text = edit(file.text(&generated.db));
    assert_ne!(text, *file.text(&generated.db), "the edit changes something");
    file.set_text(&mut generated.db).to(text);
    let (after, log) = generated.db.log_executed(|db| check(db, generated.workspace));
    assert_eq!(before.len(), after.len());
    counted(log)
}

fn word_in_a_paragraph(text: &str) -> String {
    text.replacen("under perioden", "under hela perioden", 1)
}

#[test]
fn a_word_in_a_paragraph() {
    let small = executed_after(36, "t1-2025-mål.tr", word_in_a_paragraph);
    assert_snapshot!(small, @r"
    check_declaration: 1
    items: 1
    parse: 1
    prose: 1
    ");
    let large = executed_after(360, "t1-2025-mål.tr", word_in_a_paragraph);
    assert_eq!(small, large, "the work must not grow with the report");
}

#[test]
fn a_blank_line_between_declarations() {
    let edit = |text: &str| text.replacen("\n\nmål ", "\n\n\nmål ", 1);
    let small = executed_after(36, "t1-2025-mål.tr", edit);
    assert_snapshot!(small, @r"
    items: 1
    parse: 1
    ");
    assert_eq!(small, executed_after(360, "t1-2025-mål.tr", edit));
}

/// The queries that run after a change, each with how often, one a line.
fn counted(log: Vec<String>) -> String {
    let mut counted = std::collections::BTreeMap::new();
    for query in log {
        *counted.entry(query).or_insert(0) += 1;
    }
    let lines = counted.into_iter().map(|(query, count)| format!("{query}: {count}"));
    lines.collect::<Vec<_>>().join("\n")
}

/// A report whose table takes its figures from a file.
fn with_data() -> Memory {
    let mut files = generate::sources(36);
    let table = "tabell hämtad \"Hämtad\" {\n  från: siffror.csv\n  rad s \"Summa\" = summa\n}\n";
    let report = files.iter_mut().find(|(path, _)| path == "t1-2025-mål.tr").unwrap();
    report.1.push_str(&format!("\n{table}"));
    let mut memory = Memory::new(&files);
    memory.give("siffror.csv", "Rad;Budget\nEtt;1\nTvå;2\n");
    memory
}

#[test]
fn a_word_in_a_paragraph_reads_no_file_of_data() {
    let mut memory = with_data();
    assert!(check(&memory.db, memory.workspace).is_empty());
    let file = memory.file("t1-2025-mål.tr");
    let text = word_in_a_paragraph(file.text(&memory.db));
    file.set_text(&mut memory.db).to(text);
    let (_, log) = memory.db.log_executed(|db| check(db, memory.workspace));
    assert_snapshot!(counted(log), @r"
    check_declaration: 1
    items: 1
    parse: 1
    prose: 1
    ");
}

/// What it costs is what a typed cell costs: the document that uses the file, whose formulas
/// may all refer to it. Nothing is parsed, and no other document is looked at.
#[test]
fn a_file_of_data_that_changes() {
    let mut memory = with_data();
    assert!(check(&memory.db, memory.workspace).is_empty());
    memory.give("siffror.csv", "Rad;Budget\nEtt;1\nTvå;2\nSumma;4\n");
    let (found, log) = memory.db.log_executed(|db| check(db, memory.workspace));
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_snapshot!(counted(log), @r"
    check_declaration: 160
    check_document: 1
    ranges: 1
    reading: 1
    tables: 1
    values: 1
    ");
    // Bytes that say the same are the same sheet.
    memory.give("siffror.csv", "Rad;Budget\r\nEtt;1\r\nTvå;2\r\nSumma;4\r\n");
    let (_, log) = memory.db.log_executed(|db| check(db, memory.workspace));
    assert_snapshot!(counted(log), @"reading: 1");
}

#[test]
fn nothing_at_all() {
    let generated = Memory::generated(36);
    check(&generated.db, generated.workspace);
    let (_, log) = generated.db.log_executed(|db| check(db, generated.workspace));
    assert_eq!(log, Vec::<String>::new());
}

#[test]
fn order_of_files_and_declarations_changes_nothing() {
    let forwards = Memory::generated(36);
    let mut backwards = Memory::generated(36);
    let mut files = backwards.workspace.files(&backwards.db).clone();
    files.reverse();
    backwards.workspace.set_files(&mut backwards.db).to(files);
    assert_eq!(check(&forwards.db, forwards.workspace), check(&backwards.db, backwards.workspace));
    let page = |it: &Memory| it.page(generate::REPORT);
    assert_eq!(page(&forwards).report, page(&backwards).report);
}

#[test]
fn the_generated_report_is_clean() {
    let generated = Memory::generated(36);
    let found = check(&generated.db, generated.workspace);
    assert!(found.is_empty(), "{found:#?}");
}
