//! One mistake, one diagnostic; and nothing where there is no mistake.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod support;

use support::found;

const PLAN: &str = r#"verksamhetsplan 2025 för farsta

mål 4.1.1.1 "Fler i arbete" {
  indikator i_arbete "Andel i arbete" {
    mäts i: %
    riktning: högre är bättre
    redovisas: tertial
    årsmål: 66,67 %
  }
}
"#;

fn report(body: &str) -> Vec<String> {
    found(&[PLAN, &format!("rapport VB 2025 för farsta\n\n{body}\ndatum: 2026-02-04\n")])
}

#[test]
fn an_unknown_owner_is_one_mistake() {
    let organisation = "organisation stockholm \"Stockholm\" {\n  nämnd farsta \"Farsta\"\n}\n";
    assert_eq!(
        found(&[organisation, "rapport T1 2025 för farstad\ndatum: 2025-05-21\n"]),
        ["1:1 unknown-name"]
    );
}

#[test]
fn an_unknown_keyword_is_one_mistake() {
    assert_eq!(
        report("indikator i_arbete { utfall: 70 % }\nprojekt x {\n  ledare: chefen\n}"),
        ["1:4 unknown-word"]
    );
}

#[test]
fn a_blank_outcome_is_one_mistake() {
    assert_eq!(report("indikator i_arbete { utfall: }"), ["1:3 value-malformed"]);
}

/// A share is compared with the precision of its target, not to the last digit.
#[test]
fn two_of_three_reach_two_thirds() {
    assert!(report("indikator i_arbete { utfall: 2 av 3 }").is_empty());
    assert_eq!(
        report("indikator i_arbete { utfall: 199 av 300 }"),
        ["1:3 target-missed-without-analysis"]
    );
}

#[test]
fn a_unit_has_each_field_once() {
    let unit = "organisation stockholm \"Stockholm\" {\n  telefon: 1\n  telefon: 2\n}\n";
    assert_eq!(found(&[unit]), ["0:3 declared-twice"]);
}

#[test]
fn a_table_whose_rows_come_from_elsewhere_is_not_empty() {
    let body = "indikator i_arbete { utfall: 70 % }\ntabell drift \"Drift\" { från: drift.xlsx, blad Drift }";
    assert!(report(body).is_empty());
}

#[test]
fn places_are_right_in_long_text_with_wide_characters_and_crlf() {
    let body = "avsnitt övrigt \"\"\"\n  å 𝐀 a\u{30a}\n\n\tsedan {saknas}\n\"\"\"\nindikator i_arbete { utfall: 70 % }";
    let body = body.replace('\n', "\r\n");
    assert_eq!(report(&body), ["1:6 unknown-name"]);
}
