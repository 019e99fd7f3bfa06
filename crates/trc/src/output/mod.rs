//! How findings are shown: one diagnostic model, many renderings.

mod concise;
mod excerpt;
mod full;
mod github;
mod gitlab;
mod identity;
mod json;
mod jsonl;
mod junit;
mod sarif;
mod statistics;

pub use excerpt::visible;
pub use json::write_value as write_json;
pub use statistics::write as write_statistics;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

use text_size::TextSize;
use trc_base::{Diagnostic, Encoding, Language, Lines, Location, Severity};
use trc_model::subject::Subject;

use crate::cli::Format;
use crate::terminal::{Paint, Style};

/// What a check found, with the sources it speaks of.
pub struct Findings {
    /// In order of file and place.
    pub diagnostics: Vec<Diagnostic>,
    /// The text of every file that was checked, by its path in the workspace.
    pub sources: BTreeMap<Arc<str>, Source>,
    /// What the findings' places are about, where that is known.
    pub subjects: BTreeMap<Location, Subject>,
    /// What to put before a file's path so that it leads there from the current folder.
    pub prefix: String,
}

/// The text of one file.
pub struct Source {
    pub text: String,
    pub lines: Lines,
}

impl Source {
    pub fn new(text: String) -> Source {
        let lines = Lines::new(&text);
        Source { text, lines }
    }
}

/// How to show them.
#[derive(Debug, Clone, Copy)]
pub struct Show {
    pub format: Format,
    pub language: Language,
    pub paint: Paint,
    /// In columns.
    pub width: usize,
    /// True when warnings fail the run too.
    pub deny_warnings: bool,
}

impl Show {
    /// True for a finding that makes the run end with the exit code of findings.
    pub fn fails(self, finding: &Diagnostic) -> bool {
        match finding.severity {
            Severity::Error => true,
            Severity::Warning => self.deny_warnings,
            Severity::Info => false,
        }
    }
}

/// Shows findings in the format asked for. `files` is how many files were asked about.
pub fn write(out: &mut dyn Write, findings: &Findings, files: usize, show: Show) -> io::Result<()> {
    match show.format {
        Format::Full => full::write(out, findings, files, show),
        Format::Concise => concise::write(out, findings, show.language),
        Format::Json => json::write(out, findings, show.language),
        Format::Jsonl => jsonl::write(out, findings, show.language),
        Format::Sarif => sarif::write(out, findings, show.language),
        Format::Github => github::write(out, findings, show.language),
        Format::Gitlab => gitlab::write(out, findings, show.language),
        Format::Junit => junit::write(out, findings, show),
    }
}

/// Where a finding begins and ends, as people count: from 1, in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
}

impl Findings {
    fn place(&self, location: &Location) -> Place {
        let (start, end) = (location.range.start, location.range.end);
        let Some(source) = self.sources.get(&location.file) else {
            return Place { line: 1, column: 1, end_line: 1, end_column: 1 };
        };
        let at = |offset| source.lines.line_column(TextSize::new(offset), Encoding::Utf32);
        let (start, end) = (at(start), at(end.max(start)));
        Place {
            line: start.line.saturating_add(1),
            column: start.column.saturating_add(1),
            end_line: end.line.saturating_add(1),
            end_column: end.column.saturating_add(1),
        }
    }
}

/// The word for a severity in running output.
pub fn word(severity: Severity, language: Language) -> &'static str {
    match (severity, language) {
        (Severity::Error, Language::Sv) => "Fel",
        (Severity::Error, Language::En) => "Error",
        (Severity::Warning, Language::Sv) => "Varning",
        (Severity::Warning, Language::En) => "Warning",
        (Severity::Info, Language::Sv) => "Upplysning",
        (Severity::Info, Language::En) => "Note",
    }
}

pub fn style(severity: Severity) -> Style {
    match severity {
        Severity::Error => Style::Error,
        Severity::Warning => Style::Warning,
        Severity::Info => Style::Info,
    }
}

/// "2 fel, 1 varning i 12 filer".
pub fn summary(diagnostics: &[Diagnostic], files: usize, language: Language) -> String {
    let count =
        |severity| diagnostics.iter().filter(|finding| finding.severity == severity).count();
    let (errors, warnings, infos) =
        (count(Severity::Error), count(Severity::Warning), count(Severity::Info));
    let parts: Vec<String> = match language {
        Language::Sv => [
            (errors, "fel", "fel"),
            (warnings, "varning", "varningar"),
            (infos, "upplysning", "upplysningar"),
        ],
        Language::En => [
            (errors, "error", "errors"),
            (warnings, "warning", "warnings"),
            (infos, "note", "notes"),
        ],
    }
    .into_iter()
    .filter(|(count, ..)| *count > 0)
    .map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many }))
    .collect();
    let what = match (parts.is_empty(), language) {
        (true, Language::Sv) => "Inga anmärkningar".to_owned(),
        (true, Language::En) => "No findings".to_owned(),
        (false, _) => parts.join(", "),
    };
    let unit = match (language, files == 1) {
        (Language::Sv, true) => "i 1 fil".to_owned(),
        (Language::Sv, false) => format!("i {files} filer"),
        (Language::En, true) => "in 1 file".to_owned(),
        (Language::En, false) => format!("in {files} files"),
    };
    format!("{what} {unit}")
}

#[cfg(test)]
pub mod tests {
    use trc_base::diagnostic::Range;
    use trc_base::{Location, Related, Text};

    use super::*;

    /// å, a decomposed å, an emoji, a tab and both kinds of line break before the place.
    pub const TEXT: &str =
        "rapport T1 2025 för exempelnämnden\r\n// å a\u{30a} 😀\r\n\tutfall: 5 st\nutfall: 6 st\n";

    pub fn range_of(text: &str, part: &str) -> Range {
        let start = text.find(part).unwrap();
        Range { start: start as u32, end: (start + part.len()) as u32 }
    }

    pub fn finding(text: &str, part: &str, severity: Severity) -> Diagnostic {
        Diagnostic {
            location: Location { file: "t1.tr".into(), range: range_of(text, part) },
            severity,
            rule: "declared-twice",
            message: Text::new("Fältet står två gånger.", "The field is given twice."),
            help: Text::new("Ta bort det ena.", "Remove one of them."),
            related: Vec::new(),
            fix: None,
        }
    }

    pub fn findings(text: &str, diagnostics: Vec<Diagnostic>) -> Findings {
        let sources = BTreeMap::from([(Arc::from("t1.tr"), Source::new(text.to_owned()))]);
        Findings { diagnostics, sources, subjects: BTreeMap::new(), prefix: String::new() }
    }

    pub fn rendered(findings: &Findings, format: Format, language: Language) -> String {
        let mut out = Vec::new();
        let show = Show { format, language, paint: Paint::PLAIN, width: 60, deny_warnings: false };
        write(&mut out, findings, findings.sources.len(), show).unwrap();
        let text = String::from_utf8(out).unwrap();
        text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
    }

    /// One finding with a related place, over every kind of character that has fooled
    /// a column before.
    pub fn sample() -> Findings {
        let mut first = finding(TEXT, "utfall: 6", Severity::Error);
        first.related.push(Related {
            location: Location { file: "t1.tr".into(), range: range_of(TEXT, "5 st") },
            message: Text::new("Det första står här.", "The first is here."),
        });
        let second = finding(TEXT, "\u{1F600}", Severity::Warning);
        findings(TEXT, vec![second, first])
    }

    #[test]
    fn summaries_agree_with_their_numbers() {
        let (error, warning, info) = (
            finding(TEXT, "5", Severity::Error),
            finding(TEXT, "5", Severity::Warning),
            finding(TEXT, "5", Severity::Info),
        );
        let say = |list: &[&Diagnostic], files, language| {
            let list: Vec<Diagnostic> = list.iter().map(|finding| (*finding).clone()).collect();
            summary(&list, files, language)
        };
        use Language::{En, Sv};
        assert_eq!(say(&[], 1, Sv), "Inga anmärkningar i 1 fil");
        assert_eq!(say(&[&error, &error, &warning], 12, Sv), "2 fel, 1 varning i 12 filer");
        assert_eq!(say(&[&warning, &warning, &info], 2, Sv), "2 varningar, 1 upplysning i 2 filer");
        assert_eq!(say(&[&error, &info, &info], 1, En), "1 error, 2 notes in 1 file");
        assert_eq!(say(&[], 0, En), "No findings in 0 files");
    }
}
