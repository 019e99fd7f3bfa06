//! Laying out a file, as edits.

use similar::{Algorithm, DiffOp, capture_diff_slices};
use trc_base::{TextRange, TextSize};
use trc_model::{Db, SourceFile};

/// How many lines of a change are compared one by one. The comparison takes time in
/// the square of their number; beyond this the lines are replaced as one.
const MAX_COMPARED_LINES: usize = 10_000;

/// The replacement of a range of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    pub range: TextRange,
    pub text: String,
}

/// The edits that bring a file into its canonical layout, in order, not overlapping.
/// None when it is laid out already.
pub fn format(db: &dyn Db, file: SourceFile) -> Vec<Edit> {
    let text = file.text(db);
    edits(text, &trc_format::format(text).text)
}

/// The edits that turn one text into another. Lines that stay the same are not
/// touched, so that cursors, marks and folds in them stay where they are.
pub fn edits(old: &str, new: &str) -> Vec<Edit> {
    let old_lines: Vec<&str> = old.split_inclusive('\n').collect();
    let new_lines: Vec<&str> = new.split_inclusive('\n').collect();
    let mut old_rest: &[&str] = &old_lines;
    let mut new_rest: &[&str] = &new_lines;
    let mut offset = 0;
    while let ([first, old_tail @ ..], [other, new_tail @ ..]) = (old_rest, new_rest)
        && first == other
    {
        offset += first.len();
        (old_rest, new_rest) = (old_tail, new_tail);
    }
    while let ([old_head @ .., last], [new_head @ .., other]) = (old_rest, new_rest)
        && last == other
    {
        (old_rest, new_rest) = (old_head, new_head);
    }
    let mut result = Vec::new();
    if old_rest.len().max(new_rest.len()) > MAX_COMPARED_LINES {
        push(&mut result, offset, &old_rest.concat(), &new_rest.concat());
        return result;
    }
    for op in capture_diff_slices(Algorithm::Myers, old_rest, new_rest) {
        let removed = old_rest.get(op.old_range()).unwrap_or_default();
        let inserted = new_rest.get(op.new_range()).unwrap_or_default();
        if matches!(op, DiffOp::Equal { .. }) {
            offset += length(removed);
        } else if removed.len() == inserted.len() {
            // As many lines as before: most likely the same ones, indented otherwise.
            for (old, new) in removed.iter().zip(inserted) {
                push(&mut result, offset, old, new);
                offset += old.len();
            }
        } else {
            push(&mut result, offset, &removed.concat(), &inserted.concat());
            offset += length(removed);
        }
    }
    result
}

fn length(lines: &[&str]) -> usize {
    lines.iter().map(|line| line.len()).sum()
}

/// Adds the replacement of `old`, which begins at `offset`, by `new`, without what
/// they begin and end with alike.
fn push(edits: &mut Vec<Edit>, offset: usize, old: &str, new: &str) {
    let start = common(old.chars(), new.chars());
    let (old, new) = (old.get(start..).unwrap_or(old), new.get(start..).unwrap_or(new));
    let end = common(old.chars().rev(), new.chars().rev());
    let old_len = old.len() - end;
    let new = new.get(..new.len() - end).unwrap_or(new);
    if old_len == 0 && new.is_empty() {
        return;
    }
    let at = |offset| TextSize::try_from(offset).unwrap_or(TextSize::new(u32::MAX));
    let range = TextRange::at(at(offset + start), at(old_len));
    edits.push(Edit { range, text: new.to_owned() });
}

/// How many bytes two texts have in common from their beginning.
fn common(one: impl Iterator<Item = char>, other: impl Iterator<Item = char>) -> usize {
    one.zip(other).take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn apply(text: &str, edits: &[Edit]) -> String {
        let mut result = text.to_owned();
        for edit in edits.iter().rev() {
            result.replace_range(std::ops::Range::<usize>::from(edit.range), &edit.text);
        }
        result
    }

    fn shown(old: &str, new: &str) -> Vec<(u32, String, String)> {
        let edits = edits(old, new);
        assert_eq!(apply(old, &edits), new);
        let shown = edits.into_iter().map(|edit| {
            let removed = &old[edit.range];
            (edit.range.start().into(), removed.to_owned(), edit.text)
        });
        shown.collect()
    }

    #[test]
    fn only_what_differs_is_edited() {
        assert_eq!(shown("a\nb\nc\n", "a\nb\nc\n"), []);
        assert_eq!(
            shown("mål 1 {\nstatus:  x\n}\nå\n", "mål 1 {\n  status: x\n}\nå\n"),
            [(9, "status: ".into(), "  status:".into())]
        );
        let (old, new) = ("a  \nb\nå  \nd", "a\nb\nå\nd\n");
        assert_eq!(
            shown(old, new),
            [
                (1, "  ".into(), String::new()),
                (8, "  ".into(), String::new()),
                (12, String::new(), "\n".into())
            ]
        );
    }

    #[test]
    fn letters_are_never_cut() {
        // å and ä begin with the same byte, and so do the two faces.
        assert_eq!(shown("å\n", "ä\n"), [(0, "å".into(), "ä".into())]);
        assert_eq!(shown("😀\r\n", "😁\n"), [(0, "😀\r".into(), "😁".into())]);
    }

    #[test]
    fn a_file_that_changes_throughout_is_replaced_in_bounded_time() {
        let old = "a\n".repeat(MAX_COMPARED_LINES + 1);
        let new = "b\n".repeat(MAX_COMPARED_LINES + 1);
        assert_eq!(edits(&old, &new).len(), 1);
    }

    proptest! {
        #[test]
        fn edits_lead_to_the_new_text(old in "[aå😀\r\n]{0,40}", new in "[aå😀\r\n]{0,40}") {
            let edits = edits(&old, &new);
            prop_assert_eq!(apply(&old, &edits), new);
            for pair in edits.windows(2) {
                prop_assert!(pair[0].range.end() <= pair[1].range.start());
            }
        }
    }
}
