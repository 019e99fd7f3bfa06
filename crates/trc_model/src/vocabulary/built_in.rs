//! The vocabulary that comes with the compiler: Stockholm's, as `.tr` like any other.

use crate::db::{BUILT_IN, Database, SourceFile};

/// The vocabulary files that come with the compiler: path and text. Each year says only
/// what differs from the year before.
pub const BUILT_IN_FILES: &[(&str, &str)] = &[
    ("inbyggd:stockholm-2021.tr", include_str!("../../vocabulary/stockholm-2021.tr")),
    ("inbyggd:stockholm-2023.tr", include_str!("../../vocabulary/stockholm-2023.tr")),
    ("inbyggd:stockholm-2024.tr", include_str!("../../vocabulary/stockholm-2024.tr")),
    ("inbyggd:stockholm-2025.tr", include_str!("../../vocabulary/stockholm-2025.tr")),
];

/// The owner of the built-in vocabulary, which serves every workspace that has none
/// of its own.
pub const BUILT_IN_OWNER: &str = "stockholm";

/// The built-in files as inputs of a database.
pub fn built_in_files(db: &Database) -> Vec<SourceFile> {
    debug_assert!(BUILT_IN_FILES.iter().all(|(path, _)| path.starts_with(BUILT_IN)));
    BUILT_IN_FILES
        .iter()
        .map(|(path, text)| SourceFile::new(db, (*path).into(), (*text).to_owned(), None))
        .collect()
}
