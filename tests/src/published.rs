//! The published facts, and the corrections that the example makes on purpose.

use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::csv::{self, Row};
use crate::programs;

/// The facts of one published report.
pub struct Published {
    folder: &'static str,
    corrections: Vec<Row>,
    used: RefCell<BTreeSet<usize>>,
}

impl Published {
    pub fn open(folder: &'static str) -> Published {
        let corrections = read(folder, "corrections");
        for row in &corrections {
            assert_ne!(
                row["published"], row["corrected"],
                "a correction corrects something: {row:?}"
            );
            assert!(!row["reason"].is_empty(), "a correction has a reason: {row:?}");
        }
        Published { folder, corrections, used: RefCell::default() }
    }

    /// The rows of a file.
    pub fn rows(&self, name: &str) -> Vec<Row> {
        read(self.folder, name)
    }

    /// What the example is to print in a cell where `published` was printed.
    pub fn expected(&self, table: &str, row: &str, column: &str, published: &str) -> String {
        let correction =
            self.corrections.iter().enumerate().find(|(_, one)| {
                one["table"] == table && one["row"] == row && one["column"] == column
            });
        let Some((number, correction)) = correction else { return published.to_owned() };
        assert_eq!(
            correction["published"], published,
            "the correction of {table}, {row}, {column} is of another value"
        );
        self.used.borrow_mut().insert(number);
        correction["corrected"].clone()
    }

    /// Fails when a correction of these tables was not needed.
    pub fn assert_every_correction_used(&self, tables: &[&str]) {
        for (number, correction) in self.corrections.iter().enumerate() {
            let concerns = tables.contains(&correction["table"].as_str());
            assert!(
                !concerns || self.used.borrow().contains(&number),
                "nothing uses the correction {correction:?}"
            );
        }
    }

    /// The tables that have corrections.
    pub fn corrected_tables(&self) -> BTreeSet<&str> {
        self.corrections.iter().map(|row| row["table"].as_str()).collect()
    }
}

fn read(folder: &str, name: &str) -> Vec<Row> {
    csv::read(&programs::root().join("tests/published").join(folder).join(format!("{name}.csv")))
}
