//! The kinds of nodes and tokens, and their tie to the tree library.

/// Every kind of node and token in the lossless tree.
///
/// Tokens are coarse on purpose: a value, a cell, a formula and a passage of prose
/// are one token each. What is inside depends on the field's type, which the tree
/// does not know; the modules `value`, `formula` and `prose` read it on demand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u16)]
pub enum SyntaxKind {
    // Trivia: carries no meaning, kept for the lossless tree.
    /// A byte order mark at the file's beginning.
    Bom,
    /// Blanks and tabs.
    Blank,
    /// `// …` to the end of the line, without the line break.
    Comment,
    /// What version control left behind: a marker line, or the whole second side.
    Conflict,

    // Tokens.
    /// A line break, `\n` or `\r\n`. Significant: it ends a field.
    Newline,
    /// A word, name, year or number: letters, digits, `_`, and inner `.` and `-`.
    Word,
    /// `{`
    LeftBrace,
    /// `}`
    RightBrace,
    /// `:`
    Colon,
    /// `,` between names.
    Comma,
    /// `=`
    Equals,
    /// `|` at the beginning of a row or between its cells.
    Pipe,
    /// `"…"`, up to the last quotation mark that can end a title on the line.
    Title,
    /// `"""` line break … `"""`, with both marks.
    LongText,
    /// The rest of a line after a colon, without blanks at its ends.
    LineText,
    /// What follows `=`, up to a body or the end of the line.
    FormulaText,
    /// A table cell without blanks at its ends. An empty cell has no token.
    CellText,
    /// `[^label]:` at the beginning of a line in a table.
    FootnoteLabel,
    /// Anything that has no place where it stands.
    Unexpected,

    // Nodes.
    /// A whole file.
    File,
    /// The first line of a file: `rapport T1 2025 för norra_innerstaden`.
    Header,
    /// A keyword with names, and perhaps a title, options, a formula and a body.
    Declaration,
    /// The names of a declaration, separated by commas.
    Names,
    /// `i mnkr`, `enligt typ`, `ur tabell`.
    DeclarationOption,
    /// `= formula` of a declaration or field; holds `Equals` and `FormulaText`.
    Formula,
    /// `{ … }`.
    Body,
    /// `name: value`, `name """…"""` or `name = formula`.
    Field,
    /// The words of a field's name.
    FieldName,
    /// `| cell | cell |`.
    TableRow,
    /// One cell; holds at most one `CellText`.
    Cell,
    /// `[^label]: text`.
    Footnote,
    /// Lines that could not be read as anything; the diagnostic says why.
    Error,
}

impl SyntaxKind {
    /// True for what the grammar skips.
    pub fn is_trivia(self) -> bool {
        matches!(self, Self::Bom | Self::Blank | Self::Comment | Self::Conflict)
    }

    const ALL: [SyntaxKind; 32] = [
        Self::Bom,
        Self::Blank,
        Self::Comment,
        Self::Conflict,
        Self::Newline,
        Self::Word,
        Self::LeftBrace,
        Self::RightBrace,
        Self::Colon,
        Self::Comma,
        Self::Equals,
        Self::Pipe,
        Self::Title,
        Self::LongText,
        Self::LineText,
        Self::FormulaText,
        Self::CellText,
        Self::FootnoteLabel,
        Self::Unexpected,
        Self::File,
        Self::Header,
        Self::Declaration,
        Self::Names,
        Self::DeclarationOption,
        Self::Formula,
        Self::Body,
        Self::Field,
        Self::FieldName,
        Self::TableRow,
        Self::Cell,
        Self::Footnote,
        Self::Error,
    ];
}

/// Ties the kinds to the tree library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TrLanguage {}

impl rowan::Language for TrLanguage {
    type Kind = SyntaxKind;

    fn kind_from_raw(raw: rowan::SyntaxKind) -> SyntaxKind {
        SyntaxKind::ALL.get(usize::from(raw.0)).copied().unwrap_or(SyntaxKind::Error)
    }

    fn kind_to_raw(kind: SyntaxKind) -> rowan::SyntaxKind {
        rowan::SyntaxKind(kind as u16)
    }
}

/// A node of the lossless tree.
pub type SyntaxNode = rowan::SyntaxNode<TrLanguage>;
/// A token of the lossless tree.
pub type SyntaxToken = rowan::SyntaxToken<TrLanguage>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_survives_the_tree_library() {
        for (index, kind) in SyntaxKind::ALL.into_iter().enumerate() {
            assert_eq!(kind as usize, index);
            let raw = <TrLanguage as rowan::Language>::kind_to_raw(kind);
            assert_eq!(<TrLanguage as rowan::Language>::kind_from_raw(raw), kind);
        }
    }
}
