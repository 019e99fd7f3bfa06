//! Texts that people read, in Swedish and in English.

use serde::{Deserialize, Serialize};

/// The language in which messages are shown. Report writers read Swedish, so it
/// is the default everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    #[default]
    Sv,
    En,
}

/// One message in both languages.
///
/// Diagnostics are computed once, in queries that do not know who will read
/// them, so both languages travel together until a renderer picks one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Text {
    pub sv: String,
    pub en: String,
}

impl Text {
    /// A text in both languages.
    pub fn new(sv: impl Into<String>, en: impl Into<String>) -> Self {
        Text { sv: sv.into(), en: en.into() }
    }

    /// The text in one language.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Sv => &self.sv,
            Language::En => &self.en,
        }
    }

    /// True when there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.sv.is_empty()
    }
}

/// Builds a [`Text`] from two format strings over the same variables.
///
/// ```
/// let name = "barn_per_grupp";
/// let text = trc_base::text!(
///     sv: "Indikatorn {name} saknas.",
///     en: "The indicator {name} is missing.",
/// );
/// assert_eq!(text.sv, "Indikatorn barn_per_grupp saknas.");
/// ```
#[macro_export]
macro_rules! text {
    (sv: $sv:literal, en: $en:literal $(,)?) => {
        $crate::text::Text { sv: ::std::format!($sv), en: ::std::format!($en) }
    };
}
