//! The day it is.

use std::time::{SystemTime, UNIX_EPOCH};

use trc_base::Date;

/// Today's date in coordinated universal time.
///
/// Read once, by the caller that opens a project, and given to the database as an
/// input. Swedish time is an hour or two ahead; no rule looks closer than a day.
pub fn today() -> Option<Date> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs();
    date_of_day(seconds / 86_400)
}

/// The date that lies so many days after 1 January 1970.
fn date_of_day(mut days: u64) -> Option<Date> {
    let mut year: u16 = 1970;
    loop {
        let length = if Date::new(year, 2, 29).is_some() { 366 } else { 365 };
        if days < length {
            break;
        }
        days -= length;
        year = year.checked_add(1)?;
    }
    for month in 1..=12 {
        // A month's length is the last day that exists in it.
        let length = (28..=31).rev().find(|&day| Date::new(year, month, day).is_some())?;
        if days < u64::from(length) {
            return Date::new(year, month, u8::try_from(days + 1).ok()?);
        }
        days -= u64::from(length);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_since_1970() {
        for (days, date) in [
            (0, "1970-01-01"),
            (31, "1970-02-01"),
            (789, "1972-02-29"),
            (11_016, "2000-02-29"),
            (20_088, "2024-12-31"),
            (20_089, "2025-01-01"),
        ] {
            assert_eq!(date_of_day(days).unwrap().to_string(), date);
        }
    }

    #[test]
    fn the_clock_shows_a_day_that_is_not_long_gone() {
        assert!(today().unwrap() > Date::new(2025, 1, 1).unwrap());
    }
}
