//! "69 barn, 38 pojkar och 31 flickor": parts that a sentence gives of a whole.

use trc_base::{Decimal, Text, TextRange, text};

use crate::rule::{Level, Rule, Run};
use crate::sentence::change::{Stated, stated};
use crate::sentence::{Claim, Sentences, cover};

pub static RULE: Rule = Rule {
    id: "parts-exceed-whole",
    level: Level::Error,
    title_sv: "Delar i en mening ryms i helheten",
    title_en: "The parts in a sentence fit in the whole",
    since: "0.1.0",
    page: include_str!("parts_exceed_whole.md"),
    run: Run::Paragraph(read),
};

const FEMALE: [&str; 4] = ["kvinnor", "flickor", "kvinnorna", "flickorna"];
const MALE: [&str; 4] = ["män", "pojkar", "männen", "pojkarna"];

fn read(text: &Sentences<'_>) -> Vec<Claim> {
    let mut claims = Vec::new();
    for range in text.sentences.clone() {
        let split = gender_split(text, range.start, range.end);
        if let Some((a, b)) = &split {
            claims.extend(of_split(text, range.start, a, b));
        }
        if split.is_none() {
            claims.extend(of_which(text, range.start, range.end));
        }
    }
    claims
}

/// "38 pojkar och 31 flickor", with nothing between but words and commas.
fn gender_split<'t>(
    text: &Sentences<'t>,
    start: usize,
    end: usize,
) -> Option<(Stated<'t>, Stated<'t>)> {
    let figures: Vec<Stated<'t>> =
        (start..end).filter_map(|at| stated(&text.tokens, at)).collect();
    figures.windows(2).find_map(|pair| {
        let [a, b] = pair else { return None };
        let gender = |figure: &Stated<'_>| {
            let noun = figure.noun.map(str::to_lowercase).or_else(|| {
                let next = text.tokens.get(figure.at.checked_add(1)?)?;
                Some(next.text.to_lowercase())
            })?;
            Some((FEMALE.contains(&noun.as_str()), MALE.contains(&noun.as_str())))
        };
        let close = b.at.saturating_sub(a.at) <= 4;
        let other = matches!(
            (gender(a)?, gender(b)?),
            ((true, _), (_, true)) | ((_, true), (true, _))
        );
        (close && other && !a.about && !b.about).then(|| (a.clone(), b.clone()))
    })
}

fn of_split(text: &Sentences<'_>, start: usize, a: &Stated<'_>, b: &Stated<'_>) -> Option<Claim> {
    let both = cover(a.range, b.range);
    let sum = a.figure.value.add(b.figure.value)?;
    if a.figure.is_percent() && b.figure.is_percent() {
        let room = a.figure.value.half_unit().add(b.figure.value.half_unit())?;
        let off = sum.sub(Decimal::HUNDRED)?.abs();
        let quote = text.quote(both);
        return (off > room).then(|| {
            claim(
                both,
                text!(
                    sv: "”{quote}” är tillsammans {sum}\u{a0}procent, inte 100.",
                    en: "“{quote}” make {sum}\u{a0}procent together, not 100.",
                ),
            )
        });
    }
    if a.figure.unit.is_some() || b.figure.unit.is_some() {
        return None;
    }
    // The whole is the figure in front, in the same sentence.
    let whole = (start..a.at).rev().find_map(|at| stated(&text.tokens, at))?;
    if whole.about || whole.figure.unit.is_some() || !introduces(text, &whole, a, start) {
        return None;
    }
    let value = whole.figure.value;
    if sum == value {
        return None;
    }
    let (quote, whole_text) = (text.quote(both), text.quote(whole.range));
    Some(claim(
        both,
        text!(
            sv: "”{quote}” är tillsammans {sum}, men helheten är {whole_text}.",
            en: "“{quote}” make {sum} together, but the whole is {whole_text}.",
        ),
    ))
}

/// "Av de 69 barnen var 38 …" and "69 barn, varav 38 …": the figure is what the parts are of.
fn introduces(text: &Sentences<'_>, whole: &Stated<'_>, part: &Stated<'_>, start: usize) -> bool {
    let before = whole.at.checked_sub(1).filter(|at| *at >= start);
    let of_those = before.and_then(|at| text.tokens.get(at)).is_some_and(|token| {
        token.is(&["de", "dessa"])
            && before
                .and_then(|at| at.checked_sub(1))
                .and_then(|at| text.tokens.get(at))
                .is_some_and(|token| token.is(&["av"]))
    });
    let between = whole.at.saturating_add(1)..part.at;
    let which = between.clone().any(|at| {
        text.tokens.get(at).is_some_and(|token| token.is(&["varav", "fördelat", "fördelade"]))
    });
    of_those || which && part.at.saturating_sub(whole.at) <= 6
}

/// "12 ärenden, varav 15 …"
fn of_which(text: &Sentences<'_>, start: usize, end: usize) -> Option<Claim> {
    let which = (start..end)
        .find(|at| text.tokens.get(*at).is_some_and(|token| token.is(&["varav"])))?;
    let part = (which..end.min(which.saturating_add(3)))
        .find_map(|at| stated(&text.tokens, at))
        .filter(|part| !part.about)?;
    let whole = (start..which).rev().find_map(|at| stated(&text.tokens, at))?;
    let like = whole.figure.is_like(&part.figure) && !whole.about;
    let (all, some) = (whole.figure.quantity(), part.figure.quantity().to_unit(&whole.figure.unit.clone().unwrap_or_default())?);
    // A negative whole has larger parts.
    if !like || all.value.is_negative() || some.value <= all.value {
        return None;
    }
    let (part_text, whole_text) = (text.quote(part.range), text.quote(whole.range));
    Some(claim(
        part.range,
        text!(
            sv: "”{part_text}” sägs vara en del av {whole_text}, men är mer än det.",
            en: "“{part_text}” is said to be part of {whole_text}, but is more than that.",
        ),
    ))
}

fn claim(range: TextRange, message: Text) -> Claim {
    let help = text!(
        sv: "Rätta delarna eller helheten, eller skriv vad skillnaden är.",
        en: "Correct the parts or the whole, or say what makes the difference.",
    );
    Claim { range, message, help }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<String> {
        let sentences = Sentences::read(text);
        read(&sentences).into_iter().map(|claim| claim.message.sv).collect()
    }

    #[test]
    fn parts_that_fit_are_silent() {
        for text in [
            "Av de 69 barnen var 38 pojkar och 31 flickor.",
            "Enkäten besvarades av 12 personer, varav 7 kvinnor och 5 män.",
            "Under året var 43 % flickor och 57% pojkar på gården.",
            "Där är 50,7% av besökarna flickor, 49,3% pojkar.",
            "Nöjda är 73 % av männen och 67 % av kvinnorna.",
            "Budgeten är 12,5 mnkr, varav 2,6 mnkr för klimatet.",
            "I gruppen finns 4 tjänster. Där arbetar 3 kvinnor och 2 män.",
            "Cirka 70 barn, varav 38 pojkar och 31 flickor.",
            "Resultatet är −5,0 mnkr, varav 2,0 mnkr är hyror.",
        ] {
            assert_eq!(said(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn parts_that_do_not_fit_are_found() {
        for (text, words) in [
            ("Av de 30 barnen var 38 pojkar och 31 flickor.", "tillsammans 69, men helheten är 30"),
            ("Enkäten besvarades av 12 personer, varav 7 kvinnor och 6 män.", "tillsammans 13"),
            ("På gården var 43 % flickor och 59 % pojkar.", "tillsammans 102"),
            ("Budgeten är 2,5 mnkr, varav 2,6 mnkr för klimatet.", "2,6 mnkr”"),
        ] {
            let claims = said(text);
            assert_eq!(claims.len(), 1, "{text}: {claims:?}");
            assert!(claims[0].contains(words), "{text}: {claims:?}");
        }
    }
}
