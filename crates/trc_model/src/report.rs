//! A report as it hangs together: which plan, budget and earlier report it follows,
//! and its goals, indicators and activities with all that is said of each.

use std::collections::BTreeMap;

use trc_base::Date;
use trc_syntax::value::{self, Target, ValueError};

use crate::anchor::{Anchor, Part};
use crate::db::{Db, Phase, Workspace};
use crate::document::{
    Contents, Document, DocumentKey, GoalKey, Kind, Mention, contents, documents, find,
};
use crate::items::{Declaration, Facts, FieldFact, FieldValue};
use crate::organisation::organisation;
use crate::quantity::Unit;
use crate::vocabulary::{Period, ReportType, Scope, Vocabulary, vocabulary};

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
}

/// A goal of a report.
#[derive(Debug, Clone, PartialEq, Eq, Hash, salsa::SalsaValue)]
pub struct Goal<'db> {
    pub key: GoalKey,
    pub title: String,
    /// Where it is declared.
    pub declared: Mention<'db>,
    /// What plans and budget say of it, the declaration among them.
    pub above: Vec<Mention<'db>>,
    /// What the report says of it.
    pub follow_ups: Vec<Mention<'db>>,
    /// The indicators declared under it, in print order, by name.
    pub indicators: Vec<String>,
    pub activities: Vec<String>,
}

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

/// An activity of a report.
#[derive(Debug, Clone, PartialEq, Eq, Hash, salsa::SalsaValue)]
pub struct Activity<'db> {
    pub name: String,
    pub title: String,
    pub tag: Option<String>,
    pub declared: Mention<'db>,
    /// As declared, else the first and last day of the plan's year.
    pub start: Option<Date>,
    pub end: Option<Date>,
    pub above: Vec<Mention<'db>>,
    pub follow_ups: Vec<Mention<'db>>,
}

/// A field of something that is followed up, and where it stands.
#[derive(Debug, Clone, Copy)]
pub struct Said<'db> {
    pub declaration: Declaration<'db>,
    pub index: usize,
    pub field: &'db FieldFact,
}

impl<'db> Said<'db> {
    /// The line, unless the field is prose or a formula.
    pub fn line(&self) -> Option<&'db str> {
        match &self.field.value {
            FieldValue::Line(line) => Some(line),
            _ => None,
        }
    }

    /// True when there is something to read.
    pub fn has_text(&self) -> bool {
        match &self.field.value {
            FieldValue::Line(line) | FieldValue::Formula(line) => !line.is_empty(),
            FieldValue::Prose(slot) => !slot.is_blank,
        }
    }

    /// Where the value stands.
    pub fn anchor(&self, db: &dyn Db) -> Anchor {
        Anchor::part(db, self.declaration, Part::Field(self.index))
    }
}

/// The first field of the given name among several mentions.
pub fn said<'db>(db: &'db dyn Db, mentions: &[Mention<'db>], name: &str) -> Option<Said<'db>> {
    mentions.iter().find_map(|mention| {
        let (index, field) = mention.declaration.facts(db).field(name)?;
        Some(Said { declaration: mention.declaration, index, field })
    })
}

impl<'db> Goal<'db> {
    /// What the report says in a field.
    pub fn said(&self, db: &'db dyn Db, name: &str) -> Option<Said<'db>> {
        said(db, &self.follow_ups, name)
    }

    /// What the report says in a field, else what the plans say, nearest first.
    pub fn said_or_inherited(&self, db: &'db dyn Db, name: &str) -> Option<Said<'db>> {
        self.said(db, name).or_else(|| said(db, &self.above, name))
    }
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

    /// The budget's target, when somebody nearer has one too or not.
    pub fn budget_target(&self, db: &'db dyn Db) -> Option<&TargetOf<'db>> {
        self.targets.iter().find(|target| target.document.key(db).kind == Kind::Budget)
    }
}

impl<'db> Activity<'db> {
    /// What the report says in a field.
    pub fn said(&self, db: &'db dyn Db, name: &str) -> Option<Said<'db>> {
        said(db, &self.follow_ups, name)
    }
}

impl<'db> Report<'db> {
    /// The goal of the given key.
    pub fn goal(&self, key: &GoalKey) -> Option<&Goal<'db>> {
        self.goals.iter().find(|goal| goal.key == *key)
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

/// What a document follows: for a report the owner's plan, the plans above and the
/// budget; for a plan those above it. Nearest first.
pub fn chain<'db>(
    db: &'db dyn Db,
    workspace: Workspace,
    document: Document<'db>,
) -> Vec<Document<'db>> {
    let key = document.key(db);
    let organisation = organisation(db, workspace);
    let mut owners: Vec<String> =
        organisation.line(&key.owner).iter().map(|unit| unit.name.clone()).collect();
    if owners.is_empty() {
        owners.push(key.owner.clone());
    }
    let mut out = Vec::new();
    for owner in owners {
        for kind in [Kind::Plan, Kind::Budget] {
            let wanted = DocumentKey { kind, period: None, year: key.year, owner: owner.clone() };
            if wanted != *key {
                out.extend(find(db, workspace, &wanted));
            }
        }
    }
    out
}

/// The name of the period that closes the year.
pub fn closing_period(db: &dyn Db, workspace: Workspace, document: Document<'_>) -> Option<String> {
    let periods = words(db, workspace, document).periods.iter();
    let last = periods.filter(|period| !period.hidden).max_by_key(|period| period.ends)?;
    Some(last.name.clone())
}

/// Last year's closing report of the same owner: the one for the year's last period.
pub fn previous<'db>(
    db: &'db dyn Db,
    workspace: Workspace,
    document: Document<'db>,
) -> Option<Document<'db>> {
    let key = document.key(db);
    let wanted = DocumentKey {
        kind: Kind::Report,
        period: Some(closing_period(db, workspace, document)?),
        year: key.year.checked_sub(1)?,
        owner: key.owner.clone(),
    };
    find(db, workspace, &wanted)
}

/// The reports of a workspace, in order.
pub fn reports<'db>(db: &'db dyn Db, workspace: Workspace) -> Vec<Document<'db>> {
    documents(db, workspace)
        .keys()
        .filter(|key| key.kind == Kind::Report)
        .map(|key| Document::new(db, key.clone()))
        .collect()
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
    let mut layers: Vec<(Document<'db>, &Contents<'db>)> =
        chain.iter().rev().map(|above| (*above, contents(db, workspace, *above))).collect();
    layers.push((document, own));

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
        report_type,
        has_plan,
        previous: previous(db, workspace, document),
        goals: goals(db, &layers, is_report),
        indicators: BTreeMap::new(),
        activities: BTreeMap::new(),
        chain,
    };
    named(db, &layers, is_report, &mut out);
    if is_report && out.outcomes_only {
        across_years(db, workspace, &layers, &mut out);
    }
    let kinds = words.unit_kinds.iter().map(|kind| {
        // The unit of that kind, or the nearest above of it.
        let of_kind = organisation.line(&key.owner).into_iter().find(|unit| unit.kind == *kind);
        let title = of_kind.or(unit).map_or(key.owner.as_str(), |unit| unit.title.as_str());
        (kind.as_str(), title)
    });
    out.title = title(&out, kinds, key);
    out
}

/// The printed title: `{period}`, `{år}`, and each kind of unit filled in.
fn title<'a>(
    report: &Report<'_>,
    units: impl Iterator<Item = (&'a str, &'a str)>,
    key: &DocumentKey,
) -> String {
    let Some(report_type) = &report.report_type else { return key.to_string() };
    let period = report.period.as_ref().map(|period| period.title.as_str());
    let out = report_type
        .title
        .replace("{period}", period.or(key.period.as_deref()).unwrap_or_default())
        .replace("{år}", &key.year.to_string());
    units.fold(out, |out, (kind, title)| out.replace(&format!("{{{kind}}}"), title))
}

fn goals<'db>(
    db: &'db dyn Db,
    layers: &[(Document<'db>, &Contents<'db>)],
    is_report: bool,
) -> Vec<Goal<'db>> {
    let mut out: BTreeMap<GoalKey, Goal<'db>> = BTreeMap::new();
    let last = layers.len().saturating_sub(1);
    for (layer, (_, contents)) in layers.iter().enumerate() {
        for (key, mentions) in &contents.goals {
            for mention in mentions {
                let goal = match out.get_mut(key) {
                    Some(goal) => goal,
                    None if mention.declares => {
                        let title = mention.declaration.facts(db).title.clone();
                        out.entry(key.clone()).or_insert(Goal {
                            key: key.clone(),
                            title: title.unwrap_or_default(),
                            declared: mention.clone(),
                            above: Vec::new(),
                            follow_ups: Vec::new(),
                            indicators: Vec::new(),
                            activities: Vec::new(),
                        })
                    }
                    None => continue,
                };
                if is_report && layer == last {
                    goal.follow_ups.push(mention.clone());
                } else {
                    // Nearest first.
                    goal.above.insert(0, mention.clone());
                }
            }
        }
    }
    out.into_values().collect()
}

fn named<'db>(
    db: &'db dyn Db,
    layers: &[(Document<'db>, &Contents<'db>)],
    is_report: bool,
    out: &mut Report<'db>,
) {
    let last = layers.len().saturating_sub(1);
    for (layer, (document, contents)) in layers.iter().enumerate() {
        let follows_up = is_report && layer == last;
        for (keyword, name) in &contents.order {
            for mention in contents.mentions(keyword, name) {
                match keyword.as_str() {
                    "indikator" => indicator(db, out, *document, name, mention, follows_up),
                    "aktivitet" => activity(db, out, *document, name, mention, follows_up),
                    _ => {}
                }
            }
        }
    }
}

/// A report of figures only is often of a year whose plan is not there. An indicator is
/// its name across years, so its title and unit are those of the nearest year that has
/// it; its targets stay in their year.
fn across_years<'db>(
    db: &'db dyn Db,
    workspace: Workspace,
    layers: &[(Document<'db>, &Contents<'db>)],
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
    let follow_ups = layers.last().map(|(_, own)| *own);
    for (name, mut indicator) in known {
        let mentions = follow_ups.map_or(&[][..], |own| own.mentions("indikator", &name));
        indicator.follow_ups = mentions.to_vec();
        indicator.declared.goal = None;
        out.indicators.insert(name, indicator);
    }
}

fn indicator<'db>(
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
    indicator.targets.splice(0..0, target_in(document, mention.declaration, facts));
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
fn target_in<'db>(
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

fn activity<'db>(
    db: &'db dyn Db,
    out: &mut Report<'db>,
    document: Document<'db>,
    name: &str,
    mention: &Mention<'db>,
    follows_up: bool,
) {
    let facts = mention.declaration.facts(db);
    if mention.declares && !out.activities.contains_key(name) {
        if let Some(goal) = &mention.goal
            && let Some(goal) = out.goals.iter_mut().find(|known| known.key == *goal)
        {
            goal.activities.push(name.to_owned());
        }
        let year = document.key(db).year;
        let date = |field| facts.line(field).map(Date::parse);
        out.activities.insert(
            name.to_owned(),
            Activity {
                name: name.to_owned(),
                title: facts.title.clone().unwrap_or_default(),
                tag: facts.line("tagg").map(str::to_owned),
                declared: mention.clone(),
                start: date("start").unwrap_or_else(|| Date::new(year, 1, 1)),
                end: date("slut").unwrap_or_else(|| Date::new(year, 12, 31)),
                above: Vec::new(),
                follow_ups: Vec::new(),
            },
        );
    }
    let Some(activity) = out.activities.get_mut(name) else { return };
    if follows_up {
        activity.follow_ups.push(mention.clone());
    } else {
        activity.above.insert(0, mention.clone());
    }
}
