//! What `trc check` writes for other programs is valid against the schemas of those who
//! read it.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tests::programs;

/// A workspace with an error, warnings, a related place and names that need escaping.
fn workspace() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    programs::run(Command::new(programs::trc()).args(["new", "."]).current_dir(folder.path()));
    let report = folder.path().join("t1-2026.tr");
    let text = std::fs::read_to_string(&report).unwrap();
    let text = text.replace("[4 210 besök]", "[4 310 besök]");
    std::fs::remove_file(&report).unwrap();
    std::fs::write(folder.path().join("t1 & å.tr"), text).unwrap();
    let twice =
        "budget 2026 för exempelsta\n\nmål 9 \"Ett <mål>\" {\n  okänt: 1\n}\nmål 9 \"Två\" {\n}\n";
    std::fs::write(folder.path().join("två.tr"), twice).unwrap();
    folder
}

fn output(folder: &Path, format: &str) -> String {
    let output = Command::new(programs::trc())
        .args(["check", "--format", format])
        .current_dir(folder)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// What a schema has against a text.
fn problems(schema: &Path, name: &str, text: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    std::fs::write(&file, text).unwrap();
    let output = Command::new(programs::python())
        .arg(programs::root().join("tests/formats/validate.py"))
        .args([schema, &file])
        .output()
        .unwrap();
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// OASIS's schema, as the crate `serde-sarif` carries it.
fn sarif_schema() -> PathBuf {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let metadata = programs::run(
        Command::new(cargo)
            .args(["metadata", "--format-version", "1"])
            .current_dir(programs::root()),
    );
    let metadata: Value = serde_json::from_slice(&metadata.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let package = packages.iter().find(|package| package["name"] == "serde-sarif").unwrap();
    let manifest = Path::new(package["manifest_path"].as_str().unwrap());
    manifest.with_file_name("src").join("schema.json")
}

#[test]
fn sarif_is_valid_and_read_by_others() {
    let text = output(workspace().path(), "sarif");
    assert_eq!(problems(&sarif_schema(), "a.json", &text), Vec::<String>::new());
    let log: serde_sarif::sarif::Sarif = serde_json::from_str(&text).unwrap();
    let results = log.runs[0].results.as_ref().unwrap();
    assert!(results.len() >= 3, "{text}");
    let broken = text.replace("\"startLine\": ", "\"startLine\": -");
    assert_ne!(problems(&sarif_schema(), "a.json", &broken), Vec::<String>::new());
}

#[test]
fn junit_is_valid() {
    let schema = programs::root().join("tests/formats/junit.xsd");
    let text = output(workspace().path(), "junit");
    assert_eq!(problems(&schema, "a.xml", &text), Vec::<String>::new());
    assert!(text.contains("t1 &amp; å.tr"), "{text}");
    let broken = text.replace("classname", "class");
    assert_ne!(problems(&schema, "a.xml", &broken), Vec::<String>::new());
}

#[test]
fn json_is_valid_as_array_and_as_lines() {
    let folder = workspace();
    let schema = programs::root().join("docs/diagnostics.schema.json");
    let text = output(folder.path(), "json");
    assert_eq!(problems(&schema, "a.json", &text), Vec::<String>::new());
    let lines = output(folder.path(), "jsonl");
    let array = format!("[{}]", lines.trim_end().replace('\n', ","));
    assert_eq!(problems(&schema, "a.json", &array), Vec::<String>::new());
    assert_ne!(
        problems(&schema, "a.json", &text.replace("\"rule\"", "\"rul\"")),
        Vec::<String>::new()
    );
}

/// GitLab drops an issue without any of these, and shows one of two with equal
/// fingerprints.
#[test]
fn gitlab_has_what_it_needs() {
    let folder = workspace();
    let fingerprints = || -> Vec<String> {
        let issues: Vec<Value> = serde_json::from_str(&output(folder.path(), "gitlab")).unwrap();
        for issue in &issues {
            assert!(issue["description"].is_string() && issue["check_name"].is_string());
            assert!(["info", "minor", "major"].contains(&issue["severity"].as_str().unwrap()));
            assert!(issue["location"]["path"].is_string());
            assert!(issue["location"]["lines"]["begin"].as_u64().unwrap() > 0);
        }
        issues.iter().map(|issue| issue["fingerprint"].as_str().unwrap().to_owned()).collect()
    };
    let before = fingerprints();
    let unique: std::collections::BTreeSet<&String> = before.iter().collect();
    assert_eq!(unique.len(), before.len());
    let report = folder.path().join("t1 & å.tr");
    let text = std::fs::read_to_string(&report).unwrap();
    std::fs::write(&report, text.replacen('\n', "\n\n// En rad till.\n", 1)).unwrap();
    assert_eq!(fingerprints(), before, "a line above makes no finding new");
}
