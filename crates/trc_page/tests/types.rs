//! What a city's own types print: its words, its scale, its columns, its pages.

#![allow(clippy::unwrap_used, clippy::panic)]

use insta::assert_snapshot;
use trc_model::vocabulary::built_in_files;
use trc_model::{Database, DocumentKey, SourceFile, Workspace};
use trc_page::data::{Block, Inline, Symbol};

const TYPES: &str = r#"mallar 2026 för vik
enhetsslag: sektor
period K3 "Kvartal 3" {
  slutar: 09-30
  redovisar: kvartal
  bedömer: prognos
}
period K4 "Årsrapport" {
  slutar: 12-31
  redovisar: kvartal
  bedömer: utfall
}
skala utveckling "Utveckling" {
  | ord     | tecken    | ton     |
  | framåt  | upp       | god     |
  | uppåt   | snett upp | god     |
  | stilla  | höger     | neutral |
  | nedåt   | snett ner | varning |
  | bakåt   | ner       | brist   |
}
rapporttyp kvartal "{period} {år} för {sektor}" {
  gäller: K3 för sektor
  bedöms enligt: utveckling
  avsnitt mål "Målen efter {period}" {
    innehåll: mål
    liggande: ja
  }
  avsnitt övrigt "Övrigt" { liggande: nej }
  nivå 1 "Område {nummer}: {rubrik}"
  nivå 2 "{år} års mål {nummer}: {rubrik}"
  nivå indikator "Mått" {
    kolumn utfall "Utfall {period}"
    kolumn föregående "Utfall {föregående}"
    kolumn ansvarig "Ansvarig"
  }
}
tabelltyp drift "Drift till och med {period}" i tkr {
  kolumn bokslut "Bokslut {år - 1}"
}
"#;

const FILES: &[&str] = &[
    TYPES,
    "organisation vik \"Viks kommun\" {\n  sektor skola \"Sektor skola\"\n}\n",
    r#"budget 2026 för vik
mål 1 "Kunskap"
mål 1.1 "Alla: läser" {
  indikator läsare "Läsare" {
    mäts i: st
    redovisas: kvartal
    ansvarig: Rektor
  }
}
"#,
    r#"rapport K3 2026 för skola
mål 1 { status: framåt }
mål 1.1 {
  status: nedåt
  indikator läsare { utfall: 12 st }
}
avsnitt övrigt """
  {drift}
"""
tabell drift {
  |       | bokslut |
  | Skola |      12 |
  | Stab  |       1 |
}
"#,
];

/// A line for each block; what stands on turned pages is set in.
fn lines(blocks: &[Block], indent: usize, out: &mut Vec<String>) {
    let words = |inlines: &[Inline]| -> String {
        let text = |inline: &Inline| match inline {
            Inline::Text(text) => text.text.clone(),
            other => panic!("{other:?}"),
        };
        inlines.iter().map(text).collect()
    };
    for block in blocks {
        let line = match block {
            Block::Turned { content } => {
                out.push("turned:".to_owned());
                lines(content, indent + 2, out);
                continue;
            }
            Block::Heading(it) => format!("# {}", words(&it.text)),
            Block::GoalHeading(it) => {
                let status = it.status.as_ref().unwrap();
                assert_ne!(status.symbol, Symbol::Dash);
                format!("[{}] {} ({:?})", it.label, words(&it.text), status.symbol)
            }
            Block::Table(it) => {
                let heads: Vec<String> = it.columns.iter().map(|c| words(&c.label)).collect();
                format!("{} | {} {:?}", words(&it.title), heads.join(" | "), it.landscape)
            }
            Block::Break => continue,
            other => panic!("{other:?}"),
        };
        out.push(format!("{:indent$}{line}", ""));
    }
}

#[test]
fn a_citys_types_give_their_words_columns_and_pages() {
    let db = Database::default();
    let mut files = built_in_files(&db);
    files.extend(FILES.iter().enumerate().map(|(index, text)| {
        SourceFile::new(&db, format!("{index}.tr").into(), (*text).to_owned(), None)
    }));
    let workspace = Workspace::new(&db, files, None, None);
    let key = DocumentKey::parse_report("K3 2026 skola").unwrap();
    let report = trc_page::build(&db, workspace, &key).unwrap().report;
    let mut out = vec![report.metadata.title];
    lines(&report.body, 0, &mut out);
    assert_snapshot!(out.join("\n"), @r"
    Kvartal 3 2026 för Sektor skola
    turned:
      # Målen efter Kvartal 3
      [Område 1] Kunskap (Up)
      [2026 års mål 1.1] Alla: läser (DownRight)
       | Mått | Utfall Kvartal 3 | Utfall K4 2025 | Ansvarig None
    # Övrigt
    Drift till och med Kvartal 3 |  | Bokslut 2025 Some(false)
    ");
}
