//! Bars: upright or lying, side by side or on top of one another. A bar begins at zero.

use super::draw::{COLOURS, HALF, LINE, Plot, SIZE, WIDTH, count, label, positive, rounded};
use super::scale::Scale;
use super::text::{lines_or_cut, width};
use super::{Chart, Form};
use crate::data::{Colour, Dash, Drawing, LabelAlign, Point, Shape};

/// The tallest chart of lying bars: it must fit on a page.
const TALLEST: i32 = 60_000;

impl Chart {
    pub(super) fn draw_bars(&self, plot: &Plot, shapes: &mut Vec<Shape>) {
        if self.form == Form::Stacked {
            return self.draw_stacks(plot, shapes);
        }
        let series = count(self.series.len());
        let group = (plot.slot().saturating_mul(7) / 10).min(series.saturating_mul(5_000));
        let wide = (group / series).max(60);
        let figures_fit = self.series.iter().all(|series| {
            series.figures.iter().flatten().all(|figure| {
                let room = if self.series.len() == 1 { plot.slot() } else { wide };
                width(&figure.to_swedish(), SIZE) <= room.saturating_sub(100)
            })
        });
        for (index, series) in self.series.iter().enumerate() {
            for (place, figure) in (0_i32..).zip(&series.figures) {
                let Some(figure) = figure else { continue };
                let (zero, end) = (plot.y(0.0), plot.y(figure.to_f64()));
                let start =
                    plot.x(place).saturating_sub(wide.saturating_mul(count(self.series.len())) / 2);
                let x =
                    start.saturating_add(wide.saturating_mul(i32::try_from(index).unwrap_or(0)));
                let height = positive(i32::try_from(zero.abs_diff(end)).unwrap_or(0));
                let gap = if self.series.len() > 1 { wide / 14 } else { 0 };
                let at = Point { x, y: zero.min(end) };
                bar(at, positive(wide.saturating_sub(gap)), height, index, shapes);
                if figures_fit {
                    let y = if figure.is_negative() {
                        end.saturating_add(LINE)
                    } else {
                        end.saturating_sub(350)
                    };
                    let middle = x.saturating_add(wide / 2);
                    let text = figure.to_swedish();
                    shapes.push(label(middle, y, LabelAlign::Middle, Colour::Text, &text));
                }
            }
        }
    }

    fn draw_stacks(&self, plot: &Plot, shapes: &mut Vec<Shape>) {
        let wide = (plot.slot().saturating_mul(6) / 10).clamp(60, 5_000);
        for place in 0..self.categories.len() {
            let x = plot.x(i32::try_from(place).unwrap_or(0)).saturating_sub(wide / 2);
            let (mut below, mut above) = (0.0, 0.0);
            for (index, series) in self.series.iter().enumerate() {
                let Some(figure) = series.figures.get(place).copied().flatten() else { continue };
                let value = figure.to_f64();
                let base = if value < 0.0 { &mut below } else { &mut above };
                let (from, to) = (plot.y(*base), plot.y(*base + value));
                *base += value;
                let height = positive(i32::try_from(from.abs_diff(to)).unwrap_or(0));
                // A thin line of white between the parts.
                let height = height.saturating_sub(if height > 200 { 60 } else { 0 });
                bar(Point { x, y: from.min(to) }, positive(wide), height, index, shapes);
            }
            if let Some(total) = self.total(place).filter(|_| below >= 0.0) {
                let text = total.to_swedish();
                if width(&text, SIZE) < plot.slot() {
                    let y = plot.y(above).saturating_sub(350);
                    let middle = x.saturating_add(wide / 2);
                    shapes.push(label(middle, y, LabelAlign::Middle, Colour::Text, &text));
                }
            }
        }
    }

    fn total(&self, place: usize) -> Option<trc_base::Decimal> {
        let mut figures =
            self.series.iter().filter_map(|series| series.figures.get(place).copied().flatten());
        let first = figures.next()?;
        figures.try_fold(first, trc_base::Decimal::add)
    }

    /// How far each stack reaches below and above zero.
    pub(super) fn stacks(&self) -> Vec<(f64, f64)> {
        (0..self.categories.len())
            .map(|place| {
                let figures = self
                    .series
                    .iter()
                    .filter_map(|series| Some(series.figures.get(place).copied()??.to_f64()));
                figures.fold((0.0, 0.0), |(below, above), figure| {
                    if figure < 0.0 { (below + figure, above) } else { (below, above + figure) }
                })
            })
            .collect()
    }

    pub(super) fn draw_lying(&self) -> Drawing {
        let mut shapes = Vec::new();
        let mut figures: Vec<f64> = self.figures().collect();
        figures.extend(self.target.map(trc_base::Decimal::to_f64));
        let scale = Scale::new(&figures, true, self.unit == "%");
        let mut top = self.unit_line(scale, &mut shapes);
        if self.series.len() > 1 {
            top = self.legend(top, &mut shapes);
        }
        top = top.saturating_add(if self.target.is_some() { LINE } else { 300 });
        let series = count(self.series.len());
        let widest = self.categories.iter().map(|name| width(name, SIZE)).max().unwrap_or(0);
        let names = widest.min(WIDTH / 5 * 2);
        let texts: Vec<Vec<String>> =
            self.categories.iter().map(|name| lines_or_cut(name, SIZE, names, 3)).collect();
        let most = texts.iter().map(Vec::len).max().unwrap_or(1);
        let thick = 1_150;
        let slot = series
            .saturating_mul(thick)
            .max(LINE.saturating_mul(count(most)))
            .saturating_add(550)
            .min(TALLEST / count(self.categories.len()));
        let thick = thick.min(slot.saturating_mul(8) / 10 / series);
        let bottom = top.saturating_add(slot.saturating_mul(count(self.categories.len())));
        let left = names.saturating_add(700);
        // Room for the figure beside the longest bar.
        let beside = self
            .series
            .iter()
            .flat_map(|series| series.figures.iter().flatten())
            .map(|figure| width(&figure.to_swedish(), SIZE))
            .max()
            .unwrap_or(0)
            .saturating_add(600);
        let right = WIDTH.saturating_sub(beside);
        // Figures below zero stand to the left of their bar.
        let left = if scale.low < 0.0 { left.saturating_add(beside) } else { left };
        let across = f64::from(right.saturating_sub(left));
        let x = |value: f64| rounded(f64::from(left) + scale.part(value) * across);
        for tick in scale.ticks() {
            let is_zero = tick.abs() < scale.step / 2.0;
            shapes.push(Shape::Line {
                points: vec![Point { x: x(tick), y: top }, Point { x: x(tick), y: bottom }],
                colour: if is_zero { Colour::Muted } else { Colour::Rule },
                thickness: if is_zero { 75 } else { 40 },
                dash: Dash::Solid,
            });
            let y = bottom.saturating_add(LINE);
            let text = scale.printed(tick);
            shapes.push(label(x(tick), y, LabelAlign::Middle, Colour::Muted, &text));
        }
        for (place, lines) in (0_i32..).zip(&texts) {
            let middle = top.saturating_add(slot.saturating_mul(place)).saturating_add(slot / 2);
            let height = LINE.saturating_mul(count(lines.len()));
            // With very many bars, names would overlap; the table has them all.
            let step = (LINE / slot.max(1)).saturating_add(1);
            if place % step == 0 {
                for (line, number) in lines.iter().zip(0_i32..) {
                    let y = middle
                        .saturating_sub(height / 2)
                        .saturating_add(LINE.saturating_mul(number))
                        .saturating_add(LINE / 2 + HALF);
                    shapes.push(label(names, y, LabelAlign::End, Colour::Text, line));
                }
            }
            let first = middle.saturating_sub(thick.saturating_mul(series) / 2);
            for (index, one) in self.series.iter().enumerate() {
                let figure = usize::try_from(place).ok().and_then(|p| one.figures.get(p).copied());
                let Some(figure) = figure.flatten() else { continue };
                let y =
                    first.saturating_add(thick.saturating_mul(i32::try_from(index).unwrap_or(0)));
                let (zero, end) = (x(0.0), x(figure.to_f64()));
                let long = positive(i32::try_from(zero.abs_diff(end)).unwrap_or(0));
                let gap = if self.series.len() > 1 { 80 } else { 0 };
                bar(
                    Point { x: zero.min(end), y },
                    long,
                    positive(thick.saturating_sub(gap)),
                    index,
                    &mut shapes,
                );
                if thick >= 850 {
                    let (at, align) = if figure.is_negative() {
                        (end.saturating_sub(250), LabelAlign::End)
                    } else {
                        (end.saturating_add(250), LabelAlign::Start)
                    };
                    let y = y.saturating_add(thick / 2).saturating_add(HALF);
                    shapes.push(label(at, y, align, Colour::Text, &figure.to_swedish()));
                }
            }
        }
        if let Some(target) = self.target {
            let at = x(target.to_f64());
            shapes.push(Shape::Line {
                points: vec![Point { x: at, y: top }, Point { x: at, y: bottom }],
                colour: Colour::Text,
                thickness: 100,
                dash: Dash::Dashed,
            });
            shapes.push(label(
                at,
                top.saturating_sub(300),
                LabelAlign::Middle,
                Colour::Text,
                &super::draw::target_text(target),
            ));
        }
        let height = bottom.saturating_add(LINE).saturating_add(400);
        Drawing { width: positive(WIDTH), height: positive(height), shapes }
    }
}

/// A bar of a series: filled or hatched in one of four shades, so that eight series are told
/// apart without colours. The fourth shade is close to the first in black and white, so it
/// is hatched first.
pub(super) fn bar(at: Point, width: u32, height: u32, index: usize, shapes: &mut Vec<Shape>) {
    let colour = COLOURS.get(index % COLOURS.len()).copied().unwrap_or(Colour::Series1);
    let is_fourth = index % COLOURS.len() == COLOURS.len() - 1;
    if (index / COLOURS.len()).is_multiple_of(2) != is_fourth {
        shapes.push(Shape::Rectangle { at, width, height, colour });
        return;
    }
    let (wide, tall) =
        (i32::try_from(width).unwrap_or(i32::MAX), i32::try_from(height).unwrap_or(i32::MAX));
    let corner =
        |dx: i32, dy: i32| Point { x: at.x.saturating_add(dx), y: at.y.saturating_add(dy) };
    shapes.push(Shape::Line {
        points: vec![
            corner(0, 0),
            corner(wide, 0),
            corner(wide, tall),
            corner(0, tall),
            corner(0, 0),
        ],
        colour,
        thickness: 80,
        dash: Dash::Solid,
    });
    // Lines that rise to the right, each from the left or lower edge to the upper or right.
    let mut offset = 250;
    while offset < wide.saturating_add(tall) {
        let from = if offset < tall {
            corner(0, offset)
        } else {
            corner(offset.saturating_sub(tall), tall)
        };
        let to = if offset < wide {
            corner(offset, 0)
        } else {
            corner(wide, offset.saturating_sub(wide))
        };
        shapes.push(Shape::Line {
            points: vec![from, to],
            colour,
            thickness: 50,
            dash: Dash::Solid,
        });
        offset = offset.saturating_add(250);
    }
}
