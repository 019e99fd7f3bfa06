//! Names for what a spreadsheet knows only by its title.
//!
//! A name is made of the title's own words: the few that tell it from other titles,
//! without "andel", "antal" and the words that every survey question has. It follows from
//! the title alone, so the same title gets the same name in every report; only where two
//! would be alike do both take a word more, whichever came first.

use std::collections::{BTreeMap, BTreeSet};

use trc_syntax::is_structural;
use trc_syntax::name::{composed, from_label};

/// How long a name should be at most, in letters. A single word may be longer.
const LONGEST: usize = 34;
/// How many words it should have at most.
const MOST_WORDS: usize = 3;
/// A word counts as no longer than this when words are weighed: what makes a long Swedish
/// compound longer makes it no more telling.
const WEIGHT: usize = 12;

/// Words that tell nothing about a measure or an activity.
const EMPTY_WORDS: &[&str] = &[
    "andel",
    "andelen",
    "antal",
    "antalet",
    "totalt",
    "total",
    "samtliga",
    "alla",
    "all",
    "allt",
    "och",
    "eller",
    "samt",
    "i",
    "på",
    "av",
    "som",
    "är",
    "att",
    "de",
    "den",
    "det",
    "en",
    "ett",
    "för",
    "med",
    "till",
    "från",
    "om",
    "inom",
    "hos",
    "vid",
    "efter",
    "under",
    "över",
    "mot",
    "mellan",
    "genom",
    "utifrån",
    "utan",
    "där",
    "när",
    "hur",
    "vad",
    "vart",
    "var",
    "vilka",
    "ej",
    "inte",
    "ska",
    "kan",
    "får",
    "har",
    "ha",
    "vara",
    "blir",
    "bli",
    "ges",
    "ge",
    "tas",
    "ta",
    "fram",
    "sig",
    "sin",
    "sitt",
    "sina",
    "deras",
    "dess",
    "min",
    "mitt",
    "olika",
    "minst",
    "mest",
    "mer",
    "fler",
    "samma",
    "själva",
    "hen",
    "man",
    "tillhandahållna",
    "upplever",
    "upplevelse",
    "upplevelsen",
    "anger",
    "uppger",
    "känner",
    "tycker",
    "visar",
    "bidrar",
    "lever",
    "berör",
    "fått",
    "personer",
    "tillgången",
    "tillgång",
    "möjligheten",
    "möjlighet",
    "förhållande",
    "jämfört",
    "stadens",
    "staden",
    "nämnden",
    "nämndens",
    "stadsdelsnämnden",
    "stadsdelsnämnderna",
    "stadsdelsnämnd",
    "förvaltningen",
    "särskilt",
    "övriga",
    "relevanta",
    "berörda",
    "ökad",
    "ökade",
    "god",
    "goda",
    "bra",
    "varje",
    "något",
    "andra",
    "annat",
    "genomföra",
    "genomförs",
    "genomfört",
    "implementera",
    "implementerar",
    "anordna",
    "anordnar",
    "utveckla",
    "utvecklar",
    "säkerställa",
    "säkerställer",
    "erbjuda",
    "erbjuds",
    "erbjuder",
    "fortsätta",
    "fortsätter",
    "arbeta",
    "arbetar",
    "arbete",
    "arbetet",
    "samarbete",
    "samråd",
    "samverkan",
    "syfte",
    "fokus",
    "area",
    "två",
    "tre",
    "når",
    "nå",
    "målen",
    "målet",
    "uppnåtts",
    "regi",
    "möter",
];

/// Words for the people of whom nearly every survey asks: used when nothing else tells
/// two titles apart.
const WEAK_WORDS: &[&str] = &[
    "vårdnadshavare",
    "brukare",
    "brukarens",
    "omsorgstagare",
    "stockholmare",
    "stockholmarens",
    "stockholmarnas",
    "invånare",
    "medarbetare",
    "medarbetarna",
    "föräldrar",
    "seniorer",
    "funktionsnedsättning",
    "verksamheter",
    "verksamheterna",
];

/// Gives each title a name that none of the others and none of those taken has. Equal
/// titles are given different names too.
pub fn propose(titles: &[&str], taken: &BTreeSet<String>) -> Vec<String> {
    let words: Vec<Words> = titles.iter().map(|title| Words::of(title)).collect();
    let mut extra = vec![0usize; titles.len()];
    // Each round gives those that share a name a word more, until none has any left.
    for _ in 0..8 {
        let names: Vec<String> =
            words.iter().zip(&extra).map(|(words, extra)| words.name(*extra)).collect();
        let mut owners: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, name) in names.iter().enumerate() {
            owners.entry(name).or_default().push(index);
        }
        let mut changed = false;
        for (name, owners) in owners {
            if owners.len() < 2 && !taken.contains(name) {
                continue;
            }
            for index in owners {
                if let (Some(extra), Some(words)) = (extra.get_mut(index), words.get(index))
                    && words.name(*extra + 1) != words.name(*extra)
                {
                    *extra += 1;
                    changed = true;
                }
            }
        }
        if !changed {
            break;
        }
    }
    let mut used = taken.clone();
    let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
    words
        .iter()
        .zip(&extra)
        .map(|(words, extra)| {
            let name = words.name(*extra);
            // What was given out last is remembered: a thousand activities can have one title.
            let next = numbers.entry(name.clone()).or_insert(1u32);
            let mut unique = name.clone();
            while used.contains(&unique) {
                *next = next.saturating_add(1);
                unique = format!("{name}_{next}");
            }
            used.insert(unique.clone());
            unique
        })
        .collect()
}

/// The words of a title, and which of them a name takes first.
struct Words {
    /// In the order of the title.
    all: Vec<String>,
    /// Indices into `all`, the most telling first; "per" is none of them.
    ranked: Vec<usize>,
    /// How many of the ranked a name has when nothing else has the same.
    usual: usize,
}

/// How much a word tells, most first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Telling,
    Weak,
    InBrackets,
    Empty,
}

impl Words {
    fn of(title: &str) -> Words {
        let title = composed(title).to_lowercase();
        let outside = without_parentheses(&title);
        // A title that is all in brackets has its words there.
        let outside = if split(&outside).is_empty() { title.clone() } else { outside };
        let mut all = split(&outside);
        let main = all.len();
        for word in split(&title) {
            if !all.contains(&word) {
                all.push(word);
            }
        }
        let class = |index: usize, word: &str| {
            if EMPTY_WORDS.contains(&word) {
                Class::Empty
            } else if index >= main {
                Class::InBrackets
            } else if WEAK_WORDS.contains(&word) {
                Class::Weak
            } else {
                Class::Telling
            }
        };
        let mut classed: Vec<(Class, usize, &str)> = all
            .iter()
            .enumerate()
            .filter(|(_, word)| *word != CONNECTING)
            .map(|(index, word)| (class(index, word), index, word.as_str()))
            .collect();
        classed.sort_by_key(|(class, index, word)| {
            (*class, WEIGHT - word.chars().count().min(WEIGHT), *index)
        });
        let of = |wanted: Class| classed.iter().filter(move |(class, ..)| *class == wanted);
        let telling: Vec<(usize, usize)> =
            of(Class::Telling).map(|(_, index, word)| (*index, word.chars().count() + 1)).collect();
        let length = telling.iter().map(|(_, letters)| letters).sum::<usize>();
        let mut ranked: Vec<usize> = Vec::new();
        if telling.len() <= MOST_WORDS + 1 && length <= LONGEST {
            ranked.extend(telling.iter().map(|(index, _)| *index));
        } else {
            // The heaviest that fit beside one another; the first fits always.
            let mut room = LONGEST;
            for (index, letters) in &telling {
                if ranked.len() < MOST_WORDS && (ranked.is_empty() || *letters <= room) {
                    ranked.push(*index);
                    room = room.saturating_sub(*letters);
                }
            }
        }
        // "nöjda" alone says too little; of whom, says the weak word beside it.
        if telling.len() < 2 {
            ranked.extend(of(Class::Weak).next().map(|(_, index, _)| *index));
        }
        let usual = ranked.len().max(1);
        // Words that say nothing make a name only where there are no others.
        let any = classed.iter().any(|(class, ..)| *class != Class::Empty);
        for (class, index, _) in &classed {
            if !ranked.contains(index) && (*class != Class::Empty || !any) {
                ranked.push(*index);
            }
        }
        Words { all, ranked, usual }
    }

    /// A name of the usual words and so many more.
    fn name(&self, extra: usize) -> String {
        let mut chosen: Vec<usize> = self.ranked.iter().copied().take(self.usual + extra).collect();
        // "barn per grupp", when both sides of it are there.
        let connecting = self.all.iter().enumerate().filter(|(_, word)| *word == CONNECTING);
        let between = |at: &usize| at.checked_sub(1).is_some_and(|before| chosen.contains(&before));
        let connecting: Vec<usize> = connecting
            .map(|(at, _)| at)
            .filter(|at| between(at) && chosen.iter().any(|after| after > at))
            .collect();
        chosen.extend(connecting);
        chosen.sort_unstable();
        let words = chosen.iter().filter_map(|index| self.all.get(*index)).map(String::as_str);
        let name = words.collect::<Vec<_>>().join("_");
        let name = if name.is_empty() { "namnlös".to_owned() } else { name };
        // A name may begin with a digit only after a dot, and a word of the language is
        // none.
        let taken = is_structural(&name) || FORMULA_WORDS.contains(&name.as_str());
        if taken || name.starts_with(|c: char| c.is_ascii_digit()) {
            format!("_{name}")
        } else {
            name
        }
    }
}

/// Stands between two words that are chosen.
const CONNECTING: &str = "per";

/// Words that mean something in a formula.
const FORMULA_WORDS: &[&str] = &[
    "antal",
    "andel",
    "procentändring",
    "min",
    "max",
    "ord",
    "tal",
    "summa",
    "varav",
    "grupp",
    "inget",
    "föregående",
];

fn split(text: &str) -> Vec<String> {
    let label = from_label(text);
    label.split('_').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn without_parentheses(text: &str) -> String {
    let mut depth = 0u32;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '(' => depth = depth.saturating_add(1),
            ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    // A bracket that never closes is no bracket.
    if depth > 0 { text.to_owned() } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(titles: &[&str]) -> String {
        propose(titles, &BTreeSet::new()).join("\n")
    }

    #[test]
    fn names_are_the_telling_words_of_a_title() {
        insta::assert_snapshot!(names(&[
            "Andel barn och ungdomar som är nöjda med tillgången till fritidsaktiviteter",
            "Andel barn som lever i familjer som har ekonomiskt bistånd",
            "Andelen nöjda besökare på stadens fritidsgårdar",
            "Antal vräkningar som berör barn",
            "Andel legitimerade förskollärare av totalt antal anställda (årsarbetare)",
            "Antal barn per anställd i förskolan (årsarbetare)",
            "Antal barn per grupp",
            "Antal barn per legitimerad förskollärare",
            "Inskrivningsgrad i förskola",
            "Sjukfrånvaro",
            "Sjukfrånvaro dag 1-14",
            "Aktivt Medskapandeindex",
            "ANDT-förebyggande arbete enligt Preventionsindex mini (PI-mini)",
            "Medarbetare har genomfört stadens webbutbildning \"Bryt myten\" om psykisk ohälsa.",
            "Antal",
            "14-dagarsperiod",
            "Mål",
        ]));
    }

    #[test]
    fn titles_that_differ_in_little_differ_in_their_names() {
        let titles = [
            "Andel personer som själva upplever att de får en förbättrad situation (socialpsykiatri)",
            "Andel personer som själva upplever att de får en förbättrad situation (vuxna missbruk)",
            "Andel barn och ungdomar som är nöjda med tillgången till idrottsaktiviteter",
            "Andel barn och ungdomar som deltar i idrottsaktiviteter på fritiden",
            "Andel barn och ungdomar som deltar i kulturaktiviteter på fritiden",
        ];
        let mut turned = titles;
        turned.reverse();
        let mut there: Vec<String> = propose(&titles, &BTreeSet::new());
        insta::assert_snapshot!(there.join("\n"));
        let mut back = propose(&turned, &BTreeSet::new());
        there.sort();
        back.sort();
        assert_eq!(there, back, "the order does not matter");
    }

    #[test]
    fn a_name_that_is_taken_is_not_given() {
        let taken = BTreeSet::from(["barn_per_grupp".to_owned()]);
        assert_eq!(propose(&["Antal barn per grupp", "Antal barn per grupp"], &taken).len(), 2);
        for name in propose(&["Antal barn per grupp", "Antal barn per grupp"], &taken) {
            assert!(!taken.contains(&name), "{name}");
        }
    }
}
