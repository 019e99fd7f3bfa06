//! The machine's file system.

use std::fs::{self, File, FileType};
use std::io::{self, Read, Write};

use camino::{Utf8Path, Utf8PathBuf};
use tempfile::NamedTempFile;

use super::{Entry, EntryKind, FileSystem, Folder};
use crate::paths;

/// The file system of the machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct RealFileSystem;

impl FileSystem for RealFileSystem {
    fn read(&self, path: &Utf8Path, limit: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        // One byte more than allowed shows that there is more. The size that the
        // folder states is not asked for: the file may grow between the two calls.
        File::open(path)?.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
        if u64::try_from(bytes.len()).is_ok_and(|len| len <= limit) {
            Ok(bytes)
        } else {
            Err(io::ErrorKind::FileTooLarge.into())
        }
    }

    fn kind(&self, path: &Utf8Path) -> io::Result<EntryKind> {
        Ok(kind_of(fs::symlink_metadata(path)?.file_type()))
    }

    fn read_folder(&self, path: &Utf8Path) -> io::Result<Folder> {
        let mut folder = Folder::default();
        for entry in fs::read_dir(path)? {
            let entry = entry?;
            match entry.file_name().into_string() {
                Ok(name) => {
                    folder.entries.push(Entry { name, kind: kind_of(entry.file_type()?) });
                }
                Err(_) => folder.unreadable_names += 1,
            }
        }
        folder.entries.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(folder)
    }

    fn canonicalize(&self, path: &Utf8Path) -> io::Result<Utf8PathBuf> {
        let path = path.canonicalize_utf8()?;
        Ok(paths::without_verbatim_prefix(path.as_str()).into())
    }

    fn replace(&self, path: &Utf8Path, bytes: &[u8]) -> io::Result<()> {
        // Through a link the file it leads to is written, not the link replaced.
        let target = match self.canonicalize(path) {
            Ok(target) => target,
            Err(error) if error.kind() == io::ErrorKind::NotFound => path.to_owned(),
            Err(error) => return Err(error),
        };
        let folder = target.parent().ok_or(io::ErrorKind::InvalidInput)?;
        let existing = match fs::metadata(&target) {
            Ok(metadata) if metadata.permissions().readonly() => {
                // Renaming over it would succeed, and surprise whoever protected it.
                return Err(io::ErrorKind::PermissionDenied.into());
            }
            Ok(metadata) => Some(metadata.permissions()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        // In the same folder, because renaming is atomic only within a file system.
        // The name begins with a dot, so that no watcher takes it for a source.
        let mut temporary = match existing {
            Some(permissions) => {
                let file = builder().tempfile_in(folder)?;
                file.as_file().set_permissions(permissions)?;
                file
            }
            None => new_file(folder)?,
        };
        temporary.write_all(bytes)?;
        temporary.as_file().sync_all()?;
        temporary.persist(&target).map_err(|error| error.error)?;
        sync_folder(folder);
        Ok(())
    }
}

fn builder() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".trc-").suffix(".tmp");
    builder
}

/// A temporary file with the permissions that a new file gets here.
#[cfg(unix)]
fn new_file(folder: &Utf8Path) -> io::Result<NamedTempFile> {
    use std::os::unix::fs::PermissionsExt as _;
    // The umask takes from these what the user does not want to give.
    builder().permissions(fs::Permissions::from_mode(0o666)).tempfile_in(folder)
}

#[cfg(not(unix))]
fn new_file(folder: &Utf8Path) -> io::Result<NamedTempFile> {
    builder().tempfile_in(folder)
}

/// Writes the folder's own entry through, where that can be asked for. The file is
/// complete either way; only which of the two versions survives a loss of power
/// depends on it, so a failure is no failure of the write.
fn sync_folder(folder: &Utf8Path) {
    if cfg!(unix)
        && let Ok(folder) = File::open(folder)
    {
        let _ = folder.sync_all();
    }
}

fn kind_of(kind: FileType) -> EntryKind {
    if kind.is_symlink() {
        EntryKind::Link
    } else if kind.is_dir() {
        EntryKind::Folder
    } else if kind.is_file() {
        EntryKind::File
    } else {
        EntryKind::Other
    }
}
