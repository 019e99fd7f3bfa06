//! What the editor shows file by file is what `trc check` says of the whole.

use std::collections::BTreeSet;

use tests::example::{NORRA_INNERSTADEN, sources_of, workspaces};
use tests::workspace::Memory;
use trc_base::Diagnostic;
use trc_rules::{check_file, check_workspace};

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

fn example(edit: impl Fn(&str) -> String) -> Memory {
    let files: Vec<_> =
        NORRA_INNERSTADEN.sources().into_iter().map(|(path, text)| (path, edit(&text))).collect();
    Memory::new(&files)
}

fn by_file(Memory { db, workspace, .. }: &Memory) -> BTreeSet<Diagnostic> {
    let workspace = *workspace;
    let files = workspace.files(db).iter().filter(|file| !file.is_built_in(db));
    let mut union: BTreeSet<Diagnostic> =
        files.flat_map(|file| check_file(db, workspace, *file)).collect();
    union.extend(check_workspace(db, workspace).iter().map(|finding| finding.resolve(db)));
    union
}

#[test]
fn the_files_together_say_what_the_whole_check_says() {
    for (from, to) in BREAKS {
        let broken = example(|text| text.replace(from, to));
        let whole: BTreeSet<Diagnostic> = broken.findings().into_iter().collect();
        assert!(!whole.is_empty(), "replacing {from:?} by {to:?} is noticed");
        assert_eq!(by_file(&broken), whole, "after replacing {from:?} by {to:?}");
    }
}

#[test]
fn the_examples_have_no_findings() {
    for folder in workspaces() {
        assert_eq!(Memory::new(&sources_of(&folder)).findings(), Vec::new());
    }
}
