//! What keeps the fingerprint of a printed content, and what changes it.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use trc_model::document::{GoalKey, find};
use trc_model::mark::Subject;
use trc_model::vocabulary::built_in_files;
use trc_model::{Database, DocumentKey, Phase, SourceFile, Workspace};
use trc_page::data::{Block, Inline};
use trc_page::fingerprint::fingerprint;

const BUDGET: &str = "budget 2025 för norra\n\n\
    mål 1.2 \"Barnen lär sig\" {\n  indikator andel \"Andel\" {\n    mäts i: %\n    årsmål: 88 %\n  }\n}\n\n\
    mål 1.3 \"Alla läser\" {\n}\n";
const REPORT: &str = "rapport T1 2025 för norra\n\n\
    mål 1.2 {\n  status: uppfylls helt\n  analys: Årsmålet är {andel.årsmål} och nås.\n}\n";
const ECONOMY: &str = "rapport T1 2025 för norra\n\n\
    avsnitt investeringar: Inget att redovisa.\n";

/// The fingerprints of the report, of goal 1.2 and of a section.
fn of(files: &[&str], phase: Option<Phase>) -> [String; 3] {
    let db = Database::default();
    let mut inputs = built_in_files(&db);
    inputs.extend(files.iter().enumerate().map(|(index, text)| {
        SourceFile::new(&db, format!("{index}.tr").into(), (*text).to_owned(), None)
    }));
    let workspace = Workspace::new(&db, inputs, phase, None);
    let document = find(&db, workspace, &key()).unwrap();
    [
        Subject::Report,
        Subject::Goal(GoalKey::new("1.2")),
        Subject::Section("investeringar".to_owned()),
    ]
    .map(|subject| fingerprint(&db, workspace, document, subject).clone().unwrap())
}

fn key() -> DocumentKey {
    DocumentKey::parse_report("T1 2025 norra").unwrap()
}

/// The words beside the attests on the last page.
fn printed(files: &[&str]) -> Vec<String> {
    let db = Database::default();
    let mut inputs = built_in_files(&db);
    inputs.extend(files.iter().enumerate().map(|(index, text)| {
        SourceFile::new(&db, format!("{index}.tr").into(), (*text).to_owned(), None)
    }));
    let workspace = Workspace::new(&db, inputs, None, None);
    let built = trc_page::build(&db, workspace, &key()).unwrap();
    let Some(Block::Table(table)) = built.report.body.last() else { return Vec::new() };
    let cells = table.rows.iter().flat_map(|row| row.cells.iter().flatten());
    cells
        .filter_map(|inline| match inline {
            Inline::Status(status) => Some(format!("{} {:?}", status.word, status.symbol)),
            _ => None,
        })
        .collect()
}

#[test]
fn layout_comments_files_phase_and_marks_keep_it() {
    let before = of(&[BUDGET, REPORT, ECONOMY], None);
    let laid_out = "rapport T1 2025 för norra\n\
        // En anteckning.\nmål 1.2 {\n status:   uppfylls helt // här\n  analys \"\"\"\n\
        Årsmålet är {andel.årsmål}\n      och nås.\n  \"\"\"\n}\n";
    let marked = REPORT.replace("  status", "  klar: Rektor, 2025-05-02\n  status");
    let turned = "mallar 2025 för norra\n\
        rapporttyp tertialrapport {\n  avsnitt måluppföljning { liggande: ja }\n  \
        avsnitt ekonomi {\n    avsnitt investeringar { liggande: ja }\n  }\n}\n";
    let one_file = format!("{REPORT}\navsnitt investeringar: Inget att redovisa.\n");
    for (what, files, phase) in [
        ("layout and comments", vec![BUDGET, laid_out, ECONOMY], None),
        ("the order of files", vec![ECONOMY, REPORT, BUDGET], None),
        ("one file instead of two", vec![BUDGET, &one_file], None),
        ("pages turned on their side", vec![BUDGET, REPORT, ECONOMY, turned], None),
        ("the phase", vec![BUDGET, REPORT, ECONOMY], Some(Phase::Final)),
        ("a mark", vec![BUDGET, &marked, ECONOMY], None),
    ] {
        assert_eq!(of(&files, phase), before, "{what}");
    }
}

#[test]
fn a_figure_of_another_file_changes_what_refers_to_it_and_nothing_else() {
    let [report, goal, section] = of(&[BUDGET, REPORT, ECONOMY], None);
    let changed = BUDGET.replace("88 %", "89 %");
    let [report_now, goal_now, section_now] = of(&[&changed, REPORT, ECONOMY], None);
    assert_ne!(report_now, report);
    assert_ne!(goal_now, goal);
    assert_eq!(section_now, section);
    let other_goal = BUDGET.replace("Alla läser", "Alla räknar");
    let [report_now, goal_now, _] = of(&[&other_goal, REPORT, ECONOMY], None);
    assert_ne!(report_now, report);
    assert_eq!(goal_now, goal);
}

#[test]
fn the_last_page_says_whether_an_attest_holds() {
    let [fingerprint, ..] = of(&[BUDGET, REPORT, ECONOMY], None);
    let attested = REPORT.replace(
        "norra\n\n",
        &format!("norra\nattesterad: Direktör, 2025-05-20, {fingerprint}\n\n"),
    );
    assert_eq!(printed(&[BUDGET, &attested, ECONOMY]), ["Oförändrat Check"]);
    let changed = BUDGET.replace("88 %", "89 %");
    assert_eq!(printed(&[&changed, &attested, ECONOMY]), ["Ändrat Cross"]);
    let unbound = attested.replace(&format!(", {fingerprint}"), "");
    assert!(printed(&[BUDGET, &unbound, ECONOMY]).is_empty());
}
