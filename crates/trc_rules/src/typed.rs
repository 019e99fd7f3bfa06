//! Reading what a writer typed in `[…]`: one number, with words of direction and
//! approximation.

use crate::sentence::number::{number_end, unit_after};
use trc_base::Decimal;
use trc_base::decimal::{DecimalError, GROUP_BLANKS};
use trc_model::quantity::{Quantity, Unit};
use trc_model::wording::{Direction, direction_in, number_of, words};

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
    /// `samtliga indikatorer`: as many as there are.
    All,
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

/// Why a typed text cannot be checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// It holds so many numbers, and not one.
    Count(usize),
    /// A number of more digits than can be computed with.
    TooLong,
}

impl Typed {
    /// Reads a typed text.
    ///
    /// # Errors
    /// When it does not hold one number.
    pub fn read(text: &str) -> Result<Typed, Unreadable> {
        let mut numbers = digits(text)?;
        let direction = direction_in(text);
        if let [(a, _), (b, _)] = numbers.as_slice()
            && is_share(text)
        {
            let number = TypedNumber::Share { part: *a, whole: *b };
            return Ok(Typed { number, direction, approximation: None });
        }
        if numbers.is_empty()
            && let Some((part, whole)) = share_in_words(text)
        {
            let number = TypedNumber::Share { part, whole };
            return Ok(Typed { number, direction, approximation: None });
        }
        if numbers.is_empty() {
            numbers = words(text).filter_map(number_of).map(|value| (value, None)).collect();
            // "en ökning med tre": the article is no number.
            if numbers.len() > 1 {
                numbers.retain(|(value, _)| *value != Decimal::ONE);
            }
            if words(text).any(|word| matches!(&*word.to_lowercase(), "samtliga" | "alla"))
                && numbers.is_empty()
            {
                return Ok(Typed { number: TypedNumber::All, direction, approximation: None });
            }
        }
        let [(value, unit)] = numbers.as_slice() else {
            return Err(Unreadable::Count(numbers.len()));
        };
        let number = TypedNumber::Plain { value: *value, unit: unit.clone() };
        Ok(Typed { number, direction, approximation: approximation(text) })
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

/// `35/42` and `34 av 626`, and nothing between the two numbers but that.
fn is_share(text: &str) -> bool {
    let between: String = text
        .trim_start_matches(|c: char| !c.is_ascii_digit())
        .chars()
        .filter(|c| !c.is_ascii_digit() && !GROUP_BLANKS.contains(c))
        .collect();
    between.starts_with('/') || between.starts_with("av")
}

/// `två av tre`, `två av de tre`
fn share_in_words(text: &str) -> Option<(Decimal, Decimal)> {
    let words: Vec<&str> = words(text).filter(|word| !matches!(*word, "de" | "våra")).collect();
    words.windows(3).find_map(|words| match words {
        [part, "av", whole] => Some((number_of(part)?, number_of(whole)?)),
        _ => None,
    })
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
fn digits(text: &str) -> Result<Vec<(Decimal, Option<Unit>)>, Unreadable> {
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
        match Decimal::parse_swedish(&signed) {
            Ok(value) => out.push((value, unit_after(rest).map(|(unit, _)| unit))),
            Err(DecimalError::TooLong) => return Err(Unreadable::TooLong),
            Err(_) => {}
        }
        before = '0';
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> (String, Option<Unit>) {
        match Typed::read(text).unwrap().number {
            TypedNumber::Plain { value, unit } => (value.to_string(), unit),
            TypedNumber::Share { .. } | TypedNumber::All => panic!("{text}"),
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
        assert_eq!(
            share("samtliga tre enheter"),
            TypedNumber::Plain { value: 3.into(), unit: None }
        );
        assert_eq!(share("Samtliga indikatorer"), TypedNumber::All);
        assert_eq!(Typed::read("från 5 till 7"), Err(Unreadable::Count(2)));
        assert_eq!(Typed::read("flera"), Err(Unreadable::Count(0)));
        let long = format!("{} kronor", "1".repeat(40));
        assert_eq!(Typed::read(&long), Err(Unreadable::TooLong));
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
