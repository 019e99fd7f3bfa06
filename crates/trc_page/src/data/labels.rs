//! The fixed words of the page design.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Language, Phase};

/// The fixed words of the page design, in the language of the report, so that
/// no page design has words of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Labels {
    /// The name of the front page.
    pub statement: String,
    /// Before the record number.
    pub record_number: String,
    /// Over the officer in charge.
    pub case_officer: String,
    /// Before the officer's telephone number.
    pub phone: String,
    /// Over whom the statement is addressed to.
    pub to: String,
    /// Over the table of contents.
    pub contents: String,
    /// Over the list of appendices.
    pub appendices: String,
    /// Before the page number.
    pub page: String,
    /// The mark on every page of a document that is not final.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<String>,
}

impl Labels {
    /// The words of a language, with the mark of a phase.
    pub fn new(language: Language, phase: Phase) -> Self {
        let (words, draft, review) = match language {
            Language::Sv => (
                [
                    "Tjänsteutlåtande",
                    "Dnr",
                    "Handläggare",
                    "Telefon",
                    "Till",
                    "Innehållsförteckning",
                    "Bilagor",
                    "Sid",
                ],
                "Utkast",
                "För granskning",
            ),
            Language::En => (
                [
                    "Official statement",
                    "Ref.",
                    "Officer in charge",
                    "Telephone",
                    "To",
                    "Contents",
                    "Appendices",
                    "Page",
                ],
                "Draft",
                "For review",
            ),
        };
        let [statement, record_number, case_officer, phone, to, contents, appendices, page] =
            words.map(str::to_owned);
        let mark = match phase {
            Phase::Draft => Some(draft.to_owned()),
            Phase::Review => Some(review.to_owned()),
            Phase::Final => None,
        };
        Self { statement, record_number, case_officer, phone, to, contents, appendices, page, mark }
    }
}
