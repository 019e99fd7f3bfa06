//! Which type builds on which (`enligt`), without rings.

use std::collections::{BTreeMap, BTreeSet};

use super::Rank;
use super::fault::{Fault, FaultKind};
use super::merge::Said;
use crate::anchor::{Anchor, Part};
use crate::db::Db;
use crate::items::Declaration;

/// The types of one keyword, and what each builds on.
pub(super) struct Bases {
    of: BTreeMap<String, String>,
    /// Every name, a type after what it builds on.
    pub order: Vec<String>,
}

/// What a declaration builds on, and where it says so.
struct Claim<'db> {
    base: String,
    rank: Rank,
    declaration: Declaration<'db>,
}

impl Bases {
    /// Reads them. A claim that cannot be met gives way to the one before it.
    pub fn read<'db>(
        db: &'db dyn Db,
        keyword: &str,
        types: &BTreeMap<String, Vec<Said<'db>>>,
        faults: &mut Vec<Fault>,
    ) -> Bases {
        let mut claims: BTreeMap<String, Vec<Claim<'db>>> = BTreeMap::new();
        for (name, said) in types {
            let mut list = Vec::new();
            for Said { declaration, rank } in said {
                let Some(base) = declaration.facts(db).option("enligt") else { continue };
                if types.contains_key(base) {
                    let base = base.to_owned();
                    list.push(Claim { base, rank: *rank, declaration: *declaration });
                } else {
                    faults.push(Fault {
                        anchor: option(db, *declaration),
                        kind: FaultKind::NoBase {
                            keyword: keyword.to_owned(),
                            name: base.to_owned(),
                            known: types.keys().filter(|known| *known != name).cloned().collect(),
                        },
                        related: None,
                    });
                }
            }
            claims.insert(name.clone(), list);
        }
        loop {
            let rings = rings(&claims);
            if rings.is_empty() {
                break;
            }
            for ring in rings {
                // The claim that came last closed the ring.
                let rank = |name: &String| claims.get(name)?.last().map(|claim| claim.rank);
                let last = ring.iter().max_by_key(|name| (rank(name), (*name).clone())).cloned();
                let Some(claim) = last.and_then(|name| claims.get_mut(&name)?.pop()) else {
                    continue;
                };
                faults.push(Fault {
                    anchor: option(db, claim.declaration),
                    kind: FaultKind::Ring { keyword: keyword.to_owned(), names: ring },
                    related: None,
                });
            }
        }
        let of: BTreeMap<String, String> = claims
            .iter()
            .filter_map(|(name, claims)| Some((name.clone(), claims.last()?.base.clone())))
            .collect();
        let order = order(&of, types.keys());
        Bases { of, order }
    }

    /// What a type builds on.
    pub fn of(&self, name: &str) -> Option<&str> {
        self.of.get(name).map(String::as_str)
    }
}

fn option(db: &dyn Db, declaration: Declaration<'_>) -> Anchor {
    let options = &declaration.facts(db).options;
    let index = options.iter().position(|(word, _)| word == "enligt");
    Anchor::part(db, declaration, index.map_or(Part::Head, Part::Option))
}

/// Every ring. Each name builds on one other at most, so the rings have none in common.
fn rings(claims: &BTreeMap<String, Vec<Claim<'_>>>) -> Vec<Vec<String>> {
    let mut done: BTreeSet<&str> = BTreeSet::new();
    let mut out = Vec::new();
    for start in claims.keys() {
        let mut path: Vec<&str> = Vec::new();
        let mut on_path: BTreeSet<&str> = BTreeSet::new();
        let mut next = Some(start.as_str());
        while let Some(name) = next.filter(|name| !done.contains(name)) {
            if !on_path.insert(name) {
                let begin = path.iter().position(|known| *known == name).unwrap_or_default();
                out.push(path.iter().skip(begin).map(|name| (*name).to_owned()).collect());
                break;
            }
            path.push(name);
            next = claims.get(name).and_then(|claims| claims.last()).map(|it| it.base.as_str());
        }
        done.extend(path);
    }
    out
}

fn order<'a>(
    of: &'a BTreeMap<String, String>,
    names: impl Iterator<Item = &'a String>,
) -> Vec<String> {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut out = Vec::new();
    for name in names {
        let mut waiting = Vec::new();
        let mut next = Some(name.as_str());
        while let Some(name) = next.filter(|name| seen.insert(name)) {
            waiting.push(name.to_owned());
            next = of.get(name).map(String::as_str);
        }
        out.extend(waiting.into_iter().rev());
    }
    out
}
