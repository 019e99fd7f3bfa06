//! The piece of source that is shown beside a finding.
//!
//! Paragraphs of prose are one line each and often longer than any terminal is wide;
//! wrapped, they would leave the marks below pointing at nothing. So a long line is cut
//! down to the words around the place. What a terminal would obey instead of show
//! (escape codes, characters that turn the direction of writing) is made visible.

use std::ops::Range;

use text_size::TextSize;
use trc_base::{Encoding, diagnostic};

use super::Source;

/// Lines of a source in which every label has its place.
pub struct Excerpt {
    /// As many empty lines as the excerpt has before it, then the lines themselves: the
    /// numbers in the margin are those of the file.
    pub text: String,
    /// Where each label is in `text`, in bytes.
    pub labels: Vec<Range<usize>>,
}

/// The lines from the first label to the last, none wider than `width`. A label keeps to
/// the line it begins on.
pub fn excerpt(source: &Source, labels: &[diagnostic::Range], width: usize) -> Excerpt {
    let marks: Vec<Mark> = labels.iter().map(|range| mark(source, *range)).collect();
    let first = marks.iter().map(|mark| mark.line).min().unwrap_or(0);
    let last = marks.iter().map(|mark| mark.line).max().unwrap_or(0);

    let mut text = "\n".repeat(first);
    let mut out = vec![0..0; marks.len()];
    for (number, line) in source.text.split('\n').enumerate().skip(first).take(last - first + 1) {
        let line = line.strip_suffix('\r').unwrap_or(line);
        let here = |mark: &&Mark| mark.line == number;
        let window =
            window(line, marks.iter().find(here).map_or(0, |mark| mark.bytes.start), width);
        let start = text.len();
        if window.start > 0 {
            text.push('…');
        }
        let shift = text.len();
        text.push_str(&visible(line.get(window.clone()).unwrap_or_default()));
        let stop = text.len();
        if window.end < line.len() {
            text.push('…');
        }
        for (mark, out) in marks.iter().zip(&mut out).filter(|(mark, _)| mark.line == number) {
            // What lies outside the window is pointed at where the line was cut.
            let place = |offset: usize| {
                if offset < window.start {
                    start
                } else if offset > window.end {
                    text.len()
                } else {
                    (shift + offset - window.start).min(stop)
                }
            };
            *out = if mark.bytes.start >= window.end && window.end < line.len() {
                stop..text.len()
            } else if mark.bytes.end <= window.start && window.start > 0 {
                start..shift
            } else {
                place(mark.bytes.start)..place(mark.bytes.end)
            };
        }
        text.push('\n');
    }
    Excerpt { text, labels: out }
}

/// A label within one line.
struct Mark {
    line: usize,
    /// From the beginning of the line.
    bytes: Range<usize>,
}

fn mark(source: &Source, range: diagnostic::Range) -> Mark {
    let at = source.lines.line_column(TextSize::new(range.start), Encoding::Utf8);
    let (line, start) = (at.line as usize, at.column as usize);
    let text = source.text.split('\n').nth(line).unwrap_or_default();
    let text = text.strip_suffix('\r').unwrap_or(text);
    let start = floor(text, start);
    let length = range.end.saturating_sub(range.start) as usize;
    Mark { line, bytes: start..floor(text, start.saturating_add(length)).max(start) }
}

/// The nearest character boundary at or before `offset`.
fn floor(text: &str, offset: usize) -> usize {
    text.floor_char_boundary(offset)
}

/// Which part of a line to show: all of it, or about `width` characters around `place`.
fn window(line: &str, place: usize, width: usize) -> Range<usize> {
    let characters = line.chars().count();
    if characters <= width {
        return 0..line.len();
    }
    let inside = width.saturating_sub(2).max(1);
    let before = line.get(..place).unwrap_or(line).chars().count();
    let first = before.saturating_sub(inside / 3).min(characters - inside);
    let offset = |index: usize| line.char_indices().nth(index).map_or(line.len(), |(at, _)| at);
    // A cut at a blank reads better than one within a word, where there is one near.
    let start = offset(first);
    let skipped = match line.get(start..place).and_then(|text| text.split_once(' ')) {
        Some((word, _)) if start > 0 => word.chars().count() + 1,
        _ => 0,
    };
    offset(first + skipped)..offset(first + skipped + inside)
}

/// The text with every character that would not be shown replaced by one of the same
/// length in bytes.
pub fn visible(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\t' => '\t',
            '\n' | '\r' => ' ',
            '\u{0}'..='\u{1F}' | '\u{7F}' => '?',
            '\u{80}'..='\u{9F}' => '\u{B7}',
            '\u{2028}' | '\u{2029}' | '\u{200B}' | '\u{200E}' | '\u{200F}' => '\u{FFFD}',
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => '\u{FFFD}',
            '\u{E000}'..='\u{F8FF}' => '\u{FFFD}',
            c => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::tests::range_of;

    fn show(text: &str, parts: &[&str], width: usize) -> (String, Vec<String>) {
        let source = Source::new(text.to_owned());
        let labels: Vec<_> = parts.iter().map(|part| range_of(text, part)).collect();
        let excerpt = excerpt(&source, &labels, width);
        let at = excerpt.labels.iter().map(|label| excerpt.text[label.clone()].to_owned());
        (excerpt.text.clone(), at.collect())
    }

    #[test]
    fn short_lines_are_shown_whole() {
        let (text, labels) = show("a\nå😀 b\r\nc\n", &["b"], 40);
        assert_eq!((text.as_str(), labels), ("\nå😀 b\n", vec!["b".to_owned()]));
    }

    #[test]
    fn long_lines_are_cut_to_the_words_around_the_place() {
        let line =
            format!("{}målet nås inte {}", "ett två tre ".repeat(30), "fyra fem ".repeat(30));
        let (text, labels) = show(&line, &["målet"], 40);
        assert_eq!(text, "…två tre målet nås inte fyra fem fyra f…\n");
        assert_eq!(labels, ["målet"]);
    }

    #[test]
    fn a_label_outside_the_window_points_at_the_cut() {
        let line = format!("först {}sist", "å ".repeat(100));
        let (_, labels) = show(&line, &["först", "sist"], 40);
        assert_eq!(labels, ["först", "…"]);
        let (_, labels) = show(&line, &["sist", "först"], 40);
        assert_eq!(labels, ["sist", "…"]);
    }

    #[test]
    fn a_label_over_several_lines_keeps_to_the_first() {
        let text = "mål 1 {\r\n  status: x\r\n}\r\n";
        let (_, labels) = show(text, &["1 {\r\n  status"], 40);
        assert_eq!(labels, ["1 {"]);
    }

    #[test]
    fn escape_codes_and_turned_writing_are_shown_not_obeyed() {
        let (text, labels) = show("a\u{1b}[31mb\u{202e}\u{2028}\u{b}c\n", &["c"], 40);
        assert_eq!(text, "a?[31mb\u{FFFD}\u{FFFD}?c\n");
        assert_eq!(labels, ["c"]);
    }

    /// Any place in any line, whatever the width: the labels are in the text, between
    /// characters, and no line is wider than asked for.
    #[test]
    fn every_place_fits() {
        let text = format!("\n{}\r\nkort\n", "å a\u{30a} 😀\t".repeat(20));
        let source = Source::new(text.clone());
        for width in [3, 10, 59, 500] {
            for start in 0..=text.len() as u32 + 2 {
                for length in [0, 1, 5, 400] {
                    let range = diagnostic::Range { start, end: start + length };
                    let excerpt = excerpt(&source, &[range], width);
                    for label in &excerpt.labels {
                        assert!(excerpt.text.get(label.clone()).is_some(), "{range:?} {width}");
                    }
                    assert!(excerpt.text.lines().all(|line| line.chars().count() <= width));
                }
            }
        }
    }
}
