//! Page data as the one value the template reads.
//!
//! The value comes from a single native function that reads the bytes of the page
//! data through the world. Typst sees that read, so a changed report is laid out
//! anew where it changed and only there. (Handed over through `sys.inputs`, which is
//! part of the library, every change would throw the whole cache away.)

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use comemo::Tracked;
use trc_page::data::{
    Appendix, Block, ColumnKind, DataTable, Decisions, Drawing, Figure, FrontPage, GoalHeading,
    Heading, Inline, LabelledText, Language, List, Notice, Part, Picture, Point, Report, Row,
    RowKind, RowNote, Sender, Shape,
};
use typst::World;
use typst::diag::{At, SourceResult};
use typst::engine::Engine;
use typst::foundations::{
    Args, Array, CastInfo, Content, Context, Dict, Func, IntoValue, NativeFuncData, NativeFuncPtr,
    Scope, Str, Value, dict,
};
use typst::layout::Abs;
use typst::syntax::Span;
use typst::text::TextElem;

use crate::content::{Converter, page_data_error, status_value, word_of};
use crate::fit::{Fit, HEAD_STEP, Surroundings, fit};
use crate::world::{file_ids, picture_id};

/// A note up to this many characters stays on the page of its row.
const SHORT_NOTE: usize = 900;
/// A row whose longest cell has more characters than this may be parted over pages.
const TALL_ROW: usize = 1_600;
/// A table of no more rows than this, without analyses, stands on one page.
const FEW_ROWS: usize = 8;

/// `page-data(status, missing)`: the report, with `status` called to draw each status
/// and `missing` to mark each missing text.
pub fn page_data_function() -> &'static NativeFuncData {
    static FUNCTION: NativeFuncData = NativeFuncData {
        function: NativeFuncPtr(&page_data),
        name: "page-data",
        title: "Page data",
        docs: "The report that is printed.",
        def_site: None,
        keywords: &[],
        contextual: false,
        scope: LazyLock::new(&Scope::new),
        params: LazyLock::new(&Vec::new),
        returns: LazyLock::new(&|| CastInfo::Any),
    };
    &FUNCTION
}

fn page_data(
    engine: &mut Engine,
    context: Tracked<Context>,
    args: &mut Args,
) -> SourceResult<Value> {
    let status: Func = args.expect("status")?;
    let missing: Func = args.expect("missing")?;
    let ids = file_ids();
    let bytes = engine.world.file(ids.page_data).at(Span::detached())?;
    let positions = engine.world.file(ids.positions).at(Span::detached())?;
    let report = crate::layout::read(&bytes).map_err(page_data_error)?;
    let mut converter = Converter {
        engine,
        context,
        positions: positions.first() == Some(&1),
        hyphenate: true,
        room: None,
        surroundings: Surroundings::Body,
        status,
        missing,
        scope: String::new(),
        printed: BTreeSet::new(),
        anchored: BTreeSet::new(),
        footnotes: BTreeMap::new(),
        mentioned: BTreeSet::new(),
        table_marks: BTreeMap::new(),
    };
    Ok(converter.report(&report)?.into_value())
}

impl<'a> Converter<'a, '_> {
    fn report(&mut self, report: &'a Report) -> SourceResult<Dict> {
        self.printed = printed_anchors(report);
        self.anchored.clear();
        self.footnotes = report.footnotes.iter().map(|note| (note.id.as_str(), note)).collect();
        self.mentioned.clear();
        let mut value = self.one_report(report)?;
        let mut parts = Array::new();
        for (index, Part { anchor, report: part }) in report.parts.iter().enumerate() {
            // Its label is one of the whole report's, which lead to it.
            let label = self.anchor(Some(anchor));
            let outer = std::mem::replace(&mut self.scope, format!("{index}:"));
            let mut part = self.report(part)?;
            self.scope = outer;
            part.insert("anchor".into(), label);
            parts.push(part.into_value());
        }
        value.insert("parts".into(), parts.into_value());
        value.insert("own-pages".into(), report.own_pages.into_value());
        Ok(value)
    }

    fn one_report(&mut self, report: &'a Report) -> SourceResult<Dict> {
        let metadata = &report.metadata;
        let front_page = match &report.front_page {
            Some(front_page) => self.front_page(front_page)?.into_value(),
            None => Value::None,
        };
        let mut appendices = Array::new();
        for appendix in &report.appendices {
            appendices.push(self.appendix(appendix)?.into_value());
        }
        Ok(dict! {
            "language" => match metadata.language { Language::Sv => "sv", Language::En => "en" },
            "region" => match metadata.language { Language::Sv => "SE", Language::En => "GB" },
            "title" => metadata.title.as_str(),
            "subtitle" => optional(metadata.subtitle.as_ref()),
            "author" => metadata.author.as_str(),
            "organisation" => optional(metadata.organisation.as_ref()),
            "keywords" => strings(&metadata.keywords),
            "running-header" => metadata.running_header.as_str(),
            "labels" => dict! {
                "statement" => report.labels.statement.as_str(),
                "record-number" => report.labels.record_number.as_str(),
                "case-officer" => report.labels.case_officer.as_str(),
                "phone" => report.labels.phone.as_str(),
                "to" => report.labels.to.as_str(),
                "contents" => report.labels.contents.as_str(),
                "appendices" => report.labels.appendices.as_str(),
                "page" => report.labels.page.as_str(),
                "mark" => optional(report.labels.mark.as_ref()),
            },
            "front-page" => front_page,
            "contents" => report.contents,
            "appendices" => appendices,
            "body" => self.blocks(&report.body)?,
        })
    }

    fn front_page(&mut self, page: &'a FrontPage) -> SourceResult<Dict> {
        let decisions = match &page.decisions {
            Some(Decisions { heading, items }) => dict! {
                "heading" => heading.as_str(),
                "items" => self.each_inline(items)?,
            }
            .into_value(),
            None => Value::None,
        };
        Ok(dict! {
            "date" => optional(page.date.as_ref()),
            "record-number" => optional(page.record_number.as_ref()),
            "case-officer" => optional(page.case_officer.as_ref()),
            "phone" => optional(page.phone.as_ref()),
            "to" => optional(page.to.as_ref()),
            "decisions" => decisions,
            "sender" => page.sender.as_ref().map_or(Value::None, |sender| sender_value(sender).into_value()),
            "signatures" => page
                .signatures
                .iter()
                .map(|signature| dict! {
                    "name" => signature.name.as_str(),
                    "title" => signature.title.as_str(),
                })
                .collect::<Vec<_>>(),
        })
    }

    fn appendix(&mut self, appendix: &'a Appendix) -> SourceResult<Dict> {
        Ok(dict! {
            "label" => appendix.label.as_str(),
            "title" => self.inline(&appendix.title)?,
            "anchor" => self.anchor(appendix.anchor.as_ref()),
        })
    }

    fn blocks(&mut self, blocks: &'a [Block]) -> SourceResult<Array> {
        let mut values = Array::new();
        // Headings wait for what follows them: if that is a page turned on its side, they
        // stand on it.
        let mut headings: Vec<Dict> = Vec::new();
        let mut turned: Option<Array> = None;
        for block in blocks {
            let value = self.block(block)?;
            match block {
                Block::Heading(_) if self.surroundings == Surroundings::Body => {
                    headings.push(value)
                }
                Block::Table(_)
                    if self.surroundings == Surroundings::Body
                        && value.get("landscape").ok() == Some(&Value::Bool(true)) =>
                {
                    let page = turned.get_or_insert_default();
                    for value in headings.drain(..).chain([value]) {
                        page.push(value.into_value());
                    }
                }
                _ => {
                    values.extend(turned.take().map(|page| turned_page(page).into_value()));
                    values.extend(headings.drain(..).map(IntoValue::into_value));
                    values.push(value.into_value());
                }
            }
        }
        values.extend(turned.take().map(|page| turned_page(page).into_value()));
        values.extend(headings.into_iter().map(IntoValue::into_value));
        Ok(values)
    }

    /// Blocks that stand where no page may be turned on its side.
    fn blocks_inside(&mut self, blocks: &'a [Block]) -> SourceResult<Array> {
        self.blocks_in(Surroundings::Inside, blocks)
    }

    fn blocks_in(&mut self, place: Surroundings, blocks: &'a [Block]) -> SourceResult<Array> {
        let outer = std::mem::replace(&mut self.surroundings, place);
        let values = self.blocks(blocks);
        self.surroundings = outer;
        values
    }

    fn block(&mut self, block: &'a Block) -> SourceResult<Dict> {
        Ok(match block {
            Block::Heading(Heading { level, text, anchor, in_contents }) => dict! {
                "kind" => "heading",
                "level" => level_of(*level),
                "text" => self.heading_text(text)?,
                "anchor" => self.anchor(anchor.as_ref()),
                "in-contents" => *in_contents,
            },
            Block::GoalHeading(heading) => self.goal_heading(heading)?,
            Block::Paragraph { content } => dict! {
                "kind" => "paragraph",
                "content" => self.inline(content)?,
            },
            Block::List(List { numbered, items }) => dict! {
                "kind" => "list",
                "numbered" => *numbered,
                "items" => self.each_blocks(items)?,
            },
            Block::LabelledText(LabelledText { label, level, anchor, content }) => dict! {
                "kind" => "labelled-text",
                "label" => label.as_str(),
                "level" => level.map(level_of),
                "anchor" => self.anchor(anchor.as_ref()),
                "content" => self.blocks(content)?,
            },
            Block::Table(table) => self.table(table)?,
            Block::Figure(figure) => self.figure(figure)?,
            Block::Notice(Notice { label, content }) => dict! {
                "kind" => "notice",
                "label" => label.as_str(),
                "content" => self.blocks_inside(content)?,
            },
            Block::Turned { content } => {
                turned_page(self.blocks_in(Surroundings::Turned, content)?)
            }
            Block::Break => dict! { "kind" => "break" },
        })
    }

    /// Words in a heading are never divided.
    fn heading_text(&mut self, text: &'a [Inline]) -> SourceResult<Content> {
        let outer = std::mem::replace(&mut self.hyphenate, false);
        let content = self.inline(text);
        self.hyphenate = outer;
        content
    }

    fn goal_heading(&mut self, heading: &'a GoalHeading) -> SourceResult<Dict> {
        // One text for the contents and the bookmarks; the template, which knows that
        // the label is the first child, sets it apart on the page.
        let text = Content::sequence([
            TextElem::packed(heading.label.as_str()),
            TextElem::packed(": "),
            self.heading_text(&heading.text)?,
        ]);
        Ok(dict! {
            "kind" => "goal-heading",
            "level" => level_of(heading.level),
            "text" => text,
            "anchor" => self.anchor(heading.anchor.as_ref()),
            "in-contents" => heading.in_contents,
            "status" => heading.status.as_ref().map_or(Value::None, |status| status_value(status).into_value()),
        })
    }

    fn table(&mut self, table: &'a DataTable) -> SourceResult<Dict> {
        let fit = fit(table, self.surroundings).unwrap_or_else(|| Fit::squeezed(table));
        let marks = table.footnotes.iter().enumerate();
        let outer = std::mem::replace(
            &mut self.table_marks,
            marks.map(|(index, note)| (note.id.as_str(), mark(index))).collect(),
        );
        let mut columns = Array::new();
        for (index, column) in table.columns.iter().enumerate() {
            let room = fit.room(index, fit.size - HEAD_STEP, true, false);
            columns.push(
                dict! {
                    "label" => self.cell(&column.label, room)?,
                    "align" => word_of(&column.align),
                    "width" => Abs::pt(fit.columns.get(index).copied().unwrap_or_default()),
                }
                .into_value(),
            );
        }
        let mut rows = Array::new();
        for index in 0..table.rows.len() {
            rows.push(self.row(table, index, &fit)?.into_value());
        }
        let mut footnotes = Array::new();
        for (index, note) in table.footnotes.iter().enumerate() {
            footnotes.push(
                dict! {
                    "mark" => mark(index).as_str(),
                    "content" => self.inline(&note.content)?,
                }
                .into_value(),
            );
        }
        let title = match table.title.as_slice() {
            [] => Value::None,
            title => self.inline(title)?.into_value(),
        };
        self.table_marks = outer;
        Ok(dict! {
            "kind" => "table",
            "title" => title,
            "unit" => optional(table.unit.as_ref()),
            "description" => table.description.as_str(),
            "anchor" => self.anchor(table.anchor.as_ref()),
            "columns" => columns,
            "has-head" => table.columns.iter().any(|column| !column.label.is_empty()),
            "rows" => rows,
            "footnotes" => footnotes,
            "source" => optional(table.source.as_ref()),
            "size" => Abs::pt(fit.size),
            "inset" => Abs::pt(fit.inset),
            "landscape" => fit.landscape,
            "breakable" => is_breakable(table),
        })
    }

    fn row(&mut self, table: &'a DataTable, index: usize, fit: &Fit) -> SourceResult<Dict> {
        let Some(row) = table.rows.get(index) else { return Ok(Dict::new()) };
        let columns = table.columns.len();
        let expected = if row.kind == RowKind::Group { 0 } else { columns.saturating_sub(1) };
        if row.cells.len() != expected {
            return Err(page_data_error(format!(
                "a row of {} cells in a table of {columns} columns",
                row.cells.len()
            )));
        }
        let bold = matches!(row.kind, RowKind::Sum | RowKind::Total);
        let header = self.cell(&row.header, fit.room(0, fit.size, bold, false))?;
        let mut cells = Array::new();
        for (index, (cell, column)) in
            row.cells.iter().zip(table.columns.iter().skip(1)).enumerate()
        {
            let figures = column.kind == ColumnKind::Number;
            let room = fit.room(index + 1, fit.size, bold, figures);
            cells.push(self.cell(cell, room)?.into_value());
        }
        let note = match &row.note {
            Some(RowNote { label, content }) => dict! {
                "label" => label.as_str(),
                "content" => self.blocks_inside(content)?,
                "short" => is_short(row),
            }
            .into_value(),
            None => Value::None,
        };
        let kept = is_kept_with_next(&table.rows, index);
        Ok(dict! {
            "kind" => word_of(&row.kind),
            "header" => header,
            "cells" => cells,
            "note" => note,
            // A row may be parted only when it is too tall to be moved.
            "breakable" => length_of_cells(row) > TALL_ROW,
            "keep-with-note" => row.note.is_some(),
            "keep-with-next" => kept,
        })
    }

    fn figure(&mut self, figure: &'a Figure) -> SourceResult<Dict> {
        let picture = match &figure.picture {
            Picture::Drawing(drawing) => drawing_value(drawing),
            Picture::Image { name } => {
                let path = picture_id(name).ok_or_else(|| {
                    page_data_error(format!("`{name}` is not the name of a picture"))
                })?;
                dict! { "kind" => "image", "path" => path.vpath().get_with_slash() }
            }
        };
        let table = match &figure.table {
            Some(table) => {
                let outer = std::mem::replace(&mut self.surroundings, Surroundings::Inside);
                let table = self.table(table);
                self.surroundings = outer;
                table?.into_value()
            }
            None => Value::None,
        };
        Ok(dict! {
            "kind" => "figure",
            "label" => optional(figure.label.as_ref()),
            "title" => self.inline(&figure.title)?,
            "source" => optional(figure.source.as_ref()),
            "anchor" => self.anchor(figure.anchor.as_ref()),
            "picture" => picture,
            "alternative-text" => figure.alternative_text.as_str(),
            "table" => table,
        })
    }

    fn each_inline(&mut self, items: &'a [Vec<Inline>]) -> SourceResult<Array> {
        let mut values = Array::new();
        for item in items {
            values.push(self.inline(item)?.into_value());
        }
        Ok(values)
    }

    fn each_blocks(&mut self, items: &'a [Vec<Block>]) -> SourceResult<Array> {
        let mut values = Array::new();
        for item in items {
            values.push(self.blocks_inside(item)?.into_value());
        }
        Ok(values)
    }
}

/// The anchors of everything that is printed.
fn printed_anchors(report: &Report) -> BTreeSet<&str> {
    fn collect<'a>(blocks: &'a [Block], anchors: &mut BTreeSet<&'a str>) {
        for block in blocks {
            match block {
                Block::Heading(heading) => anchors.extend(heading.anchor.as_deref()),
                Block::GoalHeading(heading) => anchors.extend(heading.anchor.as_deref()),
                Block::LabelledText(text) => {
                    anchors.extend(text.anchor.as_deref());
                    collect(&text.content, anchors);
                }
                Block::Table(table) => anchors.extend(table.anchor.as_deref()),
                Block::Figure(figure) => {
                    anchors.extend(figure.anchor.as_deref());
                    anchors.extend(figure.table.as_ref().and_then(|table| table.anchor.as_deref()));
                }
                Block::List(list) => list.items.iter().for_each(|item| collect(item, anchors)),
                Block::Notice(notice) => collect(&notice.content, anchors),
                Block::Turned { content } => collect(content, anchors),
                Block::Paragraph { .. } | Block::Break => {}
            }
        }
    }
    let mut anchors = BTreeSet::new();
    anchors.extend(report.appendices.iter().filter_map(|appendix| appendix.anchor.as_deref()));
    collect(&report.body, &mut anchors);
    anchors.extend(report.parts.iter().map(|part| part.anchor.as_str()));
    anchors
}

/// How many characters the blocks hold, roughly.
fn length(blocks: &[Block]) -> usize {
    let of = |block: &Block| match block {
        Block::Paragraph { content } => inline_length(content),
        Block::List(list) => list.items.iter().map(|item| length(item)).sum(),
        Block::LabelledText(text) => length(&text.content),
        // What is more than text is taken to be long.
        _ => SHORT_NOTE,
    };
    blocks.iter().map(of).sum()
}

/// How many characters the text holds.
fn inline_length(pieces: &[Inline]) -> usize {
    let of = |piece: &Inline| match piece {
        Inline::Text(text) => text.text.chars().count(),
        Inline::Strong { content }
        | Inline::Emphasis { content }
        | Inline::Link { content, .. }
        | Inline::Reference { content, .. }
        | Inline::Missing { content } => inline_length(content),
        Inline::Status(status) => status.word.chars().count(),
        Inline::FootnoteRef { .. } | Inline::LineBreak => 1,
    };
    pieces.iter().map(of).sum()
}

/// The characters of the longest cell of a row.
fn length_of_cells(row: &Row) -> usize {
    row.cells.iter().chain([&row.header]).map(|cell| inline_length(cell)).max().unwrap_or(0)
}

fn is_short(row: &Row) -> bool {
    row.note.as_ref().is_some_and(|note| length(&note.content) <= SHORT_NOTE)
}

/// A sum is not left alone at the top of a page, nor is the last row; the first does not
/// stand alone at the foot of one.
fn is_kept_with_next(rows: &[Row], index: usize) -> bool {
    let (Some(row), Some(next)) = (rows.get(index), rows.get(index + 1)) else { return false };
    let is_group = [row, next].iter().any(|row| row.kind == RowKind::Group);
    if is_group || length_of_cells(row) > TALL_ROW {
        return false;
    }
    let is_short = row.note.is_none() || is_short(row);
    if matches!(next.kind, RowKind::Sum | RowKind::Total) && is_short {
        return true;
    }
    let before_last = index + 2 == rows.len() && next.note.is_none();
    let first = index == 0 && rows.len() > 3 && row.note.is_none();
    (before_last && is_short) || first
}

/// A table of a few rows stands on one page.
fn is_breakable(table: &DataTable) -> bool {
    table.rows.len() > FEW_ROWS
        || table.rows.iter().any(|row| row.note.is_some() || length_of_cells(row) > TALL_ROW / 4)
}

/// The mark of a table's footnote: a to z, then aa, ab and on.
fn mark(index: usize) -> String {
    let letter = |index: usize| ('a'..='z').nth(index % 26).unwrap_or('z');
    match (index / 26).checked_sub(1) {
        None => letter(index).to_string(),
        Some(first) => format!("{}{}", letter(first), letter(index)),
    }
}

/// Blocks on a page that is turned on its side.
fn turned_page(content: Array) -> Dict {
    dict! { "kind" => "landscape", "content" => content }
}

fn sender_value(sender: &Sender) -> Dict {
    dict! {
        "name" => sender.name.as_str(),
        "address" => strings(&sender.address),
        "phone" => optional(sender.phone.as_ref()),
        "email" => optional(sender.email.as_ref()),
        "web" => optional(sender.web.as_ref()),
    }
}

fn drawing_value(drawing: &Drawing) -> Dict {
    dict! {
        "kind" => "drawing",
        "width" => length_value(i64::from(drawing.width)),
        "height" => length_value(i64::from(drawing.height)),
        "shapes" => drawing.shapes.iter().map(shape_value).collect::<Vec<_>>(),
    }
}

fn shape_value(shape: &Shape) -> Dict {
    match shape {
        Shape::Line { points, colour, thickness, dash } => dict! {
            "kind" => "line",
            "points" => points.iter().copied().map(point_value).collect::<Vec<_>>(),
            "colour" => word_of(colour),
            "thickness" => length_value(i64::from(*thickness)),
            "dash" => word_of(dash),
        },
        Shape::Area { points, colour } => dict! {
            "kind" => "area",
            "points" => points.iter().copied().map(point_value).collect::<Vec<_>>(),
            "colour" => word_of(colour),
        },
        Shape::Rectangle { at, width, height, colour } => dict! {
            "kind" => "rectangle",
            "at" => point_value(*at),
            "width" => length_value(i64::from(*width)),
            "height" => length_value(i64::from(*height)),
            "colour" => word_of(colour),
        },
        Shape::Disc { at, radius, colour } => dict! {
            "kind" => "disc",
            "at" => point_value(*at),
            "radius" => length_value(i64::from(*radius)),
            "colour" => word_of(colour),
        },
        Shape::Label { at, align, size, colour, bold, text } => dict! {
            "kind" => "label",
            "at" => point_value(*at),
            "align" => word_of(align),
            "size" => length_value(i64::from(*size)),
            "colour" => word_of(colour),
            "bold" => *bold,
            "text" => text.as_str(),
        },
    }
}

fn point_value(point: Point) -> Array {
    [length_value(i64::from(point.x)), length_value(i64::from(point.y))].into_iter().collect()
}

/// Hundredths of a point.
fn length_value(hundredths: i64) -> Value {
    // Lengths of a drawing are far below the 2⁵³ that a float holds exactly.
    #[expect(clippy::cast_precision_loss, reason = "see above")]
    Abs::pt(hundredths as f64 / 100.0).into_value()
}

fn level_of(level: u8) -> i64 {
    i64::from(level.clamp(1, 6))
}

fn optional(text: Option<&String>) -> Value {
    text.map_or(Value::None, |text| Str::from(text.as_str()).into_value())
}

fn strings(items: &[String]) -> Array {
    items.iter().map(|item| Str::from(item.as_str()).into_value()).collect()
}
