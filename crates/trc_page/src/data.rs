//! The page data contract: a report exactly as it is printed.
//!
//! Page data is what every page design reads: the PDF design, the HTML page
//! and any design a municipality makes of its own. It is plain, owned data with
//! a JSON form whose schema is published. Nothing in it has to be computed:
//! numbers arrive formatted (decimal comma, U+00A0 between groups of digits,
//! U+2212 as minus), words arrive in the language of the report, and order is
//! print order.

mod block;
mod drawing;
mod inline;
mod labels;
mod table;

pub use block::{Block, Figure, GoalHeading, Heading, LabelledText, List, Notice, Picture};
pub use drawing::{Colour, Dash, Drawing, LabelAlign, Point, Shape};
pub use inline::{Inline, Origin, Status, Symbol, Text, Tone};
pub use labels::Labels;
pub use table::{Align, Column, ColumnKind, DataTable, Footnote, Row, RowKind, RowNote};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The version of the contract, written into every report.
///
/// It changes when a reader of the previous version would print something
/// wrong. A new optional field does not change it.
pub const CONTRACT_VERSION: u32 = 1;

/// A whole report as printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// The version of the contract the data follows: [`CONTRACT_VERSION`].
    pub version: u32,
    /// What the document is, for its properties and its running header.
    pub metadata: Metadata,
    /// The fixed words of the page design, in the language of the report.
    pub labels: Labels,
    /// The front page, as a *tjänsteutlåtande*. Without one, the title stands
    /// at the top of the first page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub front_page: Option<FrontPage>,
    /// Whether a table of contents is printed. Each heading says for itself
    /// whether it stands there.
    #[serde(default)]
    pub contents: bool,
    /// The appendices, listed after the table of contents.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub appendices: Vec<Appendix>,
    /// The report itself.
    pub body: Vec<Block>,
    /// The footnotes that [`Inline::FootnoteRef`] in running text refers to.
    /// Footnotes of a table stand in the table.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub footnotes: Vec<Footnote>,
    /// The reports that this one is put together of, each whole, after the body.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// Whether each part counts its pages from 1 and has contents of its own. Without,
    /// pages are counted through, and the contents at the beginning hold all parts.
    #[serde(default, skip_serializing_if = "is_false")]
    pub own_pages: bool,
}

/// A report within another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Part {
    /// The anchor that references lead to.
    pub anchor: String,
    /// The report, as it is when it stands alone.
    pub report: Report,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
fn is_false(value: &bool) -> bool {
    !value
}

/// What the document is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Metadata {
    /// The language the report is written in.
    pub language: Language,
    /// The title, such as "Tertialrapport 1 2025 för Exempelnämnden".
    pub title: String,
    /// A line under the title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subtitle: Option<String>,
    /// Who answers for the document: the committee.
    pub author: String,
    /// The city or municipality the committee belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
    /// The date of the document, which is also the date in its properties.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// How far the document has come. A draft says so on every page.
    pub phase: Phase,
    /// What identifies the document for good: the same for every build of it,
    /// different from every other document.
    pub identifier: String,
    /// Search words for the document's properties.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    /// The text at the left of the running header.
    pub running_header: String,
}

/// The language of a report. It decides hyphenation and the voice of a screen
/// reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Swedish, as written in Sweden.
    Sv,
    /// English, as written in Britain.
    En,
}

/// How far a document has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// *Utkast*: still being written.
    Draft,
    /// *Granskning*: complete, being reviewed.
    Review,
    /// *Slutlig*: the document that is decided on.
    Final,
}

/// A date in the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Date {
    /// The year, such as 2025.
    pub year: u16,
    /// The month, 1 to 12.
    pub month: u8,
    /// The day of the month, 1 to 31.
    pub day: u8,
}

/// The front page: the statement with which an administration hands a report
/// to its committee (*tjänsteutlåtande*).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FrontPage {
    /// The date as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// The record number (*diarienummer*).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record_number: Option<String>,
    /// The officer in charge (*handläggare*).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case_officer: Option<String>,
    /// The officer's telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Whom the statement is addressed to (*till*).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// The proposed decisions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decisions: Option<Decisions>,
    /// The letterhead at the foot of the page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sender: Option<Sender>,
    /// Who signs, printed in two columns.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signatures: Vec<Signature>,
}

/// The numbered decisions a committee is asked to take.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Decisions {
    /// The heading, such as "Förslag till beslut".
    pub heading: String,
    /// The decisions in order, numbered from 1.
    pub items: Vec<Vec<Inline>>,
}

/// The sender block of a letterhead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Sender {
    /// The committee or administration.
    pub name: String,
    /// The address, one line an entry.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub address: Vec<String>,
    /// The telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// The e-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The web address, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub web: Option<String>,
}

/// A person who signs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Signature {
    /// The person's name.
    pub name: String,
    /// The person's title or office.
    pub title: String,
}

/// An appendix: a document of its own that the report brings with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Appendix {
    /// The number as printed, such as "Bilaga 1".
    pub label: String,
    /// The title.
    pub title: Vec<Inline>,
    /// The anchor that references lead to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchor: Option<String>,
}

/// The JSON Schema of [`Report`], published as `docs/page-data.schema.json`.
pub fn json_schema() -> schemars::Schema {
    schemars::schema_for!(Report)
}
