//! Typed nodes over the lossless tree.
//!
//! A typed node may lack any of its parts: the source may be broken. Texts come
//! with their byte range in the file; names come in composed form (NFC).

use rowan::ast::support;
use trc_base::{TextRange, TextSize};

use crate::kind::{SyntaxKind, SyntaxNode, SyntaxToken, TrLanguage};
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

/// The children of a file or a body that mean something, in source order.
fn items(node: &SyntaxNode) -> impl Iterator<Item = Item> + use<> {
    use rowan::ast::AstNode as _;
    node.children().filter_map(|child| {
        Some(match child.kind() {
            SyntaxKind::Declaration => Item::Declaration(Declaration::cast(child)?),
            SyntaxKind::Field => Item::Field(Field::cast(child)?),
            SyntaxKind::TableRow => Item::TableRow(TableRow::cast(child)?),
            SyntaxKind::Footnote => Item::Footnote(Footnote::cast(child)?),
            _ => return None,
        })
    })
}

fn words(node: &SyntaxNode) -> Vec<Spanned> {
    node.children_with_tokens()
        .filter_map(rowan::NodeOrToken::into_token)
        .filter(|token| token.kind() == SyntaxKind::Word)
        .map(|token| Spanned::name(&token))
        .collect()
}

impl File {
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
    /// and the line of the closing mark, not yet dedented.
    Long {
        text: Spanned,
        /// The number of blanks before the closing mark: what dedenting removes.
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
    let whole = token.text();
    let opening = whole.find('\n').map_or(whole.len(), |at| at + 1);
    let inner = whole.get(opening..).unwrap_or_default();
    let (text, indent) = match inner.strip_suffix("\"\"\"") {
        Some(before) => {
            let text_end = before.rfind('\n').map_or(0, |at| at + 1);
            let blanks = before.get(text_end..).unwrap_or_default();
            if blanks.chars().all(|c| c == ' ' || c == '\t') {
                (before.get(..text_end).unwrap_or_default(), blanks.len())
            } else {
                // The closing mark stands at the end of a line of text.
                (before, 0)
            }
        }
        None => (inner, 0),
    };
    let start =
        token.text_range().start() + TextSize::try_from(opening).unwrap_or(TextSize::from(0));
    Content::Long {
        text: Spanned {
            text: text.to_owned(),
            range: TextRange::at(start, TextSize::of(text)),
        },
        indent: u32::try_from(indent).unwrap_or(0),
    }
}
