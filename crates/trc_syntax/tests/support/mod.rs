//! Readable pictures of trees and errors.

// Each test file takes what it needs.
#![allow(dead_code)]

use trc_syntax::{Parse, SyntaxKind, SyntaxNode, parse};

/// A tree without blanks and line breaks: a node a line, its tokens beside it as long
/// as no node comes between.
pub fn tree(node: &SyntaxNode) -> String {
    let mut out = String::new();
    draw(node, 0, &mut out);
    out
}

fn draw(node: &SyntaxNode, depth: usize, out: &mut String) {
    out.push_str(&format!("{}{:?}", "  ".repeat(depth), node.kind()));
    let mut own_line = false;
    for child in node.children_with_tokens() {
        match child {
            rowan::NodeOrToken::Node(node) => {
                out.push('\n');
                draw(&node, depth + 1, out);
                own_line = true;
            }
            rowan::NodeOrToken::Token(token) => {
                if matches!(token.kind(), SyntaxKind::Blank | SyntaxKind::Newline) {
                    continue;
                }
                if own_line {
                    out.push_str(&format!("\n{}", "  ".repeat(depth + 1)));
                    own_line = false;
                } else {
                    out.push(' ');
                }
                let text = token.text();
                match token.kind() {
                    SyntaxKind::Word
                    | SyntaxKind::LeftBrace
                    | SyntaxKind::RightBrace
                    | SyntaxKind::Colon
                    | SyntaxKind::Comma
                    | SyntaxKind::Equals
                    | SyntaxKind::Pipe => out.push_str(text),
                    kind => out.push_str(&format!("{kind:?}({text:?})")),
                }
            }
        }
    }
}

/// Each line with an error, the error's range under it, and what is said about it.
pub fn errors(text: &str) -> String {
    let parse = parse(text);
    let mut out = String::new();
    for error in parse.errors() {
        let start = usize::from(error.range.start());
        let end = usize::from(error.range.end());
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let number = text[..start].matches('\n').count() + 1;
        let before = text[line_start..start].chars().count();
        let marked = text[start..end.min(line_end)].chars().count().max(1);
        out.push_str(&format!("{number:>3} | {}\n", &text[line_start..line_end]));
        out.push_str(&format!("    | {}{}\n", " ".repeat(before), "^".repeat(marked)));
        for line in [&error.message.sv, &error.help.sv, &error.message.en, &error.help.en] {
            out.push_str(&format!("      {line}\n"));
        }
    }
    if parse.errors().is_empty() {
        out.push_str("no errors\n");
    }
    out
}

/// The declarations and fields of a tree with their depth: what stays known.
pub fn outline(parse: &Parse) -> Vec<String> {
    let mut lines = Vec::new();
    for node in parse.syntax().descendants() {
        let depth = node.ancestors().filter(|node| node.kind() == SyntaxKind::Body).count();
        let text = match node.kind() {
            SyntaxKind::Header | SyntaxKind::FieldName | SyntaxKind::Names => words(&node),
            SyntaxKind::Cell => node.text().to_string(),
            _ => continue,
        };
        let text = trc_syntax::name::composed(&text).into_owned();
        lines.push(format!("{depth} {:?} {text}", node.kind()));
    }
    lines
}

fn words(node: &SyntaxNode) -> String {
    node.children_with_tokens()
        .filter_map(|element| element.into_token())
        .filter(|token| token.kind() == SyntaxKind::Word)
        .map(|token| token.text().to_owned())
        .collect::<Vec<_>>()
        .join(" ")
}
