//! Files that are written by a program. Each is a pure function of what it is made
//! from, so `--check` only has to compare.

use std::path::Path;
use std::process::Command;

use crate::Failure;
use crate::licences;
use crate::metadata::Metadata;
use crate::run;

/// Writes the generated files, or with `check` fails when one is out of date. The reference
/// is written by the test that compares it, since only the compiler knows its tables: that
/// test is the check.
pub fn generate(check: bool) -> Result<(), Failure> {
    if !check {
        reference()?;
    }
    let metadata = Metadata::read()?;
    let files = [("docs/third-party.md", licences::notices(&metadata))];
    let mut stale = Vec::new();
    for (name, text) in files {
        let path = run::root().join(name);
        if std::fs::read_to_string(&path).is_ok_and(|present| present == text) {
            println!("{name} is up to date");
        } else if check {
            stale.push(name);
        } else {
            write(&path, &text)?;
            println!("{name} written");
        }
    }
    if stale.is_empty() {
        Ok(())
    } else {
        Err(format!(
            "out of date: {}. Run `cargo xtask generate` and commit what changed",
            stale.join(", ")
        )
        .into())
    }
}

fn reference() -> Result<(), Failure> {
    let status = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["test", "--quiet", "-p", "tests", "--test", "reference"])
        .env("TRC_UPDATE", "1")
        .current_dir(run::root())
        .status()?;
    if status.success() { Ok(()) } else { Err("docs/referens was not written".into()) }
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, text)?;
    Ok(())
}
