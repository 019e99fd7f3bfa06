//! Where a finding is after an edit.
//!
//! What only a look at the whole workspace finds is looked for when typing pauses.
//! Until then the findings of the last look are shown, and move with the text.

use trc_base::Diagnostic;
use trc_base::diagnostic::Range;

/// The part in which two versions of a text differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shift {
    start: u32,
    old_end: u32,
    new_end: u32,
}

impl Shift {
    /// The difference between two texts, taken as one replacement.
    pub fn between(old: &str, new: &str) -> Shift {
        let start = common(old.chars(), new.chars());
        let (old_rest, new_rest) = (old.get(start..), new.get(start..));
        let end = common(
            old_rest.unwrap_or_default().chars().rev(),
            new_rest.unwrap_or_default().chars().rev(),
        );
        let offset = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
        Shift {
            start: offset(start),
            old_end: offset(old.len() - end),
            new_end: offset(new.len() - end),
        }
    }

    /// Moves a file's findings.
    pub fn apply(self, file: &str, diagnostics: &mut [Diagnostic]) {
        for diagnostic in diagnostics {
            let related = diagnostic.related.iter_mut().map(|related| &mut related.location);
            for location in std::iter::once(&mut diagnostic.location).chain(related) {
                if &*location.file == file {
                    location.range = self.range(location.range);
                }
            }
        }
    }

    /// A range that touches the edit covers what came in its place.
    fn range(self, range: Range) -> Range {
        let moved = |offset: u32| self.new_end + (offset - self.old_end);
        Range {
            start: if range.start >= self.old_end && range.start > self.start {
                moved(range.start)
            } else {
                range.start.min(self.start)
            },
            end: if range.end >= self.old_end && range.end > self.start {
                moved(range.end)
            } else if range.end > self.start {
                self.new_end
            } else {
                range.end
            },
        }
    }
}

/// How many bytes two texts have in common from their beginning.
fn common(one: impl Iterator<Item = char>, other: impl Iterator<Item = char>) -> usize {
    one.zip(other).take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where the word `här` of the old text is in the new one.
    fn shifted<'a>(old: &str, new: &'a str) -> &'a str {
        let start = old.find("här").unwrap() as u32;
        let range = Range { start, end: start + "här".len() as u32 };
        let range = Shift::between(old, new).range(range);
        &new[range.start as usize..range.end as usize]
    }

    #[test]
    fn findings_move_with_the_text() {
        for (old, new) in [
            ("före här efter", "före här efter"),
            ("före här efter", "mycket före här efter"),
            ("före här efter", "här efter"),
            ("före här efter", "före här"),
            ("före här efter", "före här och efter"),
            ("å här", "ä här"),
            ("här å", "här ä"),
            ("här", "här här"),
        ] {
            assert_eq!(shifted(old, new), "här", "{old} → {new}");
        }
    }

    #[test]
    fn a_finding_covers_what_is_written_in_it() {
        assert_eq!(shifted("a här b", "a hxxär b"), "hxxär");
        assert_eq!(shifted("a här b", "a hr b"), "hr");
        assert_eq!(shifted("a här b", "a  b"), "");
        assert_eq!(shifted("a här b", ""), "");
        assert_eq!(shifted("å här å", "ä här ä"), "ä här ä");
    }
}
