//! How wide a label is, about: page data knows no font. The widths are those of the
//! humanist sans that the page design uses, rounded up.

use crate::compounds::joints;

/// The width of text of a size, in the size's unit.
pub fn width(text: &str, size: u32) -> i32 {
    let thousandths: i64 = text.chars().map(|c| i64::from(of(c))).sum();
    let width = thousandths.saturating_mul(i64::from(size)) / 1_000;
    i32::try_from(width).unwrap_or(i32::MAX)
}

/// In thousandths of the size.
fn of(c: char) -> i32 {
    match c {
        'i' | 'l' | 'j' | '.' | ',' | ':' | ';' | '\'' | '|' | ' ' | '\u{a0}' | '!' | '­' => 270,
        'I' | 'J' | 'f' | 't' | '(' | ')' | '/' | '-' => 380,
        'r' | 's' | 'c' | 'z' | '”' | '"' => 480,
        'm' | 'M' | 'W' | '%' | '@' | '—' => 940,
        'w' | 'O' | 'Ö' | 'Q' | 'N' | 'H' | 'G' | 'D' | 'U' => 790,
        c if c.is_uppercase() => 650,
        c if c.is_ascii_digit() || c.is_alphabetic() => 615,
        _ => 600,
    }
}

/// The text in lines of at most `room`, at most `most` of them. `None` when it takes
/// more, or a word does not fit.
pub fn lines(text: &str, size: u32, room: i32, most: usize) -> Option<Vec<String>> {
    let mut out: Vec<String> = Vec::new();
    for word in text.split_whitespace().flat_map(|word| pieces(word, size, room)) {
        let word = word.as_str();
        if width(word, size) > room {
            return None;
        }
        match out.last_mut() {
            Some(line) if width(&format!("{line} {word}"), size) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => out.push(word.to_owned()),
        }
    }
    (out.len() <= most).then_some(out)
}

/// The word, or its parts where it is a compound that no line holds.
fn pieces(word: &str, size: u32, room: i32) -> Vec<String> {
    let joints = if width(word, size) > room { joints(word) } else { Vec::new() };
    let mut out: Vec<String> = Vec::new();
    let mut start = 0;
    for end in joints.into_iter().chain([word.len()]) {
        let part = word.get(start..end).unwrap_or_default();
        start = end;
        // As much as a line holds stays together.
        match out.last_mut() {
            Some(line) if width(&format!("{line}{part}-"), size) <= room => line.push_str(part),
            _ => out.push(part.to_owned()),
        }
    }
    let last = out.len().saturating_sub(1);
    for line in out.iter_mut().take(last) {
        line.push('-');
    }
    out
}

/// The text in lines, cut off with "…" where it does not fit. The whole stands in the
/// table and in the alternative text.
pub fn lines_or_cut(text: &str, size: u32, room: i32, most: usize) -> Vec<String> {
    if let Some(lines) = lines(text, size, room, most) {
        return lines;
    }
    let mut out: Vec<String> = vec![String::new()];
    for c in text.chars() {
        let Some(line) = out.last_mut() else { break };
        line.push(c);
        if width(line, size) > room.saturating_sub(width("…", size)) {
            line.pop();
            if out.len() >= most {
                if let Some(line) = out.last_mut() {
                    line.push('…');
                }
                break;
            }
            // A word that is cut goes on after a hyphen.
            if let Some(line) = out.last_mut()
                && c.is_alphabetic()
                && line.ends_with(char::is_alphabetic)
            {
                line.push('-');
            }
            out.push(c.to_string());
        }
    }
    out.iter().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_compound_is_divided_between_its_parts() {
        let room = width("marknadsåtgärder-", 850);
        let divided = lines("Arbetsmarknadsåtgärder", 850, room, 2).unwrap();
        assert_eq!(divided, ["Arbetsmarknads-", "åtgärder"]);
    }

    #[test]
    fn lines_hold_whole_words_and_cut_lines_say_so() {
        let text = "Barn, kultur och fritid";
        let room = width("Barn, kultur", 850) + 50;
        assert_eq!(lines(text, 850, room, 3).unwrap(), ["Barn, kultur", "och fritid"]);
        assert_eq!(lines(text, 850, room, 1), None);
        let cut = lines_or_cut("Arbetsmarknadsåtgärder", 850, 4_000, 1);
        assert!(cut.len() == 1 && cut[0].ends_with('…'), "{cut:?}");
        let cut = lines_or_cut("Arbetsmarknadsåtgärder", 850, 5_000, 3);
        assert!(
            cut[0].ends_with('-') && cut.iter().all(|line| width(line, 850) <= 5_400),
            "{cut:?}"
        );
    }
}
