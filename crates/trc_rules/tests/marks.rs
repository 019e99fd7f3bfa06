//! What becomes of a mark when what is printed changes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use trc_base::{Diagnostic, Severity};
use trc_model::document::{GoalKey, find};
use trc_model::mark::Subject;
use trc_model::vocabulary::built_in_files;
use trc_model::{Database, DocumentKey, Phase, SourceFile, Workspace};
use trc_page::fingerprint::fingerprint;

const BUDGET: &str = "budget 2025 för norra\n\n\
    mål 1.2 \"Barnen lär sig\" {\n  indikator andel \"Andel\" {\n    mäts i: %\n    årsmål: 88 %\n  }\n}\n";
const REPORT: &str = "rapport T1 2025 för norra\n\n\
    mål 1.2 {\n  status: uppfylls helt\n  analys: Årsmålet är {andel.årsmål} och nås.\n}\n\n\
    avsnitt investeringar: Inget att redovisa.\n";

fn open(files: &[&str], phase: Option<Phase>) -> (Database, Workspace) {
    let db = Database::default();
    let mut inputs = built_in_files(&db);
    inputs.extend(files.iter().enumerate().map(|(index, text)| {
        SourceFile::new(&db, format!("{index}.tr").into(), (*text).to_owned(), None)
    }));
    let workspace = Workspace::new(&db, inputs, phase, None);
    (db, workspace)
}

/// The report with a mark on itself, on its goal and on its section.
fn marked() -> String {
    let (db, workspace) = open(&[BUDGET, REPORT], None);
    let key = DocumentKey::parse_report("T1 2025 norra").unwrap();
    let document = find(&db, workspace, &key).unwrap();
    let of = |subject| fingerprint(&db, workspace, document, subject).clone().unwrap();
    let report = of(Subject::Report);
    let goal = of(Subject::Goal(GoalKey::new("1.2")));
    let section = of(Subject::Section("investeringar".to_owned()));
    REPORT
        .replace("norra\n\n", &format!("norra\nattesterad: direktör, 2025-05-20, {report}\n\n"))
        .replace("  status", &format!("  klar: rektor, 2025-05-02, {goal}\n  status"))
        + &format!(
            "\navsnitt investeringar {{\n  granskad: controller, 2025-05-06, {section}\n}}\n"
        )
}

/// What is said of marks, in order of place.
fn void(files: &[&str], phase: Option<Phase>) -> Vec<Diagnostic> {
    let (db, workspace) = open(files, phase);
    let mut found = trc_rules::check(&db, workspace);
    found.retain(|found| found.rule == "attestation-void");
    found
}

#[test]
fn layout_comments_and_moved_declarations_keep_it() {
    let marked = marked();
    assert_eq!(void(&[BUDGET, &marked], None), []);
    let commented = marked.replace("  status: ", "  // En anteckning.\n  status:   ");
    assert_ne!(commented, marked);
    assert_eq!(void(&[BUDGET, &commented], None), []);
    let (goal, sections) = marked.split_once("avsnitt").unwrap();
    let section = format!("rapport T1 2025 för norra\n\navsnitt{sections}");
    assert_eq!(void(&[&section, BUDGET, goal], None), []);
}

#[test]
fn a_figure_of_another_file_voids_what_prints_it() {
    let marked = marked();
    let budget = BUDGET.replace("88 %", "89 %");
    let found = void(&[&budget, &marked], None);
    let [report, goal] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!(
        report.message.sv,
        "Innehållet i rapporten är inte längre det som direktör attesterade 2025-05-20, så ingen \
         står för det som skrivs ut nu."
    );
    let [related] = report.related.as_slice() else { panic!("{report:#?}") };
    assert_eq!(related.message.sv, "Här har mål 1.2 ändrats sedan 2025-05-02.");
    assert_eq!(related.location, goal.location);
    assert!(goal.related.is_empty());
    assert!(
        goal.help
            .sv
            .contains("trc attest \"T1 2025 norra\" --goal 1.2 --level klar --as \"rektor\"")
    );
}

#[test]
fn it_is_a_warning_until_the_report_is_final() {
    let marked = marked();
    let budget = BUDGET.replace("88 %", "89 %");
    for (phase, severity) in [
        (Phase::Draft, Severity::Warning),
        (Phase::Review, Severity::Warning),
        (Phase::Final, Severity::Error),
    ] {
        let found = void(&[&budget, &marked], Some(phase));
        assert_eq!(found.len(), 2);
        assert!(found.iter().all(|found| found.severity == severity), "{phase:?}");
    }
}

/// The unknown name is the mistake; the mark follows from it.
#[test]
fn a_mark_on_something_unknown_says_nothing() {
    let marked = marked().replace("mål 1.2", "mål 1.9");
    let found = void(&[BUDGET, &marked], None);
    let lines: Vec<&str> = found.iter().map(|found| found.message.sv.as_str()).collect();
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines.iter().all(|line| line.starts_with("Innehållet i rapporten")), "{lines:?}");
}
