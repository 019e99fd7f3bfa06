//! From a formula's text to tokens.

use trc_base::Decimal;
use trc_base::decimal::DecimalError;

use super::{FUNCTIONS, FormulaError, failure};
use crate::value::number;

/// A token of a formula.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Token<'src> {
    /// A number without sign or unit.
    Number(Decimal),
    /// A name with its dots, as typed.
    Name(&'src str),
    /// A function's name; `(` follows.
    Function(&'src str),
    /// `summa` that no `(` follows.
    Sum,
    /// `%` or `‰`
    Percent(&'src str),
    Plus,
    Minus,
    Times,
    Divide,
    LeftParenthesis,
    RightParenthesis,
    Comma,
    Equals,
}

/// A token and its byte range.
pub(super) type Lexed<'src> = (Token<'src>, chumsky::span::SimpleSpan);

/// The tokens of a formula.
pub(super) fn tokens(text: &str) -> Result<Vec<Lexed<'_>>, FormulaError> {
    let mut tokens: Vec<Lexed<'_>> = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let Some(c) = rest.chars().next() else { break };
        if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        let (token, len) = token(text, at, rest, c)?;
        if token == Token::LeftParenthesis {
            mark_function(&mut tokens);
        }
        tokens.push((token, (at..at + len).into()));
        at += len;
    }
    Ok(tokens)
}

/// The token at the beginning of `rest`, and its length.
fn token<'src>(
    text: &'src str,
    at: usize,
    rest: &'src str,
    c: char,
) -> Result<(Token<'src>, usize), FormulaError> {
    let sign = match c {
        '+' => Token::Plus,
        '-' | '−' | '–' => Token::Minus,
        '*' => Token::Times,
        '/' => Token::Divide,
        '(' => Token::LeftParenthesis,
        ')' => Token::RightParenthesis,
        ',' => Token::Comma,
        '=' => Token::Equals,
        '%' | '‰' => Token::Percent(rest.get(..c.len_utf8()).unwrap_or_default()),
        _ if is_name_character(c) => return name_or_number(text, at, rest),
        _ => return Err(failure::unexpected_character(c, at)),
    };
    Ok((sign, c.len_utf8()))
}

/// Decides whether digits are a number or begin a name such as `1.2.1`.
fn name_or_number<'src>(
    text: &'src str,
    at: usize,
    rest: &'src str,
) -> Result<(Token<'src>, usize), FormulaError> {
    let run = name_run(rest);
    if let Some((len, value)) = number::prefix(rest)
        && !is_path(run)
    {
        return match value {
            Ok(value) => Ok((Token::Number(value), len)),
            Err(DecimalError::DecimalPoint) => Err(failure::decimal_point(text, at, len)),
            Err(DecimalError::TooLong) => Err(failure::too_many_digits(at, len)),
            Err(DecimalError::Malformed) => Err(failure::malformed_number(text, at, len)),
        };
    }
    let token = if run == "summa" { Token::Sum } else { Token::Name(run) };
    Ok((token, run.len()))
}

/// A run that begins with a digit is a name when it has an underscore, two dots,
/// or a dot beside letters: `1.2.1`, `1.2.status`, `24h_vård`.
fn is_path(run: &str) -> bool {
    let dots = run.matches('.').count();
    let only_digits = run.chars().all(|c| c.is_ascii_digit() || c == '.');
    run.contains('_') || dots >= 2 || (dots == 1 && !only_digits)
}

/// The longest beginning that is names with dots between. A dot belongs to it
/// when a name follows.
pub(crate) fn name_run(rest: &str) -> &str {
    let mut end = 0;
    let mut characters = rest.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let inner_dot = c == '.'
            && at > 0
            && characters.peek().is_some_and(|(_, next)| is_name_character(*next));
        if !is_name_character(c) && !inner_dot {
            break;
        }
        end = at + c.len_utf8();
    }
    rest.get(..end).unwrap_or_default()
}

/// Letters, digits, `_` and the combining marks of decomposed letters.
pub(crate) fn is_name_character(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || matches!(c, '\u{300}'..='\u{36f}')
}

/// Turns the name before a parenthesis into a function's when it is one.
fn mark_function(tokens: &mut [Lexed<'_>]) {
    let Some((token, _)) = tokens.last_mut() else { return };
    let name = match token {
        Token::Name(name) => crate::name::composed(name),
        Token::Sum => "summa".into(),
        _ => return,
    };
    if let Some(function) = FUNCTIONS.iter().find(|function| **function == name) {
        *token = Token::Function(function);
    }
}
