//! Writing what the tools produce.

use std::io;

use camino::Utf8Path;

use crate::fs::FileSystem;

/// Writes a file in one step: into a temporary file in the same folder, through to
/// the disk, then renamed over the old one, whose permissions it keeps. On failure
/// the old file stands unchanged with nothing beside it, and the error names the
/// path and the reason.
pub fn write_atomically(fs: &dyn FileSystem, path: &Utf8Path, bytes: &[u8]) -> io::Result<()> {
    let named = |error: io::Error| io::Error::new(error.kind(), format!("{path}: {error}"));
    fs.replace(path, bytes).map_err(named)
}
