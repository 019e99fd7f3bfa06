//! Typed nodes over the lossless tree.
//!
//! A typed node may lack any of its parts: the source may be broken. Texts come
//! with their byte range in the file; names come in composed form (NFC).

use rowan::ast::support;
use trc_base::{TextRange, TextSize};

use crate::kind::{SyntaxKind, SyntaxNode, SyntaxToken, TrLanguage};
use crate::lexer::{MARK, is_blank};
use crate::name::composed;

/// A text and where it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Spanned {
    pub text: String,
    pub range: TextRange,
}

impl Spanned {
    fn raw(token: &SyntaxToken) -> Spanned {
        Spanned { text: token.text().to_owned(), range: token.text_range() }
    }

    fn name(token: &SyntaxToken) -> Spanned {
        Spanned { text: composed(token.text()).into_owned(), range: token.text_range() }
    }
}

macro_rules! node {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub struct $name(SyntaxNode);

        impl rowan::ast::AstNode for $name {
            type Language = TrLanguage;

            fn can_cast(kind: SyntaxKind) -> bool {
                kind == SyntaxKind::$name
            }

            fn cast(node: SyntaxNode) -> Option<Self> {
                Self::can_cast(node.kind()).then_some($name(node))
            }

            fn syntax(&self) -> &SyntaxNode {
                &self.0
            }
        }

        impl $name {
            /// The node's byte range in the file, without trivia before and after it.
            pub fn range(&self) -> TextRange {
                self.0.text_range()
            }
        }
    };
}

node!(
    /// A whole file.
    File
);
node!(
    /// The first line of a file.
    Header
);
node!(
    /// A keyword with names, and perhaps a title, options, a formula and a body.
    Declaration
);
node!(
    /// `i mnkr`, `enligt typ`, `ur tabell`.
    DeclarationOption
);
node!(
    /// `{ … }`
    Body
);
node!(
    /// `name: value`, `name """…"""` or `name = formula`.
    Field
);
node!(
    /// `| cell | cell |`
    TableRow
);
node!(
    /// One cell of a row.
    Cell
);
node!(
    /// `[^label]: text`
    Footnote
);

/// What may stand in a file or a body.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Item {
    Declaration(Declaration),
    Field(Field),
    TableRow(TableRow),
    Footnote(Footnote),
}

/// The children of a file or a body that mean something, in source order. What
/// stands in the block of a broken line counts as standing beside that line.
fn items(node: &SyntaxNode) -> std::vec::IntoIter<Item> {
    let mut found = Vec::new();
    collect_items(node, &mut found);
    found.into_iter()
}

fn collect_items(node: &SyntaxNode, found: &mut Vec<Item>) {
    use rowan::ast::AstNode as _;
    for child in node.children() {
        match child.kind() {
            SyntaxKind::Declaration => {
                found.extend(Declaration::cast(child).map(Item::Declaration))
            }
            SyntaxKind::Field => found.extend(Field::cast(child).map(Item::Field)),
            SyntaxKind::TableRow => found.extend(TableRow::cast(child).map(Item::TableRow)),
            SyntaxKind::Footnote => found.extend(Footnote::cast(child).map(Item::Footnote)),
            SyntaxKind::Error => {
                for body in child.children().filter(|inner| inner.kind() == SyntaxKind::Body) {
                    collect_items(&body, found);
                }
            }
            _ => {}
        }
    }
}

fn words(node: &SyntaxNode) -> Vec<Spanned> {
    node.children_with_tokens()
        .filter_map(rowan::NodeOrToken::into_token)
        .filter(|token| token.kind() == SyntaxKind::Word)
        .map(|token| Spanned::name(&token))
        .collect()
}

impl File {
    /// The root of a tree, which is a file whatever the text was.
    pub(crate) fn of(root: SyntaxNode) -> File {
        File(root)
    }

    /// The first line, unless the file declares an organisation, which says so
    /// with its first declaration.
    pub fn header(&self) -> Option<Header> {
        support::child(&self.0)
    }

    /// Fields and declarations in source order.
    pub fn items(&self) -> impl Iterator<Item = Item> + use<> {
        items(&self.0)
    }
}

impl Header {
    /// The words of the line: `rapport`, `T1`, `2025`, `för`, `norra_innerstaden`.
    pub fn words(&self) -> Vec<Spanned> {
        words(&self.0)
    }
}

impl Declaration {
    /// The first word: `mål`, `indikator`, `nämnd`.
    pub fn keyword(&self) -> Option<Spanned> {
        support::token(&self.0, SyntaxKind::Word).map(|token| Spanned::name(&token))
    }

    /// The names it declares or continues.
    pub fn names(&self) -> Vec<Spanned> {
        self.0
            .children()
            .find(|child| child.kind() == SyntaxKind::Names)
            .map(|names| words(&names))
            .unwrap_or_default()
    }

    /// The title without its quotation marks; the range is that of the text inside.
    pub fn title(&self) -> Option<Spanned> {
        let token = support::token(&self.0, SyntaxKind::Title)?;
        let text = token.text().strip_prefix('"')?;
        let text = text.strip_suffix('"').unwrap_or(text);
        let start = token.text_range().start() + TextSize::of('"');
        Some(Spanned {
            text: composed(text).into_owned(),
            range: TextRange::at(start, TextSize::of(text)),
        })
    }

    /// `i`, `enligt`, `ur` with their words, in source order.
    pub fn options(&self) -> impl Iterator<Item = DeclarationOption> + use<> {
        support::children(&self.0)
    }

    /// The formula after `=`.
    pub fn formula(&self) -> Option<Spanned> {
        formula(&self.0)
    }

    /// `{ … }`
    pub fn body(&self) -> Option<Body> {
        support::child(&self.0)
    }

    /// The text after a colon or between `"""`, of a declaration that is its text:
    /// `avsnitt lokaländamål: Inget att redovisa.`
    pub fn text(&self) -> Option<Content> {
        content(&self.0)
    }
}

impl DeclarationOption {
    /// `i`, `enligt` or `ur`.
    pub fn word(&self) -> Option<Spanned> {
        words(&self.0).into_iter().next()
    }

    /// What follows it.
    pub fn name(&self) -> Option<Spanned> {
        words(&self.0).into_iter().nth(1)
    }
}

impl Body {
    /// What the block holds, in source order.
    pub fn items(&self) -> impl Iterator<Item = Item> + use<> {
        items(&self.0)
    }
}

/// The value of a field or declaration as it stands in the source.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Content {
    /// The rest of a line. Empty, with an empty range after the colon, when there
    /// is none.
    Line(Spanned),
    /// A passage between `"""`: everything between the opening mark's line break
    /// and the line of the closing mark, not yet dedented. What stands beside the
    /// marks on their lines belongs to it.
    Long {
        text: Spanned,
        /// What dedenting removes from each line: the number of blanks before the
        /// closing mark or, when that stands at the end of a line of text, the
        /// indentation that all lines share.
        indent: u32,
    },
}

impl Content {
    /// The text as typed.
    pub fn text(&self) -> &str {
        match self {
            Content::Line(text) | Content::Long { text, .. } => &text.text,
        }
    }

    /// Its byte range in the file.
    pub fn range(&self) -> TextRange {
        match self {
            Content::Line(text) | Content::Long { text, .. } => text.range,
        }
    }
}

impl Field {
    /// The words of the name joined by one blank: `förväntat resultat`.
    pub fn name(&self) -> String {
        let mut name = String::new();
        for word in self.name_words() {
            if !name.is_empty() {
                name.push(' ');
            }
            name.push_str(&word.text);
        }
        name
    }

    /// The range of the name, from its first word to its last.
    pub fn name_range(&self) -> TextRange {
        let words = self.name_words();
        match (words.first(), words.last()) {
            (Some(first), Some(last)) => first.range.cover(last.range),
            _ => TextRange::empty(self.0.text_range().start()),
        }
    }

    fn name_words(&self) -> Vec<Spanned> {
        self.0
            .children()
            .find(|child| child.kind() == SyntaxKind::FieldName)
            .map(|name| words(&name))
            .unwrap_or_default()
    }

    /// The value after a colon or between `"""`.
    pub fn content(&self) -> Option<Content> {
        content(&self.0)
    }

    /// The formula after `=`, in a `rad`.
    pub fn formula(&self) -> Option<Spanned> {
        formula(&self.0)
    }
}

impl TableRow {
    /// The cells in order.
    pub fn cells(&self) -> impl Iterator<Item = Cell> + use<> {
        support::children(&self.0)
    }
}

impl Cell {
    /// What stands in the cell; an empty cell has an empty text and range.
    pub fn text(&self) -> Spanned {
        support::token(&self.0, SyntaxKind::CellText).map_or_else(
            || Spanned {
                text: String::new(),
                range: TextRange::empty(self.0.text_range().start()),
            },
            |token| Spanned::raw(&token),
        )
    }
}

impl Footnote {
    /// The label between `[^` and `]`.
    pub fn label(&self) -> Option<Spanned> {
        let token = support::token(&self.0, SyntaxKind::FootnoteLabel)?;
        let label = token.text().strip_prefix("[^")?.strip_suffix("]:")?;
        let start = token.text_range().start() + TextSize::of("[^");
        Some(Spanned {
            text: composed(label).into_owned(),
            range: TextRange::at(start, TextSize::of(label)),
        })
    }

    /// The note's text.
    pub fn text(&self) -> Option<Spanned> {
        support::token(&self.0, SyntaxKind::LineText).map(|token| Spanned::raw(&token))
    }
}

fn formula(node: &SyntaxNode) -> Option<Spanned> {
    let formula = node.children().find(|child| child.kind() == SyntaxKind::Formula)?;
    support::token(&formula, SyntaxKind::FormulaText).map(|token| Spanned::raw(&token))
}

fn content(node: &SyntaxNode) -> Option<Content> {
    if let Some(token) = support::token(node, SyntaxKind::LongText) {
        return Some(long_text(&token));
    }
    let colon = support::token(node, SyntaxKind::Colon)?;
    let line = support::token(node, SyntaxKind::LineText).map_or_else(
        || Spanned { text: String::new(), range: TextRange::empty(colon.text_range().end()) },
        |token| Spanned::raw(&token),
    );
    Some(Content::Line(line))
}

/// Takes the marks off a passage. An unclosed passage reaches to the token's end.
fn long_text(token: &SyntaxToken) -> Content {
    let marked = token.text();
    let inner = marked.strip_prefix(MARK).unwrap_or(marked);
    let inner = inner.strip_suffix(MARK).unwrap_or(inner);
    // Text on the line of the opening mark belongs to the passage too.
    let first_line = inner.find('\n').map_or(inner.len(), |at| at + 1);
    let (first, rest) = inner.split_at_checked(first_line).unwrap_or((inner, ""));
    let skipped = if first.trim().is_empty() { first.len() } else { 0 };
    let text = if skipped > 0 { rest } else { inner };

    let last_line = text.rfind('\n').map_or(0, |at| at + 1);
    let closing = text.get(last_line..).unwrap_or_default();
    let (text, indent) = if closing.chars().all(is_blank)
        && marked.ends_with(MARK)
        && (last_line > 0 || skipped > 0)
    {
        (text.get(..last_line).unwrap_or_default(), closing.chars().count())
    } else {
        // The closing mark stands after text, or nowhere: the lines themselves show
        // how deep the passage stands.
        let lines = text.lines().skip(usize::from(skipped == 0));
        let blanks = |line: &str| line.chars().take_while(|c| is_blank(*c)).count();
        let indent = lines.filter(|line| !line.trim().is_empty()).map(blanks).min().unwrap_or(0);
        (text, indent)
    };
    let start = token.text_range().start()
        + TextSize::of(MARK)
        + TextSize::try_from(skipped).unwrap_or(TextSize::from(0));
    Content::Long {
        text: Spanned { text: text.to_owned(), range: TextRange::at(start, TextSize::of(text)) },
        indent: u32::try_from(indent).unwrap_or(0),
    }
}
