//! A typed figure in a table is what the table's own formulas say.

use trc_base::text;
use trc_model::document::Kind;
use trc_model::evaluate::{Check, Value, values};
use trc_model::quantity::{Agreement, Quantity, compare};
use trc_model::table::{Table, tables};
use trc_model::{Anchor, Part};

use crate::context::DocumentContext;
use crate::rule::{Level, Rule, Run};
use crate::words::short;

pub static RULE: Rule = Rule {
    id: "table-figure",
    level: Level::Error,
    title_sv: "En siffra i en tabell stämmer med tabellens formel",
    title_en: "A figure in a table agrees with the table's formula",
    since: "0.1.0",
    page: include_str!("table_figure.md"),
    run: Run::Document(document),
};

/// A file may have a mistake in each of its rows; they all stand at the field that names it.
/// So many are said one by one.
const MOST_OF_A_FILE: usize = 5;

fn document(cx: &mut DocumentContext<'_, '_>) {
    if cx.kind == Kind::Types {
        return;
    }
    for table in tables(cx.db, cx.workspace, cx.document).values() {
        cells(cx, table);
    }
    for check in &values(cx.db, cx.workspace, cx.document).checks {
        equation(cx, check);
    }
}

fn cells(cx: &mut DocumentContext<'_, '_>, table: &Table<'_>) {
    let values = values(cx.db, cx.workspace, cx.document);
    let Some(rows) = values.cells.get(&table.name) else { return };
    let mut rounding: Option<Anchor> = None;
    let mut of_file = 0usize;
    for (row, (laid, cells)) in table.rows.iter().zip(rows).enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            let (Value::Quantity(typed), Some(expected)) = (&cell.value, &cell.expected) else {
                continue;
            };
            let part = table.cell_part(row, column);
            if part == Part::Head {
                continue;
            }
            let anchor = Anchor::part(cx.db, table.declaration, part);
            match compare(typed, expected) {
                Some(Agreement::Right) | None => {}
                Some(Agreement::Rounding) => {
                    rounding.get_or_insert(anchor);
                }
                Some(Agreement::Wrong) => {
                    if matches!(part, Part::Field(_)) {
                        of_file = of_file.saturating_add(1);
                        if of_file > MOST_OF_A_FILE {
                            continue;
                        }
                    }
                    let column = table.columns.get(column);
                    let formula = formula_text(table, row, column.map_or("", |c| &c.name));
                    let column = column.map_or("", |column| column.title.as_str());
                    let row = short(&laid.title);
                    let typed = typed.value;
                    let expected = expected.printed(Some(typed.decimals()));
                    cx.findings.add(
                        anchor,
                        text!(
                            sv: "{row}, {column}: här står {typed}, men formeln ”{formula}” ger {expected}.",
                            en: "{row}, {column}: this says {typed}, but the formula “{formula}” gives {expected}.",
                        ),
                        text!(
                            sv: "Rätta siffran, eller de siffror som den räknas ut från. Lämnas cellen tom räknas den ut.",
                            en: "Correct the figure, or the figures it is computed from. An empty cell is computed.",
                        ),
                    );
                }
            }
        }
    }
    if let Some(more) = of_file.checked_sub(MOST_OF_A_FILE).filter(|more| *more > 0)
        && let Some(field) = table.data
    {
        let name = &table.name;
        cx.findings.add(
            Anchor::part(cx.db, table.declaration, Part::Field(field)),
            text!(
                sv: "Ytterligare {more} av filens siffror i tabellen ”{name}” är inte vad formlerna ger.",
                en: "Another {more} of the file's figures in the table “{name}” are not what the formulas give.",
            ),
            text!(
                sv: "Rätta dem i filen, eller ta bort kolumnen eller raden där, så räknas den ut.",
                en: "Correct them in the file, or remove the column or row from it, and it is computed.",
            ),
        );
    }
    if let Some(anchor) = rounding {
        let name = &table.name;
        cx.findings.inform(
            anchor,
            text!(
                sv: "Tabellen ”{name}” har siffror som avviker från sina formler med vad avrundning kan förklara.",
                en: "The table “{name}” has figures that differ from their formulas by what rounding can explain.",
            ),
            text!(
                sv: "Behöver inte åtgärdas. Kontrollera gärna mot bokföringen.",
                en: "Nothing needs to be done. You may check against the ledger.",
            ),
        );
    }
}

/// The formula that a cell is held against, as written.
fn formula_text(table: &Table<'_>, row: usize, column: &str) -> String {
    use trc_model::table::Override;
    let definition = table.rows.get(row).and_then(|row| row.definition.as_ref());
    if let Some(definition) = definition {
        if let Some(Override::Formula(formula)) = definition.overrides.get(column) {
            return formula.text.clone();
        }
        if let Some(formula) = &definition.formula
            && formula.text.starts_with("summa")
        {
            return formula.text.clone();
        }
    }
    let of_column = table.columns.iter().find(|known| known.name == column);
    of_column
        .and_then(|column| column.formula.as_ref())
        .or(definition.and_then(|definition| definition.formula.as_ref()))
        .map(|formula| formula.text.clone())
        .unwrap_or_default()
}

/// `kontroll: a = b`
fn equation(cx: &mut DocumentContext<'_, '_>, check: &Check) {
    let (a, b) = (&check.left, &check.right);
    // The side with fewer decimals is the one that was printed rounded.
    let (printed, expected) = if a.value.decimals() <= b.value.decimals() { (a, b) } else { (b, a) };
    if compare(printed, expected) != Some(Agreement::Wrong) {
        return;
    }
    let with_unit = |quantity: &Quantity| {
        let value = quantity.printed(None);
        match quantity.unit.in_table() {
            "" => value.to_string(),
            unit if a.unit != b.unit && !a.unit.is_bare() && !b.unit.is_bare() => format!("{value} {unit}"),
            _ => value.to_string(),
        }
    };
    let (left, right) = check.text.split_once('=').unwrap_or((&check.text, ""));
    let (left, right) = (left.trim(), right.trim());
    let (a, b) = (with_unit(a), with_unit(b));
    cx.findings.add(
        check.anchor.clone(),
        text!(
            sv: "Två siffror som ska vara lika är det inte: {left} är {a} men {right} är {b}.",
            en: "Two figures that must agree do not: {left} is {a} but {right} is {b}.",
        ),
        text!(
            sv: "Ta reda på vilken av dem som är fel och rätta den.",
            en: "Find out which one is wrong and correct it.",
        ),
    );
}
