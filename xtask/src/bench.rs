//! The benchmarks, each beside its budget in `xtask/budgets.txt`.
//!
//! They run in the dev profile, whose dependencies are optimised: the figures are
//! those of the binary that README and tests use, and typst is not compiled again.

use std::collections::BTreeMap;

use crate::{Failure, run};

/// Runs the benchmarks; fails when one takes longer than its budget.
pub fn bench(filter: Option<&str>) -> Result<(), Failure> {
    let budgets = read_budgets(&std::fs::read_to_string(run::root().join("xtask/budgets.txt"))?)?;
    let mut command = run::cargo();
    command.args(["bench", "--workspace", "--bench", "*", "--profile", "dev", "--locked", "--"]);
    command.args(filter);
    let mut measured = Vec::new();
    let mut reader = Reader::default();
    run::run_seen(&mut command, |line| measured.extend(reader.read(line)))?;

    println!("\n{:<48}{:>14}{:>14}", "benchmark", "median", "budget");
    let mut over = Vec::new();
    for (name, median) in &measured {
        let budget = budgets.get(name.as_str());
        let shown = budget.map_or("none".to_owned(), |budget| milliseconds(*budget));
        let mark = if budget.is_some_and(|budget| median > budget) { "  over" } else { "" };
        println!("{name:<48}{:>14}{shown:>14}{mark}", milliseconds(*median));
        if !mark.is_empty() {
            over.push(name.as_str());
        }
    }
    if measured.is_empty() {
        return Err("no benchmark ran".into());
    }
    let median = |name: &str| measured.iter().find(|(seen, _)| seen == name).map(|(_, m)| *m);
    for (name, budget) in &budgets {
        let Some((first, second)) = name.split_once(" / ") else { continue };
        let (Some(first), Some(second)) = (median(first), median(second)) else { continue };
        let ratio = first / second;
        let mark = if ratio > *budget { "  over" } else { "" };
        println!("{name:<48}{:>14}{:>14}{mark}", format!("{ratio:.2}"), format!("{budget:.2}"));
        if !mark.is_empty() {
            over.push(name);
        }
    }
    if filter.is_none() {
        let missing: Vec<&str> = budgets
            .keys()
            .map(String::as_str)
            .filter(|name| !name.split(" / ").all(|name| median(name).is_some()))
            .collect();
        if !missing.is_empty() {
            return Err(format!(
                "xtask/budgets.txt names benchmarks that did not run: {}",
                missing.join(", ")
            )
            .into());
        }
    }
    if over.is_empty() { Ok(()) } else { Err(format!("over budget: {}", over.join(", ")).into()) }
}

fn milliseconds(value: f64) -> String {
    format!("{value:.3} ms")
}

/// Lines of `name milliseconds`; `#` begins a comment.
fn read_budgets(text: &str) -> Result<BTreeMap<String, f64>, Failure> {
    let mut budgets = BTreeMap::new();
    for line in
        text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        let (name, value) = line
            .rsplit_once(char::is_whitespace)
            .ok_or_else(|| format!("no budget in the line `{line}`"))?;
        budgets.insert(name.trim().to_owned(), value.parse()?);
    }
    Ok(budgets)
}

/// Reads the tree that divan prints. The depth of a row is the width of its branches;
/// a benchmark's name is the path to it: `parse.whole_example`.
#[derive(Default)]
struct Reader {
    path: Vec<String>,
}

impl Reader {
    fn read(&mut self, line: &str) -> Option<(String, f64)> {
        let branches: usize =
            line.chars().take_while(|character| " │├╰─".contains(*character)).count();
        let row: String = line.chars().skip(branches).collect();
        // Heads and rows have columns that the same bar separates.
        let mut columns = row.split('│');
        let first = columns.next()?.trim();
        let median = columns.nth(1).map(str::trim);
        let mut words = first.split_whitespace();
        let name = words.next()?;
        if branches == 0 && median.is_none() {
            return None;
        }
        self.path.truncate(branches.checked_div(3)?);
        self.path.push(name.to_owned());
        let (number, unit) = median?.split_once(' ')?;
        let number: f64 = number.parse().ok()?;
        let factor = match unit.trim() {
            "ns" => 1e-6,
            "µs" => 1e-3,
            "ms" => 1.0,
            "s" => 1e3,
            _ => return None,
        };
        Some((self.path.join("."), number * factor))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRINTED: &str = "\
Timer precision: 20 ns
parse                fastest       │ slowest       │ median        │ mean          │ samples │ iters
├─ whole_example     1.1 ms        │ 3 ms          │ 1.5 ms        │ 1.6 ms        │ 100     │ 100
│                    871.9 MB/s    │ 330 MB/s      │ 700 MB/s      │ 690 MB/s      │         │
╰─ goals                           │               │               │               │         │
   ├─ 36             10 µs         │ 30 µs         │ 20 µs         │ 21 µs         │ 100     │ 100
   ╰─ 360            1.1 s         │ 3 s           │ 2 s           │ 2.1 s         │ 100     │ 100
";

    #[test]
    fn a_row_is_named_by_the_path_to_it() {
        let mut reader = Reader::default();
        let read: Vec<_> = PRINTED.lines().filter_map(|line| reader.read(line)).collect();
        let expected =
            [("parse.whole_example", 1.5), ("parse.goals.36", 0.02), ("parse.goals.360", 2000.0)];
        assert_eq!(read.len(), expected.len());
        for ((name, median), (expected_name, expected_median)) in read.iter().zip(expected) {
            assert_eq!(name, expected_name);
            assert!((median - expected_median).abs() < 1e-9, "{name}: {median}");
        }
    }

    #[test]
    fn budgets_are_names_with_milliseconds() {
        let budgets = read_budgets("# comment\n\nparse.whole_example  2.5\n").unwrap();
        assert_eq!(budgets.get("parse.whole_example"), Some(&2.5));
        assert!(read_budgets("parse.whole_example").is_err());
    }
}
