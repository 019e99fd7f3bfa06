//! What stands in a line: text, emphasis, links, references and status marks.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A piece of running text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Inline {
    /// Text set as it stands; nothing in it is markup.
    Text(Text),
    /// Strong emphasis, set in bold.
    Strong {
        /// What is emphasised.
        content: Vec<Inline>,
    },
    /// Emphasis, set in italics.
    Emphasis {
        /// What is emphasised.
        content: Vec<Inline>,
    },
    /// A link out of the document.
    Link {
        /// The address: `https:` or `mailto:`.
        url: String,
        /// The text of the link.
        content: Vec<Inline>,
    },
    /// A link to an anchor in the document.
    Reference {
        /// The anchor of a heading, table, figure or appendix. A reference
        /// whose anchor is not printed is set as plain text.
        anchor: String,
        /// The text of the reference, such as "1.2".
        content: Vec<Inline>,
    },
    /// The mark of a footnote, in order of first mention.
    FootnoteRef {
        /// The footnote's `id`, looked for in the table first (inside one), then
        /// in the report.
        id: String,
    },
    /// A status: drawn symbol and word.
    Status(Status),
    /// Text that is still missing (`[KOMPLETTERAS: …]`), set so that it cannot
    /// be overlooked.
    Missing {
        /// What is missing.
        content: Vec<Inline>,
    },
    /// A line break inside a paragraph.
    LineBreak,
}

/// Text that is set as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Text {
    /// The text.
    pub text: String,
    /// Where the text was written. Absent for text that nobody wrote, such as a
    /// computed number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
}

/// Where a text was written: the place of its first byte.
///
/// The bytes of the text are those of the source from there on, one for one.
/// Where that ends (an escape, an inserted value), a new [`Text`] begins. A
/// line end in the source is a space in the text and keeps its length.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
pub struct Origin {
    /// The number of the block of prose or field, in a list the producer keeps.
    /// Less than 2²³.
    pub block: u32,
    /// The byte offset inside the block, so that an edit further up in the file
    /// leaves it as it is. Less than 2²³.
    pub offset: u32,
}

/// A status as printed: a symbol, a word and a colour, any one of which can be
/// lost (in black and white, to a screen reader) without losing the meaning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Status {
    /// The word, such as "Uppfylls helt".
    pub word: String,
    /// The drawn symbol.
    pub symbol: Symbol,
    /// What the status says, which chooses the colour.
    pub tone: Tone,
}

/// A drawn status symbol. Each differs from the others in shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Symbol {
    /// A filled disc with a tick.
    Check,
    /// A half-filled disc.
    Half,
    /// A filled square with a cross.
    Cross,
    /// A triangle with an exclamation mark.
    Warning,
    /// A ring with an arrow: under way.
    Ongoing,
    /// An empty ring: not begun.
    Ring,
    /// A ring with a dash: nothing to report, cannot be judged.
    Dash,
    /// An arrow straight up: much better.
    Up,
    /// An arrow that rises: better.
    UpRight,
    /// An arrow to the right: unchanged.
    Right,
    /// An arrow that falls: worse.
    DownRight,
    /// An arrow straight down: much worse.
    Down,
}

/// What a status says about the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// As intended.
    Positive,
    /// In part, or with a deviation.
    Caution,
    /// Not as intended.
    Negative,
    /// Neither.
    Neutral,
}

impl Inline {
    /// Text that nobody wrote.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(Text { text: text.into(), origin: None })
    }

    /// Text as it was written at `origin`.
    pub fn written(text: impl Into<String>, origin: Origin) -> Self {
        Self::Text(Text { text: text.into(), origin: Some(origin) })
    }
}
