//! What can be wrong with the files of a workspace, before anything of what they
//! say is read.

pub mod kind;

use std::io;
use std::sync::Arc;

use trc_base::diagnostic::Range;
use trc_base::{Diagnostic, Location, Severity, Text, text};

use crate::config::{self, ConfigProblem};
use crate::discover::{MAX_FILE_BYTES, MAX_FILES};
pub use kind::Kind;

/// A problem with a file, a folder or the settings.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Problem {
    /// `trc.toml` is wrong.
    Config(ConfigProblem),
    /// `trc.toml` was removed while the workspace was open.
    ConfigRemoved,
    /// A file or folder could not be read.
    Unreadable { path: String, reason: Reason },
    /// A file is larger than [`MAX_FILE_BYTES`].
    TooLarge { path: String },
    /// The workspace has more than [`MAX_FILES`] sources.
    TooManyFiles,
    /// A source that is a symbolic link.
    Link { path: String },
    /// Files in a folder whose names are not Unicode.
    NamesNotUnicode { folder: String, count: usize },
}

/// Why a file could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    NotFound,
    NoPermission,
    Other,
}

impl Problem {
    /// The problem that an error in reading a file is.
    pub fn unreadable(path: String, error: &io::Error) -> Problem {
        let reason = match error.kind() {
            io::ErrorKind::FileTooLarge => return Problem::TooLarge { path },
            io::ErrorKind::NotFound => Reason::NotFound,
            io::ErrorKind::PermissionDenied => Reason::NoPermission,
            _ => Reason::Other,
        };
        Problem::Unreadable { path, reason }
    }

    /// What kind of problem it is.
    pub fn kind(&self) -> &'static Kind {
        match self {
            Problem::Config(_) => &kind::INVALID_CONFIGURATION,
            Problem::ConfigRemoved => &kind::CONFIGURATION_REMOVED,
            Problem::Unreadable { .. } => &kind::UNREADABLE_FILE,
            Problem::TooLarge { .. } => &kind::FILE_TOO_LARGE,
            Problem::TooManyFiles => &kind::TOO_MANY_FILES,
            Problem::Link { .. } => &kind::SOURCE_IS_LINK,
            Problem::NamesNotUnicode { .. } => &kind::NAME_NOT_UNICODE,
        }
    }

    /// The problem's identifier, in the manner of a rule's.
    pub fn id(&self) -> &'static str {
        self.kind().id
    }

    /// How much it matters.
    pub fn severity(&self) -> Severity {
        self.kind().severity
    }

    /// The problem as a diagnostic like any other. Where it concerns the workspace
    /// as a whole it stands at the top of `trc.toml`.
    pub fn diagnostic(&self) -> Diagnostic {
        let (path, range) = match self {
            Problem::Config(problem) => (config::FILE_NAME, problem.range),
            Problem::Unreadable { path, .. }
            | Problem::TooLarge { path }
            | Problem::Link { path } => (path.as_str(), Range::default()),
            Problem::ConfigRemoved | Problem::TooManyFiles | Problem::NamesNotUnicode { .. } => {
                (config::FILE_NAME, Range::default())
            }
        };
        Diagnostic {
            location: Location { file: Arc::from(path), range },
            severity: self.severity(),
            rule: self.id(),
            message: self.message(),
            help: self.help(),
            related: Vec::new(),
            fix: None,
        }
    }

    fn message(&self) -> Text {
        match self {
            Problem::Config(problem) => problem.kind.message(),
            Problem::ConfigRemoved => text!(
                sv: "trc.toml har tagits bort. Inställningarna som gällde senast används tills vidare.",
                en: "trc.toml has been removed. The settings that applied last are used for now.",
            ),
            Problem::Unreadable { path, reason: Reason::NotFound } => text!(
                sv: "{path} finns inte, så det som står i filen är inte kontrollerat.",
                en: "{path} does not exist, so what the file says has not been checked.",
            ),
            Problem::Unreadable { path, reason: Reason::NoPermission } => text!(
                sv: "Behörighet att läsa {path} saknas, så det som står där är inte kontrollerat.",
                en: "There is no permission to read {path}, so what it says has not been checked.",
            ),
            Problem::Unreadable { path, reason: Reason::Other } => text!(
                sv: "{path} gick inte att läsa, så det som står där är inte kontrollerat.",
                en: "{path} could not be read, so what it says has not been checked.",
            ),
            Problem::TooLarge { path } => {
                let limit = MAX_FILE_BYTES / (1024 * 1024);
                text!(
                    sv: "{path} är större än {limit} MiB och läses inte, så det som står där är inte kontrollerat.",
                    en: "{path} is larger than {limit} MiB and is not read, so what it says has not been checked.",
                )
            }
            Problem::TooManyFiles => text!(
                sv: "Mappen innehåller fler än {MAX_FILES} tr-filer. De övriga läses inte.",
                en: "The folder holds more than {MAX_FILES} tr files. The others are not read.",
            ),
            Problem::Link { path } => text!(
                sv: "{path} är en symbolisk länk och läses inte: en fil i arbetsmappen läses där den står, och en fil utanför hör inte dit.",
                en: "{path} is a symbolic link and is not read: a file in the workspace is read where it stands, and a file outside is no part of it.",
            ),
            Problem::NamesNotUnicode { folder, count } => {
                let folder = if folder.is_empty() { "." } else { folder };
                text!(
                    sv: "I mappen {folder} finns namn som inte är Unicode ({count} st). De filerna läses inte.",
                    en: "The folder {folder} has names that are not Unicode ({count}). Those files are not read.",
                )
            }
        }
    }

    fn help(&self) -> Text {
        match self {
            Problem::Config(problem) => problem.kind.help(),
            Problem::ConfigRemoved => text!(
                sv: "Lägg tillbaka filen; det räcker att den innehåller tr = 1.",
                en: "Put the file back; it is enough that it contains tr = 1.",
            ),
            Problem::Unreadable { .. } => text!(
                sv: "Kontrollera att filen finns, att du får läsa den och att inget annat program har låst den.",
                en: "Make sure that the file exists, that you may read it and that no other program has locked it.",
            ),
            Problem::TooLarge { .. } => text!(
                sv: "Dela upp filen; filer med samma första rad hör ihop.",
                en: "Split the file; files with the same first line belong together.",
            ),
            Problem::TooManyFiles => text!(
                sv: "Lägg trc.toml i den mapp som innehåller rapporterna, inte i en mapp ovanför.",
                en: "Put trc.toml in the folder that holds the reports, not in one above it.",
            ),
            Problem::Link { .. } => text!(
                sv: "Lägg filen i arbetsmappen i stället för länken.",
                en: "Put the file in the workspace in place of the link.",
            ),
            Problem::NamesNotUnicode { .. } => text!(
                sv: "Byt namn på filerna.",
                en: "Rename the files.",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_is_a_diagnostic_in_both_languages() {
        let path = || "mål/t1.tr".to_owned();
        for problem in [
            Problem::ConfigRemoved,
            Problem::unreadable(path(), &io::ErrorKind::NotFound.into()),
            Problem::unreadable(path(), &io::ErrorKind::PermissionDenied.into()),
            Problem::unreadable(path(), &io::ErrorKind::TimedOut.into()),
            Problem::unreadable(path(), &io::ErrorKind::FileTooLarge.into()),
            Problem::TooManyFiles,
            Problem::Link { path: path() },
            Problem::NamesNotUnicode { folder: String::new(), count: 2 },
        ] {
            let diagnostic = problem.diagnostic();
            for text in [&diagnostic.message, &diagnostic.help] {
                assert!(!text.sv.is_empty() && !text.en.is_empty() && text.sv != text.en);
            }
        }
    }
}
