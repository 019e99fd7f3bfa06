//! How a table is set so that it fits its page: the size of its type, the widths of its
//! columns, upright or on its side, and at last resort each row as a block of its own.
//!
//! All of it follows from the widths of the words, so that the same table is set the same
//! way wherever it stands, and Typst has nothing to measure.

use trc_page::compounds::joints;
use trc_page::data::{
    Align, Block, Column, ColumnKind, DataTable, Inline, Report, Row, RowKind, RowNote,
};

use crate::content::Room;
use crate::measure::width;

/// How a table is set. Lengths are points.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// The size of the type in the body; the head is set half a point smaller.
    pub size: f64,
    /// The room at either side of a cell's text.
    pub inset: f64,
    /// On a page of its own that is turned on its side.
    pub landscape: bool,
    /// The width of each column, with its insets.
    pub columns: Vec<f64>,
}

impl Fit {
    /// A table of few columns with words too long for any line: they are cut off nowhere,
    /// but run into the margin.
    pub fn squeezed(table: &DataTable) -> Self {
        let (size, inset) = (8.0, 2.5);
        let count = table.columns.len().max(1);
        #[expect(clippy::cast_precision_loss, reason = "a table has few columns")]
        let width = PORTRAIT / count as f64;
        Self { size, inset, landscape: false, columns: vec![width; table.columns.len()] }
    }

    /// The room for a line in a cell of type of this size.
    pub fn room(&self, column: usize, size: f64, bold: bool, figures: bool) -> Room {
        let width = self.columns.get(column).copied().unwrap_or_default();
        Room { width: (width - 2.0 * self.inset) / size, bold, figures }
    }
}

/// Whether pages of their own may be turned on their side where the table stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Surroundings {
    /// The body of the report.
    Body,
    /// A part of the body whose pages are all turned on their side.
    Turned,
    /// Inside something that cannot leave its page: a list, a note under a row.
    Inside,
}

/// The head is smaller than the body by this.
pub const HEAD_STEP: f64 = 0.5;

/// Paper and margins, as in the template's `style.typ`.
const PORTRAIT: f64 = (210.0 - 42.0) * 72.0 / 25.4;
const LANDSCAPE: f64 = (297.0 - 42.0) * 72.0 / 25.4;

/// Size of type and inset, the most comfortable first. No figure is smaller than 8 points.
const SETTINGS: [(f64, f64); 3] = [(9.0, 5.0), (8.5, 3.0), (8.0, 2.5)];

/// How many lines the longest name of a row, other words, a figure and a head should take
/// at most, the most comfortable first. Smaller type comes before more lines, and more lines
/// before a page on its side.
const LINES: [Lines; 3] = [
    Lines { name: 2.0, text: 3.0, figure: 2.0, head: 2.5 },
    Lines { name: 3.5, text: 4.0, figure: 2.0, head: 3.5 },
    Lines { name: 6.0, text: 6.0, figure: 3.0, head: 5.0 },
];

#[derive(Clone, Copy)]
struct Lines {
    name: f64,
    text: f64,
    figure: f64,
    head: f64,
}

/// Words of so many letters may be divided by syllables where they are no compounds.
pub const DIVISIBLE: usize = 12;
/// Up to so many characters, a word with a slash in it is kept on one line among figures.
pub const KEPT_TOGETHER: usize = 14;

/// The width, in em, up to which something without a place to divide it stays whole.
const LONGEST_TOKEN: f64 = 16.0;

/// Kerning and rounding.
const ALLOWANCE: f64 = 0.6;

/// What a column asks for, in em of the body's size and of the head's.
#[derive(Clone, Copy, Default)]
struct Demand {
    /// The widest piece that cannot be divided.
    piece: f64,
    /// The same in the head.
    head_piece: f64,
    /// The width at which no cell takes more lines than each of [`LINES`] has.
    comfort: [f64; LINES.len()],
    /// The width at which every cell is one line.
    line: f64,
    head_line: f64,
    /// The widest word of the head, undivided.
    head_word: f64,
    /// The width at which the head takes no more lines than each of [`LINES`] has.
    head_comfort: [f64; LINES.len()],
    is_figures: bool,
}

impl Demand {
    fn needed(&self, size: f64, inset: f64) -> f64 {
        (self.piece * size).max(self.head_piece * (size - HEAD_STEP)) + 2.0 * inset + ALLOWANCE
    }

    fn comfortable(&self, degree: usize, size: f64, inset: f64) -> f64 {
        let of = |widths: &[f64]| widths.get(degree).copied().unwrap_or_default();
        let comfort = (of(&self.comfort) * size).max(of(&self.head_comfort) * (size - HEAD_STEP));
        (comfort + 2.0 * inset + ALLOWANCE).max(self.needed(size, inset))
    }

    fn natural(&self, size: f64, inset: f64) -> f64 {
        // A head may always take two lines.
        let head = self.head_word.max(self.head_line * 0.6) * (size - HEAD_STEP);
        (self.line * size).max(head) + 2.0 * inset + ALLOWANCE
    }
}

/// How the table is set; `None` when it does not fit in any way and has to be stacked.
pub fn fit(table: &DataTable, surroundings: Surroundings) -> Option<Fit> {
    let demands: Vec<Demand> =
        table.columns.iter().enumerate().map(|(index, _)| demand(table, index)).collect();
    // Running text under rows is not read on its side.
    let has_notes = table.rows.iter().any(|row| row.note.is_some());
    let may_turn = surroundings == Surroundings::Body && table.landscape != Some(false);
    let turns_by_itself = may_turn && !has_notes;
    let must_turn = may_turn && table.landscape == Some(true);
    let pages: &[bool] = match (must_turn || surroundings == Surroundings::Turned, turns_by_itself)
    {
        (true, _) => &[true],
        (false, true) => &[false, true],
        (false, false) => &[false],
    };
    let asked = |turned: bool, ask: &dyn Fn(&Demand, f64, f64) -> f64| {
        SETTINGS.into_iter().find(|(size, inset)| {
            let sum: f64 = demands.iter().map(|demand| ask(demand, *size, *inset)).sum();
            sum <= room(turned)
        })
    };
    let found = pages
        .iter()
        .flat_map(|turned| (0..LINES.len()).map(move |degree| (*turned, Some(degree))))
        .chain(pages.iter().map(|turned| (*turned, None)))
        .find_map(|(turned, degree)| {
            let setting = asked(turned, &|demand, size, inset| match degree {
                Some(degree) => demand.comfortable(degree, size, inset),
                None => demand.needed(size, inset),
            })?;
            Some((turned, degree, setting))
        });
    let (landscape, degree, (size, inset)) = found?;
    let columns = widths(&demands, degree, size, inset, room(landscape));
    Some(Fit { size, inset, landscape, columns })
}

fn room(landscape: bool) -> f64 {
    if landscape { LANDSCAPE } else { PORTRAIT }
}

/// The widths of the columns, which together fill the room, or less where a table of a
/// few figures would be torn apart by it.
fn widths(demands: &[Demand], degree: Option<usize>, size: f64, inset: f64, room: f64) -> Vec<f64> {
    let natural: Vec<f64> = demands.iter().map(|demand| demand.natural(size, inset)).collect();
    let figures = |widths: &[f64]| {
        demands
            .iter()
            .zip(widths)
            .filter(|(demand, _)| demand.is_figures)
            .map(|(_, width)| *width)
            .fold(0.0, f64::max)
    };
    // Columns of figures are equally wide where there is room for it.
    let even = |widths: &[f64]| -> Vec<f64> {
        let widest = figures(widths);
        let pairs = demands.iter().zip(widths);
        pairs.map(|(demand, width)| if demand.is_figures { widest } else { *width }).collect()
    };
    for wish in [even(&natural), natural.clone()] {
        let wished: f64 = wish.iter().sum();
        if wished <= room {
            let total = (wished + 30.0 * count(demands)).clamp(room * 0.6, room);
            let more = (total - wished).max(0.0) / count(demands);
            return wish.iter().map(|width| width + more).collect();
        }
    }
    let base: Vec<f64> = demands
        .iter()
        .map(|demand| match degree {
            Some(degree) => demand.comfortable(degree, size, inset),
            None => demand.needed(size, inset),
        })
        .collect();
    // What is left goes where lines are saved, first to the names of the rows.
    let fill = |base: &[f64]| -> Vec<f64> {
        let mut out = base.to_vec();
        let mut left = room - base.iter().sum::<f64>();
        if let (Some(names), Some(natural)) = (out.first_mut(), natural.first()) {
            let more = (natural - *names).max(0.0);
            if more <= left * 0.7 {
                *names += more;
                left -= more;
            }
        }
        let lacks: Vec<f64> =
            out.iter().zip(&natural).map(|(width, natural)| (natural - width).max(0.0)).collect();
        let lacking: f64 = lacks.iter().sum();
        if left > 0.0 && lacking > 0.0 {
            for (width, lack) in out.iter_mut().zip(&lacks) {
                *width += left * lack / lacking;
            }
        }
        out
    };
    let plain = fill(&base);
    let evened = even(&base);
    if evened.iter().sum::<f64>() > room {
        return plain;
    }
    let evened = fill(&evened);
    // Equal columns must not be paid for by the names of the rows.
    let names = |widths: &[f64]| widths.first().copied().unwrap_or_default();
    let enough = (names(&plain) * 0.95).min(names(&natural) - 0.01);
    if names(&evened) >= enough { evened } else { plain }
}

#[expect(clippy::cast_precision_loss, reason = "a table has few columns")]
fn count(demands: &[Demand]) -> f64 {
    demands.len().max(1) as f64
}

fn demand(table: &DataTable, index: usize) -> Demand {
    let Some(column) = table.columns.get(index) else { return Demand::default() };
    let is_figures = index > 0 && column.kind == ColumnKind::Number;
    let mut out = Demand { is_figures, ..Demand::default() };
    let head = words(&column.label);
    out.head_piece = widest_piece(&head, true, false);
    out.head_line = width(&head, true);
    out.head_comfort = LINES.map(|degree| (out.head_line / degree.head * 1.25).min(out.head_line));
    out.head_word = head.split(' ').map(|word| width(word, true)).fold(0.0, f64::max);
    let lines = |degree: &Lines| match (index, is_figures) {
        (0, _) => degree.name,
        (_, true) => degree.figure,
        (_, false) => degree.text,
    };
    for row in &table.rows {
        let bold = matches!(row.kind, RowKind::Sum | RowKind::Total);
        let cell = match index.checked_sub(1) {
            // The name of a group stands across the table.
            None if row.kind == RowKind::Group => continue,
            None => Some(&row.header),
            Some(index) => row.cells.get(index),
        };
        let Some(cell) = cell.filter(|cell| !cell.is_empty()) else { continue };
        let text = words(cell);
        let line = width(&text, bold) + decoration(cell);
        // A long unit may stand in lines of its own below its figure.
        let takes_unit = is_figures && text.contains(|c: char| c.is_ascii_digit());
        let whole = matches!(column.kind, ColumnKind::Date);
        let piece =
            if whole { line } else { widest_piece(&text, bold, is_figures) + decoration(cell) };
        // A part of the row above stands a little to the right.
        let indent = if index == 0 && row.kind == RowKind::Varav { 1.2 } else { 0.0 };
        out.piece = out.piece.max(piece + indent);
        out.line = out.line.max(line + indent);
        for (comfort, degree) in out.comfort.iter_mut().zip(&LINES) {
            // Lines are filled to four fifths on average. Running text in a cell may take as
            // many lines as it needs at a width that reads well.
            let lines = lines(degree) + if takes_unit { 1.0 } else { 0.0 };
            let asked = (line / lines * 1.25).min(line).min(if is_figures { 12.0 } else { 22.0 });
            *comfort = comfort.max(asked + indent);
        }
    }
    out
}

/// The room of what is drawn or raised beside the words.
fn decoration(cell: &[Inline]) -> f64 {
    let of = |piece: &Inline| match piece {
        Inline::Status(_) => 1.4,
        Inline::FootnoteRef { .. } => 0.5,
        _ => 0.0,
    };
    cell.iter().map(of).sum()
}

/// The widest piece that stays on one line, in em.
fn widest_piece(text: &str, bold: bool, figures: bool) -> f64 {
    let pieces = text.split(' ').flat_map(|word| {
        let kept = figures && word.chars().count() <= KEPT_TOGETHER;
        let parts: Vec<&str> = if kept {
            vec![word]
        } else {
            word.split_inclusive(['-', '/', '–', '\u{ad}']).collect()
        };
        parts.into_iter().map(move |part| piece_width(part, bold))
    });
    pieces.fold(0.0, f64::max)
}

fn piece_width(word: &str, bold: bool) -> f64 {
    let whole = width(word, bold);
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let hyphen = width("-", bold);
    let joints = joints(word);
    if joints.is_empty() {
        // Syllables are short; what remains is at most this. What is no word, such as an
        // address, is cut anywhere rather than making its column as wide as itself.
        let whole = whole.min(LONGEST_TOKEN);
        return if letters >= DIVISIBLE { whole * 0.6 + hyphen } else { whole };
    }
    let mut start = 0;
    let mut widest = 0.0_f64;
    for end in joints.into_iter().chain([word.len()]) {
        let part = word.get(start..end).unwrap_or_default();
        let mark = if end == word.len() { 0.0 } else { hyphen };
        widest = widest.max(width(part, bold) + mark);
        start = end;
    }
    widest
}

/// The words of a cell as one text.
fn words(pieces: &[Inline]) -> String {
    fn collect(pieces: &[Inline], out: &mut String) {
        for piece in pieces {
            match piece {
                Inline::Text(text) => out.push_str(&text.text),
                Inline::Strong { content }
                | Inline::Emphasis { content }
                | Inline::Link { content, .. }
                | Inline::Reference { content, .. }
                | Inline::Missing { content } => collect(content, out),
                Inline::Status(status) => out.push_str(&status.word),
                Inline::LineBreak => out.push(' '),
                Inline::FootnoteRef { .. } => {}
            }
        }
    }
    let mut out = String::new();
    collect(pieces, &mut out);
    out
}

/// The columns below which every table fits.
const FEW: usize = 7;

/// Sets each row of a table that does not fit any page as a block of its own: its name,
/// and under it a row for each column.
pub fn stack_tables_that_fit_no_page(report: &mut Report) {
    visit(&mut report.body, Surroundings::Body);
    for part in &mut report.parts {
        stack_tables_that_fit_no_page(&mut part.report);
    }
}

fn visit(blocks: &mut [Block], surroundings: Surroundings) {
    for block in blocks {
        match block {
            Block::Table(table) => stack_if_needed(table, surroundings),
            Block::Figure(figure) => {
                if let Some(table) = &mut figure.table {
                    stack_if_needed(table, Surroundings::Inside);
                }
            }
            Block::List(list) => {
                for item in &mut list.items {
                    visit(item, Surroundings::Inside);
                }
            }
            Block::LabelledText(text) => visit(&mut text.content, surroundings),
            Block::Turned { content } => visit(content, Surroundings::Turned),
            Block::Notice(notice) => visit(&mut notice.content, Surroundings::Inside),
            Block::Heading(_) | Block::GoalHeading(_) | Block::Paragraph { .. } | Block::Break => {}
        }
    }
}

fn stack_if_needed(table: &mut DataTable, surroundings: Surroundings) {
    for row in &mut table.rows {
        if let Some(note) = &mut row.note {
            visit(&mut note.content, Surroundings::Inside);
        }
    }
    if table.columns.len() > FEW && fit(table, surroundings).is_none() {
        stack(table);
    }
}

fn stack(table: &mut DataTable) {
    let (names, columns) = match table.columns.split_first() {
        Some((names, columns)) => (names.clone(), columns.to_vec()),
        None => return,
    };
    let column =
        |label: Vec<Inline>, align| Column { label, kind: ColumnKind::Text, align, width: 1 };
    let mut rows = Vec::new();
    for row in std::mem::take(&mut table.rows) {
        rows.push(Row { kind: RowKind::Group, header: row.header, cells: Vec::new(), note: None });
        let last = row.cells.len().saturating_sub(1);
        let mut note: Option<RowNote> = row.note;
        for (index, (column, cell)) in columns.iter().zip(row.cells).enumerate() {
            rows.push(Row {
                kind: RowKind::Plain,
                header: column.label.clone(),
                cells: vec![cell],
                note: if index == last { note.take() } else { None },
            });
        }
    }
    table.rows = rows;
    table.columns = vec![column(names.label, Align::Start), column(Vec::new(), Align::End)];
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(heads: &[&str], rows: &[&[&str]]) -> DataTable {
        let text = |text: &str| vec![Inline::text(text)];
        DataTable {
            title: Vec::new(),
            unit: None,
            description: "En tabell".into(),
            anchor: None,
            landscape: None,
            columns: heads
                .iter()
                .enumerate()
                .map(|(index, head)| Column {
                    label: text(head),
                    kind: if index == 0 { ColumnKind::Text } else { ColumnKind::Number },
                    align: if index == 0 { Align::Start } else { Align::End },
                    width: 1,
                })
                .collect(),
            rows: rows
                .iter()
                .map(|cells| Row {
                    kind: RowKind::Plain,
                    header: text(cells[0]),
                    cells: cells[1..].iter().map(|cell| text(cell)).collect(),
                    note: None,
                })
                .collect(),
            footnotes: Vec::new(),
            source: None,
        }
    }

    fn of_columns(count: usize, cell: &str) -> DataTable {
        let heads = vec!["Budget"; count];
        let row = vec![cell; count];
        table(&heads, &[&row])
    }

    #[test]
    fn a_table_shrinks_then_turns_then_is_stacked() {
        let set = |count| fit(&of_columns(count, "1\u{a0}234\u{a0}567,8"), Surroundings::Body);
        assert_eq!(set(4).map(|fit| (fit.size, fit.landscape)), Some((9.0, false)));
        let nine = set(9).unwrap();
        assert!(nine.size < 9.0 && !nine.landscape, "{nine:?}");
        assert!(set(11).unwrap().landscape);
        assert_eq!(set(30), None);
        for count in 1..30 {
            let Some(fit) = set(count) else { continue };
            assert!(fit.size >= 8.0);
            assert!(fit.columns.iter().sum::<f64>() <= room(fit.landscape) + 0.01);
        }
    }

    #[test]
    fn what_cannot_leave_its_page_is_not_turned() {
        let wide = of_columns(11, "1\u{a0}234\u{a0}567,8");
        assert_eq!(fit(&wide, Surroundings::Inside), None);
        let mut upright = of_columns(9, "12");
        upright.landscape = Some(true);
        assert!(fit(&upright, Surroundings::Body).unwrap().landscape);
        assert!(!fit(&upright, Surroundings::Inside).unwrap().landscape);
    }

    #[test]
    fn columns_of_figures_are_equally_wide() {
        let table = table(
            &["", "Budget 2025", "Begärda budgetjusteringar", "Avvikelse"],
            &[&["Parkinvesteringar", "12,5", "0,0", "12,5"]],
        );
        let fit = fit(&table, Surroundings::Body).unwrap();
        assert!((fit.columns[1] - fit.columns[2]).abs() < 0.01);
        assert!((fit.columns[1] - fit.columns[3]).abs() < 0.01);
    }

    #[test]
    fn running_text_in_cells_does_not_turn_the_page() {
        let text = "En bedömning av läget i stadsdelsområdet. ".repeat(30);
        let table = table(&["Område", "Bedömning", "Åtgärd"], &[&["Förskola", &text, &text]]);
        let fit = fit(&table, Surroundings::Body).unwrap();
        assert!(!fit.landscape && fit.size > 8.9, "{fit:?}");
    }

    #[test]
    fn a_long_unit_takes_lines_and_a_short_one_with_a_slash_stays_whole() {
        let cells = ["Antal barn", "14,9 barn/avd.", "1,36 kg CO2 per kg livsmedel", "3", "4"];
        let table = table(&["Indikator", "Utfall", "Prognos helår", "Årsmål", "Mål"], &[&cells]);
        let fit = fit(&table, Surroundings::Body).unwrap();
        let room = |column: usize| fit.room(column, fit.size, false, true).width;
        assert!(room(1) >= width("barn/avd.", false), "{fit:?}");
        assert!(room(2) >= width("livsmedel", false), "{fit:?}");
    }

    #[test]
    fn a_stacked_table_keeps_every_figure_beside_its_label() {
        let mut wide = of_columns(30, "1\u{a0}234\u{a0}567,8");
        stack_if_needed(&mut wide, Surroundings::Body);
        assert_eq!(wide.columns.len(), 2);
        assert_eq!(wide.rows.len(), 30);
        assert_eq!(wide.rows[0].kind, RowKind::Group);
        assert_eq!(wide.rows[1].header, [Inline::text("Budget")]);
        assert_eq!(wide.rows[1].cells, [[Inline::text("1\u{a0}234\u{a0}567,8")]]);
    }
}
