//! The keywords and constructs, on a page to print.

use std::fmt::Write as _;

use trc_model::describe::{CONSTRUCTS, KEYWORDS};
use trc_syntax::OPENING_WORDS;

/// How wide the column of examples is.
const WIDTH: usize = 44;

pub(super) fn page() -> String {
    let mut out = "# Nyckelord\n\nVarje [fält](fält.md) och [ord](vokabulär.md) har sin egen sida.\n\n```text\n".to_owned();
    let heading = |out: &mut String, title: &str| {
        writeln!(out, "{}", title.to_uppercase()).expect("a string takes all");
    };
    heading(&mut out, "Filens första rad");
    for known in &KEYWORDS[..OPENING_WORDS.len()] {
        row(&mut out, known.example, known.sv);
    }
    heading(&mut out, "Block");
    for known in &KEYWORDS[OPENING_WORDS.len()..] {
        row(&mut out, known.example, known.sv);
    }
    for group in CONSTRUCTS {
        heading(&mut out, group.title);
        for construct in group.constructs {
            row(&mut out, construct.written, construct.means);
        }
    }
    out + "```\n"
}

fn row(out: &mut String, written: &str, means: &str) {
    let means = means.trim_end_matches('.');
    writeln!(out, "{written:WIDTH$} {means}").expect("a string takes all");
}
