//! The placeholders in titles of types: one that nothing fills would be printed as it is.

use super::fault::{FaultKind, Words};
use super::merge::{AllSaid, Merger};
use crate::anchor::Part;
use crate::items::Declaration;
use crate::placeholder::{OF_LEVEL, OF_TIME, PREVIOUS, Time, names};

impl<'db> Merger<'db> {
    /// Says which placeholders nothing fills.
    pub(super) fn placeholders(&mut self, said: &AllSaid<'db>) {
        for keyword in ["rapporttyp", "tabelltyp"] {
            for said in said.get(keyword).into_iter().flatten().flat_map(|(_, said)| said) {
                self.titles(said.declaration, None);
            }
        }
    }

    fn titles(&mut self, declaration: Declaration<'db>, parent: Option<&str>) {
        let facts = declaration.facts(self.db);
        let mut known: Vec<String> = OF_TIME.map(str::to_owned).to_vec();
        match (facts.keyword.as_str(), parent) {
            ("rapporttyp", _) => known.extend(self.out.unit_kinds.iter().cloned()),
            ("nivå", _) => known.extend(OF_LEVEL.map(str::to_owned)),
            ("kolumn", Some("nivå")) => known.push(PREVIOUS.to_owned()),
            _ => {}
        }
        let any_year = Time { year: 2000, period: None };
        let is_known =
            |name: &&str| known.iter().any(|known| known == name) || any_year.value(name).is_some();
        let title = facts.title.as_deref().unwrap_or_default();
        if let Some(word) = names(title).into_iter().find(|name| !is_known(name)) {
            let word = word.to_owned();
            let kind = FaultKind::UnknownWord { word, what: Words::Placeholder, known };
            self.fault(declaration, Part::Title, kind);
        }
        for child in declaration.children(self.db) {
            self.titles(*child, Some(&facts.keyword));
        }
    }
}
