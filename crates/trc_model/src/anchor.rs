//! Places in the source that survive an edit elsewhere, and findings at them.
//!
//! A finding names its place by declaration and part, with a range relative to
//! that part. Only [`Finding::resolve`] turns it into bytes of a file. If findings
//! held bytes, every keystroke would move all that follow and check the world again.

use std::sync::Arc;

use trc_base::diagnostic::Range;
use trc_base::{
    Applicability, Diagnostic, Fix, Location, Related, Severity, Text, TextRange, TextSize,
};

use crate::db::{Db, SourceFile};
use crate::items::{Declaration, Key, ranges};

/// A place in the source.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Anchor {
    pub file: SourceFile,
    pub place: Place,
}

/// Where in a file.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Place {
    /// The file's first line.
    Start,
    /// Bytes of the file: for mistakes in the shape, which no declaration holds.
    Bytes(TextRange),
    /// A part of a declaration.
    In { key: Key, part: Part, range: Option<TextRange> },
}

/// A part of a declaration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Keyword, names and title: the line a reader recognises it by.
    Head,
    Keyword,
    Name(usize),
    Title,
    Option(usize),
    Formula,
    /// Its own text: `avsnitt x: text`.
    Text,
    FieldName(usize),
    Field(usize),
    Row(usize),
    Cell(usize, usize),
    Footnote(usize),
}

impl Anchor {
    /// The first line of a file.
    pub fn start(file: SourceFile) -> Anchor {
        Anchor { file, place: Place::Start }
    }

    /// A part of a declaration.
    pub fn part(db: &dyn Db, declaration: Declaration<'_>, part: Part) -> Anchor {
        let key = declaration.key(db).clone();
        Anchor { file: declaration.file(db), place: Place::In { key, part, range: None } }
    }

    /// The head of a declaration.
    pub fn head(db: &dyn Db, declaration: Declaration<'_>) -> Anchor {
        Anchor::part(db, declaration, Part::Head)
    }

    /// A narrower place: a range relative to the beginning of this one.
    #[must_use]
    pub fn within(mut self, inner: TextRange) -> Anchor {
        if let Place::In { range, .. } = &mut self.place {
            *range = Some(match *range {
                Some(outer) => inner + outer.start(),
                None => inner,
            });
        }
        self
    }

    /// The bytes of the file that the anchor names now.
    pub fn resolve(&self, db: &dyn Db) -> Location {
        let range = match &self.place {
            Place::Start => {
                let end = self.file.text(db).find(['\r', '\n']);
                let end = end.unwrap_or(self.file.text(db).len());
                TextRange::up_to(TextSize::try_from(end).unwrap_or_default())
            }
            Place::Bytes(range) => *range,
            Place::In { key, part, range } => {
                let whole = ranges(db, self.file).part(key, *part);
                match range {
                    Some(inner) => {
                        let moved = *inner + whole.start();
                        if moved.end() <= TextSize::of(self.file.text(db).as_str()) {
                            moved
                        } else {
                            whole
                        }
                    }
                    None => whole,
                }
            }
        };
        Location { file: Arc::clone(self.file.path(db)), range: Range::from(range) }
    }
}

/// One finding, at a place that survives edits elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub anchor: Anchor,
    pub severity: Severity,
    pub rule: &'static str,
    pub message: Text,
    pub help: Text,
    pub related: Vec<(Anchor, Text)>,
    pub fix: Option<Replacement>,
}

impl Finding {
    /// The finding as a diagnostic at bytes of a file.
    pub fn resolve(&self, db: &dyn Db) -> Diagnostic {
        let related = self.related.iter().map(|(anchor, message)| Related {
            location: anchor.resolve(db),
            message: message.clone(),
        });
        Diagnostic {
            location: self.anchor.resolve(db),
            severity: self.severity,
            rule: self.rule,
            message: self.message.clone(),
            help: self.help.clone(),
            related: related.collect(),
            fix: self.fix.as_ref().and_then(|fix| fix.resolve(db)),
        }
    }
}

/// A way to mend a finding, at a place that survives edits elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replacement {
    pub applicability: Applicability,
    /// Where the old text stands, perhaps with more around it.
    pub anchor: Anchor,
    pub old: String,
    pub new: String,
}

impl Replacement {
    /// The fix at bytes of the file. Nothing unless the old text stands in its place
    /// exactly once: what is not as the rule read it is not for a program to change.
    fn resolve(&self, db: &dyn Db) -> Option<Fix> {
        let place = self.anchor.resolve(db);
        let whole = self.anchor.file.text(db);
        let at = usize::try_from(place.range.start).ok()?..usize::try_from(place.range.end).ok()?;
        let mut found = whole.get(at)?.match_indices(self.old.as_str());
        let (Some((offset, _)), None) = (found.next(), found.next()) else { return None };
        let start = place.range.start.checked_add(u32::try_from(offset).ok()?)?;
        let end = start.checked_add(u32::try_from(self.old.len()).ok()?)?;
        Some(Fix {
            applicability: self.applicability,
            location: Location { file: place.file, range: Range { start, end } },
            text: self.new.clone(),
        })
    }
}
