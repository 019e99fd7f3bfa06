//! Names: how a label becomes one, and how two spellings of one compare.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// A text in composed form (NFC), so that `å` typed as one letter or as two is
/// the same name. Names compare in this form; the source keeps what was typed.
pub fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    }
}

/// The name that a label has: its words in small letters with `_` between.
///
/// ```
/// use trc_syntax::name::from_label;
/// assert_eq!(from_label("Stöd och service"), "stöd_och_service");
/// assert_eq!(from_label("Maskiner & inventarier"), "maskiner_inventarier");
/// assert_eq!(from_label("varav barn och ungdom"), "varav_barn_och_ungdom");
/// ```
pub fn from_label(label: &str) -> String {
    let label = composed(label).to_lowercase();
    let mut name = String::with_capacity(label.len());
    for word in label.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if !name.is_empty() {
            name.push('_');
        }
        name.push_str(word);
    }
    name
}
