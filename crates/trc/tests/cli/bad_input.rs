//! Workspaces that are not what they should be: each is told what is wrong, none brings
//! the program down.

use crate::support::Folder;

#[test]
fn no_workspace() {
    let folder = Folder::empty();
    for command in ["check", "build", "fmt"] {
        let run = folder.run([command]);
        run.fails_with(&["ligger inte i någon arbetsyta", "tr = 1", "trc new"]);
    }
}

#[test]
fn a_path_that_does_not_exist() {
    let folder = Folder::example();
    for command in ["check", "build", "fmt"] {
        folder.run([command, "borta.tr"]).fails_with(&["borta.tr", "finns inte"]);
    }
}

#[test]
fn a_path_that_is_no_source() {
    let folder = Folder::example();
    folder.write("läsmig.md", "hej");
    folder.write(".dold/a.tr", "budget 2026 för exempelsta\n");
    folder.run(["check", "läsmig.md"]).fails_with(&["läsmig.md hör inte till arbetsytan"]);
    folder.run(["check", ".dold/a.tr"]).fails_with(&["hör inte till arbetsytan"]);
}

/// Each file alone in a workspace, with the rule that speaks of it, if any must.
#[test]
fn odd_files() {
    let long_line = format!("budget 2026 för a\n\nx: {}\n", "å".repeat(100_000));
    let deep = format!("budget 2026 för a\n\n{}", "mål 1 {\n".repeat(5_000));
    for (name, content, rule) in [
        ("empty", &b""[..], None),
        ("only blanks", b" \t\r\n\n", None),
        ("binary", b"\x7fELF\0\0\xff\xfe\0", Some("encoding")),
        ("latin-1", b"budget 2026 f\xf6r a\n", Some("encoding")),
        ("utf-16", b"\xff\xfeh\0e\0j\0", Some("encoding")),
        ("unknown header", "protokoll 2026 för a\n".as_bytes(), Some("syntax")),
        ("no header", b"hej\n", Some("syntax")),
        ("an unclosed block", "budget 2026 för a\n\nmål 1 \"Ett\" {\n".as_bytes(), Some("syntax")),
        ("an unclosed text", "budget 2026 för a\n\nx \"\"\"\nhej\n".as_bytes(), Some("syntax")),
        ("one long line", long_line.as_bytes(), None),
        ("deep nesting", deep.as_bytes(), Some("syntax")),
        ("a conflict", b"<<<<<<< HEAD\n=======\n>>>>>>> b\n", Some("syntax")),
    ] {
        let folder = Folder::workspace();
        folder.write("a.tr", content);
        for format in ["full", "concise", "json"] {
            let run = folder.run(["check", "--format", format]);
            assert!(run.code == 0 || run.code == 1, "{name}: {run:?}");
            assert_eq!(run.stderr, "", "{name}");
            if let Some(rule) = rule {
                assert_eq!(run.code, 1, "{name}: {run:?}");
                assert!(run.stdout.contains(rule), "{name}: {run:?}");
            }
        }
        let before = folder.files();
        let run = folder.run(["fmt", "--check"]);
        assert!(run.code == 0 || run.code == 1, "{name}: {run:?}");
        assert_eq!(folder.files(), before, "{name}");
        folder.run(["build"]).exits(2);
    }
}

#[test]
fn a_file_that_cannot_be_read() {
    let folder = Folder::example();
    // A folder with the name of a source is no source.
    folder.write("mapp.tr/läsmig.md", "");
    folder.run(["check"]).succeeds();
}
