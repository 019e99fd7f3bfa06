//! Small pieces of sentences that several messages share.

use trc_base::suggest::nearest;
use trc_base::{Text, text};

/// "Menade du …?" where a known word is near, else the words there are.
pub fn meant_or_all<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Text {
    let known: Vec<&str> = known.into_iter().collect();
    match nearest(word, known.iter().copied()) {
        Some(meant) => text!(sv: "Menade du ”{meant}”?", en: "Did you mean “{meant}”?"),
        None => {
            let (sv, en) = (listed(&known, "eller"), listed(&known, "or"));
            text!(sv: "Skriv {sv}.", en: "Write {en}.")
        }
    }
}

/// `a, b eller c`, each in quotation marks; at most twelve.
pub fn listed(words: &[&str], last: &str) -> String {
    let quote = if last == "or" || last == "and" { ("“", "”") } else { ("”", "”") };
    let mut out = String::new();
    let shown = words.len().min(12);
    for (index, word) in words.iter().take(shown).enumerate() {
        if index > 0 {
            out.push_str(if index + 1 == words.len() { " " } else { ", " });
            if index + 1 == words.len() {
                out.push_str(last);
                out.push(' ');
            }
        }
        out.push_str(quote.0);
        out.push_str(word);
        out.push_str(quote.1);
    }
    if words.len() > shown {
        out.push_str(" …");
    }
    out
}

/// A title shortened for a message.
pub fn short(title: &str) -> String {
    let limit = 70;
    if title.chars().count() <= limit {
        return title.to_owned();
    }
    let cut: String = title.chars().take(limit).collect();
    let cut = cut.rsplit_once(' ').map_or(cut.as_str(), |(before, _)| before);
    format!("{cut} …")
}
