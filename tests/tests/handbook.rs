//! Whoever follows the handbook from an empty folder ends with a finished report, and
//! sees on the way what the chapters show. After a change to what `trc` says,
//! `TRC_UPDATE=1 cargo test -p tests --test handbook` writes its answers anew: read them.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::panic)]

use std::path::PathBuf;

use tests::handbook::Reader;
use tests::programs;

#[test]
fn the_handbook_leads_from_an_empty_folder_to_a_finished_report() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = Reader::new(folder.path());
    let chapters = chapters();
    assert!(chapters.len() > 6, "the chapters are found");
    for path in chapters {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let shown = std::fs::read_to_string(&path).unwrap();
        assert!(shown.contains("$ trc check"), "{name} does not check where it has come to");
        let real = reader.follow(&shown).unwrap_or_else(|problem| panic!("{name}: {problem}"));
        if std::env::var_os("TRC_UPDATE").is_some() {
            std::fs::write(&path, &real).unwrap();
        }
        let shown = std::fs::read_to_string(&path).unwrap();
        assert!(shown == real, "{name} shows\n{}", difference(&shown, &real));
        // What a reader copies is laid out as `trc fmt` would have it.
        let layout = reader.trc(&["fmt", "--check", "."]);
        assert!(layout.starts_with("Inget att ändra"), "{name}: {layout}");
    }
    let left = reader.trc(&["check", "--phase", "slutlig"]);
    assert!(left.starts_with("Inga anmärkningar"), "{left}");
    let printed = std::fs::read(reader.folder().join("ut/T1-2026-omsorgsnämnden.pdf")).unwrap();
    assert!(printed.starts_with(b"%PDF"));
}

/// The numbered chapters, in order.
fn chapters() -> Vec<PathBuf> {
    let folder = programs::root().join("docs/handbok");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut numbered: Vec<(u32, PathBuf)> = files
        .filter_map(|path| {
            let name = path.file_name()?.to_str()?;
            Some((name.split_once('-')?.0.parse().ok()?, path))
        })
        .collect();
    numbered.sort();
    numbered.into_iter().map(|(_, path)| path).collect()
}

/// The lines that differ, first those shown.
fn difference(shown: &str, real: &str) -> String {
    let same = shown.lines().zip(real.lines()).take_while(|(a, b)| a == b).count();
    let from = |text: &str| text.lines().skip(same).take(12).collect::<Vec<_>>().join("\n");
    format!("{}\n\nbut trc says\n{}", from(shown), from(real))
}
