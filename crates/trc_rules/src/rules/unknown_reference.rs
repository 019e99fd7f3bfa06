//! `@1.2.1` and `@avsnitt` in prose.

use trc_base::suggest::nearest;
use trc_base::{Text, text};
use trc_model::document::{GoalKey, contents};
use trc_model::prose;
use trc_syntax::name::from_label;

use super::unknown_name::collect;
use crate::context::DeclarationContext;
use crate::rule::{Level, Rule, Run};
use crate::words::goals_nearby;

pub static RULE: Rule = Rule {
    id: "unknown-reference",
    level: Level::Error,
    title_sv: "Varje hänvisning leder någonstans",
    title_en: "Every reference leads somewhere",
    since: "0.1.0",
    page: include_str!("unknown_reference.md"),
    run: Run::Declaration(declaration),
};

fn declaration(cx: &mut DeclarationContext<'_, '_>) {
    for index in 0..cx.declaration.texts(cx.db).len() {
        let text = prose::prose(cx.db, cx.declaration, index);
        for (target, range) in text.references() {
            if leads_somewhere(cx, target) {
                continue;
            }
            let anchor = prose::anchor(cx.db, cx.declaration, index).within(range);
            let help = help(cx, target);
            cx.findings.add(
                anchor,
                text!(
                    sv: "Hänvisningen @{target} leder ingenstans: dokumentet har inget mål, avsnitt eller annat med det namnet.",
                    en: "The reference @{target} leads nowhere: the document has no goal, section or anything else of that name.",
                ),
                help,
            );
        }
    }
}

/// What else can be referred to by the name.
const OTHERS: [&str; 4] = ["bilaga", "tabell", "diagram", "bild"];

fn help(cx: &DeclarationContext<'_, '_>, target: &str) -> Text {
    let key = GoalKey::new(target);
    if key.level().is_some()
        && let Some(help) = goals_nearby(cx.report, &key)
    {
        return help;
    }
    let mut known = Vec::new();
    if let Some(report_type) = &cx.report.report_type {
        collect(&report_type.sections, &mut known);
    }
    let contents = contents(cx.db, cx.workspace, cx.report.document);
    known.extend(OTHERS.into_iter().flat_map(|keyword| contents.names(keyword)));
    known.extend(cx.report.indicators.keys().map(String::as_str));
    known.extend(cx.report.activities.keys().map(String::as_str));
    match nearest(target, known) {
        Some(meant) => text!(sv: "Menade du @{meant}?", en: "Did you mean @{meant}?"),
        None => text!(
            sv: "Skriv ett måls nummer eller det namn som står efter ”avsnitt”, ”tabell” eller liknande. Är det ingen hänvisning skrivs \\@.",
            en: "Write a goal's number or the name after “avsnitt”, “tabell” or the like. If it is no reference, write \\@.",
        ),
    }
}

/// A goal, a section (perhaps with a heading in it), an appendix, an indicator, an
/// activity or a table.
fn leads_somewhere(cx: &DeclarationContext<'_, '_>, target: &str) -> bool {
    if cx.report.goal(&GoalKey::new(target)).is_some() {
        return true;
    }
    let first = target.split('.').next().unwrap_or(target);
    if let Some(report_type) = &cx.report.report_type {
        let mut sections = Vec::new();
        collect(&report_type.sections, &mut sections);
        if sections.contains(&first) {
            return first == target || has_heading(cx, first, target);
        }
    }
    let contents = contents(cx.db, cx.workspace, cx.report.document);
    cx.report.indicators.contains_key(target)
        || cx.report.activities.contains_key(target)
        || cx.report.parts.iter().any(|part| part.key(cx.db).owner == target)
        || OTHERS.iter().any(|keyword| !contents.mentions(keyword, target).is_empty())
}

/// True when a section's text has a heading whose name the reference begins.
fn has_heading(cx: &DeclarationContext<'_, '_>, section: &str, target: &str) -> bool {
    let Some(heading) = target.get(section.len() + 1..) else { return false };
    let contents = contents(cx.db, cx.workspace, cx.report.document);
    contents.mentions("avsnitt", section).iter().any(|mention| {
        (0..mention.declaration.texts(cx.db).len()).any(|index| {
            let text = prose::prose(cx.db, mention.declaration, index);
            text.headings().any(|title| from_label(&title).starts_with(heading))
        })
    })
}
