//! One workspace, open.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use salsa::Setter as _;
use trc_base::{Date, Diagnostic};
use trc_model::vocabulary::built_in_files;
use trc_model::{Database, Phase, SourceFile, Workspace};
use trc_syntax::decode::{Decoded, decode};

use crate::config::{self, Config, ConfigProblem, ConfigProblemKind, LANGUAGE_VERSION};
use crate::data;
use crate::discover::{self, EXTENSION, IGNORE_FILE, MAX_FILE_BYTES, discover};
use crate::fs::{EntryKind, FileSystem};
use crate::paths::{self, PathError};
use crate::problem::Problem;

/// A workspace: its root, its settings, its files, and the database that answers
/// questions about them.
///
/// There is one owner, who writes. Whoever reads takes a clone of the database; a
/// write waits until every clone is gone, and cancels the queries that run in them.
#[derive(Debug)]
pub struct Project {
    fs: Arc<dyn FileSystem>,
    root: Utf8PathBuf,
    /// The root as the caller wrote it, which may lead through links: the paths that
    /// an editor sends begin with it.
    given_root: Utf8PathBuf,
    settings: Settings,
    db: DebugDatabase,
    workspace: Workspace,
    built_in: Vec<SourceFile>,
    files: BTreeMap<String, Entry>,
    /// The inputs of files that are gone. salsa keeps an input for good, so a file
    /// that comes back, as when branches are switched, gets its own again.
    retired: BTreeMap<String, SourceFile>,
    problems: BTreeMap<String, Problem>,
    discovery_problems: Vec<Problem>,
    revision: u64,
}

/// One source.
#[derive(Debug)]
struct Entry {
    file: SourceFile,
    /// True while an editor's text stands in for the disk's.
    overlay: bool,
}

/// Where the settings came from and what is wrong with them.
#[derive(Debug)]
enum Settings {
    /// The workspace is not on disk: a single file, or one that was never saved.
    None,
    File {
        config: Config,
        text: String,
        overlay: bool,
        problems: Vec<Problem>,
    },
}

/// Why a workspace could not be opened.
#[derive(Debug)]
pub enum OpenError {
    /// The folder could not be read.
    Folder { root: Utf8PathBuf, error: io::Error },
    /// There is no `trc.toml` in it.
    NoConfig { root: Utf8PathBuf },
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OpenError::Folder { root, error } => write!(f, "{root}: {error}"),
            OpenError::NoConfig { root } => write!(f, "{root}: no {}", config::FILE_NAME),
        }
    }
}

impl std::error::Error for OpenError {}

impl Project {
    /// The root of the workspace that a file or folder belongs to: the nearest folder
    /// above it with a `trc.toml`.
    pub fn find_root(fs: &dyn FileSystem, start: &Utf8Path) -> Option<Utf8PathBuf> {
        let has_config = |folder: &&Utf8Path| {
            fs.kind(&folder.join(config::FILE_NAME)).is_ok_and(|kind| kind != EntryKind::Folder)
        };
        start.ancestors().find(has_config).map(Utf8Path::to_owned)
    }

    /// Opens the workspace whose `trc.toml` stands in `root`, and reads its files.
    ///
    /// A file that cannot be read and a `trc.toml` with mistakes in it do not keep it
    /// from opening; they are among its [`Project::problems`].
    pub fn open(fs: Arc<dyn FileSystem>, root: &Utf8Path) -> Result<Project, OpenError> {
        let given_root = root.to_owned();
        let canonical = fs.canonicalize(root);
        let root = canonical.map_err(|error| OpenError::Folder { root: root.to_owned(), error })?;
        if fs.kind(&root.join(config::FILE_NAME)).is_err() {
            return Err(OpenError::NoConfig { root });
        }
        let mut project = Project::empty(fs, root);
        project.given_root = given_root;
        project.settings = Settings::File {
            config: Config { language_version: LANGUAGE_VERSION },
            text: String::new(),
            overlay: false,
            problems: Vec::new(),
        };
        project.reload_config();
        project.update(&BTreeSet::new(), true);
        project.revision = 0;
        Ok(project)
    }

    /// A workspace without a `trc.toml`, which holds what [`Project::set_overlay`]
    /// puts into it: for a single file, or one that was never saved.
    pub fn empty(fs: Arc<dyn FileSystem>, root: Utf8PathBuf) -> Project {
        let db = Database::default();
        let built_in = built_in_files(&db);
        let workspace = Workspace::new(&db, built_in.clone(), None, None);
        Project {
            fs,
            given_root: root.clone(),
            root,
            settings: Settings::None,
            db: DebugDatabase(db),
            workspace,
            built_in,
            files: BTreeMap::new(),
            retired: BTreeMap::new(),
            problems: BTreeMap::new(),
            discovery_problems: Vec::new(),
            revision: 0,
        }
    }

    /// The folder of the workspace, canonical.
    pub fn root(&self) -> &Utf8Path {
        &self.root
    }

    /// The place of a source, or of `trc.toml`, as the caller of [`Project::open`]
    /// would write it.
    pub fn path(&self, name: &str) -> Utf8PathBuf {
        self.given_root.join(name)
    }

    /// The settings in force: the last ones that could be read.
    pub fn config(&self) -> Config {
        match &self.settings {
            Settings::File { config, .. } => config.clone(),
            Settings::None => Config { language_version: LANGUAGE_VERSION },
        }
    }

    /// The text of `trc.toml`, which problems with it point into.
    pub fn config_text(&self) -> &str {
        match &self.settings {
            Settings::File { text, .. } => text,
            Settings::None => "",
        }
    }

    /// The database. A clone of it is a snapshot.
    pub fn db(&self) -> &Database {
        &self.db.0
    }

    /// The input that stands for the workspace as a whole.
    pub fn workspace(&self) -> Workspace {
        self.workspace
    }

    /// The sources by name, without those built into the compiler.
    pub fn files(&self) -> impl Iterator<Item = (&str, SourceFile)> {
        self.files.iter().map(|(name, entry)| (name.as_str(), entry.file))
    }

    /// The source at a path, absolute or relative to the root.
    pub fn file(&self, path: &Utf8Path) -> Option<SourceFile> {
        self.files.get(&self.name(path)?).map(|entry| entry.file)
    }

    /// What is wrong with the files and the settings themselves.
    pub fn problems(&self) -> Vec<Problem> {
        let settings = match &self.settings {
            Settings::File { problems, .. } => problems.as_slice(),
            Settings::None => &[],
        };
        let all = settings.iter().chain(&self.discovery_problems).chain(self.problems.values());
        all.cloned().collect()
    }

    /// The same as diagnostics, sorted. What the files say is not in them.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let mut diagnostics: Vec<_> = self.problems().iter().map(Problem::diagnostic).collect();
        diagnostics.sort();
        diagnostics
    }

    /// Counts the changes since the workspace was opened: one for each call that
    /// changed anything, however many files it changed.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// True when the path is, or would be once saved, a source of this workspace.
    pub fn owns(&self, path: &Utf8Path) -> bool {
        self.name(path).is_some_and(|name| discover::would_find(&*self.fs, &self.root, &name))
    }

    /// Puts an editor's text in the place of the disk's. False when the path is not
    /// under the root; then nothing is changed.
    pub fn set_overlay(&mut self, path: &Utf8Path, text: String) -> bool {
        let Some(name) = self.name(path) else { return false };
        if name == config::FILE_NAME {
            self.set_config_text(text, true);
            return true;
        }
        self.problems.remove(&name);
        let changed = self.put(&name, Decoded { text, problem: None }, true);
        self.commit(changed, &data::Reread::Nothing);
        true
    }

    /// Takes the editor's text away again: what is on disk counts.
    pub fn remove_overlay(&mut self, path: &Utf8Path) {
        let Some(name) = self.name(path) else { return };
        if name == config::FILE_NAME {
            if let Settings::File { overlay, .. } = &mut self.settings {
                *overlay = false;
            }
            self.reload_config();
        } else if let Some(entry) = self.files.get_mut(&name) {
            entry.overlay = false;
            self.update(&BTreeSet::from([name]), false);
        }
    }

    /// Takes up what changed on disk, in one step. The paths are hints: what stands
    /// there now is looked at, and files that did not change set nothing.
    ///
    /// salsa counts a revision for each input that is set. No query runs between
    /// them, so whatever depends on them is verified once.
    pub fn apply_disk_changes(&mut self, paths: &[Utf8PathBuf]) {
        let mut known = BTreeSet::new();
        let mut config_changed = false;
        let mut walk = false;
        let mut reread = BTreeSet::new();
        for path in paths {
            let Some(name) = self.name(path) else { continue };
            if name == config::FILE_NAME {
                config_changed = true;
            } else if self.files.contains_key(&name) {
                known.insert(name);
            } else if data::uses(self.db(), self.workspace, &name) {
                reread.insert(name);
            } else if !walk && discover::may_matter(&name) {
                // A new file, a folder that came or went, or other rules for what counts.
                let folder = format!("{name}/");
                let mut after = self.files.range(folder.clone()..);
                walk = path.extension() == Some(EXTENSION)
                    || path.file_name() == Some(IGNORE_FILE)
                    || after.next().is_some_and(|(file, _)| file.starts_with(&folder))
                    || self.fs.kind(path).is_ok_and(|kind| kind == EntryKind::Folder);
            }
        }
        let before = self.revision;
        if config_changed {
            self.reload_config();
        }
        // A workspace without settings has no sources but those given to it.
        walk &= matches!(self.settings, Settings::File { .. });
        if walk || !known.is_empty() {
            self.update(&known, walk);
        }
        if !reread.is_empty() {
            self.commit(false, &data::Reread::At(reread));
        }
        self.revision = self.revision.min(before + 1);
    }

    /// Sets the phase that wins over each report's own.
    pub fn set_phase(&mut self, phase: Option<Phase>) {
        if self.workspace.phase(self.db()) != phase {
            self.workspace.set_phase(&mut self.db.0).to(phase);
            self.revision += 1;
        }
    }

    /// Sets the day of the check.
    pub fn set_today(&mut self, today: Option<Date>) {
        if self.workspace.today(self.db()) != today {
            self.workspace.set_today(&mut self.db.0).to(today);
            self.revision += 1;
        }
    }

    /// The bytes of a file that a source mentions, such as an image. The path is
    /// relative to the root, and may not lead out of it.
    pub fn read_mentioned(&self, path: &str, limit: u64) -> Result<Vec<u8>, PathError> {
        let path = paths::inside(&*self.fs, &self.root, path)?;
        self.fs.read(&path, limit).map_err(PathError::Io)
    }

    fn name(&self, path: &Utf8Path) -> Option<String> {
        paths::relative(&self.root, path).or_else(|| paths::relative(&self.given_root, path))
    }

    /// Reads the named files again, or, after a walk, every file there is.
    fn update(&mut self, names: &BTreeSet<String>, walk: bool) {
        let mut names = names.clone();
        if walk {
            let found = discover(&*self.fs, &self.root);
            self.discovery_problems = found.problems;
            self.problems.clear();
            names.extend(self.files.keys().cloned());
            let found: BTreeSet<String> = found.files.into_iter().collect();
            // What the walk no longer finds is no part of the workspace even if it
            // can still be read.
            let gone: Vec<String> = names.difference(&found).cloned().collect();
            names.extend(found);
            names.retain(|name| !gone.contains(name));
            let mut changed = false;
            for name in gone {
                changed |= self.take_out(&name);
            }
            self.read_all(&names, changed, &data::Reread::All);
        } else {
            self.read_all(&names, false, &data::Reread::Nothing);
        }
    }

    fn read_all(&mut self, names: &BTreeSet<String>, mut changed: bool, reread: &data::Reread) {
        for name in names {
            if self.files.get(name).is_some_and(|entry| entry.overlay) {
                continue;
            }
            self.problems.remove(name);
            let path = self.root.join(name);
            match self.fs.read(&path, MAX_FILE_BYTES) {
                Ok(bytes) => changed |= self.put(name, decode(&bytes), false),
                Err(error) => {
                    if error.kind() != io::ErrorKind::NotFound {
                        let problem = Problem::unreadable(name.clone(), &error);
                        self.problems.insert(name.clone(), problem);
                    }
                    changed |= self.take_out(name);
                }
            }
        }
        self.commit(changed, reread);
    }

    /// Sets a file's text, if it is another. True when anything changed.
    fn put(&mut self, name: &str, decoded: Decoded, overlay: bool) -> bool {
        let db = &mut self.db.0;
        if let Some(entry) = self.files.get_mut(name) {
            entry.overlay = overlay;
            return set(db, entry.file, decoded);
        }
        let file = match self.retired.remove(name) {
            Some(file) => {
                set(db, file, decoded);
                file
            }
            None => SourceFile::new(db, Arc::from(name), decoded.text, decoded.problem),
        };
        self.files.insert(name.to_owned(), Entry { file, overlay });
        true
    }

    /// Takes a file out, unless an editor has it open. True when it was there.
    fn take_out(&mut self, name: &str) -> bool {
        if self.files.get(name).is_none_or(|entry| entry.overlay) {
            return false;
        }
        let Some(entry) = self.files.remove(name) else { return false };
        self.retired.insert(name.to_owned(), entry.file);
        true
    }

    /// Ends a change: brings the list of files and the files of data that they name up to
    /// date, and counts it.
    fn commit(&mut self, changed: bool, reread: &data::Reread) {
        let sources = self.files.values().map(|entry| entry.file);
        let files: Vec<SourceFile> = self.built_in.iter().copied().chain(sources).collect();
        let new_list = *self.workspace.files(self.db()) != files;
        if new_list {
            self.workspace.set_files(&mut self.db.0).to(files);
        }
        // What stands in no folder of settings reads nothing beside it.
        let reads_data = matches!(self.settings, Settings::File { .. });
        let new_data = reads_data
            && data::refresh(&mut self.db.0, self.workspace, &*self.fs, &self.root, reread);
        if changed || new_list || new_data {
            self.revision += 1;
        }
    }

    fn reload_config(&mut self) {
        let Settings::File { overlay: false, .. } = self.settings else { return };
        let read = self.fs.read(&self.root.join(config::FILE_NAME), MAX_FILE_BYTES);
        let problem = match read.map(String::from_utf8) {
            Ok(Ok(text)) => return self.set_config_text(text, false),
            Ok(Err(_)) => Problem::Config(ConfigProblem {
                range: Default::default(),
                kind: ConfigProblemKind::Encoding,
            }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Problem::ConfigRemoved,
            Err(error) => Problem::unreadable(config::FILE_NAME.to_owned(), &error),
        };
        self.settings_changed(String::new(), false, Err(vec![problem]));
    }

    fn set_config_text(&mut self, text: String, overlay: bool) {
        let parsed = config::parse(&text)
            .map_err(|problems| problems.into_iter().map(Problem::Config).collect());
        self.settings_changed(text, overlay, parsed);
    }

    /// Settings that cannot be read leave the last good ones in force.
    fn settings_changed(
        &mut self,
        new_text: String,
        from_editor: bool,
        parsed: Result<Config, Vec<Problem>>,
    ) {
        let Settings::File { config, text, overlay, problems } = &mut self.settings else { return };
        let (new_config, new_problems) = match parsed {
            Ok(config) => (config, Vec::new()),
            Err(problems) => (config.clone(), problems),
        };
        let changed = *config != new_config || *text != new_text || *problems != new_problems;
        (*config, *text, *problems) = (new_config, new_text, new_problems);
        *overlay = from_editor;
        if changed {
            self.revision += 1;
        }
    }
}

/// Sets the text of a file, if it is another.
fn set(db: &mut Database, file: SourceFile, decoded: Decoded) -> bool {
    let new_text = *file.text(db) != decoded.text;
    if new_text {
        file.set_text(db).to(decoded.text);
    }
    let new_encoding = file.encoding(db) != decoded.problem;
    if new_encoding {
        file.set_encoding(db).to(decoded.problem);
    }
    new_text || new_encoding
}

/// The database's contents are not for a log.
struct DebugDatabase(Database);

impl fmt::Debug for DebugDatabase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Database")
    }
}
