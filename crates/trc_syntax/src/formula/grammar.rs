//! From tokens to an expression.

use chumsky::error::{Error, LabelError};
use chumsky::input::MappedInput;
use chumsky::prelude::*;
use chumsky::util::MaybeRef;

use super::lexer::{Lexed, Token};
use super::{
    Argument, DocumentReference, Expression, ExpressionKind, Operator, Path, PathPart, SumOf,
    text_range,
};
use crate::name::composed;

type Tokens<'src> = MappedInput<'src, Token<'src>, SimpleSpan, &'src [Lexed<'src>]>;
type Extra = extra::Err<Failure>;

/// Where the tokens stopped making sense. What to say about it is decided from
/// the tokens around the place, which say more than a set of expected tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Failure {
    /// The byte where the token that does not fit begins; the text's end when
    /// there is none.
    pub(super) at: usize,
}

impl<'src> Error<'src, Tokens<'src>> for Failure {}

impl<'src, L> LabelError<'src, Tokens<'src>, L> for Failure {
    fn expected_found<E: IntoIterator<Item = L>>(
        _: E,
        _: Option<MaybeRef<'src, Token<'src>>>,
        span: SimpleSpan,
    ) -> Self {
        Failure { at: span.start }
    }
}

/// Reads one expression.
pub(super) fn expression(text: &str, tokens: &[Lexed<'_>]) -> Result<Expression, Failure> {
    run(formula(text).then_ignore(end()), text, tokens)
}

/// Reads `a = b`.
pub(super) fn equation(
    text: &str,
    tokens: &[Lexed<'_>],
) -> Result<(Expression, Expression), Failure> {
    let formula = formula(text);
    let equation =
        formula.clone().then_ignore(just(Token::Equals)).then(formula).then_ignore(end());
    run(equation, text, tokens)
}

fn run<'src, O>(
    parser: impl Parser<'src, Tokens<'src>, O, Extra>,
    text: &'src str,
    tokens: &'src [Lexed<'src>],
) -> Result<O, Failure> {
    let end = SimpleSpan::from(text.len()..text.len());
    parser
        .parse(tokens.split_token_span(end))
        .into_result()
        .map_err(|failures| failures.into_iter().next().unwrap_or(Failure { at: text.len() }))
}

fn formula<'src>(text: &'src str) -> impl Parser<'src, Tokens<'src>, Expression, Extra> + Clone {
    recursive(|formula| {
        let argument = choice((words(text), formula.clone().map(Argument::Expression)));
        let call = select! { Token::Function(name) = e => (name, e.span()) }
            .then(
                argument
                    .separated_by(just(Token::Comma))
                    .at_least(1)
                    .collect()
                    .delimited_by(just(Token::LeftParenthesis), just(Token::RightParenthesis)),
            )
            .map(|((name, span), arguments): ((&str, SimpleSpan), _)| ExpressionKind::Call {
                function: name.to_owned(),
                function_range: text_range(span.start, span.end),
                arguments,
            });

        let path = select! { Token::Name(name) = e => path_parts(name, e.span()) }
            .then(document_reference().or_not())
            .map(|(parts, document)| ExpressionKind::Path(Path { parts, document }));

        let number = select! { Token::Number(value) => value }
            .then(unit().or_not())
            .map(|(value, unit)| ExpressionKind::Number { value, unit });

        let sum = just(Token::Sum)
            .ignore_then(
                select! {
                    Token::Name("varav") => SumOf::Varav,
                    Token::Name("grupp") => SumOf::Group,
                }
                .or_not(),
            )
            .map(|of| ExpressionKind::Sum(of.unwrap_or(SumOf::Above)));

        let nested = formula
            .delimited_by(just(Token::LeftParenthesis), just(Token::RightParenthesis))
            .map(|inner: Expression| inner.kind);

        // A nested formula keeps its parentheses in its range, so that the ranges
        // of what stands around it meet.
        let operand = choice((call, path, number, sum, nested)).map_with(|kind, e| {
            let span: SimpleSpan = e.span();
            Expression { range: text_range(span.start, span.end), kind }
        });

        let factor = just(Token::Minus)
            .map_with(|_, e| {
                let span: SimpleSpan = e.span();
                span
            })
            .repeated()
            .foldr(operand, negate);

        let term = factor.clone().foldl(
            operator([(Token::Times, Operator::Multiply), (Token::Divide, Operator::Divide)])
                .then(factor)
                .repeated(),
            binary,
        );
        term.clone()
            .foldl(
                operator([(Token::Plus, Operator::Add), (Token::Minus, Operator::Subtract)])
                    .then(term)
                    .repeated(),
                binary,
            )
            .boxed()
    })
}

/// One of two signs.
fn operator<'src>(
    signs: [(Token<'src>, Operator); 2],
) -> impl Parser<'src, Tokens<'src>, Operator, Extra> + Clone {
    let [(first, first_operator), (second, second_operator)] = signs;
    choice((just(first).to(first_operator), just(second).to(second_operator)))
}

/// `nås delvis`: two words or more up to a comma or the closing parenthesis.
fn words<'src>(text: &'src str) -> impl Parser<'src, Tokens<'src>, Argument, Extra> + Clone {
    let name = select! { Token::Name(_) => () };
    let more = select! { Token::Name(_) => (), Token::Number(_) => () };
    name.then(more.repeated().at_least(1))
        .map_with(move |_, e| {
            let span: SimpleSpan = e.span();
            let typed = text.get(span.start..span.end).unwrap_or_default();
            let words: Vec<&str> = typed.split_whitespace().collect();
            Argument::Words {
                text: composed(&words.join(" ")).into_owned(),
                range: text_range(span.start, span.end),
            }
        })
        .then_ignore(one_of([Token::Comma, Token::RightParenthesis]).rewind())
}

/// `(föregående)`, `(VB 2024)`, `(VB 2024 för familjeenheten)`
fn document_reference<'src>() -> impl Parser<'src, Tokens<'src>, DocumentReference, Extra> + Clone {
    let previous = word("föregående").to(DocumentReference::Previous);
    let year = select! { Token::Number(year) => year }
        .filter(|year| year.decimals() == 0)
        .filter(|year| year.to_i64().is_some_and(|year| (1000..=9999).contains(&year)))
        .map(|year| year.to_i64().and_then(|year| u16::try_from(year).ok()).unwrap_or_default());
    let owner = word("för").ignore_then(select! { Token::Name(owner) => owner });
    let named = select! { Token::Name(period) => period }.then(year).then(owner.or_not()).map(
        |((period, year), owner): ((&str, u16), Option<&str>)| DocumentReference::Named {
            period: composed(period).into_owned(),
            year,
            owner: owner.map(|owner| composed(owner).into_owned()),
        },
    );
    choice((previous, named))
        .delimited_by(just(Token::LeftParenthesis), just(Token::RightParenthesis))
}

/// A given word, in either spelling of its letters.
fn word<'src>(wanted: &'static str) -> impl Parser<'src, Tokens<'src>, (), Extra> + Clone {
    select! { Token::Name(name) if composed(name) == wanted => () }
}

/// `%` or a word after a number.
fn unit<'src>() -> impl Parser<'src, Tokens<'src>, String, Extra> + Clone {
    select! {
        Token::Percent(sign) => sign.to_owned(),
        Token::Name(name) if !name.contains('.') => composed(name).into_owned(),
    }
}

fn path_parts(name: &str, span: SimpleSpan) -> Vec<PathPart> {
    let mut start = span.start;
    let mut parts = Vec::new();
    for part in name.split('.') {
        parts.push(PathPart {
            name: composed(part).into_owned(),
            range: text_range(start, start + part.len()),
        });
        start += part.len() + 1;
    }
    parts
}

/// Puts a sign before an operand. A number takes it into itself.
fn negate(sign: SimpleSpan, operand: Expression) -> Expression {
    let range = text_range(sign.start, usize::from(operand.range.end()));
    let kind = match operand.kind {
        ExpressionKind::Number { value, unit } if !value.is_negative() => {
            ExpressionKind::Number { value: value.neg(), unit }
        }
        kind => ExpressionKind::Negate(Box::new(Expression { range: operand.range, kind })),
    };
    Expression { range, kind }
}

fn binary(left: Expression, (operator, right): (Operator, Expression)) -> Expression {
    Expression {
        range: left.range.cover(right.range),
        kind: ExpressionKind::Binary { operator, left: Box::new(left), right: Box::new(right) },
    }
}
