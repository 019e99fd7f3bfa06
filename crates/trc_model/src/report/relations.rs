//! Which documents belong to a document: those it follows, and last year's.

use super::words;
use crate::db::{Db, Workspace};
use crate::document::{Document, DocumentKey, Kind, documents, find};
use crate::organisation::organisation;

/// What a document follows: for a report the owner's plan, the plans above and the
/// budget; for a plan those above it. Nearest first.
pub fn chain<'db>(
    db: &'db dyn Db,
    workspace: Workspace,
    document: Document<'db>,
) -> Vec<Document<'db>> {
    let key = document.key(db);
    let organisation = organisation(db, workspace);
    let mut owners: Vec<String> =
        organisation.line(&key.owner).iter().map(|unit| unit.name.clone()).collect();
    if owners.is_empty() {
        owners.push(key.owner.clone());
    }
    let mut out = Vec::new();
    for owner in owners {
        for kind in [Kind::Plan, Kind::Budget] {
            let wanted = DocumentKey { kind, period: None, year: key.year, owner: owner.clone() };
            if wanted != *key {
                out.extend(find(db, workspace, &wanted));
            }
        }
    }
    out
}

/// The name of the period that closes the year.
pub fn closing_period(db: &dyn Db, workspace: Workspace, document: Document<'_>) -> Option<String> {
    let periods = words(db, workspace, document).periods.iter();
    let last = periods.filter(|period| !period.hidden).max_by_key(|period| period.ends)?;
    Some(last.name.clone())
}

/// Last year's closing report of the same owner: the one for the year's last period.
pub fn previous<'db>(
    db: &'db dyn Db,
    workspace: Workspace,
    document: Document<'db>,
) -> Option<Document<'db>> {
    let key = document.key(db);
    let wanted = DocumentKey {
        kind: Kind::Report,
        period: Some(closing_period(db, workspace, document)?),
        year: key.year.checked_sub(1)?,
        owner: key.owner.clone(),
    };
    find(db, workspace, &wanted)
}

/// The reports of a workspace, in order.
pub fn reports<'db>(db: &'db dyn Db, workspace: Workspace) -> Vec<Document<'db>> {
    documents(db, workspace)
        .keys()
        .filter(|key| key.kind == Kind::Report)
        .map(|key| Document::new(db, key.clone()))
        .collect()
}
