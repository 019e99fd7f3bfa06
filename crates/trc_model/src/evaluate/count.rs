//! `antal(…)`: how many rows a table has, and how many indicators, activities or goals
//! stand in a block, perhaps only those of some words.

use trc_base::suggest::nearest;
use trc_base::{Decimal, Text, TextRange, text};
use trc_syntax::formula::{Argument, Expression, ExpressionKind, PathPart};
use trc_syntax::name::from_label;

use super::problem::{self, Problem, ProblemKind};
use super::{Evaluator, Step, Value};
use crate::assess::{Forecast, Verdict, judge};
use crate::document::{GoalKey, Kind};
use crate::quantity::{Quantity, Unit};
use crate::report::{Activity, Goal, Indicator};
use crate::resolve::{Named, Surroundings};
use crate::table::RowKind;
use crate::vocabulary::{Scale, has_table};

/// The names of what can be counted beside tables and the goals of one level.
pub const COUNTED: [&str; 7] = [
    "indikatorer",
    "alla_indikatorer",
    "kf_indikatorer",
    "nämndindikatorer",
    "aktiviteter",
    "alla_aktiviteter",
    "mål",
];

/// The name before the dot that means the whole report, whatever block the formula
/// stands in.
pub const WHOLE_REPORT: &str = "rapporten";

/// What is counted.
enum Things<'e, 'db> {
    Indicators(Vec<&'e Indicator<'db>>),
    Activities(Vec<&'e Activity<'db>>),
    Goals(Vec<&'e Goal<'db>>),
}

impl<'db> Evaluator<'db> {
    /// `antal(tabell)`, `antal(indikatorer, nås)`, `antal(3.4.aktiviteter, pågår)`.
    pub(super) fn count(
        &self,
        arguments: &[Argument],
        range: TextRange,
        around: Surroundings<'_>,
    ) -> Result<Value, Problem> {
        let Some((first, words)) = arguments.split_first() else {
            return Err(problem::needs_numbers("antal", range));
        };
        if words.is_empty()
            && let Some(rows) = self.rows(first)
        {
            return Ok(count_of(rows));
        }
        let parts = match first {
            Argument::Expression(Expression { kind: ExpressionKind::Path(path), .. })
                if path.document.is_none() =>
            {
                path.parts.clone()
            }
            Argument::Words { text, range } => {
                vec![PathPart { name: from_label(text), range: *range }]
            }
            Argument::Expression(_) => return Err(problem::needs_numbers("antal", range)),
        };
        match self.things(&parts, around)? {
            Some(things) => self.count_words(&things, words, range),
            None => self.count_rows(first, words, range, around),
        }
    }

    /// The rows of the table of exactly this name.
    fn rows(&self, argument: &Argument) -> Option<usize> {
        let Argument::Expression(Expression { kind: ExpressionKind::Path(path), .. }) = argument
        else {
            return None;
        };
        let [one] = path.parts.as_slice() else { return None };
        self.plain_rows(&one.name)
    }

    fn plain_rows(&self, table: &str) -> Option<usize> {
        let table = self.tables.get(table)?;
        Some(table.rows.iter().filter(|row| row.kind == RowKind::Plain).count())
    }

    fn count_rows(
        &self,
        first: &Argument,
        words: &[Argument],
        range: TextRange,
        around: Surroundings<'_>,
    ) -> Result<Value, Problem> {
        let Argument::Expression(Expression { kind: ExpressionKind::Path(path), .. }) = first
        else {
            return Err(problem::needs_numbers("antal", range));
        };
        match self.resolve(path, around) {
            Ok(Named::Lacking) => Ok(Value::Unknown),
            Ok(Named::Table(table) | Named::Column { table, .. }) if self.lacks(&table) => {
                Ok(Value::Unknown)
            }
            Ok(Named::Table(table) | Named::Column { table, .. } | Named::Cell { table, .. })
                if words.is_empty() =>
            {
                Ok(count_of(self.plain_rows(&table).unwrap_or_default()))
            }
            Ok(_) => Err(problem::needs_numbers("antal", range)),
            Err(unresolved) => {
                let mut problem = Problem::from(unresolved);
                if let Some(meant) = path.parts.last().and_then(|part| nearest(&part.name, COUNTED))
                {
                    problem.help = meant_text(meant);
                }
                Err(problem)
            }
        }
    }

    /// What a name means that is counted: the things of the block that the formula
    /// stands in, of the goal before the dot, or of the whole report.
    fn things(
        &self,
        parts: &[PathPart],
        around: Surroundings<'_>,
    ) -> Result<Option<Things<'_, 'db>>, Problem> {
        let Some((last, before)) = parts.split_last() else { return Ok(None) };
        let block = match before {
            [] => around.goal.and_then(|key| self.report.goal(key)),
            [one] if one.name == WHOLE_REPORT => None,
            [first, ..] => {
                let number: Vec<&str> = before.iter().map(|part| part.name.as_str()).collect();
                let key = GoalKey::new(&number.join("."));
                match self.report.goal(&key) {
                    Some(goal) => Some(goal),
                    // A path into a table or an indicator.
                    None if key.level().is_none() => return Ok(None),
                    None => {
                        let range =
                            before.last().map_or(first.range, |it| first.range.cover(it.range));
                        return Err(unknown_goal(&key, range));
                    }
                }
            }
        };
        let things = match last.name.as_str() {
            "indikatorer" => Things::Indicators(self.indicators(block, false)),
            "alla_indikatorer" => Things::Indicators(self.indicators(block, true)),
            "kf_indikatorer" => Things::Indicators(self.declared_in(block, Kind::Budget)),
            "nämndindikatorer" => Things::Indicators(self.declared_in(block, Kind::Plan)),
            "aktiviteter" => Things::Activities(self.activities(block, false)),
            "alla_aktiviteter" => Things::Activities(self.activities(block, true)),
            "mål" => Things::Goals(match block {
                Some(goal) => self.report.below(goal, true),
                None => self.report.goals.iter().collect(),
            }),
            name => match self.level_named(name) {
                Some(level) => {
                    let goals = match block {
                        Some(goal) => self.report.below(goal, false),
                        None => self.report.goals.iter().collect(),
                    };
                    Things::Goals(
                        goals
                            .into_iter()
                            .filter(|goal| self.report.level_name(goal) == Some(level))
                            .collect(),
                    )
                }
                // After a goal or the report nothing else can stand.
                None if !before.is_empty() => return Err(unknown_things(last)),
                None => return Ok(None),
            },
        };
        Ok(Some(things))
    }

    fn indicators(&self, block: Option<&Goal<'db>>, below: bool) -> Vec<&'db Indicator<'db>> {
        let Some(goal) = block else { return self.report.indicators.values().collect() };
        let mut names: Vec<&String> = goal.indicators.iter().collect();
        if below {
            names.extend(
                self.report.below(goal, false).into_iter().flat_map(|goal| &goal.indicators),
            );
        }
        names.into_iter().filter_map(|name| self.report.indicators.get(name)).collect()
    }

    fn declared_in(&self, block: Option<&Goal<'db>>, kind: Kind) -> Vec<&'db Indicator<'db>> {
        let own = |indicator: &&Indicator<'db>| {
            let file = indicator.declared.declaration.file(self.db);
            let key = crate::document::document_of(self.db, file).as_ref();
            key.is_some_and(|key| key.kind == kind)
        };
        self.indicators(block, false).into_iter().filter(own).collect()
    }

    fn activities(&self, block: Option<&Goal<'db>>, below: bool) -> Vec<&'db Activity<'db>> {
        let Some(goal) = block else { return self.report.activities.values().collect() };
        let mut names: Vec<&String> = goal.activities.iter().collect();
        if below {
            names.extend(
                self.report.below(goal, false).into_iter().flat_map(|goal| &goal.activities),
            );
        }
        names.into_iter().filter_map(|name| self.report.activities.get(name)).collect()
    }

    /// The level of goals that a name means: the words of its heading in the report
    /// type, or the last of them (`nämndmål`, `inriktningsmål`).
    fn level_named(&self, name: &str) -> Option<&'db str> {
        let levels = &self.report.report_type.as_ref()?.levels;
        levels.iter().filter(|(level, _)| !has_table(level)).find_map(|(level, known)| {
            let words = known.title.split('{').next().unwrap_or_default();
            let label = from_label(words);
            let fits = label == name
                || label.strip_suffix(name).is_some_and(|before| before.ends_with('_'));
            (fits && name != "mål").then_some(level.as_str())
        })
    }

    /// How many of the things are of one of the words; without words, all.
    fn count_words(
        &self,
        things: &Things<'_, 'db>,
        words: &[Argument],
        range: TextRange,
    ) -> Result<Value, Problem> {
        let words: Vec<(String, TextRange)> = words
            .iter()
            .map(word)
            .collect::<Option<_>>()
            .ok_or_else(|| problem::needs_numbers("antal", range))?;
        let known = self.known_words(things);
        if let Some((word, range)) = words.iter().find(|(word, _)| !known.contains(word)) {
            return if known.is_empty() {
                Ok(Value::Unknown)
            } else {
                Err(unknown_word(things, word, *range, &known))
            };
        }
        let all = match things {
            Things::Indicators(list) => list.len(),
            Things::Activities(list) => list.len(),
            Things::Goals(list) => list.len(),
        };
        if words.is_empty() {
            return Ok(count_of(all));
        }
        let wanted = |word: &str| words.iter().any(|(wanted, _)| wanted == word);
        match things {
            Things::Indicators(list) => self.step(Step::Count, range, || {
                let mut count = 0;
                for indicator in list {
                    match self.verdict(indicator)? {
                        Some(verdict) if wanted(verdict.word()) => count += 1,
                        Some(_) => {}
                        None => return Ok(Value::Unknown),
                    }
                }
                Ok(count_of(count))
            }),
            Things::Activities(list) => Ok(self.count_said(
                list.iter().map(|activity| activity.said(self.db, "läge")),
                &known,
                wanted,
            )),
            Things::Goals(list) => Ok(self.count_said(
                list.iter().map(|goal| goal.said(self.db, "status")),
                &known,
                wanted,
            )),
        }
    }

    /// How an indicator stands to its target; `None` when what is said of it cannot be
    /// read, which is somebody else's finding.
    fn verdict(&self, indicator: &Indicator<'db>) -> Result<Option<Verdict>, Problem> {
        for field in ["utfall", "prognos"] {
            let Some(line) = indicator.said(self.db, field).and_then(|said| said.line()) else {
                continue;
            };
            match Forecast::parse(line) {
                Ok(Forecast::Word(_) | Forecast::Absent(_)) => {}
                Err(_) => return Ok(None),
                Ok(Forecast::Measure(_)) => {
                    let own = self.report.document;
                    let range = TextRange::default();
                    if self.field(&indicator.name, field, None, own, range)? == Value::Unknown {
                        return Ok(None);
                    }
                }
            }
        }
        Ok(Some(judge(self.db, self.workspace, self.report, self, indicator).verdict))
    }

    /// Counts what the report says in words. A word that no scale has is somebody
    /// else's finding, and nothing is known then.
    fn count_said<'s>(
        &self,
        said: impl Iterator<Item = Option<crate::report::Said<'s>>>,
        known: &[String],
        wanted: impl Fn(&str) -> bool,
    ) -> Value {
        let mut count = 0;
        for said in said.flatten() {
            let line = said.line().unwrap_or_default();
            // "försenad till 2025-12-31"
            let begins = |word: &&String| {
                line.strip_prefix(word.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ',']))
            };
            match known.iter().filter(begins).max_by_key(|word| word.len()) {
                Some(word) if wanted(word) => count += 1,
                Some(_) => {}
                None => return Value::Unknown,
            }
        }
        count_of(count)
    }

    /// The words that things of a kind can have.
    fn known_words(&self, things: &Things<'_, 'db>) -> Vec<String> {
        let words = self.report.vocabulary(self.db, self.workspace);
        let of_scale = |scale: Option<&Scale>| {
            let steps = scale.map(|scale| scale.steps.as_slice()).unwrap_or_default();
            steps.iter().map(|step| step.word.clone()).collect()
        };
        let report_type = self.report.report_type.as_ref();
        match things {
            Things::Indicators(_) => {
                Verdict::ALL.iter().map(|verdict| verdict.word().to_owned()).collect()
            }
            Things::Activities(_) => of_scale(words.states(report_type)),
            Things::Goals(_) => of_scale(words.goal_scale(report_type)),
        }
    }
}

/// The word that an argument is.
fn word(argument: &Argument) -> Option<(String, TextRange)> {
    match argument {
        Argument::Words { text, range } => Some((text.to_lowercase(), *range)),
        Argument::Expression(Expression { kind: ExpressionKind::Path(path), range }) => {
            match path.parts.as_slice() {
                [one] if path.document.is_none() => Some((one.name.to_lowercase(), *range)),
                _ => None,
            }
        }
        Argument::Expression(_) => None,
    }
}

fn count_of(count: usize) -> Value {
    let count = Decimal::from(i64::try_from(count).unwrap_or(i64::MAX));
    Value::Quantity(Quantity::exact(count, Unit::Count))
}

fn meant_text(meant: &str) -> Text {
    text!(sv: "Menade du ”{meant}”?", en: "Did you mean “{meant}”?")
}

fn unknown_goal(key: &GoalKey, range: TextRange) -> Problem {
    Problem::new(
        ProblemKind::Name,
        range,
        text!(sv: "Det finns inget mål {key}.", en: "There is no goal {key}."),
        text!(
            sv: "Rätta numret, eller lämna bort det: då räknas det som hör till målet där meningen står.",
            en: "Correct the number, or leave it out: then what belongs to the goal around the sentence is counted.",
        ),
    )
}

fn unknown_things(part: &PathPart) -> Problem {
    let name = &part.name;
    Problem::new(
        ProblemKind::Name,
        part.range,
        text!(
            sv: "Det finns inget att räkna som heter ”{name}”.",
            en: "There is nothing to count called “{name}”.",
        ),
        nearest(name, COUNTED).map_or_else(
            || {
                let all = COUNTED.join(", ");
                text!(sv: "Skriv något av {all}.", en: "Write one of {all}.")
            },
            meant_text,
        ),
    )
}

fn unknown_word(
    things: &Things<'_, '_>,
    word: &str,
    range: TextRange,
    known: &[String],
) -> Problem {
    let (sv, en) = match things {
        Things::Indicators(_) => ("en indikator", "an indicator"),
        Things::Activities(_) => ("en aktivitet", "an activity"),
        Things::Goals(_) => ("ett mål", "a goal"),
    };
    let help = nearest(word, known.iter().map(String::as_str)).map_or_else(
        || {
            let all = known.join(", ");
            text!(sv: "Skriv något av: {all}.", en: "Write one of: {all}.")
        },
        meant_text,
    );
    Problem::new(
        ProblemKind::Name,
        range,
        text!(
            sv: "”{word}” är inget av de ord som {sv} kan ha.",
            en: "“{word}” is none of the words that {en} can have.",
        ),
        help,
    )
}
