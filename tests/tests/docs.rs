//! What the documentation says still holds: its `.tr` is right, its links lead somewhere,
//! and the glossary's names are those of the code.

#![allow(clippy::disallowed_methods, clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::process::Command;

use tests::programs;

/// First lines, one of which makes any fragment a file.
const HEADERS: [&str; 3] = ["", "rapport T1 2025 för exempel\n", "mallar 2025 för exempel\n"];

#[test]
fn every_tr_block_has_the_right_shape() {
    let mut seen = 0;
    for (path, text) in documents() {
        for block in blocks(&text, "tr") {
            seen += 1;
            let errors: Vec<_> =
                HEADERS.iter().map(|header| errors_of(&format!("{header}{block}"))).collect();
            assert!(errors.iter().any(Vec::is_empty), "{}: {block}\n{errors:?}", path.display());
        }
    }
    assert!(seen > 4, "the blocks are found");
}

#[test]
fn a_wrong_block_would_be_noticed() {
    for header in HEADERS {
        assert_ne!(errors_of(&format!("{header}mål 1 {{\n  status\n")), Vec::<String>::new());
    }
}

#[test]
fn every_link_leads_to_a_file() {
    for (path, text) in documents() {
        let folder = programs::root().join(path.parent().unwrap());
        for link in links(&text) {
            assert!(
                folder.join(link).exists(),
                "{} links to {link}, which is not there",
                path.display()
            );
        }
    }
}

#[test]
fn the_glossary_names_what_the_code_has() {
    let glossary = std::fs::read_to_string(programs::root().join("docs/glossary.md")).unwrap();
    let sources = sources();
    let mut seen = 0;
    for row in glossary.lines().filter(|line| line.starts_with("| ")) {
        let last = row.trim_end_matches(['|', ' ']).rsplit('|').next().unwrap();
        for name in last
            .split('`')
            .skip(1)
            .step_by(2)
            .filter(|name| name.starts_with(|c: char| c.is_ascii_uppercase()))
        {
            // `Phase::{Draft, Final}` is three names.
            let parts = name
                .split(|c: char| !c.is_alphanumeric() && c != '_')
                .filter(|part| !part.is_empty());
            for part in parts {
                seen += 1;
                assert!(has_word(&sources, part), "the glossary says {name}, the code does not");
            }
        }
    }
    assert!(seen > 20, "the names are found");
}

/// The Markdown that people read; generated tables and rules' pages have their own tests.
fn documents() -> Vec<(PathBuf, String)> {
    let mut git = Command::new("git");
    git.current_dir(programs::root()).args([
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
        "*.md",
    ]);
    let names = String::from_utf8(programs::run(&mut git).stdout).unwrap();
    let files = names.split('\0').filter(|name| !name.is_empty() && !name.starts_with("crates/"));
    files
        .map(|name| (PathBuf::from(name), programs::root().join(name)))
        .filter(|(_, path)| path.is_file())
        .map(|(name, path)| (name, std::fs::read_to_string(path).unwrap()))
        .collect()
}

/// The fenced blocks of a language, without the indentation of their fence.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let fence = line.trim_start();
        if fence.strip_prefix("```") != Some(language) {
            continue;
        }
        let indent = line.len() - fence.len();
        let inside = lines.by_ref().take_while(|line| line.trim() != "```");
        blocks.push(
            inside.map(|line| format!("{}\n", line.get(indent..).unwrap_or_default())).collect(),
        );
    }
    blocks
}

/// The targets of links into the repository.
fn links(text: &str) -> Vec<&str> {
    let mut links = Vec::new();
    let mut fenced = false;
    for line in text.lines() {
        fenced ^= line.trim_start().starts_with("```");
        if fenced {
            continue;
        }
        // Code may hold what looks like a link.
        for prose in line.split('`').step_by(2) {
            for rest in prose.split("](").skip(1) {
                let target = rest.split([')', '#']).next().unwrap_or_default();
                if !target.is_empty() && !target.contains(':') {
                    links.push(target);
                }
            }
        }
    }
    links
}

fn errors_of(text: &str) -> Vec<String> {
    trc_syntax::parse(text).errors().iter().map(|error| error.message.en.to_string()).collect()
}

fn sources() -> String {
    let mut text = String::new();
    let mut waiting = vec![programs::root().join("crates")];
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                text.push_str(&std::fs::read_to_string(Path::new(&path)).unwrap());
            }
        }
    }
    text
}

fn has_word(text: &str, word: &str) -> bool {
    let is_word = |character: char| character.is_alphanumeric() || character == '_';
    text.match_indices(word).any(|(at, _)| {
        let before = text.get(..at).unwrap_or_default();
        let after = text.get(at + word.len()..).unwrap_or_default();
        !before.ends_with(is_word) && !after.starts_with(is_word)
    })
}
