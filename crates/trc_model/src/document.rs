//! Documents: what a file is part of, by its first line, and what a document holds.

use std::collections::BTreeMap;
use std::fmt;

use trc_syntax::ast::{self, Spanned};
use trc_syntax::name::composed;

use crate::anchor::Anchor;
use crate::data::{DataNote, follow_ups};
use crate::db::{Db, SourceFile, Workspace};
use crate::items::{Declaration, items};

/// What kind of document a file is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, salsa::SalsaValue)]
pub enum Kind {
    Organisation,
    Types,
    Budget,
    Plan,
    Report,
}

impl Kind {
    /// The word that begins the file.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Organisation => "organisation",
            Kind::Types => "mallar",
            Kind::Budget => "budget",
            Kind::Plan => "verksamhetsplan",
            Kind::Report => "rapport",
        }
    }
}

/// A document by what it is. Every file with the same key is the same document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, salsa::SalsaValue)]
pub struct DocumentKey {
    pub kind: Kind,
    /// `T1`, `T2`, `VB`; only a report has one.
    pub period: Option<String>,
    /// Zero for an organisation, which is of every year.
    pub year: u16,
    /// The name of the unit it is for.
    pub owner: String,
}

impl DocumentKey {
    /// What the first line of a file says. `None` when it does not say it.
    pub fn from_header(words: Option<&[Spanned]>, tree: &ast::File) -> Option<DocumentKey> {
        let Some(words) = words else {
            let ast::Item::Declaration(first) = tree.items().next()? else { return None };
            let owner = first.names().into_iter().next()?.text;
            let kind = Kind::Organisation;
            return (first.keyword()?.text == kind.word()).then_some(DocumentKey {
                kind,
                period: None,
                year: 0,
                owner,
            });
        };
        let words: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        match *words.as_slice() {
            ["rapport", period, year, "för", owner] => Some(DocumentKey {
                kind: Kind::Report,
                period: Some(period.to_owned()),
                year: year.parse().ok()?,
                owner: owner.to_owned(),
            }),
            [kind, year, "för", owner] => Some(DocumentKey {
                kind: [Kind::Budget, Kind::Plan, Kind::Types]
                    .into_iter()
                    .find(|known| known.word() == kind)?,
                period: None,
                year: year.parse().ok()?,
                owner: owner.to_owned(),
            }),
            _ => None,
        }
    }

    /// The document that a reference names: `budget 2025`, `VB 2024`.
    pub fn named(word: &str, year: u16, owner: &str) -> DocumentKey {
        let kind = [Kind::Budget, Kind::Plan].into_iter().find(|kind| kind.word() == word);
        DocumentKey {
            kind: kind.unwrap_or(Kind::Report),
            period: kind.is_none().then(|| word.to_owned()),
            year,
            owner: owner.to_owned(),
        }
    }

    /// The report that a text such as `T1 2025 norra_innerstaden` or
    /// `T1 2025 för norra_innerstaden` names.
    pub fn parse_report(text: &str) -> Option<DocumentKey> {
        let text = composed(text);
        let words: Vec<&str> =
            text.split_whitespace().filter(|word| !matches!(*word, "för" | "rapport")).collect();
        let [period, year, owner] = *words.as_slice() else { return None };
        Some(DocumentKey {
            kind: Kind::Report,
            period: Some(period.to_owned()),
            year: year.parse().ok()?,
            owner: owner.to_owned(),
        })
    }

    /// How a report is named on the command line: `T1 2025 norra_innerstaden`.
    pub fn report_name(&self) -> String {
        let period = self.period.as_deref().unwrap_or_default();
        format!("{period} {} {}", self.year, self.owner)
    }
}

impl fmt::Display for DocumentKey {
    /// As in the source: `rapport T1 2025 för norra_innerstaden`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.word())?;
        if let Some(period) = &self.period {
            write!(f, " {period}")?;
        }
        if self.year > 0 {
            write!(f, " {} för", self.year)?;
        }
        write!(f, " {}", self.owner)
    }
}

/// A document of a workspace.
#[salsa::interned(debug)]
pub struct Document<'db> {
    pub key: DocumentKey,
}

/// The documents of a workspace, and the files of each in order of path.
#[salsa::tracked]
pub fn documents(db: &dyn Db, workspace: Workspace) -> BTreeMap<DocumentKey, Vec<SourceFile>> {
    let mut files = workspace.files(db).clone();
    files.sort_by(|a, b| a.path(db).cmp(b.path(db)));
    let mut out: BTreeMap<DocumentKey, Vec<SourceFile>> = BTreeMap::new();
    for file in files {
        if let Some(key) = document_of(db, file) {
            out.entry(key.clone()).or_default().push(file);
        }
    }
    out
}

/// Which document a file is part of. A query of its own, so that a new goal in one
/// file does not make every document look for its files again.
#[salsa::tracked]
pub fn document_of(db: &dyn Db, file: SourceFile) -> Option<DocumentKey> {
    items(db, file).document.clone()
}

/// A goal's number or name: `1`, `1.2.1`, `stöd_och_omsorg`. Numbers order as
/// numbers and before names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, salsa::SalsaValue)]
pub enum GoalKey {
    Number(Vec<u16>),
    Name(String),
}

impl GoalKey {
    /// Reads a goal's number or name.
    pub fn new(text: &str) -> GoalKey {
        let numbers: Option<Vec<u16>> =
            text.split('.').filter(|part| !part.is_empty()).map(|part| part.parse().ok()).collect();
        match numbers {
            Some(numbers) if !numbers.is_empty() => GoalKey::Number(numbers),
            _ => GoalKey::Name(text.to_owned()),
        }
    }

    /// How many levels down the goal stands, from 1; `None` for a named goal.
    pub fn level(&self) -> Option<usize> {
        match self {
            GoalKey::Number(parts) => Some(parts.len()),
            GoalKey::Name(_) => None,
        }
    }

    /// The goal above, by number.
    pub fn parent(&self) -> Option<GoalKey> {
        match self {
            GoalKey::Number(parts) => match parts.split_last() {
                Some((_, rest)) if !rest.is_empty() => Some(GoalKey::Number(rest.to_vec())),
                _ => None,
            },
            GoalKey::Name(_) => None,
        }
    }
}

impl fmt::Display for GoalKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            GoalKey::Number(parts) => {
                for (index, part) in parts.iter().enumerate() {
                    if index > 0 {
                        f.write_str(".")?;
                    }
                    write!(f, "{part}")?;
                }
                Ok(())
            }
            GoalKey::Name(name) => f.write_str(name),
        }
    }
}

/// One place in a document where something is declared or continued.
#[derive(Debug, Clone, PartialEq, Eq, Hash, salsa::SalsaValue)]
pub struct Mention<'db> {
    pub declaration: Declaration<'db>,
    /// Which of the declaration's names this is.
    pub name_index: usize,
    /// The goal it stands in, where it stands in one.
    pub goal: Option<GoalKey>,
    /// The section it stands in, where it stands in one.
    pub section: Option<String>,
    /// True when it has a title, and so declares.
    pub declares: bool,
}

/// What a document holds, by kind and name, in source order of path and place.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, salsa::SalsaValue)]
pub struct Contents<'db> {
    /// The files themselves: their own fields.
    pub roots: Vec<Declaration<'db>>,
    pub goals: BTreeMap<GoalKey, Vec<Mention<'db>>>,
    /// Goals in the order of first mention: the print order of those without a number.
    pub goal_order: Vec<GoalKey>,
    /// Everything else, by keyword and name.
    pub named: BTreeMap<(String, String), Vec<Mention<'db>>>,
    /// Keyword and name in the order of first mention: the print order of
    /// indicators and activities in a plan, and of appendices.
    pub order: Vec<(String, String)>,
    /// What files of data say, one declaration a row. They are among `named` too.
    pub data: Vec<Declaration<'db>>,
    /// What is found in those files, and where that is said.
    pub data_notes: Vec<(Anchor, DataNote)>,
}

impl<'db> Contents<'db> {
    /// The mentions of one thing.
    pub fn mentions(&self, keyword: &str, name: &str) -> &[Mention<'db>] {
        self.named.get(&(keyword.to_owned(), name.to_owned())).map_or(&[], Vec::as_slice)
    }

    /// The names of one kind, in order of first mention.
    pub fn names<'a>(&'a self, keyword: &'a str) -> impl Iterator<Item = &'a str> {
        self.order.iter().filter(move |(k, _)| k == keyword).map(|(_, name)| name.as_str())
    }

    /// The first own field of the document with the given name: the file's root
    /// declaration, and the field's index there.
    pub fn field(&self, db: &'db dyn Db, name: &str) -> Option<(Declaration<'db>, usize)> {
        self.roots
            .iter()
            .find_map(|root| root.facts(db).field(name).map(|(index, _)| (*root, index)))
    }

    /// The line of the first own field with the given name.
    pub fn line(&self, db: &'db dyn Db, name: &str) -> Option<&'db str> {
        self.roots.iter().find_map(|root| root.facts(db).line(name))
    }
}

/// What a document holds.
#[salsa::tracked]
pub fn contents<'db>(
    db: &'db dyn Db,
    workspace: Workspace,
    document: Document<'db>,
) -> Contents<'db> {
    let mut out = Contents::default();
    let files = documents(db, workspace).get(document.key(db)).map_or(&[][..], Vec::as_slice);
    for file in files {
        let root = items(db, *file).root;
        out.roots.push(root);
        collect(db, &mut out, root, None, None);
    }
    if document.key(db).kind == Kind::Report && out.field(db, "från").is_some() {
        follow_ups(db, workspace, document, &mut out);
    }
    out
}

fn collect<'db>(
    db: &'db dyn Db,
    out: &mut Contents<'db>,
    parent: Declaration<'db>,
    goal: Option<&GoalKey>,
    section: Option<&str>,
) {
    for declaration in parent.children(db) {
        let facts = declaration.facts(db);
        let declares = facts.title.is_some();
        for (name_index, name) in facts.names.iter().enumerate() {
            let mention = Mention {
                declaration: *declaration,
                name_index,
                goal: goal.cloned(),
                section: section.map(str::to_owned),
                declares,
            };
            if facts.keyword == "mål" {
                let key = GoalKey::new(name);
                if !out.goals.contains_key(&key) {
                    out.goal_order.push(key.clone());
                }
                out.goals.entry(key).or_default().push(mention);
            } else {
                let key = (facts.keyword.clone(), name.clone());
                if !out.named.contains_key(&key) {
                    out.order.push(key.clone());
                }
                out.named.entry(key).or_default().push(mention);
            }
        }
        match facts.keyword.as_str() {
            "mål" => {
                let goal = GoalKey::new(facts.name());
                collect(db, out, *declaration, Some(&goal), section);
            }
            "avsnitt" => collect(db, out, *declaration, goal, Some(facts.name())),
            "tabell" | "diagram" => {}
            _ => collect(db, out, *declaration, goal, section),
        }
    }
}

/// The document that belongs to a relation, if the workspace has it.
pub fn find<'db>(
    db: &'db dyn Db,
    workspace: Workspace,
    key: &DocumentKey,
) -> Option<Document<'db>> {
    documents(db, workspace).contains_key(key).then(|| Document::new(db, key.clone()))
}
