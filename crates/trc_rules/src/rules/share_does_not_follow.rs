//! "35 av 42, vilket motsvarar 83 procent": a share that a sentence gives both ways.

use trc_base::{TextRange, text};
use trc_model::quantity::{Agreement, Quantity, Unit, compare};

use crate::rule::{Level, Rule, Run};
use crate::sentence::change::{Stated, stated};
use crate::sentence::{Claim, Figure, Kind, Sentences, cover};

pub static RULE: Rule = Rule {
    id: "share-does-not-follow",
    level: Level::Error,
    title_sv: "En andel i procent är den andel som antalen ger",
    title_en: "A share in percent is the share that the numbers give",
    since: "0.1.0",
    page: include_str!("share_does_not_follow.md"),
    run: Run::Paragraph(read),
};

/// Words that say the same again in another way.
const EQUALS: [&str; 12] = [
    "vilket",
    "motsvarar",
    "motsvarande",
    "alltså",
    "dvs",
    "det",
    "vill",
    "säga",
    "eller",
    "utgör",
    "som",
    "är",
];

/// So many words may stand between a share and its percentage.
const BETWEEN: usize = 6;

fn read(text: &Sentences<'_>) -> Vec<Claim> {
    let mut claims = Vec::new();
    for range in &text.sentences {
        for at in range.clone() {
            let Some(share) = share_at(text, at, range.end) else { continue };
            let percent = percent_after(text, share.end, range.end)
                .or_else(|| percent_before(text, share.at, range.start));
            let Some(percent) = percent.filter(|percent| !percent.about) else { continue };
            claims.extend(against(text, &share, &percent));
        }
    }
    claims
}

/// `35 av 42`, `35 av de 42`, `35/42`
struct Share {
    part: Figure,
    whole: Figure,
    at: usize,
    end: usize,
    range: TextRange,
}

fn share_at(text: &Sentences<'_>, at: usize, end: usize) -> Option<Share> {
    let token = text.tokens.get(at)?;
    if let Kind::Share(part, whole) = &token.kind {
        let (part, whole) = (part.clone(), whole.clone());
        return Some(Share { part, whole, at, end: at.checked_add(1)?, range: token.range });
    }
    let part = token.figure().filter(|figure| figure.unit.is_none())?.clone();
    // The part may say what it counts: "35 klienter av 42".
    let of = [1, 2].map(|step| at.saturating_add(step)).into_iter().find(|of| {
        text.tokens.get(*of).is_some_and(|token| token.is(&["av"]))
            && (at.saturating_add(1)..*of)
                .all(|index| text.tokens.get(index).is_some_and(|token| token.is_word()))
    })?;
    let whole_at = [1, 2]
        .map(|step| of.saturating_add(step))
        .into_iter()
        .take_while(|index| *index < end)
        .find(|index| text.tokens.get(*index).is_some_and(|token| token.figure().is_some()))?;
    let article = text.tokens.get(of.checked_add(1)?)?;
    if whole_at > of.saturating_add(1) && !article.is(&["de", "totalt", "samtliga", "alla"]) {
        return None;
    }
    let whole_token = text.tokens.get(whole_at)?;
    let whole = whole_token.figure().filter(|figure| figure.unit.is_none())?.clone();
    let range = cover(token.range, whole_token.range);
    Some(Share { part, whole, at, end: whole_at.checked_add(1)?, range })
}

/// ", vilket motsvarar 83 procent" and "(83 procent)", but not "och 83 procent av dem".
fn percent_after<'t>(text: &Sentences<'t>, from: usize, end: usize) -> Option<Stated<'t>> {
    let mut said_again = false;
    let mut words = 0_usize;
    for at in from..end {
        let token = text.tokens.get(at)?;
        match &token.kind {
            Kind::Figure(figure) if figure.is_percent() && said_again => {
                let of = text.tokens.get(at.saturating_add(1));
                // "34 procent av kvinnorna" is a share of others.
                return if of.is_some_and(|token| token.is(&["av"])) {
                    None
                } else {
                    stated(&text.tokens, at)
                };
            }
            Kind::Word if words < BETWEEN => {
                said_again |= token.is(&EQUALS);
                words = words.saturating_add(1);
            }
            Kind::Mark if token.text == "(" => said_again = true,
            Kind::Mark if token.text == "," => {}
            _ => return None,
        }
    }
    None
}

/// "83 procent (35 av 42)", "83 procent, eller 35 av 42"
fn percent_before<'t>(text: &Sentences<'t>, at: usize, start: usize) -> Option<Stated<'t>> {
    let before = at.checked_sub(1).filter(|before| *before >= start)?;
    let mark = text.tokens.get(before)?;
    let percent = if mark.text == "(" {
        before.checked_sub(1)?
    } else if mark.is(&["eller", "motsvarande"]) {
        let comma = before.checked_sub(1)?;
        if text.tokens.get(comma)?.text == "," { comma.checked_sub(1)? } else { comma }
    } else {
        return None;
    };
    stated(&text.tokens, percent)
        .filter(|stated| percent >= start && stated.figure.is_percent())
}

fn against(text: &Sentences<'_>, share: &Share, percent: &Stated<'_>) -> Option<Claim> {
    let exact = |figure: &Figure| Quantity::exact(figure.value, Unit::None);
    let right = exact(&share.part).share_of(&exact(&share.whole))?;
    if compare(&percent.figure.quantity(), &right)? != Agreement::Wrong {
        return None;
    }
    let (share_text, typed) = (text.quote(share.range), text.quote(percent.range));
    let right = right.printed(Some(percent.figure.value.decimals()));
    Some(Claim {
        range: percent.range,
        message: text!(
            sv: "Här står ”{typed}”, men {share_text} är {right}\u{a0}procent.",
            en: "This says “{typed}”, but {share_text} is {right}\u{a0}procent.",
        ),
        help: text!(
            sv: "Rätta procenttalet eller antalen. Finns värdet som utfall, infoga det i stället: ”{{indikator.utfall}}”.",
            en: "Correct the percentage or the numbers. If the value is an outcome, insert it instead: “{{indikator.utfall}}”.",
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<String> {
        let sentences = Sentences::read(text);
        read(&sentences).into_iter().map(|claim| claim.message.sv).collect()
    }

    #[test]
    fn shares_that_follow_are_silent() {
        for text in [
            "Av de svarande var 35 av 42 nöjda, vilket motsvarar 83 procent.",
            "Andelen är 83,33 % (35/42).",
            "Tre av fyra enheter, alltså 75 procent, har svarat.",
            "35 av 42 svarade, och 12 procent av kvinnorna var missnöjda.",
            "34 av 626 flyttade, medan 20 procent bodde kvar.",
            "I T1 svarade 5 av 10. Det är 12 procent av dem som fick enkäten.",
            "Dnr 2024/550 gäller, vilket motsvarar 3 procent.",
            "Svarsfrekvensen var 91 procent, eller tio av elva.",
            "En av sex nämnder deltar, vilket är 5 procent lägre kostnad.",
            "Cirka 80 procent (35 av 42) svarade.",
        ] {
            assert_eq!(said(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn shares_that_do_not_follow_are_found() {
        for (text, right) in [
            ("35 av 42 var nöjda, vilket motsvarar 82 procent.", "83"),
            ("Andelen är 82,1 % (35/42).", "83,3"),
            ("Tre av fyra enheter, alltså 70 procent, har svarat.", "75"),
            ("Svarsfrekvensen var 94 procent, eller 10 av 11.", "91"),
        ] {
            let claims = said(text);
            assert_eq!(claims.len(), 1, "{text}: {claims:?}");
            assert!(claims[0].contains(&format!("är {right}\u{a0}procent")), "{claims:?}");
        }
    }
}
