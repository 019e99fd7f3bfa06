//! What a place in the source is about, in words that stay when lines move: its
//! document, its declaration and the field or row in it.
//!
//! A finding that is compared with one of another day, in a baseline or by a CI
//! service, is named by its subject. A line number would make every finding below an
//! edit a new one.

use std::fmt;

use trc_base::TextSize;
use trc_base::diagnostic::Range;

use crate::db::{Db, SourceFile};
use crate::document::document_of;
use crate::items::{Declaration, Key, items, ranges};

/// What a place is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Subject {
    /// The document as its first line names it, or the file's path if it has none. Not
    /// the file: where in a document something stands carries no meaning.
    pub document: String,
    /// The heads on the way to the declaration: `mål 1.2 / indikator barn_per_grupp`.
    pub declaration: String,
    /// The field's name, or the first cell of the row; empty for the declaration itself.
    pub part: String,
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.document)?;
        for part in [&self.declaration, &self.part].into_iter().filter(|part| !part.is_empty()) {
            write!(f, " / {part}")?;
        }
        Ok(())
    }
}

/// What a place of a file is about.
pub fn subject(db: &dyn Db, file: SourceFile, place: Range) -> Subject {
    let document = match document_of(db, file) {
        Some(key) => key.to_string(),
        None => file.path(db).to_string(),
    };
    let ranges = ranges(db, file);
    let at = TextSize::new(place.start);
    let Some((key, _)) = ranges.at(at) else {
        return Subject { document, ..Subject::default() };
    };
    let root = items(db, file).root;
    let part = find(db, root, key).and_then(|declaration| {
        let facts = declaration.facts(db);
        if let Some(field) = ranges.field_at(key, at) {
            return facts.fields.get(field).map(|field| field.name.clone());
        }
        let row = ranges.row_at(key, at)?;
        facts.rows.get(row)?.first().cloned()
    });
    let (declaration, part) = (key.as_str().to_owned(), part.unwrap_or_default());
    Subject { document, declaration, part }
}

fn find<'db>(db: &'db dyn Db, root: Declaration<'db>, key: &Key) -> Option<Declaration<'db>> {
    let mut open = vec![root];
    while let Some(declaration) = open.pop() {
        if declaration.key(db) == key {
            return Some(declaration);
        }
        open.extend_from_slice(declaration.children(db));
    }
    None
}
