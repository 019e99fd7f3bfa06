//! `trc build`: what is built, where it goes, and what stops it.

use std::fs;

use crate::support::Folder;

fn is_pdf(folder: &Folder, name: &str) -> bool {
    fs::read(folder.path(name)).is_ok_and(|bytes| bytes.starts_with(b"%PDF-"))
}

#[test]
fn every_finished_report_goes_to_the_output_folder() {
    let folder = Folder::two_reports();
    let run = folder.run(["build"]).succeeds();
    for name in ["ut/T1-2026-kultur_fritid.pdf", "ut/T2-2026-kultur_fritid.pdf"] {
        assert!(run.stdout.contains(&format!("Skrev {name} (")), "{run:?}");
        assert!(is_pdf(&folder, name), "{run:?}");
    }
    let names: Vec<String> = folder.files().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names.iter().filter(|name| name.starts_with("ut/")).count(), 2, "{names:?}");
}

#[test]
fn the_same_sources_give_the_same_bytes() {
    let (one, two) = (Folder::finished_example(), Folder::finished_example());
    for folder in [&one, &two] {
        folder.run(["build", "-o", "a.pdf"]).succeeds();
    }
    assert_eq!(fs::read(one.path("a.pdf")).unwrap(), fs::read(two.path("a.pdf")).unwrap());
}

#[test]
fn a_named_report_goes_where_it_is_told() {
    let folder = Folder::two_reports();
    for name in
        ["T2 2026 kultur_fritid", "T2 2026 för kultur_fritid", "rapport T2  2026 kultur_fritid"]
    {
        let run = folder.run(["build", "--report", name, "-o", "rapport.pdf"]).succeeds();
        assert!(run.stdout.starts_with("Skrev rapport.pdf ("), "{run:?}");
        assert!(is_pdf(&folder, "rapport.pdf"));
        fs::remove_file(folder.path("rapport.pdf")).unwrap();
    }
    assert!(!folder.path("ut").exists());
}

#[test]
fn a_draft_is_built_when_it_is_asked_for() {
    let folder = Folder::example();
    folder.run(["build"]).fails_with(&["utkast", "--draft", "T1 2026 kultur_fritid"]);
    assert!(!folder.path("ut").exists());
    folder.run(["build", "--report", "T1 2026 kultur_fritid"]).succeeds();
    assert!(is_pdf(&folder, "ut/T1-2026-kultur_fritid.pdf"));
    folder.run(["build", "--draft", "-o", "utkast.pdf"]).succeeds();
    assert!(is_pdf(&folder, "utkast.pdf"));
}

#[test]
fn errors_stop_the_build_and_leave_the_old_file() {
    let folder = Folder::finished_example();
    folder.write("ut/T1-2026-kultur_fritid.pdf", "den gamla");
    folder.replace("t1-2026.tr", "[4 210 besök]", "[4 310 besök]");
    let run = folder.run(["build"]).exits(1);
    assert!(run.stdout.contains("Fel[checked-number]"), "{run:?}");
    assert!(
        run.stderr.contains("Ingen PDF är skriven") && run.stderr.contains("--draft"),
        "{run:?}"
    );
    assert_eq!(folder.read("ut/T1-2026-kultur_fritid.pdf"), "den gamla");

    let run = folder.run(["build", "--draft"]).succeeds();
    assert!(run.stdout.contains("Fel[checked-number]"), "{run:?}");
    assert!(is_pdf(&folder, "ut/T1-2026-kultur_fritid.pdf"));
}

#[test]
fn warnings_stop_the_build_where_they_are_denied() {
    let folder = Folder::finished_example();
    folder.replace(
        "t1-2026.tr",
        "    analys: Prognosen bygger på att hösten har fler besökare på kvällen än våren.\n",
        "",
    );
    let run = folder.run(["build", "--deny", "warnings"]).exits(1);
    assert!(run.stderr.contains("--deny warnings"), "{run:?}");
    assert!(!folder.path("ut").exists());
    folder.run(["build"]).succeeds();
}

#[test]
fn json_output_is_the_findings_alone() {
    let folder = Folder::finished_example();
    let run = folder.run(["build", "--format", "json"]).succeeds();
    assert_eq!(run.stdout, "[]\n");
    assert!(run.stderr.starts_with("Skrev "), "{run:?}");
}

#[test]
fn one_file_for_two_reports() {
    let folder = Folder::two_reports();
    let run = folder.run(["build", "-o", "a.pdf"]);
    run.fails_with(&["T1 2026 kultur_fritid", "T2 2026 kultur_fritid", "--report"]);
    assert!(!folder.path("a.pdf").exists());
}

#[test]
fn no_report() {
    let folder = Folder::workspace();
    folder.write("organisation.tr", "organisation exempelsta \"Exempelsta kommun\" {\n}\n");
    folder.run(["build"]).fails_with(&["ingen rapport", "rapport T1 2025 för"]);
    folder.run(["build", "--report", "T1 2026 a"]).fails_with(&["ingen rapport"]);
}

#[test]
fn a_report_that_is_not_there() {
    let folder = Folder::two_reports();
    let run = folder.run(["build", "--report", "T1 2026 kultur_fritd"]);
    run.fails_with(&[
        "\"T1 2026 kultur_fritd\" finns inte",
        "Menade du \"T1 2026 kultur_fritid\"?",
    ]);
    let run = folder.run(["build", "--report", "bokslutet"]);
    run.fails_with(&["Rapporterna är: T1 2026 kultur_fritid, T2 2026 kultur_fritid."]);
}

#[test]
fn targets_that_cannot_be_written() {
    let folder = Folder::finished_example();
    folder.write("i-vägen.pdf/fil", "");
    folder.write("fil", "");
    folder.write("ut", "");
    let before = folder.files();
    for (output, words) in [
        (Some("i-vägen.pdf"), "en mapp med samma namn"),
        (Some("fil/a.pdf"), "en fil, inte en mapp"),
        (Some("saknas/a.pdf"), "finns inte"),
        (None, "går inte att skriva"),
    ] {
        let output = output.map(|output| ["-o", output]);
        let run = folder.run(["build"].into_iter().chain(output.into_iter().flatten()));
        run.fails_with(&[words]);
        assert_eq!(folder.files(), before, "nothing is left behind");
    }
}

#[test]
fn a_picture_that_is_not_there() {
    let folder = Folder::finished_example();
    folder.replace(
        "t1-2026.tr",
        "avsnitt driftbudget: Nämnden väntas hålla sin budget.\n",
        "avsnitt driftbudget \"\"\"\n  Nämnden väntas hålla sin budget.\n\n  {karta}\n\"\"\"\n\n\
         bild karta \"Karta\" {\n  fil: bilder/karta.svg\n  beskrivning: En karta över biblioteken.\n}\n",
    );
    let run = folder.run(["build"]);
    run.fails_with(&["bilder/karta.svg", "t1-2026.tr", "finns inte"]);
}
