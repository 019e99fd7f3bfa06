//! The list of rules.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeSet;

use trc_rules::{find, rules};

#[test]
fn ids_are_unique_and_in_kebab_case() {
    let mut seen = BTreeSet::new();
    for rule in rules() {
        assert!(seen.insert(rule.id), "{}", rule.id);
        assert!(
            rule.id.split('-').all(|word| {
                !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase())
            }),
            "{}",
            rule.id
        );
    }
}

/// The list in `rules.rs` names the files, so that it can be held against the ids.
#[test]
fn a_rule_stands_in_the_file_of_its_name() {
    let list = include_str!("../src/rules.rs");
    let (_, list) = list.split_once("\nrules! {\n").expect("the list of rules");
    let (list, _) = list.split_once('}').expect("the end of the list");
    let files: Vec<String> = list
        .split(',')
        .map(|file| file.trim().replace('_', "-"))
        .filter(|file| !file.is_empty())
        .collect();
    let ids: Vec<&str> = rules().iter().map(|rule| rule.id).collect();
    assert_eq!(files, ids);
}

#[test]
fn every_rule_has_a_title_in_both_languages() {
    for rule in rules() {
        for title in [rule.title_sv, rule.title_en] {
            assert!(title.starts_with(char::is_uppercase), "{}: {title}", rule.id);
            assert!(!title.ends_with('.'), "{}: {title}", rule.id);
        }
        assert_ne!(rule.title_sv, rule.title_en, "{}", rule.id);
    }
}

#[test]
fn a_rule_is_found_by_its_id() {
    for rule in rules() {
        assert!(std::ptr::eq(find(rule.id).unwrap(), *rule));
    }
    assert!(find("no-such-rule").is_none());
}
