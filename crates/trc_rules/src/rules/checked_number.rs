//! `[typed text]{x}`: a figure that stands in a sentence is the figure it refers to.

use trc_base::decimal::MAX_DIGITS;
use trc_base::{Decimal, Text, text};
use trc_model::evaluate::Value;
use trc_model::quantity::{Agreement, Quantity, Unit, compare};
use trc_model::wording::{Sign, goes, number_word};
use trc_syntax::formula::{Expression, ExpressionKind};

use crate::context::DeclarationContext;
use crate::help::Help;
use crate::insertions::Inserted;
use crate::rule::{Level, Rule, Run};
use crate::sentence::number::number_end;
use crate::typed::{Typed, TypedNumber, Unreadable};

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
                let wrong = match Typed::read(typed) {
                    Ok(Typed { number: TypedNumber::All, .. }) => match counted_of(cx, inserted) {
                        Some(all) => wrong_count(typed, None, expected, &all),
                        None => Some(not_a_count(typed)),
                    },
                    Ok(Typed { number: TypedNumber::Share { part, whole }, .. })
                        if let Some(all) = counted_of(cx, inserted) =>
                    {
                        wrong_count(typed, Some((part, whole)), expected, &all)
                    }
                    Ok(read) => {
                        let turned = inserted.insertion.formula.as_ref().is_ok_and(|expression| {
                            cx.evaluator.surplus_is_negative(expression, inserted.around)
                        });
                        disagreement(&read, typed, expected, turned)
                    }
                    Err(unreadable) => Some(not_one_number(typed, unreadable)),
                };
                let anchor = inserted.anchor.clone().within(*range);
                if let Some((message, help)) = wrong {
                    let help = match replacement(typed, expected) {
                        Some((old, new)) => Help::from(help).likely(old, &new),
                        None => Help::from(help),
                    };
                    cx.findings.add(anchor, message, help);
                } else if let Some((message, help)) = rounding(typed, expected) {
                    cx.findings.inform(anchor, message, help);
                }
            }
            (None, Value::Quantity(figure)) => contradicted(cx, inserted, figure),
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
            (_, Value::Nothing) => {
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

/// The number in a typed text and the one that it should be, where only the number is
/// wrong: a word of direction or another unit is for the writer to change.
fn replacement<'t>(typed: &'t str, expected: &Quantity) -> Option<(&'t str, String)> {
    let Typed { number: TypedNumber::Plain { value, unit }, direction: None, .. } =
        Typed::read(typed).ok()?
    else {
        return None;
    };
    let unit = unit.unwrap_or_else(|| expected.unit.clone());
    let right = expected.to_unit(&unit).filter(|_| unit.fits(&expected.unit))?;
    let start = typed.find(|c: char| c.is_ascii_digit())?;
    let number = typed.get(start..)?;
    let number = number.get(..number_end(number))?;
    let decimals = if right.stated { None } else { Some(value.decimals()) };
    let printed = right.printed(decimals);
    (!printed.is_negative() && !value.is_negative())
        .then(|| (number, printed.to_string().replace('\u{a0}', " ")))
}

/// A figure that is inserted beside a word which says the other way.
fn contradicted(cx: &mut DeclarationContext<'_, '_>, inserted: &Inserted<'_>, figure: &Quantity) {
    let Ok(expression) = &inserted.insertion.formula else { return };
    let (before, after) = &inserted.beside;
    let sign = cx.evaluator.sign(expression, figure, inserted.around, (before, after));
    if sign != Sign::Contradicted {
        return;
    }
    let value = with_unit(figure, &figure.value);
    cx.findings.add(
        inserted.anchor.clone().within(inserted.insertion.range),
        text!(
            sv: "Ordet intill siffran säger en riktning, men siffran går åt andra hållet: värdet är {value}.",
            en: "The word beside the figure says a direction, but the figure goes the other way: the value is {value}.",
        ),
        text!(
            sv: "Byt ordet, till exempel överskott mot underskott eller högre mot lägre, eller rätta siffran där den hör hemma.",
            en: "Change the word, such as surplus to deficit or higher to lower, or correct the figure where it belongs.",
        ),
    );
}

/// How many there are of what a formula counts some of: `antal(indikatorer)` for
/// `antal(indikatorer, nås)`. Nothing when it is no count.
fn counted_of(cx: &DeclarationContext<'_, '_>, inserted: &Inserted<'_>) -> Option<Quantity> {
    let expression = inserted.insertion.formula.as_ref().ok()?;
    let ExpressionKind::Call { function, function_range, arguments } = &expression.kind else {
        return None;
    };
    let first = arguments.first().filter(|_| function == "antal")?;
    let all = Expression {
        range: expression.range,
        kind: ExpressionKind::Call {
            function: function.clone(),
            function_range: *function_range,
            arguments: vec![first.clone()],
        },
    };
    match cx.evaluator.evaluate(&all, inserted.around) {
        Ok(Value::Quantity(all)) => Some(all),
        _ => None,
    }
}

/// `[samtliga indikatorer]{antal(indikatorer, nås)}` and `[två av tre]{…}`: so many, of
/// as many as there are.
fn wrong_count(
    typed: &str,
    said: Option<(Decimal, Decimal)>,
    count: &Quantity,
    all: &Quantity,
) -> Option<(Text, Text)> {
    let (count, all) = (count.value, all.value);
    if said.unwrap_or((all, all)) == (count, all) {
        return None;
    }
    Some((
        text!(
            sv: "Här står ”{typed}”, men det är {count} av {all}.",
            en: "This says “{typed}”, but it is {count} of {all}.",
        ),
        text!(
            sv: "Skriv hur många det är, till exempel {count} av {all}.",
            en: "Write how many there are, for example {count} av {all}.",
        ),
    ))
}

fn not_a_count(typed: &str) -> (Text, Text) {
    (
        text!(
            sv: "”{typed}” går bara att kontrollera mot en räkning.",
            en: "“{typed}” can only be checked against a count.",
        ),
        text!(
            sv: "Skriv till exempel ”{{antal(indikatorer, nås)}}” inom klamrarna.",
            en: "Write for example “{{antal(indikatorer, nås)}}” in the braces.",
        ),
    )
}

/// A figure that is not what the formula gives, but that the unrounded figures behind it
/// may give.
fn rounding(typed: &str, expected: &Quantity) -> Option<(Text, Text)> {
    let read = Typed::read(typed).ok().filter(|read| read.approximation.is_none())?;
    let TypedNumber::Plain { value, unit } = &read.number else { return None };
    let expected = Quantity { value: expected.value.abs(), ..expected.clone() };
    let unit = unit.clone().unwrap_or_else(|| expected.unit.clone());
    let printed = Quantity::stated(value.abs(), unit);
    if compare(&printed, &expected)? != Agreement::Rounding {
        return None;
    }
    let right = with_unit(&expected.to_unit(&printed.unit)?, &printed.value);
    Some((
        text!(
            sv: "Här står ”{typed}”, men siffrorna som det räknas på ger {right}. Skillnaden är inte större än att avrundning kan förklara den.",
            en: "This says “{typed}”, but the figures it is computed from give {right}. The difference is no larger than rounding can explain.",
        ),
        text!(
            sv: "Skriv {right}, om inte siffran kommer från ett underlag med fler decimaler.",
            en: "Write {right}, unless the figure comes from a source with more decimals.",
        ),
    ))
}

/// What is wrong with a typed text, if anything.
fn disagreement(
    read: &Typed,
    typed: &str,
    expected: &Quantity,
    surplus_is_negative: bool,
) -> Option<(Text, Text)> {
    let (printed, unit) = match &read.number {
        TypedNumber::Plain { value, unit } => {
            (*value, unit.clone().unwrap_or_else(|| expected.unit.clone()))
        }
        TypedNumber::Share { part, whole } => {
            return share(typed, *part, *whole, expected);
        }
        TypedNumber::All => return None,
    };
    let right = {
        let unit = &expected.unit;
        let shown = expected.to_unit(&unit_to_show(&read.number, unit));
        let shown = shown.as_ref().unwrap_or(expected);
        match number_word(shown.value) {
            // Whoever wrote a word gets a word back.
            Some(word) if !typed.contains(|c: char| c.is_ascii_digit()) => word.to_owned(),
            _ => with_unit(shown, &printed),
        }
    };
    // A share is not in percentage points. A difference between two shares may be either:
    // the change of one, or the rest of the whole.
    let confused = unit == Unit::PercentagePoints && expected.unit == Unit::Percent;
    let right = if confused { with_unit(expected, &printed) } else { right };
    if confused || !unit.fits(&expected.unit) {
        let (has, is) = (unit.in_prose(), expected.unit.in_prose());
        return Some((
            text!(
                sv: "Här står ”{typed}”, men värdet är i {is}, inte i {has}.",
                en: "This says “{typed}”, but the value is in {is}, not in {has}.",
            ),
            text!(sv: "Skriv {right}.", en: "Write {right}."),
        ));
    }
    if let Some(direction) = read.direction
        && !expected.value.is_zero()
        && !goes(direction, expected, surplus_is_negative)
    {
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
    if whole.is_zero() {
        return Some((
            text!(
                sv: "”{typed}” är en andel av noll, och någon sådan finns inte.",
                en: "“{typed}” is a share of zero, and there is no such share.",
            ),
            text!(
                sv: "Rätta antalen, eller skriv vad som saknas i ord.",
                en: "Correct the numbers, or say in words what is missing.",
            ),
        ));
    }
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

fn not_one_number(typed: &str, unreadable: Unreadable) -> (Text, Text) {
    let count = match unreadable {
        Unreadable::Count(count) => count,
        Unreadable::TooLong => {
            return (
                text!(
                    sv: "Talet har fler än {MAX_DIGITS} siffror och kan inte räknas exakt.",
                    en: "The number has more than {MAX_DIGITS} digits and cannot be calculated exactly.",
                ),
                text!(sv: "Kontrollera talet.", en: "Check the number."),
            );
        }
    };
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
