//! The frame of a chart: axes, names of categories, legend. What stands in it is drawn
//! by [`super::lines`] and [`super::bars`].

use super::scale::Scale;
use super::text::{lines, lines_or_cut, width};
use super::{Chart, Form};
use crate::data::{Colour, Dash, Drawing, LabelAlign, Point, Shape};

/// The room across the page, in hundredths of a point.
pub(super) const WIDTH: i32 = 47_600;
/// The height of the area that figures are drawn in.
const PLOT: i32 = 13_600;
/// The size of all type: 8,5 points, and the height of a line of it.
pub(super) const SIZE: u32 = 850;
pub(super) const LINE: i32 = 1_080;
/// From the baseline to the middle of the letters.
pub(super) const HALF: i32 = 300;

/// How series are told apart, also without colours: by lightness, then by hatching and marks.
pub(super) const COLOURS: [Colour; 4] =
    [Colour::Series1, Colour::Series2, Colour::Series3, Colour::Series4];

/// The area of an upright chart in which values are drawn.
pub(super) struct Plot {
    pub left: i32,
    pub right: i32,
    pub top: i32,
    pub bottom: i32,
    pub scale: Scale,
    /// How many places the horizontal axis has.
    pub places: i32,
}

impl Plot {
    pub fn y(&self, value: f64) -> i32 {
        let height = f64::from(self.bottom.saturating_sub(self.top));
        rounded(f64::from(self.bottom) - self.scale.part(value) * height)
    }

    pub fn slot(&self) -> i32 {
        self.right.saturating_sub(self.left) / self.places.max(1)
    }

    /// The middle of a place.
    pub fn x(&self, place: i32) -> i32 {
        let room = i64::from(self.right.saturating_sub(self.left));
        let twice = i64::from(place.saturating_mul(2).saturating_add(1));
        let offset = room.saturating_mul(twice) / i64::from(self.places.max(1).saturating_mul(2));
        self.left.saturating_add(i32::try_from(offset).unwrap_or(0))
    }
}

impl Chart {
    /// The chart as shapes.
    pub(in crate::build) fn draw(&self) -> Drawing {
        match self.form {
            Form::Lying => self.draw_lying(),
            Form::Lines | Form::Bars | Form::Stacked => self.draw_upright(),
        }
    }

    fn draw_upright(&self) -> Drawing {
        let mut shapes = Vec::new();
        let scale = self.scale();
        let mut top = self.unit_line(scale, &mut shapes);
        let names_at_right = self.form == Form::Lines && self.series.len() > 1;
        if self.series.len() > 1 && !names_at_right {
            top = self.legend(top, &mut shapes);
        }
        let ticks = scale.ticks();
        let left = ticks.iter().map(|tick| width(&scale.printed(*tick), SIZE)).max().unwrap_or(0);
        // Figures stand on the bars, below a legend.
        let (left, top) = (left.saturating_add(600), top.saturating_add(1_300));
        let margin = if names_at_right { self.name_margin() } else { 0 };
        let plot = Plot {
            left,
            right: WIDTH.saturating_sub(margin),
            top,
            bottom: top.saturating_add(PLOT),
            scale,
            places: count(self.categories.len()),
        };
        for tick in ticks {
            let y = plot.y(tick);
            let is_zero = tick.abs() < scale.step / 2.0;
            shapes.push(Shape::Line {
                points: vec![Point { x: plot.left, y }, Point { x: plot.right, y }],
                colour: if is_zero { Colour::Muted } else { Colour::Rule },
                thickness: if is_zero { 75 } else { 40 },
                dash: Dash::Solid,
            });
            let at = y.saturating_add(HALF);
            let text = scale.printed(tick);
            shapes.push(label(left.saturating_sub(400), at, LabelAlign::End, Colour::Muted, &text));
        }
        match self.form {
            Form::Lines => self.draw_lines(&plot, &mut shapes),
            _ => self.draw_bars(&plot, &mut shapes),
        }
        self.target_line(&plot, &mut shapes);
        let bottom = self.category_names(&plot, &mut shapes);
        Drawing { width: positive(WIDTH), height: positive(bottom), shapes }
    }

    /// The axis of an upright chart.
    pub(super) fn scale(&self) -> Scale {
        let mut figures: Vec<f64> = if self.form == Form::Stacked {
            self.stacks().into_iter().flat_map(|(below, above)| [below, above]).collect()
        } else {
            self.figures().collect()
        };
        figures.extend(self.target.map(trc_base::Decimal::to_f64));
        Scale::new(&figures, self.form != Form::Lines, self.unit == "%")
    }

    pub(super) fn figures(&self) -> impl Iterator<Item = f64> {
        self.series.iter().flat_map(|series| series.figures.iter().flatten().map(|f| f.to_f64()))
    }

    /// The unit over the axis, and that it does not begin at zero.
    pub(super) fn unit_line(&self, scale: Scale, shapes: &mut Vec<Shape>) -> i32 {
        let text = match (self.unit.is_empty(), scale.is_cut()) {
            (true, false) => return 0,
            (false, false) => self.unit.clone(),
            (true, true) => "Axeln börjar inte vid noll".to_owned(),
            (false, true) => format!("{} (axeln börjar inte vid noll)", self.unit),
        };
        shapes.push(label(0, 800, LabelAlign::Start, Colour::Muted, &text));
        LINE
    }

    /// What each series is drawn with; returns where it ends.
    pub(super) fn legend(&self, top: i32, shapes: &mut Vec<Shape>) -> i32 {
        let (mut x, mut y): (i32, i32) = (0, top);
        for (index, series) in self.series.iter().enumerate() {
            let text = lines_or_cut(&series.name, SIZE, WIDTH / 2, 1).concat();
            let room = width(&text, SIZE).saturating_add(2_600);
            if x > 0 && x.saturating_add(room) > WIDTH {
                x = 0;
                y = y.saturating_add(LINE).saturating_add(150);
            }
            let at = Point { x, y: y.saturating_add(150) };
            super::bars::bar(at, 900, 800, index, shapes);
            let text_x = x.saturating_add(1_200);
            shapes.push(label(
                text_x,
                y.saturating_add(850),
                LabelAlign::Start,
                Colour::Text,
                &text,
            ));
            x = x.saturating_add(room);
        }
        y.saturating_add(LINE).saturating_add(150)
    }

    /// True when the names of the categories can stand under upright bars.
    pub(super) fn names_fit_upright(&self) -> bool {
        let slot = WIDTH.saturating_sub(3_500) / count(self.categories.len());
        self.categories.iter().all(|name| lines(name, SIZE, slot.saturating_sub(300), 3).is_some())
    }

    /// The names under the axis: whole if they fit, in lines, else every second, third …
    /// of a course of time. Returns where they end.
    fn category_names(&self, plot: &Plot, shapes: &mut Vec<Shape>) -> i32 {
        let room = plot.slot().saturating_sub(300);
        let widest = self.categories.iter().map(|name| width(name, SIZE)).max().unwrap_or(0);
        let every = |step: usize| -> Option<Vec<Vec<String>>> {
            // The last name is moved inwards where it would reach over the edge.
            let moved = (widest / 2).saturating_sub(plot.slot() / 2).max(0);
            let room = plot.slot().saturating_mul(count(step)).saturating_sub(300);
            let room = if step == 1 { room } else { room.saturating_sub(moved) };
            let most = if step == 1 { 3 } else { 2 };
            let last = self.categories.len().saturating_sub(1);
            self.categories
                .iter()
                .enumerate()
                .map(|(index, name)| {
                    // The last is always named.
                    if last.saturating_sub(index) % step == 0 {
                        lines(name, SIZE, room, most)
                    } else {
                        Some(Vec::new())
                    }
                })
                .collect()
        };
        // Only a course of time can be read with names left out.
        let steps = if self.is_time || room < 1_500 { self.categories.len().max(1) } else { 1 };
        let names = (1..=steps).find_map(every).unwrap_or_else(|| {
            self.categories.iter().map(|name| lines_or_cut(name, SIZE, room, 3)).collect()
        });
        let mut most = 1;
        for ((place, lines), _) in (0_i32..).zip(&names).zip(&self.categories) {
            let mut y = plot.bottom.saturating_add(LINE).saturating_add(150);
            // A name at the edge stays inside the drawing.
            let half = lines.iter().map(|line| width(line, SIZE)).max().unwrap_or(0) / 2;
            let x = plot.x(place).max(half).min(WIDTH.saturating_sub(half));
            for line in lines {
                shapes.push(label(x, y, LabelAlign::Middle, Colour::Text, line));
                y = y.saturating_add(LINE);
            }
            most = most.max(lines.len());
        }
        plot.bottom.saturating_add(LINE.saturating_mul(count(most))).saturating_add(500)
    }

    fn target_line(&self, plot: &Plot, shapes: &mut Vec<Shape>) {
        let Some(target) = self.target else { return };
        let y = plot.y(target.to_f64());
        shapes.push(Shape::Line {
            points: vec![Point { x: plot.left, y }, Point { x: plot.right, y }],
            colour: Colour::Text,
            thickness: 100,
            dash: Dash::Dashed,
        });
        // Its words stand where the figures are furthest away.
        let text = target_text(target);
        let half = width(&text, SIZE).saturating_add(600) / 2;
        let nearest = |x: i32| {
            let places = (0_i32..).zip(0..self.categories.len());
            let places = places.filter(|(at, _)| {
                let reach = half.saturating_add(plot.slot() / 2);
                plot.x(*at).abs_diff(x) <= reach.unsigned_abs()
            });
            let figures = places.flat_map(|(_, place)| {
                self.series.iter().filter_map(move |series| {
                    let figure = series.figures.get(place).copied()??;
                    Some(plot.y(figure.to_f64()).abs_diff(y.saturating_sub(HALF)))
                })
            });
            figures.min().unwrap_or(u32::MAX)
        };
        let (first, last) = (plot.left.saturating_add(half), plot.right.saturating_sub(half));
        let between = (0..plot.places).map(|place| plot.x(place).max(first).min(last));
        let x = between
            .chain([first, last])
            .max_by_key(|x| (nearest(*x), std::cmp::Reverse(*x)))
            .unwrap_or(first);
        shapes.push(Shape::Label {
            at: Point { x, y: y.saturating_sub(350) },
            align: LabelAlign::Middle,
            size: SIZE,
            colour: Colour::Text,
            bold: true,
            text,
        });
    }
}

/// The words at a target's line.
pub(super) fn target_text(target: trc_base::Decimal) -> String {
    format!("Mål {}", target.to_swedish())
}

pub(super) fn label(x: i32, y: i32, align: LabelAlign, colour: Colour, text: &str) -> Shape {
    Shape::Label {
        at: Point { x, y },
        align,
        size: SIZE,
        colour,
        bold: false,
        text: text.to_owned(),
    }
}

/// Few things are counted; never none.
pub(super) fn count(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX).max(1)
}

pub(super) fn positive(length: i32) -> u32 {
    u32::try_from(length).unwrap_or(0)
}

/// Coordinates are far below the limits of an `i32`.
#[expect(clippy::cast_possible_truncation, reason = "rounded and bounded by the drawing's size")]
pub(super) fn rounded(value: f64) -> i32 {
    if value.is_nan() { 0 } else { value.round().clamp(-1e6, 1e6) as i32 }
}
