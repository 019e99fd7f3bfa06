//! Running text as Typst content.
//!
//! The text is put into the content tree as it stands. It is never parsed by
//! Typst, so nothing in it can be code or markup.

use crate::fit::Surroundings;
use std::collections::{BTreeMap, BTreeSet};

use comemo::Tracked;
use trc_page::compounds::{joints, with_soft_hyphens};
use trc_page::data::{Footnote, Inline, Origin, Status, Text};
use typst::diag::{SourceDiagnostic, SourceResult};
use typst::ecow::eco_vec;
use typst::engine::Engine;
use typst::foundations::{
    Content, Context, Dict, Func, IntoValue, Label, NativeElement, Smart, Str, Value, dict,
};
use typst::layout::BoxElem;
use typst::model::{Destination, EmphElem, FootnoteElem, LinkElem, LinkTarget, StrongElem, Url};
use typst::syntax::Span;
use typst::text::{LinebreakElem, SuperElem, TextElem};
use typst::utils::PicoStr;

use crate::fit::{DIVISIBLE, KEPT_TOGETHER};
use crate::measure::width;
use crate::span::span_of;

/// Only words of this many letters and more are divided in running text. With ragged
/// lines, dividing `må-let` or `in-om` gains nothing and reads badly.
const LONG_WORD: usize = 12;

/// Longer text is cut into several leaves, because a glyph knows its place in a
/// leaf with 16 bits.
const LONGEST_LEAF: usize = 32_768;

/// Turns page data into what the template works with.
pub struct Converter<'a, 'engine> {
    pub engine: &'a mut Engine<'engine>,
    pub context: Tracked<'a, Context<'a>>,
    /// Whether text keeps the place it was written at.
    pub positions: bool,
    /// Whether long words may be divided at the end of a line.
    pub hyphenate: bool,
    /// The room for a line in the cell that is being converted.
    pub room: Option<Room>,
    /// Where what is being converted stands.
    pub surroundings: Surroundings,
    /// Draws a status; a function of the template.
    pub status: Func,
    /// Marks missing text; a function of the template.
    pub missing: Func,
    /// What sets the labels of a part apart from those of another.
    pub scope: String,
    /// The anchors of everything that is printed.
    pub printed: BTreeSet<&'a str>,
    /// The anchors that have been given to something so far. A second thing with
    /// the same anchor gets none: Typst does not link to one of two.
    pub anchored: BTreeSet<&'a str>,
    /// The footnotes of the report.
    pub footnotes: BTreeMap<&'a str, &'a Footnote>,
    /// The footnotes of the report that were mentioned so far.
    pub mentioned: BTreeSet<&'a str>,
    /// The marks of the footnotes of the table that is being converted.
    pub table_marks: BTreeMap<&'a str, String>,
}

/// The room for a line of a cell.
#[derive(Clone, Copy)]
pub struct Room {
    /// In em of the cell's type.
    pub width: f64,
    pub bold: bool,
    /// Whether the cell stands among figures.
    pub figures: bool,
}

impl<'a> Converter<'a, '_> {
    /// The text of a cell.
    pub fn cell(&mut self, pieces: &'a [Inline], room: Room) -> SourceResult<Content> {
        let outer = self.room.replace(room);
        let content = self.inline(pieces);
        self.room = outer;
        content
    }

    /// Running text.
    pub fn inline(&mut self, pieces: &'a [Inline]) -> SourceResult<Content> {
        let mut parts = Vec::with_capacity(pieces.len());
        for piece in pieces {
            parts.push(self.piece(piece)?);
        }
        Ok(Content::sequence(parts))
    }

    fn piece(&mut self, piece: &'a Inline) -> SourceResult<Content> {
        Ok(match piece {
            Inline::Text(text) => self.text(text),
            Inline::Strong { content } => StrongElem::new(self.inline(content)?).pack(),
            Inline::Emphasis { content } => EmphElem::new(self.inline(content)?).pack(),
            Inline::Link { url, content } => {
                let body = self.inline(content)?;
                match Url::new(url.as_str()) {
                    Ok(url) => LinkElem::new(LinkTarget::Dest(Destination::Url(url)), body).pack(),
                    Err(_) => body,
                }
            }
            Inline::Reference { anchor, content } => {
                let body = self.inline(content)?;
                match self.label(ANCHOR, anchor).filter(|_| self.printed.contains(anchor.as_str()))
                {
                    Some(label) => LinkElem::new(LinkTarget::Label(label), body).pack(),
                    None => body,
                }
            }
            Inline::FootnoteRef { id } => self.footnote(id)?,
            Inline::Status(status) => {
                let (func, argument) = (self.status.clone(), status_value(status));
                self.call(&func, argument.into_value())?
            }
            Inline::Missing { content } => {
                let body = self.inline(content)?;
                let func = self.missing.clone();
                self.call(&func, body.into_value())?
            }
            Inline::LineBreak => LinebreakElem::new().pack(),
        })
    }

    fn text(&self, text: &Text) -> Content {
        if let Some(room) = self.room.filter(|_| text.origin.is_none()) {
            return cell_text(&text.text, room);
        }
        let origin = text.origin.filter(|_| self.positions);
        let mut leaves = Vec::new();
        let mut offset = origin.map_or(0, |origin| origin.offset);
        let pieces = leaves_of(&text.text).into_iter().flat_map(|(leaf, long_word)| {
            if long_word && self.hyphenate { between_parts(leaf) } else { vec![(leaf, false)] }
        });
        for (leaf, may_break) in pieces {
            let span = origin.map_or_else(Span::detached, |origin| {
                span_of(Origin { block: origin.block, offset })
            });
            let element = TextElem::packed(leaf).spanned(span);
            leaves.push(if may_break {
                element.set(TextElem::hyphenate, Smart::Custom(true))
            } else {
                element
            });
            offset = offset.saturating_add(u32::try_from(leaf.len()).unwrap_or(u32::MAX));
        }
        Content::sequence(leaves)
    }

    fn footnote(&mut self, id: &'a str) -> SourceResult<Content> {
        if let Some(mark) = self.table_marks.get(id) {
            return Ok(SuperElem::new(TextElem::packed(mark.as_str())).pack());
        }
        let (Some(&footnote), Some(label)) = (self.footnotes.get(id), self.label(FOOTNOTE, id))
        else {
            return Err(page_data_error(format!("there is no footnote `{id}`")));
        };
        if !self.mentioned.insert(id) {
            return Ok(FootnoteElem::with_label(label).pack());
        }
        let body = self.inline(&footnote.content)?;
        Ok(FootnoteElem::with_content(body).pack().labelled(label))
    }

    fn call(&mut self, func: &Func, argument: Value) -> SourceResult<Content> {
        let value = func.call(self.engine, self.context, [argument])?;
        Ok(value.display())
    }

    /// The label a thing with this anchor gets; `none` without one.
    pub fn anchor(&mut self, anchor: Option<&'a String>) -> Value {
        anchor
            .filter(|anchor| self.anchored.insert(anchor.as_str()))
            .and_then(|anchor| self.label(ANCHOR, anchor))
            .into_value()
    }

    fn label(&self, space: &str, name: &str) -> Option<Label> {
        let scope = &self.scope;
        Label::new(PicoStr::intern(&format!("{space}:{scope}{name}")))
    }
}

/// Text of a cell: a word that its line may not hold is divided, between its parts if it
/// is a compound; figures stay with the unit that stands in the same word.
fn cell_text(text: &str, room: Room) -> Content {
    let mut leaves = Vec::new();
    let mut run = String::new();
    let flush = |run: &mut String, leaves: &mut Vec<Content>| {
        if !run.is_empty() {
            leaves.push(TextElem::packed(run.as_str()));
            run.clear();
        }
    };
    for word in text.split_inclusive(' ') {
        let bare = word.trim_end_matches(' ');
        let taken = width(bare, room.bold);
        let whole = room.figures && bare.contains('/') && bare.chars().count() <= KEPT_TOGETHER;
        if whole {
            flush(&mut run, &mut leaves);
            leaves.push(BoxElem::new().with_body(Some(TextElem::packed(bare))).pack());
        } else if taken > room.width + CLOSE {
            // After a hyphen or a slash, a line may end anyway.
            for part in bare.split_inclusive(['-', '/', '–']) {
                let letters = part.chars().filter(|c| c.is_alphabetic()).count();
                let joints = necessary_joints(part, room);
                if width(part, room.bold) <= room.width + CLOSE {
                    run.push_str(part);
                } else if !joints.is_empty() {
                    run.push_str(&with_soft_hyphens(part, &joints));
                } else if (DIVISIBLE..=LONGEST_WORD).contains(&letters) {
                    flush(&mut run, &mut leaves);
                    let word = TextElem::packed(part);
                    leaves.push(word.set(TextElem::hyphenate, Smart::Custom(true)));
                } else {
                    run.push_str(&cut(part, room));
                }
            }
        } else {
            run.push_str(bare);
        }
        if bare.len() < word.len() {
            run.push(' ');
        }
        if run.len() > LONGEST_LEAF / 2 {
            flush(&mut run, &mut leaves);
        }
    }
    flush(&mut run, &mut leaves);
    Content::sequence(leaves)
}

/// No word of the language is longer.
const LONGEST_WORD: usize = 60;

/// Something that is no word, such as an address or a long number, with an invisible break
/// wherever a line is full.
fn cut(word: &str, room: Room) -> String {
    let mut out = String::with_capacity(word.len() + 8);
    let mut taken = 0.0;
    for c in word.chars() {
        let wide = width(c.encode_utf8(&mut [0; 4]), room.bold);
        if taken + wide > room.width && taken > 0.0 {
            out.push('\u{200b}');
            taken = 0.0;
        }
        taken += wide;
        out.push(c);
    }
    out
}

/// What is wider than its line by less than this, in em, is not divided: measured with
/// kerning it may fit.
const CLOSE: f64 = 0.05;

/// The joints at which a word must be divided to fit its line, and no others: a soft
/// hyphen that is not used at the end of a line would be lost on some readers of the PDF,
/// with the rest of its word.
fn necessary_joints(word: &str, room: Room) -> Vec<usize> {
    let hyphen = width("-", room.bold);
    let joints = joints(word);
    let mut out = Vec::new();
    let mut start = 0;
    for (index, joint) in joints.iter().enumerate() {
        let next = joints.get(index + 1).copied().unwrap_or(word.len());
        let mark = if next == word.len() { 0.0 } else { hyphen };
        let longer = word.get(start..next).unwrap_or_default();
        if width(longer, room.bold) + mark > room.width + CLOSE {
            out.push(*joint);
            start = *joint;
        }
    }
    out
}

/// Cuts a long word so that it is divided between its parts only, if they are known.
///
/// Typst divides a word before a letter for which hyphenation is on. It finds the places
/// itself, so that nothing invisible has to be put into the text.
fn between_parts(word: &str) -> Vec<(&str, bool)> {
    let joints = joints(word);
    if joints.is_empty() {
        return vec![(word, true)];
    }
    let mut out = Vec::new();
    let mut start = 0;
    for joint in joints {
        let after =
            word.get(joint..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        out.push((word.get(start..joint).unwrap_or_default(), false));
        out.push((word.get(joint..joint + after).unwrap_or_default(), true));
        start = joint + after;
    }
    out.push((word.get(start..).unwrap_or_default(), false));
    out.retain(|(piece, _)| !piece.is_empty());
    out
}

/// Cuts text into long words and what stands between them.
fn leaves_of(text: &str) -> Vec<(&str, bool)> {
    let mut leaves = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (before, word) =
            next_long_word(rest.split_at(rest.floor_char_boundary(LONGEST_LEAF)).0);
        for (leaf, long_word) in [(before, false), (word, true)] {
            if !leaf.is_empty() {
                leaves.push((leaf, long_word));
            }
        }
        rest = rest.split_at(before.len() + word.len()).1;
    }
    leaves
}

/// The text before the first long word, and that word; the whole text and nothing if
/// there is none.
fn next_long_word(text: &str) -> (&str, &str) {
    let mut start = 0;
    for word in text.split_inclusive(|letter: char| !letter.is_alphabetic()) {
        let letters = word.trim_end_matches(|letter: char| !letter.is_alphabetic());
        if letters.chars().count() >= LONG_WORD {
            let (before, rest) = text.split_at(start);
            return (before, rest.split_at(letters.len()).0);
        }
        start += word.len();
    }
    (text, "")
}

/// The name space of anchors among Typst's labels.
const ANCHOR: &str = "anchor";
/// The name space of footnotes among Typst's labels.
const FOOTNOTE: &str = "footnote";

/// A status as the template's function takes it.
pub fn status_value(status: &Status) -> Dict {
    dict! {
        "word" => status.word.as_str(),
        "symbol" => word_of(&status.symbol),
        "tone" => word_of(&status.tone),
    }
}

/// The word an enumeration's value has in JSON.
pub fn word_of(value: &impl serde::Serialize) -> Str {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word.into(),
        _ => Str::new(),
    }
}

/// Page data that follows the schema and still makes no sense.
pub fn page_data_error(message: String) -> typst::ecow::EcoVec<SourceDiagnostic> {
    eco_vec![SourceDiagnostic::error(Span::detached(), message)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_word_is_cut_where_its_line_is_full() {
        let room = Room { width: width("123456", false), bold: false, figures: true };
        assert_eq!(cut("12345678901", room), "123456\u{200b}78901");
    }

    #[test]
    fn a_slash_is_place_enough_to_end_a_line() {
        let room = Room { width: width("kvinnor/", true), bold: true, figures: false };
        for text in ["Utfall kvinnor/flickor", "Utfall män/pojkar", "Individ- och"] {
            assert_eq!(cell_text(text, room).plain_text(), text);
        }
        let content = cell_text("Resultatöverföring", room);
        assert_eq!(content.plain_text(), "Resultat\u{ad}överföring");
    }

    #[test]
    fn a_compound_in_running_text_is_divided_before_its_later_parts() {
        let pieces = between_parts("projektgrupp");
        assert_eq!(pieces, [("projektgrupp", true)], "no part is known, so Typst decides");
        let pieces = between_parts("verksamhetsområdena");
        assert_eq!(pieces, [("verksamhets", false), ("o", true), ("mrådena", false)]);
    }

    #[test]
    fn a_word_is_divided_no_more_often_than_its_line_asks_for() {
        let word = "Arbetsmarknadsåtgärder";
        let divided = |width| {
            let room = Room { width, bold: false, figures: false };
            with_soft_hyphens(word, &necessary_joints(word, room)).replace('\u{ad}', "-")
        };
        let whole = width(word, false);
        assert_eq!(divided(whole), word);
        assert_eq!(divided(whole - 1.0), "Arbetsmarknads-åtgärder");
        assert_eq!(divided(whole / 3.0 + 0.3), "Arbets-marknads-åtgärder");
    }
}
