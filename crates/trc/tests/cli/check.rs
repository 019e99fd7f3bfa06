//! `trc check`: what counts as a finding, and how it is shown.

use serde_json::Value;

use crate::support::{Folder, Run};

/// Removes the forecast that is due with the outcome: one warning, until the report is
/// final.
fn with_a_warning() -> Folder {
    let folder = Folder::example();
    let text = folder.read("t1-2026.tr");
    let kept = text.lines().filter(|line| !line.contains("prognos: 12 500 st"));
    folder.write("t1-2026.tr", kept.map(|line| format!("{line}\n")).collect::<String>());
    folder
}

/// A reference to something that does not exist: one error.
fn with_an_error() -> Folder {
    let folder = Folder::example();
    folder.replace("t1-2026.tr", "{nöjda_biblioteksbesökare.utfall}.", "{nöjda_badbesökare}.");
    folder
}

#[test]
fn exit_codes() {
    let warning = with_a_warning();
    let error = with_an_error();
    let clean = Folder::example();
    for (folder, arguments, code) in [
        (&clean, "check", 0),
        (&clean, "check --deny warnings", 0),
        (&warning, "check", 0),
        (&warning, "check --deny warnings", 1),
        (&warning, "check --phase slutlig", 1),
        (&error, "check", 1),
        (&error, "check --format json", 1),
        (&error, "check --format concise", 1),
        (&error, "check t1-2026.tr", 1),
        (&error, "check organisation.tr", 0),
    ] {
        let run = folder.run(arguments.split(' '));
        assert_eq!(run.code, code, "{arguments}: {run:?}");
        assert_eq!(run.stderr, "", "{arguments}");
    }
}

#[test]
fn nothing_found() {
    let run = Folder::example().run(["check"]).succeeds();
    assert_eq!(run.stdout, "Inga anmärkningar i 4 filer\n");
}

#[test]
fn an_error_in_full() {
    let run = with_an_error().run(["check"]).exits(1);
    insta::assert_snapshot!(run.stdout);
}

#[test]
fn an_error_in_english() {
    let run = with_an_error().run(["check", "--lang", "en"]).exits(1);
    insta::assert_snapshot!(run.stdout);
}

#[test]
fn an_error_in_one_line() {
    let run = with_an_error().run(["check", "--format", "concise"]).exits(1);
    insta::assert_snapshot!(run.stdout);
}

#[test]
fn an_error_for_programs() {
    let run = with_an_error().run(["check", "--format", "json"]).exits(1);
    insta::assert_snapshot!(run.stdout);
}

/// The line and column of the only error, as a program reads them.
fn place(run: &Run) -> [u64; 4] {
    let value: Value = serde_json::from_str(&run.stdout).unwrap();
    let errors: Vec<&Value> =
        value.as_array().unwrap().iter().filter(|finding| finding["severity"] == "error").collect();
    assert_eq!(errors.len(), 1, "{run:?}");
    ["line", "column", "endLine", "endColumn"].map(|name| errors[0][name].as_u64().unwrap())
}

#[test]
fn columns_count_characters_whatever_stands_before() {
    for before in ["", "å ", "a\u{30a} ", "𝐀 ", "å a\u{30a} 𝐀\t", "𝐀\u{301}\u{327} "] {
        for line_break in ["\n", "\r\n"] {
            let folder = Folder::example();
            folder.replace(
                "t1-2026.tr",
                "Kvällsöppet lockar",
                &format!("{before}Kvällsöppet lockar"),
            );
            folder.replace("t1-2026.tr", "[4 210 besök]", "[4 310 besök]");
            let text = folder.read("t1-2026.tr").replace('\n', line_break);
            folder.write("t1-2026.tr", &text);

            let lines: Vec<&str> = text.split('\n').collect();
            let line = lines.iter().position(|line| line.contains("4 310 besök")).unwrap();
            let byte = lines[line].find("4 310 besök").unwrap();
            let column = lines[line][..byte].chars().count() as u64;
            let found = place(&folder.run(["check", "--format", "json"]).exits(1));
            let line = line as u64 + 1;
            assert_eq!(found, [line, column + 1, line, column + 12], "{before:?} {line_break:?}");
        }
    }
}

#[test]
fn paths_lead_there_from_the_current_folder() {
    let folder = with_an_error();
    folder.write("del/tom.txt", "");
    let below = Run::of(
        folder.command().current_dir(folder.path("del")).args(["check", "--format", "concise"]),
    );
    assert!(below.exits(1).stdout.starts_with("../t1-2026.tr:"));
    let above = Folder::empty();
    let mut command = above.command();
    let above = Run::of(command.args(["check", "--format", "json"]).arg(folder.path("")));
    let value: Value = serde_json::from_str(&above.exits(1).stdout).unwrap();
    assert_eq!(value[0]["file"], "t1-2026.tr", "JSON is relative to the workspace");
}

#[test]
fn a_folder_shows_its_part_only() {
    let folder = with_an_error();
    folder.write("del/mer.tr", "budget 2026 för exempelsta\n\nokänt: 1\n");
    let part = folder.run(["check", "del", "--format", "concise"]).exits(1).stdout;
    assert!(part.lines().all(|line| line.starts_with("del/mer.tr:")), "{part}");
    let all = folder.run(["check", "--format", "concise"]).exits(1).stdout;
    assert!(all.contains("t1-2026.tr:") && all.contains("del/mer.tr:"), "{all}");
}

#[test]
fn the_order_of_findings_is_that_of_files_and_places() {
    let folder = with_an_error();
    folder.write("a.tr", "hej\n");
    folder.write("z.tr", "hej\n");
    let out = folder.run(["check", "--format", "concise"]).exits(1).stdout;
    let files: Vec<&str> = out.lines().map(|line| line.split(':').next().unwrap()).collect();
    assert_eq!(files, ["a.tr", "t1-2026.tr", "z.tr"]);
    assert_eq!(folder.run(["check", "--format", "concise"]).stdout, out);
}

#[test]
fn colours_are_for_terminals_unless_asked_for() {
    let folder = with_an_error();
    assert!(!folder.run(["check"]).stdout.contains('\u{1b}'));
    assert!(folder.run(["check", "--color", "always"]).stdout.contains("\u{1b}[1;31m"));
    assert!(!folder.run(["check", "--color", "never"]).stdout.contains('\u{1b}'));
    let json = folder.run(["check", "--color", "always", "--format", "json"]).stdout;
    assert!(!json.contains('\u{1b}'));
}

#[test]
fn a_setting_that_is_wrong_is_shown_where_it_stands() {
    let folder = Folder::example();
    folder.write("trc.toml", "tr = 1\nfarg = 2\n");
    let out = folder.run(["check", "--format", "concise"]).exits(1).stdout;
    assert!(out.starts_with("trc.toml:2:1: error["), "{out}");
}

#[test]
fn formats_for_findings_are_for_check_and_build() {
    let folder = with_an_error();
    for format in ["jsonl", "sarif", "github", "gitlab", "junit"] {
        let out = folder.run(["check", "--format", format]).exits(1).stdout;
        assert!(out.contains("t1-2026.tr"), "{format}: {out}");
        let rules = folder.run(["rules", "--format", format]);
        rules.fails_with(&["finns bara för det som check och build hittar"]);
        let counted = folder.run(["check", "--statistics", "--format", format]);
        counted.fails_with(&["--statistics"]);
    }
    let github = folder.run(["check", "--format", "github"]).exits(1).stdout;
    assert!(github.starts_with("::error file=t1-2026.tr,line="), "{github}");
}

#[test]
fn statistics_count_by_rule() {
    let folder = with_an_error();
    folder.write("a.tr", "budget 2026 för exempelsta\n\nokänt: 1\nokänd: 2\n");
    let run = folder.run(["check", "--statistics"]).exits(1);
    insta::assert_snapshot!(run.stdout);
    let json = folder.run(["check", "--statistics", "--format", "json"]).exits(1).stdout;
    let rows: Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&rows[0]["rule"], &rows[0]["count"]), (&"unknown-word".into(), &2.into()));
}

#[test]
fn a_baseline_leaves_out_what_was_known_and_nothing_else() {
    let folder = with_an_error();
    let run = folder.run(["check", "--write-baseline"]).exits(0);
    assert!(run.stderr.contains("baseline = \"trc-baseline.json\""), "{}", run.stderr);
    // Nothing is left out until the workspace says so.
    folder.run(["check"]).exits(1);
    folder.write("trc.toml", "tr = 1\nbaseline = \"trc-baseline.json\"\n");
    let known = folder.run(["check"]).exits(0);
    assert!(known.stderr.contains("Kända anmärkningar som inte visas: 1"), "{}", known.stderr);

    // A line above makes it no other, and one more is one more.
    let text = folder.read("t1-2026.tr");
    folder.write("t1-2026.tr", text.replacen('\n', "\n\n// En rad till.\n", 1));
    folder.run(["check"]).exits(0);
    folder.write("a.tr", "budget 2026 för exempelsta\n\nokänt: 1\n");
    let out = folder.run(["check", "--format", "concise"]).exits(1).stdout;
    assert!(out.starts_with("a.tr:3:1: ") && out.lines().count() == 1, "{out}");

    // What is mended stays in the file until somebody prunes it.
    folder.write(
        "t1-2026.tr",
        text.replace("{nöjda_badbesökare}", "{nöjda_biblioteksbesökare.utfall}"),
    );
    let pruned = folder.run(["check", "--prune-baseline"]).exits(1);
    assert!(pruned.stderr.contains("1 av 1 kända"), "{}", pruned.stderr);
    assert!(!folder.read("trc-baseline.json").contains("rule"));
}

#[test]
fn a_baseline_that_cannot_be_read_stops_the_check() {
    let folder = with_an_error();
    folder.write("trc.toml", "tr = 1\nbaseline = \"b.json\"\n");
    folder.run(["check"]).fails_with(&["b.json", "går inte att läsa"]);
    folder.write("b.json", "{");
    folder.run(["check"]).fails_with(&["b.json", "--write-baseline"]);
    // What is wrong is wrong in what is built, known or not.
    folder.run(["check", "--write-baseline"]).exits(0);
    folder.run(["check"]).exits(0);
    let built = folder.run(["build", "--report", "T1 2026 kultur_fritid"]);
    assert_ne!(built.code, 0, "{}", built.stdout);
}
