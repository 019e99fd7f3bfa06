//! `trc explain`: the page of a rule, or of a problem with the workspace's files.

use std::io::Write;

use serde::Serialize;
use trc_base::suggest::nearest;
use trc_base::{Language, text};
use trc_workspace::problem::kind;

use super::rules::RuleRow;
use super::{Context, Outcome};
use crate::cli::{Explain, Format};
use crate::failure::Failure;
use crate::terminal::Style;
use crate::{markdown, output};

/// A rule with its page, for programs.
#[derive(Serialize)]
struct Page {
    #[serde(flatten)]
    row: RuleRow,
    /// In Swedish Markdown.
    page: &'static str,
}

pub fn run(
    arguments: &Explain,
    context: &Context,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let name = arguments.rule.to_string_lossy();
    let explained = match (trc_rules::find(&name), kind::find(&name)) {
        (Some(rule), _) => Page { row: RuleRow::new(rule, context.language), page: rule.page },
        (None, Some(kind)) => {
            Page { row: RuleRow::of_files(kind, context.language), page: kind.page }
        }
        (None, None) => return Err(unknown(&name)),
    };
    if context.format == Format::Json {
        output::write_json(out, &explained)?;
    } else {
        write_page(&explained, context, out)?;
    }
    Ok(Outcome::Clean)
}

fn write_page(page: &Page, context: &Context, out: &mut dyn Write) -> std::io::Result<()> {
    let paint = context.stdout.paint;
    // The page is the writers' own documentation, in Swedish, and begins with the rule's
    // name and title; an English reader is told what it is about.
    if context.language == Language::En {
        writeln!(out, "{}\n", paint.style(Style::Strong, page.row.head()))?;
    }
    markdown::write(out, page.page, context.stdout.width.min(90), paint)
}

fn unknown(name: &str) -> Failure {
    let message = text!(sv: "Regeln {name} finns inte.", en: "There is no rule {name}.");
    let ids = trc_rules::rules().iter().map(|rule| rule.id);
    let help = match nearest(name, ids.chain(kind::KINDS.iter().map(|kind| kind.id))) {
        Some(near) => text!(sv: "Menade du {near}?", en: "Did you mean {near}?"),
        None => text!(
            sv: "Kör trc rules för att se alla regler.",
            en: "Run trc rules to see every rule.",
        ),
    };
    Failure::new(message, help)
}
