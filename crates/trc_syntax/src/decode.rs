//! From the bytes of a file to text.

/// A file's text, and what was wrong with its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Decoded {
    /// The text, as faithful as the bytes allow. Empty for a binary file.
    pub text: String,
    pub problem: Option<EncodingProblem>,
}

/// Why a file is not plain UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EncodingProblem {
    /// UTF-16, recognised by its byte order mark; decoded.
    Utf16,
    /// Neither UTF-8 nor UTF-16; read as Windows-1252, so that the words are known.
    Windows1252,
    /// Holds NUL bytes: not a text. Nothing of it is read.
    Binary,
}
