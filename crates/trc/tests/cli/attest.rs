//! `trc attest`: where the line is written, what voids it, and when it is refused.

use crate::support::Folder;

const ATTEST: [&str; 6] =
    ["attest", "T1 2026 kultur_fritid", "--as", "Förvaltningschef", "--date", "2026-05-20"];

fn attest(folder: &Folder, more: &[&str]) -> String {
    let arguments = ATTEST.iter().chain(more);
    folder.run(arguments).exits(0).stdout
}

#[test]
fn a_report_is_attested_beside_its_own_fields() {
    let folder = Folder::example();
    let said = attest(&folder, &[]);
    let report = folder.read("t1-2026.tr");
    let line = report.lines().find(|line| line.starts_with("attesterad:")).unwrap();
    assert!(line.starts_with("attesterad: Förvaltningschef, 2026-05-20, v1:"), "{line}");
    assert!(report.contains(&format!("fas: utkast\n{line}\n")), "{report}");
    assert_eq!(said, format!("t1-2026.tr: {line}\n"));
    folder.run(["check", "--deny", "warnings"]).exits(0);
    folder.run(["fmt", "--check"]).exits(0);
    // Once more with the same content is the same line.
    attest(&folder, &[]);
    assert_eq!(folder.read("t1-2026.tr"), report);
}

#[test]
fn each_part_has_its_own_line() {
    let folder = Folder::example();
    attest(&folder, &["--goal", "1.1.1", "--level", "klar"]);
    attest(&folder, &["--section", "driftbudget", "--level", "granskad"]);
    attest(&folder, &[]);
    let report = folder.read("t1-2026.tr");
    assert!(report.contains("mål 1.1.1 {\n  klar: Förvaltningschef, 2026-05-20, v1:"), "{report}");
    assert!(report.contains("\navsnitt driftbudget {\n  granskad: Förvaltningschef, "), "{report}");
    folder.run(["fmt", "--check"]).exits(0);
    folder.run(["check", "--deny", "warnings"]).exits(0);
    let before = report.matches("v1:").count();
    assert_eq!(before, 3);

    // A figure of the goal changes: the goal and the report are no longer what they were.
    folder.replace("t1-2026.tr", "prognos: 12 500 st", "prognos: 12 600 st");
    let run = folder.run(["check", "--deny", "warnings", "--format", "concise"]).exits(1);
    assert_eq!(run.stdout.matches("[attestation-void]").count(), 2, "{}", run.stdout);
    for what in ["rapporten", "mål 1.1.1"] {
        let said = format!("Innehållet i {what} är inte längre det som Förvaltningschef");
        assert!(run.stdout.contains(&said), "{}", run.stdout);
    }

    // The line is replaced where it stands.
    attest(&folder, &["--goal", "1.1.1", "--level", "klar"]);
    attest(&folder, &[]);
    assert_eq!(folder.read("t1-2026.tr").matches("v1:").count(), before);
    folder.run(["check", "--deny", "warnings"]).exits(0);
}

#[test]
fn what_is_wrong_is_not_attested() {
    let folder = Folder::example();
    folder.replace("t1-2026.tr", "[4 210 besök]", "[4 310 besök]");
    let files = folder.files();
    let run = folder.run(ATTEST).exits(1);
    assert!(run.stderr.contains("det som är fel ska ingen stå för"), "{}", run.stderr);
    assert_eq!(folder.files(), files);
}

#[test]
fn what_is_not_there_is_not_attested() {
    let folder = Folder::example();
    let files = folder.files();
    for (more, said) in [
        (["--goal", "7"], "skriver inte ut mål 7"),
        (["--section", "saga"], "skriver inte ut avsnittet saga"),
        (["--level", "godkänd"], "kan inte vara godkänd"),
    ] {
        let run = folder.run(ATTEST.iter().chain(&more)).exits(2);
        assert!(run.stderr.contains(said), "{}", run.stderr);
    }
    let unknown = folder.run(["attest", "T1 2026 kultur_fritis", "--as", "Chef"]).exits(2);
    assert!(unknown.stderr.contains("Menade du \"T1 2026 kultur_fritid\"?"), "{}", unknown.stderr);
    let date = folder
        .run(["attest", "T1 2026 kultur_fritid", "--as", "Chef", "--date", "2026-13-01"])
        .exits(2);
    assert!(date.stderr.contains("”2026-13-01” är inget datum."), "{}", date.stderr);
    assert_eq!(folder.files(), files);
}
