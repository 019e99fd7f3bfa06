//! Checking: cold, and after a keystroke. Run with `cargo xtask bench`.

use divan::{Bencher, black_box};
use salsa::Setter as _;
use tests::generate::{Generated, sources};
use trc_rules::{check, check_file};

fn main() {
    divan::main();
}

/// Budget: 50 ms for a report of 36 goals.
#[divan::bench(args = [36, 360])]
fn cold_check(bencher: Bencher, goals: usize) {
    bencher
        .with_inputs(|| Generated::new(goals))
        .bench_local_refs(|it| black_box(check(&it.db, it.workspace)));
}

/// Budget: 5 ms from a word typed in a paragraph to the file's findings.
#[divan::bench(args = [36, 360])]
fn check_file_after_a_word(bencher: Bencher, goals: usize) {
    let mut it = Generated::new(goals);
    check(&it.db, it.workspace);
    let file = it.file("t1-2025-mål.tr");
    let original = file.text(&it.db).clone();
    let mut count = 0usize;
    bencher.bench_local(|| {
        count += 1;
        let text = original.replacen("under perioden", &format!("under period {count}"), 1);
        file.set_text(&mut it.db).to(text);
        black_box(check_file(&it.db, it.workspace, file))
    });
}

/// Budget: 5 ms from a figure changed to the file's findings.
#[divan::bench(args = [36, 360])]
fn check_file_after_a_figure(bencher: Bencher, goals: usize) {
    let mut it = Generated::new(goals);
    check(&it.db, it.workspace);
    let file = it.file("t1-2025-mål.tr");
    let original = file.text(&it.db).clone();
    let mut count = 0usize;
    bencher.bench_local(|| {
        count += 1;
        let text = original.replacen("utfall: ", &format!("utfall: {}", 1 + count % 8), 1);
        file.set_text(&mut it.db).to(text);
        black_box(check_file(&it.db, it.workspace, file))
    });
}

/// Budget: 20 ms for every file of the report.
#[divan::bench(args = [36])]
fn format(bencher: Bencher, goals: usize) {
    let sources = sources(goals);
    bencher.bench_local(|| {
        for (_, text) in &sources {
            black_box(trc_format::format(text));
        }
    });
}

#[divan::bench(args = [36])]
fn parse(bencher: Bencher, goals: usize) {
    let sources = sources(goals);
    bencher.bench_local(|| {
        for (_, text) in &sources {
            black_box(trc_syntax::parse(text));
        }
    });
}

/// Page data from a checked workspace.
#[divan::bench(args = [36])]
fn page_data(bencher: Bencher, goals: usize) {
    let it = Generated::new(goals);
    check(&it.db, it.workspace);
    bencher.bench_local(|| black_box(trc_page::build(&it.db, it.workspace, &it.report())));
}
