//! The examples against the published reports, cell by cell: every goal, every value of
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

use tests::example::{ALL, Example, HÄSSELBY_VÄLLINGBY, KUNGSHOLMEN, NORRA_INNERSTADEN};
use tests::facts::{self, Cells};
use tests::published::Published;
use tests::workspace::Memory;
use tests::{page_data, tag_tree};

#[test]
fn the_facts_are_complete() {
    for (example, counts) in [
        (NORRA_INNERSTADEN, [36, 80, 74, 184, 11, 4]),
        (HÄSSELBY_VÄLLINGBY, [42, 77, 135, 199, 6, 3]),
        (KUNGSHOLMEN, [184, 62, 109, 27, 0, 0]),
    ] {
        let facts = Published::of(&example);
        let count = |name: &str| facts.rows(name).len();
        assert_eq!(
            ["goals", "indicators", "activities", "tables", "decisions", "appendices"].map(count),
            counts
        );
    }
}

#[test]
fn norra_innerstaden_without_its_corrections_says_what_was_published() {
    says_what_was_published(&NORRA_INNERSTADEN);
}

#[test]
fn hässelby_vällingby_without_its_corrections_says_what_was_published() {
    says_what_was_published(&HÄSSELBY_VÄLLINGBY);
}

#[test]
fn kungsholmen_without_its_corrections_says_what_was_published() {
    says_what_was_published(&KUNGSHOLMEN);
}

fn says_what_was_published(example: &Example) {
    let files = Published::of(example).uncorrected(&example.sources());
    let workspace = Memory::new(&files);
    for (report, facts) in Published::parts(example) {
        let printed = page_data::read(&workspace.page_data(report));
        assert_same(&facts::printed(&facts, &printed), &facts::published(&facts));
    }
}

/// What the corrections change in print, to be read: nothing else differs from what was
/// published.
#[test]
fn only_the_corrected_cells_differ_from_the_published() {
    for example in ALL {
        let mut out = String::new();
        let workspace = Memory::new(&example.sources());
        for (report, facts) in Published::parts(example) {
            let published = facts::published(&facts);
            let printed = page_data::read(&workspace.page_data(report));
            for (place, found) in facts::printed(&facts, &printed) {
                let before = &published[&place];
                if found != *before {
                    let (table, row, column) = place;
                    writeln!(
                        out,
                        "{table} | {row} | {column}: {before:?} is corrected to {found:?}"
                    )
                    .unwrap();
                }
            }
        }
        insta::assert_snapshot!(format!("corrected_cells_{}", example.published), out);
    }
}

#[test]
fn the_pdf_of_norra_innerstaden_says_what_its_page_data_says() {
    pdf_says_what_the_page_data_says(&NORRA_INNERSTADEN);
}

#[test]
fn the_pdf_of_hässelby_vällingby_says_what_its_page_data_says() {
    pdf_says_what_the_page_data_says(&HÄSSELBY_VÄLLINGBY);
}

#[test]
fn the_pdfs_of_kungsholmen_say_what_their_page_data_says() {
    pdf_says_what_the_page_data_says(&KUNGSHOLMEN);
}

fn pdf_says_what_the_page_data_says(example: &Example) {
    let workspace = Memory::new(&example.sources());
    for (report, facts) in Published::parts(example) {
        let in_pdf = tag_tree::read(&example.pdf_of(report).path).printed();
        let in_data = page_data::read(&workspace.page_data(report));
        assert_same(&facts::printed(&facts, &in_pdf), &facts::printed(&facts, &in_data));
        for report in [&in_pdf, &in_data] {
            for (what, wanted, found) in facts::counts(&facts, report) {
                assert_eq!(found, wanted, "nothing is printed beyond the {what}");
            }
            assert_eq!(facts::rows_beyond(&facts, report), BTreeSet::new());
        }
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
