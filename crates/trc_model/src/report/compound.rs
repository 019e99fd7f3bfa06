//! A report that is put together of others (`ingår: vuxenenheten, familjeenheten`).

use trc_syntax::ast::Spanned;
use trc_syntax::value;

use crate::db::{Db, Workspace};
use crate::document::{Contents, Document, DocumentKey, contents, find};
use crate::organisation::organisation;

/// Why a name in `ingår` brings no part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NoPart {
    /// The organisation has no such unit.
    UnknownUnit,
    /// The report itself.
    Itself,
    /// It stands in the list already.
    Twice,
    /// The unit has no report of the period.
    NoReport,
    /// The unit's report is put together of others, or has figures only.
    NotWhole,
}

/// The parts that a report names, in order, each as written with its range in the line:
/// the report of the unit for the same period, or why there is none.
pub fn parts<'db>(
    db: &'db dyn Db,
    workspace: Workspace,
    document: Document<'db>,
    own: &Contents<'db>,
) -> Vec<(Spanned, Result<Document<'db>, NoPart>)> {
    let Some(line) = own.line(db, "ingår") else { return Vec::new() };
    let key = document.key(db);
    let units = &organisation(db, workspace).units;
    let mut out: Vec<(Spanned, Result<Document<'db>, NoPart>)> = Vec::new();
    for name in value::list(line) {
        let wanted = DocumentKey { owner: name.text.clone(), ..key.clone() };
        let found = find(db, workspace, &wanted);
        let is_whole = |part: Document<'db>| {
            let contents = contents(db, workspace, part);
            contents.line(db, "ingår").is_none() && contents.line(db, "omfattning").is_none()
        };
        let part = match found {
            _ if wanted == *key => Err(NoPart::Itself),
            _ if out.iter().any(|(known, _)| known.text == name.text) => Err(NoPart::Twice),
            None if !units.is_empty() && !units.contains_key(&name.text) => {
                Err(NoPart::UnknownUnit)
            }
            None => Err(NoPart::NoReport),
            Some(part) if !is_whole(part) => Err(NoPart::NotWhole),
            Some(part) => Ok(part),
        };
        out.push((name, part));
    }
    out
}
