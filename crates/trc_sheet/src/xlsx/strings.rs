//! The texts that cells refer to by number.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::xml::{Malformed, entity, next, unescaped};

pub(super) fn read(text: &str) -> Result<Vec<String>, Malformed> {
    let mut reader = Reader::from_str(text);
    let mut strings = Vec::new();
    let mut current = String::new();
    let mut in_text = false;
    // How a Japanese text is read aloud stands beside it, in `t` elements of its own.
    let mut in_reading = false;
    loop {
        match next(&mut reader)? {
            Event::Start(element) => match element.local_name().as_ref() {
                "si" => current.clear(),
                "t" => in_text = !in_reading,
                "rPh" => in_reading = true,
                _ => {}
            },
            Event::End(element) => match element.local_name().as_ref() {
                "si" => strings.push(unescaped(&current)),
                "t" => in_text = false,
                "rPh" => in_reading = false,
                _ => {}
            },
            Event::Empty(element) if element.local_name().as_ref() == "si" => {
                strings.push(String::new());
            }
            Event::Text(piece) if in_text => current.push_str(&piece.xml10_content()),
            Event::CData(piece) if in_text => current.push_str(&piece.xml10_content()),
            Event::GeneralRef(reference) if in_text => current.extend(entity(&reference)),
            Event::Eof => return Ok(strings),
            _ => {}
        }
    }
}
