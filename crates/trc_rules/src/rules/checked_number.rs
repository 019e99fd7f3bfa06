//! `[typed text]{x}`: a figure that stands in a sentence is the figure it refers to.

use trc_base::{Decimal, Text, TextRange, text};
use trc_model::evaluate::Value;
use trc_model::fields::{self, FieldType};
use trc_model::items::FieldValue;
use trc_model::quantity::{Agreement, Quantity, Unit, compare};
use trc_model::resolve::{Named, Surroundings};
use trc_model::table::tables;
use trc_model::{Anchor, Part, prose};
use trc_syntax::formula::ExpressionKind;
use trc_syntax::value::{self, CellContent, Insertion, QuantityKind};

use crate::context::DeclarationContext;
use crate::rule::{Level, Rule, Run};
use crate::typed::{Direction, Typed, TypedNumber, number_in_words};

pub static RULE: Rule = Rule {
    id: "checked-number",
    level: Level::Error,
    title_sv: "En siffra i en text är den siffra den hänvisar till",
    title_en: "A figure in a text is the figure it refers to",
    since: "0.1.0",
    page: include_str!("checked_number.md"),
    run: Run::Declaration(declaration),
};

/// An insertion of a declaration, wherever it stands.
#[derive(Clone)]
pub(super) struct Inserted<'db> {
    /// The text that holds it; the insertion's ranges are relative to that.
    pub anchor: Anchor,
    pub insertion: Insertion,
    /// What stands in the brackets before it.
    pub typed: Option<(String, TextRange)>,
    pub around: Surroundings<'db>,
    /// On a line of its own: a table, a diagram, a passage.
    pub is_block: bool,
}

fn declaration(cx: &mut DeclarationContext<'_, '_>) {
    for inserted in insertions(cx) {
        let Ok(expression) = &inserted.insertion.formula else { continue };
        let Ok(value) = cx.evaluator.evaluate(expression, inserted.around) else { continue };
        match (&inserted.typed, value) {
            (Some((typed, range)), Value::Quantity(expected)) => {
                let surplus_is_negative = sign_is_turned(cx, &inserted);
                if let Some((message, help)) = disagreement(typed, &expected, surplus_is_negative) {
                    cx.findings.add(inserted.anchor.within(*range), message, help);
                }
            }
            (Some((typed, range)), Value::Text(title)) => cx.findings.add(
                inserted.anchor.within(*range),
                text!(
                    sv: "”{typed}” går inte att kontrollera: det som anges inom klamrarna är ”{title}”, som inte är en siffra.",
                    en: "“{typed}” cannot be checked: what stands in the braces is “{title}”, which is no figure.",
                ),
                text!(
                    sv: "Skriv också vilket värde som avses, till exempel ”.utfall” eller ”.årsmål” efter indikatorns namn.",
                    en: "Say which value is meant too, such as “.utfall” or “.årsmål” after the indicator's name.",
                ),
            ),
            (_, Value::Nothing) if !inserted.is_block => {
                cx.findings.add(
                    inserted.anchor.within(inserted.insertion.range),
                    text!(
                        sv: "Här hänvisas till ett värde som inte finns: det är tomt där det ska stå.",
                        en: "This refers to a value that is not there: its place is empty.",
                    ),
                    text!(
                        sv: "Fyll i värdet där det hör hemma, eller ta bort hänvisningen.",
                        en: "Fill in the value where it belongs, or remove the reference.",
                    ),
                );
            }
            _ => {}
        }
    }
}

/// Every insertion in a declaration's texts, values and cells.
pub(super) fn insertions<'db>(cx: &DeclarationContext<'_, 'db>) -> Vec<Inserted<'db>> {
    let around = Surroundings { indicator: cx.indicator() };
    let mut out = Vec::new();
    for index in 0..cx.declaration.texts(cx.db).len() {
        let anchor = prose::anchor(cx.db, cx.declaration, index);
        let text = prose::prose(cx.db, cx.declaration, index);
        out.extend(text.insertions().into_iter().map(|inserted| Inserted {
            anchor: anchor.clone(),
            insertion: inserted.insertion.clone(),
            typed: inserted.typed.map(|(typed, range)| (typed.to_owned(), range)),
            around,
            is_block: inserted.is_block,
        }));
    }
    for (index, field) in cx.facts.fields.iter().enumerate() {
        let FieldValue::Line(line) = &field.value else { continue };
        let known = fields::lookup(&cx.facts.keyword, &field.name, cx.kind);
        let measured = known
            .is_some_and(|known| matches!(known.holds, FieldType::Measure | FieldType::Forecast));
        if !measured || !line.contains('{') {
            continue;
        }
        let Ok(measure) = value::measure(line) else { continue };
        let anchor = cx.part(Part::Field(index));
        let parts = measure.parts.into_iter().map(|part| part.quantity);
        for quantity in [measure.total].into_iter().chain(parts) {
            let (insertion, typed) = match quantity.kind {
                QuantityKind::Inserted(insertion) => (insertion, None),
                QuantityKind::Checked { typed, typed_range, insertion } => {
                    (insertion, Some((typed, typed_range)))
                }
                _ => continue,
            };
            out.push(Inserted { anchor: anchor.clone(), insertion, typed, around, is_block: false });
        }
    }
    if cx.facts.keyword == "tabell" {
        in_cells(cx, around, &mut out);
    }
    out
}

/// Cells that only insert are evaluated with their table; checked ones are checked
/// here.
fn in_cells<'db>(
    cx: &DeclarationContext<'_, 'db>,
    around: Surroundings<'db>,
    out: &mut Vec<Inserted<'db>>,
) {
    for (row, cells) in cx.facts.rows.iter().enumerate().skip(1) {
        for (cell, text) in cells.iter().enumerate().filter(|(_, text)| text.contains('{')) {
            let (insertion, typed) = match value::cell(text).content {
                CellContent::Checked { typed, typed_range, insertion } => {
                    (insertion, Some((typed, typed_range)))
                }
                CellContent::Inserted(insertion) if insertion.formula.is_err() => (insertion, None),
                _ => continue,
            };
            let anchor = cx.part(Part::Cell(row, cell));
            out.push(Inserted { anchor, insertion, typed, around, is_block: false });
        }
    }
}

/// True when the figure comes from a column in which a surplus is negative.
fn sign_is_turned(cx: &DeclarationContext<'_, '_>, inserted: &Inserted<'_>) -> bool {
    let Ok(expression) = &inserted.insertion.formula else { return false };
    let ExpressionKind::Path(path) = &expression.kind else { return false };
    let Ok(Named::Cell { table, column, .. }) = cx.evaluator.resolve(path, inserted.around) else {
        return false;
    };
    tables(cx.db, cx.workspace, cx.report.document)
        .get(&table)
        .and_then(|table| table.columns.get(column))
        .is_some_and(|column| column.surplus_is_negative == Some(true))
}

/// What is wrong with a typed text, if anything.
fn disagreement(
    typed: &str,
    expected: &Quantity,
    surplus_is_negative: bool,
) -> Option<(Text, Text)> {
    let read = match Typed::read(typed) {
        Ok(read) => read,
        Err(count) => return Some(not_one_number(typed, count)),
    };
    let (printed, unit) = match &read.number {
        TypedNumber::Plain { value, unit } => {
            (*value, unit.clone().unwrap_or_else(|| expected.unit.clone()))
        }
        TypedNumber::Share { part, whole } => {
            return share(typed, *part, *whole, expected);
        }
    };
    let right = {
        let unit = &expected.unit;
        let shown = expected.to_unit(&unit_to_show(&read.number, unit));
        let shown = shown.as_ref().unwrap_or(expected);
        match number_in_words(shown) {
            // Whoever wrote a word gets a word back.
            Some(word) if !typed.contains(|c: char| c.is_ascii_digit()) => word.to_owned(),
            _ => with_unit(shown, &printed),
        }
    };
    if !unit.fits(&expected.unit) {
        let (has, is) = (unit.in_prose(), expected.unit.in_prose());
        return Some((
            text!(
                sv: "Här står ”{typed}”, men värdet är i {is}, inte i {has}.",
                en: "This says “{typed}”, but the value is in {is}, not in {has}.",
            ),
            text!(sv: "Skriv {right}.", en: "Write {right}."),
        ));
    }
    if let Some(direction) = read.direction {
        let negative = expected.value.is_negative();
        let up = match direction {
            Direction::Surplus | Direction::Deficit if surplus_is_negative => negative,
            _ => !negative,
        };
        let says_up = matches!(direction, Direction::Up | Direction::Surplus);
        if !expected.value.is_zero() && up != says_up {
            return Some((
                text!(
                    sv: "Här står ”{typed}”, men siffran går åt andra hållet: värdet är {right}.",
                    en: "This says “{typed}”, but the figure goes the other way: the value is {right}.",
                ),
                text!(
                    sv: "Byt ordet, till exempel överskott mot underskott eller högre mot lägre, eller rätta siffran där den hör hemma.",
                    en: "Change the word, such as surplus to deficit or higher to lower, or correct the figure where it belongs.",
                ),
            ));
        }
    }
    // A typed figure without a sign may stand for the size of a negative one: income
    // is negative in the table and positive in the sentence.
    let compared = if printed.is_negative() {
        expected.clone()
    } else {
        Quantity { value: expected.value.abs(), ..expected.clone() }
    };
    let typed_quantity = Quantity::stated(printed, unit);
    let verdict = match read.approximation {
        Some(approximation) => approximation.allows(&typed_quantity, &compared)?,
        None => compare(&typed_quantity, &compared)? != Agreement::Wrong,
    };
    if verdict {
        return None;
    }
    Some((
        text!(
            sv: "Här står ”{typed}”, men värdet som det hänvisas till är {right}.",
            en: "This says “{typed}”, but the value it refers to is {right}.",
        ),
        text!(
            sv: "Skriv {right}, eller rätta siffran där den hör hemma.",
            en: "Write {right}, or correct the figure where it belongs.",
        ),
    ))
}

fn unit_to_show(number: &TypedNumber, own: &Unit) -> Unit {
    match number {
        TypedNumber::Plain { unit: Some(unit), .. } if unit.fits(own) => unit.clone(),
        _ => own.clone(),
    }
}

/// The expected figure as the writer would type it.
fn with_unit(expected: &Quantity, like: &Decimal) -> String {
    let decimals = if expected.stated { None } else { Some(like.decimals()) };
    let value = expected.printed(decimals);
    match expected.unit.in_prose() {
        "" => value.to_string(),
        unit => format!("{value}\u{a0}{unit}"),
    }
}

fn share(typed: &str, part: Decimal, whole: Decimal, expected: &Quantity) -> Option<(Text, Text)> {
    let exact = |value| Quantity::exact(value, Unit::None);
    let share = exact(part).share_of(&exact(whole))?;
    // A share is known exactly; the figure it refers to may have been printed rounded.
    let agrees = if expected.stated {
        compare(expected, &share)? != Agreement::Wrong
    } else {
        share.value.rounded(9) == expected.value.rounded(9)
    };
    if agrees {
        return None;
    }
    let right = with_unit(expected, &expected.printed(None));
    Some((
        text!(
            sv: "Här står ”{typed}”, men värdet som det hänvisas till är {right}.",
            en: "This says “{typed}”, but the value it refers to is {right}.",
        ),
        text!(
            sv: "Rätta antalen, eller värdet där det hör hemma.",
            en: "Correct the numbers, or the value where it belongs.",
        ),
    ))
}

fn not_one_number(typed: &str, count: usize) -> (Text, Text) {
    if count == 0 {
        return (
            text!(
                sv: "I hakparentesen ”{typed}” finns inget tal att kontrollera.",
                en: "The brackets “{typed}” hold no number to check.",
            ),
            text!(
                sv: "Skriv talet i hakparentesen, eller ta bort den så att värdet infogas.",
                en: "Write the number in the brackets, or remove them to have the value inserted.",
            ),
        );
    }
    (
        text!(
            sv: "I hakparentesen ”{typed}” finns {count} tal, och det går bara att kontrollera ett.",
            en: "The brackets “{typed}” hold {count} numbers, and only one can be checked.",
        ),
        text!(
            sv: "Dela upp texten så att varje tal har sin egen hakparentes.",
            en: "Split the text so that each number has brackets of its own.",
        ),
    )
}
