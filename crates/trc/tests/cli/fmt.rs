//! `trc fmt`: what is written and what is left alone.

use std::fs;

use crate::support::Folder;

const UGLY: &str = "budget 2026 för exempelsta\nmål 1    \"Ett\"\n";

#[test]
fn the_example_is_laid_out_already() {
    let folder = Folder::example();
    let before = folder.files();
    let run = folder.run(["fmt"]).succeeds();
    assert_eq!(run.stdout, "Inget att ändra i 4 filer.\n");
    folder.run(["fmt", "--check"]).succeeds();
    assert_eq!(folder.files(), before);
}

#[test]
fn check_lists_and_writes_nothing() {
    let folder = Folder::workspace();
    folder.write("a.tr", UGLY);
    let run = folder.run(["fmt", "--check"]).exits(1);
    assert_eq!(run.stdout, "a.tr\n1 av 1 fil skulle ändras.\n");
    assert_eq!(folder.read("a.tr"), UGLY);
    let json = folder.run(["fmt", "--check", "--format", "json"]).exits(1);
    insta::assert_snapshot!(json.stdout);
}

#[test]
fn a_second_run_has_nothing_to_do() {
    let folder = Folder::workspace();
    folder.write("a.tr", UGLY);
    folder.run(["fmt"]).succeeds();
    assert_ne!(folder.read("a.tr"), UGLY);
    let time = fs::metadata(folder.path("a.tr")).unwrap().modified().unwrap();
    let run = folder.run(["fmt"]).succeeds();
    assert_eq!(run.stdout, "Inget att ändra i 1 fil.\n");
    assert_eq!(fs::metadata(folder.path("a.tr")).unwrap().modified().unwrap(), time);
}

#[test]
fn files_and_folders_need_no_workspace() {
    let folder = Folder::empty();
    folder.write("en.tr", UGLY);
    folder.write("mapp/två.tr", UGLY);
    folder.write("mapp/läsmig.md", "#  rör ej\n");
    let run = folder.run(["fmt", "en.tr", "mapp", "mapp/två.tr"]).succeeds();
    assert_eq!(run.stdout, "2 av 2 filer ändrades.\n");
    assert_eq!(folder.read("mapp/läsmig.md"), "#  rör ej\n");
    folder.run(["fmt", "mapp/läsmig.md"]).fails_with(&[".tr"]);
    folder.run(["fmt", "saknas.tr"]).fails_with(&["saknas.tr", "finns inte"]);
}

#[test]
fn a_broken_block_is_left_and_named() {
    let folder = Folder::workspace();
    let broken =
        "budget 2026 för exempelsta\n\nmål 1    \"Ett\"\n\nmål 2 \"Två\" {\n  vad   är detta\n}\n";
    folder.write("a.tr", broken);
    let run = folder.run(["fmt"]).exits(1);
    assert!(run.stderr.starts_with("a.tr:"), "{run:?}");
    assert!(run.stderr.contains("lämnades som det var"), "{run:?}");
    let text = folder.read("a.tr");
    assert!(text.contains("  vad   är detta\n") && text.contains("mål 1 \"Ett\"\n"), "{text}");
}

#[test]
fn what_is_no_text_is_left_alone() {
    let folder = Folder::workspace();
    folder.write("a.tr", b"\0\x01\x02");
    folder.write("b.tr", b"budget 2026 f\xf6r a\n");
    let before = folder.files();
    let run = folder.run(["fmt"]).exits(1);
    assert!(run.stderr.contains("a.tr: ") && run.stderr.contains("b.tr: "), "{run:?}");
    assert_eq!(folder.files(), before);
}

#[test]
fn standard_input_to_standard_output() {
    let folder = Folder::empty();
    let run = folder.run_with_input(["fmt", "--stdin"], UGLY.as_bytes()).succeeds();
    assert!(run.stdout.contains("mål 1 \"Ett\"\n"), "{run:?}");
    let again = folder.run_with_input(["fmt", "--stdin"], run.stdout.as_bytes()).succeeds();
    assert_eq!(again.stdout, run.stdout);
    let check = folder.run_with_input(["fmt", "--stdin", "--check"], UGLY.as_bytes()).exits(1);
    assert_eq!(check.stdout, "");
    folder.run_with_input(["fmt", "--stdin"], b"f\xf6r").fails_with(&["UTF-8"]);
    let large = vec![b' '; 8 * 1024 * 1024 + 1];
    let run = folder.run_with_input(["fmt", "--stdin"], &large);
    assert_eq!(run.fails_with(&["för stor"]).stdout, "", "no half file");
}
