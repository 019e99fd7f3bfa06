//! What a workspace needs of a file system, and no more.

mod memory;
mod real;

use std::fmt::Debug;
use std::io;

use camino::{Utf8Path, Utf8PathBuf};

pub use memory::MemoryFileSystem;
pub use real::RealFileSystem;

/// A file system: the machine's, or one in memory.
///
/// Paths are absolute. Implementations know nothing of `.tr` files; what is done
/// with a file system (discovery, decoding, limits) is written once, above it, and
/// is therefore the same in tests.
pub trait FileSystem: Debug + Send + Sync {
    /// The bytes of a file. A file of more than `limit` bytes is an error of the kind
    /// [`io::ErrorKind::FileTooLarge`], and no more than that is read of it.
    fn read(&self, path: &Utf8Path, limit: u64) -> io::Result<Vec<u8>>;

    /// What stands at a path. A symbolic link is not followed.
    fn kind(&self, path: &Utf8Path) -> io::Result<EntryKind>;

    /// What stands in a folder, in the order of the names.
    fn read_folder(&self, path: &Utf8Path) -> io::Result<Folder>;

    /// The path with every symbolic link and every `..` in it resolved. It exists.
    fn canonicalize(&self, path: &Utf8Path) -> io::Result<Utf8PathBuf>;

    /// Replaces the bytes of a file in one step: a reader sees the old bytes or the
    /// new, and a failure leaves the old ones and nothing beside them.
    fn replace(&self, path: &Utf8Path, bytes: &[u8]) -> io::Result<()>;
}

/// What a path names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    File,
    Folder,
    Link,
    /// A device, a socket: nothing that is read.
    Other,
}

/// What stands in a folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folder {
    /// By name.
    pub entries: Vec<Entry>,
    /// How many names are not Unicode. Such files cannot be named in a message or in
    /// a source, so they are counted and passed over.
    pub unreadable_names: usize,
}

/// One name in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub name: String,
    pub kind: EntryKind,
}
