//! A file system in memory, for tests and for files that exist only in an editor.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

use super::{Entry, EntryKind, FileSystem, Folder};

/// Files, folders and links in memory. Clones share their contents.
#[derive(Debug, Clone, Default)]
pub struct MemoryFileSystem {
    nodes: Arc<Mutex<BTreeMap<Utf8PathBuf, Node>>>,
}

#[derive(Debug, Clone)]
enum Node {
    File(Vec<u8>),
    Folder,
    Link(Utf8PathBuf),
}

impl MemoryFileSystem {
    /// An empty file system.
    pub fn new() -> Self {
        Self::default()
    }

    /// Writes a file, with the folders it stands in.
    pub fn write(&self, path: impl AsRef<Utf8Path>, bytes: impl Into<Vec<u8>>) {
        self.insert(path.as_ref(), Node::File(bytes.into()));
    }

    /// Makes a symbolic link.
    pub fn link(&self, path: impl AsRef<Utf8Path>, target: impl Into<Utf8PathBuf>) {
        self.insert(path.as_ref(), Node::Link(target.into()));
    }

    /// Removes a file, a link, or a folder with all that is in it.
    pub fn remove(&self, path: impl AsRef<Utf8Path>) {
        self.nodes().retain(|at, _| !at.starts_with(path.as_ref()));
    }

    fn insert(&self, path: &Utf8Path, node: Node) {
        let mut nodes = self.nodes();
        for folder in path.ancestors().skip(1) {
            nodes.entry(folder.to_owned()).or_insert(Node::Folder);
        }
        nodes.insert(path.to_owned(), node);
    }

    /// No invariant spans two entries, so a panic elsewhere leaves nothing half done.
    fn nodes(&self) -> MutexGuard<'_, BTreeMap<Utf8PathBuf, Node>> {
        self.nodes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Follows every link in a path.
    fn follow(&self, path: &Utf8Path) -> io::Result<(Utf8PathBuf, Node)> {
        let nodes = self.nodes();
        // As many links as Linux follows before it calls a path a loop.
        let mut links_left = 40;
        let mut resolved = Utf8PathBuf::new();
        let mut rest: Vec<String> = components(path).collect();
        rest.reverse();
        while let Some(part) = rest.pop() {
            if part == ".." {
                resolved.pop();
                continue;
            }
            resolved.push(part);
            match nodes.get(&resolved) {
                Some(Node::Link(target)) => {
                    links_left -= 1;
                    if links_left == 0 {
                        return Err(io::Error::other("too many links"));
                    }
                    resolved.pop();
                    let mut parts: Vec<String> = components(target).collect();
                    parts.reverse();
                    rest.extend(parts);
                }
                Some(_) => {}
                None => return Err(io::ErrorKind::NotFound.into()),
            }
        }
        let node = nodes.get(&resolved).cloned().ok_or(io::ErrorKind::NotFound)?;
        Ok((resolved, node))
    }
}

impl FileSystem for MemoryFileSystem {
    fn read(&self, path: &Utf8Path, limit: u64) -> io::Result<Vec<u8>> {
        match self.follow(path)?.1 {
            Node::File(bytes) if u64::try_from(bytes.len()).is_ok_and(|len| len <= limit) => {
                Ok(bytes)
            }
            Node::File(_) => Err(io::ErrorKind::FileTooLarge.into()),
            Node::Folder | Node::Link(_) => Err(io::ErrorKind::IsADirectory.into()),
        }
    }

    fn kind(&self, path: &Utf8Path) -> io::Result<EntryKind> {
        let nodes = self.nodes();
        nodes.get(path).map(Node::kind).ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn read_folder(&self, path: &Utf8Path) -> io::Result<Folder> {
        let (path, node) = self.follow(path)?;
        if !matches!(node, Node::Folder) {
            return Err(io::ErrorKind::NotADirectory.into());
        }
        let mut entries: Vec<Entry> = (self.nodes().iter())
            .filter(|(at, _)| at.parent() == Some(&path))
            .filter_map(|(at, node)| {
                Some(Entry { name: at.file_name()?.to_owned(), kind: node.kind() })
            })
            .collect();
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(Folder { entries, unreadable_names: 0 })
    }

    fn canonicalize(&self, path: &Utf8Path) -> io::Result<Utf8PathBuf> {
        Ok(self.follow(path)?.0)
    }

    fn replace(&self, path: &Utf8Path, bytes: &[u8]) -> io::Result<()> {
        let target = self.canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let parent = target.parent().ok_or(io::ErrorKind::InvalidInput)?;
        self.follow(parent)?;
        self.write(target, bytes);
        Ok(())
    }
}

impl Node {
    fn kind(&self) -> EntryKind {
        match self {
            Node::File(_) => EntryKind::File,
            Node::Folder => EntryKind::Folder,
            Node::Link(_) => EntryKind::Link,
        }
    }
}

/// The parts of a path, its root first, without `.`.
fn components(path: &Utf8Path) -> impl Iterator<Item = String> {
    path.components()
        .filter(|part| !matches!(part, Utf8Component::CurDir))
        .map(|part| part.as_str().to_owned())
}
