//! The table of printable characters is that of the fonts. After a change of fonts,
//! `TRC_UPDATE=1 cargo test -p trc_typst --test glyphs` writes it anew.

#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

use std::fmt::Write as _;

#[test]
fn the_table_is_that_of_the_fonts() {
    let fonts = trc_typst::printable_ranges();
    if std::env::var_os("TRC_UPDATE").is_some() {
        let mut text = String::from(
            "//! Written from the fonts; see `trc_typst/tests/glyphs.rs`.\n\n/// First and last of each run, in order.\n#[rustfmt::skip]\npub const RANGES: &[(u32, u32)] = &[\n",
        );
        for (first, last) in &fonts {
            writeln!(text, "    (0x{first:x}, 0x{last:x}),").unwrap();
        }
        text.push_str("];\n");
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../trc_page/src/glyphs/coverage.rs");
        std::fs::write(path, text).unwrap();
        return;
    }
    assert!(fonts == trc_page::glyphs::ranges(), "run with TRC_UPDATE=1");
}
