//! Where tables come to stand on their pages: what is promised to readers of a long
//! report. Every cell carries an origin, so that it can be found on the pages.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::arithmetic_side_effects
)]

#[path = "../fixture/mod.rs"]
mod fixture;

use std::collections::BTreeMap;

use fixture::{page_data, report};
use trc_page::data::{
    Align, Block, Column, ColumnKind, DataTable, Footnote, Heading, Inline, Origin, Report, Row,
    RowKind, RowNote,
};
use trc_typst::{Options, Position, compile_pdf, layout, positions};

/// Block numbers: a row's name, its figures, its analysis, a head, a caption, a heading.
const NAME: u32 = 10_000;
const CELL: u32 = 20_000;
const NOTE: u32 = 30_000;
const HEAD: u32 = 40_000;
const CAPTION: u32 = 50_000;
const HEADING: u32 = 60_000;
const TEXT: u32 = 70_000;

/// The text area, upright: margins of 21 mm at the sides, 30 above and 24 below.
const POINTS: f64 = 72.0 / 25.4;
const LEFT: f64 = 21.0 * POINTS;
const A4: (f64, f64) = (210.0 * POINTS, 297.0 * POINTS);

fn written(text: &str, block: u32) -> Vec<Inline> {
    vec![Inline::written(text, Origin { block, offset: 0 })]
}

fn paragraph(text: &str, block: u32) -> Block {
    Block::Paragraph { content: written(text, block) }
}

fn heading(text: &str) -> Block {
    Block::Heading(Heading {
        level: 2,
        text: written(text, HEADING),
        anchor: None,
        in_contents: true,
    })
}

/// A table of so many rows and columns of figures.
fn table(rows: u32, columns: u32) -> DataTable {
    let column = |index: u32| Column {
        label: written(if index == 0 { "Enhet" } else { "Utfall" }, HEAD + index),
        kind: if index == 0 { ColumnKind::Text } else { ColumnKind::Number },
        align: if index == 0 { Align::Start } else { Align::End },
        width: 1,
    };
    DataTable {
        title: written("Utfall per enhet", CAPTION),
        unit: Some("mnkr".into()),
        description: "Utfall för varje enhet".into(),
        anchor: None,
        columns: (0..columns).map(column).collect(),
        rows: (0..rows)
            .map(|index| Row {
                kind: RowKind::Plain,
                header: written("Kostnadsställe", NAME + index),
                cells: (1..columns)
                    .map(|column| written("1\u{a0}234\u{a0}567,8", CELL + index * 100 + column))
                    .collect(),
                note: None,
            })
            .collect(),
        footnotes: Vec::new(),
        source: None,
        landscape: None,
    }
}

fn report_of(body: Vec<Block>) -> Report {
    let mut report = report();
    report.front_page = None;
    report.contents = false;
    report.appendices.clear();
    report.footnotes.clear();
    report.body = body;
    report
}

/// The words on each page.
fn pages(report: &Report) -> Vec<Vec<Position>> {
    let pages = positions(&page_data(report), &Options::default()).unwrap();
    pages.iter().map(|page| page.to_vec()).collect()
}

fn page_of(pages: &[Vec<Position>], block: u32) -> Option<usize> {
    pages.iter().position(|page| page.iter().any(|word| word.block == block))
}

/// The rows whose names stand on each page.
fn rows_on(pages: &[Vec<Position>]) -> Vec<Vec<u32>> {
    pages
        .iter()
        .map(|page| {
            let mut rows: Vec<u32> = page
                .iter()
                .filter(|word| (NAME..CELL).contains(&word.block))
                .map(|word| word.block - NAME)
                .collect();
            rows.dedup();
            rows
        })
        .collect()
}

fn is_turned(page: &[Position]) -> bool {
    page.iter().any(|word| word.rectangle.x + word.rectangle.width > A4.0)
}

/// Some lines of text, so that the table begins further down.
fn lines(count: u32) -> Vec<Block> {
    (0..count).map(|index| paragraph("En rad.", TEXT + index)).collect()
}

/// Every word stands within the margins of its page.
fn assert_within_margins(pages: &[Vec<Position>]) {
    for (number, page) in pages.iter().enumerate() {
        let (width, height) = if is_turned(page) { (A4.1, A4.0) } else { A4 };
        for word in page {
            let area = word.rectangle;
            assert!(area.x >= LEFT - 0.5, "page {number}: {word:?}");
            assert!(area.x + area.width <= width - LEFT + 0.5, "page {number}: {word:?}");
            // The rectangle of a heading begins above its letters.
            assert!(area.y >= 30.0 * POINTS - 8.0, "page {number}: {word:?}");
            assert!(
                area.y + area.height <= height - 24.0 * POINTS + 4.0,
                "page {number}: {word:?}"
            );
        }
    }
}

#[test]
fn the_head_is_repeated_and_no_row_is_left_alone() {
    for before in 0..26 {
        let mut body = lines(before);
        let mut long = table(200, 3);
        long.rows[199].kind = RowKind::Total;
        body.push(Block::Table(long));
        let pages = pages(&report_of(body));
        assert_within_margins(&pages);
        let rows = rows_on(&pages);
        let mut all: Vec<u32> = Vec::new();
        for (page, rows) in rows.iter().enumerate().filter(|(_, rows)| !rows.is_empty()) {
            assert!(rows.len() > 1, "row {rows:?} is alone on page {page} after {before} lines");
            assert!(pages[page].iter().any(|word| word.block == HEAD), "no head on page {page}");
            all.extend(rows);
        }
        assert_eq!(all, (0..200).collect::<Vec<u32>>());
        assert_eq!(page_of(&pages, CAPTION), rows.iter().position(|rows| !rows.is_empty()));
    }
}

#[test]
fn a_heading_and_a_caption_go_with_their_table() {
    for before in 15..30 {
        let mut body = lines(before);
        body.push(heading("Utfall"));
        body.push(Block::Table(table(30, 3)));
        let pages = pages(&report_of(body));
        let first_row = page_of(&pages, NAME);
        assert_eq!(page_of(&pages, HEADING), first_row, "after {before} lines");
        assert_eq!(page_of(&pages, CAPTION), first_row, "after {before} lines");
        assert_eq!(page_of(&pages, NAME + 1), first_row, "after {before} lines");
    }
}

#[test]
fn a_small_table_is_not_parted() {
    for before in 15..30 {
        let mut body = lines(before);
        body.push(Block::Table(table(8, 4)));
        let rows = rows_on(&pages(&report_of(body)));
        assert_eq!(rows.iter().filter(|rows| !rows.is_empty()).count(), 1, "after {before} lines");
    }
}

#[test]
fn a_row_of_several_lines_is_not_parted() {
    for before in 0..14 {
        let mut body = lines(before);
        let mut long = table(30, 3);
        for (index, row) in (0..).zip(&mut long.rows) {
            row.header = written(&"Andel vårdnadshavare som är nöjda ".repeat(6), NAME + index);
        }
        body.push(Block::Table(long));
        let pages = pages(&report_of(body));
        for row in 0..30 {
            let on = pages.iter().filter(|page| page.iter().any(|word| word.block == NAME + row));
            assert_eq!(on.count(), 1, "row {row} after {before} lines");
        }
    }
}

#[test]
fn a_row_taller_than_a_page_goes_on_over_pages() {
    let mut tall = table(3, 3);
    tall.rows[1].header = written(&"Ett mycket långt namn på en rad. ".repeat(400), NAME + 1);
    let pages = pages(&report_of(vec![Block::Table(tall)]));
    let words: usize =
        pages.iter().map(|page| page.iter().filter(|word| word.block == NAME + 1).count()).sum();
    assert!(words >= 400 * 7, "{words} words");
    assert_within_margins(&pages);
}

#[test]
fn a_row_stays_with_the_beginning_of_its_analysis() {
    for before in 0..28 {
        let mut body = lines(before);
        let mut analysed = table(9, 5);
        for (index, row) in (0..).zip(&mut analysed.rows) {
            let paragraphs = if index % 3 == 2 { 6 } else { 1 + index % 3 };
            let text = "Prognosen bygger på utfallet till och med april. ".repeat(8);
            row.note = (index != 4).then(|| RowNote {
                label: "Analys".into(),
                content: (0..paragraphs).map(|_| paragraph(&text, NOTE + index)).collect(),
            });
        }
        body.push(Block::Table(analysed));
        let pages = pages(&report_of(body));
        assert_within_margins(&pages);
        for row in (0..9).filter(|row| *row != 4) {
            assert_eq!(
                page_of(&pages, NAME + row),
                page_of(&pages, NOTE + row),
                "row {row} after {before} lines"
            );
        }
    }
}

#[test]
fn a_table_of_fourteen_columns_is_set_on_its_side_with_its_heading() {
    let wide = Block::Table(table(40, 14));
    let body =
        vec![paragraph("Före.", TEXT), heading("Utfall"), wide, paragraph("Efter.", TEXT + 1)];
    let pages = pages(&report_of(body));
    assert_within_margins(&pages);
    let turned: Vec<bool> = pages.iter().map(|page| is_turned(page)).collect();
    assert_eq!(turned.first(), Some(&false));
    assert_eq!(turned.last(), Some(&false));
    let first = turned.iter().position(|turned| *turned).expect("a page on its side");
    assert_eq!(page_of(&pages, HEADING), Some(first));
    assert_eq!(page_of(&pages, NAME), Some(first));
    for (rows, turned) in rows_on(&pages).iter().zip(&turned) {
        assert!(rows.is_empty() || *turned);
    }
    compile_pdf(&page_data(&report_of(vec![Block::Table(table(40, 14))])), &Options::default())
        .unwrap();
}

#[test]
fn wide_tables_that_follow_each_other_share_a_page() {
    let tables = [table(4, 14), table(4, 14)].map(Block::Table);
    let mut body = vec![paragraph("Före.", TEXT)];
    body.extend(tables);
    let pages = pages(&report_of(body));
    assert_eq!(pages.iter().filter(|page| is_turned(page)).count(), 1);
}

#[test]
fn the_writer_decides_whether_a_table_is_set_on_its_side() {
    let mut narrow = table(5, 3);
    narrow.landscape = Some(true);
    let pages_of = |table| pages(&report_of(vec![paragraph("Före.", TEXT), Block::Table(table)]));
    // Three columns do not reach far to the right, but they stand alone.
    let pages = pages_of(narrow);
    assert_ne!(page_of(&pages, NAME), page_of(&pages, TEXT));
    let mut upright = table(5, 14);
    upright.landscape = Some(false);
    let pages = pages_of(upright);
    assert!(pages.iter().all(|page| !is_turned(page)));
    assert_within_margins(&pages);
}

#[test]
fn a_part_on_turned_pages_keeps_texts_and_tables_together() {
    // Too wide for an upright page, not for one on its side.
    let content = vec![paragraph("I delen.", TEXT + 1), Block::Table(table(4, 11))];
    let body =
        vec![paragraph("Före.", TEXT), Block::Turned { content }, paragraph("Efter.", TEXT + 2)];
    let pages = pages(&report_of(body));
    assert_within_margins(&pages);
    assert_eq!(pages.iter().map(|page| is_turned(page)).collect::<Vec<_>>(), [false, true, false]);
    assert_eq!(page_of(&pages, TEXT + 1), page_of(&pages, NAME));
    // Running text keeps its measure, so no line is too long to read.
    let long = vec![paragraph(&"ord ".repeat(200), TEXT)];
    let pages = self::pages(&report_of(vec![Block::Turned { content: long }]));
    let right = |word: &Position| word.rectangle.x + word.rectangle.width;
    assert!(
        pages.iter().flatten().filter(|word| word.block == TEXT).all(|word| right(word) < A4.0)
    );
}

#[test]
fn what_fits_no_page_is_stacked_and_loses_nothing() {
    let report = report_of(vec![Block::Table(table(4, 40))]);
    let pages = pages(&report);
    assert_within_margins(&pages);
    let mut found: BTreeMap<u32, u32> = BTreeMap::new();
    for word in pages.iter().flatten().filter(|word| (CELL..NOTE).contains(&word.block)) {
        *found.entry(word.block).or_default() += 1;
    }
    assert_eq!(found.len(), 4 * 39);
    compile_pdf(&page_data(&report), &Options::default()).unwrap();
}

#[test]
fn nine_columns_with_long_units_stand_upright() {
    let heads = [
        "Indikator",
        "Periodens utfall",
        "Utfall män/pojkar",
        "Utfall kvinnor/flickor",
        "Utfall VB 2024",
        "Prognos helår",
        "Årsmål",
        "KF:s årsmål",
        "Period",
    ];
    let mut nine = table(2, 9);
    for (column, head) in nine.columns.iter_mut().zip(heads) {
        column.label = written(head, HEAD);
    }
    nine.rows[0].header = written("Antal barn per grupp", NAME);
    nine.rows[1].header = written("Klimatpåverkan från inköpta livsmedel", NAME + 1);
    for (row, text) in [(0, "14,9 barn/avd."), (1, "1,36 kg CO2 per kg livsmedel")] {
        for cell in &mut nine.rows[row].cells {
            // Not written by anybody: computed, and free to be divided.
            *cell = vec![Inline::text(text)];
        }
    }
    let pages = pages(&report_of(vec![Block::Table(nine)]));
    assert_eq!(pages.len(), 1);
    assert_within_margins(&pages);
    assert!(!is_turned(&pages[0]));
}

#[test]
fn groups_without_rows_and_tables_without_rows_are_no_trouble() {
    let mut odd = table(6, 3);
    for index in [0, 1, 3, 5] {
        odd.rows[index].kind = RowKind::Group;
        odd.rows[index].cells.clear();
    }
    odd.rows[4].kind = RowKind::Total;
    let mut sums = table(12, 3);
    for row in &mut sums.rows {
        row.kind = RowKind::Sum;
    }
    let only_names = table(3, 1);
    let body = [odd, sums, only_names, table(0, 4), table(1, 2)].map(Block::Table).into();
    let report = report_of(body);
    assert_within_margins(&pages(&report));
    compile_pdf(&page_data(&report), &Options::default()).unwrap();
}

#[test]
fn thirty_footnotes_of_a_table_have_marks_of_their_own() {
    let mut noted = table(30, 2);
    for (index, row) in noted.rows.iter_mut().enumerate() {
        row.cells[0].push(Inline::FootnoteRef { id: format!("n{index}") });
    }
    noted.footnotes = (0..30)
        .map(|index| Footnote {
            id: format!("n{index}"),
            content: written("En not.", TEXT + index),
        })
        .collect();
    let pages = pages(&report_of(vec![Block::Table(noted)]));
    assert!((0..30).all(|index| page_of(&pages, TEXT + index).is_some()));
    assert_within_margins(&pages);
}

/// Rows that keep together are heads to Typst, whose bookkeeping of heads has sharp edges.
/// Whatever follows whatever, at whatever height of the page, must be laid out.
#[test]
fn any_order_of_rows_is_laid_out_without_loss() {
    let mut state = 2_025_u64;
    let mut random = |below: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    for round in 0..60 {
        let count = u32::try_from(1 + random(30)).unwrap();
        let mut any = table(count, u32::try_from(2 + random(6)).unwrap());
        for (index, row) in (0..).zip(&mut any.rows) {
            row.kind = match random(8) {
                0 => RowKind::Group,
                1 => RowKind::Sum,
                2 => RowKind::Total,
                3 => RowKind::Varav,
                _ => RowKind::Plain,
            };
            if row.kind == RowKind::Group {
                row.cells.clear();
            } else if random(3) == 0 {
                let sentences = usize::try_from(1 + random(40)).unwrap();
                let text = "Prognosen bygger på utfallet till och med april. ".repeat(sentences);
                let note = vec![paragraph(&text, NOTE + index)];
                row.note = Some(RowNote { label: "Analys".into(), content: note });
            }
            if random(40) == 0 {
                row.header = written(&"Ett långt namn. ".repeat(150), NAME + index);
            }
        }
        let mut body = lines(u32::try_from(random(28)).unwrap());
        body.push(Block::Table(any));
        let pages = pages(&report_of(body));
        assert_within_margins(&pages);
        let mut rows: Vec<u32> = rows_on(&pages).concat();
        rows.dedup();
        assert_eq!(rows, (0..count).collect::<Vec<u32>>(), "round {round}");
    }
}

/// Nothing that a cell may hold runs into the margin or over its neighbour.
#[test]
fn what_cannot_be_divided_is_cut_at_the_edge_of_its_cell() {
    for columns in [2, 5, 9] {
        let mut odd = table(4, columns);
        odd.landscape = Some(false);
        let texts =
            ["1".repeat(90), "x".repeat(300), "https://example.org/".repeat(9), "å-".repeat(70)];
        for (row, text) in odd.rows.iter_mut().zip(&texts) {
            for cell in &mut row.cells {
                // Not written by anybody, and between two words that can be found.
                *cell = vec![Inline::text(text.as_str())];
            }
        }
        let report = report_of(vec![Block::Table(odd)]);
        let layout = layout(&page_data(&report), &Options::default()).unwrap();
        for page in 0..layout.page_count() {
            let area = layout.text_area(page).unwrap();
            assert!(area.x + area.width <= A4.0 - LEFT + 1.0, "{columns} columns: {area:?}");
        }
    }
}
