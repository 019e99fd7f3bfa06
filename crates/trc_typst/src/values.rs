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
    Appendix, Block, DataTable, Decisions, Drawing, Figure, FrontPage, GoalHeading, Heading,
    Inline, LabelledText, Language, List, Notice, Picture, Point, Report, Row, RowKind, RowNote,
    Sender, Shape,
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
use crate::world::{file_ids, picture_id};

/// A note up to this many characters stays on the page of its row.
const SHORT_NOTE: usize = 900;

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
    let report: Report =
        serde_json::from_slice(&bytes).map_err(|error| page_data_error(error.to_string()))?;
    let mut converter = Converter {
        engine,
        context,
        positions: positions.first() == Some(&1),
        hyphenate: true,
        status,
        missing,
        printed: printed_anchors(&report),
        anchored: BTreeSet::new(),
        footnotes: report.footnotes.iter().map(|note| (note.id.as_str(), note)).collect(),
        mentioned: BTreeSet::new(),
        table_marks: BTreeMap::new(),
    };
    Ok(converter.report(&report)?.into_value())
}

impl<'a> Converter<'a, '_> {
    fn report(&mut self, report: &'a Report) -> SourceResult<Dict> {
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
        for block in blocks {
            values.push(self.block(block)?.into_value());
        }
        Ok(values)
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
                "content" => self.blocks(content)?,
            },
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
        let marks = table.footnotes.iter().zip('a'..='z');
        let outer = std::mem::replace(
            &mut self.table_marks,
            marks.map(|(note, mark)| (note.id.as_str(), mark.to_string())).collect(),
        );
        let mut columns = Array::new();
        for column in &table.columns {
            columns.push(
                dict! {
                    "label" => self.inline(&column.label)?,
                    "kind" => word_of(&column.kind),
                    "align" => word_of(&column.align),
                    "width" => i64::from(column.width),
                    "longest-word" => i64::try_from(longest_word(&column.label)).unwrap_or(i64::MAX),
                }
                .into_value(),
            );
        }
        let mut rows = Array::new();
        for (index, row) in table.rows.iter().enumerate() {
            let next = table.rows.get(index + 1);
            rows.push(self.row(row, next, table.columns.len())?.into_value());
        }
        let mut footnotes = Array::new();
        for (note, mark) in table.footnotes.iter().zip('a'..='z') {
            footnotes.push(
                dict! {
                    "mark" => mark.to_string().as_str(),
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
            "rows" => rows,
            "footnotes" => footnotes,
        })
    }

    fn row(&mut self, row: &'a Row, next: Option<&Row>, columns: usize) -> SourceResult<Dict> {
        let expected = if row.kind == RowKind::Group { 0 } else { columns.saturating_sub(1) };
        if row.cells.len() != expected {
            return Err(page_data_error(format!(
                "a row of {} cells in a table of {columns} columns",
                row.cells.len()
            )));
        }
        let short = row.note.as_ref().is_some_and(|note| length(&note.content) <= SHORT_NOTE);
        let note = match &row.note {
            Some(RowNote { label, content }) => dict! {
                "label" => label.as_str(),
                "content" => self.blocks(content)?,
                "short" => short,
            }
            .into_value(),
            None => Value::None,
        };
        // A sum is not left alone at the top of a page.
        let before_sum =
            next.is_some_and(|next| matches!(next.kind, RowKind::Sum | RowKind::Total));
        Ok(dict! {
            "kind" => word_of(&row.kind),
            "header" => self.inline(&row.header)?,
            "cells" => self.each_inline(&row.cells)?,
            "note" => note,
            "keep-with-next" => row.note.is_some() || before_sum,
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
            Some(table) => self.table(table)?.into_value(),
            None => Value::None,
        };
        Ok(dict! {
            "kind" => "figure",
            "title" => self.inline(&figure.title)?,
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
            values.push(self.blocks(item)?.into_value());
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
                Block::Paragraph { .. } | Block::Break => {}
            }
        }
    }
    let mut anchors = BTreeSet::new();
    anchors.extend(report.appendices.iter().filter_map(|appendix| appendix.anchor.as_deref()));
    collect(&report.body, &mut anchors);
    anchors
}

/// How many characters the blocks hold, roughly.
fn length(blocks: &[Block]) -> usize {
    fn inline(pieces: &[Inline]) -> usize {
        let of = |piece: &Inline| match piece {
            Inline::Text(text) => text.text.chars().count(),
            Inline::Strong { content }
            | Inline::Emphasis { content }
            | Inline::Link { content, .. }
            | Inline::Reference { content, .. }
            | Inline::Missing { content } => inline(content),
            Inline::Status(status) => status.word.chars().count(),
            Inline::FootnoteRef { .. } | Inline::LineBreak => 1,
        };
        pieces.iter().map(of).sum()
    }
    let of = |block: &Block| match block {
        Block::Paragraph { content } => inline(content),
        Block::List(list) => list.items.iter().map(|item| length(item)).sum(),
        Block::LabelledText(text) => length(&text.content),
        // What is more than text is taken to be long.
        _ => SHORT_NOTE,
    };
    blocks.iter().map(of).sum()
}

/// The letters of the longest word.
fn longest_word(pieces: &[Inline]) -> usize {
    let of = |piece: &Inline| match piece {
        Inline::Text(text) => text
            .text
            .split(|letter: char| !letter.is_alphanumeric())
            .map(|word| word.chars().count())
            .max()
            .unwrap_or(0),
        Inline::Strong { content }
        | Inline::Emphasis { content }
        | Inline::Link { content, .. }
        | Inline::Reference { content, .. }
        | Inline::Missing { content } => longest_word(content),
        Inline::Status(_) | Inline::FootnoteRef { .. } | Inline::LineBreak => 0,
    };
    pieces.iter().map(of).max().unwrap_or(0)
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
