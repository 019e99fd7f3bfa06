//! `cargo xtask test`: named steps in a fixed order, cheap ones first, each timed.

use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use clap::ValueEnum;

use crate::counts::Counts;
use crate::machine::{self, Prepared};
use crate::metadata::Metadata;
use crate::{Failure, dependencies, generate, licences, run};

/// The steps, in the order in which they run.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Name {
    /// The layout of the Rust sources.
    Fmt,
    /// Lints; a warning is an error.
    Clippy,
    /// The documentation of the crates; a warning is an error.
    Doc,
    /// All tests.
    Test,
    /// The files that programs write are up to date.
    Generated,
    /// No dependency without use.
    Dependencies,
    /// No dependency with a licence that is not on the list.
    Licences,
    /// The example's PDF against PDF/UA-1 and PDF/A-3a, with an outside validator.
    Pdf,
}

struct Outcome {
    name: Name,
    time: Duration,
    failure: Option<String>,
}

/// Runs the chosen steps and prints what each took and what the test runners counted.
pub fn test(only: &[Name], skip: &[Name], keep_going: bool) -> Result<(), Failure> {
    let chosen: Vec<Name> = Name::value_variants()
        .iter()
        .copied()
        .filter(|name| (only.is_empty() || only.contains(name)) && !skip.contains(name))
        .collect();
    if chosen.is_empty() {
        return Err("no step is left to run".into());
    }
    let mut counted = Vec::new();
    let mut outcomes: Vec<Outcome> = Vec::new();
    for name in &chosen {
        println!("\n==> {}", title(*name));
        let start = Instant::now();
        let failure = step(*name, &mut counted).err().map(|failure| failure.to_string());
        if let Some(failure) = &failure {
            println!("FAILED: {failure}");
        }
        let failed = failure.is_some();
        outcomes.push(Outcome { name: *name, time: start.elapsed(), failure });
        if failed && !keep_going {
            break;
        }
    }
    close(&chosen, &outcomes, &counted)
}

fn step(name: Name, counted: &mut Vec<String>) -> Result<(), Failure> {
    match name {
        Name::Fmt => run::run(run::cargo().args(["fmt", "--all", "--check"])),
        Name::Clippy => run::run(run::cargo().args([
            "clippy",
            "--workspace",
            "--all-targets",
            "--locked",
            "--",
            "--deny",
            "warnings",
        ])),
        Name::Doc => run::run(
            run::cargo()
                .args([
                    "doc",
                    "--workspace",
                    "--exclude",
                    "xtask",
                    "--exclude",
                    "tests",
                    "--no-deps",
                    "--locked",
                ])
                .env("RUSTDOCFLAGS", "--deny warnings"),
        ),
        Name::Test => tests(counted),
        Name::Generated => generate::generate(true),
        Name::Dependencies => dependencies::check(&Metadata::read()?),
        Name::Licences => licences::check(&Metadata::read()?),
        Name::Pdf => pdf(),
    }
}

/// One `cargo test` for the whole workspace. The binary is built first, with the same
/// features, and handed to the tests that call it.
fn tests(counted: &mut Vec<String>) -> Result<(), Failure> {
    let Prepared { python } = machine::prepare()?;
    let binary = build()?;
    let mut command = run::cargo();
    command
        .args(["test", "--workspace", "--locked", "--no-fail-fast"])
        .env("TRC_BIN", binary)
        .env("TERTIAL_PYTHON", python)
        // A snapshot that changed is a failure here, never a file to accept later.
        .env("INSTA_UPDATE", "no");
    let outcome = run::run_seen(&mut command, |line| {
        if Counts::read(line).is_some() {
            counted.push(line.to_owned());
        }
    });
    outcome?;
    let total = total(counted);
    if total.ignored > 0 {
        return Err(
            format!("{} tests are ignored; a test is run or it is removed", total.ignored).into()
        );
    }
    if total.passed == 0 {
        return Err("no test ran".into());
    }
    Ok(())
}

/// Builds `trc`, selecting the whole workspace so that cargo unifies the features as
/// the tests do and compiles nothing twice.
fn build() -> Result<PathBuf, Failure> {
    run::run(run::cargo().args(["build", "--workspace", "--bin", "trc", "--locked"]))?;
    Ok(Metadata::read()?.target_directory.join("debug").join("trc"))
}

fn pdf() -> Result<(), Failure> {
    let Prepared { python } = machine::prepare()?;
    let file = build_example()?;
    run::run(Command::new("qpdf").arg("--check").arg(&file))?;
    let script = run::root().join("tests/pdf/validate.py");
    let profiles = ["--profile", "ua1", "--profile", "3a", "--language", "sv-SE"];
    run::run(Command::new(python).arg(script).arg(&file).args(profiles))
}

/// The PDF of the example's report, in the target folder.
pub fn build_example() -> Result<PathBuf, Failure> {
    let binary = build()?;
    let folder = Metadata::read()?.target_directory.join("pdf");
    std::fs::create_dir_all(&folder)?;
    let file = folder.join("norra-innerstaden.pdf");
    let example = run::root().join("examples/norra-innerstaden");
    run::run(Command::new(binary).arg("build").arg(example).arg("--output").arg(&file))?;
    Ok(file)
}

/// The closing table: every count line as its runner printed it, the steps with their
/// times, and one line with the sums at the very end.
fn close(chosen: &[Name], outcomes: &[Outcome], counted: &[String]) -> Result<(), Failure> {
    println!();
    for line in counted {
        println!("{line}");
    }
    println!();
    for outcome in outcomes {
        let word = if outcome.failure.is_some() { "FAILED" } else { "ok" };
        println!("{:7}{:>6.1} s  {}", word, outcome.time.as_secs_f64(), title(outcome.name));
    }
    for name in chosen.iter().skip(outcomes.len()) {
        println!("not run          {}", title(*name));
    }
    if chosen.contains(&Name::Test) {
        println!("tests: {}", total(counted));
    }
    match outcomes.iter().find_map(|outcome| outcome.failure.as_ref()) {
        Some(failure) => Err(failure.as_str().into()),
        None => Ok(()),
    }
}

fn total(counted: &[String]) -> Counts {
    let mut total = Counts::default();
    for counts in counted.iter().filter_map(|line| Counts::read(line)) {
        total.add(counts);
    }
    total
}

fn title(name: Name) -> &'static str {
    match name {
        Name::Fmt => "fmt: cargo fmt --check",
        Name::Clippy => "clippy: cargo clippy, warnings denied",
        Name::Doc => "doc: cargo doc, warnings denied",
        Name::Test => "test: cargo test --workspace",
        Name::Generated => "generated: written files are up to date",
        Name::Dependencies => "dependencies: none without use",
        Name::Licences => "licences: all on the list",
        Name::Pdf => "pdf: the example against PDF/UA-1 and PDF/A-3a",
    }
}
