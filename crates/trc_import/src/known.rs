//! What a workspace declares already.

use std::collections::{BTreeMap, BTreeSet};

use trc_syntax::ast::{Declaration, Item};
use trc_syntax::name::composed;

use trc_sheet::values::tidy;

/// The declarations of the files around the output, by title.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// The names of declared things, whatever they are.
    pub(crate) names: BTreeSet<String>,
    titles: BTreeMap<(String, String), Vec<Declared>>,
    numbers: BTreeMap<String, Vec<Document>>,
    documents: BTreeSet<Document>,
    /// Each unit, and the one above it.
    above: BTreeMap<String, Option<String>>,
}

/// What a formula or a reference can mean by a name alone. A row or a column has its
/// table before it.
const NAMING: [&str; 9] = [
    "indikator",
    "aktivitet",
    "avsnitt",
    "tabell",
    "tabelltyp",
    "diagram",
    "bild",
    "text",
    "bilaga",
];

/// A document by the words of its first line.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
struct Document {
    kind: String,
    period: String,
    year: String,
    owner: String,
}

#[derive(Debug, Clone)]
struct Declared {
    name: String,
    document: Document,
}

impl Known {
    /// Takes up one file. The names of a file that is about to be replaced are kept, so
    /// that a second import gives the same ones; what it declares is not.
    pub fn add(&mut self, text: &str, replaced: bool) {
        let file = trc_syntax::parse(text).file();
        let mut document = Document::default();
        if let Some(header) = file.header() {
            let words: Vec<String> = header.words().into_iter().map(|word| word.text).collect();
            document = match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
                [kind @ "rapport", period, year, "för", owner, ..] => {
                    Document::new(kind, period, year, owner)
                }
                [kind, year, "för", owner, ..] => Document::new(kind, "", year, owner),
                _ => document,
            };
            if !replaced {
                self.documents.insert(document.clone());
            }
        }
        for item in file.items() {
            if let Item::Declaration(declaration) = item {
                self.declaration(&declaration, &document, replaced, None);
            }
        }
    }

    fn declaration(
        &mut self,
        it: &Declaration,
        document: &Document,
        replaced: bool,
        unit: Option<&str>,
    ) {
        let keyword = it.keyword().map(|word| word.text).unwrap_or_default();
        let Some(name) = it.names().into_iter().next().map(|name| name.text) else { return };
        let of_organisation = document.kind.is_empty();
        if of_organisation {
            self.above.insert(name.clone(), unit.map(str::to_owned));
        }
        if let Some(title) = it.title() {
            if NAMING.contains(&keyword.as_str()) {
                self.names.insert(name.clone());
            }
            let declared = Declared {
                name: name.clone(),
                document: if replaced { Document::default() } else { document.clone() },
            };
            self.titles.entry((keyword.clone(), key(&title.text))).or_default().push(declared);
            if keyword == "mål" && !replaced {
                self.numbers.entry(name.clone()).or_default().push(document.clone());
            }
        }
        let unit = of_organisation.then_some(name.as_str());
        for item in it.body().into_iter().flat_map(|body| body.items()) {
            if let Item::Declaration(inner) = item {
                self.declaration(&inner, document, replaced, unit);
            }
        }
    }

    /// The name of something with this title.
    pub(crate) fn name(&self, keyword: &str, title: &str) -> Option<&str> {
        self.titled(keyword, title).next().map(|declared| declared.name.as_str())
    }

    /// True when a budget or plan of the year declares something with this title.
    pub(crate) fn declares(&self, keyword: &str, title: &str, year: u16) -> bool {
        self.titled(keyword, title).any(|declared| declared.document.plans(year))
    }

    /// True when a budget or plan of the year declares the goal.
    pub(crate) fn has_goal(&self, name: &str, year: u16) -> bool {
        self.numbers.get(name).into_iter().flatten().any(|document| document.plans(year))
    }

    /// True when there is a report already.
    pub(crate) fn has_report(&self, period: &str, year: u16, owner: &str) -> bool {
        self.documents.contains(&Document::new("rapport", period, &year.to_string(), owner))
    }

    /// True when an organisation has a unit of that name.
    pub fn has_unit(&self, name: &str) -> bool {
        self.above.contains_key(name)
    }

    /// The uppermost unit above another, when an organisation says so.
    pub fn uppermost(&self, unit: &str) -> Option<&str> {
        let mut at = self.above.get(unit)?.as_deref()?;
        // A workspace can say that two units are above each other.
        for _ in 0..self.above.len() {
            match self.above.get(at)? {
                Some(above) => at = above,
                None => break,
            }
        }
        Some(at)
    }

    fn titled(&self, keyword: &str, title: &str) -> impl Iterator<Item = &Declared> {
        self.titles.get(&(keyword.to_owned(), key(title))).into_iter().flatten()
    }
}

impl Document {
    fn new(kind: &str, period: &str, year: &str, owner: &str) -> Document {
        let own = |text: &str| composed(text).into_owned();
        Document { kind: own(kind), period: own(period), year: own(year), owner: own(owner) }
    }

    fn plans(&self, year: u16) -> bool {
        matches!(self.kind.as_str(), "budget" | "verksamhetsplan") && self.year == year.to_string()
    }
}

/// Titles are the same when they differ in blanks, in capitals or in the last full stop.
fn key(title: &str) -> String {
    tidy(title).trim_end_matches(['.', ' ']).to_lowercase()
}
