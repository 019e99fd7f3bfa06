//! Guidance to those who write is never printed.

#![allow(clippy::unwrap_used)]

use trc_model::fields::FIELDS;
use trc_model::vocabulary::built_in_files;
use trc_model::{Database, DocumentKey, SourceFile, Workspace};

/// Every declaration that may carry guidance carries it.
const FILES: &[&str] = &[
    r#"budget 2025 för norra
mål 1 "En stad för alla" {
  anvisning: HEMLIGT om målet.
  indikator andel "Andel" {
    mäts i: %
    årsmål: 88 %
    anvisning: HEMLIGT om indikatorn.
  }
  aktivitet enkät "En enkät görs" { anvisning: HEMLIGT om aktiviteten. }
}
"#,
    r#"mallar 2025 för norra
rapporttyp tertialrapport {
  avsnitt investeringar { anvisning: HEMLIGT om avsnittet. }
}
"#,
    r#"rapport T1 2025 för norra
mål 1 {
  status: uppfylls helt
  analys: Målet nås.
  anvisning """
    HEMLIGT i rapporten.
  """
  indikator andel {
    utfall: 89 %
    prognos: 89 %
  }
  aktivitet enkät { läge: pågår }
}
avsnitt investeringar: Inget att redovisa.
"#,
];

#[test]
fn guidance_is_not_in_the_page_data() {
    let db = Database::default();
    let mut inputs = built_in_files(&db);
    inputs.extend(FILES.iter().enumerate().map(|(index, text)| {
        SourceFile::new(&db, format!("{index}.tr").into(), (*text).to_owned(), None)
    }));
    let workspace = Workspace::new(&db, inputs, None, None);
    let key = DocumentKey::parse_report("T1 2025 norra").unwrap();
    let json = trc_page::build(&db, workspace, &key).unwrap().to_json().unwrap();
    for printed in ["En stad för alla", "Andel", "En enkät görs", "Målet nås", "Inget att redovisa"]
    {
        assert!(json.contains(printed), "{printed}");
    }
    assert!(!json.contains("HEMLIGT"), "{json}");
    // Whatever gets guidance later belongs in the files above.
    let with_guidance = FIELDS.iter().filter(|field| field.name == "anvisning");
    let keywords: Vec<&str> = with_guidance.map(|field| field.keyword).collect();
    assert_eq!(keywords, ["mål", "indikator", "aktivitet", "avsnitt"]);
}
