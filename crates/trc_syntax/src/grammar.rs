//! The grammar of shapes, over what [`crate::blocks`] leaves of the tokens.
//!
//! It is total: every line is a row, a footnote, a declaration, a field or an error,
//! and an error ends with its line or with the block that the line opens. Its result
//! is a plain tree of ranges; the lossless tree is built from that elsewhere, because
//! building while the grammar still tries alternatives would be done twice.

use chumsky::error::{Error, LabelError};
use chumsky::prelude::*;
use chumsky::util::MaybeRef;
use chumsky::{DefaultExpected, Parser};

use crate::blocks::Role;
use crate::kind::SyntaxKind;

/// A node of the tree to be: what it is, and which roles it covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shape {
    pub kind: SyntaxKind,
    pub start: usize,
    pub end: usize,
    pub children: Vec<Shape>,
}

/// A mistake, and the roles it covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Problem {
    pub start: usize,
    pub end: usize,
    pub reason: Reason,
}

/// What went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reason {
    /// A line that is nothing. The place is where the last alternative gave up.
    Expected(Expected),
    /// The file does not begin as a file does.
    FirstLine,
    /// A declaration without a name.
    MissingName,
    /// Something between a declaration's head and its body.
    InDeclaration,
    /// Something after a declaration or field that is complete.
    MissingLineBreak,
}

/// The roles that could have stood somewhere, as a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Expected(u32);

impl Expected {
    pub fn has(self, role: Role) -> bool {
        self.0 & (1 << role as u32) != 0
    }
}

type Input<'t> = &'t [Role];
type Extra = extra::Err<Problem>;

impl<'t> LabelError<'t, Input<'t>, DefaultExpected<'t, Role>> for Problem {
    fn expected_found<E: IntoIterator<Item = DefaultExpected<'t, Role>>>(
        expected: E,
        _: Option<MaybeRef<'t, Role>>,
        span: SimpleSpan,
    ) -> Self {
        let roles = expected.into_iter().fold(0, |set, expected| match expected {
            DefaultExpected::Token(role) => set | 1 << *role as u32,
            _ => set,
        });
        Problem { start: span.start, end: span.end, reason: Reason::Expected(Expected(roles)) }
    }
}

impl<'t> Error<'t, Input<'t>> for Problem {
    fn merge(mut self, other: Self) -> Self {
        if let (Reason::Expected(mine), Reason::Expected(its)) = (&mut self.reason, other.reason) {
            mine.0 |= its.0;
        }
        self
    }
}

/// Reads a whole file.
pub(crate) fn parse(roles: &[Role]) -> (Vec<Shape>, Vec<Problem>) {
    let (shapes, problems) = file().parse(roles).into_output_errors();
    (shapes.unwrap_or_default(), problems)
}

const STRUCTURAL: [Role; 4] = [Role::Structural, Role::Plan, Role::Report, Role::Organisation];

const WORDS: [Role; 7] = [
    Role::Word,
    Role::Structural,
    Role::Plan,
    Role::Report,
    Role::Organisation,
    Role::Option,
    Role::For,
];

fn shape<'t, O>(
    kind: SyntaxKind,
    parser: impl Parser<'t, Input<'t>, O, Extra> + Clone,
) -> impl Parser<'t, Input<'t>, Shape, Extra> + Clone {
    parser.map_with(move |_, extra| node(kind, extra.span(), Vec::new()))
}

fn shape_with<'t>(
    kind: SyntaxKind,
    parser: impl Parser<'t, Input<'t>, Vec<Shape>, Extra> + Clone,
) -> impl Parser<'t, Input<'t>, Shape, Extra> + Clone {
    parser.map_with(move |children, extra| node(kind, extra.span(), children))
}

fn node(kind: SyntaxKind, span: SimpleSpan, children: Vec<Shape>) -> Shape {
    Shape { kind, start: span.start, end: span.end, children }
}

fn file<'t>() -> impl Parser<'t, Input<'t>, Vec<Shape>, Extra> {
    // Not `Recursive::declare` and `define`: what those make holds itself, and would
    // stay in memory after every parse.
    let grammar = grammar(recursive(|block| grammar(block).lines));
    let line_breaks = just(Role::Newline).repeated();

    let name = one_of(WORDS);
    let header = shape(
        SyntaxKind::Header,
        choice((
            just(Role::Plan).then(name).ignored(),
            just(Role::Report).then(name).then(name).ignored(),
        ))
        .then(just(Role::For))
        .then(name),
    )
    .then_ignore(end_of_line());
    let first_line = choice((
        header.map(|header| vec![header]),
        just(Role::Organisation).rewind().to(Vec::new()),
        grammar.item.clone().or(grammar.broken.clone()).validate(|item, extra, emitter| {
            let span = extra.span();
            emitter.emit(Problem { start: span.start, end: span.end, reason: Reason::FirstLine });
            vec![item]
        }),
        empty().to(Vec::new()),
    ));

    line_breaks
        .ignore_then(first_line)
        .then(grammar.lines)
        .map(|(mut first, items)| {
            first.extend(items);
            first
        })
        .then_ignore(end())
}

/// Where a field or declaration may end.
fn end_of_line<'t>() -> impl Parser<'t, Input<'t>, (), Extra> + Clone {
    one_of([Role::Newline, Role::RightBrace, Role::MissingBrace, Role::StrayBrace])
        .ignored()
        .or(end())
        .rewind()
}

/// The parts of the grammar that a file is made of.
struct Grammar<'t> {
    /// Any number of items, each on its line.
    lines: Boxed<'t, 't, Input<'t>, Vec<Shape>, Extra>,
    item: Boxed<'t, 't, Input<'t>, Shape, Extra>,
    /// A line that is no item, with the block that it opens.
    broken: Boxed<'t, 't, Input<'t>, Shape, Extra>,
}

/// The grammar, given the lines of blocks.
fn grammar<'t>(block: impl Parser<'t, Input<'t>, Vec<Shape>, Extra> + Clone + 't) -> Grammar<'t> {
    let body = shape_with(
        SyntaxKind::Body,
        just(Role::LeftBrace)
            .ignore_then(block)
            .then_ignore(one_of([Role::RightBrace, Role::MissingBrace])),
    );
    let too_deep = shape(SyntaxKind::Error, just(Role::TooDeep));
    let body = body.or(too_deep).boxed();

    let broken = shape_with(
        SyntaxKind::Error,
        choice((body.clone().map(Some), within_line().to(None)))
            .repeated()
            .at_least(1)
            .collect::<Vec<_>>()
            .map(|bodies| bodies.into_iter().flatten().collect()),
    )
    .boxed();
    let item = choice((
        shape(SyntaxKind::TableRow, just(Role::Row)),
        declaration(body.clone()),
        field(),
        footnote(),
    ))
    .boxed();
    let stray = shape(SyntaxKind::Error, just(Role::StrayBrace));

    // What follows an item on its line. It is read as what it looks like, so that
    // nothing of it is lost.
    let trailing =
        item.clone().or(broken.clone()).repeated().at_least(1).collect::<Vec<_>>().validate(
            |items, extra, emitter| {
                let span = extra.span();
                let reason = Reason::MissingLineBreak;
                emitter.emit(Problem { start: span.start, end: span.end, reason });
                items
            },
        );
    let line = choice((
        stray.map(|stray| (stray, Vec::new())),
        item.clone()
            .recover_with(via_parser(broken.clone()))
            .then(choice((end_of_line().to(Vec::new()), trailing))),
    ));
    let line_breaks = just(Role::Newline).repeated();
    let lines = line_breaks
        .to(Vec::new())
        .foldl(line.then_ignore(line_breaks).repeated(), |mut items: Vec<Shape>, (item, more)| {
            items.push(item);
            items.extend(more);
            items
        })
        .boxed();
    Grammar { lines, item, broken }
}

/// Anything that neither ends a line nor opens or closes a block.
fn within_line<'t>() -> impl Parser<'t, Input<'t>, (), Extra> + Clone {
    none_of([
        Role::Newline,
        Role::LeftBrace,
        Role::RightBrace,
        Role::MissingBrace,
        Role::StrayBrace,
        Role::TooDeep,
    ])
    .ignored()
}

/// `: text`, `"""…"""`
fn text<'t>() -> impl Parser<'t, Input<'t>, (), Extra> + Clone {
    choice((
        just(Role::Colon)
            .then(choice((just(Role::LineText), just(Role::LongText))).or_not())
            .ignored(),
        just(Role::LongText).ignored(),
    ))
}

fn formula<'t>() -> impl Parser<'t, Input<'t>, Shape, Extra> + Clone {
    shape(SyntaxKind::Formula, just(Role::Equals).then(just(Role::FormulaText)))
}

fn field<'t>() -> impl Parser<'t, Input<'t>, Shape, Extra> + Clone {
    let name = shape(SyntaxKind::FieldName, one_of(WORDS).repeated().at_least(1));
    let value = choice((text().to(None), formula().map(Some)));
    shape_with(
        SyntaxKind::Field,
        name.then(value).map(|(name, formula)| match formula {
            Some(formula) => vec![name, formula],
            None => vec![name],
        }),
    )
}

fn footnote<'t>() -> impl Parser<'t, Input<'t>, Shape, Extra> + Clone {
    shape(SyntaxKind::Footnote, just(Role::FootnoteLabel).then(just(Role::LineText).or_not()))
}

/// A line is a declaration by its shape: it begins with a structural word and a
/// name, or with any word and a name and then has a title or a body.
fn declaration<'t>(
    body: impl Parser<'t, Input<'t>, Shape, Extra> + Clone + 't,
) -> impl Parser<'t, Input<'t>, Shape, Extra> + Clone {
    let word = one_of(WORDS);
    let names =
        shape(SyntaxKind::Names, word.then(just(Role::Comma).then(one_of(WORDS)).repeated()));
    let title = just(Role::Title);
    let option = shape(SyntaxKind::DeclarationOption, just(Role::Option).then(word));
    let opens_body = one_of([Role::LeftBrace, Role::TooDeep]).rewind().ignored();

    // What may follow the name and title: options, a formula, and the body.
    let details = option
        .repeated()
        .collect::<Vec<_>>()
        .then(formula().or_not())
        .map(|(mut children, formula)| {
            children.extend(formula);
            children
        })
        .boxed();
    let content = choice((body.clone().map(Some), text().to(None))).boxed();
    let junk = shape(
        SyntaxKind::Error,
        none_of([
            Role::Newline,
            Role::LeftBrace,
            Role::RightBrace,
            Role::MissingBrace,
            Role::StrayBrace,
            Role::TooDeep,
            Role::Colon,
            Role::LongText,
        ])
        .repeated()
        .at_least(1),
    )
    .boxed();
    let report = |junk: Shape, emitter: &mut chumsky::input::Emitter<Problem>| {
        let reason = Reason::InDeclaration;
        emitter.emit(Problem { start: junk.start, end: junk.end, reason });
        junk
    };
    // Junk leaves the declaration known if what follows shows that it is one.
    let junk_then_content = junk
        .clone()
        .then(content.clone())
        .validate(move |(junk, content), _, emitter| {
            let mut children = vec![report(junk, emitter)];
            children.extend(content);
            children
        })
        .boxed();
    let junk_then_anything = junk
        .then(content.clone().or_not())
        .validate(move |(junk, content), _, emitter| {
            let mut children = vec![report(junk, emitter)];
            children.extend(content.flatten());
            children
        })
        .boxed();
    let plain = choice((
        content.map(|content| content.into_iter().collect::<Vec<_>>()),
        end_of_line().to(Vec::new()),
    ))
    .boxed();

    let untitled = details.clone().then(choice((plain.clone(), junk_then_content))).map(joined);
    let titled =
        title.ignore_then(details).then(choice((plain, junk_then_anything))).map(joined).boxed();

    let missing_name = shape_with(
        SyntaxKind::Declaration,
        choice((
            one_of(STRUCTURAL)
                .ignore_then(choice((titled.clone(), body.clone().map(|body| vec![body])))),
            word.ignore_then(titled.clone()),
        )),
    )
    .validate(|declaration, _, emitter| {
        emitter.emit(Problem {
            start: declaration.start,
            end: declaration.start + 1,
            reason: Reason::MissingName,
        });
        declaration
    });
    let structural = shape_with(
        SyntaxKind::Declaration,
        one_of(STRUCTURAL)
            .ignore_then(names.clone())
            .then(choice((titled.clone(), untitled.boxed())))
            .map(named),
    );
    let other = shape_with(
        SyntaxKind::Declaration,
        word.ignore_then(names)
            .then(choice((titled, opens_body.ignore_then(body).map(|body| vec![body]))))
            .map(named),
    );
    choice((structural, other, missing_name)).boxed()
}

fn joined((mut first, second): (Vec<Shape>, Vec<Shape>)) -> Vec<Shape> {
    first.extend(second);
    first
}

fn named((names, rest): (Shape, Vec<Shape>)) -> Vec<Shape> {
    let mut children = Vec::with_capacity(rest.len() + 1);
    children.push(names);
    children.extend(rest);
    children
}
