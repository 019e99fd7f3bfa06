//! How often each rule found something, the most frequent first.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;
use trc_base::{Language, Severity};
use trc_workspace::problem::kind;

use super::{Findings, Show, style, summary, word, write_json};
use crate::cli::Format;
use crate::terminal::Style;

/// A rule's findings, for programs.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    rule: &'static str,
    severity: Severity,
    count: usize,
    title: &'static str,
}

pub fn write(out: &mut dyn Write, findings: &Findings, files: usize, show: Show) -> io::Result<()> {
    let rows = rows(findings, show.language);
    if show.format == Format::Json {
        return write_json(out, &rows);
    }
    let count = |row: &Row| row.count.to_string();
    let digits = rows.first().map_or(0, |row| count(row).len());
    let words = rows.iter().map(|row| word(row.severity, show.language).chars().count());
    let (words, names) =
        (words.max().unwrap_or(0), rows.iter().map(|row| row.rule.len()).max().unwrap_or(0));
    for row in &rows {
        let severity = format!("{:words$}", word(row.severity, show.language));
        writeln!(
            out,
            "{:>digits$}  {}  {:names$}  {}",
            count(row),
            show.paint.style(style(row.severity), severity),
            row.rule,
            row.title
        )?;
    }
    if show.format == Format::Full {
        let summary = summary(&findings.diagnostics, files, show.language);
        writeln!(out, "{}", show.paint.style(Style::Strong, summary))?;
    }
    Ok(())
}

fn rows(findings: &Findings, language: Language) -> Vec<Row> {
    let mut counts: BTreeMap<(&'static str, Severity), usize> = BTreeMap::new();
    for finding in &findings.diagnostics {
        let count = counts.entry((finding.rule, finding.severity)).or_default();
        *count = count.saturating_add(1);
    }
    let title = |rule| match (trc_rules::find(rule), kind::find(rule), language) {
        (Some(rule), _, Language::Sv) => rule.title_sv,
        (Some(rule), _, Language::En) => rule.title_en,
        (None, Some(kind), Language::Sv) => kind.title_sv,
        (None, Some(kind), Language::En) => kind.title_en,
        (None, None, _) => "",
    };
    let mut rows: Vec<Row> = counts
        .into_iter()
        .map(|((rule, severity), count)| Row { rule, severity, count, title: title(rule) })
        .collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.count));
    rows
}
