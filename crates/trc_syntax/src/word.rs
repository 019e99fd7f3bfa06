//! The few words that the grammar knows, and what a word is made of.

use unicode_normalization::char::is_combining_mark;

use crate::name::composed;

/// The words that open a file. With [`DECLARING_WORDS`] they are the whole of what the
/// grammar knows by heart; everything else is vocabulary.
pub const OPENING_WORDS: [&str; 5] =
    ["organisation", "budget", "verksamhetsplan", "rapport", "mallar"];

/// The words that open a declaration wherever they begin a line.
pub const DECLARING_WORDS: [&str; 16] = [
    "mål",
    "indikator",
    "aktivitet",
    "avsnitt",
    "tabell",
    "diagram",
    "bild",
    "text",
    "bilaga",
    "rapporttyp",
    "tabelltyp",
    "nivå",
    "kolumn",
    "rad",
    "skala",
    "period",
];

/// True for a word that opens a file or a declaration.
pub fn is_structural(word: &str) -> bool {
    OPENING_WORDS.contains(&word) || DECLARING_WORDS.contains(&word)
}

/// What a word can be to the grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Word {
    /// `budget`, `verksamhetsplan`, `mallar`
    Plan,
    /// `rapport`
    Report,
    /// `organisation`
    Organisation,
    /// Another that [`is_structural`].
    Structural,
    /// `i`, `enligt`, `ur`
    Option,
    /// `för`
    For,
    Other,
}

impl Word {
    /// True for a word that opens a declaration or a file.
    pub fn is_structural(self) -> bool {
        matches!(self, Word::Plan | Word::Report | Word::Organisation | Word::Structural)
    }

    pub fn of(word: &str) -> Word {
        let word = composed(word);
        match word.as_ref() {
            "i" | "enligt" | "ur" => Word::Option,
            "för" => Word::For,
            "budget" | "verksamhetsplan" | "mallar" => Word::Plan,
            "rapport" => Word::Report,
            "organisation" => Word::Organisation,
            other if is_structural(other) => Word::Structural,
            _ => Word::Other,
        }
    }
}

/// True for what a word is made of. Combining marks belong to their letter, and
/// units such as `%` are words too.
pub(crate) fn is_word_symbol(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || matches!(c, '_' | '%' | '$');
    }
    c.is_alphanumeric() || matches!(c, '§' | '‰' | '°' | '€') || is_combining_mark(c)
}
