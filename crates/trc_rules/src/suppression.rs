//! `// trc: tillåt regel, skälet` on a line of its own: what a rule finds in the
//! declaration, field or row below is known, and here is why.

use std::sync::Arc;

use trc_base::diagnostic::Range;
use trc_base::suggest::nearest;
use trc_base::{Applicability, Location, Severity, Text, TextRange, TextSize, text};
use trc_model::anchor::{Place, Replacement};
use trc_model::db::parse;
use trc_model::{Anchor, Db, Finding, SourceFile};
use trc_syntax::Comment;

use crate::rule::Rule;
use crate::rules::{SUPPRESSION_MALFORMED, SUPPRESSION_UNUSED, find, rules};
use crate::settle::always_holds;

/// What a comment to the compiler begins with.
const MARK: &str = "trc:";

/// The one thing that can be said to it.
const ALLOW: &str = "tillåt";

/// A comment that allows something, or tries to.
pub struct Suppression {
    file: Arc<str>,
    comment: Comment,
    meant: Result<&'static Rule, Malformed>,
}

/// Why a comment allows nothing.
enum Malformed {
    /// Another word than `tillåt`.
    Unknown {
        word: String,
    },
    NoRule,
    UnknownRule {
        rule: String,
    },
    /// A rule that always holds.
    Refused {
        rule: &'static Rule,
    },
    NoReason {
        rule: &'static Rule,
    },
    /// Nothing stands below it, or something stands before it.
    AboutNothing,
}

impl Suppression {
    /// The rule that may find something, if the comment says which and why.
    pub fn rule(&self) -> Option<&'static Rule> {
        self.meant.as_ref().ok().copied()
    }

    /// True for a place within what the comment is about.
    pub fn covers(&self, place: &Location) -> bool {
        let Some(about) = self.comment.about.map(Range::from) else { return false };
        // What is missing of a document is said at its first line, whatever that is; a
        // comment above the document's own first line is about it.
        let first_line = self.comment.range.start() == 0.into() && place.range.start == 0;
        *place.file == *self.file
            && (first_line || (about.start <= place.range.start && place.range.start <= about.end))
    }
}

/// The comments of a file that speak to the compiler.
pub fn suppressions(db: &dyn Db, file: SourceFile) -> Vec<Suppression> {
    // Most files have none; they need not be walked through.
    if !file.text(db).contains(MARK) {
        return Vec::new();
    }
    let comments = parse(db, file).file().comments();
    let speaking = comments.filter_map(|comment| {
        let meant = read(comment.text.strip_prefix(MARK)?.trim_start(), comment.about.is_some());
        Some(Suppression { file: Arc::clone(file.path(db)), comment, meant })
    });
    speaking.collect()
}

fn read(text: &str, about_something: bool) -> Result<&'static Rule, Malformed> {
    let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
    if word != ALLOW {
        return Err(Malformed::Unknown { word: word.to_owned() });
    }
    let (rule, reason) = rest.split_once(',').unwrap_or((rest, ""));
    let rule = match rule.trim() {
        "" => return Err(Malformed::NoRule),
        rule => find(rule).ok_or_else(|| Malformed::UnknownRule { rule: rule.to_owned() })?,
    };
    if always_holds(rule.id) || rule.id == SUPPRESSION_UNUSED.id {
        return Err(Malformed::Refused { rule });
    }
    if reason.trim().is_empty() {
        return Err(Malformed::NoReason { rule });
    }
    if !about_something {
        return Err(Malformed::AboutNothing);
    }
    Ok(rule)
}

/// The comments of a file that were meant to allow something and do not.
pub fn malformed(db: &dyn Db, file: SourceFile) -> Vec<Finding> {
    let found = suppressions(db, file).into_iter().filter_map(|suppression| {
        let (message, help) = words(suppression.meant.as_ref().err()?);
        Some(Finding {
            anchor: Anchor { file, place: Place::Bytes(suppression.comment.range) },
            severity: Severity::Error,
            rule: SUPPRESSION_MALFORMED.id,
            message,
            help,
            related: Vec::new(),
            fix: None,
        })
    });
    found.collect()
}

fn words(malformed: &Malformed) -> (Text, Text) {
    let as_usual = text!(
        sv: "Skriv ”// trc: tillåt regelns-namn, skälet” på en egen rad ovanför.",
        en: "Write “// trc: tillåt rule-name, the reason” on a line of its own above it.",
    );
    match malformed {
        Malformed::Unknown { word } => (
            text!(
                sv: "Kommentaren talar till programmet, men ”{word}” är inget som det förstår.",
                en: "The comment speaks to the program, which does not understand “{word}”.",
            ),
            as_usual,
        ),
        Malformed::NoRule => (
            text!(
                sv: "Kommentaren säger inte vilken regel som tillåter något, så allt sägs som vanligt.",
                en: "The comment does not say which rule is meant, so everything is said as usual.",
            ),
            as_usual,
        ),
        Malformed::UnknownRule { rule } => {
            let help = match nearest(rule, rules().iter().map(|rule| rule.id)) {
                Some(near) => text!(sv: "Menade du ”{near}”?", en: "Did you mean “{near}”?"),
                None => text!(
                    sv: "Skriv namnet som det står inom hakparentes efter anmärkningen.",
                    en: "Write the name that stands in square brackets after the finding.",
                ),
            };
            let message = text!(
                sv: "Regeln ”{rule}” finns inte, så kommentaren tillåter ingenting.",
                en: "There is no rule “{rule}”, so the comment allows nothing.",
            );
            (message, help)
        }
        Malformed::Refused { rule } => {
            let id = rule.id;
            (
                text!(
                    sv: "Det som ”{id}” hittar kan inte tillåtas: det som inte går att läsa kommer inte med i rapporten.",
                    en: "What “{id}” finds cannot be allowed: what cannot be read is not in the report.",
                ),
                text!(sv: "Ta bort kommentaren, och rätta det den gäller.", en: "Remove the comment, and mend what it is about."),
            )
        }
        Malformed::NoReason { rule } => {
            let id = rule.id;
            (
                text!(
                    sv: "Kommentaren säger inte varför ”{id}” tillåts här, så nästa läsare kan inte veta om skälet finns kvar.",
                    en: "The comment does not say why “{id}” is allowed here, so the next reader cannot tell whether the reason still holds.",
                ),
                text!(
                    sv: "Skriv skälet efter ett komma: ”// trc: tillåt {id}, skälet”.",
                    en: "Write the reason after a comma: “// trc: tillåt {id}, the reason”.",
                ),
            )
        }
        Malformed::AboutNothing => (
            text!(
                sv: "Kommentaren gäller det som står under den, men där står ingenting som den kan gälla.",
                en: "The comment is about what stands below it, but nothing does that it could be about.",
            ),
            as_usual,
        ),
    }
}

/// What is said of a comment that allows what nobody found.
pub fn unused(
    db: &dyn Db,
    file: SourceFile,
    suppression: &Suppression,
    rule: &'static Rule,
) -> Finding {
    let id = rule.id;
    Finding {
        anchor: Anchor { file, place: Place::Bytes(suppression.comment.range) },
        severity: Severity::Warning,
        rule: SUPPRESSION_UNUSED.id,
        message: text!(
            sv: "”{id}” tillåts här, men regeln hittar ingenting. Kommentaren skulle dölja nästa fel av samma slag.",
            en: "“{id}” is allowed here, but the rule finds nothing. The comment would hide the next mistake of the kind.",
        ),
        help: text!(sv: "Ta bort kommentaren.", en: "Remove the comment."),
        related: Vec::new(),
        fix: line_of(db, file, suppression.comment.range).map(|(range, line)| Replacement {
            applicability: Applicability::Safe,
            anchor: Anchor { file, place: Place::Bytes(range) },
            old: line.to_owned(),
            new: String::new(),
        }),
    }
}

/// The line that a place stands in, with its line break.
fn line_of(db: &dyn Db, file: SourceFile, place: TextRange) -> Option<(TextRange, &str)> {
    let text = file.text(db);
    let start = text.get(..place.start().into())?.rfind('\n').map_or(0, |at| at.saturating_add(1));
    let rest = text.get(start..)?;
    let line = rest.find('\n').map_or(Some(rest), |at| rest.get(..=at))?;
    let range = TextRange::at(TextSize::try_from(start).ok()?, TextSize::of(line));
    Some((range, line))
}
