//! How wide text is, before it is laid out.
//!
//! Kerning is left out: it makes a word narrower by a hair, never wider by more than the
//! allowance that the callers keep.

use std::sync::LazyLock;

use typst::layout::Abs;
use typst::text::{Font, FontInstance, FontVariations};

use crate::world::{BOLD, REGULAR, font};

/// The width of text in em.
pub fn width(text: &str, bold: bool) -> f64 {
    let face = if bold { &FACES.1 } else { &FACES.0 };
    text.chars().map(|c| face.advance(c)).sum()
}

static FACES: LazyLock<(Face, Face)> =
    LazyLock::new(|| (Face::new(font(REGULAR)), Face::new(font(BOLD))));

/// The characters of European languages that are written with Latin letters.
const COMMON: usize = 0x250;

/// What a character without an entry is taken to be wide, in em.
const FALLBACK: f64 = 0.6;

struct Face {
    font: Option<FontInstance>,
    common: Vec<f64>,
}

impl Face {
    fn new(font: Option<Font>) -> Self {
        let font = font.map(|font| {
            let variant = font.info().variant;
            font.instantiate(variant, Abs::pt(9.0), &FontVariations::default())
        });
        let common = (0..COMMON)
            .map(|code| {
                let c = u32::try_from(code).ok().and_then(char::from_u32);
                c.map_or(0.0, |c| look_up(font.as_ref(), c))
            })
            .collect();
        Self { font, common }
    }

    fn advance(&self, c: char) -> f64 {
        let common = usize::try_from(u32::from(c)).ok().and_then(|code| self.common.get(code));
        common.copied().unwrap_or_else(|| look_up(self.font.as_ref(), c))
    }
}

fn look_up(font: Option<&FontInstance>, c: char) -> f64 {
    // A soft hyphen is drawn only where a word is divided.
    if c == '\u{ad}' || c.is_control() {
        return 0.0;
    }
    let advance = font.and_then(|font| {
        let glyph = font.ttf().glyph_index(c)?;
        Some(font.x_advance(glyph.0)?.get())
    });
    advance.unwrap_or(FALLBACK)
}

#[cfg(test)]
mod tests {
    use super::width;

    #[test]
    fn figures_are_equally_wide_and_bold_is_wider() {
        assert!((width("111", false) - width("888", false)).abs() < 1e-9);
        assert!(width("Resultat", true) > width("Resultat", false));
        assert!((width("a\u{ad}b", false) - width("ab", false)).abs() < 1e-9);
        assert!(width("漢", false) > 0.5);
    }
}
