//! Lines: with a mark at each figure, broken where a figure is missing, named at their
//! right end.

use super::Chart;
use super::draw::{COLOURS, HALF, LINE, Plot, SIZE, WIDTH, count, label};
use super::text::{lines_or_cut, width};
use crate::data::{Colour, Dash, LabelAlign, Point, Shape};

/// With more places than this, marks would run into one another.
const MOST_MARKS: usize = 30;
/// A name at the end of a line takes at most this.
const NAME: i32 = 12_000;

impl Chart {
    /// The room for the names at the right.
    pub(super) fn name_margin(&self) -> i32 {
        let widest = self.series.iter().map(|series| width(&series.name, SIZE)).max().unwrap_or(0);
        widest.min(NAME).saturating_add(900)
    }

    pub(super) fn draw_lines(&self, plot: &Plot, shapes: &mut Vec<Shape>) {
        let marks = self.categories.len() <= MOST_MARKS;
        let mut names = Vec::new();
        for (index, series) in self.series.iter().enumerate() {
            let colour = COLOURS.get(index % COLOURS.len()).copied().unwrap_or(Colour::Series1);
            let dash = if index % 2 == 1 { Dash::Dashed } else { Dash::Solid };
            let points: Vec<Option<Point>> = (0_i32..)
                .zip(&series.figures)
                .map(|(place, figure)| {
                    let y = plot.y(figure.as_ref()?.to_f64());
                    Some(Point { x: plot.x(place), y })
                })
                .collect();
            for run in points.split(Option::is_none) {
                let run: Vec<Point> = run.iter().copied().flatten().collect();
                if marks || run.len() == 1 {
                    run.iter().for_each(|at| mark(*at, index, colour, shapes));
                }
                if run.len() > 1 {
                    shapes.push(Shape::Line { points: run, colour, thickness: 150, dash });
                }
            }
            if let Some(last) = points.iter().rev().flatten().next() {
                names.push((index, last.y));
            }
        }
        if self.series.len() > 1 {
            self.name_lines(plot, names, shapes);
        } else if let Some(series) = self.series.first() {
            self.figures_worth_naming(plot, &series.figures, shapes);
        }
    }

    /// The name of each series where its line ends, moved apart where they would overlap.
    fn name_lines(&self, plot: &Plot, mut names: Vec<(usize, i32)>, shapes: &mut Vec<Shape>) {
        names.sort_by_key(|(index, y)| (*y, *index));
        let texts: Vec<(usize, i32, Vec<String>)> = names
            .into_iter()
            .filter_map(|(index, y)| {
                let series = self.series.get(index)?;
                Some((index, y, lines_or_cut(&series.name, SIZE, NAME, 3)))
            })
            .collect();
        let heights: i32 =
            texts.iter().map(|(_, _, lines)| LINE.saturating_mul(count(lines.len()))).sum();
        // From above: each name begins no higher than the one before ends, and leaves room
        // for those that follow.
        let mut rest = heights;
        let mut free = plot.top.saturating_sub(LINE);
        for (index, y, lines) in texts {
            let height = LINE.saturating_mul(count(lines.len()));
            let latest = plot.bottom.saturating_add(LINE).saturating_sub(rest);
            let wanted = y.saturating_sub(height / 2);
            let top = wanted.min(latest).max(free);
            let colour = COLOURS.get(index % COLOURS.len()).copied().unwrap_or(Colour::Series1);
            let x = plot.right.saturating_add(900);
            let middle = top.saturating_add(height / 2);
            mark(Point { x: x.saturating_sub(450), y: middle }, index, colour, shapes);
            for (line, number) in lines.iter().zip(0_i32..) {
                let below = LINE.saturating_mul(number).saturating_add(LINE / 2 + HALF);
                shapes.push(label(
                    x,
                    top.saturating_add(below),
                    LabelAlign::Start,
                    Colour::Text,
                    line,
                ));
            }
            free = top.saturating_add(height);
            rest = rest.saturating_sub(height);
        }
    }

    /// The first, last, highest and lowest figure of a single line.
    fn figures_worth_naming(
        &self,
        plot: &Plot,
        figures: &[Option<trc_base::Decimal>],
        shapes: &mut Vec<Shape>,
    ) {
        let known: Vec<(i32, trc_base::Decimal)> = (0_i32..)
            .zip(figures)
            .filter_map(|(place, figure)| Some((place, (*figure)?)))
            .collect();
        let ends = [known.first(), known.last()];
        let extremes = [
            known.iter().max_by_key(|(place, figure)| (*figure, -place)),
            known.iter().min_by_key(|(place, figure)| (*figure, *place)),
        ];
        let lowest = extremes.get(1).copied().flatten().map(|(place, _)| *place);
        let mut taken: Vec<(i32, i32)> = Vec::new();
        for (place, figure) in ends.into_iter().chain(extremes).flatten() {
            let text = figure.to_swedish();
            let half = width(&text, SIZE) / 2;
            let (least, most) = (plot.left.saturating_add(half), WIDTH.saturating_sub(half));
            let x = plot.x(*place).max(least).min(most);
            let overlaps = taken
                .iter()
                .any(|(at, width)| at.abs_diff(x) < (half.saturating_add(*width)).unsigned_abs());
            if overlaps {
                continue;
            }
            taken.push((x, half));
            let y = plot.y(figure.to_f64());
            let at = if Some(*place) == lowest && known.len() > 2 && y < plot.bottom - LINE {
                y.saturating_add(LINE + 100)
            } else {
                y.saturating_sub(550)
            };
            shapes.push(label(x, at, LabelAlign::Middle, Colour::Text, &text));
        }
    }
}

/// The mark of a series: a disc, a square, a triangle, a diamond.
fn mark(at: Point, index: usize, colour: Colour, shapes: &mut Vec<Shape>) {
    let by = |dx: i32, dy: i32| Point { x: at.x.saturating_add(dx), y: at.y.saturating_add(dy) };
    shapes.push(match index % 4 {
        0 => Shape::Disc { at, radius: 240, colour },
        1 => Shape::Rectangle { at: by(-220, -220), width: 440, height: 440, colour },
        2 => Shape::Area { points: vec![by(0, -300), by(280, 220), by(-280, 220)], colour },
        _ => Shape::Area { points: vec![by(0, -310), by(310, 0), by(0, 310), by(-310, 0)], colour },
    });
}
