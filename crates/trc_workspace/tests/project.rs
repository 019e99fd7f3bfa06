//! Workspaces that are opened, edited and changed on disk.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::disallowed_methods)]

use std::io;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use trc_model::Phase;
use trc_workspace::config::ConfigProblemKind;
use trc_workspace::fs::{EntryKind, Folder};
use trc_workspace::problem::Reason;
use trc_workspace::{FileSystem, MemoryFileSystem, OpenError, Problem, Project, RealFileSystem};

const ROOT: &str = "/w";

fn workspace(files: &[(&str, &str)]) -> (MemoryFileSystem, Project) {
    let fs = MemoryFileSystem::new();
    fs.write("/w/trc.toml", "tr = 1\n");
    for (name, text) in files {
        fs.write(format!("/w/{name}"), *text);
    }
    let project = Project::open(Arc::new(fs.clone()), ROOT.into()).unwrap();
    (fs, project)
}

fn at(name: &str) -> Utf8PathBuf {
    Utf8Path::new(ROOT).join(name)
}

fn text(project: &Project, name: &str) -> Option<String> {
    project.file(name.into()).map(|file| file.text(project.db()).clone())
}

fn names(project: &Project) -> Vec<&str> {
    project.files().map(|(name, _)| name).collect()
}

#[test]
fn the_root_is_the_nearest_folder_with_settings() {
    let (fs, project) = workspace(&[("mål/t1.tr", "")]);
    fs.write("/w/inre/trc.toml", "tr = 1");
    fs.write("/utanför/a.tr", "");
    let root = |start: &str| Project::find_root(&fs, start.into());
    assert_eq!(root("/w/mål/t1.tr").as_deref(), Some(project.root()));
    assert_eq!(root("/w/inre/a.tr").unwrap(), "/w/inre");
    assert_eq!(root("/utanför/a.tr"), None);
}

#[test]
fn every_source_and_the_built_in_vocabulary_is_in_the_workspace() {
    let (_, project) = workspace(&[("b.tr", "två"), ("mål/a.tr", "ett"), ("läsmig.md", "")]);
    assert_eq!(names(&project), ["b.tr", "mål/a.tr"]);
    assert_eq!(text(&project, "mål/a.tr").unwrap(), "ett");
    assert_eq!(text(&project, "/w/mål/../b.tr").unwrap(), "två");
    let db = project.db();
    let files = project.workspace().files(db);
    assert!(files.iter().any(|file| file.is_built_in(db)));
    assert_eq!(files.iter().filter(|file| !file.is_built_in(db)).count(), 2);
    assert_eq!(project.problems(), []);
}

#[test]
fn opening_needs_a_folder_with_settings() {
    let fs = MemoryFileSystem::new();
    fs.write("/w/a.tr", "");
    let open = |root: &str| Project::open(Arc::new(fs.clone()), root.into());
    assert!(matches!(open("/w"), Err(OpenError::NoConfig { .. })));
    assert!(matches!(open("/saknas"), Err(OpenError::Folder { .. })));
}

#[test]
fn an_editor_text_wins_until_it_is_closed() {
    let (fs, mut project) = workspace(&[("a.tr", "disk")]);
    let file = project.file("a.tr".into());
    assert!(project.set_overlay(&at("a.tr"), "editor".into()));
    fs.write(at("a.tr"), "disk igen");
    project.apply_disk_changes(&[at("a.tr")]);
    assert_eq!(text(&project, "a.tr").unwrap(), "editor");
    project.remove_overlay(&at("a.tr"));
    assert_eq!(text(&project, "a.tr").unwrap(), "disk igen");
    assert_eq!(project.file("a.tr".into()), file, "the input is the same all along");

    project.set_overlay(&at("ny.tr"), "osparad".into());
    assert_eq!(names(&project), ["a.tr", "ny.tr"]);
    project.apply_disk_changes(&[at("b.tr")]);
    assert_eq!(names(&project), ["a.tr", "ny.tr"], "a walk does not close an unsaved file");
    project.remove_overlay(&at("ny.tr"));
    assert_eq!(names(&project), ["a.tr"]);

    assert!(!project.set_overlay("/utanför/a.tr".into(), String::new()));
}

#[test]
fn unchanged_texts_set_nothing() {
    let (fs, mut project) = workspace(&[("a.tr", "ett"), ("b.tr", "två")]);
    fs.write(at("a.tr"), "ett");
    project.apply_disk_changes(&[at("a.tr"), at("b.tr"), at("trc.toml"), at("läsmig.md")]);
    project.set_overlay(&at("a.tr"), "ett".into());
    project.set_overlay(&at("a.tr"), "ett".into());
    project.remove_overlay(&at("a.tr"));
    project.set_phase(None);
    assert_eq!(project.revision(), 0);
    project.set_phase(Some(Phase::Final));
    assert_eq!(project.revision(), 1);
}

#[test]
fn many_changes_on_disk_are_one() {
    let files: Vec<(String, &str)> = (0..500).map(|n| (format!("mål/{n}.tr"), "före")).collect();
    let files: Vec<(&str, &str)> =
        files.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    let (fs, mut project) = workspace(&files);
    let mut paths: Vec<Utf8PathBuf> = files.iter().map(|(name, _)| at(name)).collect();
    for path in &paths[..400] {
        fs.write(path, "efter");
    }
    for path in &paths[400..450] {
        fs.remove(path);
    }
    fs.write(at("ny.tr"), "ny");
    paths.push(at("ny.tr"));
    project.apply_disk_changes(&paths);
    assert_eq!(project.revision(), 1);
    assert_eq!(project.files().count(), 451);
    let db = project.db();
    let changed = project.files().filter(|(_, file)| file.text(db) == "efter").count();
    assert_eq!(changed, 400);
    let built_in = trc_model::vocabulary::BUILT_IN_FILES.len();
    assert_eq!(project.workspace().files(db).len(), 451 + built_in);
}

#[test]
fn files_and_folders_come_and_go() {
    let (fs, mut project) = workspace(&[("a.tr", "ett"), ("mål/b.tr", "två")]);
    let file = project.file("mål/b.tr".into());
    fs.remove(at("mål"));
    project.apply_disk_changes(&[at("mål")]);
    assert_eq!(names(&project), ["a.tr"]);
    fs.write(at("mål/b.tr"), "åter");
    project.apply_disk_changes(&[at("mål")]);
    assert_eq!(text(&project, "mål/b.tr").unwrap(), "åter");
    assert_eq!(project.file("mål/b.tr".into()), file, "a file that returns gets its input again");
    fs.write(at(".gitignore"), "mål/");
    project.apply_disk_changes(&[at(".gitignore")]);
    assert_eq!(names(&project), ["a.tr"]);
    assert!(!project.owns(&at("mål/c.tr")));
    assert!(project.owns(&at("c.tr")));
    assert!(!project.owns("/utanför/c.tr".into()));
}

#[test]
fn settings_with_mistakes_are_a_problem_and_the_last_good_ones_stay() {
    let (fs, mut project) = workspace(&[("a.tr", "")]);
    fs.write(at("trc.toml"), "tr = 7");
    project.apply_disk_changes(&[at("trc.toml")]);
    let problems = project.problems();
    let [Problem::Config(problem)] = problems.as_slice() else { panic!("{problems:?}") };
    assert_eq!(problem.kind, ConfigProblemKind::UnknownVersion { found: "7".into() });
    assert_eq!(project.config_text(), "tr = 7");
    assert_eq!(project.config().language_version, 1);

    fs.remove(at("trc.toml"));
    project.apply_disk_changes(&[at("trc.toml")]);
    assert_eq!(project.problems(), [Problem::ConfigRemoved]);
    assert_eq!(names(&project), ["a.tr"]);
    assert_eq!(project.config().language_version, 1);

    fs.write(at("trc.toml"), b"\xff".as_slice());
    project.apply_disk_changes(&[at("trc.toml")]);
    assert!(matches!(project.problems().as_slice(), [Problem::Config(_)]));

    project.set_overlay(&at("trc.toml"), "tr = 1".into());
    assert_eq!(project.problems(), []);
    project.apply_disk_changes(&[at("trc.toml")]);
    assert_eq!(project.problems(), [], "an editor's text wins here too");
    project.remove_overlay(&at("trc.toml"));
    assert!(matches!(project.problems().as_slice(), [Problem::Config(_)]));
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    let fs = MemoryFileSystem::new();
    fs.write("/w/trc.toml", "tr = 1");
    fs.write("/w/stor.tr", vec![b'a'; 8 * 1024 * 1024 + 1]);
    fs.write("/w/lagom.tr", vec![b'a'; 8 * 1024 * 1024]);
    let mut project = Project::open(Arc::new(fs.clone()), ROOT.into()).unwrap();
    assert_eq!(project.problems(), [Problem::TooLarge { path: "stor.tr".into() }]);
    assert_eq!(names(&project), ["lagom.tr"]);
    fs.write("/w/stor.tr", "mindre");
    project.apply_disk_changes(&[at("stor.tr")]);
    assert_eq!(project.problems(), []);
    assert_eq!(text(&project, "stor.tr").unwrap(), "mindre");
}

#[test]
fn bytes_are_decoded_and_what_was_wrong_with_them_is_kept() {
    let (fs, mut project) = workspace(&[("a.tr", "å\r\n")]);
    assert_eq!(text(&project, "a.tr").unwrap(), "å\r\n");
    fs.write(at("a.tr"), b"\xe5".as_slice());
    project.apply_disk_changes(&[at("a.tr")]);
    assert_eq!(text(&project, "a.tr").unwrap(), "å");
    let file = project.file("a.tr".into()).unwrap();
    assert!(file.encoding(project.db()).is_some());
    project.set_overlay(&at("a.tr"), "å".into());
    assert!(file.encoding(project.db()).is_none(), "an editor's text has no bytes");
}

#[test]
fn a_project_without_settings_holds_what_it_is_given() {
    let fs = MemoryFileSystem::new();
    fs.write("/lös/a.tr", "disk");
    fs.write("/lös/b.tr", "disk");
    let mut project = Project::empty(Arc::new(fs), "/lös".into());
    assert_eq!(names(&project), Vec::<&str>::new());
    project.set_overlay("/lös/a.tr".into(), "editor".into());
    project.apply_disk_changes(&["/lös/b.tr".into(), "/lös/trc.toml".into()]);
    assert_eq!(names(&project), ["a.tr"]);
}

/// A file system in which one file may not be read.
#[derive(Debug)]
struct Guarded(MemoryFileSystem);

impl FileSystem for Guarded {
    fn read(&self, path: &Utf8Path, limit: u64) -> io::Result<Vec<u8>> {
        if path.ends_with("hemlig.tr") {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        self.0.read(path, limit)
    }

    fn kind(&self, path: &Utf8Path) -> io::Result<EntryKind> {
        self.0.kind(path)
    }

    fn read_folder(&self, path: &Utf8Path) -> io::Result<Folder> {
        if path.ends_with("låst") {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        self.0.read_folder(path)
    }

    fn canonicalize(&self, path: &Utf8Path) -> io::Result<Utf8PathBuf> {
        self.0.canonicalize(path)
    }

    fn replace(&self, path: &Utf8Path, bytes: &[u8]) -> io::Result<()> {
        self.0.replace(path, bytes)
    }
}

#[test]
fn what_cannot_be_read_is_a_problem_of_its_own() {
    let (fs, _) = workspace(&[("a.tr", "ett"), ("hemlig.tr", ""), ("låst/b.tr", "")]);
    let project = Project::open(Arc::new(Guarded(fs)), ROOT.into()).unwrap();
    assert_eq!(names(&project), ["a.tr"]);
    let unreadable =
        |path: &str| Problem::Unreadable { path: path.into(), reason: Reason::NoPermission };
    assert_eq!(project.problems(), [unreadable("låst"), unreadable("hemlig.tr")]);
    assert_eq!(project.diagnostics().len(), 2);
}

#[cfg(unix)]
mod on_disk {
    use std::fs;
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;
    use trc_workspace::write_atomically;

    fn folder() -> (tempfile::TempDir, Utf8PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = Utf8Path::from_path(folder.path()).unwrap().canonicalize_utf8().unwrap();
        (folder, path)
    }

    fn entries(folder: &Utf8Path) -> Vec<String> {
        let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
        let mut names: Vec<_> = names.map(|name| name.into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_workspace_on_disk_reached_through_a_link() {
        let (_folder, path) = folder();
        let root = path.join("w");
        fs::create_dir_all(root.join("mål")).unwrap();
        fs::create_dir(path.join("utanför")).unwrap();
        fs::write(root.join("trc.toml"), "tr = 1").unwrap();
        fs::write(root.join("mål/a.tr"), "ett").unwrap();
        fs::write(path.join("utanför/b.tr"), "två").unwrap();
        symlink(path.join("utanför"), root.join("bort")).unwrap();
        symlink(path.join("utanför/b.tr"), root.join("b.tr")).unwrap();
        symlink(&root, root.join("runt")).unwrap();
        symlink(&root, path.join("länk")).unwrap();

        let given = path.join("länk");
        let mut project = Project::open(Arc::new(RealFileSystem), &given).unwrap();
        assert_eq!(project.root(), root);
        assert_eq!(names(&project), ["mål/a.tr"]);
        assert_eq!(project.problems(), [Problem::Link { path: "b.tr".into() }]);
        assert!(project.set_overlay(&given.join("mål/a.tr"), "editor".into()));
        assert_eq!(text(&project, "mål/a.tr").unwrap(), "editor");
        assert_eq!(project.path("mål/a.tr"), given.join("mål/a.tr"));
        assert!(project.read_mentioned("bort/b.tr", 10).is_err());
        assert_eq!(project.read_mentioned("mål/a.tr", 10).unwrap(), b"ett");
    }

    #[test]
    fn names_that_are_not_unicode_are_counted() {
        use std::os::unix::ffi::OsStrExt as _;
        let (_folder, path) = folder();
        fs::write(path.join("trc.toml"), "tr = 1").unwrap();
        let name = std::ffi::OsStr::from_bytes(b"m\xe5l.tr");
        fs::write(path.as_std_path().join(name), "ett").unwrap();
        let project = Project::open(Arc::new(RealFileSystem), &path).unwrap();
        let problem = Problem::NamesNotUnicode { folder: String::new(), count: 1 };
        assert_eq!(project.problems(), [problem]);
    }

    #[test]
    fn writing_replaces_the_file_and_keeps_its_permissions() {
        let (_folder, path) = folder();
        let file = path.join("rapport.pdf");
        write_atomically(&RealFileSystem, &file, b"ett").unwrap();
        let new_mode = fs::metadata(&file).unwrap().permissions().mode();
        let ordinary = path.join("vanlig");
        fs::write(&ordinary, "").unwrap();
        assert_eq!(new_mode, fs::metadata(&ordinary).unwrap().permissions().mode());

        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        symlink(&file, path.join("länk.pdf")).unwrap();
        write_atomically(&RealFileSystem, &path.join("länk.pdf"), "två".as_bytes()).unwrap();
        assert_eq!(fs::read(&file).unwrap(), "två".as_bytes());
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
        assert_eq!(entries(&path), ["länk.pdf", "rapport.pdf", "vanlig"]);
    }

    #[test]
    fn a_failed_write_leaves_nothing_behind_and_says_why() {
        let (_folder, path) = folder();
        let protected = path.join("skyddad.pdf");
        fs::write(&protected, "gammal").unwrap();
        fs::set_permissions(&protected, fs::Permissions::from_mode(0o444)).unwrap();
        fs::create_dir(path.join("mapp.pdf")).unwrap();
        for (name, kind) in [
            ("skyddad.pdf", std::io::ErrorKind::PermissionDenied),
            ("mapp.pdf", std::io::ErrorKind::IsADirectory),
            ("saknas/a.pdf", std::io::ErrorKind::NotFound),
        ] {
            let at = path.join(name);
            let error = write_atomically(&RealFileSystem, &at, b"ny").unwrap_err();
            assert_eq!(error.kind(), kind, "{name}");
            assert!(error.to_string().starts_with(at.as_str()), "{error}");
        }
        assert_eq!(fs::read(&protected).unwrap(), b"gammal");
        assert_eq!(entries(&path), ["mapp.pdf", "skyddad.pdf"]);
    }

    #[test]
    fn both_file_systems_answer_alike() {
        let (_folder, path) = folder();
        fs::create_dir(path.join("mapp")).unwrap();
        fs::write(path.join("mapp/a"), "12345").unwrap();
        symlink("mapp/a", path.join("länk")).unwrap();
        let memory = MemoryFileSystem::new();
        memory.write(path.join("mapp/a"), "12345");
        memory.link(path.join("länk"), "mapp/a");
        let real: &dyn FileSystem = &RealFileSystem;
        for name in ["mapp", "mapp/a", "länk", "saknas", "mapp/../länk"] {
            let at = path.join(name);
            let read = |fs: &dyn FileSystem| fs.read(&at, 5).map_err(|error| error.kind());
            assert_eq!(read(real), read(&memory), "{name}");
            let short = |fs: &dyn FileSystem| fs.read(&at, 4).map_err(|error| error.kind());
            assert_eq!(short(real), short(&memory), "{name}");
            let kind = |fs: &dyn FileSystem| fs.kind(&at).map_err(|error| error.kind());
            if !name.contains("..") {
                assert_eq!(kind(real), kind(&memory), "{name}");
            }
            let folder = |fs: &dyn FileSystem| fs.read_folder(&at).map_err(|error| error.kind());
            assert_eq!(folder(real), folder(&memory), "{name}");
            let resolved = |fs: &dyn FileSystem| fs.canonicalize(&at).map_err(|error| error.kind());
            assert_eq!(resolved(real), resolved(&memory), "{name}");
        }
    }
}
