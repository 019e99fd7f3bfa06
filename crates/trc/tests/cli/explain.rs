//! `trc explain` and `trc rules`.

use serde_json::Value;

use crate::support::Folder;

#[test]
fn every_rule_in_the_table_can_be_explained() {
    let folder = Folder::empty();
    let rules = folder.run(["rules", "--format", "concise"]).succeeds().stdout;
    assert!(rules.lines().any(|rule| rule == "target-missed-without-analysis"), "{rules}");
    for rule in rules.lines() {
        let page = folder.run(["explain", rule]).succeeds().stdout;
        assert!(page.starts_with(&format!("{rule}: ")) && page.lines().count() > 3, "{page}");
        let english = folder.run(["explain", rule, "--lang", "en"]).succeeds().stdout;
        assert!(english.starts_with(&format!("{rule}: ")) && english.ends_with(&page), "{english}");
        let json = folder.run(["explain", rule, "--format", "json"]).succeeds().stdout;
        let json: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(json["id"], rule);
        assert!(json["page"].is_string() && json["since"].is_string());
    }
}

#[test]
fn the_table_has_a_line_for_each_rule() {
    let folder = Folder::empty();
    let table = folder.run(["rules"]).succeeds().stdout;
    let json = folder.run(["rules", "--format", "json"]).succeeds().stdout;
    let json: Value = serde_json::from_str(&json).unwrap();
    let rules = json.as_array().unwrap();
    assert_eq!(table.lines().count(), rules.len() + 1);
    for (line, rule) in table.lines().skip(1).zip(rules) {
        for property in ["id", "level", "scope", "title"] {
            assert!(line.contains(rule[property].as_str().unwrap()), "{line} {rule}");
        }
    }
    let english = folder.run(["rules", "--lang", "en"]).succeeds().stdout;
    assert!(english.starts_with("Rule ") && table.starts_with("Regel "));
}

/// What `check` says of the files themselves has a page like a rule's.
#[test]
fn problems_with_files_can_be_explained() {
    let folder = Folder::empty();
    for id in [
        "invalid-configuration",
        "configuration-removed",
        "unreadable-file",
        "file-too-large",
        "too-many-files",
        "source-is-link",
        "name-not-unicode",
    ] {
        let page = folder.run(["explain", id]).succeeds().stdout;
        assert!(page.starts_with(&format!("{id}: ")) && page.contains("Gör så här"), "{page}");
        let json = folder.run(["explain", id, "--format", "json"]).succeeds().stdout;
        let json: Value = serde_json::from_str(&json).unwrap();
        assert_eq!((&json["id"], &json["scope"]), (&id.into(), &"workspace".into()));
    }
    folder.run(["explain", "source-is-lnk"]).fails_with(&["Menade du source-is-link?"]);
}

#[test]
fn an_unknown_rule() {
    let folder = Folder::empty();
    folder.run(["explain", "declared-twce"]).fails_with(&["Menade du declared-twice?"]);
    folder.run(["explain", "något helt annat"]).fails_with(&["trc rules"]);
}
