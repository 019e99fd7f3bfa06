//! The fingerprint of what is printed: by it a mark knows the content that it is for.
//!
//! It is taken of page data, so that whatever a reader would see changed changes it, in
//! whichever file the change was made, and nothing else does: not the layout of the
//! sources, not comments, not the phase, not the marks themselves, not how a chart is
//! drawn.

use serde_json::Value;
use sha2::{Digest as _, Sha256};
use trc_model::document::Document;
use trc_model::mark::{Marked, Subject};
use trc_model::{Db, Workspace};

use crate::build::{part, unattested};
use crate::data;

/// The canonical form that fingerprints are taken of. It changes when an unchanged
/// report would get another one; marks of an earlier form then say so.
const VERSION: &str = "v1";

/// How many bytes of the digest are written. A fingerprint guards against a change that
/// nobody noticed: whoever means to deceive can write a new one, so it need not withstand
/// an attacker, and 80 bits are short enough to be read aloud and far too many for
/// chance.
const BYTES: usize = 10;

/// How a mark and its content stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// What is printed is what the mark was made for.
    Valid,
    /// It is something else now.
    Void,
    /// There is nothing to compare: the mark has no fingerprint, or the report has no
    /// such goal or section.
    Unbound,
}

/// Whether a mark still holds.
pub fn standing<'db>(
    db: &'db dyn Db,
    workspace: Workspace,
    document: Document<'db>,
    marked: &Marked<'db>,
) -> Standing {
    let Some(written) = &marked.mark.fingerprint else { return Standing::Unbound };
    match fingerprint(db, workspace, document, marked.subject.clone()) {
        Some(now) if now == written => Standing::Valid,
        Some(_) => Standing::Void,
        None => Standing::Unbound,
    }
}

/// True when the mark's fingerprint is of a form that this version does not make, so
/// that nobody can say whether the content has changed.
pub fn is_other_form(fingerprint: &str) -> bool {
    fingerprint.split_once(':').is_none_or(|(version, _)| version != VERSION)
}

/// The fingerprint of a report, or of a part of it: `v1:7f3a-91c2-0b1e-44d0-a1b2`.
/// `None` when it prints no such part.
#[salsa::tracked]
pub fn fingerprint<'db>(
    db: &'db dyn Db,
    workspace: Workspace,
    document: Document<'db>,
    subject: Subject,
) -> Option<String> {
    let value = match &subject {
        Subject::Report => of_report(&unattested(db, workspace, document).report),
        Subject::Goal(_) | Subject::Section(_) => {
            serde_json::to_value(part(db, workspace, document, &subject)?).ok()
        }
    }?;
    let mut digest = Sha256::new();
    write(&value, &mut digest);
    let digest = digest.finalize();
    let groups: Vec<String> = digest
        .chunks(2)
        .take(BYTES / 2)
        .map(|pair| pair.iter().map(|byte| format!("{byte:02x}")).collect())
        .collect();
    Some(format!("{VERSION}:{}", groups.join("-")))
}

/// What of a report a reader reads. The words of the page design, the mark of the phase
/// and the document's properties are not theirs to vouch for.
fn of_report(report: &data::Report) -> Option<Value> {
    let data::Report { metadata, front_page, appendices, body, footnotes, parts, .. } = report;
    let title = (&metadata.title, &metadata.author, &metadata.organisation);
    let parts: Vec<Value> =
        parts.iter().map(|part| of_report(&part.report)).collect::<Option<_>>()?;
    serde_json::to_value((title, front_page, appendices, body, footnotes, parts)).ok()
}

/// Properties of page data that no reader reads: where a text came from, where a
/// reference leads, and how the page is set.
const UNREAD: [&str; 9] = [
    "origin",
    "anchor",
    "width",
    "align",
    "landscape",
    "in_contents",
    "symbol",
    "tone",
    // The compiler's own words about a table, for those who do not see it.
    "description",
];

/// Properties of a chart that are made from the figures of its table, which is read
/// itself: a better drawing of the same figures voids nothing.
const DRAWN: [&str; 2] = ["picture", "alternative_text"];

/// Writes a value so that no two values are written alike. What is absent, false or
/// empty is left out, so that a new optional property changes no fingerprint.
fn write(value: &Value, out: &mut Sha256) {
    match value {
        Value::Null => out.update(b"0"),
        Value::Bool(true) => out.update(b"t"),
        Value::Bool(false) => out.update(b"f"),
        Value::Number(number) => text(b"n", &number.to_string(), out),
        Value::String(string) => text(b"s", string, out),
        Value::Array(items) => {
            out.update(b"[");
            for item in joined(items) {
                write(&item, out);
            }
            out.update(b"]");
        }
        Value::Object(map) => {
            out.update(b"{");
            // Sorted here: the order of the map is the library's.
            let mut entries: Vec<(&String, &Value)> = map.iter().collect();
            entries.sort_by_key(|(key, _)| *key);
            let is_chart = map.contains_key("table") && map.get("picture").is_some_and(is_drawing);
            for (key, value) in entries {
                let is_unread = UNREAD.contains(&key.as_str())
                    || is_chart && DRAWN.contains(&key.as_str())
                    || is_nothing(value);
                if !is_unread {
                    text(b"k", key, out);
                    write(value, out);
                }
            }
            out.update(b"}");
        }
    }
}

fn text(kind: &[u8], text: &str, out: &mut Sha256) {
    // How the source's lines were broken is not read either.
    let words: Vec<&str> = text.split([' ', '\n', '\r', '\t']).filter(|w| !w.is_empty()).collect();
    let text = words.join(" ");
    out.update(kind);
    out.update(u64::try_from(text.len()).unwrap_or(u64::MAX).to_le_bytes());
    out.update(text.as_bytes());
}

fn is_nothing(value: &Value) -> bool {
    matches!(value, Value::Null | Value::Bool(false)) || value.as_array().is_some_and(Vec::is_empty)
}

fn is_drawing(picture: &Value) -> bool {
    picture.get("kind").and_then(Value::as_str) == Some("drawing")
}

/// The items of a list, with texts that follow each other as one: where one ends is
/// where its source has an escape or a value. Page breaks are left out, and which pages
/// are turned on their side.
fn joined(items: &[Value]) -> Vec<Value> {
    let turned = |item: &Value| match item.get("kind").and_then(Value::as_str) {
        Some("turned") => item.get("content").and_then(Value::as_array).cloned(),
        _ => None,
    };
    let items = items.iter().flat_map(|item| turned(item).unwrap_or_else(|| vec![item.clone()]));
    let mut out: Vec<Value> = Vec::new();
    for item in items {
        let kind = item.get("kind").and_then(Value::as_str);
        if kind == Some("break") {
            continue;
        }
        // A column of words is of the kind "text" too, but has none.
        let more = item.get("text").and_then(Value::as_str).filter(|_| kind == Some("text"));
        let Some(more) = more else {
            out.push(item);
            continue;
        };
        match out.last_mut().and_then(|last| last.get_mut("text")) {
            Some(Value::String(before)) => before.push_str(more),
            _ => out.push(serde_json::json!({ "kind": "text", "text": more })),
        }
    }
    out
}
