//! Dependencies that no source file names.
//!
//! A crate that is needed without being named (for a feature of another one) is
//! listed with its reason under `[package.metadata.xtask.unnamed]`.

use std::path::{Path, PathBuf};

use crate::Failure;
use crate::metadata::{Metadata, Package};
use crate::run;

pub fn check(metadata: &Metadata) -> Result<(), Failure> {
    let mut unused = Vec::new();
    for member in metadata.members() {
        unused.extend(unused_in(member)?);
    }
    let manifest = std::fs::read_to_string(run::root().join("Cargo.toml"))?;
    let taken: Vec<&str> = metadata
        .members()
        .iter()
        .flat_map(|member| &member.dependencies)
        .map(|dependency| dependency.rename.as_deref().unwrap_or(&dependency.name))
        .collect();
    for name in shared(&manifest).filter(|name| !taken.contains(name)) {
        unused.push(format!("[workspace.dependencies]: {name}"));
    }
    if unused.is_empty() {
        println!(
            "Every dependency of {} crates is named in their sources.",
            metadata.members().len()
        );
        return Ok(());
    }
    Err(format!(
        "these dependencies are named by no source file; take them out of their Cargo.toml:\n  {}",
        unused.join("\n  ")
    )
    .into())
}

/// The names under `[workspace.dependencies]`. Cargo says nothing about one that no crate
/// takes, and leaves it out of its metadata.
fn shared(manifest: &str) -> impl Iterator<Item = &str> {
    let section = manifest.lines().skip_while(|line| *line != "[workspace.dependencies]").skip(1);
    section
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| line.split_once('='))
        .map(|(name, _)| name.trim())
        .filter(|name| !name.starts_with('#'))
}

fn unused_in(member: &Package) -> Result<Vec<String>, Failure> {
    let folder = member.manifest_path.parent().ok_or("a manifest without a folder")?;
    let library = sources(&folder.join("src"))?;
    let mut everywhere = library.clone();
    for name in ["tests", "benches", "examples"] {
        everywhere.push_str(&sources(&folder.join(name))?);
    }
    let script = std::fs::read_to_string(folder.join("build.rs")).unwrap_or_default();

    let unnamed = member.metadata.as_ref().and_then(|metadata| metadata.xtask.as_ref());
    let mut unused = Vec::new();
    for dependency in &member.dependencies {
        let name = dependency.rename.as_deref().unwrap_or(&dependency.name);
        if unnamed.is_some_and(|settings| settings.unnamed.contains_key(name)) {
            continue;
        }
        let text = match dependency.kind.as_deref() {
            Some("dev") => &everywhere,
            Some("build") => &script,
            _ => &library,
        };
        if !names(text, &name.replace('-', "_")) {
            unused.push(format!("{}: {name}", member.name));
        }
    }
    Ok(unused)
}

/// Whether the code uses a crate: its name as a whole word before `::`, `;` or `!`, or after `use`.
fn names(code: &str, name: &str) -> bool {
    code.lines().map(without_comment).any(|line| {
        line.match_indices(name).any(|(at, _)| {
            let before = line.get(..at).unwrap_or_default();
            let after = line.get(at.saturating_add(name.len())..).unwrap_or_default();
            let whole = !before.ends_with(is_word) && !after.starts_with(is_word);
            let as_crate = after.starts_with("::")
                || before.trim_end().ends_with("use")
                || before.trim_end().ends_with("extern crate");
            whole && as_crate
        })
    })
}

fn without_comment(line: &str) -> &str {
    if line.trim_start().starts_with("//") { "" } else { line }
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// The text of every Rust file below a folder; nothing when there is no such folder.
fn sources(folder: &Path) -> Result<String, Failure> {
    let mut text = String::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(folder) = waiting.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for entry in entries {
            let path: PathBuf = entry?.path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                text.push_str(&std::fs::read_to_string(&path)?);
                text.push('\n');
            }
        }
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::{names, shared};

    #[test]
    fn shared_dependencies_are_read_up_to_the_next_section() {
        let manifest = "[a]\nx = 1\n[workspace.dependencies]\n# y = 2\nsalsa = \"1\"\n\ntyped = { version = \"2\" }\n[b]\nz = 3\n";
        assert_eq!(shared(manifest).collect::<Vec<_>>(), ["salsa", "typed"]);
    }

    #[test]
    fn a_path_or_a_use_names_a_crate() {
        assert!(names("let x = serde_json::from_str(text);", "serde_json"));
        assert!(names("use salsa;", "salsa"));
        assert!(names("pub(crate) use rowan::{GreenNode};", "rowan"));
    }

    #[test]
    fn comments_and_longer_words_do_not() {
        assert!(!names("// serde_json::from_str would do", "serde_json"));
        assert!(!names("use typst_pdf::export;", "typst"));
        assert!(!names("let toml = 1;", "toml"));
    }
}
