//! Every PDF of every example holds PDF/UA-1 and PDF/A-3a by an outside validator, and
//! that validator sees each of seven ways to break one.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use serde_json::Value;
use tests::example::{self, NORRA_INNERSTADEN};
use tests::programs;

/// What `validate.py` says about a file.
fn validate(file: &Path) -> Value {
    let output = Command::new(programs::python())
        .arg(programs::root().join("tests/pdf/validate.py"))
        .arg(file)
        .args(["--profile", "ua1", "--profile", "3a", "--language", "sv-SE"])
        .output()
        .unwrap();
    let printed = String::from_utf8_lossy(&output.stdout);
    let verdicts: Value = serde_json::from_str(&printed).unwrap_or_else(|_| {
        panic!("no verdict:\n{printed}{}", String::from_utf8_lossy(&output.stderr))
    });
    let verdict = verdicts[0].clone();
    assert_eq!(
        verdict["compliant"].as_bool(),
        Some(output.status.success()),
        "the exit status says the same"
    );
    verdict
}

/// The names of the rules that fail, as `profile rule`.
fn failed_rules(file: &Path) -> Vec<String> {
    let verdict = validate(file);
    let failures = verdict["failures"].as_array().unwrap();
    let text = |failure: &Value, key: &str| failure[key].as_str().unwrap().to_owned();
    failures
        .iter()
        .map(|failure| format!("{} {}", text(failure, "profile"), text(failure, "rule")))
        .collect()
}

/// Each broken copy, made once for a test.
fn broken(way: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    programs::run(
        Command::new(programs::python())
            .arg(programs::root().join("tests/pdf/break.py"))
            .arg(&NORRA_INNERSTADEN.pdf().path)
            .arg(folder.path())
            .args(["--only", way]),
    );
    let file = folder.path().join(format!("{way}.pdf"));
    (folder, file)
}

/// The broken copy fails by this rule, and by no rule that the reason does not explain.
fn assert_fails(way: &str, rule: &str, explained: &[&str]) {
    let (_folder, file) = broken(way);
    let failed = failed_rules(&file);
    assert!(failed.iter().any(|failed| failed == rule), "{way}: {rule} is not among {failed:?}");
    for failed in &failed {
        assert!(
            explained.iter().any(|part| failed.contains(part)),
            "{way}: {failed} has nothing to do with what was broken"
        );
    }
}

/// The PDFs of every report in every example.
static BUILT: LazyLock<(tempfile::TempDir, Vec<PathBuf>)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let mut files = Vec::new();
    let workspaces = example::workspaces();
    for workspace in &workspaces {
        let copy = folder.path().join(workspace.file_name().unwrap());
        example::copy(workspace, &copy);
        programs::run(Command::new(programs::trc()).arg("build").arg(&copy));
        let built = std::fs::read_dir(copy.join("ut")).unwrap();
        files.extend(built.map(|entry| entry.unwrap().path()));
    }
    assert!(files.len() >= workspaces.len(), "{files:?}");
    (folder, files)
});

#[test]
fn the_examples_hold_both_profiles() {
    for file in &BUILT.1 {
        assert_eq!(failed_rules(file), Vec::<String>::new(), "{}", file.display());
    }
}

#[test]
fn the_examples_have_no_syntax_error() {
    for file in &BUILT.1 {
        programs::run(Command::new("qpdf").arg("--check").arg(file));
    }
}

#[test]
fn saving_again_breaks_nothing() {
    let (_folder, file) = broken("none");
    assert_eq!(failed_rules(&file), Vec::<String>::new());
}

#[test]
fn a_missing_language_is_seen() {
    assert_fails("language", "ua1 PDFUA1-TEXT-LANGUAGE-001", &["LANGUAGE"]);
}

#[test]
fn a_missing_title_is_seen() {
    assert_fails("title", "ua1 PDFUA1-METADATA-TITLE-001", &["TITLE"]);
}

#[test]
fn a_missing_alternative_text_is_seen() {
    assert_fails(
        "alternative-text",
        "ua1 PDFUA1-FIGURE-ALTERNATIVE-TEXT-001",
        &["ALTERNATIVE-TEXT"],
    );
}

#[test]
fn a_skipped_heading_level_is_seen() {
    assert_fails("heading-skip", "ua1 PDFUA1-HEADING-NESTING-001", &["HEADING"]);
}

#[test]
fn an_unembedded_font_is_seen() {
    assert_fails("unembedded-font", "3a PDFA3A-FONT-EMBEDDING-001", &["FONT"]);
    assert_fails("unembedded-font", "ua1 PDFUA1-FONT-EMBEDDING-001", &["FONT"]);
}

#[test]
fn missing_tags_are_seen() {
    let explained = ["STRUCT-TREE", "TAGGED-DOCUMENT", "LINK-TAG", "ANNOTATION"];
    assert_fails("no-tags", "ua1 PDFUA1-STRUCT-TREE-ROOT-001", &explained);
    assert_fails("no-tags", "3a PDFA3A-STRUCT-TREE-ROOT-001", &explained);
}

#[test]
fn a_missing_archive_identifier_is_seen() {
    assert_fails("no-archive-identifier", "3a PDFA3A-ID-SCHEMA-001", &["ID-SCHEMA"]);
}

/// The validator takes a carriage return that ends a stream for a line end. The check
/// that dismisses its complaint must still see a length that is really wrong.
#[test]
fn only_a_wrong_alarm_about_a_stream_length_is_dismissed() {
    let rules = |entries: &Value| -> Vec<String> {
        entries
            .as_array()
            .unwrap()
            .iter()
            .map(|entry| entry["rule"].as_str().unwrap().to_owned())
            .collect()
    };
    let (_folder, file) = broken("carriage-return");
    let verdict = validate(&file);
    assert_eq!(rules(&verdict["dismissed"]), ["PDFA3A-STREAM-LENGTH-001"]);
    assert_eq!(rules(&verdict["failures"]), Vec::<String>::new());

    let (_folder, file) = broken("wrong-length");
    let verdict = validate(&file);
    assert_eq!(rules(&verdict["dismissed"]), Vec::<String>::new());
    assert!(
        rules(&verdict["failures"]).contains(&"PDFA3A-STREAM-LENGTH-001".to_owned()),
        "{verdict}"
    );
}

/// Typesetting falls back to English without a word, and no profile objects.
#[test]
fn another_language_is_seen() {
    assert_fails("english", "own OWN-LANGUAGE-001", &["OWN-LANGUAGE"]);
}

#[test]
fn a_header_cell_without_scope_is_seen() {
    assert_fails("header-scope", "own OWN-TABLE-HEADER-001", &["OWN-TABLE-HEADER"]);
}
