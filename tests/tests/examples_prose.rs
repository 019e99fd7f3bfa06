//! The examples say nothing twice: a passage that stands in two places is one that can
//! drift apart, and it makes a report of ninety pages out of one of sixty.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use tests::programs;

/// So many words in a row are a passage.
const PASSAGE: usize = 12;

#[test]
fn no_two_paragraphs_share_a_passage() {
    let mut seen: BTreeMap<Vec<String>, String> = BTreeMap::new();
    let mut shared = Vec::new();
    let mut paragraphs = 0;
    for path in files(&programs::root().join("examples")) {
        let text = std::fs::read_to_string(&path).unwrap();
        for (number, line) in text.lines().enumerate() {
            // A declared title is a name, not a sentence.
            if line.trim_end().ends_with('"') || line.contains("\" {") {
                continue;
            }
            paragraphs += 1;
            let here = format!("{}:{}", path.display(), number + 1);
            for passage in words(line).windows(PASSAGE) {
                match seen.get(passage) {
                    Some(there) if *there != here => {
                        shared.push(format!("{there} and {here}: {}", passage.join(" ")));
                        break;
                    }
                    _ => drop(seen.insert(passage.to_vec(), here.clone())),
                }
            }
        }
    }
    assert!(paragraphs > 1_000, "the examples are read");
    assert!(shared.is_empty(), "{}", shared.join("\n"));
}

fn words(line: &str) -> Vec<String> {
    line.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "tr") {
            found.push(path);
        }
    }
    found.sort();
    found
}
