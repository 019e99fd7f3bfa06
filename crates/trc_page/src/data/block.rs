//! What stands below one another on the page.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{DataTable, Drawing, Inline, Status};

/// A block of the report's body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    /// A heading.
    Heading(Heading),
    /// The heading of a goal, with its status.
    GoalHeading(GoalHeading),
    /// A paragraph.
    Paragraph {
        /// Its text.
        content: Vec<Inline>,
    },
    /// A list.
    List(List),
    /// Text under a fixed label, such as "Analys" or "Goda exempel".
    LabelledText(LabelledText),
    /// A table.
    Table(DataTable),
    /// A picture or a chart.
    Figure(Figure),
    /// A boxed remark about the document itself, such as a correction.
    Notice(Notice),
    /// A part whose pages are turned on their side.
    Turned {
        /// What stands on them.
        content: Vec<Block>,
    },
    /// The end of the page: what follows starts on a new one. Each top section
    /// is preceded by one.
    Break,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Heading {
    /// The level, 1 to 6. A heading is at most one level below the one before.
    pub level: u8,
    /// The text.
    pub text: Vec<Inline>,
    /// The anchor that references lead to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchor: Option<String>,
    /// Whether it stands in the table of contents.
    #[serde(default)]
    pub in_contents: bool,
}

/// The heading of a goal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GoalHeading {
    /// The level, 1 to 6, counted as for [`Heading`].
    pub level: u8,
    /// What kind of goal it is, without colon, such as "KF:s mål för
    /// verksamhetsområdet".
    pub label: String,
    /// The number and title, such as "1.2 Alla barn …".
    pub text: Vec<Inline>,
    /// The anchor that references lead to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchor: Option<String>,
    /// Whether it stands in the table of contents.
    #[serde(default)]
    pub in_contents: bool,
    /// The status of the goal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
}

/// A list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct List {
    /// Whether the items are numbered, from 1, instead of bulleted.
    #[serde(default)]
    pub numbered: bool,
    /// The items. A list inside an item is a block of the item.
    pub items: Vec<Vec<Block>>,
}

/// Text under a fixed label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LabelledText {
    /// The label, such as "Analys" or "Förväntat resultat 2025".
    pub label: String,
    /// The level of the label as a heading, counted as for [`Heading`]; without
    /// one, the label is the first words of the text, in bold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<u8>,
    /// The anchor that references lead to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchor: Option<String>,
    /// The text.
    pub content: Vec<Block>,
}

/// A picture or a chart. It stands where it is written and never floats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Figure {
    /// The number as printed before the title, such as "Figur 3".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The title, printed above.
    pub title: Vec<Inline>,
    /// The anchor that references lead to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchor: Option<String>,
    /// What is shown.
    pub picture: Picture,
    /// What the picture says, for those who do not see it. Never empty.
    pub alternative_text: String,
    /// Where the picture or its figures come from, such as "Källa: SCB", printed below.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The figures behind a chart, printed below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<DataTable>,
}

/// What a figure shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Picture {
    /// A vector drawing.
    Drawing(Drawing),
    /// A PNG, JPEG or SVG file, handed over beside the page data.
    Image {
        /// The name under which it is handed over, with its extension.
        name: String,
    },
}

/// A boxed remark about the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Notice {
    /// The label, such as "Rättad 2025-06-10".
    pub label: String,
    /// The remark.
    pub content: Vec<Block>,
}
