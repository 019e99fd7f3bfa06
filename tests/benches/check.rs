//! Checking: cold, and after a keystroke. Run with `cargo xtask bench`.
//!
//! `example` is the report of ninety pages in `examples/`; a number is a generated one
//! with so many goals.

#![allow(clippy::unwrap_used)]

use divan::{Bencher, black_box};
use salsa::Setter as _;
use tests::example::NORRA_INNERSTADEN;
use tests::generate;
use tests::workspace::Memory;
use trc_rules::{check, check_file};

fn main() {
    divan::main();
}

/// A report to work on, and the edits of the writer.
struct Subject {
    files: Vec<(String, String)>,
    report: &'static str,
    /// Where the edits are made.
    edited: &'static str,
    word: &'static str,
    figure: &'static str,
}

fn subject(name: &str) -> Subject {
    match name.parse() {
        Ok(goals) => Subject {
            files: generate::sources(goals),
            report: generate::REPORT,
            edited: "t1-2025-mål.tr",
            word: "under perioden",
            figure: "utfall: ",
        },
        Err(_) => Subject {
            files: NORRA_INNERSTADEN.sources(),
            report: NORRA_INNERSTADEN.report,
            edited: "t1-2025/mål-1.2.tr",
            word: "Skillnaden är liten",
            figure: "utfall: 95,",
        },
    }
}

/// Budget: 50 ms for a real report.
#[divan::bench(args = ["example", "36", "360"])]
fn cold_check(bencher: Bencher, name: &str) {
    let files = subject(name).files;
    bencher
        .with_inputs(|| Memory::new(&files))
        .bench_local_refs(|it| black_box(check(&it.db, it.workspace)));
}

/// A table of so many rows from a file, with a sum and a column that is computed.
#[divan::bench(args = [5_000, 50_000])]
fn cold_check_of_a_file(bencher: Bencher, rows: usize) {
    let source = "rapport T1 2025 för nord\n\ntabell konton \"Konton\" i tkr {\n  från: konton.csv\n\n  kolumn budget  \"Budget\"\n  kolumn prognos \"Prognos\"\n  kolumn kvar    \"Kvar\" = budget - prognos\n  rad totalt \"Totalt\" = summa\n}\n";
    let rows = (1..rows).map(|row| format!("Konto {row};{row},5;{}\n", row / 2));
    let data = format!("Konto;Budget;Prognos\n{}", rows.collect::<String>());
    let files = [("t1.tr".to_owned(), source.to_owned()), ("konton.csv".to_owned(), data)];
    bencher
        .with_inputs(|| Memory::new(&files))
        .bench_local_refs(|it| black_box(check(&it.db, it.workspace)));
}

/// Budget: 5 ms from a word typed in a paragraph to the file's findings.
#[divan::bench(args = ["example", "36", "360"])]
fn check_file_after_a_word(bencher: Bencher, name: &str) {
    let subject = subject(name);
    edit(bencher, &subject, subject.word, &|count| format!("{} {count}", subject.word));
}

/// Budget: 5 ms from a figure changed to the file's findings.
#[divan::bench(args = ["example", "36", "360"])]
fn check_file_after_a_figure(bencher: Bencher, name: &str) {
    let subject = subject(name);
    edit(bencher, &subject, subject.figure, &|count| {
        format!("{}{}", subject.figure, 1 + count % 8)
    });
}

fn edit(bencher: Bencher, subject: &Subject, from: &str, to: &dyn Fn(usize) -> String) {
    let mut it = Memory::new(&subject.files);
    check(&it.db, it.workspace);
    let file = it.file(subject.edited);
    let original = file.text(&it.db).clone();
    assert!(original.contains(from), "there is something to edit");
    let mut count = 0usize;
    bencher.bench_local(|| {
        count += 1;
        file.set_text(&mut it.db).to(original.replacen(from, &to(count), 1));
        black_box(check_file(&it.db, it.workspace, file))
    });
}

/// Budget: 20 ms for every file of the report.
#[divan::bench(args = ["example", "36"])]
fn format(bencher: Bencher, name: &str) {
    let files = subject(name).files;
    bencher.bench_local(|| {
        for (_, text) in &files {
            black_box(trc_format::format(text));
        }
    });
}

#[divan::bench(args = ["example", "36"])]
fn parse(bencher: Bencher, name: &str) {
    let files = subject(name).files;
    bencher.bench_local(|| {
        for (_, text) in &files {
            black_box(trc_syntax::parse(text));
        }
    });
}

/// Page data from a checked workspace.
#[divan::bench(args = ["example", "36"])]
fn page_data(bencher: Bencher, name: &str) {
    let subject = subject(name);
    let it = Memory::new(&subject.files);
    check(&it.db, it.workspace);
    bencher.bench_local(|| black_box(it.page(subject.report)));
}
