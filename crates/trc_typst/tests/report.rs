//! The invented report, all the way from page data to PDF and back to the source.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    clippy::arithmetic_side_effects
)]

#[path = "../fixture/mod.rs"]
mod fixture;

use fixture::{KNOWN_BLOCK, KNOWN_TEXT, page_data, report};
use trc_page::data::{Block, Figure, Inline, Origin, Phase, Picture, Report, Text};
use trc_typst::worker::{Answer, Request, Task, read_answer, serve, write_request};
use trc_typst::{FailureKind, Options, compile_pdf, layout, positions, render_pages};

fn with_positions() -> Options {
    Options { positions: true, ..Options::default() }
}

/// A report that is nothing but this paragraph.
fn report_of(content: Vec<Inline>) -> Report {
    let mut report = report();
    report.front_page = None;
    report.contents = false;
    report.appendices.clear();
    report.footnotes.clear();
    report.body = vec![Block::Paragraph { content }];
    report
}

#[test]
fn page_data_survives_json() {
    let report = report();
    let read: Report = serde_json::from_slice(&page_data(&report)).unwrap();
    assert_eq!(read, report);
}

#[test]
fn the_same_report_is_the_same_bytes() {
    let data = page_data(&report());
    let first = compile_pdf(&data, &Options::default()).unwrap();
    comemo::evict(0);
    let second = compile_pdf(&data, &Options::default()).unwrap();
    assert!(first.bytes == second.bytes, "two builds differ");
    let third = compile_pdf(&data, &with_positions()).unwrap();
    assert!(first.bytes == third.bytes, "positions leave a trace in the PDF");
}

#[test]
fn the_pdf_says_what_it_is() {
    let pdf = compile_pdf(&page_data(&report()), &Options::default()).unwrap();
    let text = String::from_utf8_lossy(&pdf.bytes);
    assert!(text.starts_with("%PDF-1.7"));
    assert!(pdf.pages > 8);
    for needle in [
        "<dc:language><rdf:Bag><rdf:li>sv-SE</rdf:li></rdf:Bag></dc:language>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "<pdfaid:part>3</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "Tertialrapport 1 2025 för Norra hamnens stadsdelsnämnd",
        "2025-05-21T00:00:00",
    ] {
        assert!(text.contains(needle), "`{needle}` is not in the PDF");
    }
}

#[test]
fn a_draft_differs_from_a_final_report() {
    let mut report = report();
    let draft = layout(&page_data(&report), &Options::default()).unwrap();
    report.labels.mark = None;
    report.metadata.phase = Phase::Final;
    let fin = layout(&page_data(&report), &Options::default()).unwrap();
    assert_eq!(draft.page_count(), fin.page_count());
    for page in 0..draft.page_count() {
        assert_ne!(draft.fingerprint(page), fin.fingerprint(page), "no mark on page {page}");
    }
}

#[test]
fn pages_come_to_rest_in_three_passes() {
    for report in [report(), fixture::long_report()] {
        let layout = layout(&page_data(&report), &Options::default()).unwrap();
        assert!(layout.passes() <= 3, "{} passes", layout.passes());
    }
}

#[test]
fn every_word_of_a_known_paragraph_leads_back_to_its_bytes() {
    let pages = positions(&page_data(&report()), &Options::default()).unwrap();
    let mut found: Vec<_> =
        pages.iter().flat_map(|page| page.iter()).filter(|p| p.block == KNOWN_BLOCK).collect();
    found.sort_by_key(|position| position.start);
    let pieces: Vec<&str> = found
        .iter()
        .map(|p| &KNOWN_TEXT[usize::try_from(p.start).unwrap()..usize::try_from(p.end).unwrap()])
        .collect();
    // Long words, divided at the end of a line or not, come in pieces; together they are the text.
    assert_eq!(pieces.concat(), KNOWN_TEXT.split(' ').collect::<String>());
    assert!(pieces.contains(&"a\u{30a}terkoppling"), "{pieces:?}");
    assert!(pieces.contains(&"äldreomsorgen."), "{pieces:?}");
    for position in found {
        let area = position.rectangle;
        assert!(area.x > 50.0 && area.x + area.width < 596.0, "{area:?}");
        assert!(area.y > 50.0 && area.y + area.height < 842.0, "{area:?}");
        assert!(area.width > 2.0 && area.height > 8.0, "{area:?}");
    }
}

#[test]
fn an_offset_counts_from_the_origin_of_its_text() {
    let origin = Origin { block: 7, offset: 1_000 };
    let long = "ordet ".repeat(12_000);
    let report = report_of(vec![Inline::text("Före: "), Inline::written(long.as_str(), origin)]);
    let pages = positions(&page_data(&report), &Options::default()).unwrap();
    let starts: Vec<u32> = pages.iter().flat_map(|page| page.iter()).map(|p| p.start).collect();
    let expected: Vec<u32> = (0..12_000).map(|word| 1_000 + word * 6).collect();
    assert_eq!(starts, expected);
}

#[test]
fn a_changed_word_changes_one_page() {
    let mut report = fixture::long_report();
    let before = layout(&page_data(&report), &with_positions()).unwrap();
    let middle = report.body.len() / 2;
    let text = report.body[middle..].iter_mut().find_map(|block| match block {
        Block::Paragraph { content } => match content.first_mut() {
            Some(Inline::Text(text)) => Some(&mut text.text),
            _ => None,
        },
        _ => None,
    });
    text.unwrap().replace_range(0..1, "X");
    let after = layout(&page_data(&report), &with_positions()).unwrap();
    assert_eq!(before.page_count(), after.page_count());
    let changed = (0..before.page_count())
        .filter(|page| before.fingerprint(*page) != after.fingerprint(*page))
        .count();
    assert_eq!(changed, 1);
}

#[test]
fn what_a_writer_wrote_is_never_code() {
    let hostile =
        "#panic() $x$ *inte fet* @ref <etikett> \\ #set page(width: 1pt) // kommentar `kod`";
    let report = report_of(vec![Inline::written(hostile, Origin { block: 1, offset: 0 })]);
    let pages = positions(&page_data(&report), &Options::default()).unwrap();
    let words = pages.iter().map(|page| page.len()).sum::<usize>();
    assert_eq!(words, hostile.split(' ').count());
}

#[test]
fn a_sign_no_font_has_names_its_block() {
    let origin = Origin { block: 23, offset: 4 };
    let report = report_of(vec![Inline::text("Tecknet "), Inline::written("\u{1f600}", origin)]);
    let failure = compile_pdf(&page_data(&report), &with_positions()).unwrap_err();
    assert_eq!((failure.kind, failure.blocks), (FailureKind::Export, vec![23]));
}

#[test]
fn page_data_that_makes_no_sense_is_told_from_faults_of_the_layout() {
    let mut wrong_version = report();
    wrong_version.version += 1;
    for data in [b"{".to_vec(), b"{}".to_vec(), page_data(&wrong_version)] {
        let failure = compile_pdf(&data, &Options::default()).unwrap_err();
        assert_eq!(failure.kind, FailureKind::PageData, "{failure}");
    }
    let missing = report_of(vec![Inline::FootnoteRef { id: "finns inte".into() }]);
    let failure = compile_pdf(&page_data(&missing), &Options::default()).unwrap_err();
    assert_eq!(failure.kind, FailureKind::Layout);
    assert!(failure.internal.contains("finns inte"), "{failure}");
}

#[test]
fn a_reference_to_what_is_not_printed_is_text() {
    let report = report_of(vec![Inline::Reference {
        anchor: "finns-inte".into(),
        content: vec![Inline::text("9.9")],
    }]);
    compile_pdf(&page_data(&report), &Options::default()).unwrap();
}

#[test]
fn two_things_with_one_anchor_are_no_error() {
    let mut report = report();
    let copies: Vec<Block> = report
        .body
        .iter()
        .filter(|block| match block {
            Block::Heading(heading) => heading.level == 1,
            block => matches!(block, Block::Figure(_)),
        })
        .cloned()
        .collect();
    report.body.extend(copies);
    compile_pdf(&page_data(&report), &Options::default()).unwrap();
}

#[test]
fn a_picture_comes_from_beside_the_page_data_and_from_nowhere_else() {
    let picture = |name: &str| {
        let mut report = report_of(vec![Inline::text("Text")]);
        report.body.push(Block::Figure(Figure {
            label: None,
            source: None,
            title: vec![Inline::text("Kartan")],
            anchor: None,
            picture: Picture::Image { name: name.into() },
            alternative_text: "En karta över Norra hamnen.".into(),
            table: None,
        }));
        page_data(&report)
    };
    let square = br#"<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40" fill="teal"/></svg>"#;
    let options = Options {
        pictures: [("karta.svg".to_owned(), square.to_vec())].into(),
        ..Options::default()
    };
    compile_pdf(&picture("karta.svg"), &options).unwrap();
    for name in ["saknas.svg", "../report.typ", "/etc/hostname", "../../etc/hostname"] {
        let failure = compile_pdf(&picture(name), &options).unwrap_err();
        assert_eq!(failure.kind, FailureKind::Layout, "{name}");
    }
}

#[test]
fn pages_are_drawn() {
    let pages = render_pages(&page_data(&report()), &Options::default(), 36.0).unwrap();
    assert!(pages.len() > 8);
    assert!(pages.iter().all(|png| png.starts_with(b"\x89PNG")));
}

#[test]
fn a_child_answers_a_preview_with_what_changed() {
    let mut input = Vec::new();
    let mut report = report();
    let mut ask = |report: &Report, known: Vec<String>| {
        let task = Task::Preview { ppi: 36.0, known };
        let request = Request { task, page_data: page_data(report), pictures: Default::default() };
        input.clear();
        write_request(&mut input, &request).unwrap();
        let mut output = Vec::new();
        serve(input.as_slice(), &mut output).unwrap();
        match read_answer(&mut output.as_slice()).unwrap().unwrap() {
            Answer::Preview(pages) => pages,
            Answer::Pdf(_) => panic!("a PDF was not asked for"),
        }
    };
    let first = ask(&report, Vec::new());
    assert!(first.iter().all(|page| page.png.is_some()));
    let known: Vec<String> = first.iter().map(|page| page.fingerprint.clone()).collect();
    let changed = report.body.iter_mut().find_map(|block| match block {
        Block::Paragraph { content } => match content.first_mut() {
            Some(Inline::Text(Text { text, origin: Some(_) })) => Some(text),
            _ => None,
        },
        _ => None,
    });
    let first = changed.as_deref().unwrap().chars().next().unwrap();
    changed.unwrap().replace_range(..first.len_utf8(), "G");
    let second = ask(&report, known);
    let drawn: Vec<usize> = (0..second.len()).filter(|page| second[*page].png.is_some()).collect();
    assert_eq!(drawn, [2]);
}

/// The first and the last page of each part, as `Sid 1 (12)` would have them.
#[test]
fn a_compound_keeps_the_pages_and_the_labels_of_its_parts_apart() {
    let alone = compile_pdf(&page_data(&report()), &Options::default()).unwrap().pages;
    for own_pages in [false, true] {
        let data = page_data(&fixture::compound(own_pages));
        let layout = layout(&data, &Options::default()).unwrap();
        assert!(layout.passes() <= 3, "{} passes", layout.passes());
        let pdf = layout.pdf().unwrap();
        // Two whole reports; before them a front page, the contents and a page of text.
        // With common contents, each part is without its page of contents but for the
        // appendices that stand there.
        assert_eq!(pdf.pages, 2 * alone + 3);
        let text = String::from_utf8_lossy(&pdf.bytes);
        // The bookmarks of the parts lie beside that of the first section.
        assert!(text.contains("/Outlines"));
    }
}
