//! The passages of declarations.

use trc_syntax::prose::Prose;

use crate::anchor::Anchor;
use crate::db::Db;
use crate::items::{Declaration, Passage};

/// A passage read as prose. Ranges are relative to the passage, so an edit above it
/// leaves this alone.
#[salsa::tracked]
pub fn prose<'db>(db: &'db dyn Db, declaration: Declaration<'db>, index: usize) -> Prose {
    match declaration.texts(db).get(index) {
        Some(Passage { text, indent, .. }) => trc_syntax::prose::parse(text, *indent),
        None => Prose::default(),
    }
}

/// Where a passage stands.
pub fn anchor<'db>(db: &'db dyn Db, declaration: Declaration<'db>, index: usize) -> Anchor {
    match declaration.texts(db).get(index) {
        Some(passage) => Anchor::part(db, declaration, passage.part),
        None => Anchor::head(db, declaration),
    }
}
