//! The chores of the repository: `cargo xtask test` is everything that must hold
//! before a change lands, and what `.ci/run` calls.
//!
//! The driver installs what it needs from Debian's packages and PyPI. It never
//! compiles a tool with `cargo install`: on two cores that costs more than the tests.

// A task runner reads files, starts programs and watches the clock; the lint keeps
// that out of the core, which this is not.
#![allow(clippy::disallowed_methods)]
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)
)]

mod bench;
mod counts;
mod dependencies;
mod generate;
mod licences;
mod machine;
mod metadata;
mod pictures;
mod run;
mod steps;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// What went wrong, in words for the person at the terminal.
type Failure = Box<dyn std::error::Error>;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The chores of the repository")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Install what is missing and run every check and test.
    Test {
        /// Run only these steps (repeat, or separate by commas).
        #[arg(long, value_name = "STEP", value_delimiter = ',')]
        only: Vec<steps::Name>,
        /// Leave these steps out.
        #[arg(long, value_name = "STEP", value_delimiter = ',')]
        skip: Vec<steps::Name>,
        /// Run the steps that are left even when one has failed.
        #[arg(long)]
        keep_going: bool,
    },
    /// Install the programs that the tests call, and nothing else.
    Prepare,
    /// Run the benchmarks and print each beside its budget.
    Bench {
        /// Only the benchmarks whose name contains this.
        filter: Option<String>,
    },
    /// Run the rules on paragraphs over plain text, a line a paragraph, and print what
    /// they find as lines of JSON.
    ProseScan {
        /// The texts.
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Draw the picture of a page that the README shows.
    Pictures,
    /// Write the generated files.
    Generate {
        /// Change nothing; fail when a file is out of date.
        #[arg(long)]
        check: bool,
    },
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().chore {
        Chore::Test { only, skip, keep_going } => steps::test(&only, &skip, keep_going),
        Chore::Prepare => machine::prepare().map(|_| ()),
        Chore::Bench { filter } => bench::bench(filter.as_deref()),
        Chore::ProseScan { files } => run::run(
            run::cargo()
                .args(["run", "--package", "tests", "--bin", "prose_scan", "--"])
                .args(files),
        ),
        Chore::Pictures => pictures::draw(),
        Chore::Generate { check } => generate::generate(check),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}
