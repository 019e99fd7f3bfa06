//! The front page, the document's properties and appendices.

use trc_base::Date;
use trc_model::document::DocumentKey;
use trc_model::items::FieldValue;

use super::{Builder, Place};
use crate::data::{self, Inline};

impl<'db> Builder<'db> {
    pub(super) fn metadata(&self, key: &DocumentKey, phase: data::Phase) -> data::Metadata {
        // An archived PDF must carry a date. A draft may lack its own; the end of its
        // period is a date that is the same on every run.
        let end = self.report.period.as_ref().map_or((12, 31), |period| period.ends);
        let date = self
            .contents
            .line(self.db, "datum")
            .and_then(Date::parse)
            .or_else(|| Date::new(self.report.year, end.0, end.1));
        let line = self.organisation.line(self.owner);
        let mut keywords = vec![key.kind.word().to_owned()];
        keywords.extend(key.period.clone());
        keywords.push(key.year.to_string());
        data::Metadata {
            language: data::Language::Sv,
            title: self.report.title.clone(),
            subtitle: None,
            author: self.owner_title().to_owned(),
            organisation: line.last().map(|unit| unit.title.clone()),
            date: date.map(|date| data::Date {
                year: date.year(),
                month: date.month(),
                day: date.day(),
            }),
            phase,
            identifier: key.to_string(),
            keywords,
            running_header: self.report.title.clone(),
        }
    }

    /// The fixed words of the page, as the vocabulary has them.
    pub(super) fn labels(&self, phase: data::Phase) -> data::Labels {
        let word = |name| self.words.printed(name);
        data::Labels {
            statement: word("tjänsteutlåtande"),
            record_number: word("diarienummer"),
            case_officer: word("handläggare"),
            phone: word("telefon"),
            to: word("till"),
            contents: word("innehållsförteckning"),
            appendices: word("bilagor"),
            page: word("sida"),
            mark: match phase {
                data::Phase::Draft => Some(word("utkast")),
                data::Phase::Review => Some(word("granskning")),
                data::Phase::Final => None,
            },
        }
    }

    pub(super) fn front_page(&self) -> data::FrontPage {
        let line = |name| self.contents.line(self.db, name).map(str::to_owned);
        data::FrontPage {
            date: line("datum"),
            record_number: line("diarienummer"),
            case_officer: line("handläggare"),
            phone: line("telefon"),
            to: line("till"),
            decisions: self.decisions(),
            sender: self.sender(),
            signatures: self
                .people("underskrift")
                .into_iter()
                .map(|(name, title)| data::Signature { name, title })
                .collect(),
        }
    }

    pub(super) fn decisions(&self) -> Option<data::Decisions> {
        let section = self.decision_section()?;
        let mention = self.contents.mentions("avsnitt", &section.name).first()?;
        let slot = mention.declaration.facts(self.db).text?;
        let place = Place::new(1);
        Some(data::Decisions {
            heading: self.report.time().fill(&section.title),
            items: self.numbered_items(mention.declaration, slot, place),
        })
    }

    fn sender(&self) -> Option<data::Sender> {
        let unit = self.organisation.units.get(self.owner)?;
        let facts = unit.declaration.facts(self.db);
        let line = |name| facts.line(name).map(str::to_owned);
        Some(data::Sender {
            name: unit.title.clone(),
            address: ["adress", "postadress"].into_iter().filter_map(line).collect(),
            phone: line("telefon"),
            email: line("e-post"),
            web: line("webb"),
        })
    }

    /// The lines `namn, titel` of a field that may be given several times.
    fn people(&self, field: &str) -> Vec<(String, String)> {
        let mut out = Vec::new();
        for root in &self.contents.roots {
            for fact in root.facts(self.db).fields.iter().filter(|fact| fact.name == field) {
                if let FieldValue::Line(line) = &fact.value {
                    let (name, rest) = line.split_once(',').unwrap_or((line, ""));
                    out.push((name.trim().to_owned(), rest.trim().to_owned()));
                }
            }
        }
        out
    }

    pub(super) fn appendices(&self) -> Vec<data::Appendix> {
        let names = self.contents.names("bilaga").enumerate();
        let word = self.words.printed("bilaga");
        names
            .map(|(index, name)| {
                let mention = self.contents.mentions("bilaga", name).first();
                let title = mention.and_then(|m| m.declaration.facts(self.db).title.clone());
                data::Appendix {
                    label: format!("{word} {}", index.saturating_add(1)),
                    title: vec![Inline::text(title.unwrap_or_else(|| name.to_owned()))],
                    anchor: Some(Self::named_anchor("bilaga", name)),
                }
            })
            .collect()
    }
}
