//! Sentences of Swedish prose as words and figures, for rules that read them.
//!
//! A paragraph is read as it is printed. What is inserted has its value elsewhere and
//! is opaque here: what a formula gives is checked by the rules on formulas.

pub(crate) mod change;
pub(crate) mod number;
mod paragraph;
mod token;

use trc_base::{Text, TextRange, TextSize};
use trc_model::items::Declaration;
use trc_model::{Anchor, Db, prose};

use crate::rule::{Rule, Run};
use crate::rules::rules;

pub(crate) use token::{Figure, Kind, Token};

/// Something a paragraph says that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Bytes of the paragraph's text.
    pub range: TextRange,
    pub message: Text,
    pub help: Text,
}

/// A rule that needs nothing but a paragraph.
pub type Reader = fn(&Sentences<'_>) -> Vec<Claim>;

/// The sentences of a paragraph.
#[derive(Debug)]
pub struct Sentences<'t> {
    text: &'t str,
    pub(crate) tokens: Vec<Token<'t>>,
    /// The tokens of each sentence.
    pub(crate) sentences: Vec<std::ops::Range<usize>>,
}

impl<'t> Sentences<'t> {
    /// Reads a paragraph.
    pub fn read(text: &'t str) -> Sentences<'t> {
        let tokens = token::tokens(text);
        let mut sentences = Vec::new();
        let mut start = 0;
        for (index, token) in tokens.iter().enumerate() {
            if token.kind == Kind::Stop {
                sentences.push(start..index);
                start = index.saturating_add(1);
            }
        }
        if start < tokens.len() {
            sentences.push(start..tokens.len());
        }
        Sentences { text, tokens, sentences }
    }

    /// The tokens of a sentence.
    pub(crate) fn sentence(&self, index: usize) -> &[Token<'t>] {
        self.sentences
            .get(index)
            .and_then(|range| self.tokens.get(range.clone()))
            .unwrap_or_default()
    }

    /// The text from one token to another, as it was written.
    pub(crate) fn quote(&self, range: TextRange) -> &'t str {
        self.text.get(range.start().into()..range.end().into()).unwrap_or_default()
    }
}

/// What every rule on paragraphs says of a text, with the rule's id.
pub fn claims(text: &str) -> Vec<(&'static Rule, Claim)> {
    let sentences = Sentences::read(text);
    let of = |rule: &&'static Rule| match rule.run {
        Run::Paragraph(reader) => {
            let rule: &'static Rule = rule;
            reader(&sentences).into_iter().map(|claim| (rule, claim)).collect()
        }
        _ => Vec::new(),
    };
    rules().iter().flat_map(of).collect()
}

/// The same of every paragraph of a declaration, with the place in the source.
pub(crate) fn claims_of(
    db: &dyn Db,
    declaration: Declaration<'_>,
) -> Vec<(&'static Rule, Anchor, Claim)> {
    let mut found = Vec::new();
    for index in 0..declaration.texts(db).len() {
        for paragraph in paragraph::paragraphs(prose::prose(db, declaration, index)) {
            for (rule, claim) in claims(&paragraph.text) {
                let range = paragraph.in_passage(claim.range);
                found.push((rule, prose::anchor(db, declaration, index).within(range), claim));
            }
        }
    }
    found
}

/// From the beginning of one range to the end of another.
pub(crate) fn cover(from: TextRange, to: TextRange) -> TextRange {
    TextRange::new(from.start().min(to.start()), from.end().max(to.end()))
}

/// An offset as a size of text; the longest there is when it does not fit.
pub(crate) fn size(offset: usize) -> TextSize {
    TextSize::new(u32::try_from(offset).unwrap_or(u32::MAX))
}
