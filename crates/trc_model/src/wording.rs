//! The words around a figure in a sentence: which way it goes, and small numbers.

use trc_base::Decimal;

use crate::quantity::Quantity;

/// A word that says which way a figure goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    Up,
    Down,
    Surplus,
    Deficit,
}

/// What the words beside an inserted figure say of its sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sign {
    /// Nothing: it is printed as it is.
    Own,
    /// The word says it, so the minus is not printed: "ett underskott om 8,9 mnkr".
    Said,
    /// The word says the other way.
    Contradicted,
}

/// The numbers that are written as words, from zero.
const NUMBERS: [&str; 21] = [
    "noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv",
    "tretton", "fjorton", "femton", "sexton", "sjutton", "arton", "nitton", "tjugo",
];

/// Words that may stand between a word of direction and its figure.
const BETWEEN: [&str; 34] = [
    "om",
    "på",
    "med",
    "av",
    "till",
    "totalt",
    "sammanlagt",
    "cirka",
    "ca",
    "drygt",
    "knappt",
    "nästan",
    "närmare",
    "omkring",
    "ungefär",
    "runt",
    "hela",
    "är",
    "var",
    "blir",
    "blev",
    "bli",
    "uppgår",
    "uppgick",
    "väntas",
    "beräknas",
    "bedöms",
    "prognostiseras",
    "redovisas",
    "ett",
    "en",
    "nu",
    "därmed",
    "motsvarande",
];

/// The whole number that a word means. "ett" and "en" are one; "inga" is none.
pub fn number_of(word: &str) -> Option<Decimal> {
    let word = word.to_lowercase();
    let index = match word.as_str() {
        "ett" => 1,
        "båda" | "bägge" => 2,
        "ingen" | "inget" | "inga" => 0,
        word => NUMBERS.iter().position(|known| *known == word)?,
    };
    i64::try_from(index).ok().map(Decimal::from)
}

/// A whole number up to twenty as a word.
pub fn number_word(value: Decimal) -> Option<&'static str> {
    let number = value.to_i64().filter(|number| value == Decimal::from(*number))?;
    NUMBERS.get(usize::try_from(number).ok()?).copied()
}

/// The words of a text.
pub fn words(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty())
}

/// The direction that a word says.
pub fn direction_of(word: &str) -> Option<Direction> {
    let word = word.to_lowercase();
    let begins = |stems: &[&str]| stems.iter().any(|stem| word.starts_with(stem));
    if begins(&["överskott"]) {
        return Some(Direction::Surplus);
    }
    if begins(&["underskott"]) {
        return Some(Direction::Deficit);
    }
    if begins(&["ökning", "ökat", "ökad", "öka"]) || matches!(&*word, "fler" | "högre" | "mer")
    {
        return Some(Direction::Up);
    }
    if begins(&["minskning", "minska"])
        || matches!(&*word, "färre" | "lägre" | "mindre" | "sänkt" | "sänkning")
    {
        return Some(Direction::Down);
    }
    None
}

/// The first direction that a text says.
pub fn direction_in(text: &str) -> Option<Direction> {
    words(text).find_map(direction_of)
}

/// The direction that the text around an inserted figure says of it: "ett underskott om
/// {x}", "{x} lägre".
pub fn direction_beside(before: &str, after: &str) -> Option<Direction> {
    direction_before(before).or_else(|| direction_after(after))
}

fn direction_before(text: &str) -> Option<Direction> {
    let clause = text.rsplit(['.', '!', '?', ';', ':', ',', '(', '\n']).next()?;
    let is_result = |direction| matches!(direction, Direction::Surplus | Direction::Deficit);
    let mut level = false;
    let mut back = words(clause).rev();
    let found = loop {
        let word = back.next()?;
        match direction_of(word) {
            Some(direction) if is_result(direction) => return Some(direction),
            // "ökar till {x}" says what the figure becomes, not how it changes.
            Some(_) if level => {}
            Some(direction) => break direction,
            None => {
                let word = word.to_lowercase();
                level |= word == "till";
                if !BETWEEN.contains(&word.as_str()) {
                    return None;
                }
            }
        }
    };
    // "Underskottet minskar med {x}": less of what is negative is more.
    let of_result = back.filter_map(direction_of).any(is_result);
    (!of_result).then_some(found)
}

fn direction_after(text: &str) -> Option<Direction> {
    let clause = text.split(['.', '!', '?', ';', ':', ',', '(', '\n']).next()?;
    let of = |word: &str| match &*word.to_lowercase() {
        "fler" | "högre" | "mer" => Some(Direction::Up),
        "färre" | "lägre" | "mindre" => Some(Direction::Down),
        _ => None,
    };
    let mut words = words(clause);
    let first = words.next()?;
    if let Some(direction) = of(first) {
        return Some(direction);
    }
    // "{x} barn färre", but not "{x} är färre än".
    let verb = matches!(&*first.to_lowercase(), "är" | "var" | "blir" | "blev" | "har" | "hade");
    if verb { None } else { of(words.next()?) }
}

/// What a word of direction says of a figure's sign. `surplus_is_negative` is the word
/// of the column that the figure comes from (`överskott: minus`).
pub fn sign(direction: Option<Direction>, figure: &Quantity, surplus_is_negative: bool) -> Sign {
    let Some(direction) = direction else { return Sign::Own };
    if figure.value.is_zero() {
        return Sign::Own;
    }
    let negative = figure.value.is_negative();
    if goes(direction, figure, surplus_is_negative) {
        if negative { Sign::Said } else { Sign::Own }
    } else if direction == Direction::Down && figure.stated {
        // "En minskning med {x}", where a table says by how much.
        Sign::Own
    } else {
        Sign::Contradicted
    }
}

/// True when a figure that is not zero goes the way that a word says.
pub fn goes(direction: Direction, figure: &Quantity, surplus_is_negative: bool) -> bool {
    let negative = figure.value.is_negative();
    let up = match direction {
        Direction::Surplus | Direction::Deficit if surplus_is_negative => negative,
        _ => !negative,
    };
    up == matches!(direction, Direction::Up | Direction::Surplus)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::Unit;

    #[test]
    fn the_words_before_and_after_a_figure_say_where_it_goes() {
        use Direction::{Deficit, Down, Surplus, Up};
        for (before, after, direction) in [
            ("Nämnden väntas få ett underskott om ", ".", Some(Deficit)),
            ("Överskottet uppgår till drygt ", "", Some(Surplus)),
            ("Underskottet ökar till ", " i år", Some(Deficit)),
            ("Antalet minskar med ", "", Some(Down)),
            ("Utfallet är ", " lägre än i fjol", Some(Down)),
            ("Det är ", " barn fler", Some(Up)),
            ("Underskottet minskar med ", "", None),
            ("Antalet ökade från 3 till ", "", None),
            ("Antalet ökade till ", "", None),
            ("Ett underskott väntas. Avvikelsen är ", "", None),
            ("De ", " är färre än i fjol", None),
            ("Avvikelsen är ", ", lägre än väntat", None),
        ] {
            assert_eq!(direction_beside(before, after), direction, "{before}|{after}");
        }
    }

    #[test]
    fn a_word_says_the_sign_or_contradicts_it() {
        let figure = |value: i64, stated| Quantity {
            stated,
            ..Quantity::exact(Decimal::from(value), Unit::Money(6))
        };
        for (direction, value, stated, turned, expected) in [
            (Direction::Deficit, -9, true, false, Sign::Said),
            (Direction::Deficit, 9, true, false, Sign::Contradicted),
            (Direction::Deficit, 9, true, true, Sign::Own),
            (Direction::Surplus, -9, true, true, Sign::Said),
            (Direction::Surplus, -9, true, false, Sign::Contradicted),
            (Direction::Down, -9, false, false, Sign::Said),
            (Direction::Down, 9, false, false, Sign::Contradicted),
            (Direction::Down, 9, true, false, Sign::Own),
            (Direction::Up, -9, true, false, Sign::Contradicted),
            (Direction::Up, 0, true, false, Sign::Own),
        ] {
            let found = sign(Some(direction), &figure(value, stated), turned);
            assert_eq!(found, expected, "{direction:?} {value}");
        }
        assert_eq!(sign(None, &figure(-9, true), false), Sign::Own);
    }

    #[test]
    fn small_numbers_have_words() {
        for (word, number) in [("tolv", 12), ("Ett", 1), ("inga", 0), ("noll", 0), ("båda", 2)] {
            assert_eq!(number_of(word), Some(Decimal::from(number)), "{word}");
        }
        assert_eq!(number_of("många"), None);
        assert_eq!(number_word(Decimal::from(12)), Some("tolv"));
        assert_eq!(number_word(Decimal::from(21)), None);
        assert_eq!(number_word(Decimal::parse_swedish("1,5").unwrap()), None);
    }
}
