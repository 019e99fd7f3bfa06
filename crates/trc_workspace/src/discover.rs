//! Finding the sources of a workspace.
//!
//! The walk is written here, over [`FileSystem`], and only the matching of
//! `.gitignore` lines is left to the crate `ignore`: its own walker reads the disk
//! directly, follows settings of the user's that would make two machines see two
//! workspaces, and has no limit.

use camino::{Utf8Path, Utf8PathBuf};
use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::config;
use crate::fs::{EntryKind, FileSystem};
use crate::problem::Problem;

/// How many sources a workspace may have. The largest municipality has a few
/// hundred; beyond this somebody opened the wrong folder.
pub const MAX_FILES: usize = 50_000;

/// How large a source may be.
pub const MAX_FILE_BYTES: u64 = 8 * 1024 * 1024;

/// The folder, directly under the root, that results are written to.
pub const OUTPUT_FOLDER: &str = "ut";

/// The ending of a source's name.
pub const EXTENSION: &str = "tr";

/// The name of the files that say what is no part of a folder.
pub const IGNORE_FILE: &str = ".gitignore";

/// How much of an ignore file is read.
const MAX_IGNORE_BYTES: u64 = 1024 * 1024;

/// What a walk found.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Relative to the root, with `/`, sorted.
    pub files: Vec<String>,
    pub problems: Vec<Problem>,
}

/// Finds every source under `root`, which is canonical.
///
/// Left out: hidden files and folders, what `.gitignore` names, the output folder,
/// and folders that are workspaces of their own. Links are not followed: what they
/// lead to within the workspace is found where it stands, and would otherwise be
/// declared twice; what stands outside is no part of it. So there are no cycles.
pub fn discover(fs: &dyn FileSystem, root: &Utf8Path) -> Found {
    let mut found = Found::default();
    let mut open = vec![(root.to_owned(), Ignores::above(fs, root))];
    while let Some((path, ignores)) = open.pop() {
        let folder = match fs.read_folder(&path) {
            Ok(folder) => folder,
            Err(error) => {
                found.problems.push(Problem::unreadable(name(root, &path), &error));
                continue;
            }
        };
        if path != root && folder.entries.iter().any(|entry| entry.name == config::FILE_NAME) {
            continue;
        }
        if folder.unreadable_names > 0 {
            let problem = Problem::NamesNotUnicode {
                folder: name(root, &path),
                count: folder.unreadable_names,
            };
            found.problems.push(problem);
        }
        let ignores = ignores.within(fs, &path);
        for entry in folder.entries {
            let at = path.join(&entry.name);
            let is_folder = entry.kind == EntryKind::Folder;
            if excluded(root, &at, is_folder) || ignores.match_path(&at, is_folder) {
                continue;
            }
            match entry.kind {
                EntryKind::Folder => open.push((at, ignores.clone())),
                EntryKind::File if is_source_name(&at) => found.files.push(name(root, &at)),
                EntryKind::Link if is_source_name(&at) => {
                    found.problems.push(Problem::Link { path: name(root, &at) });
                }
                EntryKind::File | EntryKind::Link | EntryKind::Other => {}
            }
        }
        if found.files.len() > MAX_FILES {
            found.files.sort();
            found.files.truncate(MAX_FILES);
            found.problems.push(Problem::TooManyFiles);
            break;
        }
    }
    found.files.sort();
    found.problems.sort();
    found
}

/// True when a walk would find a source of this name, relative to the root, if it
/// stood there: for files that an editor has open but not yet saved.
pub fn would_find(fs: &dyn FileSystem, root: &Utf8Path, relative: &str) -> bool {
    let mut path = root.to_owned();
    let mut ignores = Ignores::above(fs, root);
    let mut parts = relative.split('/').peekable();
    while let Some(part) = parts.next() {
        ignores = ignores.within(fs, &path);
        path.push(part);
        let is_folder = parts.peek().is_some();
        if excluded(root, &path, is_folder) || ignores.match_path(&path, is_folder) {
            return false;
        }
        match fs.kind(&path) {
            Ok(EntryKind::Link | EntryKind::Other) => return false,
            Ok(EntryKind::Folder) if fs.kind(&path.join(config::FILE_NAME)).is_ok() => {
                return false;
            }
            Ok(_) | Err(_) => {}
        }
    }
    is_source_name(&path)
}

/// True when a change at a path, relative to the root, may change what a walk finds.
/// Folders that no walk enters change all the time.
pub fn may_matter(relative: &str) -> bool {
    let (folders, name) = relative.rsplit_once('/').unwrap_or(("", relative));
    let hidden = folders.split('/').any(|folder| folder.starts_with('.'));
    let output = relative.split('/').next() == Some(OUTPUT_FOLDER);
    !hidden && !output && (name == IGNORE_FILE || !name.starts_with('.'))
}

/// True for what is never part of a workspace, whatever `.gitignore` says.
fn excluded(root: &Utf8Path, path: &Utf8Path, is_folder: bool) -> bool {
    path.file_name().is_none_or(|name| name.starts_with('.'))
        || (is_folder && path == root.join(OUTPUT_FOLDER))
}

fn is_source_name(path: &Utf8Path) -> bool {
    path.extension() == Some(EXTENSION)
}

/// The name of a path under the root, as the model writes it.
fn name(root: &Utf8Path, path: &Utf8Path) -> String {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<&str> = relative.components().map(|part| part.as_str()).collect();
    parts.join("/")
}

/// The ignore files that hold in a folder, outermost first.
#[derive(Clone, Default)]
struct Ignores(Vec<std::sync::Arc<Gitignore>>);

impl Ignores {
    /// Those of the folders around a workspace that stands in a Git repository, up to
    /// the repository's own. Without a repository nothing outside counts.
    fn above(fs: &dyn FileSystem, root: &Utf8Path) -> Ignores {
        let mut folders: Vec<&Utf8Path> = Vec::new();
        for folder in root.ancestors() {
            if folder != root {
                folders.push(folder);
            }
            if fs.kind(&folder.join(".git")).is_ok() {
                let outermost_first = folders.into_iter().rev();
                return outermost_first
                    .fold(Ignores::default(), |ignores, folder| ignores.within(fs, folder));
            }
        }
        Ignores::default()
    }

    /// These and the folder's own.
    fn within(mut self, fs: &dyn FileSystem, folder: &Utf8Path) -> Ignores {
        if let Ok(bytes) = fs.read(&folder.join(IGNORE_FILE), MAX_IGNORE_BYTES) {
            let mut builder = GitignoreBuilder::new(folder);
            for line in String::from_utf8_lossy(&bytes).lines() {
                // A line that is no pattern ignores nothing, as in Git.
                let _ = builder.add_line(None, line);
            }
            if let Ok(ignore) = builder.build() {
                self.0.push(ignore.into());
            }
        }
        self
    }

    fn match_path(&self, path: &Utf8PathBuf, is_folder: bool) -> bool {
        for ignore in self.0.iter().rev() {
            match ignore.matched(path, is_folder) {
                Match::Ignore(_) => return true,
                Match::Whitelist(_) => return false,
                Match::None => {}
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::MemoryFileSystem;

    fn files(fs: &MemoryFileSystem, root: &str) -> Vec<String> {
        let found = discover(fs, root.into());
        assert_eq!(found.problems, []);
        for file in &found.files {
            assert!(would_find(fs, root.into(), file), "{file}");
        }
        found.files
    }

    #[test]
    fn sources_in_the_order_of_their_names() {
        let fs = MemoryFileSystem::new();
        for name in ["b.tr", "a/z.tr", "a.tr", "å/c.tr", "läsmig.md", "x.TR", "tr", ".tr"] {
            fs.write(format!("/w/{name}"), "");
        }
        assert_eq!(files(&fs, "/w"), ["a.tr", "a/z.tr", "b.tr", "å/c.tr"]);
    }

    #[test]
    fn hidden_folders_output_and_inner_workspaces_are_no_part() {
        let fs = MemoryFileSystem::new();
        for name in [
            "a.tr",
            ".dold/b.tr",
            "ut/c.tr",
            "del/ut/d.tr",
            "inre/trc.toml",
            "inre/e.tr",
            "inre/djupt/f.tr",
        ] {
            fs.write(format!("/w/{name}"), "");
        }
        assert_eq!(files(&fs, "/w"), ["a.tr", "del/ut/d.tr"]);
        for name in [".dold/b.tr", "ut/c.tr", "inre/e.tr", "inre/ny.tr", "a.txt"] {
            assert!(!would_find(&fs, "/w".into(), name), "{name}");
        }
        assert!(would_find(&fs, "/w".into(), "ny/mapp/ny.tr"));
    }

    #[test]
    fn gitignore_is_respected_at_every_level() {
        let fs = MemoryFileSystem::new();
        fs.write("/.gitignore", "*.tr\n");
        fs.write("/repo/.git/HEAD", "");
        fs.write("/repo/.gitignore", "utkast/\n");
        fs.write("/repo/w/.gitignore", "# kommentar\n*-gammal.tr\n/bara-här.tr\n");
        fs.write("/repo/w/del/.gitignore", "!t2-gammal.tr\n");
        for name in [
            "t1.tr",
            "t1-gammal.tr",
            "bara-här.tr",
            "del/bara-här.tr",
            "del/t1-gammal.tr",
            "del/t2-gammal.tr",
            "utkast/t1.tr",
        ] {
            fs.write(format!("/repo/w/{name}"), "");
        }
        assert_eq!(files(&fs, "/repo/w"), ["del/bara-här.tr", "del/t2-gammal.tr", "t1.tr"]);
        assert!(!would_find(&fs, "/repo/w".into(), "utkast/ny.tr"));
    }

    #[test]
    fn changes_in_folders_that_no_walk_enters_do_not_matter() {
        for matters in ["a.tr", "mål", "mål/a.tr", ".gitignore", "mål/.gitignore", "mål/ut/a.tr"]
        {
            assert!(may_matter(matters), "{matters}");
        }
        for not in [".git", ".git/objects/ab", ".dold/.gitignore", "ut", "ut/t1.pdf", ".a.tr.swp"] {
            assert!(!may_matter(not), "{not}");
        }
    }

    #[test]
    fn links_are_not_followed() {
        let fs = MemoryFileSystem::new();
        fs.write("/w/a.tr", "");
        fs.write("/utanför/b.tr", "");
        fs.link("/w/runt", "/w");
        fs.link("/w/bort", "/utanför");
        assert_eq!(files(&fs, "/w"), ["a.tr"]);
        fs.link("/w/b.tr", "/utanför/b.tr");
        let found = discover(&fs, "/w".into());
        assert_eq!(found.files, ["a.tr"]);
        assert_eq!(found.problems, [Problem::Link { path: "b.tr".into() }]);
        assert!(!would_find(&fs, "/w".into(), "bort/b.tr"));
    }

    #[test]
    fn too_many_files_are_a_problem_and_an_end() {
        let fs = MemoryFileSystem::new();
        for number in 0..=MAX_FILES {
            fs.write(format!("/w/{number:05}.tr"), "");
        }
        let found = discover(&fs, "/w".into());
        assert_eq!(found.files.len(), MAX_FILES);
        assert_eq!(found.problems, [Problem::TooManyFiles]);
    }
}
