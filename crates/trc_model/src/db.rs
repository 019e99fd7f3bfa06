//! The database and its inputs.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use trc_base::{Date, Lines};
use trc_syntax::Parse;
use trc_syntax::decode::EncodingProblem;

use crate::data::DataFile;

/// What every query is given.
#[salsa::db]
pub trait Db: salsa::Database {}

/// One `.tr` file.
#[salsa::input(debug)]
pub struct SourceFile {
    /// The path relative to the workspace, with `/`. Files built into the compiler
    /// have a path that begins with [`BUILT_IN`].
    pub path: Arc<str>,
    pub text: String,
    /// What was wrong with the file's bytes, if anything.
    #[returns(copy)]
    pub encoding: Option<EncodingProblem>,
}

/// The beginning of the path of a file that is built into the compiler.
pub const BUILT_IN: &str = "inbyggd:";

impl SourceFile {
    /// True for the vocabulary that comes with the compiler.
    pub fn is_built_in(self, db: &dyn Db) -> bool {
        self.path(db).starts_with(BUILT_IN)
    }
}

/// The files that belong together, and what the caller knows about the world.
#[salsa::input(debug)]
pub struct Workspace {
    /// Every file, built-in vocabulary included. The order carries no meaning.
    pub files: Vec<SourceFile>,
    /// The files of data that the sources name, by path, as far as somebody has looked for
    /// them; see [`crate::data::provide`].
    #[default]
    pub data: BTreeMap<Arc<str>, DataFile>,
    /// The phase asked for on the command line; it wins over each report's own.
    #[returns(copy)]
    pub phase: Option<Phase>,
    /// The day of the check, where it is known. Nothing that is printed depends on it.
    #[returns(copy)]
    pub today: Option<Date>,
}

/// How far a report has come (`fas:`). Completeness weighs more in later phases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Phase {
    /// `utkast`: being written.
    #[default]
    Draft,
    /// `granskning`: being reviewed.
    Review,
    /// `slutlig`: to be decided on and published.
    Final,
}

impl Phase {
    /// Every phase, in order.
    pub const ALL: [Phase; 3] = [Phase::Draft, Phase::Review, Phase::Final];

    /// The word that stands in the source.
    pub fn word(self) -> &'static str {
        match self {
            Phase::Draft => "utkast",
            Phase::Review => "granskning",
            Phase::Final => "slutlig",
        }
    }

    /// The phase that a word names.
    pub fn from_word(word: &str) -> Option<Phase> {
        Phase::ALL.into_iter().find(|phase| phase.word() == word)
    }
}

/// The tree of a file. Not compared after an edit: nothing but [`crate::items`] and
/// the edge reads it.
#[salsa::tracked(no_eq)]
pub fn parse(db: &dyn Db, file: SourceFile) -> Parse {
    trc_syntax::parse(file.text(db))
}

/// Where the lines of a file begin.
#[salsa::tracked(no_eq)]
pub fn lines(db: &dyn Db, file: SourceFile) -> Lines {
    Lines::new(file.text(db))
}

/// The database: salsa's storage, and a log of what ran for tests that assert it.
#[salsa::db]
#[derive(Clone)]
pub struct Database {
    storage: salsa::Storage<Self>,
    executed: Arc<Mutex<Option<Vec<String>>>>,
}

#[salsa::db]
impl salsa::Database for Database {}

#[salsa::db]
impl Db for Database {}

impl Default for Database {
    fn default() -> Self {
        let executed: Arc<Mutex<Option<Vec<String>>>> = Arc::default();
        let log = Arc::clone(&executed);
        let storage = salsa::Storage::new(Some(Box::new(move |event: salsa::Event| {
            if let salsa::EventKind::WillExecute { database_key } = event.kind
                && let Ok(mut log) = log.lock()
                && let Some(log) = log.as_mut()
            {
                log.push(format!("{database_key:?}"));
            }
        })));
        Database { storage, executed }
    }
}

impl Database {
    /// Runs `work` and returns the queries that were executed in it, by name, in
    /// order. What was only verified does not count.
    pub fn log_executed<T>(&self, work: impl FnOnce(&Self) -> T) -> (T, Vec<String>) {
        let set = |value| self.executed.lock().map(|mut log| log.replace(value)).ok().flatten();
        set(Vec::new());
        let result = salsa::Database::attach(self, |db| work(db));
        let log = self.executed.lock().map(|mut log| log.take()).ok().flatten();
        // `check_declaration(Id(1c03))` → `check_declaration`
        let names = log
            .unwrap_or_default()
            .into_iter()
            .map(|entry| entry.split_once('(').map_or(entry.as_str(), |(name, _)| name).to_owned());
        (result, names.collect())
    }
}
