//! What is in force when everything that is said of each type is put together, the
//! nearest last: a declaration changes what it names and leaves the rest as it was.

use std::collections::{BTreeMap, BTreeSet};

use super::bases::Bases;
use super::fault::{Fault, FaultKind, Words};
use super::layers::{Layer, Rank};
use super::period::{Period, month_and_day};
use super::scale::{SCALE_COLUMNS, SYMBOLS, Scale, TONES};
use super::{Printed, TableType, Vocabulary, list, words};
use crate::anchor::{Anchor, Part};
use crate::db::Db;
use crate::items::{Declaration, Facts, FieldValue};
use crate::table::{merge as merge_shapes, shape};

/// A declaration of something, and how near it is.
#[derive(Clone, Copy)]
pub(super) struct Said<'db> {
    pub declaration: Declaration<'db>,
    pub rank: Rank,
}

/// Everything that is said of types, by keyword and name, the nearest last.
pub(super) type AllSaid<'db> = BTreeMap<String, BTreeMap<String, Vec<Said<'db>>>>;

/// Puts the layers together.
pub(super) fn merge<'db>(db: &'db dyn Db, layers: &[Layer<'db>]) -> Vocabulary<'db> {
    let mut merger = Merger { db, out: Vocabulary::default() };
    let mut said: AllSaid<'db> = BTreeMap::new();
    for layer in layers {
        for root in &layer.roots {
            if let Some(kinds) = root.facts(db).line("enhetsslag") {
                merger.out.unit_kinds = list(kinds);
            }
            for declaration in root.children(db) {
                let facts = declaration.facts(db);
                let of_keyword = said.entry(facts.keyword.clone()).or_default();
                let of_name = of_keyword.entry(facts.name().to_owned()).or_default();
                of_name.push(Said { declaration: *declaration, rank: layer.rank });
            }
        }
    }
    merger.periods(&said);
    merger.texts(&said);
    merger.scales(&said);
    merger.table_types(&said);
    merger.report_types(&said);
    merger.placeholders(&said);
    for keyword in ["rapporttyp", "tabelltyp", "skala", "period"] {
        for (name, said) in said.get(keyword).into_iter().flatten() {
            let places = said.iter().map(|said| said.declaration).collect();
            merger.out.places.insert((keyword.to_owned(), name.clone()), places);
        }
    }
    merger.out.choose(db);
    merger.out
}

pub(super) struct Merger<'db> {
    pub db: &'db dyn Db,
    pub out: Vocabulary<'db>,
}

impl<'db> Merger<'db> {
    pub fn fault(&mut self, declaration: Declaration<'db>, part: Part, kind: FaultKind) {
        let anchor = Anchor::part(self.db, declaration, part);
        self.out.faults.push(Fault { anchor, kind, related: None });
    }

    /// Says so when the words of a field are not among those there are. True when all are.
    pub fn knows(
        &mut self,
        declaration: Declaration<'db>,
        field: usize,
        given: &[String],
        what: Words,
        known: &[String],
    ) -> bool {
        let unknown = given.iter().find(|word| !known.contains(word));
        if let Some(word) = unknown {
            let (word, known) = (word.clone(), known.to_vec());
            let kind = FaultKind::UnknownWord { word, what, known };
            self.fault(declaration, Part::Field(field), kind);
        }
        unknown.is_none()
    }

    /// The children of a keyword. One that stands twice is read once, and said.
    pub fn children_once(
        &mut self,
        parent: Declaration<'db>,
        keyword: &str,
    ) -> Vec<Declaration<'db>> {
        let mut seen: BTreeMap<&str, Declaration<'db>> = BTreeMap::new();
        let mut out = Vec::new();
        for child in parent.children(self.db) {
            let facts = child.facts(self.db);
            if facts.keyword != keyword || facts.name().is_empty() {
                continue;
            }
            match seen.get(facts.name()) {
                Some(first) => self.twice(*child, *first),
                None => {
                    seen.insert(facts.name(), *child);
                    out.push(*child);
                }
            }
        }
        out
    }

    pub fn twice(&mut self, again: Declaration<'db>, first: Declaration<'db>) {
        let facts = again.facts(self.db);
        let (keyword, name) = (facts.keyword.clone(), facts.name().to_owned());
        self.out.faults.push(Fault {
            anchor: Anchor::part(self.db, again, Part::Name(0)),
            kind: FaultKind::Twice { keyword, name },
            related: Some(Anchor::part(self.db, first, Part::Name(0))),
        });
    }

    /// The scale that a field names, when there is one.
    pub fn scale_in(&mut self, declaration: Declaration<'db>) -> Option<String> {
        let (index, field) = declaration.facts(self.db).field("bedöms enligt")?;
        let FieldValue::Line(name) = &field.value else { return None };
        let known: Vec<String> = self.out.scales.keys().cloned().collect();
        let given = std::slice::from_ref(name);
        self.knows(declaration, index, given, Words::Scale, &known).then(|| name.clone())
    }

    /// Whether a declaration has something to begin with: a title, or what it continues.
    pub fn begins(
        &mut self,
        said: &Said<'db>,
        is_known: bool,
        types: &BTreeMap<String, Vec<Said<'db>>>,
    ) -> bool {
        let facts = said.declaration.facts(self.db);
        if is_known || facts.title.is_some() {
            return true;
        }
        // Of a base that is not there something is said already.
        if facts.option("enligt").is_none() {
            let (keyword, name) = (facts.keyword.clone(), facts.name().to_owned());
            let known = types.keys().filter(|known| **known != name).cloned().collect();
            let kind = FaultKind::NothingToContinue { keyword, name, known };
            self.fault(said.declaration, Part::Name(0), kind);
        }
        false
    }

    fn periods(&mut self, said: &AllSaid<'db>) {
        let Some(periods) = said.get("period") else { return };
        for (name, list) in periods {
            let mut period: Option<Period> = None;
            for said in list {
                if !self.begins(said, period.is_some(), periods) {
                    continue;
                }
                let facts = said.declaration.facts(self.db);
                if let Some((index, field)) = facts.field("slutar")
                    && let FieldValue::Line(line) = &field.value
                    && month_and_day(line).is_none()
                {
                    let kind = FaultKind::NoDay { text: line.clone() };
                    self.fault(said.declaration, Part::Field(index), kind);
                }
                period.get_or_insert_with(|| Period::new(name)).apply(facts);
            }
            self.out.periods.extend(period);
        }
        self.out.periods.sort_by(|a, b| (a.ends, &a.name).cmp(&(b.ends, &b.name)));
    }

    /// The words of the page that are declared.
    fn texts(&mut self, said: &AllSaid<'db>) {
        let known: Vec<String> =
            words::PRINTED.iter().map(|(name, _)| (*name).to_owned()).collect();
        for (name, list) in said.get("text").into_iter().flatten() {
            for Said { declaration, .. } in list {
                if known.contains(name) {
                    let title = declaration.facts(self.db).title.clone();
                    self.out.texts.extend(title.map(|title| (name.clone(), title)));
                } else {
                    let (word, known) = (name.clone(), known.clone());
                    let kind = FaultKind::UnknownWord { word, what: Words::Printed, known };
                    self.fault(*declaration, Part::Name(0), kind);
                }
            }
        }
    }

    fn scales(&mut self, said: &AllSaid<'db>) {
        let Some(scales) = said.get("skala") else { return };
        let bases = Bases::read(self.db, "skala", scales, &mut self.out.faults);
        for name in &bases.order {
            let base = bases.of(name).map(str::to_owned);
            let mut scale = base.as_ref().and_then(|base| self.out.scales.get(base)).cloned();
            for said in scales.get(name).into_iter().flatten() {
                if !self.begins(said, scale.is_some(), scales) {
                    continue;
                }
                self.check_scale(said.declaration);
                let scale = scale.get_or_insert_with(Scale::default);
                scale.apply(said.declaration.facts(self.db));
                scale.name.clone_from(name);
                scale.base.clone_from(&base);
            }
            self.out.scales.extend(scale.map(|scale| (name.clone(), scale)));
        }
    }

    fn check_scale(&mut self, declaration: Declaration<'db>) {
        let facts: &Facts = declaration.facts(self.db);
        let Some((head, rows)) = facts.rows.split_first() else { return };
        for (cell, name) in head.iter().enumerate() {
            if !SCALE_COLUMNS.contains(&name.as_str()) {
                self.unknown_cell(declaration, (0, cell), name, Words::ScaleColumn, SCALE_COLUMNS);
            }
        }
        let mut seen = BTreeSet::new();
        for (index, row) in rows.iter().enumerate() {
            let index = index.saturating_add(1);
            for (cell, (column, word)) in head.iter().zip(row).enumerate() {
                let at = (index, cell);
                match column.as_str() {
                    "ord" if !seen.insert(word) => {
                        let (keyword, name) = ("ord".to_owned(), word.clone());
                        let kind = FaultKind::Twice { keyword, name };
                        self.fault(declaration, Part::Cell(index, cell), kind);
                    }
                    "tecken" if !word.is_empty() && !SYMBOLS.contains(&word.as_str()) => {
                        self.unknown_cell(declaration, at, word, Words::Symbol, SYMBOLS);
                    }
                    "ton" if !word.is_empty() && !TONES.contains(&word.as_str()) => {
                        self.unknown_cell(declaration, at, word, Words::Tone, TONES);
                    }
                    _ => {}
                }
            }
        }
    }

    fn unknown_cell(
        &mut self,
        declaration: Declaration<'db>,
        (row, cell): (usize, usize),
        word: &str,
        what: Words,
        known: &[&str],
    ) {
        let known = known.iter().map(|word| (*word).to_owned()).collect();
        let kind = FaultKind::UnknownWord { word: word.to_owned(), what, known };
        self.fault(declaration, Part::Cell(row, cell), kind);
    }

    fn table_types(&mut self, said: &AllSaid<'db>) {
        let Some(types) = said.get("tabelltyp") else { return };
        let bases = Bases::read(self.db, "tabelltyp", types, &mut self.out.faults);
        for name in &bases.order {
            let base = bases.of(name).map(str::to_owned);
            let mut known: Option<TableType<'db>> =
                base.as_ref().and_then(|base| self.out.table_types.get(base)).cloned();
            for said in types.get(name).into_iter().flatten() {
                if !self.begins(said, known.is_some(), types) {
                    continue;
                }
                let declaration = said.declaration;
                for keyword in ["kolumn", "rad"] {
                    self.children_once(declaration, keyword);
                }
                let own = shape(self.db, declaration);
                let shape = match known {
                    Some(known) => merge_shapes(own, &known.shape),
                    None => own,
                };
                known = Some(TableType { shape, base: base.clone(), declaration });
            }
            self.out.table_types.extend(known.map(|known| (name.clone(), known)));
        }
    }

    /// Columns or texts of a declaration, with their headings. `of` is the level or the
    /// keyword whose fields they are.
    pub fn printed(
        &mut self,
        out: &mut Vec<Printed>,
        declaration: Declaration<'db>,
        keyword: &str,
        of: &str,
    ) {
        for child in self.children_once(declaration, keyword) {
            let facts = child.facts(self.db);
            let name = facts.name();
            let known = words::printed_names(keyword, of);
            if !known.iter().any(|known| known == name) {
                let what = if keyword == "kolumn" { Words::Column } else { Words::Field };
                let kind = FaultKind::UnknownWord { word: name.to_owned(), what, known };
                self.fault(child, Part::Name(0), kind);
                continue;
            }
            let scale = self.scale_in(child);
            let at = out.iter().position(|it| it.name == name).unwrap_or(out.len());
            if at == out.len() {
                let title = super::capitalised(&name.replace('_', " "));
                out.push(Printed { name: name.to_owned(), title, ..Printed::default() });
            }
            let Some(printed) = out.get_mut(at) else { continue };
            if let Some(title) = &facts.title {
                printed.title.clone_from(title);
            }
            if let Some(word) = facts.line("visas") {
                printed.hidden = word == "nej";
            }
            if scale.is_some() {
                printed.scale = scale;
            }
        }
    }
}
