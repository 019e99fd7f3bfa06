//! "Fyra områden: a, b och c": what a sentence counts and then lists.

use trc_base::{Decimal, text};

use crate::rule::{Level, Rule, Run};
use crate::sentence::change::stated;
use crate::sentence::{Claim, Kind, Sentences};

pub static RULE: Rule = Rule {
    id: "count-differs-from-list",
    level: Level::Warning,
    title_sv: "Det som räknas upp är så många som det står",
    title_en: "What is listed is as many as is said",
    since: "0.1.0",
    page: include_str!("count_differs_from_list.md"),
    run: Run::Paragraph(read),
};

/// The longest list that is counted.
const MOST: usize = 12;

fn read(text: &Sentences<'_>) -> Vec<Claim> {
    text.sentences.iter().filter_map(|range| of_sentence(text, range.clone())).collect()
}

fn of_sentence(text: &Sentences<'_>, range: std::ops::Range<usize>) -> Option<Claim> {
    let colon = range
        .clone()
        .find(|at| text.tokens.get(*at).is_some_and(|token| token.text == ":"))?;
    // The count stands right before the colon: "fyra områden:", "tre nya enheter:".
    let counted = (range.start..colon)
        .rev()
        .take(3)
        .find_map(|at| stated(&text.tokens, at))
        .filter(|counted| counted.figure.unit.is_none() && !counted.about)?;
    let nouns = counted.at.saturating_add(1)..colon;
    if nouns.is_empty()
        || !nouns.clone().all(|at| text.tokens.get(at).is_some_and(|token| token.is_word()))
    {
        return None;
    }
    let items = items(text, colon.saturating_add(1), range.end)?;
    let said = counted.figure.value;
    if said == Decimal::from(i64::try_from(items).ok()?) || said > Decimal::from(12) {
        return None;
    }
    let typed = text.quote(counted.range);
    Some(Claim {
        range: counted.range,
        message: text!(
            sv: "Här står ”{typed}”, men det som räknas upp efter kolonet är {items}.",
            en: "This says “{typed}”, but {items} are listed after the colon.",
        ),
        help: text!(
            sv: "Rätta antalet, eller lägg till det som saknas i uppräkningen.",
            en: "Correct the number, or add what is missing from the list.",
        ),
    })
}

/// How many are listed: commas and one "och" before the last. Nothing for what is not
/// plainly a list.
fn items(text: &Sentences<'_>, start: usize, end: usize) -> Option<usize> {
    let tokens = text.tokens.get(start..end)?;
    let mut count = 1_usize;
    let mut and = None;
    let mut words = 0_usize;
    for (index, token) in tokens.iter().enumerate() {
        match &token.kind {
            // A comma after "och" begins a clause, not an item.
            Kind::Mark if token.text == "," && and.is_none() => {
                count = count.saturating_add(1);
                words = 0;
            }
            Kind::Word if token.is(&["och", "samt"]) => {
                // Two in one list: an item that holds one itself.
                if and.replace(index).is_some() {
                    return None;
                }
                count = count.saturating_add(1);
                words = 0;
            }
            Kind::Word => words = words.saturating_add(1),
            _ => return None,
        }
        // Items are names, not sentences.
        if words > 4 {
            return None;
        }
    }
    (and.is_some() && (3..=MOST).contains(&count)).then_some(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_counted() {
        for (text, count) in [
            ("Planen samordnas av fyra förvaltningar: stadsbyggnad, miljö och trafik.", 1),
            ("Planen samordnas av tre förvaltningar: stadsbyggnad, miljö och trafik.", 0),
            ("Arbetet har 3 delar: vatten, luft, mark och buller.", 1),
            ("Två saker återstår: vård och omsorg i egen regi.", 0),
            ("Resultatet för tre enheter: en ökning väntas i år, vilket gör skillnad.", 0),
            ("Målet är tydligt: stöd, trygghet och delaktighet.", 0),
        ] {
            assert_eq!(read(&Sentences::read(text)).len(), count, "{text}");
        }
    }
}
