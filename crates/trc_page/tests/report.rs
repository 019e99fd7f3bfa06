//! From `.tr` text to page data: charts, tables, references and the summary.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

use trc_model::vocabulary::built_in_files;
use trc_model::{Database, DocumentKey, SourceFile, Workspace};
use trc_page::data::{
    Block, Colour, Dash, DataTable, Drawing, Figure, Heading, Inline, Picture, Report, Shape,
};

const ORGANISATION: &str =
    "organisation storstad \"Storstad\" {\n  nämnd nordstad \"Nordstads stadsdelsnämnd\"\n}\n";

/// The report whose section "Övrigt" is this text, and with these declarations.
fn report(text: &str, declarations: &str) -> Report {
    report_with("", text, declarations)
}

fn report_with(budget: &str, text: &str, declarations: &str) -> Report {
    let db = Database::default();
    let report = format!(
        "rapport T1 2025 för nordstad\n\navsnitt ekonomi_övrigt \"\"\"\n  {text}\n\"\"\"\n\n{declarations}\n"
    );
    let budget = format!("budget 2025 för storstad\n\n{budget}\n");
    let sources = [
        ("organisation.tr", ORGANISATION.to_owned()),
        ("budget.tr", budget),
        ("plan.tr", "verksamhetsplan 2025 för nordstad\n".to_owned()),
        ("rapport.tr", report),
    ];
    let mut files = built_in_files(&db);
    files.extend(
        sources.into_iter().map(|(path, text)| SourceFile::new(&db, path.into(), text, None)),
    );
    let workspace = Workspace::new(&db, files, None, None);
    let key = DocumentKey::parse_report("T1 2025 nordstad").unwrap();
    trc_page::build(&db, workspace, &key).unwrap().report
}

fn figures(report: &Report) -> Vec<&Figure> {
    report
        .body
        .iter()
        .filter_map(|block| match block {
            Block::Figure(figure) => Some(figure),
            _ => None,
        })
        .collect()
}

fn tables(report: &Report) -> Vec<&DataTable> {
    report
        .body
        .iter()
        .filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        })
        .collect()
}

fn drawing(figure: &Figure) -> &Drawing {
    match &figure.picture {
        Picture::Drawing(drawing) => drawing,
        Picture::Image { .. } => panic!("a diagram is a drawing"),
    }
}

/// The one diagram of a report with this table and these fields.
fn chart(table: &str, fields: &str) -> Figure {
    let declarations = format!(
        "tabell siffror_a {table}\n\ndiagram bild_a \"Hur det går\" {{\n  data: siffror_a\n{fields}\n}}\n"
    );
    let report = report("{bild_a}", &declarations);
    let figure = figures(&report).first().copied().cloned();
    figure.unwrap_or_else(|| panic!("no figure: {:?}", report.body))
}

fn labels(figure: &Figure) -> Vec<&str> {
    drawing(figure)
        .shapes
        .iter()
        .filter_map(|shape| match shape {
            Shape::Label { text, .. } => Some(text.as_str()),
            _ => None,
        })
        .collect()
}

/// The lines of series: those that are thick enough.
fn course_lines(figure: &Figure) -> Vec<(&Vec<trc_page::data::Point>, Dash)> {
    drawing(figure)
        .shapes
        .iter()
        .filter_map(|shape| match shape {
            Shape::Line { points, thickness: 150, dash, .. } => Some((points, *dash)),
            _ => None,
        })
        .collect()
}

fn bars(figure: &Figure) -> Vec<(i32, i32, u32, u32)> {
    drawing(figure)
        .shapes
        .iter()
        .filter_map(|shape| match shape {
            Shape::Rectangle { at, width, height, .. } => Some((at.x, at.y, *width, *height)),
            _ => None,
        })
        .collect()
}

const YEARS: &str = r#"i barn {
  |         | 2018 | 2019 | 2020 | 2021 | 2022 | 2023 | 2024 |
  | Norra   |   10 |   20 |   15 |      |   30 |   35 |   40 |
  | Södra   |   50 |   40 |   45 |   44 |   43 |   42 |   41 |
}"#;

const AREAS: &str = r#"i mnkr {
  |                                                         | Avvikelse |
  | Stöd och service till personer med funktionsnedsättning |      -9,9 |
  | Äldreomsorg                                             |      42,0 |
  | Individ- och familjeomsorg                              |      13,9 |
  | Arbetsmarknadsåtgärder och ekonomiskt bistånd           |       6,0 |
  | Barn, kultur och fritid                                 |       0,5 |
}"#;

#[test]
fn many_years_are_lines_with_a_gap_where_a_figure_is_missing() {
    let figure = chart(YEARS, "");
    let lines = course_lines(&figure);
    let lengths: Vec<usize> = lines.iter().map(|(points, _)| points.len()).collect();
    assert_eq!(lengths, [3, 3, 7], "the first series is broken at 2021");
    assert_ne!(lines[0].1, lines[2].1, "the series are told apart without colours");
    let labels = labels(&figure);
    for text in ["Norra", "Södra", "2018", "2024", "barn"] {
        assert!(labels.contains(&text), "{text}: {labels:?}");
    }
}

#[test]
fn long_names_make_lying_bars_and_what_is_below_zero_goes_the_other_way() {
    let figure = chart(AREAS, "");
    let bars = bars(&figure);
    assert_eq!(bars.len(), 5);
    assert!(bars.windows(2).all(|pair| pair[0].1 < pair[1].1), "one below the other: {bars:?}");
    // Those above zero begin where the one below ends.
    assert_eq!(bars[0].0 + i32::try_from(bars[0].2).unwrap(), bars[1].0);
    assert_eq!(bars[1].0, bars[2].0);
    assert!(labels(&figure).contains(&"−9,9"), "{:?}", labels(&figure));
}

#[test]
fn the_writer_chooses_form_series_rows_and_columns() {
    let grouped = chart(YEARS, "  slag: stapel\n  serier: kolumner\n  kolumner: 2023, 2024");
    let legend_and_bars = bars(&grouped).len();
    assert_eq!(legend_and_bars, 2 + 4, "a legend of two, and two areas in two years");
    let table = grouped.table.as_ref().unwrap();
    assert_eq!((table.columns.len(), table.rows.len()), (3, 2));
    let one = chart(YEARS, "  rader: södra");
    assert_eq!(course_lines(&one).len(), 1);
    let stacked = chart(YEARS, "  slag: staplad");
    let tops: Vec<i32> = bars(&stacked).iter().map(|bar| bar.0).collect();
    assert_eq!(tops.iter().filter(|x| **x == tops[2]).count(), 2, "on top of one another");
    assert!(labels(&stacked).contains(&"60"), "the sum of 2018 and of 2019");
}

#[test]
fn a_target_is_a_broken_line_with_its_figure() {
    let figure = chart(YEARS, "  målvärde: 38 barn");
    assert!(labels(&figure).contains(&"Mål 38"));
    assert!(figure.alternative_text.contains("Målet 38 är utmärkt"), "{}", figure.alternative_text);
    let broken = drawing(&figure)
        .shapes
        .iter()
        .any(|shape| matches!(shape, Shape::Line { colour: Colour::Text, dash: Dash::Dashed, .. }));
    assert!(broken);
}

#[test]
fn figures_and_source_are_printed_or_not_as_the_writer_says() {
    let with = chart(YEARS, "  källa: Befolkningsregistret");
    assert_eq!(with.source.as_deref(), Some("Källa: Befolkningsregistret"));
    assert_eq!(with.label.as_deref(), Some("Figur 1"));
    assert!(with.table.is_some());
    assert!(chart(YEARS, "  siffror: nej").table.is_none());
}

#[test]
fn the_alternative_text_of_a_long_series_tells_its_course() {
    let rows: String = (2001..=2025)
        .map(|year| format!("  | {year} | {} |\n", if year == 2010 { 900 } else { year - 1_900 }))
        .collect();
    let figure = chart(&format!("i hushåll {{\n  | | Hushåll |\n{rows}}}"), "");
    assert_eq!(
        figure.alternative_text,
        "Linjediagram: Hur det går. Värdena är i hushåll. Hushåll ökar från 101 (2001) till \
         125 (2025), högst 900 (2010) och lägst 101 (2001)."
    );
}

#[test]
fn the_alternative_text_of_bars_ranks_them() {
    let figure = chart(AREAS, "");
    assert!(
        figure.alternative_text.starts_with(
            "Diagram med liggande staplar: Hur det går. Värdena är i mnkr. Avvikelse: Stöd och"
        ),
        "{}",
        figure.alternative_text
    );
    let rows: String = (1..=9).map(|n| format!("  | Enhet {n} | {n} |\n")).collect();
    let figure = chart(&format!("{{\n  | | Platser |\n{rows}}}"), "");
    assert!(
        figure.alternative_text.contains("Platser, 9 staplar: högst Enhet 9 9, Enhet 8 8"),
        "{}",
        figure.alternative_text
    );
}

#[test]
fn sixty_months_leave_out_names_that_would_overlap() {
    let months = [
        "januari",
        "februari",
        "mars",
        "april",
        "maj",
        "juni",
        "juli",
        "augusti",
        "september",
        "oktober",
        "november",
        "december",
    ];
    let rows: String = (2021..2026)
        .flat_map(|year| months.map(|month| format!("  | {month} {year} | {year} |\n")))
        .collect();
    let figure = chart(&format!("{{\n  | | Hushåll |\n{rows}}}"), "");
    let named = labels(&figure).iter().filter(|text| text.starts_with("december")).count();
    assert!((1..=5).contains(&named), "{:?}", labels(&figure));
    assert!(labels(&figure).len() < 40);
}

#[test]
fn a_diagram_without_figures_prints_nothing() {
    for declaration in [
        "diagram d \"Titel\" { siffror: nej }",
        "diagram d \"Titel\" { data: finns_inte }",
        "diagram d \"Titel\" { data: tom }\n\ntabell tom {\n  | | A | B |\n}",
        "diagram d \"Titel\" { data: tom }\n\ntabell tom {\n  | | A | B |\n  | x | | |\n}",
        "diagram d \"Titel\" {\n  data: hel\n  rader: finns_inte\n}\n\ntabell hel {\n  | | A |\n  | x | 1 |\n}",
    ] {
        let report = report("{d}", declaration);
        assert_eq!(figures(&report), Vec::<&Figure>::new(), "{declaration}");
    }
}

#[test]
fn no_shape_of_any_chart_leaves_its_drawing() {
    let one = "{\n  | | A |\n  | x | 0 |\n}";
    let huge = "{\n  | | A | B |\n  | x | 99 999 999 999 | -5 |\n  | y | 0,000001 | |\n}";
    let many: String = (0..300).map(|n| format!("  | Enhet nummer {n} | {n} |\n")).collect();
    let many = format!("{{\n  | | A |\n{many}}}");
    for table in [one, huge, YEARS, AREAS, &many] {
        for form in ["", "  slag: linje", "  slag: stapel", "  slag: staplad", "  slag: liggande"] {
            let figure = chart(table, form);
            let Drawing { width, height, shapes } = drawing(&figure);
            let inside = |x: i32, y: i32| {
                let (width, height) = (*width, *height);
                (0..=i32::try_from(width).unwrap()).contains(&x)
                    && (0..=i32::try_from(height).unwrap()).contains(&y)
            };
            assert!(*height < 70_000, "taller than a page");
            for shape in shapes {
                let is_inside = match shape {
                    Shape::Line { points, .. } | Shape::Area { points, .. } => {
                        points.iter().all(|point| inside(point.x, point.y))
                    }
                    Shape::Rectangle { at, width, height, .. } => {
                        inside(at.x, at.y)
                            && inside(
                                at.x + i32::try_from(*width).unwrap(),
                                at.y + i32::try_from(*height).unwrap(),
                            )
                    }
                    Shape::Disc { at, .. } | Shape::Label { at, .. } => inside(at.x, at.y),
                };
                assert!(is_inside, "{form}: {shape:?} in {width} × {height}");
            }
        }
    }
}

#[test]
fn a_reference_leads_to_a_table_a_figure_or_a_heading() {
    let report = report(
        "Se @t, @d och @ekonomi_övrigt.nästa.\n\n  {t}\n\n  {e}\n\n  {d}\n\n  # Nästa steg\n\n  Text.",
        "tabell t \"Platser\" {\n  | | A |\n  | x | 1 |\n  | y | 2 |\n}\n\ndiagram d \"Andra\" { data: t }\n\ndiagram e \"Första\" { data: t }",
    );
    let Some(Block::Paragraph { content }) =
        report.body.iter().find(|block| matches!(block, Block::Paragraph { .. }))
    else {
        panic!("no paragraph")
    };
    let references: Vec<(String, String)> = content
        .iter()
        .filter_map(|inline| match inline {
            Inline::Reference { anchor, content } => match &content[0] {
                Inline::Text(text) => Some((anchor.clone(), text.text.clone())),
                _ => None,
            },
            _ => None,
        })
        .collect();
    let expected = [
        ("tabell-t", "Platser"),
        ("diagram-d", "figur 2"),
        ("avsnitt-ekonomi_övrigt.Nästa steg", "Nästa steg"),
    ];
    assert_eq!(references, expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
    assert_eq!(tables(&report)[0].anchor.as_deref(), Some("tabell-t"));
    assert!(report.body.iter().any(|block| matches!(
        block,
        Block::Heading(Heading { anchor: Some(anchor), .. }) if anchor == expected[2].0
    )));
}

#[test]
fn a_table_without_a_title_has_its_unit_in_the_corner() {
    let report =
        report("{mina_tal}", "tabell mina_tal i mnkr {\n  | | A |\n  | x | 1 |\n  | y | 2 |\n}");
    let table = tables(&report)[0];
    assert!(table.title.is_empty());
    assert_eq!(table.columns[0].label, [Inline::text("mnkr")]);
    assert_eq!(table.description, "Mina tal, i mnkr");
    assert_eq!(chart(YEARS, "").table.unwrap().columns[0].label, [Inline::text("barn")]);
}

#[test]
fn headings_that_are_written_alike_are_printed_alike() {
    let report = report("## Ett\n\n  Text.\n\n  ## Två\n\n  ### Under\n\n  # Tre", "");
    let levels: Vec<(u8, Inline)> = report
        .body
        .iter()
        .filter_map(|block| match block {
            Block::Heading(heading) => Some((heading.level, heading.text[0].clone())),
            _ => None,
        })
        .collect();
    let of = |title: &str| {
        let found = levels
            .iter()
            .find(|(_, text)| matches!(text, Inline::Text(text) if text.text == title));
        found.unwrap().0
    };
    let section = of("Övrigt");
    assert_eq!(
        [of("Ett"), of("Två"), of("Under"), of("Tre")],
        [section + 1, section + 1, section + 2, section + 1]
    );
}

#[test]
fn a_target_may_be_a_formula() {
    let figure = chart(YEARS, "  målvärde: {siffror_a.norra.2024 - 2}");
    assert!(labels(&figure).contains(&"Mål 38"), "{:?}", labels(&figure));
}

#[test]
fn a_table_says_whether_it_is_set_on_its_side_and_where_it_comes_from() {
    let report = report(
        "{t}",
        "tabell t \"Platser\" {\n  liggande: ja\n  källa: Registret\n\n  | | A |\n  | x | 1[^n] |\n  | y | 2[^saknas] |\n\n  [^n]: En not.\n}",
    );
    let table = tables(&report)[0];
    assert_eq!(table.landscape, Some(true));
    assert_eq!(table.source.as_deref(), Some("Källa: Registret"));
    assert_eq!(table.footnotes.len(), 1);
    let marks = |row: usize| {
        table.rows[row].cells[0].iter().filter(|i| matches!(i, Inline::FootnoteRef { .. })).count()
    };
    assert_eq!((marks(0), marks(1)), (1, 0), "a mark without a note is not printed");
}

#[test]
fn the_summary_is_collected_from_the_goals() {
    let report = report_with(
        "mål 1 \"Ett\"\n\nmål 1.1 \"Första\"\n\nmål 1.2 \"Andra\"\n\nmål 2 \"Två\"\n\nmål 2.1 \"Tredje\"",
        "Text.",
        "avsnitt sammanfattning: Inledning.\n\nmål 1.1 { sammanfattning: Om det första. }\n\nmål 1.2 { sammanfattning: Om det andra. }\n\nmål 2.1 { sammanfattning: Om det tredje. }",
    );
    let start = report.body.iter().position(|block| is_heading(block, "Sammanfattande analys"));
    let section: Vec<String> =
        report.body[start.unwrap() + 1..].iter().map_while(text_of).collect();
    assert_eq!(
        section[..6],
        ["Inledning.", "# 1 Ett", "Om det första.", "Om det andra.", "# 2 Två", "Om det tredje."]
    );
}

fn is_heading(block: &Block, title: &str) -> bool {
    matches!(block, Block::Heading(heading) if heading.text == [Inline::text(title)])
}

fn text_of(block: &Block) -> Option<String> {
    let plain = |inlines: &[Inline]| -> String {
        inlines
            .iter()
            .map(|inline| match inline {
                Inline::Text(text) => text.text.as_str(),
                _ => "",
            })
            .collect()
    };
    match block {
        Block::Heading(heading) => Some(format!("# {}", plain(&heading.text))),
        Block::Paragraph { content } => Some(plain(content)),
        _ => None,
    }
}

#[test]
fn a_short_top_section_goes_on_where_the_one_before_ends() {
    let report = report(
        &"En lång text. ".repeat(200),
        "avsnitt systematiskt_kvalitetsarbete: Kort.\n\navsnitt sammanfattning: Kort.",
    );
    let breaks = report.body.iter().filter(|block| matches!(block, Block::Break)).count();
    assert_eq!(breaks, 2, "one before the first section, one before the long one");
}
