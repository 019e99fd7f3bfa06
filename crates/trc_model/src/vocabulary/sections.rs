//! The sections of a report type, as one declaration after the other changes them.

use std::collections::BTreeMap;

use super::fault::{FaultKind, Words};
use super::merge::Merger;
use super::report_type::{SectionContent, SectionType};
use crate::anchor::Part;
use crate::items::{Declaration, FieldValue};

/// What one declaration of a report type says of sections.
pub(super) struct Sections<'a, 'db> {
    pub merger: &'a mut Merger<'db>,
    pub declaration: Declaration<'db>,
}

impl<'db> Sections<'_, 'db> {
    /// Changes the sections there are. A section is the same wherever it stands, so one
    /// that is named elsewhere moves there.
    pub fn apply(mut self, sections: &mut Vec<SectionType>) {
        let mut seen = BTreeMap::new();
        let declaration = self.declaration;
        self.children(sections, declaration, None, &mut seen);
        for declaration in seen.into_values() {
            self.hidden_around(sections, declaration);
        }
    }

    fn children(
        &mut self,
        sections: &mut Vec<SectionType>,
        parent: Declaration<'db>,
        parent_name: Option<&str>,
        seen: &mut BTreeMap<&'db str, Declaration<'db>>,
    ) {
        let db = self.merger.db;
        let mut before: Option<&str> = None;
        for child in parent.children(db) {
            let facts = child.facts(db);
            if facts.keyword != "avsnitt" || facts.name().is_empty() {
                continue;
            }
            let name = facts.name();
            if let Some(first) = seen.get(name) {
                self.merger.twice(*child, *first);
                continue;
            }
            seen.insert(name, *child);
            let (was_here, mut section) = match take(sections, name) {
                Some((parent, at, section)) => {
                    ((parent.as_deref() == parent_name).then_some(at), section)
                }
                None => (None, SectionType { name: name.to_owned(), ..SectionType::default() }),
            };
            self.fields(&mut section, *child);
            let Some(list) = list_of(sections, parent_name) else { continue };
            let index = |name: &str| list.iter().position(|section| section.name == name);
            // Where it was, else after the one that stands before it here.
            let after = before.and_then(index).map(|at| at.saturating_add(1));
            let mut at = was_here.or(after).unwrap_or(list.len());
            let mut unknown = None;
            for (field, offset) in [("efter", 1), ("före", 0)] {
                let Some((place, wanted)) = facts.field(field) else { continue };
                let FieldValue::Line(wanted) = &wanted.value else { continue };
                match index(wanted) {
                    Some(found) => at = found.saturating_add(offset),
                    None => unknown = Some((place, wanted)),
                }
            }
            let known: Vec<String> = list.iter().map(|section| section.name.clone()).collect();
            list.insert(at.min(list.len()), section);
            if let Some((place, wanted)) = unknown {
                let word = wanted.clone();
                let kind = FaultKind::UnknownWord { word, what: Words::Section, known };
                self.merger.fault(*child, Part::Field(place), kind);
            }
            before = Some(name);
            self.children(sections, *child, Some(name), seen);
        }
    }

    fn fields(&mut self, section: &mut SectionType, declaration: Declaration<'db>) {
        let facts = declaration.facts(self.merger.db);
        match &facts.title {
            Some(title) => section.title.clone_from(title),
            None if section.title.is_empty() => section.title.clone_from(&section.name),
            None => {}
        }
        if let Some(word) = facts.line("visas") {
            section.required = word == "obligatorisk";
            section.hidden = word == "nej";
        }
        if let Some(text) = facts.line("om tomt") {
            section.if_empty = (!text.is_empty()).then(|| text.to_owned());
        }
        if let Some(word) = facts.line("innehåll") {
            section.content = SectionContent::from_word(word);
        }
        if let Some(word) = facts.line("innehållsförteckning") {
            section.in_contents = Some(word == "ja");
        }
        if let Some(word) = facts.line("liggande") {
            section.landscape = Some(word == "ja");
        }
    }

    /// Says so when a section is required here, and stands in one that is not shown.
    fn hidden_around(&mut self, sections: &[SectionType], declaration: Declaration<'db>) {
        let facts = declaration.facts(self.merger.db);
        let Some((index, _)) = facts.field("visas") else { return };
        if facts.line("visas") != Some("obligatorisk") {
            return;
        }
        let Some(hidden) = hidden_above(sections, facts.name()) else { return };
        let kind = FaultKind::RequiredButHidden { section: facts.name().to_owned(), hidden };
        self.merger.fault(declaration, Part::Field(index), kind);
    }
}

/// Takes a section out: the section above it, where it stood there, and itself.
fn take(
    sections: &mut Vec<SectionType>,
    name: &str,
) -> Option<(Option<String>, usize, SectionType)> {
    if let Some(at) = sections.iter().position(|section| section.name == name) {
        return Some((None, at, sections.remove(at)));
    }
    sections.iter_mut().find_map(|parent| {
        let (above, at, section) = take(&mut parent.children, name)?;
        Some((above.or_else(|| Some(parent.name.clone())), at, section))
    })
}

/// The list that the children of a section stand in.
fn list_of<'a>(
    sections: &'a mut Vec<SectionType>,
    parent: Option<&str>,
) -> Option<&'a mut Vec<SectionType>> {
    let Some(parent) = parent else { return Some(sections) };
    sections.iter_mut().find_map(|section| {
        if section.name == parent {
            Some(&mut section.children)
        } else {
            list_of(&mut section.children, Some(parent))
        }
    })
}

/// The section above that is hidden, if one is.
fn hidden_above(sections: &[SectionType], name: &str) -> Option<String> {
    let above = sections.iter().find(|section| has(&section.children, name))?;
    if above.hidden { Some(above.name.clone()) } else { hidden_above(&above.children, name) }
}

fn has(sections: &[SectionType], name: &str) -> bool {
    sections.iter().any(|section| section.name == name || has(&section.children, name))
}

/// Removes what is hidden, at every level, and gives the names.
pub(super) fn leave_out_hidden(sections: &mut Vec<SectionType>) -> Vec<String> {
    fn all(section: &SectionType, out: &mut Vec<String>) {
        out.push(section.name.clone());
        section.children.iter().for_each(|child| all(child, out));
    }
    let mut out = Vec::new();
    for section in sections.iter().filter(|section| section.hidden) {
        all(section, &mut out);
    }
    sections.retain(|section| !section.hidden);
    for section in sections {
        out.append(&mut leave_out_hidden(&mut section.children));
    }
    out
}
