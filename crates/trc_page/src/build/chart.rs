//! Diagrams as geometry. A chart never says more than its table: the figures stand
//! beside it, and its alternative text is made from them unless the writer gives one.

use trc_base::Decimal;
use trc_model::evaluate::{Value, values};
use trc_model::quantity::Unit;
use trc_model::table::{RowKind, tables};

use super::{Builder, numbers};
use crate::data::{
    Block, Colour, Dash, Drawing, Figure, Inline, LabelAlign, Picture, Point, Shape,
};

/// The width of the text column, in hundredths of a point.
const WIDTH: i32 = 48_189;
const HEIGHT: i32 = 17_000;
/// Room for the axis' figures to the left and the categories below.
const LEFT: i32 = 4_800;
const BOTTOM: i32 = 2_200;
const TOP: i32 = 1_400;
/// 8,5 points.
const SMALL: u32 = 850;

const COLOURS: [Colour; 4] = [Colour::Series1, Colour::Series2, Colour::Series3, Colour::Series4];

/// What a chart shows: a name for each place on the axis, and a series of figures.
struct Chart {
    categories: Vec<String>,
    series: Vec<(String, Vec<Option<Decimal>>)>,
    unit: String,
}

impl<'db> Builder<'db> {
    /// A diagram of the document.
    pub(super) fn diagram(&self, name: &str) -> Option<Block> {
        let mention = self.contents.mentions("diagram", name).first()?;
        let facts = mention.declaration.facts(self.db);
        let title = facts.title.clone().unwrap_or_else(|| name.to_owned());
        let table =
            tables(self.db, self.workspace, self.report.document).get(facts.line("data")?)?;
        let chart = self.chart(&table.name)?;
        let written = self.description(mention.declaration);
        let lines = match facts.line("slag") {
            Some("linje") => true,
            Some("stapel") => false,
            // Many places on the axis are a course of time.
            _ => chart.categories.len() > 6,
        };
        let mut data = self.data_table(table)?;
        data.title = Vec::new();
        Some(Block::Figure(Figure {
            title: vec![Inline::text(&title)],
            anchor: None,
            picture: Picture::Drawing(chart.draw(lines)),
            alternative_text: written.unwrap_or_else(|| chart.describe(&title, lines)),
            table: Some(data),
        }))
    }

    /// The figures of a table: one column is one series over the rows; several columns
    /// are the places, with a series a row.
    fn chart(&self, table: &str) -> Option<Chart> {
        let laid = tables(self.db, self.workspace, self.report.document).get(table)?;
        let cells = values(self.db, self.workspace, self.report.document).cells.get(table)?;
        let number = |value: &Value| value.quantity().map(|quantity| quantity.value);
        let unit = laid.unit.as_deref().map(Unit::parse).unwrap_or_default();
        let rows: Vec<_> =
            laid.rows.iter().zip(cells).filter(|(row, _)| row.kind == RowKind::Plain).collect();
        let (categories, series) = match laid.columns.as_slice() {
            [] => return None,
            [only] => {
                let figures = rows
                    .iter()
                    .map(|(_, cells)| cells.first().and_then(|cell| number(&cell.value)))
                    .collect();
                (
                    rows.iter().map(|(row, _)| row.title.clone()).collect(),
                    vec![(only.title.clone(), figures)],
                )
            }
            columns => (
                columns.iter().map(|column| column.title.clone()).collect(),
                rows.iter()
                    .map(|(row, cells)| {
                        let figures = cells.iter().map(|cell| number(&cell.value)).collect();
                        (row.title.clone(), figures)
                    })
                    .collect(),
            ),
        };
        Some(Chart { categories, series, unit: unit.in_table().to_owned() })
    }
}

impl Chart {
    fn figures(&self) -> impl Iterator<Item = f64> {
        self.series.iter().flat_map(|(_, figures)| figures.iter().flatten().map(|f| f.to_f64()))
    }

    fn draw(&self, lines: bool) -> Drawing {
        let mut shapes = Vec::new();
        let highest = self.figures().fold(0.0, f64::max);
        let lowest = self.figures().fold(0.0, f64::min);
        let step = nice_step((highest - lowest) / 4.0);
        let (low, high) = ((lowest / step).floor() * step, (highest / step).ceil().max(1.0) * step);
        let plot = f64::from(HEIGHT - TOP - BOTTOM);
        let y = |value: f64| {
            f64_to_i32(f64::from(HEIGHT - BOTTOM) - (value - low) / (high - low) * plot)
        };
        let mut tick = low;
        while tick <= high + step / 2.0 {
            shapes.push(Shape::Line {
                points: vec![Point { x: LEFT, y: y(tick) }, Point { x: WIDTH, y: y(tick) }],
                colour: if tick.abs() < step / 2.0 { Colour::Muted } else { Colour::Rule },
                thickness: if tick.abs() < step / 2.0 { 75 } else { 40 },
                dash: Dash::Solid,
            });
            shapes.push(label(LEFT - 500, y(tick) + 300, LabelAlign::End, &swedish(tick)));
            tick += step;
        }
        if !self.unit.is_empty() {
            shapes.push(label(LEFT - 500, 800, LabelAlign::End, &self.unit));
        }
        let places = i32::try_from(self.categories.len().max(1)).unwrap_or(1);
        let slot = (WIDTH - LEFT) / places;
        for (index, category) in (0i32..).zip(&self.categories) {
            let middle = LEFT + slot * index + slot / 2;
            shapes.push(label(middle, HEIGHT - BOTTOM + 1_300, LabelAlign::Middle, category));
        }
        let count = i32::try_from(self.series.len().max(1)).unwrap_or(1);
        for ((index, (_, figures)), colour) in
            (0i32..).zip(&self.series).zip(COLOURS.iter().cycle().copied())
        {
            if lines {
                let points = (0i32..).zip(figures).filter_map(|(place, figure)| {
                    let value = figure.as_ref()?.to_f64();
                    Some(Point { x: LEFT + slot * place + slot / 2, y: y(value) })
                });
                let points: Vec<Point> = points.collect();
                shapes.extend(points.iter().map(|at| Shape::Disc { at: *at, radius: 220, colour }));
                if points.len() > 1 {
                    let dash = if index % 2 == 1 { Dash::Dashed } else { Dash::Solid };
                    shapes.push(Shape::Line { points, colour, thickness: 150, dash });
                }
            } else {
                let width = (slot * 6 / 10 / count).clamp(200, 5_000);
                for (place, figure) in (0i32..).zip(figures) {
                    let Some(figure) = figure else { continue };
                    let (from, to) = (y(0.0), y(figure.to_f64()));
                    let x = LEFT + slot * place + slot / 2 - width * count / 2 + width * index;
                    shapes.push(Shape::Rectangle {
                        at: Point { x, y: from.min(to) },
                        width: u32::try_from(width).unwrap_or(0),
                        height: from.abs_diff(to),
                        colour,
                    });
                    if count == 1 {
                        let at = from.min(to) - 350;
                        shapes.push(label(
                            x + width / 2,
                            at,
                            LabelAlign::Middle,
                            &figure.to_swedish(),
                        ));
                    }
                }
            }
        }
        Drawing {
            width: u32::try_from(WIDTH).unwrap_or(0),
            height: u32::try_from(HEIGHT).unwrap_or(0),
            shapes,
        }
    }

    /// What a chart shows, in words.
    fn describe(&self, title: &str, lines: bool) -> String {
        let kind = if lines { "Linjediagram" } else { "Stapeldiagram" };
        let mut out = format!("{kind}: {title}.");
        for (name, figures) in &self.series {
            let told = self.categories.iter().zip(figures).filter_map(|(category, figure)| {
                Some(format!("{category} {}", numbers::bare((*figure)?)))
            });
            let told: Vec<String> = told.collect();
            out.push_str(&format!(" {name}: {}.", told.join(", ")));
        }
        out
    }
}

fn label(x: i32, y: i32, align: LabelAlign, text: &str) -> Shape {
    Shape::Label {
        at: Point { x, y },
        align,
        size: SMALL,
        colour: Colour::Text,
        bold: false,
        text: text.to_owned(),
    }
}

/// 1, 2 or 5 times a power of ten, at least the given size.
fn nice_step(least: f64) -> f64 {
    if least <= 0.0 {
        return 1.0;
    }
    let power = 10f64.powf(least.log10().floor());
    [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|factor| factor * power)
        .find(|step| *step >= least)
        .unwrap_or(10.0 * power)
}

/// A tick of the axis. Ticks are round, so few decimals are needed.
fn swedish(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.').replace('.', ",");
    Decimal::parse_swedish(&text).map_or(text, Decimal::to_swedish)
}

/// Coordinates are far below the limits of an `i32`.
#[expect(clippy::cast_possible_truncation, reason = "rounded and bounded by the drawing's size")]
fn f64_to_i32(value: f64) -> i32 {
    value.round().clamp(-1e6, 1e6) as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round() {
        for (least, step) in [(70.75, 100.0), (0.4, 0.5), (1.2, 2.0), (0.0, 1.0)] {
            assert!((nice_step(least) - step).abs() < 1e-9, "{least}");
        }
        assert_eq!(swedish(1500.0), "1\u{a0}500");
        assert_eq!(swedish(0.5), "0,5");
    }
}
