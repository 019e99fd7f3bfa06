//! `trc new`: a workspace that holds from the first minute.

use crate::support::Folder;

#[test]
fn a_new_workspace_is_complete() {
    let folder = Folder::empty();
    let run = folder.run(["new", "vår/rapport"]).succeeds();
    assert!(run.stdout.starts_with("vår/rapport/trc.toml\n"), "{run:?}");
    let check = folder.run(["check", "vår/rapport"]).succeeds();
    assert_eq!(check.stdout, "Inga anmärkningar i 4 filer\n");
    folder.run(["check", "vår/rapport", "--phase", "slutlig"]).succeeds();
    folder.run(["build", "vår/rapport", "--draft"]).succeeds();
    assert!(folder.path("vår/rapport/ut/T1-2026-kultur_fritid.pdf").exists());
}

#[test]
fn an_empty_folder_will_do() {
    let folder = Folder::empty();
    folder.run(["new", "."]).succeeds();
    assert_eq!(folder.files().len(), 5);
}

#[test]
fn a_folder_with_anything_in_it_is_left_alone() {
    for name in ["viktigt.txt", ".dold", "trc.toml"] {
        let folder = Folder::empty();
        folder.write(name, "mitt");
        folder.run(["new", "."]).fails_with(&["mappen är inte tom"]);
        assert_eq!(folder.files(), [(name.to_owned(), b"mitt".to_vec())]);
    }
}

#[test]
fn a_file_in_the_way_leaves_nothing_behind() {
    let folder = Folder::empty();
    folder.write("fil", "mitt");
    folder.run(["new", "fil"]).fails_with(&["fil"]);
    folder.run(["new", "fil/under/mapp"]).fails_with(&["en fil, inte en mapp"]);
    assert_eq!(folder.files(), [("fil".to_owned(), b"mitt".to_vec())]);
}
