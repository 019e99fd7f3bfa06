//! What stands in a file or a block, line by line: items and comments, with what the
//! writer decided about the blank lines between them.

use trc_base::TextRange;
use trc_syntax::{SyntaxKind, SyntaxNode, SyntaxToken};

/// Something that begins a line of its own.
pub(crate) struct Entry {
    pub what: What,
    /// The writer left at least one blank line before it.
    pub gap: bool,
    /// A comment after it on its last line.
    pub comment: Option<SyntaxToken>,
}

pub(crate) enum What {
    Item(SyntaxNode),
    Comment(SyntaxToken),
    /// Lines that stay as they are.
    Untouched(TextRange),
}

/// What a file or a body holds.
pub(crate) struct Entries {
    pub list: Vec<Entry>,
    /// A comment after the opening brace, on its line.
    pub opening_comment: Option<SyntaxToken>,
}

/// Reads the children of a file or a body. What lies in the `untouched` ranges, which
/// are whole lines in order, becomes one entry each.
pub(crate) fn entries(node: &SyntaxNode, untouched: &[TextRange]) -> Entries {
    let mut entries = Entries { list: Vec::new(), opening_comment: None };
    let mut untouched = untouched.iter().copied().peekable();
    let mut inside: Option<TextRange> = None;
    // Line breaks since the last entry; none at the beginning of a block's first line.
    let mut breaks = 0usize;
    for child in node.children_with_tokens() {
        let range = child.text_range();
        if inside.is_some_and(|lines| range.start() < lines.end()) {
            continue;
        }
        if child.kind().is_trivia() && child.kind() != SyntaxKind::Comment {
            continue;
        }
        let begins = untouched
            .next_if(|lines| child.kind() != SyntaxKind::Newline && range.end() > lines.start());
        let gap = breaks > 1;
        if let Some(lines) = begins {
            inside = Some(lines);
            entries.list.push(Entry { what: What::Untouched(lines), gap, comment: None });
            breaks = 0;
            continue;
        }
        match child {
            rowan::NodeOrToken::Node(item) => {
                entries.list.push(Entry { what: What::Item(item), gap, comment: None });
                breaks = 0;
            }
            rowan::NodeOrToken::Token(token) => match token.kind() {
                SyntaxKind::Newline => breaks += 1,
                SyntaxKind::Comment => {
                    let same_line = breaks == 0;
                    match entries.list.last_mut() {
                        Some(last) if same_line => last.comment = Some(token),
                        None if same_line && node.kind() == SyntaxKind::Body => {
                            entries.opening_comment = Some(token);
                        }
                        _ => {
                            let what = What::Comment(token);
                            entries.list.push(Entry { what, gap, comment: None });
                        }
                    }
                    breaks = 0;
                }
                _ => {}
            },
        }
    }
    entries
}
