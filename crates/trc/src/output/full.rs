//! For people: the message, the source with the place marked, what to do.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::ops::Range;
use std::sync::Arc;

use ariadne::{Cache, CharSet, Color, Config, IndexType, Label, Report, ReportKind};
use trc_base::{Diagnostic, Language, Location, Severity, diagnostic};

use super::excerpt::{excerpt, visible};
use super::{Findings, Show, style, word};
use crate::failure::what_to_do;
use crate::terminal::Style;

pub fn write(out: &mut dyn Write, findings: &Findings, files: usize, show: Show) -> io::Result<()> {
    for finding in &findings.diagnostics {
        write_finding(out, findings, finding, show)?;
    }
    let summary = super::summary(&findings.diagnostics, files, show.language);
    writeln!(out, "{}", show.paint.style(Style::Strong, summary))
}

fn write_finding(
    out: &mut dyn Write,
    findings: &Findings,
    finding: &Diagnostic,
    show: Show,
) -> io::Result<()> {
    let head = format!("{}[{}]:", word(finding.severity, show.language), finding.rule);
    let message = visible(finding.message.get(show.language));
    writeln!(out, "{} {message}", show.paint.style(style(finding.severity), head))?;
    write_source(out, findings, finding, show)?;
    let help = visible(finding.help.get(show.language));
    if !help.is_empty() {
        let words = show.paint.style(Style::Help, what_to_do(show.language));
        writeln!(out, "{words} {help}")?;
    }
    writeln!(out)
}

/// The source as ariadne draws it. It counts lines and columns in its own way, and it
/// sees an excerpt only, so the headings it writes are replaced by ours.
fn write_source(
    out: &mut dyn Write,
    findings: &Findings,
    finding: &Diagnostic,
    show: Show,
) -> io::Result<()> {
    let files = places(finding, show);
    let config = Config::default()
        // In bytes it takes one file's place for a number of characters in another, and
        // panics in the middle of an å.
        .with_index_type(IndexType::Char)
        .with_char_set(CharSet::Unicode)
        .with_color(show.paint.enabled)
        .with_tab_width(TAB);
    let main = heading_mark(&finding.location.file);
    let mut report =
        Report::build(ReportKind::Custom("", Color::Primary), (main, 0..0)).with_config(config);
    let mut excerpts = Excerpts::default();
    let mut headings = Vec::new();
    for (file, places) in &files {
        let Some(source) = findings.sources.get(file) else { continue };
        let ranges: Vec<diagnostic::Range> = places.iter().map(|place| place.range).collect();
        // The margin has the line number and four more columns.
        let digits = source.text.lines().count().to_string().len();
        let width = show.width.saturating_sub(digits + 6).max(20);
        let excerpt = excerpt(source, &ranges, width);
        let id = heading_mark(file);
        for (place, range) in places.iter().zip(excerpt.labels) {
            let range =
                characters(&excerpt.text, range.start)..characters(&excerpt.text, range.end);
            report = report.with_label(place.label(&id, range));
        }
        let first = match **file == *finding.location.file {
            true => Some(finding.location.range),
            false => ranges.first().copied(),
        };
        headings.push((id.clone(), heading(findings, file, first.unwrap_or_default())));
        excerpts.files.insert(id, ariadne::Source::from(excerpt.text));
    }
    if headings.is_empty() {
        return Ok(());
    }
    let mut drawn = Vec::new();
    report.finish().write_for_stdout(excerpts, &mut drawn)?;
    // The first line is ariadne's own message line, which is empty here.
    let drawn = String::from_utf8_lossy(&drawn);
    for line in drawn.lines().skip(1) {
        writeln!(out, "{}", with_heading(line, &headings).trim_end())?;
    }
    Ok(())
}

/// How many characters begin before a byte.
fn characters(text: &str, byte: usize) -> usize {
    text.char_indices().take_while(|(at, _)| *at < byte).count()
}

/// How many columns a tab takes.
const TAB: usize = 4;

/// A place to mark, and what to say about it.
struct MarkedPlace {
    range: diagnostic::Range,
    message: String,
    color: Color,
}

impl MarkedPlace {
    fn label(&self, id: &str, range: Range<usize>) -> Label<(String, Range<usize>)> {
        Label::new((id.to_owned(), range)).with_message(&self.message).with_color(self.color)
    }
}

/// The places of a finding by file, its own file first, each file's in their order: so
/// ariadne draws each file once.
fn places(finding: &Diagnostic, show: Show) -> Vec<(Arc<str>, Vec<MarkedPlace>)> {
    let color = match finding.severity {
        Severity::Error => Color::Red,
        Severity::Warning => Color::Yellow,
        Severity::Info => Color::Blue,
    };
    // Without a message ariadne marks nothing, and the message above says it all.
    let message = match show.language {
        Language::Sv => "här",
        Language::En => "here",
    }
    .to_owned();
    let own = MarkedPlace { range: finding.location.range, message, color };
    let mut files = vec![(Arc::clone(&finding.location.file), vec![own])];
    for related in &finding.related {
        let place = MarkedPlace {
            range: related.location.range,
            message: visible(related.message.get(show.language)),
            color: Color::Cyan,
        };
        match files.iter_mut().find(|(file, _)| *file == related.location.file) {
            Some((_, places)) => places.push(place),
            None => files.push((Arc::clone(&related.location.file), vec![place])),
        }
    }
    for (_, places) in &mut files {
        places.sort_by_key(|place| place.range);
    }
    files
}

/// What stands for a file's path in ariadne's drawing until [`with_heading`] has
/// replaced it. [`visible`] keeps the characters around it out of every source.
fn heading_mark(file: &str) -> String {
    format!("\u{E000}{file}\u{E001}")
}

/// `path:line:column`.
fn heading(findings: &Findings, file: &Arc<str>, range: diagnostic::Range) -> String {
    let place = findings.place(&Location { file: Arc::clone(file), range });
    format!("{}{}:{}:{}", findings.prefix, visible(file), place.line, place.column)
}

fn with_heading(line: &str, headings: &[(String, String)]) -> String {
    for (mark, heading) in headings {
        if let Some((before, after)) = line.split_once(mark.as_str()) {
            let rest =
                after.trim_start_matches(|c: char| c == ':' || c == '?' || c.is_ascii_digit());
            return format!("{before}{heading}{rest}");
        }
    }
    line.to_owned()
}

/// The excerpts, as ariadne asks for them.
#[derive(Default)]
struct Excerpts {
    files: BTreeMap<String, ariadne::Source<String>>,
}

impl Cache<String> for Excerpts {
    type Storage = String;

    fn fetch(&mut self, id: &String) -> Result<&ariadne::Source<String>, impl std::fmt::Debug> {
        self.files.get(id).ok_or("no such excerpt")
    }

    fn display<'a>(&self, id: &'a String) -> Option<impl std::fmt::Display + 'a> {
        Some(id)
    }
}

#[cfg(test)]
mod tests {
    use trc_base::{Related, Text};

    use super::*;
    use crate::cli::Format;
    use crate::output::Source;
    use crate::output::tests::{TEXT, finding, findings, range_of, rendered, sample};

    #[test]
    fn the_whole_picture() {
        insta::assert_snapshot!(rendered(&sample(), Format::Full, Language::Sv));
    }

    #[test]
    fn in_english() {
        insta::assert_snapshot!(rendered(&sample(), Format::Full, Language::En));
    }

    #[test]
    fn two_files() {
        let mut found = findings(TEXT, vec![finding(TEXT, "utfall: 6", Severity::Error)]);
        let budget = "budget 2025 för exempelnämnden\n\nmål 1 \"Ett\"\n";
        found.sources.insert("budget.tr".into(), Source::new(budget.to_owned()));
        found.diagnostics[0].related.push(Related {
            location: Location { file: "budget.tr".into(), range: range_of(budget, "mål 1") },
            message: Text::new("Målet sattes här.", "The goal was set here."),
        });
        found.prefix = "exempel/".to_owned();
        insta::assert_snapshot!(rendered(&found, Format::Full, Language::Sv));
    }

    /// Wherever the place in the other file is, and whatever stands before it.
    #[test]
    fn wide_characters_in_another_file() {
        let other = "mål: åäö 😀 å a\u{30a} ååååååååååååååååååååååååå slut\n";
        for (start, c) in other.char_indices() {
            let mut found = findings(TEXT, vec![finding(TEXT, "utfall: 6", Severity::Error)]);
            found.sources.insert("plan.tr".into(), Source::new(other.to_owned()));
            let range =
                diagnostic::Range { start: start as u32, end: (start + c.len_utf8()) as u32 };
            found.diagnostics[0].related.push(Related {
                location: Location { file: "plan.tr".into(), range },
                message: Text::new("Här.", "Here."),
            });
            let out = rendered(&found, Format::Full, Language::Sv);
            assert!(out.contains("plan.tr:1:") && out.contains("Här."), "{out}");
        }
    }

    #[test]
    fn a_long_paragraph_is_cut_around_the_place() {
        let text =
            format!("{}nås inte{}\n", "ett mål som är långt ".repeat(12), " och mer".repeat(9));
        let found = findings(&text, vec![finding(&text, "nås inte", Severity::Warning)]);
        let out = rendered(&found, Format::Full, Language::Sv);
        assert!(out.lines().all(|line| line.chars().count() <= 60), "{out}");
        insta::assert_snapshot!(out);
    }

    #[test]
    fn an_empty_file_and_a_file_that_is_not_there() {
        let mut elsewhere = finding("", "", Severity::Error);
        elsewhere.location.file = "borta.tr".into();
        let found = findings("", vec![finding("", "", Severity::Error), elsewhere]);
        insta::assert_snapshot!(rendered(&found, Format::Full, Language::Sv));
    }

    #[test]
    fn places_far_apart_in_one_file() {
        let text = format!("rad 1: a\n{}rad 9: b\n", "mellan\n".repeat(7));
        let mut found = findings(&text, vec![finding(&text, "b", Severity::Error)]);
        found.diagnostics[0].related.push(Related {
            location: Location { file: "t1.tr".into(), range: range_of(&text, "1: a") },
            message: Text::new("Det första.", "The first."),
        });
        insta::assert_snapshot!(rendered(&found, Format::Full, Language::Sv));
    }

    /// No range, however wrong, makes the renderer panic or write outside its frame.
    #[test]
    fn any_range_is_drawn() {
        for start in 0..=TEXT.len() as u32 + 2 {
            for end in [start, start + 1, start + 30] {
                let mut broken = finding(TEXT, "5", Severity::Error);
                broken.location.range = diagnostic::Range { start, end };
                let out = rendered(&findings(TEXT, vec![broken]), Format::Full, Language::Sv);
                assert!(!out.contains('\u{E000}') && out.contains("t1.tr:"), "{out}");
            }
        }
    }
}
