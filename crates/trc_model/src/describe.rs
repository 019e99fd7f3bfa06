//! What the words of the language mean, said to those who write reports: for the
//! reference, hover and completion. Which words there are is said elsewhere; a test
//! demands that none is missing here.

mod constructs;
mod document;
mod goal;
mod indicator;
mod keywords;
mod printed;
mod types;
mod unit;

pub use constructs::{CONSTRUCTS, Construct, Group};
pub use keywords::KEYWORDS;

use trc_base::Text;

use crate::fields::table_keyword;

/// What a keyword opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeywordDescription {
    pub keyword: &'static str,
    /// How a line with it begins.
    pub example: &'static str,
    pub sv: &'static str,
    pub en: &'static str,
}

/// What a field says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldDescription {
    /// As in the table of fields.
    pub keyword: &'static str,
    pub name: &'static str,
    /// A value that it may have.
    pub example: &'static str,
    pub sv: &'static str,
    pub en: &'static str,
}

impl KeywordDescription {
    /// The meaning in both languages.
    pub fn text(&self) -> Text {
        Text::new(self.sv, self.en)
    }
}

impl FieldDescription {
    /// The meaning in both languages.
    pub fn text(&self) -> Text {
        Text::new(self.sv, self.en)
    }
}

/// What a keyword opens.
pub fn keyword(word: &str) -> Option<&'static KeywordDescription> {
    KEYWORDS.iter().find(|known| known.keyword == word)
}

/// What a field says in a declaration; the keyword is empty for a document's own.
pub fn field(keyword: &str, name: &str) -> Option<&'static FieldDescription> {
    let keyword = table_keyword(keyword);
    fields().find(|field| field.keyword == keyword && field.name == name)
}

/// Every field's description.
pub fn fields() -> impl Iterator<Item = &'static FieldDescription> {
    let parts = [
        document::FIELDS,
        goal::FIELDS,
        indicator::FIELDS,
        printed::FIELDS,
        types::FIELDS,
        unit::FIELDS,
    ];
    parts.into_iter().flatten()
}

const fn describe(
    keyword: &'static str,
    name: &'static str,
    example: &'static str,
    sv: &'static str,
    en: &'static str,
) -> FieldDescription {
    FieldDescription { keyword, name, example, sv, en }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use trc_syntax::formula::FUNCTIONS;
    use trc_syntax::{DECLARING_WORDS, OPENING_WORDS};

    use super::*;
    use crate::fields::FIELDS;

    #[test]
    fn every_field_is_described_once_and_nothing_else_is() {
        let known: BTreeSet<_> = FIELDS.iter().map(|field| (field.keyword, field.name)).collect();
        let mut described = BTreeSet::new();
        for field in fields() {
            assert!(described.insert((field.keyword, field.name)), "{field:?} stands twice");
        }
        let missing: Vec<_> = known.difference(&described).collect();
        let unknown: Vec<_> = described.difference(&known).collect();
        assert!(missing.is_empty(), "without description: {missing:?}");
        assert!(unknown.is_empty(), "described, but no field: {unknown:?}");
    }

    #[test]
    fn every_keyword_is_described_in_order() {
        let described: Vec<_> = KEYWORDS.iter().map(|known| known.keyword).collect();
        let known: Vec<_> = OPENING_WORDS.iter().chain(&DECLARING_WORDS).copied().collect();
        assert_eq!(described, known);
        for known in KEYWORDS {
            assert!(known.example.starts_with(known.keyword), "{}", known.example);
        }
    }

    #[test]
    fn every_function_stands_among_the_constructs() {
        let all: String =
            CONSTRUCTS.iter().flat_map(|group| group.constructs).map(|c| c.written).collect();
        for function in FUNCTIONS {
            assert!(all.contains(function), "{function}");
        }
    }

    #[test]
    fn a_description_is_a_sentence() {
        let texts = fields()
            .flat_map(|field| [field.sv, field.en])
            .chain(KEYWORDS.iter().flat_map(|known| [known.sv, known.en]));
        for text in texts {
            assert!(text.ends_with('.'), "{text}");
            assert!(text.starts_with(|c: char| !c.is_lowercase()), "{text}");
        }
    }
}
