//! From the model to page data.

mod activities;
mod chart;
mod figures;
mod follow_up;
mod front;
mod goals;
mod indicators;
mod numbers;
mod picture;
mod prose;
mod sections;
mod tables;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use trc_model::document::{Contents, DocumentKey, Kind, contents, find};
use trc_model::evaluate::Evaluator;
use trc_model::items::Declaration;
use trc_model::organisation::{Organisation, organisation};
use trc_model::report::{Report, report, words};
use trc_model::resolve::Surroundings;
use trc_model::vocabulary::Vocabulary;
use trc_model::{Anchor, Db, Document, Phase, Workspace};

use crate::data;
use crate::glyphs::is_printable;

/// A report as page data, and where its texts come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Built {
    pub report: data::Report,
    /// What [`data::Origin::block`] counts: the passages of the source, from 0.
    pub origins: Vec<Anchor>,
    /// The pictures that the report shows, by path in the workspace. Whoever lays the
    /// report out supplies their bytes.
    pub pictures: BTreeMap<String, Anchor>,
}

impl Built {
    /// The page data as JSON, for whoever lays it out. A character that no font has is
    /// replaced: a draft is built in spite of what the rules say about it.
    ///
    /// # Errors
    /// Never for page data built here; the library's signature has it.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        let json = serde_json::to_string(&self.report)?;
        if json.chars().all(is_printable) {
            return Ok(json);
        }
        Ok(json
            .chars()
            .map(|c| if is_printable(c) { c } else { char::REPLACEMENT_CHARACTER })
            .collect())
    }
}

/// The page data of a report. `None` when the workspace has no such report.
pub fn build(db: &dyn Db, workspace: Workspace, key: &DocumentKey) -> Option<Built> {
    if key.kind != Kind::Report {
        return None;
    }
    let document = find(db, workspace, key)?;
    let mut built = build_one(db, workspace, document, Vec::new());
    let report = report(db, workspace, document);
    built.report.own_pages = report.own_pages;
    for part in &report.parts {
        // The passages are counted through, so that each place on a page has one source.
        let origins = std::mem::take(&mut built.origins);
        let of_part = build_one(db, workspace, *part, origins);
        built.origins = of_part.origins;
        built.pictures.extend(of_part.pictures);
        let anchor = Builder::named_anchor(PART, &part.key(db).owner);
        built.report.parts.push(data::Part { anchor, report: of_part.report });
    }
    Some(built)
}

/// What begins the anchor of a part.
const PART: &str = "del";

/// The page data of a report without its parts. Its passages are counted on from the
/// given ones.
fn build_one<'db>(
    db: &'db dyn Db,
    workspace: Workspace,
    document: Document<'db>,
    origins: Vec<Anchor>,
) -> Built {
    let key = document.key(db);
    let report = report(db, workspace, document);
    let builder = Builder {
        db,
        report,
        contents: contents(db, workspace, document),
        words: words(db, workspace, document),
        organisation: organisation(db, workspace),
        evaluator: Evaluator::new(db, workspace, document),
        workspace,
        owner: &key.owner,
        origins: RefCell::new(origins),
        footnotes: RefCell::default(),
        expanding: RefCell::default(),
        pictures: RefCell::default(),
        figures: RefCell::default(),
    };
    let (body, front_page) = (builder.body(), builder.front_page());
    let phase = match report.phase {
        Phase::Draft => data::Phase::Draft,
        Phase::Review => data::Phase::Review,
        Phase::Final => data::Phase::Final,
    };
    let mut report = data::Report {
        version: data::CONTRACT_VERSION,
        metadata: builder.metadata(key, phase),
        labels: builder.labels(phase),
        front_page: Some(front_page),
        contents: true,
        appendices: builder.appendices(),
        body,
        footnotes: builder.footnotes.into_inner(),
        parts: Vec::new(),
        own_pages: false,
    };
    let figure = builder.words.printed("figur").to_lowercase();
    figures::number_references(&mut report, &builder.figures.borrow(), &figure);
    Built { report, origins: builder.origins.into_inner(), pictures: builder.pictures.into_inner() }
}

/// Builds one report.
struct Builder<'db> {
    db: &'db dyn Db,
    workspace: Workspace,
    report: &'db Report<'db>,
    contents: &'db Contents<'db>,
    words: &'db Vocabulary<'db>,
    organisation: &'db Organisation<'db>,
    evaluator: Evaluator<'db>,
    owner: &'db str,
    origins: RefCell<Vec<Anchor>>,
    footnotes: RefCell<Vec<data::Footnote>>,
    /// The passages (`text`) that are being inserted, so that one that inserts itself
    /// ends.
    expanding: RefCell<BTreeSet<String>>,
    pictures: RefCell<BTreeMap<String, Anchor>>,
    /// The anchors of the figures so far, in print order: their numbers.
    figures: RefCell<Vec<String>>,
}

/// The place of a text within its headings.
#[derive(Debug, Clone, Copy)]
struct Place<'a> {
    /// The level of the heading that it stands under.
    level: u8,
    around: Surroundings<'a>,
    /// The section whose own text it is; its headings can be referred to.
    section: Option<&'a str>,
}

impl Place<'_> {
    fn new(level: u8) -> Self {
        Self { level, around: Surroundings::default(), section: None }
    }
}

/// The deepest heading there is.
const DEEPEST: u8 = 6;

impl<'db> Builder<'db> {
    /// The number of a passage of the source, for positions on the page.
    fn origin(&self, declaration: Declaration<'db>, index: usize) -> u32 {
        let anchor = trc_model::prose::anchor(self.db, declaration, index);
        let mut origins = self.origins.borrow_mut();
        let number = origins.len();
        origins.push(anchor);
        u32::try_from(number).unwrap_or(u32::MAX)
    }

    /// The title of the report's owner.
    fn owner_title(&self) -> &'db str {
        self.organisation.units.get(self.owner).map_or(self.owner, |unit| &unit.title)
    }
}
