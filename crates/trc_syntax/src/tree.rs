//! Builds the lossless tree from tokens and shapes. Trivia before a node belongs to
//! the node around it, so that a node's range is what a person would mark.

use rowan::{GreenNode, GreenNodeBuilder, Language as _};

use crate::blocks::Outline;
use crate::grammar::Shape;
use crate::kind::{SyntaxKind, TrLanguage};
use crate::lexer::Token;

pub(crate) fn build(
    text: &str,
    tokens: &[Token],
    outline: &Outline,
    shapes: &[Shape],
) -> GreenNode {
    let mut builder = Builder { text, tokens, outline, green: GreenNodeBuilder::new(), next: 0 };
    builder.start(SyntaxKind::File);
    for shape in shapes {
        builder.shape(shape);
    }
    builder.tokens_to(tokens.len());
    builder.green.finish_node();
    builder.green.finish()
}

struct Builder<'t> {
    text: &'t str,
    tokens: &'t [Token],
    outline: &'t Outline,
    green: GreenNodeBuilder<'static>,
    /// The first token that is not in the tree yet.
    next: usize,
}

impl Builder<'_> {
    fn start(&mut self, kind: SyntaxKind) {
        self.green.start_node(TrLanguage::kind_to_raw(kind));
    }

    fn shape(&mut self, shape: &Shape) {
        let first =
            self.outline.tokens.get(shape.start).map_or(self.next, |range| range.0 as usize);
        let end = shape
            .end
            .checked_sub(1)
            .and_then(|last| self.outline.tokens.get(last))
            .map_or(first, |range| range.1 as usize);
        self.tokens_to(first);
        self.start(shape.kind);
        if shape.kind == SyntaxKind::TableRow {
            self.cells(end);
        }
        for child in &shape.children {
            self.shape(child);
        }
        self.tokens_to(end);
        self.green.finish_node();
    }

    /// The cells of a row: one after each pipe but the last.
    fn cells(&mut self, end: usize) {
        while self.next < end {
            let Some(token) = self.tokens.get(self.next) else { return };
            self.token(*token);
            if token.kind != SyntaxKind::Pipe || self.next >= end {
                continue;
            }
            // An empty cell stands at its pipe; another begins with its text.
            let ahead = self.tokens.get(self.next..end).unwrap_or_default();
            let text = ahead.iter().position(|token| !token.kind.is_trivia());
            if let Some(blanks) = text
                && ahead.get(blanks).is_some_and(|token| token.kind == SyntaxKind::CellText)
            {
                self.tokens_to(self.next + blanks);
                self.start(SyntaxKind::Cell);
                self.tokens_to(self.next + 1);
            } else {
                self.start(SyntaxKind::Cell);
            }
            self.green.finish_node();
        }
    }

    fn tokens_to(&mut self, end: usize) {
        while self.next < end {
            let Some(token) = self.tokens.get(self.next) else { return };
            self.token(*token);
        }
    }

    fn token(&mut self, token: Token) {
        self.green.token(TrLanguage::kind_to_raw(token.kind), token.text(self.text));
        self.next += 1;
    }
}
