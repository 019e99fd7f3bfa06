//! Names that must be declared somewhere: goals, indicators, activities, sections,
//! owners, and names in inserted values.

use trc_base::text;
use trc_model::document::{DocumentKey, GoalKey, Kind, find as find_document};
use trc_model::evaluate::ProblemKind;
use trc_model::organisation::organisation;
use trc_model::report::{Indicator, report};
use trc_model::table::{Formula, Misfit, Override, find_by_label, shape, tables};
use trc_model::vocabulary::{FaultKind, SectionType};
use trc_model::{Anchor, Part};
use trc_syntax::formula::{Argument, Expression, ExpressionKind, Path, PathPart};
use trc_syntax::value;

use crate::check::holds_goals;
use crate::help::Help;
use crate::context::{DeclarationContext, DocumentContext};
use crate::faults;
use crate::rule::{Level, Rule, Run};
use crate::words::{goals_nearby, meant, meant_or_all};

pub static RULE: Rule = Rule {
    id: "unknown-name",
    level: Level::Error,
    title_sv: "Varje namn finns någonstans",
    title_en: "Every name is declared somewhere",
    since: "0.1.0",
    page: include_str!("unknown_name.md"),
    run: Run::Both(declaration, document),
};

fn declaration(cx: &mut DeclarationContext<'_, '_>) {
    table_type(cx);
    if holds_goals(cx.kind) && cx.facts.title.is_none() {
        for (index, name) in cx.facts.names.iter().enumerate() {
            continued(cx, index, name);
        }
    }
    meant_for(cx);
    replaced(cx);
    corresponding(cx);
    inserted(cx);
}

/// `ersätter: x` names units.
fn replaced(cx: &mut DeclarationContext<'_, '_>) {
    let units = &organisation(cx.db, cx.workspace).units;
    let Some((index, _)) = cx.facts.field("ersätter") else { return };
    for name in value::list(cx.facts.line("ersätter").unwrap_or_default()) {
        if units.contains_key(&name.text) {
            continue;
        }
        let (word, unit) = (&name.text, cx.facts.name());
        let help = meant(word, units.keys().map(String::as_str)).unwrap_or_else(|| {
            Help::from(text!(
                sv: "Lägg till enheten i organisationen, med den dag den upphörde: ”till: 2023-06-30”.",
                en: "Add the unit to the organisation, with the day it ended: “till: 2023-06-30”.",
            ))
        });
        cx.findings.add(
            cx.part(Part::Field(index)).within(name.range),
            text!(
                sv: "Ingen enhet heter ”{word}”, så det går inte att se vad ”{unit}” ersätter.",
                en: "No unit is called “{word}”, so it cannot be seen what “{unit}” replaces.",
            ),
            help,
        );
    }
}

/// `motsvarar: 1.3` names a goal of the same plan or budget the year before.
fn corresponding(cx: &mut DeclarationContext<'_, '_>) {
    let Some((index, _)) = cx.facts.field("motsvarar") else { return };
    let key = cx.report.document.key(cx.db);
    let before = DocumentKey { year: key.year.saturating_sub(1), ..key.clone() };
    // A workspace that begins this year has nothing to compare with.
    let Some(document) = find_document(cx.db, cx.workspace, &before) else { return };
    let goals = &report(cx.db, cx.workspace, document).goals;
    for name in value::list(cx.facts.line("motsvarar").unwrap_or_default()) {
        let wanted = GoalKey::new(&name.text);
        if goals.iter().any(|goal| goal.key == wanted) {
            continue;
        }
        let word = &name.text;
        let names: Vec<String> = goals.iter().map(|goal| goal.key.to_string()).collect();
        // One number is as near as another, so none is put in its place.
        let near = meant(word, names.iter().map(String::as_str)).map(|help| help.text);
        let help = near.unwrap_or_else(|| {
            text!(
                sv: "Skriv numret som målet hade i ”{before}”.",
                en: "Write the number that the goal had in “{before}”.",
            )
        });
        cx.findings.add(
            cx.part(Part::Field(index)).within(name.range),
            text!(
                sv: "”{before}” har inget mål ”{word}”, så målet går inte att jämföra med det.",
                en: "“{before}” has no goal “{word}” that this one could be compared with.",
            ),
            help,
        );
    }
}

/// `gäller: x` names units or their roles.
fn meant_for(cx: &mut DeclarationContext<'_, '_>) {
    let units = &organisation(cx.db, cx.workspace).units;
    if units.is_empty() || !matches!(cx.kind, Kind::Budget | Kind::Plan) {
        return;
    }
    let Some((index, _)) = cx.facts.field("gäller") else { return };
    for name in value::list(cx.facts.line("gäller").unwrap_or_default()) {
        let roles = units.values().flat_map(|unit| &unit.roles);
        let known = || units.keys().chain(roles.clone()).map(String::as_str);
        if known().any(|known| known == name.text) {
            continue;
        }
        let (word, range) = (&name.text, name.range);
        let help = meant(word, known()).unwrap_or_else(|| {
            Help::from(text!(
                sv: "Skriv namnet på en enhet, eller en roll som enheter har i organisationen: ”roll: {word}”.",
                en: "Write the name of a unit, or a role that units have in the organisation: “roll: {word}”.",
            ))
        });
        cx.findings.add(
            cx.part(Part::Field(index)).within(range),
            text!(
                sv: "Ingen enhet heter ”{word}” eller har den rollen, så det gäller ingen.",
                en: "No unit is called “{word}” or has that role, so this is for nobody.",
            ),
            help,
        );
    }
}

/// `enligt x` names a table type.
fn table_type(cx: &mut DeclarationContext<'_, '_>) {
    let Some(name) = cx.facts.option("enligt").filter(|_| cx.facts.keyword == "tabell") else {
        return;
    };
    if cx.words.table_types.contains_key(name) {
        return;
    }
    let index = cx.facts.options.iter().position(|(word, _)| word == "enligt").unwrap_or_default();
    cx.findings.add(
        cx.part(Part::Option(index)),
        text!(
            sv: "Det finns ingen tabelltyp som heter ”{name}”, så tabellen får varken dess kolumner eller formler.",
            en: "There is no table type called “{name}”, so the table gets neither its columns nor its formulas.",
        ),
        meant_or_all(name, cx.words.table_types.keys().map(String::as_str)),
    );
}

/// Without a title a declaration continues something that is declared above.
fn continued(cx: &mut DeclarationContext<'_, '_>, index: usize, name: &str) {
    let report = cx.report;
    let anchor = cx.part(Part::Name(index));
    let key = GoalKey::new(name);
    let (thing, known) = match cx.facts.keyword.as_str() {
        "mål" => (("målet", "goal"), report.goal(&key).is_some()),
        "indikator" => {
            let before = |it: &Indicator<'_>| it.earlier.iter().any(|known| known == name);
            let renamed = || report.outcomes_only && report.indicators.values().any(before);
            (("indikatorn", "indicator"), report.indicators.contains_key(name) || renamed())
        }
        "aktivitet" => (("aktiviteten", "activity"), report.activities.contains_key(name)),
        "avsnitt" if cx.kind == Kind::Report => return section(cx, anchor, name),
        _ => return,
    };
    // A report without a plan has one finding of its own.
    if known || (!report.outcomes_only && cx.kind == Kind::Report && !report.has_plan) {
        return;
    }
    // To look for a name that is near takes longer than all else here, so only now.
    let help: Option<Help> = match cx.facts.keyword.as_str() {
        "mål" if key.level().is_some() => goals_nearby(report, &key).map(Help::from),
        "mål" => {
            let keys: Vec<String> = report.goals.iter().map(|goal| goal.key.to_string()).collect();
            meant(name, keys.iter().map(String::as_str))
        }
        "indikator" => meant(name, report.indicators.keys().map(String::as_str)),
        _ => meant(name, report.activities.keys().map(String::as_str)),
    };
    // Last year's figures may be of indicators that nobody follows any more, so only a
    // name that is nearly one of another year's is a slip of the pen.
    if report.outcomes_only {
        if let (Some(help), "indikator") = (help, cx.facts.keyword.as_str()) {
            cx.findings.add(
                anchor,
                text!(
                    sv: "Ingen plan eller budget har någon indikator ”{name}”, så siffrorna kommer inte med någonstans.",
                    en: "No plan or budget has an indicator “{name}”, so the figures are not used anywhere.",
                ),
                help,
            );
        }
        return;
    }
    let (sv, en) = thing;
    let keyword = cx.facts.keyword.as_str();
    let help = help.unwrap_or_else(|| {
        Help::from(text!(
            sv: "Rätta namnet. Är det nytt ska det få en rubrik inom citattecken: {keyword} {name} \"Rubrik\".",
            en: "Correct the name. If it is new, give it a title in quotation marks: {keyword} {name} \"Title\".",
        ))
    });
    cx.findings.add(
        anchor,
        text!(
            sv: "Varken planen eller budgeten har {sv} ”{name}”, så det går inte att se vad som avses.",
            en: "Neither the plan nor the budget has the {en} “{name}”, so what is meant is unknown.",
        ),
        help,
    );
}

fn section(cx: &mut DeclarationContext<'_, '_>, anchor: Anchor, name: &str) {
    let Some(report_type) = &cx.report.report_type else { return };
    let mut known = Vec::new();
    collect(&report_type.sections, &mut known);
    if known.contains(&name) {
        return;
    }
    if report_type.hidden_sections.iter().any(|hidden| hidden == name) {
        return cx.findings.add(
            anchor,
            text!(
                sv: "Avsnittet ”{name}” visas inte i den här sortens rapport, så det som står i det trycks inte.",
                en: "The section “{name}” is not shown in this kind of report, so what stands in it is not printed.",
            ),
            text!(
                sv: "Ta bort avsnittet här, eller skriv ”visas: ja” om det i mallen.",
                en: "Remove the section here, or write “visas: ja” for it in the type.",
            ),
        );
    }
    let type_name = &report_type.name;
    let help = meant_or_all(name, known);
    cx.findings.add(
        anchor,
        text!(
            sv: "Rapporttypen ”{type_name}” har inget avsnitt som heter ”{name}”.",
            en: "The report type “{type_name}” has no section called “{name}”.",
        ),
        help,
    );
}

pub(super) fn collect<'a>(sections: &'a [SectionType], out: &mut Vec<&'a str>) {
    for section in sections {
        out.push(&section.name);
        collect(&section.children, out);
    }
}

/// Names in `{…}`, wherever they stand.
fn inserted(cx: &mut DeclarationContext<'_, '_>) {
    for inserted in cx.insertions {
        if let Some(Err(problem)) = &inserted.value
            && problem.kind == ProblemKind::Name
        {
            let at = inserted.insertion.formula_range.start();
            cx.findings.add_problem(problem, &inserted.anchor, at);
        }
    }
}

/// The owner in the first line, and names in the tables' own formulas.
fn document(cx: &mut DocumentContext<'_, '_>) {
    faults::say(cx, |kind| {
        matches!(kind, FaultKind::NoBase { .. } | FaultKind::NothingToContinue { .. })
    });
    owner(cx);
    cuts(cx);
    types(cx);
    let values = trc_model::evaluate::values(cx.db, cx.workspace, cx.document);
    for located in &values.problems {
        if located.problem.kind == ProblemKind::Name {
            cx.findings.add_located(located);
        }
    }
}

/// Names in the formulas of table types. A report that uses the type may have rows and
/// tables that are not known here, so only what is nearly a column or row of the type is
/// taken for a slip of the pen.
fn types(cx: &mut DocumentContext<'_, '_>) {
    if cx.kind != Kind::Types {
        return;
    }
    let declarations = cx.contents.names("tabelltyp").filter_map(|name| {
        Some(cx.contents.mentions("tabelltyp", name).first()?.declaration)
    });
    for declaration in declarations {
        let shape = shape(cx.db, declaration);
        let columns: Vec<(&str, &str)> =
            shape.columns.iter().map(|it| (it.name.as_str(), it.title.as_str())).collect();
        let rows: Vec<(&str, &str)> =
            shape.rows.iter().map(|it| (it.name.as_str(), it.title.as_str())).collect();
        for column in &shape.columns {
            nearly(cx, column.formula.as_ref(), &columns);
        }
        for row in &shape.rows {
            let overrides = row.overrides.values().filter_map(|entry| match entry {
                Override::Formula(formula) => Some(formula),
                Override::Nothing => None,
            });
            for formula in row.formula.iter().chain(overrides) {
                nearly(cx, Some(formula), &rows);
            }
        }
    }
}

fn nearly(
    cx: &mut DocumentContext<'_, '_>,
    formula: Option<&Formula>,
    known: &[(&str, &str)],
) {
    let Some(Formula { read: Ok(expression), anchor, .. }) = formula else { return };
    let mut names = Vec::new();
    bare_names(expression, &mut names);
    for part in names {
        if find_by_label(&part.name, known.iter().copied()).is_some() {
            continue;
        }
        let Some(help) = meant(&part.name, known.iter().map(|(name, _)| *name)) else { continue };
        let name = &part.name;
        cx.findings.add(
            anchor.clone().within(part.range),
            text!(
                sv: "Tabelltypen har ingen rad eller kolumn som heter ”{name}”.",
                en: "The table type has no row or column called “{name}”.",
            ),
            help,
        );
    }
}

/// The names in a formula that are not paths into something else.
fn bare_names<'e>(expression: &'e Expression, out: &mut Vec<&'e PathPart>) {
    match &expression.kind {
        ExpressionKind::Path(Path { parts, document: None }) => {
            if let [one] = parts.as_slice() {
                out.push(one);
            }
        }
        ExpressionKind::Negate(inner) => bare_names(inner, out),
        ExpressionKind::Binary { left, right, .. } => {
            bare_names(left, out);
            bare_names(right, out);
        }
        ExpressionKind::Call { arguments, .. } => {
            for argument in arguments {
                if let Argument::Expression(inner) = argument {
                    bare_names(inner, out);
                }
            }
        }
        ExpressionKind::Path(_) | ExpressionKind::Number { .. } | ExpressionKind::Sum(_) => {}
    }
}

/// Names of the table, the rows and the columns that a table is cut out of.
fn cuts(cx: &mut DocumentContext<'_, '_>) {
    for table in tables(cx.db, cx.workspace, cx.document).values() {
        let part = |part| Anchor::part(cx.db, table.declaration, part);
        for misfit in &table.misfits {
            match misfit {
                Misfit::NoBase { name, known } => {
                    let options = &table.declaration.facts(cx.db).options;
                    let index = options.iter().position(|(word, _)| word == "ur");
                    cx.findings.add(
                        part(index.map_or(Part::Head, Part::Option)),
                        text!(
                            sv: "Dokumentet har ingen tabell som heter ”{name}” att hämta rader ur.",
                            en: "The document has no table called “{name}” to take rows from.",
                        ),
                        meant_or_all(name, known.iter().map(String::as_str)),
                    );
                }
                Misfit::NotInBase { field, range, message, help } => cx.findings.add(
                    part(Part::Field(*field)).within(*range),
                    message.clone(),
                    help.clone(),
                ),
                _ => {}
            }
        }
    }
}

fn owner(cx: &mut DocumentContext<'_, '_>) {
    if cx.owner_is_known() {
        return;
    }
    let Some(start) = cx.start() else { return };
    let organisation = organisation(cx.db, cx.workspace);
    let owner = &cx.document.key(cx.db).owner;
    let help = meant_or_all(owner, organisation.units.keys().map(String::as_str));
    cx.findings.add(
        start,
        text!(
            sv: "Organisationen har ingen enhet som heter ”{owner}”.",
            en: "The organisation has no unit called “{owner}”.",
        ),
        help,
    );
}
