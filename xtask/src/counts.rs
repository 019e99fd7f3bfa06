//! The lines that test runners close with, added up.

use std::fmt;

/// How many tests passed, failed and were not run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub passed: u64,
    pub failed: u64,
    pub ignored: u64,
}

impl Counts {
    /// Reads `test result: ok. 12 passed; 0 failed; 1 ignored; …`; other lines are not counted.
    pub fn read(line: &str) -> Option<Counts> {
        let rest = line.trim_start().strip_prefix("test result:")?;
        let (_, rest) = rest.split_once(". ")?;
        let mut counts = Counts::default();
        for part in rest.split(';') {
            let mut words = part.split_whitespace();
            let (Some(number), Some(word)) = (words.next(), words.next()) else { continue };
            let Ok(number) = number.parse() else { continue };
            match word {
                "passed" => counts.passed = number,
                "failed" => counts.failed = number,
                "ignored" => counts.ignored = number,
                _ => {}
            }
        }
        Some(counts)
    }

    pub fn add(&mut self, other: Counts) {
        self.passed = self.passed.saturating_add(other.passed);
        self.failed = self.failed.saturating_add(other.failed);
        self.ignored = self.ignored.saturating_add(other.ignored);
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed, {} skipped", self.passed, self.failed, self.ignored)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_closing_line_of_a_runner() {
        let line = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 4 filtered out; finished in 0.02s";
        assert_eq!(Counts::read(line), Some(Counts { passed: 12, failed: 3, ignored: 1 }));
    }

    #[test]
    fn other_lines_are_not_counted() {
        assert_eq!(Counts::read("test reads_a_name ... ok"), None);
        assert_eq!(Counts::read("12 passed; 0 failed"), None);
    }

    #[test]
    fn counts_are_added_and_printed_in_one_line() {
        let mut total = Counts { passed: 1, failed: 0, ignored: 0 };
        total.add(Counts { passed: 2, failed: 1, ignored: 3 });
        assert_eq!(total.to_string(), "3 passed, 1 failed, 3 skipped");
    }
}
