//! Which characters the fonts of the page design can print.
//!
//! PDF/A asks that every character has a glyph, so a character without one stops the
//! build. The table lets a rule say so while the report is written, at the character.

mod coverage;

/// True when some font of the page design has a glyph for the character, or when it
/// needs none.
pub fn is_printable(c: char) -> bool {
    // What a private character means is known to one font only, and it is not ours.
    if is_private(c) {
        return false;
    }
    let code = u32::from(c);
    let index = coverage::RANGES.partition_point(|(_, last)| *last < code);
    coverage::RANGES.get(index).is_some_and(|(first, _)| *first <= code) || needs_no_glyph(c)
}

/// True for the characters that Unicode leaves to each font.
pub fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..)
}

/// Blanks, and characters that only steer how others are set.
fn needs_no_glyph(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// The table, for the test that compares it with the fonts.
pub fn ranges() -> &'static [(u32, u32)] {
    coverage::RANGES
}

#[cfg(test)]
mod tests {
    use super::is_printable;

    #[test]
    fn what_a_report_uses_is_there() {
        for c in "åäöÅÄÖéüß–—“”’…§½−±≤≥×·•₂²°€✓←→\u{a0}\u{202f}\t".chars()
        {
            assert!(is_printable(c), "{c:?}");
        }
        for c in "😀漢\u{e000}\u{f0b7}".chars() {
            assert!(!is_printable(c), "{c:?}");
        }
    }
}
