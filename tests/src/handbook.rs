//! The handbook as a program: its blocks, run in order, are one workspace that grows from
//! an empty folder to a finished report, and every answer that a chapter shows is the one
//! that `trc` gives.
//!
//! | fence | means |
//! | --- | --- |
//! | `tr fil=x.tr`, `toml fil=…`, `csv fil=…` | the whole file |
//! | `tr i=x.tr` | these declarations and fields take the place of those of the same name in the file, or are added to it |
//! | `tr` | an illustration; that its shape is right is tested with the other documents |
//! | `console` | what the reader types after `$ `, and the answer; a line `…` stands for what is left out |
//! | `json` | settings of another program |

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use trc_syntax::{DECLARING_WORDS, OPENING_WORDS};

use crate::programs;

/// What a line that leaves something out consists of.
const LEFT_OUT: &str = "…";

/// A folder in which chapters are followed.
pub struct Reader {
    folder: PathBuf,
}

impl Reader {
    /// A reader who begins in an empty folder.
    pub fn new(folder: &Path) -> Reader {
        Reader { folder: folder.to_owned() }
    }

    /// Does what a chapter says, and returns it with the answers that `trc` gave.
    pub fn follow(&mut self, chapter: &str) -> Result<String, String> {
        let mut out = String::new();
        let mut lines = chapter.lines();
        let mut paragraph = String::new();
        let mut before = String::new();
        while let Some(line) = lines.next() {
            writeln!(out, "{line}").expect("a string takes all");
            let Some(info) = line.strip_prefix("```") else {
                if line.is_empty() {
                    before = std::mem::take(&mut paragraph);
                } else {
                    paragraph.push_str(line);
                }
                continue;
            };
            let inside: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            let text: String = inside.iter().map(|line| format!("{line}\n")).collect();
            let answered = self.block(info, &text, &before)?;
            out.push_str(&answered);
            out.push_str("```\n");
        }
        Ok(out)
    }

    /// Does what a block says, and returns it as it should be.
    fn block(&mut self, info: &str, text: &str, before: &str) -> Result<String, String> {
        let (language, attribute) = info.split_once(' ').unwrap_or((info, ""));
        if let Some((_, file)) = attribute.split_once('=') {
            // The fence is not printed: the paragraph before it tells a reader the name.
            if !before.contains(&format!("`{file}`")) {
                return Err(format!(
                    "the paragraph before the block does not name {file}: {before}"
                ));
            }
        }
        match (language, attribute.split_once('=')) {
            ("tr" | "toml" | "csv", Some(("fil", file))) => self.write(file, text),
            ("tr", Some(("i", file))) => {
                let old = std::fs::read_to_string(self.folder.join(file))
                    .map_err(|error| format!("{file}: {error}"))?;
                self.write(file, &merged(&old, text));
            }
            ("console", None) => return self.session(text),
            ("json", None) => {
                serde_json::from_str::<serde_json::Value>(text)
                    .map_err(|error| format!("{error}\n{text}"))?;
            }
            ("tr", None) => {}
            _ => return Err(format!("no test knows the fence ```{info}")),
        }
        Ok(text.to_owned())
    }

    fn write(&self, file: &str, text: &str) {
        let path = self.folder.join(file);
        std::fs::create_dir_all(path.parent().expect("a file stands in a folder"))
            .expect("the folder can be made");
        std::fs::write(path, text).expect("the file can be written");
    }

    /// Runs the commands of a block, and returns it with their answers.
    fn session(&mut self, text: &str) -> Result<String, String> {
        let mut out = String::new();
        let mut lines = text.lines().peekable();
        while let Some(line) = lines.next() {
            let command = line
                .strip_prefix("$ ")
                .ok_or_else(|| format!("a command begins with “$ ”: {line}"))?;
            let mut shown = String::new();
            while let Some(line) = lines.next_if(|line| !line.starts_with("$ ")) {
                writeln!(shown, "{line}").expect("a string takes all");
            }
            let answer = self.answer(command)?;
            writeln!(out, "$ {command}").expect("a string takes all");
            out.push_str(if fits(&shown, &answer) { &shown } else { &answer });
        }
        Ok(out)
    }

    fn answer(&mut self, command: &str) -> Result<String, String> {
        let words = words(command);
        match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            ["mkdir", name] => {
                std::fs::create_dir(self.folder.join(name)).map_err(|error| error.to_string())?;
                Ok(String::new())
            }
            ["cd", name] => {
                self.folder = self.folder.join(name);
                Ok(String::new())
            }
            ["trc", arguments @ ..] => Ok(self.trc(arguments)),
            _ => Err(format!("no test knows the command {command}")),
        }
    }

    /// What `trc` says, on standard output and then on standard error.
    pub fn trc(&self, arguments: &[&str]) -> String {
        let output = Command::new(programs::trc())
            .args(arguments)
            .current_dir(&self.folder)
            .output()
            .expect("trc starts");
        let text = |bytes| String::from_utf8(bytes).expect("trc writes UTF-8");
        text(output.stdout) + &text(output.stderr)
    }

    /// The folder in which the reader stands.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

/// True when the answer is what is shown, whatever stands where something is left out.
fn fits(shown: &str, answer: &str) -> bool {
    if !shown.lines().any(|line| line == LEFT_OUT) {
        return shown == answer;
    }
    let mut rest: Vec<&str> = answer.lines().collect();
    let parts: Vec<Vec<&str>> = shown
        .lines()
        .collect::<Vec<_>>()
        .split(|line| *line == LEFT_OUT)
        .map(<[_]>::to_vec)
        .collect();
    let last = parts.len() - 1;
    for (number, part) in parts.iter().enumerate() {
        let at = match number {
            0 => rest.starts_with(part).then_some(0),
            _ if number == last => rest.ends_with(part).then(|| rest.len() - part.len()),
            _ => (0..rest.len()).find(|at| rest[*at..].starts_with(part)),
        };
        match at {
            Some(at) => rest = rest.split_off(at + part.len()),
            None => return false,
        }
    }
    true
}

/// The words of a command; quotation marks hold several together.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (number, part) in command.split('"').enumerate() {
        if number % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

/// A text with a fragment's entries in the place of those with the same key. What it
/// lacks comes last, a field after the last field. Of a block, only what the fragment
/// shows is changed; a table is always shown whole.
fn merged(text: &str, fragment: &str) -> String {
    let mut entries = entries(text);
    for new in self::entries(fragment) {
        let same = entries.iter().position(|entry| key(&entry.text) == key(&new.text));
        if let Some(at) = same {
            entries[at].text = combined(&entries[at].text, &new.text);
        } else if is_field(&new.text) {
            let after_head = usize::from(OPENING_WORDS.iter().any(|word| text.starts_with(word)));
            let at = entries
                .iter()
                .rposition(|entry| is_field(&entry.text))
                .map_or(after_head, |last| last + 1);
            let gap = at > 0 && std::mem::take(&mut entries[at - 1].gap);
            entries.insert(at, Entry { gap, ..new });
        } else {
            if let Some(last) = entries.last_mut() {
                last.gap = true;
            }
            entries.push(new);
        }
    }
    let mut out = String::new();
    let count = entries.len();
    for (number, entry) in entries.iter().enumerate() {
        out.push_str(&entry.text);
        if entry.gap && number + 1 < count {
            out.push('\n');
        }
    }
    out
}

/// A block with what a fragment of it says.
fn combined(old: &str, new: &str) -> String {
    let inside = |block: &str| -> Option<String> {
        let (_, rest) = block.split_once("{\n")?;
        let lines = rest.strip_suffix("}\n")?.lines();
        Some(lines.map(|line| format!("{}\n", line.strip_prefix("  ").unwrap_or(line))).collect())
    };
    let (Some(old), Some(fragment)) = (inside(old), inside(new)) else { return new.to_owned() };
    if old.starts_with('|') || old.contains("\n|") {
        return new.to_owned();
    }
    let mut out = new.split_inclusive('\n').next().unwrap_or_default().to_owned();
    for line in merged(&old, &fragment).lines() {
        let indent = if line.is_empty() { "" } else { "  " };
        writeln!(out, "{indent}{line}").expect("a string takes all");
    }
    out + "}\n"
}

/// What stands at the left margin, with what belongs to it.
struct Entry {
    text: String,
    /// True when a blank line follows.
    gap: bool,
}

fn entries(text: &str) -> Vec<Entry> {
    let mut texts: Vec<String> = Vec::new();
    for line in text.lines() {
        let continues = line.is_empty() || line.starts_with([' ', '}', '"']);
        match texts.last_mut() {
            Some(entry) if continues => writeln!(entry, "{line}").expect("a string takes all"),
            _ => texts.push(format!("{line}\n")),
        }
    }
    let entry = |text: &String| Entry {
        text: format!("{}\n", text.trim_end()),
        gap: text.ends_with("\n\n"),
    };
    texts.iter().map(entry).collect()
}

/// A declaration's keyword and names, or a field's name.
fn key(entry: &str) -> &str {
    entry.split(['"', '{', ':', '\n']).next().unwrap_or_default().trim()
}

fn is_field(entry: &str) -> bool {
    let key = key(entry);
    let value = entry.get(key.len()..).unwrap_or_default().trim_start();
    let word = key.split(' ').next().unwrap_or_default();
    (value.starts_with(':') || value.starts_with("\"\"\"")) && !DECLARING_WORDS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fragment_takes_the_place_of_what_has_its_name() {
        let file = "rapport T1 2026 för n\nfas: utkast\n\nmål 1 {\n  status: a\n\n  aktivitet x { läge: b }\n}\n";
        let fragment = "fas: slutlig\ntill: Nämnden\n\nmål 1 {\n  analys: c\n}\n\nmål 2 \"C\"\n";
        assert_eq!(
            merged(file, fragment),
            "rapport T1 2026 för n\nfas: slutlig\ntill: Nämnden\n\nmål 1 {\n  status: a\n  analys: c\n\n  aktivitet x { läge: b }\n}\n\nmål 2 \"C\"\n"
        );
    }

    #[test]
    fn what_is_left_out_is_anything() {
        assert!(fits("a\n…\nd\n", "a\nb\nc\nd\n"));
        assert!(!fits("a\n…\nd\n", "a\nb\n"));
        assert!(!fits("a\n", "a\nb\n"));
    }
}
