//! The example against the published report, cell by cell: every goal, every value of
//! every indicator, every activity, every figure of the economy, the decisions and the
//! appendices, both in the page data and in the tags of the PDF.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::expect_used,
    clippy::string_slice
)]

use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::LazyLock;

use tests::facts::{self, Cells};
use tests::printed::Printed;
use tests::published::Published;
use tests::workspace::Memory;
use tests::{example, page_data, tag_tree};

static IN_PDF: LazyLock<Printed> = LazyLock::new(|| tag_tree::read(example::pdf()).printed());
static IN_DATA: LazyLock<Printed> = LazyLock::new(|| page_data::read(&example::page_data()));

/// The example with its corrections undone.
static UNCORRECTED: LazyLock<Printed> = LazyLock::new(|| {
    let files = Published::open("000").uncorrected(&example::sources());
    page_data::read(&Memory::new(&files).page_data(example::REPORT))
});

#[test]
fn the_facts_are_complete() {
    let facts = Published::open("000");
    let count = |name: &str| facts.rows(name).len();
    assert_eq!(
        ["goals", "indicators", "activities", "tables", "decisions", "appendices"].map(count),
        [36, 80, 74, 184, 11, 4]
    );
}

#[test]
fn without_its_corrections_the_example_says_what_was_published() {
    let facts = Published::open("000");
    assert_same(&facts::printed(&facts, &UNCORRECTED), &facts::published(&facts));
}

#[test]
fn the_tags_of_the_pdf_say_what_the_page_data_says() {
    let facts = Published::open("000");
    assert_same(&facts::printed(&facts, &IN_PDF), &facts::printed(&facts, &IN_DATA));
}

/// What the corrections change in print, to be read: nothing else differs from what was
/// published.
#[test]
fn only_the_corrected_cells_differ_from_the_published() {
    let facts = Published::open("000");
    let mut out = String::new();
    let published = facts::published(&facts);
    for (place, found) in facts::printed(&facts, &IN_DATA) {
        let before = &published[&place];
        if found != *before {
            let (table, row, column) = place;
            writeln!(out, "{table} | {row} | {column}: {before:?} is corrected to {found:?}")
                .unwrap();
        }
    }
    insta::assert_snapshot!("corrected_cells", out);
}

#[test]
fn nothing_is_printed_beyond_the_facts() {
    let facts = Published::open("000");
    for report in [&*IN_PDF, &*IN_DATA] {
        for (what, wanted, found) in facts::counts(&facts, report) {
            assert_eq!(found, wanted, "{what}");
        }
        assert_eq!(facts::rows_beyond(&facts, report), BTreeSet::new());
    }
}

fn assert_same(found: &Cells, wanted: &Cells) {
    assert_eq!(
        found.keys().collect::<BTreeSet<_>>(),
        wanted.keys().collect::<BTreeSet<_>>(),
        "the same places are compared"
    );
    let wrong: Vec<String> = wanted
        .iter()
        .filter(|(place, value)| !facts::same(&found[*place], value))
        .map(|(place, value)| format!("{place:?}: {:?} instead of {value:?}", found[place]))
        .collect();
    assert!(wrong.is_empty(), "{} cells:\n{}", wrong.len(), wrong.join("\n"));
}
