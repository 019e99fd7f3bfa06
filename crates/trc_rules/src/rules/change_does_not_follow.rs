//! A change that a sentence states is the difference between the two figures beside it.

use trc_base::{Decimal, Text, TextRange, text};
use trc_model::quantity::{Agreement, Quantity, Unit, compare};
use trc_model::wording::Direction;

use crate::rule::{Level, Rule, Run};
use crate::sentence::change::{Change, Stated, changes, stated, verb};
use crate::sentence::{Claim, Kind, Sentences, cover};

pub static RULE: Rule = Rule {
    id: "change-does-not-follow",
    level: Level::Error,
    title_sv: "En ökning eller minskning är skillnaden mellan siffrorna i texten",
    title_en: "A stated change is the difference between the figures in the text",
    since: "0.1.0",
    page: include_str!("change_does_not_follow.md"),
    run: Run::Paragraph(read),
};

/// Words that set a figure against another.
const CONTRAST: [&str; 9] = [
    "jämfört",
    "jämförelse",
    "motsvarande",
    "föregående",
    "förra",
    "fjol",
    "mot",
    "tidigare",
    "innan",
];

/// How many sentences back the figures that a change lies between may stand.
const BACK: usize = 2;

fn read(text: &Sentences<'_>) -> Vec<Claim> {
    let mut claims = Vec::new();
    for sentence in 0..text.sentences.len() {
        for change in changes(text, sentence) {
            claims.extend(of_change(text, sentence, &change));
        }
        claims.extend(of_direction(text, sentence));
    }
    claims
}

/// What is wrong with a change.
fn of_change(text: &Sentences<'_>, sentence: usize, change: &Change<'_>) -> Vec<Claim> {
    let Some(range) = text.sentences.get(sentence) else { return Vec::new() };
    // A figure that is inserted is not known here, and may be the one that is meant.
    let from = sentence.saturating_sub(BACK);
    let seen = from..=sentence;
    let opaque = |index| text.sentence(index).iter().any(|token| token.kind == Kind::Opaque);
    if seen.clone().any(opaque) {
        return Vec::new();
    }
    if let Some((before, after)) = pair(text, from, sentence, change) {
        return against(text, change, &before, &after);
    }
    // One figure and the change both ways: the change must fit itself.
    let one = (range.start..change.at)
        .rev()
        .filter_map(|at| stated(&text.tokens, at))
        .find(|figure| change.amount.as_ref().is_some_and(|amount| alike(figure, amount)));
    match (one, &change.amount, &change.percent) {
        (Some(one), Some(amount), Some(percent)) => {
            alone(change, &one, amount, percent).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// The two figures that a change lies between, if it is plain which they are.
fn pair<'t>(
    text: &Sentences<'t>,
    from: usize,
    sentence: usize,
    change: &Change<'t>,
) -> Option<(Stated<'t>, Stated<'t>)> {
    let range = text.sentences.get(sentence)?.clone();
    if let Some((before, after)) = from_to(text, range.start, change.at) {
        return fits(change, &before, &after).then_some((before, after));
    }
    let measure = change.amount.as_ref();
    // A change in percent alone has its figures in its own sentence: what is measured is
    // said by its subject, which no figure before tells.
    let from = if measure.is_some() { from } else { sentence };
    let first = text.sentences.get(from)?.start;
    // Figures of other changes are none that this one lies between.
    let others: Vec<std::ops::Range<usize>> = (from..=sentence)
        .flat_map(|index| changes(text, index))
        .map(|other| other.at..other.end)
        .collect();
    let candidates: Vec<Stated<'t>> = (first..change.at)
        .chain(change.end..range.end)
        .filter(|at| !others.iter().any(|other| other.contains(at)))
        .filter_map(|at| stated(&text.tokens, at))
        .filter(|figure| match measure {
            Some(amount) => alike(figure, amount),
            // Of a change in percent only: two figures of the same kind.
            None => figure.figure.unit != Some(Unit::Percent) && !figure.figure.in_words,
        })
        .collect();
    let [a, b] = candidates.as_slice() else { return None };
    if !alike(a, b) || a.about || b.about || !contrasted(text, a, b, range.end) {
        return None;
    }
    Some((b.clone(), a.clone()))
}

/// "från 64 till 71", right before a change.
fn from_to<'t>(
    text: &Sentences<'t>,
    start: usize,
    end: usize,
) -> Option<(Stated<'t>, Stated<'t>)> {
    let to = (start..end).rev().find(|at| {
        text.tokens.get(*at).is_some_and(|token| token.is(&["till"]))
            && text.tokens.get(at.saturating_add(1)).is_some_and(|next| next.figure().is_some())
    })?;
    let from = (start..to).rev().find(|at| {
        text.tokens.get(*at).is_some_and(|token| token.is(&["från"]))
            && text.tokens.get(at.saturating_add(1)).is_some_and(|next| next.figure().is_some())
    })?;
    // What lies between says what is counted, not another figure.
    let figures = (from.saturating_add(2)..to)
        .filter(|at| text.tokens.get(*at).is_some_and(|token| token.figure().is_some()));
    if figures.count() > 0 {
        return None;
    }
    let mut before = stated(&text.tokens, from.saturating_add(1))?;
    let after = stated(&text.tokens, to.saturating_add(1))?;
    // "från 61 till 68 procent": the unit is said once.
    if before.figure.unit.is_none() && before.noun.is_none_or(|noun| !is_noun(noun)) {
        before.figure.unit = after.figure.unit.clone();
    }
    (!before.about && !after.about).then_some((before, after))
}

/// True when the change may be one between the two.
fn fits(change: &Change<'_>, before: &Stated<'_>, after: &Stated<'_>) -> bool {
    let like = |amount: &Stated<'_>| alike(after, amount) || alike(before, amount);
    alike(before, after) && change.amount.as_ref().is_none_or(like)
}

/// True when two figures measure the same thing: the same unit, and no two nouns.
fn alike(a: &Stated<'_>, b: &Stated<'_>) -> bool {
    let points = |figure: &Stated<'_>| figure.figure.unit == Some(Unit::PercentagePoints);
    if a.figure.is_percent() && points(b) || points(a) && b.figure.is_percent() {
        return true;
    }
    if !a.figure.is_like(&b.figure) {
        return false;
    }
    match (a.noun, b.noun) {
        (Some(a), Some(b)) => a.to_lowercase() == b.to_lowercase() || !is_noun(a) || !is_noun(b),
        _ => true,
    }
}

/// A word after a figure that is not what it counts.
fn is_noun(word: &str) -> bool {
    !matches!(
        word.to_lowercase().as_str(),
        "i" | "på"
            | "av"
            | "för"
            | "till"
            | "från"
            | "och"
            | "eller"
            | "vilket"
            | "under"
            | "per"
            | "jämfört"
            | "mot"
            | "år"
            | "fler"
            | "färre"
            | "högre"
            | "lägre"
            | "medan"
            | "som"
            | "samt"
            | "har"
            | "är"
            | "var"
    )
}

fn contrasted(text: &Sentences<'_>, a: &Stated<'_>, b: &Stated<'_>, end: usize) -> bool {
    (a.at..end.max(b.at)).any(|at| text.tokens.get(at).is_some_and(|token| token.is(&CONTRAST)))
}

/// The change held against its two figures.
fn against(
    text: &Sentences<'_>,
    change: &Change<'_>,
    before: &Stated<'_>,
    after: &Stated<'_>,
) -> Vec<Claim> {
    let mut claims = Vec::new();
    let (old, new) = (before.figure.quantity(), after.figure.quantity());
    let Some(difference) = new.sub(&old).map(magnitude) else { return claims };
    let (old_text, new_text) = (text.quote(before.range), text.quote(after.range));
    if let Some(amount) = change.amount.as_ref().filter(|amount| !amount.about)
        && let Some(Agreement::Wrong) = compare(&amount.figure.quantity(), &difference)
    {
        let right = printed(&difference, amount);
        let typed = text.quote(amount.range);
        claims.push(claim(
            amount.range,
            text!(
                sv: "Här står ändringen ”{typed}”, men mellan {old_text} och {new_text} skiljer det {right}.",
                en: "The change is said to be “{typed}”, but between {old_text} and {new_text} the difference is {right}.",
            ),
        ));
    }
    if let Some(percent) = change.percent.as_ref().filter(|percent| !percent.about) {
        let of = |base: &Quantity| difference.share_of(base).map(magnitude);
        let right = of(&old);
        // Which of the two was first is not always said.
        let agrees = [of(&old), of(&new)].into_iter().flatten().any(|share| {
            compare(&percent.figure.quantity(), &share).is_none_or(|it| it != Agreement::Wrong)
        });
        if let (false, Some(right)) = (agrees, right) {
            let right = right.printed(Some(percent.figure.value.decimals()));
            let typed = text.quote(percent.range);
            claims.push(claim(
                percent.range,
                text!(
                    sv: "Här står ändringen ”{typed}”, men mellan {old_text} och {new_text} är den {right}\u{a0}procent.",
                    en: "The change is said to be “{typed}”, but between {old_text} and {new_text} it is {right}\u{a0}procent.",
                ),
            ));
        }
    }
    claims
}

/// A figure, and what it has changed by in two ways that do not fit one another.
fn alone(
    change: &Change<'_>,
    one: &Stated<'_>,
    amount: &Stated<'_>,
    percent: &Stated<'_>,
) -> Option<Claim> {
    if one.about || amount.about || percent.about {
        return None;
    }
    let (level, by) = (one.figure.quantity(), amount.figure.quantity());
    // The figure may be the one before or the one after the change.
    let before = match change.direction {
        Direction::Down | Direction::Deficit => level.add(&by),
        Direction::Up | Direction::Surplus => level.sub(&by),
    };
    let shares: Vec<Quantity> = [Some(level), before]
        .into_iter()
        .flatten()
        .filter(|base| !base.value.is_zero() && !base.value.is_negative())
        .filter_map(|base| by.share_of(&base))
        .collect();
    let right = shares.last()?.printed(Some(percent.figure.value.decimals()));
    let wrong = shares.iter().all(|share| {
        compare(&percent.figure.quantity(), share) == Some(Agreement::Wrong)
    });
    let (by, typed, level) = (amount.figure.value, percent.figure.value, one.figure.value);
    wrong.then(|| {
        claim(
            percent.range,
            text!(
                sv: "Här står ”{typed}\u{a0}procent”, men en ändring med {by} till {level} är {right}\u{a0}procent.",
                en: "This says “{typed}\u{a0}procent”, but a change by {by} to {level} is {right}\u{a0}procent.",
            ),
        )
    })
}

/// "ökade från 71 till 64"
fn of_direction(text: &Sentences<'_>, sentence: usize) -> Vec<Claim> {
    let Some(range) = text.sentences.get(sentence).cloned() else { return Vec::new() };
    let mut claims = Vec::new();
    for at in range.clone() {
        let Some(token) = text.tokens.get(at) else { break };
        let Some(direction) = verb(token) else { continue };
        // The first word after the verb, or after its subject.
        let end = (at..range.end)
            .find(|index| text.tokens.get(*index).is_some_and(|token| token.text == ","))
            .unwrap_or(range.end);
        let Some((before, after)) = from_to(text, at, end) else { continue };
        // "ökade inte utan gick från 82 till 77": the verb is denied.
        let denied = (at.saturating_add(1)..at.saturating_add(4)).any(|index| {
            text.tokens.get(index).is_some_and(|token| token.is(&["inte", "ej", "aldrig", "utan"]))
        });
        if denied {
            continue;
        }
        // A second verb between has the figures.
        let other = (at.saturating_add(1)..before.at)
            .any(|index| text.tokens.get(index).is_some_and(|token| verb(token).is_some()));
        if other || !alike(&before, &after) {
            continue;
        }
        let (old, new) = (before.figure.quantity(), after.figure.quantity());
        let Some(difference) = new.sub(&old) else { continue };
        let up = !difference.value.is_negative();
        if difference.value.is_zero() || up == (direction == Direction::Up) {
            continue;
        }
        let (word, old, new) =
            (token.text, text.quote(before.range), text.quote(after.range));
        claims.push(claim(
            cover(token.range, after.range),
            text!(
                sv: "Här står ”{word}”, men från {old} till {new} går det åt andra hållet.",
                en: "This says “{word}”, but from {old} to {new} is the other way.",
            ),
        ));
    }
    claims
}

/// Without its sign.
fn magnitude(quantity: Quantity) -> Quantity {
    Quantity { value: quantity.value.abs(), ..quantity }
}

fn printed(right: &Quantity, like: &Stated<'_>) -> String {
    let unit = like.figure.unit.clone().unwrap_or_default();
    let value = right.to_unit(&unit).unwrap_or_else(|| right.clone());
    let decimals = value.decimals.unwrap_or_default().max(like.figure.value.decimals());
    let number: Decimal = value.printed(Some(decimals));
    match unit.in_prose() {
        "" => number.to_string(),
        unit => format!("{number}\u{a0}{unit}"),
    }
}

fn claim(range: TextRange, message: Text) -> Claim {
    let help = text!(
        sv: "Rätta den siffra som är fel. Skriv gärna ändringen som en formel, till exempel ”[46 platser]{{platser.2025 - platser.2024}}”, så kontrolleras den.",
        en: "Correct the figure that is wrong. Better, write the change as a formula, such as “[46 platser]{{platser.2025 - platser.2024}}”, to have it checked.",
    );
    Claim { range, message, help }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<String> {
        let sentences = Sentences::read(text);
        read(&sentences)
            .into_iter()
            .map(|claim| format!("{}: {}", sentences.quote(claim.range), claim.message.sv))
            .collect()
    }

    #[test]
    fn changes_that_follow_are_silent() {
        for text in [
            "Antalet platser är 1 113. Samma månader 2024 var antalet 1 067, en ökning med 46 platser eller 4,3 procent.",
            "Kostnaden ökade från 475,9 mnkr till 523,9 mnkr, en ökning med 48,0 mnkr eller 10,1 procent.",
            "Personalen arbetade 68 007 timmar under våren 2025. Våren 2024 arbetade den 68 429 timmar, så det blev 422 färre timmar, en minskning med 0,6 procent.",
            "I april gick 3 819 barn i förskolorna, vilket är 73 barn färre än i april 2024.",
            "Priset har ökat med 5,0 procent i förhållande till år 2024.",
            "Andelen steg från 61 till 68 procent, en ökning med 7 procentenheter.",
            "Från 2022 till 2023 ökade antalet med 12 barn.",
            "Ett uttag om 4,5 mnkr görs, vilket är 4 procentenheter högre än staden.",
            "Budgeten är {x} mnkr, mot 5 mnkr i fjol, en ökning med 9 mnkr.",
            "Antalet ärenden är 750 jämfört med 610 ärenden i fjol, en ökning med cirka 20 procent.",
            "Hyran är 12 mnkr. Lönerna är 40 mnkr, jämfört med 38 mnkr i fjol, en ökning med 2 mnkr.",
            "Enheten har 12 platser, en ökning med 2 platser eller 20 procent.",
            "Indexet ökade inte utan gick från 82 till 77.",
            "Det var 68 007 timmar, mot 68 429 timmar i fjol. Ersättningen har höjts med 1,0 procent jämfört med 2024.",
        ] {
            let text = text.replace("{x}", "\u{fffc}");
            assert_eq!(said(&text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn changes_that_do_not_follow_are_found() {
        for (text, found) in [
            (
                "Antalet platser är 1 113 platser. Motsvarande period 2024 var antalet 1 067, en ökning med 49 platser.",
                "49",
            ),
            (
                "Nettokostnaden är 523,9 mnkr. Vid motsvarande tid 2024 var den 475,9 mnkr. Området har ökade kostnader med 48 mnkr eller 3,7 procent.",
                "3,7 procent",
            ),
            ("Andelen ökade från 61 till 68 procent, en ökning med 9 procentenheter.", "9 procentenheter"),
            ("Antalet hushåll minskade från 280 till 283.", "minskade från 280 till 283"),
            ("Antalet är 110 barn, en ökning med 10 barn eller 25 procent.", "25 procent"),
        ] {
            let claims = said(text);
            assert_eq!(claims.len(), 1, "{text}: {claims:?}");
            assert!(claims[0].starts_with(&format!("{found}: ")), "{text}: {claims:?}");
        }
    }
}
