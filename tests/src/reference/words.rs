//! The words that come with the compiler: periods, scales, report types, table types.

use std::fmt::Write as _;

use trc_model::quantity::Unit;
use trc_model::vocabulary::{
    BUILT_IN_FILES, BUILT_IN_OWNER, Condition, ReportType, Scope, SectionType, TableType,
    Vocabulary, vocabulary,
};
use trc_syntax::formula::FUNCTIONS;

use super::{cell, code, codes};
use crate::workspace::Memory;

pub(super) fn page() -> String {
    let memory = Memory::new(&[]);
    let year = years().into_iter().max().expect("something is built in");
    let scope = Scope::new(&memory.db, BUILT_IN_OWNER.to_owned(), year);
    let words = vocabulary(&memory.db, memory.workspace, scope);
    let mut out = format!(
        "\
# Vokabulär

Orden nedan är Stockholms stads för {year} och gäller tills ni skriver egna `mallar`.

## Perioder

| namn | rubrik | slutar | ska ha utfall | det som bedöms |
| --- | --- | --- | --- | --- |
"
    );
    for period in &words.periods {
        let (month, day) = period.ends;
        let judged = if period.judges_outcome { "utfall" } else { "prognos" };
        let reports = codes(period.reports.iter().map(String::as_str));
        writeln!(
            out,
            "| `{}` | {} | {month:02}-{day:02} | {reports} | {judged} |",
            period.name,
            cell(&period.title)
        )
        .expect("a string takes all");
    }
    scales(&mut out, words);
    for report_type in words.report_types.values() {
        out.push_str(&report(report_type));
    }
    for table_type in words.table_types.values() {
        out.push_str(&table(table_type));
    }
    out.push_str(&fixed(words));
    out
}

/// The years that something is built in for.
fn years() -> Vec<u16> {
    let digits = |path: &str| path.chars().filter(char::is_ascii_digit).collect::<String>();
    BUILT_IN_FILES.iter().filter_map(|(path, _)| digits(path).parse().ok()).collect()
}

fn scales(out: &mut String, words: &Vocabulary<'_>) {
    out.push_str("\n## Skalor\n\n| skala | ord, bäst först |\n| --- | --- |\n");
    for scale in words.scales.values() {
        let steps = codes(scale.steps.iter().map(|step| step.word.as_str()));
        writeln!(out, "| `{}` | {steps} |", scale.name).expect("a string takes all");
    }
}

fn report(report_type: &ReportType<'_>) -> String {
    let mut out = format!(
        "\n## Rapporttypen `{}`\n\n”{}”. Gäller {} för {}.\n\n",
        report_type.name,
        report_type.title,
        codes(report_type.periods.iter().map(String::as_str)),
        codes(report_type.unit_kinds.iter().map(String::as_str))
    );
    sections(&mut out, &report_type.sections, 0);
    out.push_str("\n| nivå | rubrik | kräver |\n| --- | --- | --- |\n");
    for (name, level) in &report_type.levels {
        let requires = codes(level.requires.iter().map(String::as_str));
        writeln!(out, "| `{name}` | {} | {requires} |", cell(&level.title))
            .expect("a string takes all");
    }
    out
}

fn sections(out: &mut String, sections: &[SectionType], depth: usize) {
    for section in sections {
        let required = if section.required { " *(obligatoriskt)*" } else { "" };
        let indent = "  ".repeat(depth);
        writeln!(out, "{indent}- `{}` {}{required}", section.name, section.title)
            .expect("a string takes all");
        self::sections(out, &section.children, depth + 1);
    }
}

fn table(table_type: &TableType<'_>) -> String {
    let shape = &table_type.shape;
    let unit = shape.unit.as_deref().map(|unit| format!(", i {unit}")).unwrap_or_default();
    let mut out = format!(
        "\n## Tabelltypen `{}`\n\n”{}”{unit}.\n\n| kolumn | rubrik | räknas ut som |\n| --- | --- | --- |\n",
        shape.name, shape.title
    );
    for column in &shape.columns {
        let formula = column.formula.as_ref().map(|formula| formula.text.as_str());
        line(&mut out, &column.name, &column.title, formula);
    }
    if !shape.rows.is_empty() {
        out.push_str("\n| rad | rubrik | räknas ut som |\n| --- | --- | --- |\n");
    }
    for row in &shape.rows {
        let formula = row.formula.as_ref().map(|formula| formula.text.as_str());
        line(&mut out, &row.name, &row.title, formula);
    }
    out
}

fn line(out: &mut String, name: &str, title: &str, formula: Option<&str>) {
    let formula = code(formula.unwrap_or_default().trim());
    writeln!(out, "| `{name}` | {} | {formula} |", cell(title)).expect("a string takes all");
}

/// What no `mallar` can change.
fn fixed(words: &Vocabulary<'_>) -> String {
    format!(
        "\
\n## Annat

| vad | ord |
| --- | --- |
| slag av enheter | {} |
| enheter i siffror | {}, och vad som helst annat som räknas |
| funktioner i formler | {} |
| när en analys kan krävas | {} |
",
        codes(words.unit_kinds.iter().map(String::as_str)),
        codes(Unit::KNOWN),
        codes(FUNCTIONS),
        codes(Condition::WORDS),
    )
}
