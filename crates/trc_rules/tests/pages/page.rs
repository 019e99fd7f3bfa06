//! Reads a rule's page: its title, its sections, and the examples in them.

use std::ops::Range;

/// The sections of a page, in the order in which every page has them.
pub const SECTIONS: [&str; 5] = ["Varför", "Rätt", "Fel", "Gör så här", "In English"];

/// A page.
pub struct Page {
    /// What follows `# ` in the first line.
    pub title: String,
    /// The paragraph that says what is checked, its lines joined.
    pub summary: String,
    pub sections: Vec<Section>,
    pub examples: Vec<Example>,
}

/// A section, without its examples.
pub struct Section {
    pub title: String,
    pub text: String,
}

/// A block in backticks.
pub struct Example {
    pub source: Source,
    /// The lines of the block that have a finding, counted from 1. Empty for a right
    /// example.
    pub wrong_lines: Vec<usize>,
    /// Where the block begins in the page, for messages.
    pub page_line: usize,
}

/// What a block holds.
pub enum Source {
    /// Files in the language. A file begins at each line that begins a document, and a file
    /// of data at each line `fil path`.
    Text(Vec<File>),
    /// Bytes of one file, for what a text cannot show. `\xF6` stands for the byte F6.
    Bytes(Vec<u8>),
}

/// A file of an example.
pub struct File {
    pub text: String,
    /// The lines of the block that it takes up, counted from 0.
    pub lines: Range<usize>,
    /// The path of a file of data; nothing for one in the language.
    pub data: Option<String>,
}

/// The words that begin a document.
const FIRST_WORDS: [&str; 6] =
    ["organisation", "budget", "verksamhetsplan", "rapport", "mallar", DATA];

/// The word that begins a file of data.
const DATA: &str = "fil";

impl Page {
    /// Reads a page.
    ///
    /// # Panics
    /// When it has not the shape that every page has.
    pub fn read(text: &str) -> Page {
        let mut lines = text.lines().enumerate();
        let (_, first) = lines.next().expect("the page is empty");
        let title = first.strip_prefix("# ").expect("the first line is the title").to_owned();
        let mut page =
            Page { title, summary: String::new(), sections: Vec::new(), examples: Vec::new() };
        while let Some((number, line)) = lines.next() {
            if let Some(fence) = line.strip_prefix("```") {
                let body: Vec<&str> = lines
                    .by_ref()
                    .map(|(_, line)| line)
                    .take_while(|line| *line != "```")
                    .collect();
                let section = page.sections.last().map(|section| section.title.as_str());
                page.examples.push(Example::read(fence, section, &body, number + 1));
            } else if let Some(title) = line.strip_prefix("## ") {
                page.sections.push(Section { title: title.to_owned(), text: String::new() });
            } else {
                assert!(!line.starts_with('#'), "line {}: a heading of another level", number + 1);
                let text = match page.sections.last_mut() {
                    Some(section) => &mut section.text,
                    None => &mut page.summary,
                };
                text.push_str(line);
                text.push('\n');
            }
        }
        page.summary = page.summary.trim().to_owned();
        page
    }

    /// The examples that have a finding.
    pub fn wrong(&self) -> impl Iterator<Item = &Example> {
        self.examples.iter().filter(|example| example.is_wrong())
    }
}

impl Example {
    fn read(fence: &str, section: Option<&str>, body: &[&str], page_line: usize) -> Example {
        let mut words = fence.split(' ');
        let language = words.next().unwrap_or_default();
        let verdict = words.next().unwrap_or_default();
        let wrong_lines: Vec<usize> =
            words.map(|word| word.parse().expect("a line number after `fel`")).collect();
        match verdict {
            "rätt" => {
                assert!(wrong_lines.is_empty() && section == Some("Rätt"), "line {page_line}")
            }
            "fel" => assert!(!wrong_lines.is_empty() && section == Some("Fel"), "line {page_line}"),
            _ => panic!("line {page_line}: an example is `rätt` or `fel` and its lines"),
        }
        let source = match language {
            "tr" => Source::Text(files(body)),
            "bytes" => Source::Bytes(unescape(&body.join("\n"))),
            other => panic!("line {page_line}: an example is `tr` or `bytes`, not `{other}`"),
        };
        Example { source, wrong_lines, page_line }
    }

    pub fn is_wrong(&self) -> bool {
        !self.wrong_lines.is_empty()
    }
}

/// Splits a block into files, without the blank line before the next one.
fn files(body: &[&str]) -> Vec<File> {
    let begins = |line: &str| {
        FIRST_WORDS
            .iter()
            .any(|word| line.strip_prefix(word).is_some_and(|rest| rest.starts_with(' ')))
    };
    let mut starts: Vec<usize> = (0..body.len()).filter(|line| begins(body[*line])).collect();
    assert_eq!(starts.first(), Some(&0), "an example begins with a document's first line");
    starts.push(body.len());
    let files = starts.windows(2).map(|pair| {
        let data = body[pair[0]].strip_prefix(DATA).and_then(|path| path.strip_prefix(' '));
        let first = pair[0] + usize::from(data.is_some());
        let text = body[first..pair[1]].join("\n");
        File {
            text: format!("{}\n", text.trim_end()),
            lines: pair[0]..pair[1],
            data: data.map(str::to_owned),
        }
    });
    files.collect()
}

/// Turns `\xF6` into the byte F6, and any other character into its UTF-8.
fn unescape(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("\\x") {
        bytes.extend_from_slice(&rest.as_bytes()[..at]);
        bytes.push(u8::from_str_radix(&rest[at + 2..at + 4], 16).expect("two hexadecimal digits"));
        rest = &rest[at + 4..];
    }
    bytes.extend_from_slice(rest.as_bytes());
    bytes
}
