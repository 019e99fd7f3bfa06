//! Which licences the dependencies carry: each must be one that a municipality or a
//! company can use without asking, and each is named in `docs/third-party.md`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::Failure;
use crate::metadata::Metadata;

/// Licences that ask for a notice at most.
const ALLOWED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "OFL-1.1",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// What is inside the binary beside code. Crates state the licence of their code only.
const FONTS: &[(&str, &str, &str)] = &[
    ("Noto Sans", "OFL-1.1", "notosans"),
    ("Libertinus Serif", "OFL-1.1", "typst-assets"),
    ("New Computer Modern", "GUST Font License", "typst-assets"),
    ("DejaVu Sans Mono", "Bitstream Vera License", "typst-assets"),
];

/// Fails when a dependency carries a licence that is not on the list.
pub fn check(metadata: &Metadata) -> Result<(), Failure> {
    let mut refused = Vec::new();
    let mut seen: BTreeMap<&str, u64> = BTreeMap::new();
    for package in &metadata.packages {
        let expression = package.license.as_deref().unwrap_or("");
        *seen.entry(expression).or_default() += 1;
        if !is_allowed(expression) {
            let stated = if expression.is_empty() { "no licence" } else { expression };
            refused.push(format!("{} {}: {stated}", package.name, package.version));
        }
    }
    for (expression, number) in seen {
        println!("{number:5}  {expression}");
    }
    if refused.is_empty() {
        return Ok(());
    }
    Err(format!(
        "these licences are not on the list in xtask/src/licences.rs. Choose another library, or add the licence with care:\n  {}",
        refused.join("\n  ")
    )
    .into())
}

/// The table of notices: what goes into the `trc` binary, with its licence.
pub fn notices(metadata: &Metadata) -> String {
    let linked = linked_into_binary(metadata);
    let mut text = String::from(
        "# Third-party software\n\n\
         Written by `cargo xtask generate` from `cargo metadata`: the libraries that are compiled into `trc` on any platform, \
         and the fonts it carries.\n\n\
         | library | licence | source |\n| --- | --- | --- |\n",
    );
    let rows: BTreeSet<(&str, &str, &str)> = metadata
        .packages
        .iter()
        .filter(|package| {
            linked.contains(package.id.as_str())
                && !metadata.workspace_members.contains(&package.id)
        })
        .map(|package| {
            let licence = package.license.as_deref().unwrap_or("");
            (package.name.as_str(), licence, package.repository.as_deref().unwrap_or(""))
        })
        .collect();
    for (name, licence, source) in rows {
        // Writing into a String cannot fail.
        let _ = writeln!(text, "| {name} | {licence} | {source} |");
    }
    text.push_str("\n| font | licence | carried by |\n| --- | --- | --- |\n");
    for (font, licence, carrier) in FONTS {
        let _ = writeln!(text, "| {font} | {licence} | {carrier} |");
    }
    text
}

/// Everything reachable from `trc` through normal dependencies.
fn linked_into_binary(metadata: &Metadata) -> BTreeSet<&str> {
    let nodes: BTreeMap<&str, _> =
        metadata.resolve.nodes.iter().map(|node| (node.id.as_str(), node)).collect();
    let mut reached = BTreeSet::new();
    let mut waiting: Vec<&str> = metadata
        .packages
        .iter()
        .filter(|package| package.name == "trc")
        .map(|package| package.id.as_str())
        .collect();
    while let Some(id) = waiting.pop() {
        if !reached.insert(id) {
            continue;
        }
        let Some(node) = nodes.get(id) else { continue };
        waiting.extend(
            node.deps
                .iter()
                .filter(|edge| edge.dep_kinds.iter().any(|kind| kind.kind.is_none()))
                .map(|edge| edge.pkg.as_str()),
        );
    }
    reached
}

/// Whether an SPDX expression leaves a choice that is on the list.
///
/// `OR` binds weaker than `AND`; older crates write `/` for `OR`.
fn is_allowed(expression: &str) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    any_of(&mut rest) == Some(true) && rest.is_empty()
}

fn any_of(words: &mut &[&str]) -> Option<bool> {
    let mut allowed = all_of(words)?;
    while let ["OR", rest @ ..] = *words {
        *words = rest;
        allowed |= all_of(words)?;
    }
    Some(allowed)
}

fn all_of(words: &mut &[&str]) -> Option<bool> {
    let mut allowed = one(words)?;
    while let ["AND", rest @ ..] = *words {
        *words = rest;
        allowed &= one(words)?;
    }
    Some(allowed)
}

fn one(words: &mut &[&str]) -> Option<bool> {
    match *words {
        ["(", rest @ ..] => {
            *words = rest;
            let allowed = any_of(words)?;
            let [")", rest @ ..] = *words else { return None };
            *words = rest;
            Some(allowed)
        }
        [name, "WITH", exception, rest @ ..] => {
            *words = rest;
            Some(ALLOWED.contains(&format!("{name} WITH {exception}").as_str()))
        }
        [name, rest @ ..] => {
            *words = rest;
            Some(ALLOWED.contains(name))
        }
        [] => None,
    }
}

#[cfg(test)]
mod tests {
    use super::is_allowed;

    #[test]
    fn a_choice_is_enough_for_or() {
        assert!(is_allowed("MIT OR GPL-3.0-only"));
        assert!(is_allowed("GPL-3.0-only/MIT"));
        assert!(is_allowed("Apache-2.0 WITH LLVM-exception OR GPL-2.0-only"));
    }

    #[test]
    fn every_part_counts_for_and() {
        assert!(is_allowed("(MIT OR Apache-2.0) AND Unicode-3.0"));
        assert!(!is_allowed("MIT AND GPL-3.0-only"));
        assert!(!is_allowed("(MIT OR Apache-2.0) AND GPL-3.0-only"));
        assert!(is_allowed("MIT OR Apache-2.0 AND GPL-3.0-only"));
    }

    #[test]
    fn what_cannot_be_read_is_not_allowed() {
        for expression in ["", "(MIT", "MIT OR", "MIT Apache-2.0", "GPL-3.0-only"] {
            assert!(!is_allowed(expression), "{expression}");
        }
    }
}
