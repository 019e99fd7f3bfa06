//! `[typed text]{x}`: a figure that stands in a sentence is the figure it refers to.

use trc_base::{Decimal, Text, text};
use trc_model::evaluate::Value;
use trc_model::quantity::{Agreement, Quantity, Unit, compare};
use trc_model::resolve::Named;
use trc_model::table::tables;
use trc_syntax::formula::ExpressionKind;

use crate::context::DeclarationContext;
use crate::insertions::Inserted;
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

fn declaration(cx: &mut DeclarationContext<'_, '_>) {
    for inserted in cx.insertions {
        let Some(Ok(value)) = &inserted.value else { continue };
        match (&inserted.typed, value) {
            (Some((typed, range)), Value::Quantity(expected)) => {
                let surplus_is_negative = sign_is_turned(cx, inserted);
                if let Some((message, help)) = disagreement(typed, expected, surplus_is_negative) {
                    cx.findings.add(inserted.anchor.clone().within(*range), message, help);
                }
            }
            (Some((typed, range)), Value::Text(title)) => cx.findings.add(
                inserted.anchor.clone().within(*range),
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
                    inserted.anchor.clone().within(inserted.insertion.range),
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
