//! Imports from end to end: the bytes of files in, documents and notes out.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod workbook;

use std::fmt::Write as _;

use trc_base::{Language, Severity};
use trc_import::{Import, Known, Options, Unreadable, import, read};
use workbook::{Cell, Workbook};

const FORM: &str = include_str!("fixtures/webbformulär.csv");
const ACTIVITIES: &str = include_str!("fixtures/aktiviteter.csv");
const GOALS: &str = include_str!("fixtures/mål.csv");
const TABLE: &str = include_str!("fixtures/tabell.csv");

fn options() -> Options {
    Options {
        period: "T1".into(),
        year: 2025,
        owner: "exempelnämnden".into(),
        parent: Some("exempelby".into()),
        ..Options::default()
    }
}

fn of(files: &[(&str, &[u8])], options: &Options, known: &Known) -> Result<Import, Unreadable> {
    let readings =
        files.iter().map(|(name, bytes)| read(name, bytes)).collect::<Result<Vec<_>, _>>()?;
    import(&readings, options, known)
}

fn of_csv(text: &str) -> Import {
    of(&[("t.csv", text.as_bytes())], &options(), &Known::default()).unwrap()
}

fn failure(name: &str, bytes: &[u8]) -> String {
    let error = of(&[(name, bytes)], &options(), &Known::default()).unwrap_err();
    format!("{}\n{}", error.message.sv, error.help.sv)
}

/// The notes, as a person reads them.
fn notes(import: &Import) -> String {
    let mut out = String::new();
    for note in &import.notes {
        let weight = match note.severity {
            Severity::Error => "fel",
            Severity::Warning => "varning",
            Severity::Info => "upplysning",
        };
        let place = note.place.words(Language::Sv);
        writeln!(out, "{weight} {place}: {}", note.message.sv).unwrap();
    }
    out
}

/// The documents, and the notes.
fn shown(import: &Import) -> String {
    let mut out = String::new();
    for document in &import.documents {
        writeln!(out, "── {}\n{}", document.name, document.text).unwrap();
    }
    out.push_str("── anmärkningar\n");
    out.push_str(&notes(import));
    out
}

fn document<'i>(import: &'i Import, name: &str) -> &'i str {
    import
        .documents
        .iter()
        .find(|document| document.name == name)
        .map_or("", |document| &document.text)
}

#[test]
fn an_export_from_the_web_form() {
    let files: [(&str, &[u8]); 4] = [
        ("indikatorer.csv", FORM.as_bytes()),
        ("aktiviteter.csv", ACTIVITIES.as_bytes()),
        ("mål.csv", GOALS.as_bytes()),
        ("tabell.csv", TABLE.as_bytes()),
    ];
    insta::assert_snapshot!(shown(&of(&files, &options(), &Known::default()).unwrap()));
}

#[test]
fn what_is_written_is_laid_out_and_has_no_mistake_in_its_shape() {
    let files: [(&str, &[u8]); 2] = [("i.csv", FORM.as_bytes()), ("a.csv", ACTIVITIES.as_bytes())];
    for document in of(&files, &options(), &Known::default()).unwrap().documents {
        assert_eq!(trc_format::format(&document.text).text, document.text, "{}", document.name);
        assert_eq!(trc_syntax::parse(&document.text).errors(), [], "{}", document.name);
    }
}

#[test]
fn a_second_import_keeps_the_names_and_declares_nothing_twice() {
    let first = of_csv(FORM);
    let mut known = Known::default();
    for document in &first.documents {
        // Somebody has chosen a better name meanwhile.
        known.add(&document.text.replace("barn_per_grupp", "barngrupp"), false);
    }
    let t2 = Options { period: "T2".into(), ..options() };
    let later = FORM.replace("16,3 barn/avd.", "16,1 barn/avd.").replace("Tertial 1", "Tertial 2");
    let second = of(&[("t2.csv", later.as_bytes())], &t2, &known).unwrap();
    let written: Vec<&str> =
        second.documents.iter().map(|document| document.name.as_str()).collect();
    assert_eq!(written, ["rapport-t2-2025.tr"], "{}", shown(&second));
    assert!(
        document(&second, "rapport-t2-2025.tr")
            .contains("indikator barngrupp {\n    utfall: 16,1 barn/avd.")
    );
    assert_eq!(second.counts.reused, 13);
}

#[test]
fn next_year_the_same_titles_have_the_same_names() {
    let mut known = Known::default();
    known.add("budget 2025 för exempelby\n\nmål 1.2 \"Förskola\" {\n  indikator barngrupp \"Antal barn per grupp\" {\n    mäts i: st\n  }\n}\n", false);
    let next = Options { year: 2026, ..options() };
    let later = "Mål;Indikator;Periodens utfall;KF:s årsmål\n1.2 Förskola;Antal barn per grupp;15 st;14,9\n";
    let import = of(&[("t1.csv", later.as_bytes())], &next, &known).unwrap();
    assert!(
        document(&import, "budget-2026.tr")
            .contains("indikator barngrupp \"Antal barn per grupp\""),
        "{}",
        shown(&import)
    );
}

#[test]
fn a_municipality_without_numbers() {
    let text = "Mål,Nyckeltal,Utfall 2025,Utfall 2024,Årsmål\nTrygga barn,Antal platser,\"1,234.5\",1200,1.234\nTrygga barn,Andel nöjda,\"93.4 %\",,90 %\n";
    insta::assert_snapshot!(shown(&of_csv(text)));
}

#[test]
fn without_the_councils_name_its_targets_are_said_to_be_left_out() {
    let mut known = Known::default();
    known.add("organisation exempelnämnden \"Exempelnämnden\" {\n}\n", false);
    let alone = Options { parent: None, ..options() };
    let import = of(&[("t.csv", FORM.as_bytes())], &alone, &known).unwrap();
    assert!(
        import
            .notes
            .iter()
            .any(|note| note.id == "import-council-target" && note.severity == Severity::Error)
    );
    assert_eq!(document(&import, "budget-2025.tr"), "");
}

#[test]
fn encodings() {
    let expected = shown(&of_csv(FORM));
    let utf16: Vec<u8> = "\u{feff}"
        .encode_utf16()
        .chain(FORM.replace(';', "\t").encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let read_as =
        |bytes: &[u8]| shown(&of(&[("t.csv", bytes)], &options(), &Known::default()).unwrap());
    assert_eq!(read_as(&utf16), expected, "what Excel calls Unicode text");
    assert_eq!(read_as(format!("\u{feff}{FORM}").as_bytes()), expected);
    assert_eq!(read_as(FORM.replace('\n', "\r\n").as_bytes()), expected);
    // Every letter of the fixture is one byte in Windows-1252, and its own number.
    let latin: Vec<u8> = FORM.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let latin = of(&[("t.csv", &latin)], &options(), &Known::default()).unwrap();
    assert_eq!(latin.documents, of_csv(FORM).documents);
    insta::assert_snapshot!(notes(&latin).lines().next().unwrap());
}

#[test]
fn rows_that_are_not_as_the_heads() {
    let text = "sep=;\nIndikator;Utfall;Årsmål;Utfall;Färg\nA;1;2;9;röd\nB;1\nC;1;2;9;röd;blå\n;1;2;9;röd\n\nA;3;;;\nD;#REF!;ca 5;;\nE;9999999999999999999999999999999999999999;;;\n";
    insta::assert_snapshot!(notes(&of_csv(text)));
}

#[test]
fn headings_between_the_rows_are_goals() {
    let text = "Mål;Indikator;Utfall\n1.1 Trygga barn;;\n;A;1\n;B;2\n1.2 Lärande;;\n;C;3\n";
    insta::assert_snapshot!(document(&of_csv(text), "rapport-t1-2025.tr"));
}

#[test]
fn a_table_as_people_lay_it_out() {
    let text = ";;;;\nEkonomi per april, belopp i mnkr;;;;\n;Budget;Prognos;Avvikelse;Not\nVerksamhet;;;;\nFörskola;648,9;634.2;-;1\nvarav nyöppnade;12;;;\n;5;;;\nÄldreomsorg;1 755,1;1 713,1;ca 42;;7\n";
    let options = Options { kind: Some(trc_import::Kind::Table), ..options() };
    let import =
        of(&[("Ekonomi april.csv", text.as_bytes())], &options, &Known::default()).unwrap();
    insta::assert_snapshot!(shown(&import));
}

#[test]
fn columns_by_hand() {
    let text =
        "Vad;Hur;Hur mycket;Var\nAntal platser;5;Tas fram av nämnd;Norr\nAntal barn;7;;Söder\n";
    let map = |pairs: &[(&str, &str)]| {
        pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
    };
    let options = Options {
        map: map(&[("vad", "namn"), ("Hur", "utfall"), ("Hur mycket", "årsmål"), ("Var", "-")]),
        only: map(&[("Var", "söder")]),
        ..options()
    };
    let import = of(&[("t.csv", text.as_bytes())], &options, &Known::default()).unwrap();
    assert!(
        document(&import, "rapport-t1-2025.tr").contains("indikator barn { utfall: 7 }"),
        "{}",
        shown(&import)
    );
    assert_eq!(import.counts.indicators, 1);
    let wrong = |map: Vec<(String, String)>| {
        let options = Options { map, ..options.clone() };
        of(&[("t.csv", text.as_bytes())], &options, &Known::default()).unwrap_err()
    };
    let field = wrong(map(&[("Vad", "nam")]));
    assert!(field.help.sv.starts_with("Menade du ”namn”?"), "{field:?}");
    let head = wrong(map(&[("Vad", "namn"), ("Hur", "utfall"), ("Hurr", "-")]));
    assert!(head.message.sv.contains("Hurr"), "{head:?}");
}

#[test]
fn files_that_cannot_be_read() {
    let mut list = String::new();
    let workbook = Workbook::new().sheet("Blad", &[&["Indikator", "Utfall"], &["A", "1"]]).bytes();
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("tom.csv", Vec::new()),
        ("tom.csv", b"\xef\xbb\xbf".to_vec()),
        ("tom.csv", b"\n \r\n".to_vec()),
        ("text.xlsx", b"Indikator;Utfall\nA;1\n".to_vec()),
        ("avbruten.xlsx", workbook[..workbook.len() / 2].to_vec()),
        ("gammal.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec()),
        ("webb.xls", b"<html><table><tr><td>Indikator</td></tr></table></html>".to_vec()),
        ("bild.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec()),
        ("arkiv.zip", Workbook::archive(&[("läsmig.txt", "hej")])),
        (
            "kalkyl.ods",
            Workbook::archive(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet")]),
        ),
        ("rubriker.csv", "Färg;Form\nröd;rund\n".into()),
        ("namnlös.csv", "Nyckel;Periodens utfall;Årsmål\nA;1;2\n".into()),
        ("rader.csv", format!("Indikator;Utfall\n{}", "A;1\n".repeat(1_000_000)).into_bytes()),
    ];
    for (name, bytes) in cases {
        writeln!(list, "{}\n", failure(name, &bytes)).unwrap();
    }
    insta::assert_snapshot!(list);
}

#[test]
fn a_file_with_heads_only_says_so() {
    insta::assert_snapshot!(notes(&of_csv("Indikator;Utfall\n")));
}

#[test]
fn a_workbook_says_what_its_cells_show() {
    let mut workbook = Workbook::new();
    let (percent, one, date) =
        (workbook.format("0.0%"), workbook.format("0.0"), workbook.format("yyyy\\-mm\\-dd"));
    let text = |text: &str| Cell::Shared(text.to_owned());
    let number = |value: &str, style| Cell::Number { value: value.to_owned(), style };
    let bytes = workbook
        .cells(
            "Indikatorer",
            vec![
                vec![text("Uppföljning tertial 1")],
                vec![],
                vec![
                    text("Mål"),
                    text("Indikator"),
                    text("Periodens utfall"),
                    text("Utfall 2024"),
                    text("Prognos helår"),
                    text("KF:s årsmål"),
                ],
                vec![
                    text("1.1 Trygga barn & unga"),
                    text("Andel nöjda"),
                    number("0.35299999999999998", percent),
                    number("0.34", percent),
                    number("0.3333333", percent),
                    Cell::Inline("minst 90 %".into()),
                ],
                vec![
                    Cell::Nothing,
                    text("Antal barn per grupp"),
                    number("4.8", 0),
                    number("4.75", one),
                    Cell::Formula { formula: "C5*2".into(), value: Some("9.6".into()) },
                    text("Max 10 personer"),
                ],
                vec![
                    Cell::Nothing,
                    text("Sjukfrånvaro"),
                    Cell::Error("#REF!".into()),
                    Cell::Error("#N/A".into()),
                    Cell::Formula { formula: "SUM(A1:A2)".into(), value: None },
                    Cell::Boolean(true),
                ],
            ],
        )
        .merge("A4:A6")
        .merge("A1:F1")
        .cells(
            "Aktiviteter",
            vec![
                vec![text("Mål"), text("Aktivitet"), text("Startdatum"), text("Slutdatum")],
                vec![text("1.1"), text("Sommarlov"), number("45717", date), number("45838", 0)],
            ],
        )
        .hidden("Gammalt", &[&["Indikator", "Utfall"], &["Dold", "1"]])
        .bytes();
    let import = of(&[("uppföljning.xlsx", &bytes)], &options(), &Known::default()).unwrap();
    insta::assert_snapshot!(shown(&import));
}

#[test]
fn of_several_sheets_of_a_kind_one_is_asked_for() {
    let rows: &[&[&str]] = &[&["Indikator", "Utfall"], &["A", "1"]];
    let bytes = Workbook::new()
        .sheet("T1", rows)
        .sheet("T2", rows)
        .sheet("Anteckningar", &[&["fritt"]])
        .bytes();
    insta::assert_snapshot!(failure("u.xlsx", &bytes));
    let chosen = Options { sheet: Some("t2".into()), ..options() };
    let import = of(&[("u.xlsx", &bytes)], &chosen, &Known::default()).unwrap();
    assert_eq!(import.counts.indicators, 1);
    assert_eq!(import.notes[0].place.sheet.as_deref(), Some("T2"));
    let missing = Options { sheet: Some("T3".into()), ..options() };
    let error = of(&[("u.xlsx", &bytes)], &missing, &Known::default()).unwrap_err();
    assert_eq!(error.message.sv, "u.xlsx har inget blad ”T3”. Bladen är T1, T2, Anteckningar.");
}

#[test]
fn a_workbook_that_unpacks_to_gigabytes_is_refused() {
    // 300 MiB of blanks take 300 KiB.
    let blanks = " ".repeat(300 * 1024 * 1024);
    let stated = Workbook::archive(&[("_rels/.rels", &blanks)]);
    assert!(stated.len() < 1024 * 1024);
    let refused = failure("bomb.xlsx", &stated);
    assert!(refused.contains("packas upp till mer än 256 MiB"), "{refused}");
    // The same, in an archive that says it is small.
    let lying = workbook::state_size(&stated, blanks.len(), 100);
    let refused = failure("bomb.xlsx", &lying);
    assert!(
        refused.contains("packas upp till mer än 256 MiB") || refused.contains("skadad"),
        "{refused}"
    );
}

#[test]
fn a_cell_in_the_last_corner_takes_no_memory() {
    let cell = "<row r=\"1048576\"><c r=\"XFD1048576\" t=\"inlineStr\"><is><t>x</t></is></c></row>";
    let bytes = Workbook::new().raw("Blad", cell).bytes();
    assert!(failure("hörn.xlsx", &bytes).contains("50 000 rader eller 500 kolumner"));
}

#[test]
fn a_part_that_is_no_xml_is_a_damaged_workbook() {
    for broken in ["<row><c></row>", "<row r=\"1\"><c r=\"A1\"><v>1</v></c>", "<a b=c"] {
        let bytes = Workbook::new().raw("Blad", broken).bytes();
        let said = failure("trasig.xlsx", &bytes);
        assert!(said.contains("är skadad eller avbruten"), "{broken}: {said}");
    }
}

mod properties {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        /// No bytes make it panic, and what it writes has no mistake in its shape.
        #[test]
        fn any_rows(cells in proptest::collection::vec("[-0-9a-zåäö .,;:%\"{}()/@#\n]{0,16}", 1..40)) {
            let mut text = "Mål;Indikator;Utfall;Utfall män;Prognos;Årsmål;KF:s årsmål;Period;Analys\n".to_owned();
            for row in cells.chunks(9) {
                text.push_str(&row.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect::<Vec<_>>().join(";"));
                text.push('\n');
            }
            if let Ok(import) = of(&[("t.csv", text.as_bytes())], &options(), &Known::default()) {
                for document in import.documents {
                    let parse = trc_syntax::parse(&document.text);
                    prop_assert_eq!(parse.errors(), &[], "{}", document.text);
                    prop_assert_eq!(trc_format::format(&document.text).text, document.text);
                }
            }
        }

        #[test]
        fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = of(&[("t.csv", &bytes)], &options(), &Known::default());
        }

        /// A workbook with one byte changed is read, refused or damaged.
        #[test]
        fn any_damage(at in 0usize..4000, byte in any::<u8>()) {
            let mut bytes = Workbook::new().sheet("Blad", &[&["Indikator", "Utfall"], &["A", "1"]]).bytes();
            let at = at % bytes.len();
            bytes[at] = byte;
            let _ = of(&[("t.xlsx", &bytes)], &options(), &Known::default());
        }
    }
}
