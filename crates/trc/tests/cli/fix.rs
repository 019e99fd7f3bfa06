//! `trc check --fix`: what is mended, what is only shown, and what is left alone.

use crate::support::Folder;

/// A word that is nearly right, a decimal point, a figure that is not the one it refers
/// to, and a comment that is not needed.
fn with_mistakes() -> Folder {
    let folder = Folder::example();
    folder.replace(
        "t1-2026.tr",
        "status: uppfylls helt\n  analys: Kvällsöppet",
        "status: uppfyls helt\n  analys: Kvällsöppet",
    );
    folder.replace("t1-2026.tr", "[4 210 besök]", "[4 310 besök]");
    folder.write(
        "b.tr",
        "budget 2026 för exempelsta\n\n// trc: tillåt declared-twice, målet utgick\nmål 9 \"Ett mål\" {\n  indikator a \"En indikator\" {\n    årsmål: 4.8\n  }\n}\n",
    );
    folder
}

#[test]
fn what_is_safe_is_mended_and_no_more() {
    let folder = with_mistakes();
    let report = folder.read("t1-2026.tr");
    let run = folder.run(["check", "--fix"]).exits(1);
    assert!(run.stderr.contains("Rättat: 2, i filer: 1."), "{}", run.stderr);
    assert_eq!(folder.read("t1-2026.tr"), report);
    let budget = folder.read("b.tr");
    assert!(budget.contains("årsmål: 4,8\n") && !budget.contains("trc:"), "{budget}");
}

#[test]
fn what_is_likely_is_mended_when_asked_for() {
    let folder = with_mistakes();
    folder.run(["check", "--fix", "--unsafe-fixes"]);
    let report = folder.read("t1-2026.tr");
    assert!(!report.contains("uppfyls"), "{report}");
    assert!(report.contains("[4 210 besök]"), "{report}");
    // Once mended, nothing is left to mend.
    let files = folder.files();
    let again = folder.run(["check", "--fix", "--unsafe-fixes"]);
    assert!(again.stderr.contains("Rättat: 0, i filer: 0."), "{}", again.stderr);
    assert_eq!(folder.files(), files);
}

#[test]
fn a_difference_is_shown_and_nothing_written() {
    let folder = with_mistakes();
    let files = folder.files();
    let run = folder.run(["check", "--fix", "--unsafe-fixes", "--diff"]).exits(1);
    insta::assert_snapshot!(run.stdout);
    assert_eq!(folder.files(), files);
    Folder::example().run(["check", "--fix", "--diff"]).exits(0);
    folder.run(["check", "--diff"]).exits(2);
}

#[test]
fn only_the_part_asked_for_is_mended() {
    let folder = with_mistakes();
    let budget = folder.read("b.tr");
    folder.run(["check", "t1-2026.tr", "--fix", "--unsafe-fixes"]);
    assert_eq!(folder.read("b.tr"), budget);
    assert!(folder.read("t1-2026.tr").contains("[4 210 besök]"));
}
