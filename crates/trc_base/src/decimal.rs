//! Exact decimals that keep the digits they were written with.

use std::fmt;
use std::str::FromStr;

use rust_decimal::RoundingStrategy;

/// A decimal number. `4,80` and `4,8` are equal in value but print as written,
/// so the number of decimals is part of what a report says.
///
/// There are no operators: every sum can overflow, and an overflow is a finding
/// in the report, never a panic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(rust_decimal::Decimal);

/// Why a text is not a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DecimalError {
    /// It is not written as a Swedish number: digits, blanks between groups of
    /// three, a decimal comma.
    Malformed,
    /// It has a decimal point where Swedish has a comma.
    DecimalPoint,
    /// More digits than an exact decimal holds (28).
    TooLong,
}

/// The most digits that a decimal holds exactly.
pub const MAX_DIGITS: usize = 28;

/// Blanks that may stand between groups of three digits: space, no-break space,
/// thin space and narrow no-break space, as spreadsheets and Word paste them.
pub const GROUP_BLANKS: [char; 4] = [' ', '\u{a0}', '\u{2009}', '\u{202f}'];

#[expect(clippy::should_implement_trait, reason = "an operator could not say that a sum overflows")]
impl Decimal {
    /// Zero, without decimals.
    pub const ZERO: Decimal = Decimal(rust_decimal::Decimal::ZERO);
    /// One, without decimals.
    pub const ONE: Decimal = Decimal(rust_decimal::Decimal::ONE);
    /// One hundred, without decimals: the base of percentages.
    pub const HUNDRED: Decimal = Decimal(rust_decimal::Decimal::ONE_HUNDRED);

    /// Reads a number in Swedish notation: `3 936,6`, `-508,9`, `−5`, `+3`.
    ///
    /// # Errors
    /// When the text is not such a number, or has more than [`MAX_DIGITS`] digits.
    pub fn parse_swedish(text: &str) -> Result<Decimal, DecimalError> {
        let (negative, digits) = match text.strip_prefix(['-', '−', '–']) {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = match digits.split_once(',') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (digits, None),
        };
        if digits.split_once('.').is_some_and(|(before, after)| {
            before.chars().all(|c| c.is_ascii_digit()) && after.chars().all(|c| c.is_ascii_digit())
        }) {
            return Err(DecimalError::DecimalPoint);
        }
        let mut plain = String::with_capacity(text.len());
        if negative {
            plain.push('-');
        }
        let mut groups = whole.split(GROUP_BLANKS);
        let first = groups.next().unwrap_or_default();
        if first.is_empty() || !first.chars().all(|c| c.is_ascii_digit()) {
            return Err(DecimalError::Malformed);
        }
        plain.push_str(first);
        let mut grouped = false;
        for group in groups {
            if group.len() != 3 || !group.chars().all(|c| c.is_ascii_digit()) {
                return Err(DecimalError::Malformed);
            }
            grouped = true;
            plain.push_str(group);
        }
        if grouped && first.len() > 3 {
            return Err(DecimalError::Malformed);
        }
        if let Some(fraction) = fraction {
            if fraction.is_empty() || !fraction.chars().all(|c| c.is_ascii_digit()) {
                return Err(DecimalError::Malformed);
            }
            plain.push('.');
            plain.push_str(fraction);
        }
        if plain.chars().filter(char::is_ascii_digit).count() > MAX_DIGITS {
            return Err(DecimalError::TooLong);
        }
        rust_decimal::Decimal::from_str(&plain).map(Decimal).map_err(|_| DecimalError::TooLong)
    }

    /// The number of decimals it was written with or computed to.
    pub fn decimals(self) -> u32 {
        self.0.scale()
    }

    /// The sum, with the most decimals of the two; `None` when it overflows.
    pub fn add(self, other: Decimal) -> Option<Decimal> {
        self.0.checked_add(other.0).map(Decimal)
    }

    /// The difference, with the most decimals of the two; `None` when it overflows.
    pub fn sub(self, other: Decimal) -> Option<Decimal> {
        self.0.checked_sub(other.0).map(Decimal)
    }

    /// The product; `None` when it overflows.
    pub fn mul(self, other: Decimal) -> Option<Decimal> {
        self.0.checked_mul(other.0).map(Decimal)
    }

    /// The quotient; `None` when it overflows or `other` is zero.
    pub fn div(self, other: Decimal) -> Option<Decimal> {
        self.0.checked_div(other.0).map(Decimal)
    }

    /// The number with its sign turned.
    pub fn neg(self) -> Decimal {
        let mut value = self.0;
        value.set_sign_negative(!self.is_negative() && !self.is_zero());
        Decimal(value)
    }

    /// The number without its sign.
    pub fn abs(self) -> Decimal {
        Decimal(self.0.abs())
    }

    /// True for 0, 0,0 and so on.
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// True below zero.
    pub fn is_negative(self) -> bool {
        self.0.is_sign_negative() && !self.0.is_zero()
    }

    /// Rounded to exactly `decimals` decimals, half away from zero as Swedish
    /// administration does, padded with zeros where it has fewer.
    pub fn rounded(self, decimals: u32) -> Decimal {
        let mut value =
            self.0.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
        value.rescale(decimals);
        Decimal(value)
    }

    /// Half a unit in the last written place: what rounding may have hidden.
    pub fn half_unit(self) -> Decimal {
        Decimal::half_unit_at(self.decimals())
    }

    /// Half a unit in the place of the given number of decimals.
    pub fn half_unit_at(decimals: u32) -> Decimal {
        let scale = decimals.saturating_add(1).min(28);
        Decimal(rust_decimal::Decimal::new(5, scale))
    }

    /// Ten to the given power; `None` when it overflows.
    pub fn power_of_ten(exponent: u32) -> Option<Decimal> {
        10i64.checked_pow(exponent).map(Decimal::from)
    }

    /// The whole number, when it is one and small enough.
    pub fn to_i64(self) -> Option<i64> {
        if self.0.fract().is_zero() { i64::try_from(self.0.trunc()).ok() } else { None }
    }

    /// The nearest floating-point number, for the geometry of charts only.
    pub fn to_f64(self) -> f64 {
        f64::try_from(self.0).unwrap_or_default()
    }

    /// As a Swedish report prints it: decimal comma, no-break spaces between
    /// groups of three from 1 000 on, a true minus sign (U+2212).
    pub fn to_swedish(self) -> String {
        let plain = self.0.abs().to_string();
        let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
        let mut out = String::with_capacity(plain.len().saturating_mul(2));
        if self.is_negative() {
            out.push('\u{2212}');
        }
        let count = whole.len();
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && count.saturating_sub(index) % 3 == 0 {
                out.push('\u{a0}');
            }
            out.push(digit);
        }
        if !fraction.is_empty() {
            out.push(',');
            out.push_str(fraction);
        }
        out
    }
}

impl From<i64> for Decimal {
    fn from(value: i64) -> Self {
        Decimal(rust_decimal::Decimal::from(value))
    }
}

impl Default for Decimal {
    fn default() -> Self {
        Decimal::ZERO
    }
}

/// Prints as Swedish reports do.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_swedish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Decimal {
        Decimal::parse_swedish(text).unwrap()
    }

    #[test]
    fn keeps_the_digits_it_was_written_with() {
        assert_eq!(number("4,80").to_swedish(), "4,80");
        assert_eq!(number("4,80"), number("4,8"));
        assert_eq!(number("0,0").to_swedish(), "0,0");
    }

    #[test]
    fn groups_and_signs() {
        assert_eq!(number("3 936,6").to_swedish(), "3\u{a0}936,6");
        assert_eq!(number("1113").to_swedish(), "1\u{a0}113");
        assert_eq!(number("-508,9").to_swedish(), "\u{2212}508,9");
        assert_eq!(number("−0,0").to_swedish(), "0,0");
    }

    #[test]
    fn says_what_is_wrong() {
        assert_eq!(Decimal::parse_swedish("4.8"), Err(DecimalError::DecimalPoint));
        assert_eq!(Decimal::parse_swedish("4,"), Err(DecimalError::Malformed));
        assert_eq!(Decimal::parse_swedish("1 00"), Err(DecimalError::Malformed));
        assert_eq!(Decimal::parse_swedish("1234 000"), Err(DecimalError::Malformed));
        assert_eq!(Decimal::parse_swedish(&"9".repeat(40)), Err(DecimalError::TooLong));
    }

    #[test]
    fn rounds_half_away_from_zero() {
        assert_eq!(number("2,25").rounded(1), number("2,3"));
        assert_eq!(number("-2,25").rounded(1), number("-2,3"));
        assert_eq!(number("2").rounded(1).to_swedish(), "2,0");
    }
}
