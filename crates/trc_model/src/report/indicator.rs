//! The indicators of a report.

use std::collections::BTreeMap;

use trc_syntax::value::{self, Target, ValueError};

use super::{Report, Said, report, said};
use crate::db::{Db, Workspace};
use crate::document::{Contents, Document, DocumentKey, Kind, Mention, contents, documents};
use crate::items::{Declaration, Facts, FieldFact, FieldValue};
use crate::organisation::organisation;
use crate::quantity::Unit;

/// An indicator of a report.
#[derive(Debug, Clone, PartialEq, Eq, Hash, salsa::SalsaValue)]
pub struct Indicator<'db> {
    pub name: String,
    pub title: String,
    pub declared: Mention<'db>,
    pub unit: Unit,
    pub direction: Option<Direction>,
    pub split: Option<GenderSplit>,
    /// The words of `redovisas`.
    pub due: Vec<String>,
    /// The names it had before (`tidigare`).
    pub earlier: Vec<String>,
    /// Every target, nearest first.
    pub targets: Vec<TargetOf<'db>>,
    /// What plans and budget say of it, the declaration among them.
    pub above: Vec<Mention<'db>>,
    /// What the report says of it.
    pub follow_ups: Vec<Mention<'db>>,
}

/// A target and who set it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, salsa::SalsaValue)]
pub struct TargetOf<'db> {
    pub document: Document<'db>,
    pub declaration: Declaration<'db>,
    pub field: usize,
    pub text: String,
    pub target: Result<Target, ValueError>,
}

/// Which way an indicator should go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    Higher,
    Lower,
    Near,
}

/// How an indicator splits by gender.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GenderSplit {
    /// Shares within each gender: the total lies between the two.
    Shares,
    /// Numbers: the two sum to the total.
    Counts,
    /// Shares of the whole: the two sum to the total.
    PartsOfTotal,
}

impl<'db> Indicator<'db> {
    /// What the report says in a field.
    pub fn said(&self, db: &'db dyn Db, name: &str) -> Option<Said<'db>> {
        said(db, &self.follow_ups, name)
    }

    /// What another document says of it, under its own name or one it had before.
    pub fn mentions_in(
        &self,
        db: &'db dyn Db,
        workspace: Workspace,
        document: Document<'db>,
    ) -> &'db [Mention<'db>] {
        let contents = contents(db, workspace, document);
        [&self.name]
            .into_iter()
            .chain(&self.earlier)
            .map(|name| contents.mentions("indikator", name))
            .find(|mentions| !mentions.is_empty())
            .unwrap_or_default()
    }

    /// The nearest target.
    pub fn target(&self) -> Option<&TargetOf<'db>> {
        self.targets.first()
    }

    /// True for a count that adds up over the year (`kumulativ: ja`): what has been
    /// counted so far says nothing of how the year ends.
    pub fn is_cumulative(&self, db: &'db dyn Db) -> bool {
        said(db, &self.above, "kumulativ").and_then(|said| said.line()) == Some("ja")
    }

    /// True when the report, the plans or the budget say why the target is what it is.
    pub fn has_motivation(&self, db: &'db dyn Db) -> bool {
        [&self.follow_ups, &self.above]
            .into_iter()
            .any(|mentions| said(db, mentions, "motivering").is_some_and(|said| said.has_text()))
    }

    /// The target in another document: the one that a plan or a budget sets; of a report
    /// the one that was in force for it, or the budget's.
    pub fn target_in(
        &self,
        db: &'db dyn Db,
        workspace: Workspace,
        document: Document<'db>,
        of_budget: bool,
    ) -> Option<TargetOf<'db>> {
        if document.key(db).kind != Kind::Report {
            return self.mentions_in(db, workspace, document).iter().find_map(|mention| {
                set_in(document, mention.declaration, mention.declaration.facts(db))
            });
        }
        let other = report(db, workspace, document);
        let names = [&self.name].into_iter().chain(&self.earlier);
        let there = names.into_iter().find_map(|name| other.indicators.get(name))?;
        if of_budget { there.budget_target(db).cloned() } else { there.target().cloned() }
    }

    /// The budget's target, when somebody nearer has one too or not.
    pub fn budget_target(&self, db: &'db dyn Db) -> Option<&TargetOf<'db>> {
        self.targets.iter().find(|target| target.document.key(db).kind == Kind::Budget)
    }
}

/// Takes in what a document says of an indicator.
pub(super) fn indicator<'db>(
    db: &'db dyn Db,
    out: &mut Report<'db>,
    document: Document<'db>,
    name: &str,
    mention: &Mention<'db>,
    follows_up: bool,
) {
    let facts = mention.declaration.facts(db);
    if mention.declares && !out.indicators.contains_key(name) {
        if let Some(goal) = &mention.goal
            && let Some(goal) = out.goals.iter_mut().find(|known| known.key == *goal)
        {
            goal.indicators.push(name.to_owned());
        }
        out.indicators.insert(name.to_owned(), declared_indicator(db, name, mention));
    }
    let Some(indicator) = out.indicators.get_mut(name) else { return };
    indicator.targets.splice(0..0, set_in(document, mention.declaration, facts));
    if follows_up {
        indicator.follow_ups.push(mention.clone());
    } else {
        indicator.above.insert(0, mention.clone());
    }
}

/// An indicator as it is declared, before anything is said of it.
fn declared_indicator<'db>(db: &'db dyn Db, name: &str, mention: &Mention<'db>) -> Indicator<'db> {
    let facts = mention.declaration.facts(db);
    Indicator {
        name: name.to_owned(),
        title: facts.title.clone().unwrap_or_default(),
        declared: mention.clone(),
        unit: facts.line("mäts i").map(Unit::parse).unwrap_or_default(),
        direction: match facts.line("riktning") {
            Some("högre är bättre") => Some(Direction::Higher),
            Some("lägre är bättre") => Some(Direction::Lower),
            Some("nära målet är bättre") => Some(Direction::Near),
            _ => None,
        },
        split: match facts.line("kön") {
            Some("andelar") => Some(GenderSplit::Shares),
            Some("antal") => Some(GenderSplit::Counts),
            Some("del av totalen") => Some(GenderSplit::PartsOfTotal),
            _ => None,
        },
        due: facts.line("redovisas").map(crate::vocabulary::list).unwrap_or_default(),
        earlier: facts.line("tidigare").map(crate::vocabulary::list).unwrap_or_default(),
        targets: Vec::new(),
        above: Vec::new(),
        follow_ups: Vec::new(),
    }
}

/// The target that a document sets: a plan's `årsmål`, a report's `nytt årsmål`.
fn set_in<'db>(
    document: Document<'db>,
    declaration: Declaration<'db>,
    facts: &Facts,
) -> Option<TargetOf<'db>> {
    let of = |name| match facts.field(name) {
        Some((field, FieldFact { value: FieldValue::Line(text), .. })) => Some((field, text)),
        _ => None,
    };
    let target =
        |field, text: String, target| Some(TargetOf { document, declaration, field, text, target });
    if let Some((field, text)) = of("nytt årsmål") {
        return match value::new_target(text) {
            Ok(new) => target(field, new.text, Ok(new.target)),
            Err(error) => target(field, text.clone(), Err(error)),
        };
    }
    let (field, text) = of("årsmål")?;
    target(field, text.clone(), value::target(text))
}

/// A report of figures only is often of a year whose plan is not there. An indicator is
/// its name across years, so its title and unit are those of the nearest year that has
/// it; its targets stay in their year.
pub(super) fn across_years<'db>(
    db: &'db dyn Db,
    workspace: Workspace,
    own: &Contents<'db>,
    out: &mut Report<'db>,
) {
    let key = out.document.key(db);
    let organisation = organisation(db, workspace);
    let line = organisation.line(&key.owner);
    let owners = |owner: &str| owner == key.owner || line.iter().any(|unit| unit.name == owner);
    let mut others: Vec<&DocumentKey> = documents(db, workspace)
        .keys()
        .filter(|other| matches!(other.kind, Kind::Budget | Kind::Plan))
        .filter(|other| other.year != key.year && owners(&other.owner))
        .collect();
    others.sort_by_key(|other| (other.year.abs_diff(key.year), other.year < key.year));
    let mut known = BTreeMap::new();
    for other in others {
        let other = Document::new(db, other.clone());
        let contents = contents(db, workspace, other);
        for (keyword, name) in &contents.order {
            let mentions = contents.mentions(keyword, name);
            let declared = mentions.iter().find(|mention| mention.declares);
            if let ("indikator", Some(mention)) = (keyword.as_str(), declared)
                && !out.indicators.contains_key(name)
            {
                known.entry(name.clone()).or_insert_with(|| declared_indicator(db, name, mention));
            }
        }
    }
    for (name, mut indicator) in known {
        indicator.follow_ups = own.mentions("indikator", &name).to_vec();
        indicator.declared.goal = None;
        out.indicators.insert(name, indicator);
    }
}
