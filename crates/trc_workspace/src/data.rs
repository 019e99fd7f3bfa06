//! The files of data that the sources name: read when a source names them, and again when
//! they change.

use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;

use camino::Utf8Path;
use trc_model::data::{MOST_BYTES, NotRead, provide, wanted};
use trc_model::{Database, Workspace};

use crate::fs::FileSystem;
use crate::paths::{self, PathError};

/// Which files are read although they have been read before.
#[derive(Debug)]
pub(crate) enum Reread {
    Nothing,
    At(BTreeSet<String>),
    All,
}

/// True when a source names the file, or one in the folder, of that name.
pub(crate) fn uses(db: &Database, workspace: Workspace, name: &str) -> bool {
    let within = |path: &str| path.strip_prefix(name).is_some_and(|rest| rest.starts_with('/'));
    workspace.data(db).keys().any(|path| **path == *name || within(path))
}

/// Reads the files that the sources name now, as far as they are new or to be read again.
/// True when anything changed.
pub(crate) fn refresh(
    db: &mut Database,
    workspace: Workspace,
    fs: &dyn FileSystem,
    root: &Utf8Path,
    reread: &Reread,
) -> bool {
    let known = workspace.data(db);
    let again = |path: &str| match reread {
        Reread::Nothing => false,
        Reread::All => true,
        Reread::At(names) => names.iter().any(|name| {
            path.strip_prefix(name.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        }),
    };
    let paths = wanted(db, workspace);
    let contents = paths.into_iter().map(|path| {
        let before = known.get(path.as_str()).filter(|_| !again(&path));
        let content = match before {
            Some(file) => file.content(db).clone(),
            None => read(fs, root, &path),
        };
        (path, content)
    });
    let contents = contents.collect();
    provide(db, workspace, contents)
}

fn read(fs: &dyn FileSystem, root: &Utf8Path, path: &str) -> Result<Arc<[u8]>, NotRead> {
    let place = paths::inside(fs, root, path).map_err(|error| match error {
        PathError::Outside => NotRead::Outside,
        PathError::Io(error) => not_read(&error),
    })?;
    fs.read(&place, MOST_BYTES).map(Arc::from).map_err(|error| not_read(&error))
}

fn not_read(error: &io::Error) -> NotRead {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => NotRead::Missing,
        io::ErrorKind::FileTooLarge => NotRead::TooLarge,
        io::ErrorKind::PermissionDenied => NotRead::NoPermission,
        _ => NotRead::Other,
    }
}
