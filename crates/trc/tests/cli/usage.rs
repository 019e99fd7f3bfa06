//! Help, wrong arguments, and the output streams.

use std::process::Stdio;

use crate::support::{Folder, Run};

#[test]
fn help_and_version() {
    let folder = Folder::empty();
    for arguments in [&["--help"][..], &["-h"], &["build", "--help"]] {
        let run = folder.run(arguments).succeeds();
        assert!(run.stdout.contains("Användning: trc"), "{run:?}");
        assert!(!run.stdout.contains("typst"), "the worker is nobody's command: {run:?}");
    }
    let english = folder.run(["--help", "--lang=en"]).succeeds();
    assert!(english.stdout.contains("Usage: trc"), "{english:?}");
    let version = folder.run(["--version"]).succeeds();
    assert_eq!(version.stdout, format!("trc {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn wrong_arguments() {
    let folder = Folder::empty();
    for (arguments, words) in [
        (&["chekc"][..], "Menade du check?"),
        (&["check", "--farmat", "json"], "--farmat"),
        (&["check", "--phase", "slutgiltig"], "slutgiltig"),
        (&["check", "--deny", "errors"], "Menade du warnings?"),
        (&["build", "--draft", "--phase", "slutlig"], "går inte ihop"),
        (&["explain"], "RULE saknas"),
        (&["new"], "DIR saknas"),
    ] {
        folder.run(arguments).fails_with(&[words]);
    }
    let nothing: [&str; 0] = [];
    let run = folder.run(nothing).exits(2);
    assert!(run.stderr.contains("Användning: trc"), "{run:?}");
}

#[cfg(unix)]
#[test]
fn arguments_that_are_no_text() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    let folder = Folder::empty();
    let odd = OsStr::from_bytes(b"\xff\xfe");
    for command in ["check", "build", "fmt", "new"] {
        folder.run([OsStr::new(command), odd]).fails_with(&["Unicode"]);
    }
    folder.run([OsStr::new("explain"), odd]).fails_with(&["finns inte"]);
    folder.run([odd]).fails_with(&["finns inte"]);
    folder.run([OsStr::new("build"), OsStr::new("--report"), odd]).fails_with(&["Unicode"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_behind_standard_output() {
    let folder = Folder::example();
    for arguments in [&["check"][..], &["check", "--format", "json"], &["rules"], &["--help"]] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let run = Run::of(folder.command().args(arguments).stdout(Stdio::from(full)));
        run.fails_with(&["disken är full"]);
    }
}

#[test]
fn a_reader_that_leaves_is_no_failure() {
    let folder = Folder::example();
    // More than a pipe holds.
    let line = "  - {ingen}\n".repeat(2_000);
    folder.write("mer.tr", format!("budget 2026 för exempelsta\n\nmål 2 \"Två\" {{\n  beskrivning \"\"\"\n{line}  \"\"\"\n}}\n"));
    for arguments in [&["check"][..], &["rules"], &["--help"]] {
        let mut child = folder
            .command()
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let run = Run::from(child.wait_with_output().unwrap());
        assert!(run.code == 0 || run.code == 1, "{arguments:?}: {run:?}");
        assert_eq!(run.stderr, "");
    }
}

#[test]
fn the_language_server_ends_with_its_client() {
    for arguments in [&["lsp"][..], &["lsp", "--stdio"]] {
        let run = Folder::empty().run_with_input(arguments, b"");
        assert_eq!(run.exits(1).stdout, "", "the client left without a goodbye");
    }
}
