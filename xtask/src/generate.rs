//! Files that are written by a program. Each is a pure function of what it is made
//! from, so `--check` only has to compare.

use std::collections::BTreeMap;
use std::path::Path;

use crate::Failure;
use crate::licences;
use crate::metadata::Metadata;
use crate::run;

/// Where the rules' pages stand.
const RULES: &str = "docs/regler";

/// Writes the generated files, or with `check` fails when one is out of date. The reference
/// is written by the test that compares it, since only the compiler knows its tables: that
/// test is the check.
pub fn generate(check: bool) -> Result<(), Failure> {
    if !check {
        reference()?;
    }
    let metadata = Metadata::read()?;
    let mut files = rule_pages(&metadata)?;
    files.insert("docs/third-party.md".to_owned(), licences::notices(&metadata));
    remove_others(&files, check)?;
    let mut stale = Vec::new();
    for (name, text) in files {
        let path = run::root().join(&name);
        if std::fs::read_to_string(&path).is_ok_and(|present| present == text) {
            continue;
        }
        if check {
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

/// The pages of the rules, by their names in the repository.
fn rule_pages(metadata: &Metadata) -> Result<BTreeMap<String, String>, Failure> {
    let folder = metadata.target_directory.join("rule-pages");
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    let program = ["run", "--quiet", "--package", "tests", "--bin", "rule_pages", "--"];
    run::run(run::cargo().args(program).arg(&folder))?;
    let mut files = BTreeMap::new();
    for name in names(&folder)? {
        files.insert(format!("{RULES}/{name}"), std::fs::read_to_string(folder.join(&name))?);
    }
    Ok(files)
}

/// The files of a folder and of those in it.
fn names(folder: &Path) -> Result<Vec<String>, Failure> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() {
            out.extend(names(&entry.path())?.into_iter().map(|inner| format!("{name}/{inner}")));
        } else {
            out.push(name);
        }
    }
    out.sort();
    Ok(out)
}

/// Pages of rules that are gone.
fn remove_others(files: &BTreeMap<String, String>, check: bool) -> Result<(), Failure> {
    let folder = run::root().join(RULES);
    if !folder.exists() {
        return Ok(());
    }
    for name in names(&folder)?.into_iter().map(|name| format!("{RULES}/{name}")) {
        if files.contains_key(&name) {
            continue;
        }
        if check {
            return Err(format!("{name} is of no rule. Run `cargo xtask generate`").into());
        }
        std::fs::remove_file(run::root().join(name))?;
    }
    Ok(())
}

/// Writes `docs/referens`.
fn reference() -> Result<(), Failure> {
    let test = ["test", "--quiet", "--package", "tests", "--test", "reference"];
    run::run(run::cargo().args(test).env("TRC_UPDATE", "1"))
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, text)?;
    Ok(())
}
