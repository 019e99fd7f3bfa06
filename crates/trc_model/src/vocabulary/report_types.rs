//! Report types, as one declaration after the other changes them.

use std::collections::BTreeMap;

use super::bases::Bases;
use super::fault::{FaultKind, Words};
use super::list;
use super::merge::{AllSaid, Merger, Said};
use super::report_type::ReportType;
use super::sections::{Sections, leave_out_hidden};
use crate::anchor::Part;
use crate::items::FieldValue;

impl<'db> Merger<'db> {
    pub(super) fn report_types(&mut self, said: &AllSaid<'db>) {
        let Some(types) = said.get("rapporttyp") else { return };
        let bases = Bases::read(self.db, "rapporttyp", types, &mut self.out.faults);
        let mut known: BTreeMap<String, ReportType<'db>> = BTreeMap::new();
        for name in &bases.order {
            let base = bases.of(name).map(str::to_owned);
            let mut report_type = base.as_ref().and_then(|base| known.get(base)).cloned();
            if let Some(report_type) = &mut report_type {
                // When it holds is each type's own to say.
                report_type.periods.clear();
                report_type.unit_kinds.clear();
            }
            for said in types.get(name).into_iter().flatten() {
                if !self.begins(said, report_type.is_some(), types) {
                    continue;
                }
                let report_type = report_type.get_or_insert_with(|| ReportType {
                    name: name.clone(),
                    title: String::new(),
                    base: None,
                    periods: Vec::new(),
                    unit_kinds: Vec::new(),
                    rank: said.rank,
                    scale: String::new(),
                    sections: Vec::new(),
                    hidden_sections: Vec::new(),
                    texts: Vec::new(),
                    levels: BTreeMap::new(),
                    declaration: said.declaration,
                });
                report_type.name.clone_from(name);
                report_type.base.clone_from(&base);
                self.report_type(report_type, said);
            }
            known.extend(report_type.map(|report_type| (name.clone(), report_type)));
        }
        // Only now: a section that one type hides another may show again.
        for report_type in known.values_mut() {
            report_type.hidden_sections = leave_out_hidden(&mut report_type.sections);
        }
        self.out.report_types = known;
    }

    fn report_type(&mut self, out: &mut ReportType<'db>, said: &Said<'db>) {
        let declaration = said.declaration;
        out.declaration = declaration;
        if let Some(title) = &declaration.facts(self.db).title {
            out.title.clone_from(title);
        }
        self.holds_for(out, said);
        if let Some(scale) = self.scale_in(declaration) {
            out.scale = scale;
        }
        self.printed(&mut out.texts, declaration, "text", "mål");
        Sections { merger: self, declaration }.apply(&mut out.sections);
        self.levels(&mut out.levels, declaration);
    }

    /// `gäller: T1, T2 för nämnd`
    fn holds_for(&mut self, out: &mut ReportType<'db>, said: &Said<'db>) {
        let declaration = said.declaration;
        let Some((index, field)) = declaration.facts(self.db).field("gäller") else { return };
        let FieldValue::Line(line) = &field.value else { return };
        let Some((periods, kinds)) = line.split_once(" för ") else {
            return self.fault(declaration, Part::Field(index), FaultKind::NoOwner);
        };
        let (periods, kinds) = (list(periods), list(kinds));
        let known: Vec<String> = self.out.periods.iter().map(|it| it.name.clone()).collect();
        let known_kinds = self.out.unit_kinds.clone();
        if self.knows(declaration, index, &periods, Words::Period, &known)
            && self.knows(declaration, index, &kinds, Words::UnitKind, &known_kinds)
        {
            out.periods = periods;
            out.unit_kinds = kinds;
            out.rank = said.rank;
        }
    }
}
