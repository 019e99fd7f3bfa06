//! What the editor shows file by file is what `trc check` says of the whole.

#![allow(clippy::disallowed_methods, clippy::unwrap_used)]

use std::collections::BTreeSet;

use tests::programs;
use trc_base::Diagnostic;
use trc_model::vocabulary::built_in_files;
use trc_model::{Database, SourceFile, Workspace};
use trc_rules::{check, check_file, check_workspace};

/// Edits that each break the example in its own way: what is replaced, by what.
const BREAKS: [(&str, &str); 9] = [
    ("status: uppfylls helt\n", ""),
    ("utfall: 5 st", "utfall: 5 mnkr"),
    ("utfall: 16,3 barn/avd.\n", ""),
    ("[5 barn]", "[6 barn]"),
    ("| Kostnader | 3 936,6 |", "| Kostnader | 3 937,6 |"),
    ("årsmål: 36 %", "årsmål: många"),
    ("{omslutning}", "{omslutningen_som_inte_finns}"),
    ("verksamhetsplan 2025 för norra_innerstaden", "verksamhetsplan 2025 för norra_innerstan"),
    ("indikator barn_per_grupp {", "indikator barn_per_grupp {{"),
];

fn example(edit: impl Fn(&str) -> String) -> (Database, Workspace) {
    let db = Database::default();
    let mut files = built_in_files(&db);
    let folder = programs::root().join("examples/norra-innerstaden");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|end| end == "tr") {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let text = edit(&std::fs::read_to_string(&path).unwrap());
            files.push(SourceFile::new(&db, name.as_str().into(), text, None));
        }
    }
    let workspace = Workspace::new(&db, files, None, None);
    (db, workspace)
}

fn by_file(db: &Database, workspace: Workspace) -> BTreeSet<Diagnostic> {
    let files = workspace.files(db).iter().filter(|file| !file.is_built_in(db));
    let mut union: BTreeSet<Diagnostic> =
        files.flat_map(|file| check_file(db, workspace, *file)).collect();
    union.extend(check_workspace(db, workspace).iter().map(|finding| finding.resolve(db)));
    union
}

#[test]
fn the_files_together_say_what_the_whole_check_says() {
    for (from, to) in BREAKS {
        let (db, workspace) = example(|text| text.replace(from, to));
        let whole: BTreeSet<Diagnostic> = check(&db, workspace).into_iter().collect();
        assert!(!whole.is_empty(), "replacing {from:?} by {to:?} is noticed");
        assert_eq!(by_file(&db, workspace), whole, "after replacing {from:?} by {to:?}");
    }
}

#[test]
fn the_example_has_no_findings() {
    let (db, workspace) = example(str::to_owned);
    assert_eq!(check(&db, workspace), Vec::new());
}
