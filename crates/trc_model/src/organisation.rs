//! The organisation: who is part of whom.

use std::collections::{BTreeMap, BTreeSet};

use trc_base::Date;

use crate::db::{Db, Workspace};
use crate::document::{Kind, documents};
use crate::items::{Declaration, items};
use crate::vocabulary::list;

/// A unit of an organisation, of whatever kind.
#[derive(Debug, Clone, PartialEq, Eq, Hash, salsa::SalsaValue)]
pub struct Unit<'db> {
    /// `organisation`, `nämnd`, `avdelning`, `enhet`.
    pub kind: String,
    pub name: String,
    pub title: String,
    pub parent: Option<String>,
    /// What it does for others to name it by (`roll: myndighetsutövning`).
    pub roles: Vec<String>,
    /// The days on which it began and ended.
    pub from: Option<Date>,
    pub to: Option<Date>,
    /// The units that it was formed of (`ersätter`).
    pub replaces: Vec<String>,
    pub declaration: Declaration<'db>,
}

/// Every unit by name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, salsa::SalsaValue)]
pub struct Organisation<'db> {
    pub units: BTreeMap<String, Unit<'db>>,
    /// Units declared again under a name that is taken.
    pub repeated: Vec<Unit<'db>>,
}

impl<'db> Organisation<'db> {
    /// The unit and those above it, lowest first. A name that no organisation
    /// declares stands alone.
    pub fn line(&self, name: &str) -> Vec<&Unit<'db>> {
        let mut line: Vec<&Unit<'db>> = Vec::new();
        let mut next = Some(name);
        while let Some(unit) = next.and_then(|name| self.units.get(name)) {
            if line.iter().any(|seen| seen.name == unit.name) {
                break;
            }
            next = unit.parent.as_deref();
            line.push(unit);
        }
        line
    }

    /// The units under a unit, at any depth, in order of name.
    pub fn below<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Unit<'db>> {
        self.units.values().filter(move |unit| {
            unit.name != name && self.line(&unit.name).iter().any(|above| above.name == name)
        })
    }

    /// What `gäller` can say to mean a unit: the names and roles of the unit, of those
    /// above it, and of those under it, for which it answers.
    pub fn answers_to<'a>(&'a self, name: &'a str) -> BTreeSet<&'a str> {
        self.line(name)
            .into_iter()
            .chain(self.below(name))
            .flat_map(|unit| unit.roles.iter().chain([&unit.name]))
            .map(String::as_str)
            .chain([name])
            .collect()
    }
}

/// The organisation of a workspace.
#[salsa::tracked]
pub fn organisation<'db>(db: &'db dyn Db, workspace: Workspace) -> Organisation<'db> {
    let mut out = Organisation::default();
    for (key, files) in documents(db, workspace) {
        if key.kind == Kind::Organisation {
            for file in files {
                collect(db, &mut out, items(db, *file).root, None);
            }
        }
    }
    out
}

fn collect<'db>(
    db: &'db dyn Db,
    out: &mut Organisation<'db>,
    parent: Declaration<'db>,
    parent_name: Option<&str>,
) {
    for declaration in parent.children(db) {
        let facts = declaration.facts(db);
        if facts.name().is_empty() {
            continue;
        }
        let unit = Unit {
            kind: facts.keyword.clone(),
            name: facts.name().to_owned(),
            title: facts.title.clone().unwrap_or_else(|| facts.name().to_owned()),
            parent: parent_name.map(str::to_owned),
            roles: facts.line("roll").map(list).unwrap_or_default(),
            from: facts.line("från").and_then(Date::parse),
            to: facts.line("till").and_then(Date::parse),
            replaces: facts.line("ersätter").map(list).unwrap_or_default(),
            declaration: *declaration,
        };
        collect(db, out, *declaration, Some(facts.name()));
        if out.units.contains_key(&unit.name) {
            out.repeated.push(unit);
        } else {
            out.units.insert(unit.name.clone(), unit);
        }
    }
}
