//! The comments of a file, each with what stands below it. A comment says nothing to the
//! reader of a report, but it may speak to the tools about what follows.

use rowan::NodeOrToken;
use rowan::ast::AstNode as _;
use trc_base::TextRange;

use crate::ast::File;
use crate::kind::{SyntaxKind, SyntaxNode, SyntaxToken};

/// A comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// With its `//`.
    pub range: TextRange,
    /// Without its `//` and the blanks around.
    pub text: String,
    /// The declaration, field, row or first line that follows, other comments between
    /// them aside. Nothing for a comment that ends a line or a block.
    pub about: Option<TextRange>,
}

impl File {
    /// The comments in source order.
    pub fn comments(&self) -> impl Iterator<Item = Comment> + use<> {
        let tokens = self.syntax().descendants_with_tokens();
        tokens.filter_map(NodeOrToken::into_token).filter_map(|token| comment(&token))
    }
}

fn comment(token: &SyntaxToken) -> Option<Comment> {
    if token.kind() != SyntaxKind::Comment {
        return None;
    }
    let text = token.text().trim_start_matches('/').trim().to_owned();
    let about = if stands_alone(token) { following(token) } else { None };
    Some(Comment { range: token.text_range(), text, about: about.map(|node| node.text_range()) })
}

/// True when nothing but blanks stands before it on its line.
fn stands_alone(token: &SyntaxToken) -> bool {
    let mut before = token.prev_token();
    while let Some(token) = before {
        match token.kind() {
            SyntaxKind::Newline => return true,
            SyntaxKind::Blank | SyntaxKind::Bom => before = token.prev_token(),
            _ => return false,
        }
    }
    true
}

fn following(token: &SyntaxToken) -> Option<SyntaxNode> {
    let mut next = token.next_sibling_or_token();
    while let Some(element) = next {
        match element {
            NodeOrToken::Node(node) => return Some(node),
            NodeOrToken::Token(token) if is_between(token.kind()) => {
                next = token.next_sibling_or_token();
            }
            NodeOrToken::Token(_) => return None,
        }
    }
    None
}

fn is_between(kind: SyntaxKind) -> bool {
    kind == SyntaxKind::Newline || kind.is_trivia()
}

#[cfg(test)]
mod tests {
    use crate::parse;

    #[test]
    fn a_comment_is_about_what_stands_below() {
        let text = "// ett\n// två\nrapport T1 2025 för x\n\n// tre\nmål 1 { // fyra\n  // fem\n\n  status: x // sex\n  // sju\n}\n";
        let comments: Vec<_> = parse(text).file().comments().collect();
        let about = |index: usize| {
            let range = comments[index].about.map(std::ops::Range::<usize>::from);
            range.map(|range| text[range].lines().next().unwrap_or_default())
        };
        assert_eq!(comments.len(), 7);
        assert_eq!(comments[0].text, "ett");
        assert_eq!(about(0), Some("rapport T1 2025 för x"));
        assert_eq!(about(1), about(0));
        assert_eq!(about(2), Some("mål 1 { // fyra"));
        assert_eq!(about(3), None);
        assert_eq!(about(4), Some("status: x"));
        assert_eq!((about(5), about(6)), (None, None));
    }
}
