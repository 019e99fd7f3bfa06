//! Reading what a writer typed in `[…]`: one number, with words of direction and
//! approximation.

use trc_base::Decimal;
use trc_base::decimal::GROUP_BLANKS;
use trc_model::quantity::{Quantity, Unit};

/// A typed text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    pub number: TypedNumber,
    pub direction: Option<Direction>,
    pub approximation: Option<Approximation>,
}

/// The number in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypedNumber {
    /// `40,0 mnkr`, `tolv`. A noun after a number is no unit.
    Plain { value: Decimal, unit: Option<Unit> },
    /// `35/42`, `34 av 626`
    Share { part: Decimal, whole: Decimal },
}

/// A word that says which way a figure goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    Up,
    Down,
    Surplus,
    Deficit,
}

/// A word that widens a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Approximation {
    /// `knappt`: a little less.
    JustUnder,
    /// `drygt`: a little more.
    JustOver,
    /// `cirka`: about.
    About,
}

const NUMBER_WORDS: [&str; 20] = [
    "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv",
    "tretton", "fjorton", "femton", "sexton", "sjutton", "arton", "nitton", "tjugo",
];

impl Typed {
    /// Reads a typed text.
    ///
    /// # Errors
    /// With the count of numbers in it, when that is not one.
    pub fn read(text: &str) -> Result<Typed, usize> {
        let mut numbers = digits(text);
        if let [(a, _), (b, _)] = numbers.as_slice()
            && is_share(text)
        {
            let number = TypedNumber::Share { part: *a, whole: *b };
            return Ok(Typed { number, direction: direction(text), approximation: None });
        }
        if numbers.is_empty() {
            numbers = words(text).filter_map(number_word).map(|value| (value, None)).collect();
            // "en ökning med tre": the article is no number.
            if numbers.len() > 1 {
                numbers.retain(|(value, _)| *value != Decimal::ONE);
            }
        }
        let [(value, unit)] = numbers.as_slice() else { return Err(numbers.len()) };
        let number = TypedNumber::Plain { value: *value, unit: unit.clone() };
        Ok(Typed { number, direction: direction(text), approximation: approximation(text) })
    }
}

impl Approximation {
    /// True when a figure may be called so. `None` when the units do not fit.
    pub fn allows(self, typed: &Quantity, real: &Quantity) -> Option<bool> {
        let real = real.to_unit(&typed.unit)?.value;
        let typed = typed.value;
        let room = room(typed)?;
        let difference = real.sub(typed)?;
        Some(match self {
            Approximation::JustUnder => {
                (difference.is_negative() || difference.is_zero()) && difference.abs() <= room
            }
            Approximation::JustOver => !difference.is_negative() && difference <= room,
            Approximation::About => difference.abs() <= room,
        })
    }
}

/// How far from a round number the real one may be: half a unit of its last digit that
/// is not zero, or a twentieth of it, whichever is more.
fn room(typed: Decimal) -> Option<Decimal> {
    let mut place = typed.half_unit();
    if typed.decimals() == 0 {
        let mut rest = typed.abs().to_i64()?;
        while rest != 0 && rest % 10 == 0 {
            rest /= 10;
            place = place.mul(Decimal::from(10))?;
        }
    }
    let twentieth = typed.abs().div(Decimal::from(20))?;
    Some(if twentieth > place { twentieth } else { place })
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty())
}

fn number_word(word: &str) -> Option<Decimal> {
    let word = word.to_lowercase();
    if word == "ett" {
        return Some(Decimal::ONE);
    }
    let index = NUMBER_WORDS.iter().position(|known| *known == word)?;
    i64::try_from(index + 1).ok().map(Decimal::from)
}

/// A whole number up to twenty as a word.
pub fn number_in_words(quantity: &Quantity) -> Option<&'static str> {
    let number =
        quantity.value.to_i64().filter(|number| quantity.value == Decimal::from(*number))?;
    let index = usize::try_from(number).ok()?.checked_sub(1)?;
    NUMBER_WORDS.get(index).copied()
}

/// `35/42` and `34 av 626`, and nothing between the two numbers but that.
fn is_share(text: &str) -> bool {
    let between: String = text
        .trim_start_matches(|c: char| !c.is_ascii_digit())
        .chars()
        .filter(|c| !c.is_ascii_digit() && !GROUP_BLANKS.contains(c))
        .collect();
    between.starts_with('/') || between.starts_with("av")
}

fn direction(text: &str) -> Option<Direction> {
    for word in words(text) {
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
    }
    None
}

fn approximation(text: &str) -> Option<Approximation> {
    words(text).find_map(|word| match word.to_lowercase().as_str() {
        "knappt" | "nästan" | "närmare" => Some(Approximation::JustUnder),
        "drygt" | "över" => Some(Approximation::JustOver),
        "cirka" | "ca" | "omkring" | "ungefär" | "runt" => Some(Approximation::About),
        _ => None,
    })
}

/// The numbers written in digits, each with the known unit right after it.
fn digits(text: &str) -> Vec<(Decimal, Option<Unit>)> {
    let mut out = Vec::new();
    let mut rest = text;
    let mut before = ' ';
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let lead = rest.get(..start).unwrap_or_default();
        before = lead.chars().next_back().unwrap_or(before);
        let tail = rest.get(start..).unwrap_or_default();
        let end = number_end(tail);
        let written = tail.get(..end).unwrap_or_default();
        rest = tail.get(end..).unwrap_or_default();
        // Part of a word such as "T1" is no number.
        if before.is_alphanumeric() {
            before = '0';
            continue;
        }
        let signed =
            if matches!(before, '-' | '−') { format!("-{written}") } else { written.to_owned() };
        if let Ok(value) = Decimal::parse_swedish(&signed) {
            out.push((value, unit_after(rest)));
        }
        before = '0';
    }
    out
}

/// Where a number that begins a text ends: digits, blanks before groups of three, a
/// comma before digits.
fn number_end(text: &str) -> usize {
    let digits = |from: usize| {
        let tail = text.get(from..).unwrap_or_default();
        tail.find(|c: char| !c.is_ascii_digit()).unwrap_or(tail.len())
    };
    let mut end = digits(0);
    if end <= 3 {
        while let Some(blank) = text.get(end..).and_then(|tail| tail.chars().next())
            && GROUP_BLANKS.contains(&blank)
            && digits(end + blank.len_utf8()) == 3
        {
            end += blank.len_utf8() + 3;
        }
    }
    if text.get(end..).is_some_and(|tail| tail.starts_with(',')) && digits(end + 1) > 0 {
        end += 1 + digits(end + 1);
    }
    end
}

fn unit_after(rest: &str) -> Option<Unit> {
    let rest = rest.trim_start_matches(GROUP_BLANKS);
    if rest.starts_with('%') {
        return Some(Unit::Percent);
    }
    let word: String = rest.chars().take_while(|c| c.is_alphabetic()).collect();
    if word == "miljoner" || word == "miljarder" || word == "tusen" {
        return Some(Unit::parse(&format!("{word} kronor")));
    }
    (Unit::is_known(&word) && Unit::parse(&word) != Unit::None).then(|| Unit::parse(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> (String, Option<Unit>) {
        match Typed::read(text).unwrap().number {
            TypedNumber::Plain { value, unit } => (value.to_string(), unit),
            TypedNumber::Share { .. } => panic!("{text}"),
        }
    }

    #[test]
    fn one_number_and_its_unit() {
        assert_eq!(plain("överskott om 40,0 mnkr"), ("40,0".into(), Some(Unit::Money(6))));
        assert_eq!(plain("3 819 barn"), ("3\u{a0}819".into(), None));
        assert_eq!(plain("69%"), ("69".into(), Some(Unit::Percent)));
        assert_eq!(plain("elva resultatenheter"), ("11".into(), None));
        assert_eq!(plain("en ökning med tre platser"), ("3".into(), None));
        assert_eq!(plain("1113 platser"), ("1\u{a0}113".into(), None));
        assert_eq!(plain("-5,4"), ("\u{2212}5,4".into(), None));
        assert_eq!(plain("målet för T1 är 5"), ("5".into(), None));
    }

    #[test]
    fn shares_and_counts() {
        let share = |text| Typed::read(text).unwrap().number;
        let (part, whole) = (Decimal::from(35), Decimal::from(42));
        assert_eq!(share("35/42"), TypedNumber::Share { part, whole });
        assert_eq!(share("35 av 42"), TypedNumber::Share { part, whole });
        assert_eq!(Typed::read("från 5 till 7"), Err(2));
        assert_eq!(Typed::read("flera"), Err(0));
    }

    #[test]
    fn directions_and_approximations() {
        assert_eq!(Typed::read("73 barn färre").unwrap().direction, Some(Direction::Down));
        assert_eq!(
            Typed::read("underskott om 9,9 mnkr").unwrap().direction,
            Some(Direction::Deficit)
        );
        let about = |text: &str, real: &str| {
            let read = Typed::read(text).unwrap();
            let TypedNumber::Plain { value, .. } = read.number else { panic!() };
            let real = Quantity::exact(Decimal::parse_swedish(real).unwrap(), Unit::None);
            read.approximation.unwrap().allows(&Quantity::stated(value, Unit::None), &real)
        };
        assert_eq!(about("knappt 500", "488"), Some(true));
        assert_eq!(about("knappt 500", "512"), Some(false));
        assert_eq!(about("drygt 40 000", "41 200"), Some(true));
        assert_eq!(about("cirka 20", "23"), Some(true));
        assert_eq!(about("cirka 20", "31"), Some(false));
    }
}
