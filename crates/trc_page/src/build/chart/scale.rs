//! The axis of values: round steps, and where it begins.

use trc_base::Decimal;

/// An axis from `low` to `high`.
#[derive(Debug, Clone, Copy)]
pub struct Scale {
    pub low: f64,
    pub high: f64,
    pub step: f64,
}

/// About so many steps.
const STEPS: f64 = 4.0;

impl Scale {
    /// An axis that holds the figures. With `from_zero`, the length of a bar is its
    /// figure; a line that moves little far from zero is shown from nearby.
    pub fn new(figures: &[f64], from_zero: bool, is_share: bool) -> Self {
        let highest = figures.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let lowest = figures.iter().copied().fold(f64::INFINITY, f64::min);
        if !(highest.is_finite() && lowest.is_finite()) {
            return Self { low: 0.0, high: 1.0, step: 1.0 };
        }
        let far = lowest > 0.0 && highest - lowest < 0.4 * highest;
        let near_zero = from_zero || !far || highest - lowest <= 0.0;
        let (bottom, top) =
            if near_zero { (lowest.min(0.0), highest.max(0.0)) } else { (lowest, highest) };
        let step = nice_step((top - bottom) / STEPS);
        let low = (bottom / step).floor() * step;
        let mut high = (top / step).ceil() * step;
        if high <= low {
            high = low + step;
        }
        // No share of a whole is above it.
        if is_share && highest <= 100.0 && high > 100.0 {
            high = 100.0;
        }
        Self { low, high, step }
    }

    /// The values that a line is drawn at.
    pub fn ticks(self) -> Vec<f64> {
        let mut out = Vec::new();
        let mut at = self.low;
        while at <= self.high + self.step * 0.01 && out.len() < 20 {
            out.push(at);
            at += self.step;
        }
        out
    }

    /// Where a value lies, 0 at the low end and 1 at the high one.
    pub fn part(self, value: f64) -> f64 {
        (value - self.low) / (self.high - self.low)
    }

    /// True when the axis does not begin at zero.
    pub fn is_cut(self) -> bool {
        self.low > 0.0
    }

    /// A tick as it is printed.
    pub fn printed(self, value: f64) -> String {
        let decimals = [0_usize, 1, 2, 3].into_iter().find(|decimals| {
            let power = 10f64.powi(i32::try_from(*decimals).unwrap_or(0));
            (self.step * power - (self.step * power).round()).abs() < 1e-6
        });
        let text = format!("{value:.*}", decimals.unwrap_or(4)).replace('.', ",");
        let text = if text.trim_start_matches('-').chars().all(|c| c == '0' || c == ',') {
            text.trim_start_matches('-').to_owned()
        } else {
            text
        };
        Decimal::parse_swedish(&text).map_or(text, Decimal::to_swedish)
    }
}

/// 1, 2 or 5 times a power of ten, at least the given size.
fn nice_step(least: f64) -> f64 {
    if least <= 0.0 || !least.is_finite() {
        return 1.0;
    }
    let power = 10f64.powf(least.log10().floor());
    [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|factor| factor * power)
        .find(|step| *step >= least * 0.999)
        .unwrap_or(10.0 * power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round() {
        for (least, step) in [(70.75, 100.0), (0.4, 0.5), (1.2, 2.0), (0.0, 1.0)] {
            assert!((nice_step(least) - step).abs() < 1e-9, "{least}");
        }
    }

    #[test]
    fn bars_begin_at_zero_and_lines_near_their_figures() {
        let figures = [3_900.0, 4_050.0, 4_010.0];
        let bars = Scale::new(&figures, true, false);
        assert!(bars.low.abs() < 1e-9 && bars.high >= 4_050.0);
        let lines = Scale::new(&figures, false, false);
        assert!(lines.is_cut() && lines.low <= 3_900.0 && lines.high >= 4_050.0, "{lines:?}");
        let below = Scale::new(&[-5.0, 12.0], false, false);
        assert!(below.low <= -5.0 && below.high >= 12.0 && !below.is_cut());
    }

    #[test]
    fn a_share_ends_at_a_hundred() {
        assert!((Scale::new(&[97.0, 40.0], true, true).high - 100.0).abs() < 1e-9);
        assert!(Scale::new(&[130.0], true, true).high > 100.0);
    }

    #[test]
    fn one_figure_or_none_is_no_trouble() {
        for figures in [&[0.0][..], &[], &[5.0], &[-3.0], &[f64::NAN]] {
            for from_zero in [true, false] {
                let scale = Scale::new(figures, from_zero, false);
                assert!(scale.high > scale.low && scale.ticks().len() > 1, "{figures:?} {scale:?}");
            }
        }
    }

    #[test]
    fn ticks_are_printed_in_swedish() {
        let scale = Scale::new(&[0.0, 1_700.0], true, false);
        assert_eq!(scale.printed(1_500.0), "1\u{a0}500");
        let scale = Scale::new(&[0.0, 1.9], true, false);
        assert_eq!(scale.printed(0.5), "0,5");
        assert_eq!(scale.printed(-0.0), "0,0");
    }
}
