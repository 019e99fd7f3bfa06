//! When an analysis is required.

use trc_base::Decimal;

/// When an analysis is required. The list is fixed; each has its words.
#[derive(Debug, Clone, PartialEq, Eq, Hash, salsa::SalsaValue)]
pub enum Condition {
    /// `när målet inte nås`
    TargetMissed,
    /// `när prognosen är bättre än utfallet`
    ForecastBetterThanOutcome,
    /// `när könen skiljer 5 procentenheter`
    GenderGap(Decimal),
    /// `vid frånvaro`
    Absent,
    /// `vid avvikelse`
    Deviation,
}

impl Condition {
    /// The words of every condition, for messages.
    pub const WORDS: [&'static str; 5] = [
        "när målet inte nås",
        "när prognosen är bättre än utfallet",
        "när könen skiljer N procentenheter",
        "vid frånvaro",
        "vid avvikelse",
    ];

    /// Reads a condition.
    pub fn parse(text: &str) -> Option<Condition> {
        match text {
            "när målet inte nås" => Some(Condition::TargetMissed),
            "när prognosen är bättre än utfallet" => Some(Condition::ForecastBetterThanOutcome),
            "vid frånvaro" => Some(Condition::Absent),
            "vid avvikelse" => Some(Condition::Deviation),
            _ => {
                let number = text.strip_prefix("när könen skiljer ")?;
                let number = number.strip_suffix(" procentenheter")?;
                Decimal::parse_swedish(number).ok().map(Condition::GenderGap)
            }
        }
    }

    /// The condition as it is written.
    pub fn words(&self) -> String {
        match self {
            Condition::TargetMissed => "när målet inte nås".to_owned(),
            Condition::ForecastBetterThanOutcome => {
                "när prognosen är bättre än utfallet".to_owned()
            }
            Condition::GenderGap(limit) => {
                format!("när könen skiljer {} procentenheter", limit.to_swedish())
            }
            Condition::Absent => "vid frånvaro".to_owned(),
            Condition::Deviation => "vid avvikelse".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_condition_is_read_as_it_is_written() {
        for words in Condition::WORDS {
            let words = words.replace('N', "7,5");
            assert_eq!(Condition::parse(&words).map(|it| it.words()), Some(words));
        }
    }
}
