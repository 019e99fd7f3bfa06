//! The little of XML that a workbook needs. Entities that a document declares itself are
//! not expanded, so a few of them cannot become gigabytes.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// The document is not well-formed.
#[derive(Debug)]
pub(crate) struct Malformed;

/// An attribute by its local name.
pub(crate) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    element
        .attributes()
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == name)
        .and_then(|attribute| attribute.normalized_value(XmlVersion::default()).ok())
        .map(std::borrow::Cow::into_owned)
}

/// The next event, with the reader's errors as ours.
pub(crate) fn next<'x>(reader: &mut quick_xml::Reader<&'x [u8]>) -> Result<Event<'x>, Malformed> {
    reader.read_event().map_err(|_| Malformed)
}

/// What an entity stands for; nothing for an unknown one.
pub(crate) fn entity(reference: &BytesRef<'_>) -> Option<char> {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return Some(c);
    }
    match reference.xml10_content().as_ref() {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

/// Replaces `_x000D_` and its like, which Excel writes for characters that XML cannot
/// hold.
pub(crate) fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(before);
        let code = from.get(2..6).filter(|_| from.get(6..7) == Some("_"));
        let code = code.and_then(|code| u32::from_str_radix(code, 16).ok());
        match code.and_then(char::from_u32) {
            Some(c) => {
                out.push(c);
                rest = from.get(7..).unwrap_or_default();
            }
            None => {
                out.push_str("_x");
                rest = from.get(2..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_of_excel() {
        assert_eq!(unescaped("a_x000D_b _xyz_ _x00e5_"), "a\rb _xyz_ å");
    }
}
