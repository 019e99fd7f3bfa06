//! The levels of a report type: what goals, indicators and activities have.

use std::collections::BTreeMap;

use super::columns::{column_names, has_table};
use super::condition::Condition;
use super::fault::{Fault, FaultKind, Words};
use super::list;
use super::merge::Merger;
use super::report_type::{Level, is_named_level};
use super::words::level_fields;
use crate::anchor::{Anchor, Part};
use crate::items::{Declaration, FieldValue};

impl<'db> Merger<'db> {
    /// Changes the levels there are.
    pub(super) fn levels(
        &mut self,
        levels: &mut BTreeMap<String, Level>,
        parent: Declaration<'db>,
    ) {
        for declaration in self.children_once(parent, "nivå") {
            let name = declaration.facts(self.db).name().to_owned();
            // Two levels of goals with names: nothing could tell which goal is of which.
            let other = levels.keys().find(|known| is_named_level(known) && **known != name);
            if let Some(first) = other.filter(|_| is_named_level(&name)) {
                let (name, first) = (name.clone(), first.clone());
                let kind = FaultKind::SecondNamedLevel { name, first };
                self.fault(declaration, Part::Name(0), kind);
                continue;
            }
            let mut level = levels.remove(&name).unwrap_or_default();
            self.level(&mut level, &name, declaration);
            levels.insert(name, level);
        }
    }

    fn level(&mut self, level: &mut Level, name: &str, declaration: Declaration<'db>) {
        let facts = declaration.facts(self.db);
        if let Some(title) = &facts.title {
            level.title.clone_from(title);
        }
        if let Some(words) = self.fields_in(declaration, "kräver", name) {
            level.requires = words;
        }
        if let Some(words) = self.fields_in(declaration, "får ha", name) {
            level.allows = words;
        }
        if let Some(words) = self.fields_in(declaration, "visar", name) {
            level.shows = words;
        }
        if let Some(words) = facts.line("kräver analys") {
            let conditions = list(words);
            level.analysis_when =
                conditions.iter().filter_map(|text| Condition::parse(text)).collect();
        }
        if let Some(text) = facts.line("utan status") {
            level.without_status = (text != "nej").then(|| text.to_owned());
        }
        if let Some(word) = facts.line("innehållsförteckning") {
            level.in_contents = Some(word == "ja");
        }
        if let Some(word) = facts.line("liggande") {
            level.landscape = Some(word == "ja");
        }
        if let Some(scale) = self.scale_in(declaration) {
            level.scale = Some(scale);
        }
        if has_table(name) {
            self.printed(&mut level.columns, declaration, "kolumn", name);
        }
        let of = if has_table(name) { name } else { "mål" };
        self.printed(&mut level.texts, declaration, "text", of);
        self.contradictions(declaration);
    }

    /// The fields that a field of a level lists; `inget` lists none.
    fn fields_in(
        &mut self,
        declaration: Declaration<'db>,
        field: &str,
        level: &str,
    ) -> Option<Vec<String>> {
        let (index, fact) = declaration.facts(self.db).field(field)?;
        let FieldValue::Line(line) = &fact.value else { return None };
        if line == "inget" {
            return Some(Vec::new());
        }
        let words = list(line);
        if has_table(level) && field == "visar" {
            let names: Vec<String> = words.iter().map(|word| word.replace(' ', "_")).collect();
            let known = column_names(level);
            return self.knows(declaration, index, &names, Words::Column, &known).then_some(words);
        }
        let known = level_fields(level);
        self.knows(declaration, index, &words, Words::Field, &known).then_some(words)
    }

    /// What one declaration says both ways. What an inherited one says is simply changed.
    fn contradictions(&mut self, declaration: Declaration<'db>) {
        let facts = declaration.facts(self.db);
        let lists = |field: &str, word: &str| {
            facts.line(field).is_some_and(|line| list(line).iter().any(|known| known == word))
        };
        if let (Some((index, _)), true) = (facts.field("utan status"), lists("kräver", "status")) {
            self.fault(declaration, Part::Field(index), FaultKind::StatusBothWays);
        }
        for child in declaration.children(self.db) {
            let column = child.facts(self.db);
            let name = column.name().replace('_', " ");
            let hides = column.keyword == "kolumn" && column.line("visas") == Some("nej");
            if hides && (lists("visar", &name) || lists("visar", column.name())) {
                let (index, _) = column.field("visas").unzip();
                let anchor = Anchor::part(self.db, *child, index.map_or(Part::Head, Part::Field));
                let related = facts
                    .field("visar")
                    .map(|(index, _)| Anchor::part(self.db, declaration, Part::Field(index)));
                let kind = FaultKind::ShownButHidden { column: column.name().to_owned() };
                self.out.faults.push(Fault { anchor, kind, related });
            }
        }
    }
}
