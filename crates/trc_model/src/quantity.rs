//! Numbers with units, and how much rounding may have hidden in them.

use std::fmt;

use trc_base::Decimal;

/// A unit of measure.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Unit {
    /// A bare number.
    #[default]
    None,
    /// A count (`st`). Printed without a unit, but never added to money or percent.
    Count,
    Percent,
    PercentagePoints,
    /// Kronor times ten to this power: 0 kr, 3 tkr, 6 mnkr, 9 mdkr.
    Money(u8),
    /// Anything else, as written: `barn/avd.`, `kg CO2 per kg livsmedel`.
    Other(String),
}

impl Unit {
    /// The unit that a text names. An unknown one is a unit of its own.
    pub fn parse(text: &str) -> Unit {
        match text.trim() {
            "" | "index" => Unit::None,
            "st" | "st." | "antal" => Unit::Count,
            "%" | "procent" => Unit::Percent,
            "procentenhet" | "procentenheter" => Unit::PercentagePoints,
            "kr" | "kronor" => Unit::Money(0),
            "tkr" | "tusen kronor" => Unit::Money(3),
            "mnkr" | "mkr" | "miljoner kronor" => Unit::Money(6),
            "mdkr" | "miljarder kronor" => Unit::Money(9),
            other => Unit::Other(other.to_owned()),
        }
    }

    /// The units that every report knows, as they are written after `i`.
    pub const KNOWN: [&str; 7] = ["kr", "tkr", "mnkr", "mdkr", "%", "procentenheter", "st"];

    /// The known unit that another word for it means.
    pub fn meant(text: &str) -> Option<&'static str> {
        match text.to_lowercase().as_str() {
            "sek" | "kronorna" => Some("kr"),
            "tusen" | "tusental" | "tusentals" | "ksek" | "tk" => Some("tkr"),
            "miljon" | "miljoner" | "msek" | "mn" | "mnkn" | "mkn" | "milj" => Some("mnkr"),
            "miljard" | "miljarder" | "md" => Some("mdkr"),
            "procentandel" | "pct" => Some("%"),
            "stycken" | "stycke" => Some("st"),
            // "år" is near "kr", and another word.
            other if other.chars().count() < 3 => None,
            other => trc_base::suggest::nearest(other, Unit::KNOWN),
        }
    }

    /// True when the text names one of the units that every report knows.
    pub fn is_known(text: &str) -> bool {
        !matches!(Unit::parse(text), Unit::Other(_)) && !text.trim().is_empty()
    }

    /// True when values of the two can be added and compared. A bare number fits
    /// everything: it takes the other's unit. A count fits whatever noun is counted.
    pub fn fits(&self, other: &Unit) -> bool {
        match (self, other) {
            (Unit::None, _) | (_, Unit::None) => true,
            (Unit::Count, Unit::Other(_)) | (Unit::Other(_), Unit::Count) => true,
            (Unit::Money(_), Unit::Money(_)) => true,
            (Unit::Percent, Unit::PercentagePoints) | (Unit::PercentagePoints, Unit::Percent) => {
                true
            }
            (Unit::Other(a), Unit::Other(b)) => a.to_lowercase() == b.to_lowercase(),
            (a, b) => a == b,
        }
    }

    /// As it is printed after a number in a table; empty for a bare number.
    pub fn in_table(&self) -> &str {
        match self {
            Unit::None | Unit::Count => "",
            Unit::Percent => "%",
            Unit::PercentagePoints => "procentenheter",
            Unit::Money(0) => "kr",
            Unit::Money(3) => "tkr",
            Unit::Money(6) => "mnkr",
            Unit::Money(_) => "mdkr",
            Unit::Other(text) => text,
        }
    }

    /// True for what is printed without a unit.
    pub fn is_bare(&self) -> bool {
        matches!(self, Unit::None | Unit::Count)
    }

    /// As it is named in a message, where even a count needs a word.
    pub fn named(&self) -> &str {
        match self {
            Unit::Count => "st",
            other => other.in_table(),
        }
    }

    /// As it is printed after a number in a sentence, where % is a word.
    pub fn in_prose(&self) -> &str {
        match self {
            Unit::Percent => "procent",
            other => other.in_table(),
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.named())
    }
}

/// A number with a unit.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Quantity {
    pub value: Decimal,
    pub unit: Unit,
    /// How far the true value may lie from this one, because the figures that it was
    /// computed from were printed rounded: half a unit per printed operand.
    pub spread: Decimal,
    /// The decimals it is known to; `None` for a quotient, which has as many as one
    /// cares to print.
    pub decimals: Option<u32>,
    /// True for a figure that stands in the source or is printed in a table.
    pub stated: bool,
}

impl Quantity {
    /// A figure as it is printed. It may have been rounded, but a whole number of things
    /// that were counted has not.
    pub fn stated(value: Decimal, unit: Unit) -> Quantity {
        let counted = unit == Unit::Count && value.decimals() == 0;
        let spread = if counted { Decimal::ZERO } else { value.half_unit() };
        Quantity { value, unit, spread, decimals: Some(value.decimals()), stated: true }
    }

    /// A number that is exact: a count, or a constant in a formula.
    pub fn exact(value: Decimal, unit: Unit) -> Quantity {
        let decimals = Some(value.decimals());
        Quantity { value, unit, spread: Decimal::ZERO, decimals, stated: false }
    }

    /// The same amount in another unit. `None` when the units do not fit or the
    /// number overflows.
    pub fn to_unit(&self, unit: &Unit) -> Option<Quantity> {
        if !self.unit.fits(unit) {
            return None;
        }
        // The noun says more than "st".
        if matches!((&self.unit, unit), (Unit::Other(_), Unit::Count)) {
            return Some(self.clone());
        }
        let (Unit::Money(from), Unit::Money(to)) = (&self.unit, unit) else {
            let unit = if *unit == Unit::None { self.unit.clone() } else { unit.clone() };
            return Some(Quantity { unit, ..self.clone() });
        };
        let mut out = Quantity { unit: unit.clone(), ..self.clone() };
        if from >= to {
            let factor = Decimal::power_of_ten(u32::from(from - to))?;
            out.value = self.value.mul(factor)?;
            out.spread = self.spread.mul(factor)?;
            out.decimals = self.decimals.map(|d| d.saturating_sub(u32::from(from - to)));
        } else {
            let factor = Decimal::power_of_ten(u32::from(to - from))?;
            out.value = self.value.div(factor)?;
            out.spread = self.spread.div(factor)?;
            out.decimals = self.decimals.map(|d| d.saturating_add(u32::from(to - from)));
        }
        Some(out)
    }

    /// The sum of two, in the first one's unit. `None` when the units do not fit or
    /// the number overflows.
    pub fn add(&self, other: &Quantity) -> Option<Quantity> {
        self.combine(other, Decimal::add)
    }

    /// The difference of two, in the first one's unit. Two shares differ by percentage
    /// points, but what is left of the whole is a share.
    pub fn sub(&self, other: &Quantity) -> Option<Quantity> {
        let mut out = self.combine(other, Decimal::sub)?;
        let is_whole = self.value == Decimal::from(100) && self.spread == Decimal::ZERO;
        if self.unit == Unit::Percent && other.unit == Unit::Percent && !is_whole {
            out.unit = Unit::PercentagePoints;
        }
        Some(out)
    }

    fn combine(
        &self,
        other: &Quantity,
        operation: fn(Decimal, Decimal) -> Option<Decimal>,
    ) -> Option<Quantity> {
        let unit = match (&self.unit, &other.unit) {
            (Unit::None, unit) | (Unit::Count, unit @ Unit::Other(_)) => unit,
            (unit, _) => unit,
        };
        let (left, right) = (self.to_unit(unit)?, other.to_unit(unit)?);
        Some(Quantity {
            value: operation(left.value, right.value)?,
            unit: unit.clone(),
            spread: left.spread.add(right.spread)?,
            decimals: left.decimals.zip(right.decimals).map(|(a, b)| a.max(b)),
            stated: false,
        })
    }

    /// The product. One of the two must be a bare number or a percentage.
    pub fn mul(&self, other: &Quantity) -> Option<Quantity> {
        let (unit, divisor) = match (&self.unit, &other.unit) {
            (Unit::None, unit) | (unit, Unit::None) => (unit.clone(), None),
            (Unit::Percent, unit) | (unit, Unit::Percent) => (unit.clone(), Some(Decimal::HUNDRED)),
            // So many of what costs so much each.
            (Unit::Count, unit) | (unit, Unit::Count) => (unit.clone(), None),
            _ => return None,
        };
        let mut value = self.value.mul(other.value)?;
        let mut spread = self
            .value
            .abs()
            .mul(other.spread)?
            .add(other.value.abs().mul(self.spread)?)?
            .add(self.spread.mul(other.spread)?)?;
        if let Some(divisor) = divisor {
            value = value.div(divisor)?;
            spread = spread.div(divisor)?;
        }
        Some(Quantity { value, unit, spread, decimals: None, stated: false })
    }

    /// The quotient. `None` for a zero divisor, units that do not fit, or overflow.
    pub fn div(&self, other: &Quantity) -> Option<Quantity> {
        let (other, unit) =
            if other.unit == Unit::None || (other.unit == Unit::Count && !self.unit.is_bare()) {
                (other.clone(), self.unit.clone())
            } else if self.unit.fits(&other.unit) {
                (other.to_unit(&self.unit)?, Unit::None)
            } else {
                return None;
            };
        let value = self.value.div(other.value)?;
        // The farthest quotient has the dividend pushed out and the divisor pulled in.
        let nearest = other.value.abs().sub(other.spread)?;
        let spread = if nearest.is_zero() || nearest.is_negative() {
            value.abs()
        } else {
            let over =
                self.value.abs().mul(other.spread)?.add(other.value.abs().mul(self.spread)?)?;
            over.div(other.value.abs().mul(nearest)?)?
        };
        Some(Quantity { value, unit, spread, decimals: None, stated: false })
    }

    /// With the sign turned.
    pub fn neg(&self) -> Quantity {
        Quantity { value: self.value.neg(), stated: false, ..self.clone() }
    }

    /// The share that this is of another, in percent.
    pub fn share_of(&self, whole: &Quantity) -> Option<Quantity> {
        if !self.unit.fits(&whole.unit) {
            return None;
        }
        let ratio = self.div(&Quantity { unit: self.unit_for(whole), ..whole.clone() })?;
        Some(Quantity {
            value: ratio.value.mul(Decimal::HUNDRED)?,
            unit: Unit::Percent,
            spread: ratio.spread.mul(Decimal::HUNDRED)?,
            decimals: None,
            stated: false,
        })
    }

    /// A bare whole takes the part's unit, so that the units cancel.
    fn unit_for(&self, whole: &Quantity) -> Unit {
        if whole.unit == Unit::None { self.unit.clone() } else { whole.unit.clone() }
    }

    /// Rounded to what is printed: the given decimals, else its own, else the usual
    /// ones for its unit.
    pub fn printed(&self, decimals: Option<u32>) -> Decimal {
        match decimals.or(self.decimals) {
            Some(decimals) => self.value.rounded(decimals.min(MOST_DECIMALS)),
            None => self.value.rounded(1),
        }
    }
}

/// More decimals than a report ever prints.
const MOST_DECIMALS: u32 = 12;

/// How a printed figure stands to what it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Agreement {
    /// Equal after rounding.
    Right,
    /// Off by no more than rounding of the printed operands explains.
    Rounding,
    /// Off by more.
    Wrong,
}

/// Compares a printed figure with what it should be, in the printed figure's unit.
/// `None` when the units do not fit.
pub fn compare(printed: &Quantity, expected: &Quantity) -> Option<Agreement> {
    let expected = expected.to_unit(&printed.unit)?;
    let decimals = printed.value.decimals();
    if expected.value.rounded(decimals.min(MOST_DECIMALS)) == printed.value {
        return Some(Agreement::Right);
    }
    if expected.stated {
        // A reference to one stated figure is that figure or its rounding.
        return Some(Agreement::Wrong);
    }
    let distance = expected.value.sub(printed.value)?.abs();
    let allowed = expected.spread.add(printed.value.half_unit())?;
    Some(if distance <= allowed { Agreement::Rounding } else { Agreement::Wrong })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stated(text: &str, unit: &str) -> Quantity {
        Quantity::stated(Decimal::parse_swedish(text).unwrap(), Unit::parse(unit))
    }

    #[test]
    fn money_converts_both_ways() {
        let tkr = stated("50 820,0", "tkr");
        assert_eq!(
            tkr.to_unit(&Unit::Money(6)).unwrap().printed(Some(1)),
            Decimal::parse_swedish("50,8").unwrap()
        );
        let mnkr = stated("1,1", "mnkr");
        assert_eq!(
            mnkr.to_unit(&Unit::Money(3)).unwrap().printed(Some(0)),
            Decimal::parse_swedish("1100").unwrap()
        );
        assert_eq!(
            mnkr.add(&stated("300", "tkr")).unwrap().value,
            Decimal::parse_swedish("1,4").unwrap()
        );
    }

    #[test]
    fn units_that_do_not_fit_have_no_sum() {
        assert_eq!(stated("1", "mnkr").add(&stated("1", "%")), None);
        assert_eq!(stated("1", "mnkr").add(&stated("1", "st")), None);
        assert_eq!(stated("1", "mnkr").share_of(&stated("2", "st")), None);
        assert!(stated("1", "mnkr").add(&stated("1", "")).is_some());
    }

    #[test]
    fn a_count_takes_the_noun_and_multiplies_what_each_costs() {
        let (count, barn) = (stated("3", "st"), stated("2", "barn"));
        assert_eq!(count.add(&barn).unwrap().unit, barn.unit);
        assert_eq!(barn.add(&count).unwrap().unit, barn.unit);
        assert_eq!(count.mul(&stated("2", "tkr")).unwrap().unit, Unit::Money(3));
        assert_eq!(stated("6", "tkr").div(&count).unwrap().unit, Unit::Money(3));
        assert_eq!(count.div(&count).unwrap().unit, Unit::None);
        assert_eq!(count.mul(&stated("50", "%")).unwrap().printed(None).to_string(), "1,5");
    }

    #[test]
    fn three_answers() {
        let sum = stated("0,2", "mnkr").add(&stated("0,2", "mnkr")).unwrap();
        assert_eq!(compare(&stated("0,4", "mnkr"), &sum), Some(Agreement::Right));
        assert_eq!(compare(&stated("0,5", "mnkr"), &sum), Some(Agreement::Rounding));
        assert_eq!(compare(&stated("0,6", "mnkr"), &sum), Some(Agreement::Wrong));
        let one = stated("39,2", "mnkr");
        assert_eq!(compare(&stated("39", "mnkr"), &one), Some(Agreement::Right));
        assert_eq!(compare(&stated("39,3", "mnkr"), &one), Some(Agreement::Wrong));
        assert_eq!(compare(&stated("39 200", "tkr"), &one), Some(Agreement::Right));
    }

    #[test]
    fn shares_of_whole_numbers_are_tight() {
        let count = |n: i64| Quantity::exact(Decimal::from(n), Unit::None);
        let share = count(35).share_of(&count(42)).unwrap();
        assert_eq!(compare(&stated("83,33", "%"), &share), Some(Agreement::Right));
        assert_eq!(compare(&stated("83,4", "%"), &share), Some(Agreement::Wrong));
    }
}
