//! The report of a unit below the committee, and reports that are put together of such.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use insta::assert_snapshot;
use trc_model::vocabulary::built_in_files;
use trc_model::{Database, DocumentKey, SourceFile, Workspace};
use trc_page::Built;
use trc_page::data::{Block, Inline, Report};

const FILES: &[&str] = &[
    r#"organisation stad "Storstad" {
  nämnd nord "Nordstads nämnd" {
    avdelning social "Socialavdelningen" {
      enhet utredning "Utredningsenheten"
      enhet hemtjänst "Hemtjänsten"
    }
  }
}
"#,
    r#"mallar 2025 för stad
rapporttyp unit "Verksamhetsberättelse {år} för {enhet}" {
  gäller: VB för enhet
  avsnitt mål "Uppföljning av mål" { innehåll: mål }
  nivå 1 "Inriktningsmål: {nummer}. {rubrik}" { utan status: Inga data }
  nivå 2 "Nämndmål: {nummer} {rubrik}" {
    utan status: Inga data
    visar: beskrivning, förväntat resultat
  }
  nivå enhetsmål "Enhetsmål: {rubrik}" { kräver: status, förväntat resultat, analys }
}
rapporttyp samlad "Verksamhetsberättelse {år} för {avdelning}" { gäller: VB för avdelning }
"#,
    "budget 2025 för stad\nmål 1 \"En stad för alla\"\n",
    r#"verksamhetsplan 2025 för nord
mål 1.1 "Äldre bor tryggt" {
  beskrivning: Nämndens text står en gång.
  aktivitet dialog "Dialoger hålls"
}
mål 1.2 "Andras mål"
"#,
    r#"verksamhetsplan 2025 för hemtjänst
mål känd "Den som kommer är känd" {
  under: 1.1
  förväntat resultat: Två fasta kontakter.
}
"#,
    r#"rapport VB 2025 för hemtjänst
mål känd {
  status: uppfylls helt
  analys """
    Målet nås.[^1]

    [^1]: En not.
  """
}
"#,
    "verksamhetsplan 2025 för utredning\n",
    "rapport VB 2025 för utredning\nmål 1.1 { analys: Se @1.1. }\n",
];

fn build(report: &str, compound: &str) -> Built {
    let db = Database::default();
    let mut files = built_in_files(&db);
    let sources = FILES.iter().copied().chain([compound]).filter(|text| !text.is_empty());
    files.extend(sources.enumerate().map(|(index, text)| {
        SourceFile::new(&db, format!("{index}.tr").into(), text.to_owned(), None)
    }));
    let workspace = Workspace::new(&db, files, None, None);
    trc_page::build(&db, workspace, &DocumentKey::parse_report(report).unwrap()).unwrap()
}

fn text(inlines: &[Inline]) -> String {
    let of = |inline: &Inline| match inline {
        Inline::Text(text) => text.text.clone(),
        Inline::Reference { anchor, content } => format!("{} → {anchor}", text(content)),
        Inline::FootnoteRef { .. } => "*".to_owned(),
        _ => String::new(),
    };
    inlines.iter().map(of).collect()
}

/// A report's body, a line for each block.
fn drawn(report: &Report) -> String {
    fn lines(blocks: &[Block], out: &mut Vec<String>) {
        for block in blocks {
            match block {
                Block::Heading(it) => {
                    out.push(format!("{} {}", "#".repeat(it.level.into()), text(&it.text)))
                }
                Block::GoalHeading(it) => {
                    let status = it.status.as_ref().map_or("", |status| &status.word);
                    let marks = "#".repeat(it.level.into());
                    out.push(format!("{marks} {}: {} [{status}]", it.label, text(&it.text)));
                }
                Block::LabelledText(it) => {
                    out.push(format!("{}:", it.label));
                    lines(&it.content, out);
                }
                Block::Paragraph { content } => out.push(text(content)),
                Block::Table(table) => out.push(format!("({})", table.description)),
                _ => {}
            }
        }
    }
    let mut out = Vec::new();
    lines(&report.body, &mut out);
    out.join("\n")
}

#[test]
fn a_units_report_prints_the_committees_texts_and_its_own_goals_under_them() {
    assert_snapshot!(drawn(&build("VB 2025 hemtjänst", "").report));
}

#[test]
fn the_parts_of_a_compound_are_the_units_reports() {
    let compound =
        build("VB 2025 social", "rapport VB 2025 för social\ningår: hemtjänst, utredning\n");
    assert_eq!(compound.report.metadata.title, "Verksamhetsberättelse 2025 för Socialavdelningen");
    assert_eq!(compound.report.body, []);
    assert!(!compound.report.own_pages);
    let mut origins = 0;
    for (part, unit) in compound.report.parts.iter().zip(["hemtjänst", "utredning"]) {
        let alone = build(&format!("VB 2025 {unit}"), "");
        assert_eq!(part.anchor, format!("del-{unit}"));
        assert_eq!(part.report.metadata, alone.report.metadata);
        assert_eq!(drawn(&part.report), drawn(&alone.report));
        assert_eq!(part.report.footnotes.len(), alone.report.footnotes.len());
        // Each passage has its own number, so that a click leads to its source.
        assert_eq!(compound.origins[origins..origins + alone.origins.len()], alone.origins);
        origins += alone.origins.len();
    }
    assert_eq!(compound.origins.len(), origins);
}

#[test]
fn a_compound_has_texts_of_its_own_and_may_count_the_pages_of_each_part() {
    let compound = build(
        "VB 2025 social",
        "rapport VB 2025 för social\ningår: utredning, social, hemtjänst, okänd\nsidnumrering: egen\n",
    );
    assert!(compound.report.own_pages);
    let anchors: Vec<&str> =
        compound.report.parts.iter().map(|part| part.anchor.as_str()).collect();
    assert_eq!(anchors, ["del-utredning", "del-hemtjänst"]);
}
