//! The files that connect `trc` to CI services and to pre-commit: valid against the
//! services' own schemas, and doing what they say where the service is not needed.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tests::programs;

/// Runs a Python module in the root.
fn module(arguments: &[&str]) {
    programs::run(
        Command::new(programs::python()).arg("-m").args(arguments).current_dir(programs::root()),
    );
}

#[test]
fn the_files_are_valid() {
    for (schema, file) in [
        ("vendor.github-actions", "action.yml"),
        ("vendor.github-workflows", "docs/ci/github.yml"),
        ("vendor.gitlab-ci", "docs/ci/gitlab.yml"),
    ] {
        module(&["check_jsonschema", "--builtin-schema", schema, file]);
    }
    module(&["pre_commit", "validate-manifest", ".pre-commit-hooks.yaml"]);
}

/// A YAML file of the root.
fn yaml(file: &str) -> Value {
    let script = "import json, sys, yaml; json.dump(yaml.safe_load(open(sys.argv[1])), sys.stdout)";
    let output = programs::run(
        Command::new(programs::python()).args(["-c", script, file]).current_dir(programs::root()),
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

fn workspace() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    programs::run(Command::new(programs::trc()).args(["new", "."]).current_dir(folder.path()));
    folder
}

/// Runs a script as a runner does: by bash, with `trc` on the PATH, ending at the first
/// command that fails.
fn script(text: &str, folder: &Path, variables: &[(&str, &str)]) -> Output {
    let bin = programs::trc().parent().unwrap();
    let path = std::env::var("PATH").unwrap();
    Command::new("bash")
        .args(["-eo", "pipefail", "-c", text])
        .current_dir(folder)
        .env("PATH", format!("{}:{path}", bin.display()))
        .envs(variables.iter().copied())
        .output()
        .unwrap()
}

#[test]
fn the_action_checks_and_annotates() {
    let action = yaml("action.yml");
    let steps = action["runs"]["steps"].as_array().unwrap();
    let folder = workspace();
    let report = folder.path().join("t1-2026.tr");
    let run = |sarif: &str, deny: &str| {
        let variables = [
            ("TRC_PATH", "."),
            ("TRC_LANG", "en"),
            ("TRC_DENY_WARNINGS", deny),
            ("TRC_SARIF", sarif),
        ];
        // Every input that the step names has a value here.
        for (name, value) in steps[1]["env"].as_object().unwrap() {
            assert!(variables.iter().any(|(known, _)| known == name), "{name}: {value}");
        }
        script(steps[1]["run"].as_str().unwrap(), folder.path(), &variables)
    };
    assert!(script(steps[0]["run"].as_str().unwrap(), folder.path(), &[]).status.success());
    let clean = run("", "true");
    assert_eq!((clean.status.code(), clean.stdout.len()), (Some(0), 0), "{clean:?}");

    let text = std::fs::read_to_string(&report).unwrap();
    std::fs::write(&report, text.replace("[4 210 besök]", "[4 310 besök]")).unwrap();
    let found = run("a b.sarif", "false");
    assert_eq!(found.status.code(), Some(1), "{found:?}");
    let annotations = String::from_utf8(found.stdout).unwrap();
    assert!(annotations.starts_with("::error file=t1-2026.tr,line="), "{annotations}");
    let sarif = std::fs::read_to_string(folder.path().join("a b.sarif")).unwrap();
    assert!(sarif.contains("\"checked-number\""), "{sarif}");
}

#[test]
fn the_gitlab_jobs_leave_the_reports_they_promise() {
    let jobs = yaml("docs/ci/gitlab.yml");
    let folder = workspace();
    let check = &jobs["check-reports"];
    let lines = ["script", "after_script"].into_iter().flat_map(|part| check[part].as_array());
    for line in lines.flatten() {
        let output = script(line.as_str().unwrap(), folder.path(), &[]);
        assert!(output.status.success(), "{line}: {output:?}");
    }
    for file in check["artifacts"]["reports"].as_object().unwrap().values() {
        let text = std::fs::read_to_string(folder.path().join(file.as_str().unwrap())).unwrap();
        assert!(!text.is_empty(), "{file}");
    }
}

/// The hooks as pre-commit calls them: the commands work, and the pattern picks sources.
#[test]
fn the_hooks_call_commands_that_there_are() {
    let folder = workspace();
    for hook in yaml(".pre-commit-hooks.yaml").as_array().unwrap() {
        let takes_files = hook.get("pass_filenames") != Some(&Value::Bool(false));
        let files = if takes_files { " t1-2026.tr" } else { "" };
        let command = format!("{}{files}", hook["entry"].as_str().unwrap());
        let output = script(&command, folder.path(), &[]);
        assert!(output.status.success(), "{command}: {output:?}");
        assert_eq!(hook["language"], "system");
    }
}
