//! What a document says in a field of a goal, an indicator or an activity.

use crate::anchor::{Anchor, Part};
use crate::db::Db;
use crate::document::Mention;
use crate::items::{Declaration, FieldFact, FieldValue};

/// A field of something that is followed up, and where it stands.
#[derive(Debug, Clone, Copy)]
pub struct Said<'db> {
    pub declaration: Declaration<'db>,
    pub index: usize,
    pub field: &'db FieldFact,
}

impl<'db> Said<'db> {
    /// The line, unless the field is prose or a formula.
    pub fn line(&self) -> Option<&'db str> {
        match &self.field.value {
            FieldValue::Line(line) => Some(line),
            _ => None,
        }
    }

    /// True when there is something to read.
    pub fn has_text(&self) -> bool {
        match &self.field.value {
            FieldValue::Line(line) | FieldValue::Formula(line) => !line.is_empty(),
            FieldValue::Prose(slot) => !slot.is_blank,
        }
    }

    /// Where the value stands.
    pub fn anchor(&self, db: &dyn Db) -> Anchor {
        Anchor::part(db, self.declaration, Part::Field(self.index))
    }
}

/// The first field of the given name among several mentions.
pub fn said<'db>(db: &'db dyn Db, mentions: &[Mention<'db>], name: &str) -> Option<Said<'db>> {
    mentions.iter().find_map(|mention| {
        let (index, field) = mention.declaration.facts(db).field(name)?;
        Some(Said { declaration: mention.declaration, index, field })
    })
}
