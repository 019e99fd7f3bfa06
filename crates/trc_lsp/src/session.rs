//! The state of the server: the open workspaces and documents, and what is known to
//! be wrong in them. Only the writer's thread has it.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};
use salsa::Cancelled;
use tower_lsp::jsonrpc;
use tower_lsp::ls_types::{MessageType, TextDocumentContentChangeEvent, Uri};
use trc_base::{Diagnostic, Encoding, Language, Lines};
use trc_ide::diagnostics::{self, ByFile};
use trc_model::SourceFile;
use trc_model::db::lines;
use trc_workspace::{Project, config};

use crate::client::ClientFacts;
use crate::feedback::Feedback;
use crate::outbox::{Outbox, Outgoing};
use crate::pool::Pool;
use crate::queue::{Message, Question, Queue};
use crate::serve::Options;
use crate::shift::Shift;
use crate::snapshot::{Snapshot, answer};
use crate::{convert, document, server};

/// What the writer's thread owns.
pub struct Session {
    options: Options,
    client: ClientFacts,
    queue: Queue,
    outbox: Outbox,
    pool: Pool,
    homes: BTreeMap<HomeId, Home>,
    next_home: u32,
    documents: BTreeMap<Uri, Document>,
    feedback: Feedback,
    /// How many checks are under way.
    checks: u32,
    #[cfg(test)]
    idle_watchers: Vec<String>,
}

/// Names a workspace. Never used twice, so that late findings find nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct HomeId(u32);

/// A workspace, with what was found in it.
struct Home {
    project: Project,
    kind: HomeKind,
    /// What the last check found, by file: at each keystroke, and when typing paused.
    near: ByFile,
    far: ByFile,
    /// What is wrong with the files themselves.
    problems: ByFile,
    /// Files that changed since they were last checked.
    dirty: BTreeSet<Arc<str>>,
    /// The project's revision when it was last looked at.
    seen: Option<u64>,
    /// When the workspace as a whole is to be checked, unless somebody types.
    due: Option<Instant>,
    /// The address under which the client shows a file's diagnostics.
    addresses: BTreeMap<Arc<str>, Uri>,
}

/// Why a workspace is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum HomeKind {
    /// The client has its folder open.
    Folder,
    /// The client has one of its files open.
    Visited,
    /// It is one document that belongs to no workspace.
    Single,
}

/// A document that the client has open. Its text is kept beside the database's, so
/// that the database can be built anew.
struct Document {
    version: i32,
    text: String,
    home: HomeId,
    path: Utf8PathBuf,
}

/// What a check of a workspace came to.
pub struct Findings {
    home: HomeId,
    /// The project's revision that was checked.
    revision: u64,
    /// Nothing, when a change cancelled the check or when it panicked.
    found: Option<Found>,
}

enum Found {
    /// What can be found at every keystroke, in the files that have an entry.
    Near(ByFile),
    /// Everything.
    All(ByFile),
}

impl Session {
    /// A session in which nothing is open yet.
    pub fn new(options: Options, queue: Queue, outbox: Outbox, pool: Pool) -> Session {
        let client = ClientFacts {
            encoding: Encoding::Utf16,
            language: Language::default(),
            folders: Vec::new(),
            can_watch: false,
            related_information: false,
        };
        Session {
            options,
            client,
            queue,
            outbox,
            pool,
            homes: BTreeMap::new(),
            next_home: 0,
            documents: BTreeMap::new(),
            feedback: Feedback::default(),
            checks: 0,
            #[cfg(test)]
            idle_watchers: Vec::new(),
        }
    }

    /// Takes up one message.
    pub fn handle(&mut self, message: Message) {
        match message {
            Message::Greeted(client) => self.greeted(client),
            Message::Ready => {
                if self.client.can_watch {
                    self.outbox.send(Outgoing::Register(server::watchers()));
                }
            }
            Message::Opened { uri, language, version, text } => {
                self.opened(uri, &language, version, text);
            }
            Message::Changed { uri, version, changes } => self.changed(&uri, version, changes),
            Message::Closed(uri) => self.closed(&uri),
            Message::Disk(paths) => self.changed_on_disk(&paths),
            Message::Question(question) => self.question(question),
            Message::Findings(findings) => self.found(findings),
            Message::End => {}
            #[cfg(test)]
            Message::WhenIdle(name) => self.idle_watchers.push(name),
        }
    }

    /// Starts the checks that the messages so far have made necessary, and shows what
    /// is known.
    pub fn settle(&mut self, now: Instant) {
        let ids: Vec<HomeId> = self.homes.keys().copied().collect();
        for id in ids {
            self.settle_home(id, now);
        }
        #[cfg(test)]
        if self.checks == 0 && self.due().is_none() {
            for name in self.idle_watchers.drain(..) {
                self.outbox.log(MessageType::LOG, format!("idle {name}"));
            }
        }
    }

    /// When [`Session::settle`] has something to do again even if no message comes.
    pub fn due(&self) -> Option<Instant> {
        self.homes.values().filter_map(|home| home.due).min()
    }

    /// Builds everything anew from the disk and from what the client has open, after
    /// a panic that may have left it half changed.
    pub fn recover(&mut self) {
        for home in std::mem::take(&mut self.homes).into_values() {
            self.take_back(&home);
        }
        let folders = self.client.folders.clone();
        self.open_folders(&folders);
        for (uri, document) in std::mem::take(&mut self.documents) {
            self.place(uri, document.version, document.text);
        }
    }

    fn greeted(&mut self, client: ClientFacts) {
        self.open_folders(&client.folders);
        self.client = client;
    }

    fn open_folders(&mut self, folders: &[Utf8PathBuf]) {
        for folder in folders {
            if let Some(root) = Project::find_root(&*self.options.file_system, folder) {
                self.open_project(&root, HomeKind::Folder);
            }
        }
    }

    /// Opens a workspace, unless it is open.
    fn open_project(&mut self, root: &Utf8Path, kind: HomeKind) -> Option<HomeId> {
        let fs = Arc::clone(&self.options.file_system);
        let canonical = fs.canonicalize(root).unwrap_or_else(|_| root.to_owned());
        let open = self
            .homes
            .iter()
            .find(|(_, home)| home.kind != HomeKind::Single && home.project.root() == canonical);
        if let Some((id, _)) = open {
            return Some(*id);
        }
        match Project::open(fs, root) {
            Ok(project) => Some(self.add_home(project, kind)),
            Err(error) => {
                self.outbox.log(MessageType::ERROR, error.to_string());
                None
            }
        }
    }

    fn add_home(&mut self, mut project: Project, kind: HomeKind) -> HomeId {
        project.set_today(self.options.today);
        let id = HomeId(self.next_home);
        self.next_home += 1;
        self.homes.insert(
            id,
            Home {
                project,
                kind,
                near: ByFile::new(),
                far: ByFile::new(),
                problems: ByFile::new(),
                dirty: BTreeSet::new(),
                seen: None,
                due: None,
                addresses: BTreeMap::new(),
            },
        );
        id
    }

    fn opened(&mut self, uri: Uri, language: &str, version: i32, text: String) {
        let is_source = match convert::path(&uri) {
            Some(path) => {
                path.extension() == Some("tr") || path.file_name() == Some(config::FILE_NAME)
            }
            None => false,
        };
        if is_source || matches!(language, "tertial" | "tr") {
            self.place(uri, version, text);
        }
    }

    /// Puts a document into the workspace that it belongs to.
    fn place(&mut self, uri: Uri, version: i32, text: String) {
        if let Some(document) = self.documents.get(&uri) {
            // Opened twice. The protocol forbids it; the newer text is right.
            let (home, path) = (document.home, document.path.clone());
            self.put_text(home, &path, text.clone());
            self.documents.insert(uri, Document { version, text, home, path });
            return;
        }
        let (home, path) = self.home_of(&uri);
        self.put_text(home, &path, text.clone());
        if let Some(home) = self.homes.get_mut(&home)
            && let Some(name) = name_of(home, &path)
        {
            // Checked at once, whether or not its text is new.
            home.dirty.insert(name);
        }
        self.documents.insert(uri, Document { version, text, home, path });
    }

    /// The workspace of a document, opened if need be, and its path there.
    fn home_of(&mut self, uri: &Uri) -> (HomeId, Utf8PathBuf) {
        if let Some(path) = convert::path(uri) {
            let owns = |project: &Project| {
                project.owns(&path)
                    || path.parent().is_some_and(|folder| {
                        path.file_name() == Some(config::FILE_NAME) && folder == project.path("")
                    })
            };
            let mut in_workspaces =
                self.homes.iter().filter(|(_, home)| home.kind != HomeKind::Single);
            if let Some((id, _)) = in_workspaces.find(|(_, home)| owns(&home.project)) {
                return (*id, path);
            }
            if let Some(root) = Project::find_root(&*self.options.file_system, &path)
                && let Some(id) = self.open_project(&root, HomeKind::Visited)
            {
                if self.homes.get(&id).is_some_and(|home| owns(&home.project)) {
                    return (id, path);
                }
                self.leave(id);
            }
            let folder = path.parent().unwrap_or(&path).to_owned();
            let project = Project::empty(Arc::clone(&self.options.file_system), folder);
            return (self.add_home(project, HomeKind::Single), path);
        }
        // Not on any disk. The name is what people see of it.
        let name = uri.as_str().rsplit([':', '/', '\\']).next().unwrap_or_default();
        let root = Utf8PathBuf::from(if cfg!(windows) { "C:\\" } else { "/" });
        let path = root.join(if matches!(name, "" | "." | "..") { "namnlös" } else { name });
        let project = Project::empty(Arc::clone(&self.options.file_system), root);
        (self.add_home(project, HomeKind::Single), path)
    }

    fn put_text(&mut self, home: HomeId, path: &Utf8Path, text: String) {
        let Some(home) = self.homes.get_mut(&home) else { return };
        if let Some(file) = home.project.file(path) {
            let name = Arc::clone(file.path(home.project.db()));
            let shift = Shift::between(file.text(home.project.db()), &text);
            for diagnostics in home.near.values_mut().chain(home.far.values_mut()) {
                shift.apply(&name, diagnostics);
            }
        }
        home.project.set_overlay(path, text);
        home.dirty.extend(name_of(home, path));
    }

    fn changed(&mut self, uri: &Uri, version: i32, changes: Vec<TextDocumentContentChangeEvent>) {
        // A document that was never opened, or is none of ours.
        let Some(document) = self.documents.get_mut(uri) else { return };
        // Changes are taken up in the order in which they come, whatever their numbers
        // say: leaving one out would make every later position wrong.
        document.version = version;
        let old = std::mem::take(&mut document.text);
        document.text = document::apply(old, changes, self.client.encoding);
        let (home, path, text) = (document.home, document.path.clone(), document.text.clone());
        self.put_text(home, &path, text);
    }

    fn closed(&mut self, uri: &Uri) {
        let Some(document) = self.documents.remove(uri) else { return };
        let Some(home) = self.homes.get_mut(&document.home) else { return };
        home.dirty.extend(name_of(home, &document.path));
        home.project.remove_overlay(&document.path);
        self.leave(document.home);
    }

    /// Forgets a workspace that was open for the sake of its documents, after the last.
    fn leave(&mut self, id: HomeId) {
        let kept = self.homes.get(&id).is_none_or(|home| home.kind == HomeKind::Folder);
        if kept || self.documents.values().any(|document| document.home == id) {
            return;
        }
        if let Some(home) = self.homes.remove(&id) {
            self.take_back(&home);
        }
    }

    /// Makes the client show nothing for the files of a workspace.
    fn take_back(&mut self, home: &Home) {
        for uri in home.addresses.values() {
            let cleared = self.feedback.clear(uri);
            self.publish(cleared);
        }
    }

    fn changed_on_disk(&mut self, paths: &[Utf8PathBuf]) {
        for home in self.homes.values_mut() {
            home.project.apply_disk_changes(paths);
        }
        if paths.iter().any(|path| path.file_name() == Some(config::FILE_NAME)) {
            self.rehome();
        }
    }

    /// Moves documents to the workspaces that they belong to now that a `trc.toml` may
    /// have come into being.
    fn rehome(&mut self) {
        let folders = self.client.folders.clone();
        self.open_folders(&folders);
        let single: Vec<Uri> = (self.documents.iter())
            .filter(|(_, document)| {
                let home = self.homes.get(&document.home);
                let root = Project::find_root(&*self.options.file_system, &document.path);
                home.is_none_or(|home| home.kind == HomeKind::Single) && root.is_some()
            })
            .map(|(uri, _)| uri.clone())
            .collect();
        for uri in single {
            if let Some(document) = self.documents.remove(&uri) {
                self.leave(document.home);
                self.place(uri, document.version, document.text);
            }
        }
    }

    fn question(&mut self, mut question: Question) {
        if question.reply.is_closed() {
            return;
        }
        let document = self.documents.get(&question.uri);
        let found = document.and_then(|document| {
            let home = self.homes.get(&document.home)?;
            Some((document, home, home.project.file(&document.path)?))
        });
        let Some((document, home, file)) = found else {
            let _ = question.reply.send(Ok(None));
            return;
        };
        let version = *question.version.get_or_insert(document.version);
        if version != document.version {
            // Positions of an older text would be wrong in this one.
            let _ = question.reply.send(Err(jsonrpc::Error::content_modified()));
            return;
        }
        let db = home.project.db().clone();
        let snapshot = Snapshot { db, file, client: self.client.clone() };
        let (queue, outbox) = (self.queue.clone(), self.outbox.clone());
        self.pool.spawn(move || answer(question, snapshot, &queue, &outbox));
    }

    fn settle_home(&mut self, id: HomeId, now: Instant) {
        let Some(home) = self.homes.get_mut(&id) else { return };
        let revision = home.project.revision();
        let mut to_show = BTreeSet::new();

        let mut problems = ByFile::new();
        for problem in home.project.diagnostics() {
            problems.entry(Arc::clone(&problem.location.file)).or_default().push(problem);
        }
        if problems != home.problems {
            to_show.extend(home.problems.keys().chain(problems.keys()).cloned());
            home.problems = problems;
        }

        if home.seen != Some(revision) || !home.dirty.is_empty() {
            let gone = |name: &Arc<str>| home.project.file(Utf8Path::new(&**name)).is_none();
            let gone: BTreeSet<Arc<str>> = home
                .near
                .keys()
                .chain(home.far.keys())
                .filter(|name| gone(name))
                .cloned()
                .collect();
            home.near.retain(|name, _| !gone.contains(name));
            home.far.retain(|name, _| !gone.contains(name));
            to_show.extend(gone);
        }
        if home.seen != Some(revision) {
            let first = home.seen.is_none();
            let pause = if first { Duration::ZERO } else { self.options.typing_pause };
            home.due = now.checked_add(pause);
            home.seen = Some(revision);
        }
        for name in to_show {
            self.show(id, &name);
        }
        self.check_near(id);
        self.check_all(id, now);
    }

    /// Checks what changed, and what the client shows, as far as can be done at every
    /// keystroke.
    fn check_near(&mut self, id: HomeId) {
        let Some(home) = self.homes.get_mut(&id) else { return };
        if home.dirty.is_empty() {
            return;
        }
        let open = self.documents.values().filter(|document| document.home == id);
        let open = open.map(|document| document.path.as_str());
        let paths = open.chain(home.dirty.iter().map(|name| &**name));
        let files: Vec<SourceFile> =
            paths.filter_map(|path| home.project.file(Utf8Path::new(path))).collect();
        // If a change cancels the check, the file that changed is dirty then, and
        // those that are open are checked with it.
        home.dirty.clear();
        self.check(id, move |db, workspace| {
            Found::Near(diagnostics::around(db, workspace, &files))
        });
    }

    /// Checks everything, if it is time to.
    fn check_all(&mut self, id: HomeId, now: Instant) {
        let Some(home) = self.homes.get_mut(&id) else { return };
        if home.due.is_some_and(|due| due <= now) {
            home.due = None;
            self.check(id, |db, workspace| Found::All(diagnostics::workspace(db, workspace)));
        }
    }

    /// Runs a check on a thread of the pool. When a change cancels it nothing comes of
    /// it, for the change has others follow.
    fn check(
        &mut self,
        id: HomeId,
        work: impl FnOnce(&dyn trc_model::Db, trc_model::Workspace) -> Found + Send + 'static,
    ) {
        let Some(home) = self.homes.get(&id) else { return };
        let (db, workspace) = (home.project.db().clone(), home.project.workspace());
        let revision = home.project.revision();
        let (queue, outbox) = (self.queue.clone(), self.outbox.clone());
        self.checks += 1;
        self.pool.spawn(move || {
            let outcome = catch_unwind(AssertUnwindSafe(|| {
                Cancelled::catch(AssertUnwindSafe(|| work(&db, workspace)))
            }));
            drop(db);
            let found = match outcome {
                Ok(Ok(found)) => Some(found),
                Ok(Err(_cancelled)) => None,
                Err(panic) => {
                    outbox.log_panic("a check", &*panic);
                    None
                }
            };
            queue.send(Message::Findings(Findings { home: id, revision, found }));
        });
    }

    fn found(&mut self, findings: Findings) {
        self.checks = self.checks.saturating_sub(1);
        let id = findings.home;
        let Some(found) = findings.found else { return };
        let Some(home) = self.homes.get_mut(&id) else { return };
        if findings.revision != home.project.revision() {
            // Of a text that is no more; the check of the present one is under way.
            return;
        }
        let mut to_show = BTreeSet::new();
        match found {
            Found::Near(found) => {
                for (name, diagnostics) in found {
                    to_show.insert(Arc::clone(&name));
                    home.near.insert(name, diagnostics);
                }
            }
            Found::All(found) => {
                to_show.extend(home.near.keys().chain(home.far.keys()).cloned());
                (home.near, home.far) = (ByFile::new(), ByFile::new());
                for (name, diagnostics) in found {
                    let (far, near) = diagnostics.into_iter().partition(diagnostics::is_far);
                    home.near.insert(Arc::clone(&name), near);
                    home.far.insert(Arc::clone(&name), far);
                    to_show.insert(name);
                }
            }
        }
        for name in to_show {
            self.show(id, &name);
        }
    }

    /// Makes the client show what is known of a file.
    fn show(&mut self, id: HomeId, name: &Arc<str>) {
        let Some(home) = self.homes.get_mut(&id) else { return };
        let db = home.project.db();
        let of_document = |path: &str| {
            let file = home.project.file(Utf8Path::new(path));
            self.documents.iter().find(|(_, document)| {
                document.home == id
                    && (document.path == home.project.path(path)
                        || (file.is_some() && home.project.file(&document.path) == file))
            })
        };
        let address = |path: &str| match of_document(path) {
            Some((uri, _)) => Some(uri.clone()),
            None => convert::uri(&home.project.path(path)),
        };
        let Some(uri) = address(name) else { return };
        let version = of_document(name).map(|(_, document)| document.version);

        let config_lines = Lines::new(home.project.config_text());
        let place = |path: &str| {
            let lines = if path == config::FILE_NAME {
                &config_lines
            } else {
                lines(db, home.project.file(Utf8Path::new(path))?)
            };
            Some((address(path)?, lines))
        };
        let known = [&home.problems, &home.near, &home.far].into_iter();
        let mut known: Vec<&Diagnostic> =
            known.filter_map(|by_file| by_file.get(name)).flatten().collect();
        known.sort();
        let shown: Vec<_> = (known.into_iter())
            .map(|diagnostic| convert::diagnostic(diagnostic, &self.client, &place))
            .collect();

        let mut messages = Vec::new();
        let old = home.addresses.insert(Arc::clone(name), uri.clone());
        if let Some(old) = old.filter(|old| *old != uri) {
            // The client spells the address otherwise since it opened the file.
            messages.push(self.feedback.clear(&old));
        }
        messages.push(self.feedback.show(&uri, version, shown));
        for message in messages {
            self.publish(message);
        }
    }

    fn publish(&self, message: Option<tower_lsp::ls_types::PublishDiagnosticsParams>) {
        if let Some(message) = message {
            self.outbox.send(Outgoing::Diagnostics(message));
        }
    }
}

/// The name of a file in its workspace.
fn name_of(home: &Home, path: &Utf8Path) -> Option<Arc<str>> {
    let file = home.project.file(path)?;
    Some(Arc::clone(file.path(home.project.db())))
}
