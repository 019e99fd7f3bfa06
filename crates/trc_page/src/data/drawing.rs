//! Vector drawings: charts as geometry.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A drawing. All lengths are hundredths of a typographic point, so that the
/// same chart is the same bytes everywhere; the origin is the upper left corner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Drawing {
    /// The width. The room across the page in the PDF is 47 600 wide.
    pub width: u32,
    /// The height.
    pub height: u32,
    /// The shapes, those in front last.
    pub shapes: Vec<Shape>,
}

/// A shape in a drawing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Shape {
    /// A line through points.
    Line {
        /// The points, two or more.
        points: Vec<Point>,
        /// The colour.
        colour: Colour,
        /// The thickness.
        thickness: u32,
        /// How the line is broken.
        #[serde(default)]
        dash: Dash,
    },
    /// A filled area.
    Area {
        /// The corners, three or more.
        points: Vec<Point>,
        /// The colour.
        colour: Colour,
    },
    /// A filled rectangle.
    Rectangle {
        /// The upper left corner.
        at: Point,
        /// The width.
        width: u32,
        /// The height.
        height: u32,
        /// The colour.
        colour: Colour,
    },
    /// A filled disc.
    Disc {
        /// The centre.
        at: Point,
        /// The radius.
        radius: u32,
        /// The colour.
        colour: Colour,
    },
    /// A label.
    Label {
        /// Where on its baseline the text stands.
        at: Point,
        /// Which part of the text stands there.
        align: LabelAlign,
        /// The size of the type.
        size: u32,
        /// The colour.
        colour: Colour,
        /// Whether the text is bold.
        #[serde(default)]
        bold: bool,
        /// The text.
        text: String,
    },
}

/// A point in a drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Point {
    /// The distance from the left edge.
    pub x: i32,
    /// The distance from the upper edge.
    pub y: i32,
}

/// A colour by what it is for; the page design chooses the shade.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Colour {
    /// Text and figures.
    Text,
    /// Text of less weight, such as the labels of an axis.
    Muted,
    /// Lines that help the eye.
    Rule,
    /// The first series. The series differ in lightness, so that they stay
    /// apart in black and white.
    Series1,
    /// The second series.
    Series2,
    /// The third series.
    Series3,
    /// The fourth series.
    Series4,
}

/// How a line is broken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Dash {
    /// Not at all.
    #[default]
    Solid,
    /// Into dashes, such as a forecast or a target.
    Dashed,
}

/// Which part of a label stands at its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LabelAlign {
    /// Its left end.
    Start,
    /// Its middle.
    Middle,
    /// Its right end.
    End,
}
