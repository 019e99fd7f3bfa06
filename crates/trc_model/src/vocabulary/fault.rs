//! What is wrong with a declaration of types. What was in force before stays in force.

use crate::anchor::Anchor;

/// Something that is wrong with a declaration of types, and where.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Fault {
    pub anchor: Anchor,
    pub kind: FaultKind,
    /// The other place that has a part in it.
    pub related: Option<Anchor>,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum FaultKind {
    /// A word that is none of those there are.
    UnknownWord { word: String, what: Words, known: Vec<String> },
    /// `enligt x`: there is no such type.
    NoBase { keyword: String, name: String, known: Vec<String> },
    /// A declaration without a title, and nothing above to continue.
    NothingToContinue { keyword: String, name: String, known: Vec<String> },
    /// Types that build on each other in a ring.
    Ring { keyword: String, names: Vec<String> },
    /// `gäller` without `för`.
    NoOwner,
    /// Not a month and a day.
    NoDay { text: String },
    /// The same section, column, level or text twice in one declaration.
    Twice { keyword: String, name: String },
    /// `visas: obligatorisk` in a section that is not shown, or is in one that is not.
    RequiredButHidden { section: String, hidden: String },
    /// A column in `visar` that is also `visas: nej`.
    ShownButHidden { column: String },
    /// `kräver: status` beside `utan status`.
    StatusBothWays,
    /// A second level for goals that have a name.
    SecondNamedLevel { name: String, first: String },
    /// Two types that are equally specific for a report.
    Tie { names: [String; 2], period: String, unit_kind: String },
}

/// What kind of word was to stand there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Words {
    Period,
    UnitKind,
    Scale,
    /// A column of the table of indicators or activities.
    Column,
    /// A field of a goal, an indicator or an activity.
    Field,
    /// A section beside which another is placed.
    Section,
    /// A column of a scale's own table.
    ScaleColumn,
    Symbol,
    Tone,
    /// A text that is printed.
    Printed,
    /// A placeholder in a title.
    Placeholder,
}
