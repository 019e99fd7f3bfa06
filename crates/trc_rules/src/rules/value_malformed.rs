//! Values that are not what their field asks for.

use trc_base::{Date, Decimal, Text, TextRange, TextSize, text};
use trc_model::Part;
use trc_model::assess::Forecast;
use trc_model::evaluate::ProblemKind;
use trc_model::fields::{self, FieldType};
use trc_model::items::FieldValue;
use trc_model::table::MOST_DECIMALS;
use trc_syntax::formula;
use trc_syntax::value::{self, CellContent, Measure, QuantityKind, TargetKind};

use crate::context::DeclarationContext;
use crate::rule::{Level, Rule, Run};

pub static RULE: Rule = Rule {
    id: "value-malformed",
    level: Level::Error,
    title_sv: "Ett värde är skrivet så att det går att läsa",
    title_en: "A value is written so that it can be read",
    since: "0.1.0",
    page: include_str!("value_malformed.md"),
    run: Run::Declaration(declaration),
};

fn declaration(cx: &mut DeclarationContext<'_, '_>) {
    for (index, field) in cx.facts.fields.iter().enumerate() {
        let Some(known) = fields::lookup(&cx.facts.keyword, &field.name, cx.kind) else { continue };
        let FieldValue::Line(line) = &field.value else { continue };
        if let Some((range, message, help)) = wrong(known.holds, &field.name, line) {
            cx.findings.add(cx.part(Part::Field(index)).within(range), message, help);
        }
    }
    if cx.facts.keyword == "tabell" {
        cells(cx);
    }
    for inserted in cx.insertions {
        let at = inserted.insertion.formula_range.start();
        match (&inserted.insertion.formula, &inserted.value) {
            (Err(error), _) => cx.findings.add(
                inserted.anchor.clone().within(error.range + at),
                error.message.clone(),
                error.help.clone(),
            ),
            (Ok(_), Some(Err(problem)))
                if problem.kind == ProblemKind::Arithmetic =>
            {
                cx.findings.add_problem(problem, &inserted.anchor, at);
            }
            _ => {}
        }
    }
}

/// Cells that look like numbers and are none, in columns of numbers. In a column of
/// texts, `4.8` may be a version or a paragraph.
fn cells(cx: &mut DeclarationContext<'_, '_>) {
    let rows: Vec<Vec<value::Cell>> = cx
        .facts
        .rows
        .iter()
        .skip(1)
        .map(|cells| cells.iter().map(|text| value::cell(text)).collect())
        .collect();
    let is_text = |column: usize| {
        let of = |wanted: fn(&CellContent) -> bool| {
            rows.iter().filter_map(|row| row.get(column)).filter(|c| wanted(&c.content)).count()
        };
        let texts = of(|content| matches!(content, CellContent::Text(_)));
        let numbers = of(|content| {
            matches!(
                content,
                CellContent::Number { .. } | CellContent::Inserted(_) | CellContent::Checked { .. }
            )
        });
        texts > numbers + 1
    };
    for (row, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate().skip(1) {
            let Some(problem) = &cell.problem else { continue };
            if is_text(column) {
                continue;
            }
            cx.findings.add(
                cx.part(Part::Cell(row + 1, column)).within(problem.range),
                problem.message.clone(),
                problem.help.clone(),
            );
        }
    }
}

fn wrong(holds: FieldType, name: &str, line: &str) -> Option<(TextRange, Text, Text)> {
    let whole = TextRange::up_to(TextSize::of(line));
    if line.is_empty() && !matches!(holds, FieldType::Choice(_) | FieldType::Status | FieldType::State) {
        return Some((
            whole,
            text!(sv: "Efter ”{name}:” saknas ett värde.", en: "A value is missing after “{name}:”."),
            text!(
                sv: "Skriv värdet, eller ta bort raden. Finns inget värde ännu skrivs varför: ”ej mätt, skälet”.",
                en: "Write the value, or remove the line. If there is none yet, say why: “ej mätt, reason”.",
            ),
        ));
    }
    match holds {
        FieldType::Measure if value::absence(line).is_none() => {
            value::measure(line).err().map(|error| (error.range, error.message, error.help))
        }
        FieldType::Forecast => {
            Forecast::parse(line).err().map(|error| (error.range, error.message, error.help))
        }
        FieldType::Target if matches!(line, "-" | "–" | "—" | "−") => Some((
            whole,
            text!(
                sv: "”{line}” är inget årsmål, så läsaren vet inte om målet ovanför gäller eller om det är bortglömt.",
                en: "“{line}” is no target, so the reader cannot tell whether the one above holds or was forgotten.",
            ),
            text!(
                sv: "Ta bort raden, så gäller det närmaste årsmålet ovanför, eller skriv ett eget som är minst lika högt ställt. Är det inte bestämt skrivs det, till exempel ”fastställs 2026”.",
                en: "Remove the line, and the nearest target above holds, or write one of your own that asks for no less. If it is not decided, say so, for example “fastställs 2026”.",
            ),
        )),
        FieldType::Target => {
            value::target(line).err().map(|error| (error.range, error.message, error.help))
        }
        FieldType::NewTarget => {
            value::new_target(line).err().map(|error| (error.range, error.message, error.help))
        }
        FieldType::Date if Date::parse(line).is_none() => Some((
            whole,
            text!(sv: "”{line}” är inget datum.", en: "“{line}” is no date."),
            text!(
                sv: "Skriv år, månad och dag, till exempel 2025-05-21.",
                en: "Write year, month and day, for example 2025-05-21.",
            ),
        )),
        FieldType::Mark => {
            value::mark(line).err().map(|error| (error.range, error.message, error.help))
        }
        FieldType::Equation => {
            formula::parse_equation(line).err().map(|error| (error.range, error.message, error.help))
        }
        FieldType::Number if name == "decimaler" && line.parse::<u32>().is_ok_and(|n| n > MOST_DECIMALS) => Some((
            whole,
            text!(
                sv: "En tabell skrivs med högst {MOST_DECIMALS} decimaler.",
                en: "A table is printed with at most {MOST_DECIMALS} decimals.",
            ),
            text!(sv: "Skriv till exempel 1.", en: "Write for example 1."),
        )),
        FieldType::Number if line.parse::<u32>().is_err() => Some((
            whole,
            text!(sv: "”{line}” är inget heltal.", en: "“{line}” is no whole number."),
            text!(sv: "Skriv till exempel 1.", en: "Write for example 1."),
        )),
        _ => None,
    }
}

/// The numbers of a measure that stand in the source, with their units.
pub(super) fn written(measure: &Measure) -> Vec<(Decimal, Option<&str>, TextRange)> {
    let parts = measure.parts.iter().map(|part| &part.quantity);
    [&measure.total]
        .into_iter()
        .chain(parts)
        .filter_map(|quantity| match &quantity.kind {
            QuantityKind::Number { value, unit } => Some((*value, unit.as_deref(), quantity.range)),
            _ => None,
        })
        .collect()
}

/// The same for a target.
pub(super) fn written_target(kind: &TargetKind) -> Vec<(Decimal, Option<&str>, TextRange)> {
    match kind {
        TargetKind::Value(measure) => written(measure),
        TargetKind::AtLeast(q) | TargetKind::AtMost(q) | TargetKind::Within(q) => match &q.kind {
            QuantityKind::Number { value, unit } => vec![(*value, unit.as_deref(), q.range)],
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}
