//! From the bytes of a file to text.

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};
use trc_base::{Text, text};

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

/// Reads the bytes of a file. Any bytes give a text.
///
/// A byte order mark before UTF-8 stays in the text, which must be the file's
/// own, byte for byte; the lexer knows it. Texts in other encodings have none: they
/// cannot be written back unchanged anyway.
pub fn decode(bytes: &[u8]) -> Decoded {
    if let Ok(text) = std::str::from_utf8(bytes)
        && !text.contains('\0')
    {
        return Decoded { text: text.to_owned(), problem: None };
    }
    let utf16 = match bytes {
        [0xff, 0xfe, ..] => Some(UTF_16LE),
        [0xfe, 0xff, ..] => Some(UTF_16BE),
        _ => None,
    };
    let (text, problem) = match utf16 {
        Some(encoding) => (encoding.decode_with_bom_removal(bytes).0, EncodingProblem::Utf16),
        None if bytes.contains(&0) => return Decoded::binary(),
        None => (WINDOWS_1252.decode_without_bom_handling(bytes).0, EncodingProblem::Windows1252),
    };
    if text.contains('\0') {
        return Decoded::binary();
    }
    Decoded { text: text.into_owned(), problem: Some(problem) }
}

impl Decoded {
    fn binary() -> Decoded {
        Decoded { text: String::new(), problem: Some(EncodingProblem::Binary) }
    }
}

impl EncodingProblem {
    /// What was found and why it matters.
    pub fn message(self) -> Text {
        match self {
            EncodingProblem::Utf16 => text!(
                sv: "Filen är sparad som UTF-16. Andra program kan läsa den fel, och rättelser kan inte skrivas tillbaka.",
                en: "The file is saved as UTF-16. Other programs may misread it, and corrections cannot be written back.",
            ),
            EncodingProblem::Windows1252 => text!(
                sv: "Filen är inte sparad som UTF-8. Den är läst som Windows-1252, så enstaka tecken kan ha blivit fel.",
                en: "The file is not saved as UTF-8. It was read as Windows-1252, so some characters may be wrong.",
            ),
            EncodingProblem::Binary => text!(
                sv: "Filen är ingen textfil, så inget av den är läst.",
                en: "The file is not a text file, so nothing of it was read.",
            ),
        }
    }

    /// What to do.
    pub fn help(self) -> Text {
        match self {
            EncodingProblem::Utf16 | EncodingProblem::Windows1252 => text!(
                sv: "Spara filen med kodningen UTF-8.",
                en: "Save the file with the encoding UTF-8.",
            ),
            EncodingProblem::Binary => text!(
                sv: "Filnamn som slutar på .tr är för text i språket. Byt namn på filen eller ta bort den.",
                en: "File names that end in .tr are for text in the language. Rename the file or remove it.",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// å, a decomposed å, an emoji, CRLF and a tab.
    const TEXT: &str = "mål å a\u{30a}\t😀\r\n";

    #[test]
    fn utf8_is_kept_byte_for_byte() {
        for text in [TEXT, &format!("\u{feff}{TEXT}"), ""] {
            assert_eq!(decode(text.as_bytes()), Decoded { text: text.to_owned(), problem: None });
        }
    }

    #[test]
    fn utf16_by_its_byte_order_mark() {
        let units = || "\u{feff}".encode_utf16().chain(TEXT.encode_utf16());
        let little: Vec<u8> = units().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = units().flat_map(u16::to_be_bytes).collect();
        for bytes in [little, big] {
            let decoded = decode(&bytes);
            assert_eq!(decoded.text, TEXT);
            assert_eq!(decoded.problem, Some(EncodingProblem::Utf16));
        }
    }

    #[test]
    fn anything_else_is_windows_1252() {
        let decoded = decode(b"m\xe5l \x96 \x94\x80\x94");
        assert_eq!(decoded.text, "mål – ”€”");
        assert_eq!(decoded.problem, Some(EncodingProblem::Windows1252));
    }

    #[test]
    fn what_holds_nul_is_no_text() {
        for bytes in [&b"PK\x03\x04\0\0"[..], b"ren text\0", b"\xff\xfe\0\0"] {
            assert_eq!(decode(bytes), Decoded::binary(), "{bytes:?}");
        }
    }

    #[test]
    fn every_problem_says_what_to_do_in_both_languages() {
        for problem in
            [EncodingProblem::Utf16, EncodingProblem::Windows1252, EncodingProblem::Binary]
        {
            for text in [problem.message(), problem.help()] {
                assert!(!text.sv.is_empty() && !text.en.is_empty() && text.sv != text.en);
            }
        }
    }

    proptest! {
        #[test]
        fn total_over_any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let decoded = decode(&bytes);
            prop_assert!(!decoded.text.contains('\0'));
        }
    }
}
