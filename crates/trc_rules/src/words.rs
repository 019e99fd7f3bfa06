//! Small pieces of sentences that several messages share.

use trc_base::suggest::nearest;
use trc_base::{Text, text};
use trc_model::document::GoalKey;
use trc_model::quantity::Quantity;
use trc_model::report::Report;

use crate::help::Help;

/// "Menade du …?" where a known word is near.
pub fn meant<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<Help> {
    let meant = nearest(word, known)?;
    let text = text!(sv: "Menade du ”{meant}”?", en: "Did you mean “{meant}”?");
    Some(Help::from(text).likely(word, meant))
}

/// "Menade du …?" where a known word is near, else the words there are.
pub fn meant_or_all<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Help {
    let known: Vec<&str> = known.into_iter().collect();
    meant(word, known.iter().copied()).unwrap_or_else(|| {
        if known.is_empty() {
            return text!(sv: "Ta bort det.", en: "Remove it.").into();
        }
        let (sv, en) = (listed(&known, "eller"), listed(&known, "or"));
        text!(sv: "Skriv {sv}.", en: "Write {en}.").into()
    })
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
        out.push_str(if last == "or" || last == "and" { " and others" } else { " med flera" });
    }
    out
}

/// Goals that a wrong number may have meant. One digit is as near as another, so no
/// single one is guessed: those of the same level under the nearest goal above it.
pub fn goals_nearby(report: &Report<'_>, wrong: &GoalKey) -> Option<Text> {
    let GoalKey::Number(parts) = wrong else { return None };
    let near = (0..parts.len()).rev().find_map(|depth| {
        let above = parts.get(..depth)?;
        let near: Vec<String> = report
            .goals
            .iter()
            .filter(|goal| match &goal.key {
                GoalKey::Number(known) => known.len() == parts.len() && known.starts_with(above),
                GoalKey::Name(_) => false,
            })
            .map(|goal| goal.key.to_string())
            .collect();
        (!near.is_empty()).then_some(near)
    })?;
    let near: Vec<&str> = near.iter().map(String::as_str).collect();
    let (sv, en) = (listed(&near, "och"), listed(&near, "and"));
    Some(text!(
        sv: "Rätta numret. I närheten finns {sv}.",
        en: "Correct the number. Nearby there are {en}.",
    ))
}

/// A figure with its unit, as it is printed.
pub fn figure(quantity: &Quantity) -> String {
    let value = quantity.printed(None);
    match quantity.unit.in_table() {
        "" => value.to_string(),
        unit => format!("{value} {unit}"),
    }
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
