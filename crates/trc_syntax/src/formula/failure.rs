//! What to say when a text is no formula.

use chumsky::span::SimpleSpan;
use trc_base::{Text, suggest, text};

use super::grammar::Failure;
use super::lexer::{Lexed, Token};
use super::{
    FUNCTIONS, FormulaError, MAX_CHARACTERS, MAX_NESTING, MAX_OPERATORS, parse, text_range,
};

/// Says what is wrong at the place where a formula stopped making sense.
pub(super) fn explain(failure: Failure, text: &str, tokens: &[Lexed<'_>]) -> FormulaError {
    let index = tokens.partition_point(|(_, span)| span.start < failure.at);
    let before = index.checked_sub(1).and_then(|before| tokens.get(before));
    let Some((found, span)) = tokens.get(index) else {
        return at_the_end(text, tokens, before);
    };
    let (start, end) = (span.start, span.end);
    let typed = text.get(start..end).unwrap_or_default();
    if let Some(name) = name_before_open_parenthesis(tokens, index) {
        return not_a_document(text, name, (*found, *span));
    }
    let after_operand = before.is_some_and(|(token, _)| ends_operand(*token));
    let (message, help) = match found {
        Token::Equals => (
            text!(sv: "En formel har inget likhetstecken.", en: "A formula has no equals sign."),
            text!(
                sv: "Ta bort likhetstecknet. Ska två tal jämföras skrivs det i fältet kontroll: a = b.",
                en: "Remove the equals sign. To compare two figures, use the field kontroll: a = b.",
            ),
        ),
        Token::RightParenthesis if open_parentheses(tokens, index) == 0 => (
            text!(
                sv: "Parentesen stängs utan att ha öppnats.",
                en: "The parenthesis is closed without having been opened.",
            ),
            text!(
                sv: "Ta bort ”)”, eller skriv ”(” där parentesen ska börja.",
                en: "Remove “)”, or write “(” where the parenthesis should begin.",
            ),
        ),
        Token::Comma if after_operand => (
            text!(
                sv: "Ett komma skiljer värdena i en funktion åt, och här finns ingen funktion.",
                en: "A comma separates the values of a function, and there is no function here.",
            ),
            text!(
                sv: "Skriv ett räknesätt (+ - * /), eller en funktion: summa(a, b). I ett tal står kommat direkt mellan två siffror: 4,8.",
                en: "Write an operator (+ - * /), or a function: summa(a, b). In a number the comma stands directly between two digits: 4,8.",
            ),
        ),
        Token::Percent(sign) if !after_operand => (
            text!(sv: "Före ”{sign}” saknas ett tal.", en: "There is no number before “{sign}”."),
            text!(sv: "Skriv till exempel 5 {sign}.", en: "Write for example 5 {sign}."),
        ),
        _ if after_operand => (
            text!(
                sv: "Före ”{typed}” saknas ett räknesätt.",
                en: "There is no operator before “{typed}”.",
            ),
            text!(
                sv: "Skriv + - * eller / mellan värdena. Ett namn har inga blanksteg: skriv _ i stället.",
                en: "Write + - * or / between the values. A name has no blanks: write _ instead.",
            ),
        ),
        _ => (
            text!(
                sv: "Här väntas ett tal eller ett namn, inte ”{typed}”.",
                en: "A number or a name is expected here, not “{typed}”.",
            ),
            text!(
                sv: "Skriv till exempel 4,8 eller driftbudget.netto.budget.",
                en: "Write for example 4,8 or driftbudget.netto.budget.",
            ),
        ),
    };
    FormulaError { range: text_range(start, end), message, help }
}

/// As [`explain`], for `a = b`.
pub(super) fn explain_equation(failure: Failure, text: &str, tokens: &[Lexed<'_>]) -> FormulaError {
    let equals = tokens.iter().filter(|(token, _)| *token == Token::Equals).count();
    let index = tokens.partition_point(|(_, span)| span.start < failure.at);
    let help = text!(
        sv: "Skriv två värden med ett likhetstecken emellan: driftbudget.netto.budget = verksamhetsområden.totalt.budget.",
        en: "Write two values with one equals sign between them: driftbudget.netto.budget = verksamhetsområden.totalt.budget.",
    );
    match tokens.get(index) {
        None if equals == 0 && parse(text).is_ok() => FormulaError {
            range: text_range(text.trim_end().len(), text.trim_end().len()),
            message: text!(
                sv: "Kontrollen jämför två värden, och här finns bara ett.",
                en: "The check compares two values, and there is only one here.",
            ),
            help,
        },
        Some((Token::Equals, span)) if equals > 1 => FormulaError {
            range: text_range(span.start, span.end),
            message: text!(
                sv: "Kontrollen jämför två värden, och här finns fler.",
                en: "The check compares two values, and there are more here.",
            ),
            help,
        },
        Some((Token::Equals, span)) => FormulaError {
            range: text_range(span.start, span.end),
            message: text!(
                sv: "Före likhetstecknet saknas ett tal eller ett namn.",
                en: "There is no number or name before the equals sign.",
            ),
            help,
        },
        _ => explain(failure, text, tokens),
    }
}

/// What is missing when a formula stops too early.
fn at_the_end(text: &str, tokens: &[Lexed<'_>], before: Option<&Lexed<'_>>) -> FormulaError {
    let end = text.trim_end().len();
    let Some((last, span)) = before else {
        return FormulaError {
            range: text_range(0, text.len()),
            message: text!(sv: "Formeln är tom.", en: "The formula is empty."),
            help: text!(
                sv: "Skriv ett namn, ett tal eller en uträkning: budget - prognos.",
                en: "Write a name, a number or a calculation: budget - prognos.",
            ),
        };
    };
    if ends_operand(*last) && open_parentheses(tokens, tokens.len()) > 0 {
        let opening = innermost_open(tokens, tokens.len()).and_then(|open| tokens.get(open));
        let (start, end) = opening.map_or((end, end), |(_, span)| (span.start, span.end));
        return FormulaError {
            range: text_range(start, end),
            message: text!(
                sv: "Parentesen stängs inte.",
                en: "The parenthesis is not closed.",
            ),
            help: text!(
                sv: "Skriv ”)” där parentesen ska sluta.",
                en: "Write “)” where the parenthesis should end.",
            ),
        };
    }
    let typed = text.get(span.start..span.end).unwrap_or_default();
    FormulaError {
        range: text_range(span.start, span.end),
        message: text!(
            sv: "Efter ”{typed}” saknas ett tal eller ett namn.",
            en: "There is no number or name after “{typed}”.",
        ),
        help: text!(
            sv: "Skriv färdigt formeln, till exempel budget - prognos.",
            en: "Complete the formula, for example budget - prognos.",
        ),
    }
}

/// In brackets after a name stands another document; the writer may have meant a
/// function, and then it is the name that is wrong.
fn not_a_document(text: &str, name: SimpleSpan, (found, at): Lexed<'_>) -> FormulaError {
    let typed = text.get(name.start..name.end).unwrap_or_default();
    let typed = crate::name::composed(typed);
    let functions = FUNCTIONS.join(", ");
    let meant = suggest::nearest(&typed, FUNCTIONS);
    let help = match meant {
        Some(function) => text!(
            sv: "Menade du funktionen {function}? Annars skrivs dokumentet (föregående) eller (VB 2024).",
            en: "Did you mean the function {function}? Otherwise write the document as (föregående) or (VB 2024).",
        ),
        None => text!(
            sv: "Skriv {typed}(föregående), {typed}(VB 2024) eller {typed}(VB 2024 för enheten). Funktionerna är {functions}.",
            en: "Write {typed}(föregående), {typed}(VB 2024) or {typed}(VB 2024 för enheten). The functions are {functions}.",
        ),
    };
    let wrong = if meant.is_some() || found == Token::Comma { name } else { at };
    FormulaError {
        range: text_range(wrong.start, wrong.end),
        message: text!(
            sv: "{typed} är ingen funktion, så i parentesen ska ett dokument stå.",
            en: "{typed} is no function, so a document is expected in the brackets.",
        ),
        help,
    }
}

pub(super) fn too_long(text: &str) -> FormulaError {
    FormulaError {
        range: text_range(0, text.len()),
        message: text!(
            sv: "Formeln har fler än {MAX_CHARACTERS} tecken.",
            en: "The formula has more than {MAX_CHARACTERS} characters.",
        ),
        help: split_up(),
    }
}

/// Formulas that nest deeper or are longer than anyone who evaluates them can
/// follow.
pub(super) fn check_size(text: &str, tokens: &[Lexed<'_>]) -> Result<(), FormulaError> {
    let mut open = 0usize;
    let mut operators = 0usize;
    for (token, span) in tokens {
        match token {
            Token::LeftParenthesis => open += 1,
            Token::RightParenthesis => open = open.saturating_sub(1),
            Token::Plus | Token::Minus | Token::Times | Token::Divide => operators += 1,
            _ => {}
        }
        if open > MAX_NESTING {
            return Err(FormulaError {
                range: text_range(span.start, span.end),
                message: text!(
                    sv: "Formeln har fler än {MAX_NESTING} parenteser i varandra.",
                    en: "The formula has more than {MAX_NESTING} parentheses inside each other.",
                ),
                help: split_up(),
            });
        }
        if operators > MAX_OPERATORS {
            return Err(FormulaError {
                range: text_range(span.start, text.len()),
                message: text!(
                    sv: "Formeln har fler än {MAX_OPERATORS} räknetecken.",
                    en: "The formula has more than {MAX_OPERATORS} operators.",
                ),
                help: split_up(),
            });
        }
    }
    Ok(())
}

fn split_up() -> Text {
    text!(
        sv: "Dela upp den: lägg delarna i en tabell och räkna med dess rader.",
        en: "Split it up: put the parts in a table and calculate with its rows.",
    )
}

pub(super) fn unexpected_character(c: char, at: usize) -> FormulaError {
    let help = match c {
        '×' | '·' | '⋅' => text!(sv: "Gånger skrivs *.", en: "Times is written *."),
        '÷' | ':' => text!(sv: "Delat med skrivs /.", en: "Divided by is written /."),
        '.' => text!(
            sv: "En punkt står mellan två namn: tabell.rad.kolumn.",
            en: "A dot stands between two names: tabell.rad.kolumn.",
        ),
        '[' | ']' | '{' | '}' => text!(
            sv: "Använd runda parenteser: (a + b) * c.",
            en: "Use round brackets: (a + b) * c.",
        ),
        '"' | '”' | '“' | '\'' | '’' => text!(
            sv: "Namn skrivs utan citattecken, med _ mellan orden.",
            en: "Names are written without quotation marks, with _ between the words.",
        ),
        _ => text!(
            sv: "En formel har namn, tal, + - * / och runda parenteser.",
            en: "A formula has names, numbers, + - * / and round brackets.",
        ),
    };
    FormulaError {
        range: text_range(at, at + c.len_utf8()),
        message: text!(
            sv: "Tecknet ”{c}” hör inte hemma i en formel.",
            en: "The character “{c}” does not belong in a formula.",
        ),
        help,
    }
}

pub(super) fn decimal_point(text: &str, at: usize, len: usize) -> FormulaError {
    let typed = text.get(at..at + len).unwrap_or_default();
    let right = typed.replacen('.', ",", 1);
    FormulaError {
        range: text_range(at, at + len),
        message: text!(
            sv: "{typed} är skrivet med decimalpunkt.",
            en: "{typed} is written with a decimal point.",
        ),
        help: text!(sv: "Skriv decimalkomma: {right}", en: "Write a decimal comma: {right}"),
    }
}

pub(super) fn too_many_digits(at: usize, len: usize) -> FormulaError {
    let most = trc_base::decimal::MAX_DIGITS;
    FormulaError {
        range: text_range(at, at + len),
        message: text!(
            sv: "Talet har fler än {most} siffror och kan inte räknas exakt.",
            en: "The number has more than {most} digits and cannot be calculated exactly.",
        ),
        help: text!(sv: "Kontrollera talet.", en: "Check the number."),
    }
}

pub(super) fn malformed_number(text: &str, at: usize, len: usize) -> FormulaError {
    let typed = text.get(at..at + len).unwrap_or_default();
    FormulaError {
        range: text_range(at, at + len),
        message: text!(
            sv: "”{typed}” är inte skrivet som ett tal.",
            en: "“{typed}” is not written as a number.",
        ),
        help: text!(
            sv: "Skriv till exempel 4,8 eller 3 936,6.",
            en: "Write for example 4,8 or 3 936,6.",
        ),
    }
}

/// True for a token that can be the last of a value.
fn ends_operand(token: Token<'_>) -> bool {
    matches!(
        token,
        Token::Number(_)
            | Token::Name(_)
            | Token::Sum
            | Token::Percent(_)
            | Token::RightParenthesis
            | Token::Function(_)
    )
}

/// How many parentheses are open before the token at `index`.
fn open_parentheses(tokens: &[Lexed<'_>], index: usize) -> usize {
    let mut open = 0usize;
    for (token, _) in tokens.iter().take(index) {
        match token {
            Token::LeftParenthesis => open += 1,
            Token::RightParenthesis => open = open.saturating_sub(1),
            _ => {}
        }
    }
    open
}

/// The innermost parenthesis that is open before the token at `index`.
fn innermost_open(tokens: &[Lexed<'_>], index: usize) -> Option<usize> {
    let mut closed = 0usize;
    for (at, (token, _)) in tokens.iter().enumerate().take(index).rev() {
        match token {
            Token::RightParenthesis => closed += 1,
            Token::LeftParenthesis if closed == 0 => return Some(at),
            Token::LeftParenthesis => closed -= 1,
            _ => {}
        }
    }
    None
}

/// The name before the innermost open parenthesis, when it is no function's.
fn name_before_open_parenthesis(tokens: &[Lexed<'_>], index: usize) -> Option<SimpleSpan> {
    let open = match tokens.get(index)? {
        // The parenthesis itself did not fit, so there is no name before it.
        (Token::LeftParenthesis, _) => return None,
        _ => innermost_open(tokens, index)?,
    };
    match tokens.get(open.checked_sub(1)?)? {
        (Token::Name(_), span) => Some(*span),
        _ => None,
    }
}
