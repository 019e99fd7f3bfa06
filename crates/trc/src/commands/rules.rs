//! `trc rules`: every rule on a line.

use std::io::Write;

use serde::Serialize;
use trc_base::{Language, Severity};
use trc_rules::{Level, Rule, Scope};
use trc_workspace::problem::Kind;

use super::{Context, Outcome};
use crate::cli::Format;
use crate::failure::Failure;
use crate::output;
use crate::terminal::Style;

/// A rule, for programs.
#[derive(Serialize)]
pub struct RuleRow {
    id: &'static str,
    level: &'static str,
    scope: &'static str,
    since: &'static str,
    title: String,
}

impl RuleRow {
    pub fn new(rule: &'static Rule, language: Language) -> RuleRow {
        RuleRow {
            id: rule.id,
            level: level(rule.level),
            scope: rule.scope().word(),
            since: rule.since,
            title: rule.title().get(language).to_owned(),
        }
    }

    /// The same for a problem with the workspace's files, which no rule looks for.
    pub fn of_files(kind: &'static Kind, language: Language) -> RuleRow {
        let level = match kind.severity {
            Severity::Error => Level::Error,
            Severity::Warning => Level::Warning,
            Severity::Info => Level::Info,
        };
        RuleRow {
            id: kind.id,
            level: self::level(level),
            scope: Scope::Workspace.word(),
            since: kind.since,
            title: kind.title().get(language).to_owned(),
        }
    }

    /// Name and title.
    pub fn head(&self) -> String {
        format!("{}: {}", self.id, self.title)
    }
}

pub fn run(context: &Context, out: &mut dyn Write) -> Result<Outcome, Failure> {
    let rows: Vec<RuleRow> =
        trc_rules::rules().iter().map(|rule| RuleRow::new(rule, context.language)).collect();
    match context.format {
        Format::Json => output::write_json(out, &rows)?,
        Format::Concise => {
            for row in &rows {
                writeln!(out, "{}", row.id)?;
            }
        }
        _ => {
            let head = match context.language {
                Language::Sv => ["Regel", "Nivå", "Omfång", "Vad den vill"],
                Language::En => ["Rule", "Level", "Scope", "What it wants"],
            };
            let width = |column: usize, of: fn(&RuleRow) -> &'static str| {
                let longest = rows.iter().map(|row| of(row).chars().count()).max();
                longest.unwrap_or(0).max(head.get(column).map_or(0, |word| word.chars().count()))
            };
            let (id, level, scope) =
                (width(0, |row| row.id), width(1, |row| row.level), width(2, |row| row.scope));
            let [a, b, c, d] = head;
            let head = format!("{a:id$}  {b:level$}  {c:scope$}  {d}");
            writeln!(out, "{}", context.stdout.paint.style(Style::Strong, head))?;
            for row in &rows {
                writeln!(
                    out,
                    "{:id$}  {:level$}  {:scope$}  {}",
                    row.id, row.level, row.scope, row.title
                )?;
            }
        }
    }
    Ok(Outcome::Clean)
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "info",
        // A warning until the report is final.
        Level::Completeness => "completeness",
    }
}
