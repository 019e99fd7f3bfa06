//! What of the types holds for an owner and a year, drawn as it was put together.

#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;

use insta::assert_snapshot;
use trc_model::vocabulary::{Scope, SectionType, built_in_files, vocabulary};
use trc_model::{Database, SourceFile, Workspace};

const ORGANISATION: &str = r#"organisation vik "Vik" {
  nämnd skola "Skolnämnden"
}
"#;

/// A city of its own: it divides the year itself.
const VIK_2024: &str = r#"mallar 2024 för vik
enhetsslag: nämnd

period K1 "Kvartal 1" {
  slutar: 03-31
  bedömer: prognos
}

skala läget "Läget" {
  | ord   | tecken | ton   |
  | bra   | hel    | god   |
  | dåligt | tom   | brist |
}

rapporttyp kvartal "Kvartalsrapport {år}" {
  gäller: K1 för nämnd
  bedöms enligt: läget
  avsnitt först "Först" { visas: obligatorisk }
  avsnitt sist "Sist" { visas: ja }
}
"#;

/// The report type of a period, with its sections, and what is wrong.
fn of(files: &[&str], owner: &str, year: u16, period: &str) -> String {
    let db = Database::default();
    let mut inputs = built_in_files(&db);
    inputs.extend(files.iter().enumerate().map(|(index, text)| {
        SourceFile::new(&db, format!("{index}.tr").into(), (*text).to_owned(), None)
    }));
    let workspace = Workspace::new(&db, inputs, None, None);
    let words = vocabulary(&db, workspace, Scope::new(&db, owner.to_owned(), year));
    let mut out = String::new();
    match words.report_type(period, "nämnd") {
        Some(it) => {
            let base = it.base.as_deref().map(|base| format!(" enligt {base}")).unwrap_or_default();
            writeln!(out, "{}{base} \"{}\" skala {}", it.name, it.title, it.scale).unwrap();
            sections(&mut out, &it.sections, 1);
        }
        None => out.push_str("ingen\n"),
    }
    for fault in &words.faults {
        writeln!(out, "{:?}", fault.kind).unwrap();
    }
    out
}

fn sections(out: &mut String, list: &[SectionType], depth: usize) {
    for section in list {
        let is = if section.required { " obligatorisk" } else { "" };
        let landscape = if section.landscape == Some(true) { " liggande" } else { "" };
        writeln!(out, "{:1$}{name}{is}{landscape}", "", depth * 2, name = section.name).unwrap();
        sections(out, &section.children, depth + 1);
    }
}

fn kvartal(more: &[&str], owner: &str, year: u16) -> String {
    let mut files = vec![ORGANISATION, VIK_2024];
    files.extend(more);
    of(&files, owner, year, "K1")
}

#[test]
fn a_city_that_divides_its_year_has_none_of_stockholms_types() {
    assert_snapshot!(kvartal(&[], "skola", 2024), @r#"
    kvartal "Kvartalsrapport {år}" skala läget
      först obligatorisk
      sist
    "#);
    assert_eq!(of(&[ORGANISATION, VIK_2024], "skola", 2024, "T1"), "ingen\n");
}

#[test]
fn a_city_with_one_type_keeps_stockholms_others() {
    let one = "mallar 2025 för vik\nrapporttyp vår \"Vår {period}\" enligt tertialrapport {\n  gäller: T2 för nämnd\n  avsnitt ekonomi { visas: nej }\n}\n";
    let files = [ORGANISATION, one];
    assert!(of(&files, "skola", 2025, "T1").starts_with("tertialrapport \""));
    let own = of(&files, "skola", 2025, "T2");
    assert!(own.starts_with("vår enligt tertialrapport \"Vår {period}\""), "{own}");
    assert!(own.contains("\n  övrigt\n") && !own.contains("ekonomi"), "{own}");
}

#[test]
fn a_later_year_says_only_what_differs() {
    let later = r#"mallar 2026 för vik

rapporttyp kvartal {
  avsnitt mitt "I mitten" {
    före: sist
    liggande: ja
  }
  avsnitt först { visas: ja }
}
"#;
    assert_snapshot!(kvartal(&[later], "skola", 2026), @r#"
    kvartal "Kvartalsrapport {år}" skala läget
      först
      mitt liggande
      sist
    "#);
    // A year before the change, and one between, are as they were.
    assert_eq!(kvartal(&[later], "skola", 2025), kvartal(&[], "skola", 2024));
    // Before the first year the first serves.
    assert_eq!(kvartal(&[later], "skola", 2020), kvartal(&[], "skola", 2024));
}

#[test]
fn a_lower_unit_goes_before_the_city() {
    let lower = "mallar 2023 för skola\n\nrapporttyp kvartal \"Skolans kvartal\" {\n  avsnitt sist { visas: nej }\n}\n";
    assert_snapshot!(kvartal(&[lower], "skola", 2024), @r#"
    kvartal "Skolans kvartal" skala läget
      först obligatorisk
    "#);
    assert_eq!(kvartal(&[lower], "vik", 2024), kvartal(&[], "vik", 2024));
}

#[test]
fn a_type_that_builds_on_itself_leaves_what_was() {
    for ring in [
        "mallar 2025 för vik\nrapporttyp kvartal enligt kvartal\n",
        "mallar 2025 för vik\nrapporttyp kvartal enligt annan\nrapporttyp annan \"Annan\" enligt kvartal\n",
    ] {
        let found = kvartal(&[ring], "skola", 2025);
        assert!(found.contains("Ring {"), "{found}");
        assert!(found.contains("  först obligatorisk\n  sist\n"), "{found}");
    }
}

#[test]
fn two_types_for_the_same_report_leave_the_one_before() {
    let two = r#"mallar 2025 för vik
rapporttyp a "A" enligt kvartal { gäller: K1 för nämnd }
rapporttyp b "B" enligt kvartal { gäller: K1 för nämnd }
"#;
    assert_snapshot!(kvartal(&[two], "skola", 2025), @r#"
    kvartal "Kvartalsrapport {år}" skala läget
      först obligatorisk
      sist
    Tie { names: ["a", "b"], period: "K1", unit_kind: "nämnd" }
    "#);
}

/// It would be printed as it stands.
#[test]
fn a_placeholder_that_nothing_fills_is_said() {
    let slip = r#"mallar 2025 för vik
rapporttyp kvartal "Kvartalsrapport {period} {år + 1} för {nämnd}" {
  avsnitt först "Efter {perod}"
  nivå 1 "{nummer} {namn}"
  nivå indikator {
    kolumn utfall "{föregående} {nummer}"
  }
}
"#;
    assert_snapshot!(kvartal(&[slip], "skola", 2025), @r#"
    kvartal "Kvartalsrapport {period} {år + 1} för {nämnd}" skala läget
      först obligatorisk
      sist
    UnknownWord { word: "perod", what: Placeholder, known: ["år", "period"] }
    UnknownWord { word: "namn", what: Placeholder, known: ["år", "period", "nummer", "rubrik"] }
    UnknownWord { word: "nummer", what: Placeholder, known: ["år", "period", "föregående"] }
    "#);
}

/// A title names its period once: "Verksamhetsberättelse {period}" would say it twice.
#[test]
fn no_title_that_is_built_in_says_a_word_twice() {
    let db = Database::default();
    let workspace = Workspace::new(&db, built_in_files(&db), None, None);
    let mut seen = 0;
    for year in 2021..=2025 {
        let words = vocabulary(&db, workspace, Scope::new(&db, "stockholm".to_owned(), year));
        for it in words.report_types.values() {
            for period in it.periods.iter().filter_map(|name| words.period(name)) {
                let title = it.title.replace("{period}", &period.title);
                let spoken: Vec<&str> = title.split_whitespace().collect();
                let twice = spoken.iter().zip(spoken.iter().skip(1)).find(|(a, b)| a == b);
                assert_eq!(twice, None, "{year}: {title}");
                seen += 1;
            }
        }
    }
    assert!(seen > 30, "{seen}");
}
