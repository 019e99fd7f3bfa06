//! From the model to page data.

mod activities;
mod attestation;
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

use trc_model::document::{Contents, Document, DocumentKey, Kind, contents, find};
use trc_model::evaluate::Evaluator;
use trc_model::items::Declaration;
use trc_model::mark::Subject;
use trc_model::organisation::{Organisation, organisation};
use trc_model::report::{Report, report, words};
use trc_model::resolve::Surroundings;
use trc_model::vocabulary::Vocabulary;
use trc_model::{Anchor, Db, Phase, Workspace};

use self::attestation::attestation;
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
    Some(whole(db, workspace, document, true))
}

/// The report without those who vouch for it: what they vouch for.
pub(crate) fn unattested<'db>(
    db: &'db dyn Db,
    workspace: Workspace,
    document: Document<'db>,
) -> Built {
    whole(db, workspace, document, false)
}

/// What begins the anchor of a part.
const PART: &str = "del";

/// A report with its parts.
fn whole<'db>(
    db: &'db dyn Db,
    workspace: Workspace,
    document: Document<'db>,
    attested: bool,
) -> Built {
    let mut built = alone(db, workspace, document, Vec::new(), attested);
    let report = report(db, workspace, document);
    built.report.own_pages = report.own_pages;
    for part in &report.parts {
        // The passages are counted through, so that each place on a page has one source.
        let origins = std::mem::take(&mut built.origins);
        let of_part = alone(db, workspace, *part, origins, attested);
        built.origins = of_part.origins;
        built.pictures.extend(of_part.pictures);
        let anchor = Builder::named_anchor(PART, &part.key(db).owner);
        built.report.parts.push(data::Part { anchor, report: of_part.report });
    }
    built
}

/// A report without its parts. Its passages are counted on from the given ones.
fn alone<'db>(
    db: &'db dyn Db,
    workspace: Workspace,
    document: Document<'db>,
    origins: Vec<Anchor>,
    attested: bool,
) -> Built {
    let builder =
        Builder { origins: RefCell::new(origins), ..Builder::new(db, workspace, document) };
    let (body, front_page) = (builder.body(), builder.front_page());
    let phase = match builder.report.phase {
        Phase::Draft => data::Phase::Draft,
        Phase::Review => data::Phase::Review,
        Phase::Final => data::Phase::Final,
    };
    let mut report = data::Report {
        version: data::CONTRACT_VERSION,
        metadata: builder.metadata(document.key(db), phase),
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
    if attested {
        report.body.extend(attestation(db, workspace, document));
    }
    Built { report, origins: builder.origins.into_inner(), pictures: builder.pictures.into_inner() }
}

/// A goal or a section by itself, with the footnotes that it mentions.
pub(crate) fn part<'db>(
    db: &'db dyn Db,
    workspace: Workspace,
    document: Document<'db>,
    subject: &Subject,
) -> Option<(Vec<data::Block>, Vec<data::Footnote>)> {
    let builder = Builder::new(db, workspace, document);
    let blocks = match subject {
        Subject::Report => builder.body(),
        Subject::Goal(key) => builder.goal_alone(key)?,
        Subject::Section(name) => builder.section_alone(name)?,
    };
    Some((blocks, builder.footnotes.into_inner()))
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
    fn new(db: &'db dyn Db, workspace: Workspace, document: Document<'db>) -> Self {
        Builder {
            db,
            report: report(db, workspace, document),
            contents: contents(db, workspace, document),
            words: words(db, workspace, document),
            organisation: organisation(db, workspace),
            evaluator: Evaluator::new(db, workspace, document),
            workspace,
            owner: &document.key(db).owner,
            origins: RefCell::default(),
            footnotes: RefCell::default(),
            expanding: RefCell::default(),
            pictures: RefCell::default(),
            figures: RefCell::default(),
        }
    }

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
