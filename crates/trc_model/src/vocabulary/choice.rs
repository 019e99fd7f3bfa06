//! Which report type holds for a report.

use std::collections::BTreeMap;

use super::Vocabulary;
use super::fault::{Fault, FaultKind};
use super::report_type::ReportType;
use crate::anchor::{Anchor, Part};
use crate::db::Db;
use crate::items::Declaration;

impl<'db> Vocabulary<'db> {
    /// Chooses a type for every period and kind of unit: the one that the nearest document
    /// of types declares. Where two of one document hold for the same reports, the nearest
    /// that stands alone stays in force.
    pub(super) fn choose(&mut self, db: &'db dyn Db) {
        let mut wanted: BTreeMap<(&str, &str), Vec<&ReportType<'db>>> = BTreeMap::new();
        for report_type in self.report_types.values() {
            for period in &report_type.periods {
                for kind in &report_type.unit_kinds {
                    let of = wanted.entry((period.as_str(), kind.as_str())).or_default();
                    of.push(report_type);
                }
            }
        }
        let mut choices = BTreeMap::new();
        let mut faults: Vec<Fault> = Vec::new();
        for ((period, kind), mut types) in wanted {
            types.sort_by(|a, b| b.rank.cmp(&a.rank).then_with(|| a.name.cmp(&b.name)));
            let alone = |one: &&&ReportType<'db>| {
                types.iter().filter(|other| other.rank == one.rank).count() == 1
            };
            let chosen = types.iter().find(alone).or(types.first());
            choices
                .extend(chosen.map(|it| ((period.to_owned(), kind.to_owned()), it.name.clone())));
            if let [first, second, ..] = types.as_slice()
                && first.rank == second.rank
            {
                faults.push(Fault {
                    anchor: holds_for(db, self, second),
                    kind: FaultKind::Tie {
                        names: [first.name.clone(), second.name.clone()],
                        period: period.to_owned(),
                        unit_kind: kind.to_owned(),
                    },
                    related: Some(holds_for(db, self, first)),
                });
            }
        }
        self.choices = choices;
        self.faults.extend(faults);
    }

    /// What is wrong when two types are equally specific for a report.
    pub fn tie(&self, period: &str, unit_kind: &str) -> Option<&Fault> {
        self.faults.iter().find(|fault| {
            matches!(&fault.kind, FaultKind::Tie { period: p, unit_kind: k, .. }
                if p == period && k == unit_kind)
        })
    }
}

/// Where a type last says when it holds.
fn holds_for(db: &dyn Db, words: &Vocabulary<'_>, report_type: &ReportType<'_>) -> Anchor {
    let key = ("rapporttyp".to_owned(), report_type.name.clone());
    let field = |declaration: &Declaration<'_>| Some(declaration.facts(db).field("gäller")?.0);
    let places = words.places.get(&key).into_iter().flatten().rev();
    let mut found = places.filter_map(|declaration| Some((*declaration, field(declaration)?)));
    match found.next() {
        Some((declaration, index)) => Anchor::part(db, declaration, Part::Field(index)),
        None => Anchor::head(db, report_type.declaration),
    }
}
