//! The handbook as a program: its blocks, run in order, are one workspace that grows from
//! an empty folder to a finished report, and every answer that a chapter shows is the one
//! that `trc` gives.
//!
//! | fence | means |
//! | --- | --- |
//! | `tr fil=x.tr`, `toml fil=…`, `csv fil=…` | the whole file |
//! | `tr i=x.tr` | these declarations and fields replace those of the same name in the file, or are added to it |
//! | `tr` | an illustration; that its shape is right is tested with the other documents |
//! | `console` | what the reader types after `$ `, and the answer; a line `…` stands for what is left out |
//! | `json` | settings of another program |

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use trc_syntax::DECLARING_WORDS;

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
        let mut before = String::new();
        while let Some(line) = lines.next() {
            writeln!(out, "{line}").expect("a string takes all");
            let Some(info) = line.strip_prefix("```") else {
                if !line.is_empty() {
                    line.clone_into(&mut before);
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
            // The fence is not printed: the sentence before it tells a reader the name.
            if !before.contains(&format!("`{file}`")) {
                return Err(format!("the line before the block does not name {file}: {before}"));
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
    let parts: Vec<Vec<&str>> =
        shown.lines().collect::<Vec<_>>().split(|line| *line == LEFT_OUT).map(<[_]>::to_vec).collect();
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

/// A file with a fragment's entries in the place of those with the same key; those that
/// it lacks come last, fields after the last field.
fn merged(file: &str, fragment: &str) -> String {
    let mut entries = entries(file);
    for new in self::entries(fragment) {
        let key = key(&new);
        match entries.iter().position(|entry| self::key(entry) == key) {
            Some(at) => entries[at] = new,
            None if is_field(&new) => {
                let after = entries.iter().rposition(|entry| is_field(entry)).unwrap_or(0);
                entries.insert(after + 1, new);
            }
            None => entries.push(new),
        }
    }
    let mut out = String::new();
    for (number, entry) in entries.iter().enumerate() {
        // The lines of a document's head stand together.
        if number > 0 && !is_field(entry) {
            out.push('\n');
        }
        out.push_str(entry);
    }
    out
}

/// What stands at the left margin, each with what belongs to it.
fn entries(text: &str) -> Vec<String> {
    let mut entries: Vec<String> = Vec::new();
    for line in text.lines() {
        let continues = line.is_empty() || line.starts_with([' ', '}', '"', ']']);
        match entries.last_mut() {
            Some(entry) if continues => writeln!(entry, "{line}").expect("a string takes all"),
            _ => entries.push(format!("{line}\n")),
        }
    }
    entries.iter().map(|entry| format!("{}\n", entry.trim_end())).collect()
}

/// A declaration's keyword and names, or a field's name.
fn key(entry: &str) -> &str {
    entry.split(['"', '{', ':', '\n']).next().unwrap_or_default().trim()
}

/// True for a field of the document itself.
fn is_field(entry: &str) -> bool {
    let line = entry.lines().next().unwrap_or_default();
    let first = line.split([' ', ':']).next().unwrap_or_default();
    line.contains(':') && !line.starts_with("//") && !DECLARING_WORDS.contains(&first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fragment_takes_the_place_of_what_has_its_name() {
        let file = "rapport T1 2026 för n\nfas: utkast\n\nmål 1 {\n  status: a\n}\n\nmål 2 {\n}\n";
        let fragment = "fas: slutlig\ntill: Nämnden\n\nmål 1 {\n  status: b\n}\n\nmål 3 \"C\"\n";
        assert_eq!(
            merged(file, fragment),
            "rapport T1 2026 för n\nfas: slutlig\ntill: Nämnden\n\nmål 1 {\n  status: b\n}\n\nmål 2 {\n}\n\nmål 3 \"C\"\n"
        );
    }

    #[test]
    fn what_is_left_out_is_anything() {
        assert!(fits("a\n…\nd\n", "a\nb\nc\nd\n"));
        assert!(!fits("a\n…\nd\n", "a\nb\n"));
        assert!(!fits("a\n", "a\nb\n"));
    }
}
