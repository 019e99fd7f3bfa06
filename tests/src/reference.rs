//! The reference, `docs/referens`: pages in Swedish, written from the tables that the
//! compiler itself reads.

mod fields;
mod keywords;
mod rules;
mod words;

/// The files of the reference, each with its text.
pub fn pages() -> Vec<(&'static str, String)> {
    vec![
        ("README.md", INDEX.to_owned()),
        ("nyckelord.md", keywords::page()),
        ("fält.md", fields::page()),
        ("vokabulär.md", words::page()),
        ("regler.md", rules::page()),
    ]
}

const INDEX: &str = "\
# Referens

Sidor att slå upp i. Vill du lära dig från början finns [handboken](../handbok/README.md).

| sida | innehåll |
| --- | --- |
| [nyckelord.md](nyckelord.md) | nyckelorden och hur allt skrivs, på en sida att skriva ut |
| [fält.md](fält.md) | varje fält: vad det betyder, vad det innehåller och var det får stå |
| [vokabulär.md](vokabulär.md) | inbyggda rapporttyper, tabeller, skalor och perioder |
| [regler.md](regler.md) | det som `trc check` letar efter |
| [kommandona](../commands.md) | `trc` och dess flaggor |

Sidorna är skrivna av `cargo xtask generate`, ur de tabeller som programmet självt läser.
";

/// A cell of a table: what Markdown would take for the next cell is escaped.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// Code in a cell; a blank stands for what is not there.
fn code(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("`{}`", cell(text)) }
}

fn codes<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    words.into_iter().map(code).collect::<Vec<_>>().join(", ")
}
