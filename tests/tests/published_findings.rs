//! What `trc check` says of the reports as they were published: every known mistake that
//! is to be found is found at its line, and nothing else is called an error or a warning.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

use std::collections::BTreeSet;

use tests::example::{ALL, Example};
use tests::published::Published;
use tests::workspace::Memory;
use trc_base::Severity;

/// A finding's rule, file and line.
type Finding = (String, String, usize);

fn expected(facts: &Published) -> Vec<(String, Finding)> {
    facts
        .rows("expected")
        .into_iter()
        .map(|row| {
            let line = row["line"].parse().unwrap_or_else(|_| panic!("no line: {row:?}"));
            (row["id"].clone(), (row["rule"].clone(), row["file"].clone(), line))
        })
        .collect()
}

/// What is found in the report as published, the serious apart from the rest.
fn found(example: &Example, facts: &Published) -> (BTreeSet<Finding>, BTreeSet<Finding>) {
    let files = facts.uncorrected(&example.sources());
    let mut serious = BTreeSet::new();
    let mut all = BTreeSet::new();
    for diagnostic in Memory::new(&files).findings() {
        let path = diagnostic.location.file.to_string();
        let (_, text) = files.iter().find(|(name, _)| *name == path).unwrap();
        let start = diagnostic.location.range.start as usize;
        let line = text[..start].matches('\n').count() + 1;
        let finding = (diagnostic.rule.to_string(), path, line);
        if matches!(diagnostic.severity, Severity::Error | Severity::Warning) {
            serious.insert(finding.clone());
        }
        all.insert(finding);
    }
    (serious, all)
}

#[test]
fn every_known_mistake_is_found_at_its_line() {
    for example in ALL {
        let facts = Published::of(example);
        let (_, all) = found(example, &facts);
        let missing: Vec<_> =
            expected(&facts).into_iter().filter(|(_, finding)| !all.contains(finding)).collect();
        assert!(missing.is_empty(), "not found in {}: {missing:#?}", example.published);
    }
}

#[test]
fn nothing_right_is_called_an_error_or_a_warning() {
    for example in ALL {
        let facts = Published::of(example);
        let known: BTreeSet<Finding> =
            expected(&facts).into_iter().map(|(_, finding)| finding).collect();
        let (serious, _) = found(example, &facts);
        let false_alarms: Vec<_> = serious.difference(&known).collect();
        assert!(
            false_alarms.is_empty(),
            "false alarms in {}: {false_alarms:#?}",
            example.published
        );
    }
}

#[test]
fn every_known_mistake_in_data_and_tables_is_accounted_for() {
    for example in ALL {
        account_for(&Published::of(example));
    }
}

fn account_for(facts: &Published) {
    let known = facts.known_errors();
    let covered: BTreeSet<String> = expected(facts).into_iter().map(|(id, _)| id).collect();
    let not_covered: BTreeSet<String> = facts
        .rows("not-covered")
        .into_iter()
        .map(|row| {
            assert!(!row["reason"].is_empty(), "a reason for {row:?}");
            row["id"].clone()
        })
        .collect();
    for id in covered.iter().chain(&not_covered) {
        assert!(known.contains_key(id), "{id} is no known error");
    }
    assert_eq!(covered.intersection(&not_covered).collect::<Vec<_>>(), Vec::<&String>::new());
    for (id, row) in &known {
        let structured = matches!(row["class"].as_str(), "A" | "B");
        assert!(
            !structured || covered.contains(id) || not_covered.contains(id),
            "{id} is neither expected nor excused"
        );
        let must = structured
            && row["decidable"] == "data"
            && matches!(row["severity"].as_str(), "error" | "warning");
        assert!(!must || covered.contains(id), "{id} can be decided from the data");
    }
    // A correction is of a mistake that one of the lists speaks of.
    for id in facts.corrected_ids() {
        assert!(covered.contains(&id) || not_covered.contains(&id), "{id} is corrected only");
    }
}
