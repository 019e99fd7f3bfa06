//! Files of data that `från:` names: which they are, what was read of them, and their
//! sheets.
//!
//! The core does no IO: whoever owns the workspace asks [`wanted`], reads those files and
//! puts their bytes into the database. A file that nobody has looked for is unknown, and
//! what follows from it is silent.

mod cell;
mod grid;
mod indicators;
mod problem;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use salsa::Setter as _;
use trc_sheet::{Reading, Sheet, Unreadable};

use crate::db::{Database, Db, Workspace};
use crate::items::items;

pub(crate) use cell::{cell, odd_cell, text_cell};
pub(crate) use grid::{Grid, grid, names_table, place, without_year};
pub(crate) use indicators::follow_ups;
pub use problem::{DataNote, Weight};
pub(crate) use problem::{
    column_missing, no_column_fits, no_figure, no_grid, no_rows, no_such_column, no_such_row,
    overridden, too_many_columns,
};

/// The largest file that is read, in bytes.
pub const MOST_BYTES: u64 = 20 * 1024 * 1024;

/// A file of data.
#[salsa::input(debug)]
pub struct DataFile {
    /// Relative to the workspace, with `/`.
    pub path: Arc<str>,
    /// Its bytes, or why they could not be read.
    pub content: Result<Arc<[u8]>, NotRead>,
}

/// Why the bytes of a file could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NotRead {
    /// It is not there.
    Missing,
    /// It is larger than [`MOST_BYTES`].
    TooLarge,
    NoPermission,
    /// A link leads out of the workspace.
    Outside,
    Other,
}

/// What `från: ekonomi.xlsx, blad Drift` says.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Reference {
    /// Relative to the workspace, with `/`.
    pub path: String,
    pub sheet: Option<String>,
}

impl Reference {
    /// Reads the field of a source. Nothing when the path leads out of the workspace, which
    /// is said of the path.
    pub fn parse(source: &str, line: &str) -> Option<Reference> {
        let (path, rest) = line.split_once(',').unwrap_or((line, ""));
        let sheet = rest.trim();
        let sheet = sheet.strip_prefix("blad ").or(sheet.strip_prefix("bladet ")).unwrap_or(sheet);
        Some(Reference {
            path: beside(source, path.trim())?,
            sheet: (!sheet.trim().is_empty()).then(|| sheet.trim().to_owned()),
        })
    }
}

/// A path that is written in a source, from the workspace's root: it begins where the
/// source stands. Nothing when it leads out or names nothing.
pub fn beside(source: &str, path: &str) -> Option<String> {
    if path.starts_with(['/', '\\', '~']) || path.contains(['\\', ':', '\0']) {
        return None;
    }
    let folder = source.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    (!path.is_empty() && !parts.is_empty()).then(|| parts.join("/"))
}

/// The paths that the sources name.
pub fn wanted(db: &dyn Db, workspace: Workspace) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for file in workspace.files(db).iter().filter(|file| !file.is_built_in(db)) {
        for line in &items(db, *file).data {
            out.extend(Reference::parse(file.path(db), line).map(|reference| reference.path));
        }
    }
    out
}

/// Puts the contents of files into the database: those that the sources name, by path.
/// True when anything changed. An input that is there keeps its place, so that only what
/// uses the file runs again.
pub fn provide(
    db: &mut Database,
    workspace: Workspace,
    contents: BTreeMap<String, Result<Arc<[u8]>, NotRead>>,
) -> bool {
    let mut changed = false;
    let known = workspace.data(db).clone();
    let mut files = BTreeMap::new();
    for (path, content) in contents {
        let file = match known.get(path.as_str()) {
            Some(file) => {
                if *file.content(db) != content {
                    let _old = file.set_content(db).to(content);
                    changed = true;
                }
                *file
            }
            None => DataFile::new(db, Arc::from(path.as_str()), content),
        };
        files.insert(Arc::from(path), file);
    }
    if files != known {
        workspace.set_data(db).to(files);
        changed = true;
    }
    changed
}

/// What was made of a file: its sheets, or why they cannot be read, or why its bytes cannot.
/// Bytes that say the same give the same.
#[salsa::tracked]
pub fn reading(db: &dyn Db, file: DataFile) -> Result<Result<Reading, Unreadable>, NotRead> {
    let bytes = file.content(db).as_ref().map_err(|why| *why)?;
    Ok(trc_sheet::read(file.path(db), bytes, |_| false))
}

/// The sheet that a reference names.
///
/// # Errors
/// When it cannot be had; the error says why. `Ok(None)` where nobody has looked for the
/// file.
pub(crate) fn sheet<'db>(
    db: &'db dyn Db,
    workspace: Workspace,
    reference: &Reference,
) -> Result<Option<&'db Sheet>, DataNote> {
    let Some(file) = workspace.data(db).get(reference.path.as_str()) else { return Ok(None) };
    match reading(db, *file) {
        Err(why) => Err(problem::not_read(&reference.path, *why)),
        Ok(Err(unreadable)) => Err(problem::unreadable(unreadable)),
        Ok(Ok(reading)) => grid::chosen_sheet(reading, reference).map(Some),
    }
}

/// What was noticed while the file of a reference was read: it is read all the same.
pub(crate) fn noticed(db: &dyn Db, workspace: Workspace, reference: &Reference) -> Vec<DataNote> {
    let file = workspace.data(db).get(reference.path.as_str());
    match file.map(|file| reading(db, *file)) {
        Some(Ok(Ok(reading))) => reading.notes.iter().map(problem::noticed).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_begins_where_its_source_stands() {
        assert_eq!(beside("t1.tr", "data/a.csv").as_deref(), Some("data/a.csv"));
        assert_eq!(beside("t1/mål.tr", "../data/./a.csv").as_deref(), Some("data/a.csv"));
        for out in ["../a.csv", "/etc/passwd", r"C:\a.csv", "~/a.csv", "", ".", "t1/../.."] {
            assert_eq!(beside("t1.tr", out), None, "{out}");
        }
    }

    #[test]
    fn a_reference_names_a_sheet_or_none() {
        let of = |line| Reference::parse("t1.tr", line).map(|it| (it.path, it.sheet));
        assert_eq!(of("a.csv"), Some(("a.csv".into(), None)));
        assert_eq!(
            of("a.xlsx, blad Drift 2025"),
            Some(("a.xlsx".into(), Some("Drift 2025".into())))
        );
        assert_eq!(of("a.xlsx,"), Some(("a.xlsx".into(), None)));
    }
}
