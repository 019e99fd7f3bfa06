//! Which documents of types hold for an owner and a year, and in which order.

use super::Scope;
use super::built_in::BUILT_IN_OWNER;
use crate::db::{Db, Workspace};
use crate::document::{Document, DocumentKey, Kind, contents, documents};
use crate::items::Declaration;
use crate::organisation::organisation;

/// How near a document of types is to the owner and the year that are asked for: what is
/// built in, then the city's, then each lower unit's; and of each the later year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Rank {
    /// 0 for what is built in, 1 for the uppermost unit, and so on.
    pub owner: usize,
    pub year: u16,
}

/// A document of types: its files, and how near it is.
pub(super) struct Layer<'db> {
    pub rank: Rank,
    pub roots: Vec<Declaration<'db>>,
}

impl Layer<'_> {
    /// Whether something of the keyword is declared in it.
    fn declares(&self, db: &dyn Db, keyword: &str) -> bool {
        let mut all = self.roots.iter().flat_map(|root| root.children(db));
        all.any(|declaration| declaration.facts(db).keyword == keyword)
    }
}

/// The documents of types that hold, the nearest last.
pub(super) fn layers<'db>(
    db: &'db dyn Db,
    workspace: Workspace,
    scope: Scope<'db>,
) -> Vec<Layer<'db>> {
    let organisation = organisation(db, workspace);
    let owner = scope.owner(db);
    let mut line: Vec<&str> =
        organisation.line(owner).iter().map(|unit| unit.name.as_str()).collect();
    // An owner that no organisation declares has nothing of a city's own.
    let root = if line.is_empty() { BUILT_IN_OWNER } else { line.last().copied().unwrap_or(owner) };
    if line.is_empty() {
        line.push(owner);
    }
    let mut out = Vec::new();
    let own = of_owner(db, workspace, root, false, 1, scope);
    // A city that divides its year itself has words of its own, and none of Stockholm's.
    if root == BUILT_IN_OWNER || !own.iter().any(|layer| layer.declares(db, "period")) {
        out.extend(of_owner(db, workspace, BUILT_IN_OWNER, true, 0, scope));
    }
    for (above, owner) in line.iter().rev().enumerate() {
        out.extend(of_owner(db, workspace, owner, false, above.saturating_add(1), scope));
    }
    out
}

fn of_owner<'db>(
    db: &'db dyn Db,
    workspace: Workspace,
    owner: &str,
    built_in: bool,
    depth: usize,
    scope: Scope<'db>,
) -> Vec<Layer<'db>> {
    years(db, workspace, owner, built_in, scope)
        .into_iter()
        .map(|key| {
            let rank = Rank { owner: depth, year: key.year };
            let contents = contents(db, workspace, Document::new(db, key));
            let roots = contents.roots.iter().copied();
            let roots = roots.filter(|root| root.file(db).is_built_in(db) == built_in).collect();
            Layer { rank, roots }
        })
        .collect()
}

/// The documents of an owner up to the year, in order. Before the first year there is,
/// the first serves.
fn years(
    db: &dyn Db,
    workspace: Workspace,
    owner: &str,
    built_in: bool,
    scope: Scope<'_>,
) -> Vec<DocumentKey> {
    let mut all: Vec<&DocumentKey> = documents(db, workspace)
        .iter()
        .filter(|(key, files)| {
            key.kind == Kind::Types
                && key.owner == owner
                && files.iter().any(|file| file.is_built_in(db) == built_in)
        })
        .map(|(key, _)| key)
        .collect();
    all.sort_by_key(|key| key.year);
    let upto = all.iter().filter(|key| key.year <= *scope.year(db)).count();
    all.truncate(upto.max(1));
    all.into_iter().cloned().collect()
}
