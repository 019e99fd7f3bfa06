//! "En ökning med 46 platser eller 4,3 procent": changes as sentences state them, and the
//! two figures that they lie between.

use trc_base::TextRange;
use trc_model::wording::{Direction, direction_of};

use super::{Figure, Kind, Sentences, Token, cover};

/// A stated change.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Change<'t> {
    /// By how much.
    pub amount: Option<Stated<'t>>,
    /// By how much of what there was, in percent.
    pub percent: Option<Stated<'t>>,
    pub direction: Direction,
    /// The first of its tokens.
    pub at: usize,
    /// The first token after it.
    pub end: usize,
    pub range: TextRange,
}

/// A figure as it stands in a sentence.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Stated<'t> {
    pub figure: Figure,
    /// The word right after it: what it counts.
    pub noun: Option<&'t str>,
    /// True after `cirka`, `drygt`, `knappt`.
    pub about: bool,
    pub at: usize,
    pub range: TextRange,
}

/// Words that widen a figure.
const ABOUT: [&str; 12] = [
    "cirka", "ca", "omkring", "ungefär", "runt", "drygt", "knappt", "nästan", "närmare", "över",
    "minst", "mer",
];

/// Words that may stand between a change and the same change in percent.
const OR: [&str; 12] = [
    "eller",
    "motsvarande",
    "motsvarar",
    "vilket",
    "alltså",
    "dvs",
    "det",
    "vill",
    "säga",
    "en",
    "ökning",
    "minskning",
];

/// Nouns that say a change.
const NOUNS: [&str; 8] = [
    "ökning",
    "minskning",
    "nedgång",
    "uppgång",
    "höjning",
    "sänkning",
    "kostnadsökning",
    "kostnadsminskning",
];

/// Verbs that say a change when "med" follows.
const VERBS_UP: [&str; 10] =
    ["ökat", "ökade", "ökar", "öka", "stigit", "steg", "stiger", "höjts", "höjdes", "vuxit"];
const VERBS_DOWN: [&str; 10] = [
    "minskat", "minskade", "minskar", "minska", "sjunkit", "sjönk", "sjunker", "sänkts", "sänktes",
    "fallit",
];

/// The figure at a token, with what surrounds it.
pub(crate) fn stated<'t>(tokens: &[Token<'t>], at: usize) -> Option<Stated<'t>> {
    let token = tokens.get(at)?;
    let figure = token.figure()?.clone();
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let noun = tokens
        .get(at.saturating_add(1))
        .filter(|next| next.is_word() && figure.unit.is_none())
        .map(|next| next.text);
    let about = before.is_some_and(|token| token.is(&ABOUT));
    Some(Stated { figure, noun, about, at, range: token.range })
}

/// The direction that a word of change says.
pub(crate) fn verb(token: &Token<'_>) -> Option<Direction> {
    if token.is(&VERBS_UP) {
        Some(Direction::Up)
    } else if token.is(&VERBS_DOWN) {
        Some(Direction::Down)
    } else {
        None
    }
}

/// The changes that a sentence states.
pub(crate) fn changes<'t>(text: &Sentences<'t>, sentence: usize) -> Vec<Change<'t>> {
    let Some(range) = text.sentences.get(sentence).cloned() else { return Vec::new() };
    let mut found: Vec<Change<'t>> = Vec::new();
    for at in range.clone() {
        if found.last().is_some_and(|change| at < change.end) {
            continue;
        }
        let change = by_noun(text, at, range.end)
            .or_else(|| by_verb(text, at, range.end))
            .or_else(|| by_comparison(text, at, range.end));
        found.extend(change);
    }
    found
}

/// "en ökning med 49 platser"
fn by_noun<'t>(text: &Sentences<'t>, at: usize, end: usize) -> Option<Change<'t>> {
    let token = text.tokens.get(at)?;
    let word = token.text.to_lowercase();
    if !token.is_word() || !NOUNS.contains(&word.as_str()) {
        return None;
    }
    let down = ["minskning", "nedgång", "sänkning"].iter().any(|down| word.ends_with(down));
    let direction = if down { Direction::Down } else { Direction::Up };
    let next = after_with(text, at.saturating_add(1))?;
    change(text, at, next, end, direction)
}

/// "har ökat med 49 platser", "ökade kostnader med 48 mnkr"
fn by_verb<'t>(text: &Sentences<'t>, at: usize, end: usize) -> Option<Change<'t>> {
    let direction = verb(text.tokens.get(at)?)?;
    let words = 1..=3;
    let with = words
        .map(|step| at.saturating_add(step))
        .take_while(|index| text.tokens.get(*index).is_some_and(Token::is_word))
        .find(|index| text.tokens.get(*index).is_some_and(|token| token.is(&["med"])))?;
    let next = after_with(text, with)?;
    change(text, at, next, end, direction)
}

/// "vilket är 422 färre timmar", "vilket är 73 barn färre"
fn by_comparison<'t>(text: &Sentences<'t>, at: usize, end: usize) -> Option<Change<'t>> {
    if !text.tokens.get(at)?.is(&["vilket"]) || !text.tokens.get(at.checked_add(1)?)?.is(&["är"]) {
        return None;
    }
    let figure = at.checked_add(2)?;
    text.tokens.get(figure)?.figure()?;
    let word = (1..=2)
        .filter_map(|step| text.tokens.get(figure.checked_add(step)?))
        .find(|token| token.is(&["fler", "färre", "högre", "lägre"]))?;
    let direction = direction_of(word.text)?;
    change(text, at, figure, end, direction)
}

/// The place of the figure after "med", past a word that widens it.
fn after_with(text: &Sentences<'_>, at: usize) -> Option<usize> {
    if !text.tokens.get(at)?.is(&["med", "om", "på"]) {
        return None;
    }
    let next = at.checked_add(1)?;
    let is_about = text.tokens.get(next).is_some_and(|token| token.is(&ABOUT));
    let figure = if is_about { next.checked_add(1)? } else { next };
    text.tokens.get(figure)?.figure().map(|_| figure)
}

fn change<'t>(
    text: &Sentences<'t>,
    at: usize,
    figure: usize,
    end: usize,
    direction: Direction,
) -> Option<Change<'t>> {
    let first = stated(&text.tokens, figure)?;
    // "En ökning med 5 till 12": the figure that counts is another.
    let mut last = figure;
    let mut second = None;
    let mut between = 0;
    for index in figure.saturating_add(1)..end {
        let Some(token) = text.tokens.get(index) else { break };
        match &token.kind {
            Kind::Figure(other) => {
                let is_other = other.is_percent() != first.figure.is_percent();
                if is_other && between > 0 {
                    second = stated(&text.tokens, index);
                    last = index;
                }
                break;
            }
            Kind::Word if token.is(&OR) => between = usize::saturating_add(between, 1),
            // The noun of the first figure, a word that widens the second, "med".
            Kind::Word
                if index == figure.saturating_add(1)
                    || index == figure.saturating_add(2) && between == 0
                    || token.is(&ABOUT)
                    || token.is(&["med", "om"]) => {}
            Kind::Mark if matches!(token.text, "," | "(") => {
                between = usize::saturating_add(between, usize::from(token.text == "("));
            }
            _ => break,
        }
    }
    let start = text.tokens.get(at)?.range;
    let range = cover(start, text.tokens.get(last)?.range);
    let (amount, percent) =
        if first.figure.is_percent() { (second, Some(first)) } else { (Some(first), second) };
    Some(Change { amount, percent, direction, at, end: last.saturating_add(1), range })
}
