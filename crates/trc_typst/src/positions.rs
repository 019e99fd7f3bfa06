//! Where on a page the words a writer wrote have come to stand.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use trc_page::data::Origin;
use typst::layout::{Abs, Frame, FrameItem, Point, Transform};
use typst::text::TextItem;

use crate::span::origin_of;

/// A word, or the part of one that stands on one line.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Position {
    /// The number of the block the word was written in.
    pub block: u32,
    /// The offset of its first byte in the block.
    pub start: u32,
    /// The offset after its last byte.
    pub end: u32,
    /// Where it stands on the page.
    pub rectangle: Rectangle,
}

/// A rectangle on a page, in points from the upper left corner.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rectangle {
    /// The distance of its left edge from that of the page.
    pub x: f64,
    /// The distance of its upper edge from that of the page.
    pub y: f64,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
}

/// The words on a page, in the order they were set.
///
/// The result is kept by the content of the frame: after an edit, a page that looks
/// the same is not walked again.
#[comemo::memoize]
pub fn positions_on(frame: &Frame) -> Arc<Vec<Position>> {
    let mut words = Vec::new();
    walk(frame, Transform::identity(), &mut words);
    Arc::new(words)
}

/// The rectangle around all text of a frame.
#[expect(clippy::arithmetic_side_effects, reason = "lengths on a page are floats")]
pub fn area_of_text(frame: &Frame) -> Option<Rectangle> {
    let mut corners: Option<(Point, Point)> = None;
    corners_of_text(frame, Transform::identity(), &mut corners);
    let (least, most) = corners?;
    Some(Rectangle {
        x: least.x.to_pt(),
        y: least.y.to_pt(),
        width: (most.x - least.x).to_pt(),
        height: (most.y - least.y).to_pt(),
    })
}

fn corners_of_text(frame: &Frame, transform: Transform, out: &mut Option<(Point, Point)>) {
    for (at, item) in frame.items() {
        let here = transform.pre_concat(Transform::translate(at.x, at.y));
        match item {
            FrameItem::Group(group) => {
                corners_of_text(&group.frame, here.pre_concat(group.transform), out);
            }
            FrameItem::Text(text) if !text.text.trim().is_empty() => {
                let start = Point::zero().transform(here);
                let end = Point::with_x(text.width()).transform(here);
                let (least, most) = out.unwrap_or((start, start));
                *out = Some((least.min(start).min(end), most.max(start).max(end)));
            }
            _ => {}
        }
    }
}

fn walk(frame: &Frame, transform: Transform, words: &mut Vec<Position>) {
    for (at, item) in frame.items() {
        let here = transform.pre_concat(Transform::translate(at.x, at.y));
        match item {
            FrameItem::Group(group) => {
                walk(&group.frame, here.pre_concat(group.transform), words);
            }
            FrameItem::Text(text) => text_words(text, here, words),
            FrameItem::Shape(..)
            | FrameItem::Image(..)
            | FrameItem::Link(..)
            | FrameItem::Tag(..) => {}
        }
    }
}

#[expect(clippy::arithmetic_side_effects, reason = "lengths on a page are floats")]
fn text_words(text: &TextItem, transform: Transform, words: &mut Vec<Position>) {
    let metrics = text.font.metrics();
    let ascent = metrics.ascender.at(text.size);
    let height = ascent - metrics.descender.at(text.size);
    let mut word: Option<(Origin, u32, Abs, Abs)> = None;
    let mut x = Abs::zero();
    let mut finish = |word: &mut Option<(Origin, u32, Abs, Abs)>| {
        let Some((origin, end, from, to)) = word.take() else { return };
        let corner = Point::new(from, -ascent).transform(transform);
        let rectangle = Rectangle {
            x: corner.x.to_pt(),
            y: corner.y.to_pt(),
            width: (to - from).to_pt(),
            height: height.to_pt(),
        };
        // A word may be set in several pieces, each where the one before ends.
        if let Some(before) = words.last_mut()
            && (before.block, before.end) == (origin.block, origin.offset)
            && (before.rectangle.y - rectangle.y).abs() < 0.01
            && (before.rectangle.x + before.rectangle.width - rectangle.x).abs() < 0.01
        {
            before.end = end;
            before.rectangle.width += rectangle.width;
            return;
        }
        words.push(Position { block: origin.block, start: origin.offset, end, rectangle });
    };
    for glyph in &text.glyphs {
        let from = x;
        x += glyph.x_advance.at(text.size);
        let (span, offset) = glyph.span;
        let cluster = text.text.get(glyph.range()).unwrap_or_default();
        // The hyphen of a divided word is the typesetter's.
        if cluster == "\u{ad}" {
            continue;
        }
        let Some(origin) = origin_of(span).filter(|_| !cluster.trim().is_empty()) else {
            finish(&mut word);
            continue;
        };
        let start = origin.offset.saturating_add(u32::from(offset));
        let end = start.saturating_add(u32::try_from(cluster.len()).unwrap_or(0));
        match &mut word {
            // Several glyphs of one cluster start at the same byte.
            Some((first, word_end, _, to))
                if first.block == origin.block && start <= *word_end && start >= first.offset =>
            {
                *word_end = (*word_end).max(end);
                *to = x;
            }
            _ => {
                finish(&mut word);
                word = Some((Origin { block: origin.block, offset: start }, end, from, x));
            }
        }
    }
    finish(&mut word);
}
