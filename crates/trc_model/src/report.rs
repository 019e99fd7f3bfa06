//! A report as it hangs together: which plan, budget and earlier report it follows,
//! and its goals, indicators and activities with all that is said of each.

mod activity;
mod compound;
mod concern;
mod goal;
mod indicator;
mod relations;
mod said;

use std::collections::{BTreeMap, BTreeSet};

use crate::db::{Db, Phase, Workspace};
use crate::document::{Contents, Document, DocumentKey, GoalKey, Kind, contents};
use crate::organisation::organisation;
use crate::placeholder::{self, Time};
use crate::vocabulary::{Level, Period, ReportType, Scope, Vocabulary, vocabulary};

pub use activity::Activity;
pub use compound::{NoPart, parts};
pub use goal::Goal;
pub use indicator::{Direction, GenderSplit, Indicator, TargetOf};
pub use relations::{chain, closing_period, previous, reports};
pub use said::{Said, said};

/// A report.
#[derive(Debug, Clone, PartialEq, Eq, Hash, salsa::SalsaValue)]
pub struct Report<'db> {
    pub document: Document<'db>,
    pub period: Option<Period>,
    pub year: u16,
    pub phase: Phase,
    /// `omfattning: endast utfall`: figures of an earlier year, nothing to complete.
    pub outcomes_only: bool,
    pub report_type: Option<ReportType<'db>>,
    /// The report's printed title.
    pub title: String,
    /// The reports that it is put together of, in order.
    pub parts: Vec<Document<'db>>,
    /// `sidnumrering: egen`: each part counts its pages from 1.
    pub own_pages: bool,
    /// What it follows: its plan, the plans above, the budget; nearest first.
    pub chain: Vec<Document<'db>>,
    /// True when the owner's own plan is there.
    pub has_plan: bool,
    /// Last year's closing report of the same owner.
    pub previous: Option<Document<'db>>,
    /// In print order.
    pub goals: Vec<Goal<'db>>,
    /// By name.
    pub indicators: BTreeMap<String, Indicator<'db>>,
    pub activities: BTreeMap<String, Activity<'db>>,
    /// Indicators of the plans above that are for other units. They are not followed up
    /// here, but a text may refer to them.
    pub beyond: BTreeMap<String, Indicator<'db>>,
}

/// The documents that a report is made of, the uppermost first, and whether what stands
/// in one follows up what stands before it.
type Layers<'db> = [(Document<'db>, &'db Contents<'db>, bool)];

impl<'db> Report<'db> {
    /// The time that fills the titles of its type.
    pub fn time(&self) -> Time {
        Time { year: self.year, period: self.period.as_ref().map(|it| it.title.clone()) }
    }

    /// The goal of the given key.
    pub fn goal(&self, key: &GoalKey) -> Option<&Goal<'db>> {
        self.goals.iter().find(|goal| goal.key == *key)
    }

    /// The goals under a goal; only the nearest, or all.
    pub fn below<'a>(&'a self, goal: &'a Goal<'db>, nearest: bool) -> Vec<&'a Goal<'db>> {
        let mut above = BTreeSet::from([&goal.key]);
        let mut out = Vec::new();
        // A goal comes after the one above it.
        for other in &self.goals {
            if other.parent.as_ref().is_some_and(|parent| above.contains(parent)) {
                out.push(other);
                if !nearest {
                    above.insert(&other.key);
                }
            }
        }
        out
    }

    /// The level of the report type that a goal is of: the one for goals with a name where
    /// the goal has one and the type knows such, else how far down it stands.
    pub fn level_name(&self, goal: &Goal<'db>) -> Option<&str> {
        let report_type = self.report_type.as_ref()?;
        if let Some((name, _)) = report_type.named_level().filter(|_| goal.is_named()) {
            return Some(name);
        }
        let (name, _) = report_type.levels.get_key_value(&goal.depth.to_string())?;
        Some(name)
    }

    /// What the report type says of a goal.
    pub fn level_of(&self, goal: &Goal<'db>) -> Option<&Level> {
        self.report_type.as_ref()?.levels.get(self.level_name(goal)?)
    }

    /// The indicator of the given name, whoever follows it up.
    pub fn indicator(&self, name: &str) -> Option<&Indicator<'db>> {
        self.indicators.get(name).or_else(|| self.beyond.get(name))
    }

    /// The names of all indicators that a text can refer to.
    pub fn indicator_names(&self) -> impl Iterator<Item = &String> {
        self.indicators.keys().chain(self.beyond.keys())
    }

    /// The words in force for it.
    pub fn vocabulary(&self, db: &'db dyn Db, workspace: Workspace) -> &'db Vocabulary<'db> {
        words(db, workspace, self.document)
    }
}

/// The words in force for a document.
pub fn words<'db>(
    db: &'db dyn Db,
    workspace: Workspace,
    document: Document<'db>,
) -> &'db Vocabulary<'db> {
    let key = document.key(db);
    vocabulary(db, workspace, Scope::new(db, key.owner.clone(), key.year))
}

/// A report as it hangs together. For a plan or budget the same without follow-ups,
/// so that names in them resolve alike.
#[salsa::tracked]
pub fn report<'db>(db: &'db dyn Db, workspace: Workspace, document: Document<'db>) -> Report<'db> {
    let key = document.key(db);
    let words = words(db, workspace, document);
    let own = contents(db, workspace, document);
    let is_report = key.kind == Kind::Report;
    let chain = chain(db, workspace, document);
    let period = key.period.as_deref().and_then(|name| words.period(name)).cloned();
    let organisation = organisation(db, workspace);
    let unit = organisation.units.get(&key.owner);
    let report_type = key
        .period
        .as_deref()
        .and_then(|period| {
            words.report_type(period, unit.map_or(words.usual_unit_kind(), |unit| &unit.kind))
        })
        .cloned();
    let has_plan = chain
        .iter()
        .any(|above| above.key(db).kind == Kind::Plan && above.key(db).owner == key.owner);

    // Root first, so that a declaration comes before what refines it.
    let above = chain.iter().rev().map(|above| (*above, contents(db, workspace, *above), false));
    let layers: Vec<_> = above.chain([(document, own, is_report)]).collect();

    let mut out = Report {
        document,
        period,
        year: key.year,
        phase: workspace
            .phase(db)
            .or_else(|| own.line(db, "fas").and_then(Phase::from_word))
            .unwrap_or_default(),
        outcomes_only: own.line(db, "omfattning").is_some(),
        title: String::new(),
        parts: parts(db, workspace, document, own)
            .into_iter()
            .filter_map(|(_, part)| part.ok())
            .collect(),
        own_pages: own.line(db, "sidnumrering") == Some("egen"),
        report_type,
        has_plan,
        previous: previous(db, workspace, document),
        goals: goal::goals(db, &layers),
        indicators: BTreeMap::new(),
        activities: BTreeMap::new(),
        beyond: BTreeMap::new(),
        chain,
    };
    named(db, &layers, &mut out);
    if is_report && out.outcomes_only {
        indicator::across_years(db, workspace, own, &mut out);
    } else if is_report {
        let plan = out.chain.iter().find(|above| {
            let above = above.key(db);
            above.kind == Kind::Plan && above.owner == key.owner
        });
        let plan = plan.map_or(own, |plan| contents(db, workspace, *plan));
        concern::keep_what_concerns(db, organisation, [plan, own], key, &mut out);
    }
    let owner = unit.map_or(key.owner.as_str(), |unit| unit.title.as_str());
    let kinds = words.unit_kinds.iter().map(|kind| {
        // The unit of that kind, or the nearest above of it.
        let of_kind = organisation.line(&key.owner).into_iter().find(|unit| unit.kind == *kind);
        let title = of_kind.map_or(owner, |unit| unit.title.as_str());
        (kind.as_str(), title)
    });
    out.title = title(&out, kinds, owner, key);
    out
}

/// The printed title: `{period}`, `{år}`, and each kind of unit filled in.
fn title<'a>(
    report: &Report<'_>,
    units: impl Iterator<Item = (&'a str, &'a str)>,
    owner: &str,
    key: &DocumentKey,
) -> String {
    let Some(report_type) = &report.report_type else {
        return match &report.period {
            Some(period) => format!("{} {} för {owner}", period.title, key.year),
            None => key.to_string(),
        };
    };
    let units: BTreeMap<&str, &str> = units.collect();
    let time = report.time();
    placeholder::fill(&report_type.title, |name| {
        time.value(name).or_else(|| units.get(name).map(|title| (*title).to_owned()))
    })
}

/// Collects the indicators and activities of the layers, and what each layer says.
fn named<'db>(db: &'db dyn Db, layers: &Layers<'db>, out: &mut Report<'db>) {
    for (document, contents, follows_up) in layers {
        for (keyword, name) in &contents.order {
            // The declaration first, wherever it stands.
            let mut mentions: Vec<_> = contents.mentions(keyword, name).iter().collect();
            mentions.sort_by_key(|mention| !mention.declares);
            for mention in mentions {
                match keyword.as_str() {
                    "indikator" => {
                        indicator::indicator(db, out, *document, name, mention, *follows_up);
                    }
                    "aktivitet" => {
                        activity::activity(db, out, *document, name, mention, *follows_up);
                    }
                    _ => {}
                }
            }
        }
    }
}
