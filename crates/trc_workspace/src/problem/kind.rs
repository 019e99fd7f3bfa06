//! The kinds of problem that a workspace's files can have, each with its page. They are
//! explained like rules, but found before any rule is run.

use trc_base::{Severity, Text};

/// A kind of problem.
#[derive(Debug)]
pub struct Kind {
    /// Its name in output, in the manner of a rule's. Never changes once released.
    pub id: &'static str,
    pub severity: Severity,
    /// One line that says what is wanted, in Swedish and English.
    pub title_sv: &'static str,
    pub title_en: &'static str,
    /// The version that first had it.
    pub since: &'static str,
    /// Its page, in Swedish Markdown.
    pub page: &'static str,
}

impl Kind {
    /// The title in both languages.
    pub fn title(&self) -> Text {
        Text::new(self.title_sv, self.title_en)
    }
}

/// Every kind, in the order in which they are documented.
pub static KINDS: [&Kind; 7] = [
    &INVALID_CONFIGURATION,
    &CONFIGURATION_REMOVED,
    &UNREADABLE_FILE,
    &FILE_TOO_LARGE,
    &TOO_MANY_FILES,
    &SOURCE_IS_LINK,
    &NAME_NOT_UNICODE,
];

/// The kind with the given id.
pub fn find(id: &str) -> Option<&'static Kind> {
    KINDS.into_iter().find(|kind| kind.id == id)
}

pub(super) static INVALID_CONFIGURATION: Kind = Kind {
    id: "invalid-configuration",
    severity: Severity::Error,
    title_sv: "trc.toml går att läsa",
    title_en: "trc.toml can be read",
    since: "0.1.0",
    page: include_str!("invalid_configuration.md"),
};

pub(super) static CONFIGURATION_REMOVED: Kind = Kind {
    id: "configuration-removed",
    severity: Severity::Warning,
    title_sv: "trc.toml finns kvar medan arbetsytan är öppen",
    title_en: "trc.toml stays while the workspace is open",
    since: "0.1.0",
    page: include_str!("configuration_removed.md"),
};

pub(super) static UNREADABLE_FILE: Kind = Kind {
    id: "unreadable-file",
    severity: Severity::Error,
    title_sv: "Varje fil i arbetsytan går att läsa",
    title_en: "Every file of the workspace can be read",
    since: "0.1.0",
    page: include_str!("unreadable_file.md"),
};

pub(super) static FILE_TOO_LARGE: Kind = Kind {
    id: "file-too-large",
    severity: Severity::Error,
    title_sv: "Ingen fil är större än 8 MiB",
    title_en: "No file is larger than 8 MiB",
    since: "0.1.0",
    page: include_str!("file_too_large.md"),
};

pub(super) static TOO_MANY_FILES: Kind = Kind {
    id: "too-many-files",
    severity: Severity::Error,
    title_sv: "Arbetsytan har högst 50 000 filer",
    title_en: "The workspace has at most 50,000 files",
    since: "0.1.0",
    page: include_str!("too_many_files.md"),
};

pub(super) static SOURCE_IS_LINK: Kind = Kind {
    id: "source-is-link",
    severity: Severity::Warning,
    title_sv: "En fil i arbetsytan är en fil och ingen länk",
    title_en: "A file of the workspace is a file and no link",
    since: "0.1.0",
    page: include_str!("source_is_link.md"),
};

pub(super) static NAME_NOT_UNICODE: Kind = Kind {
    id: "name-not-unicode",
    severity: Severity::Warning,
    title_sv: "Varje filnamn är Unicode",
    title_en: "Every file name is Unicode",
    since: "0.1.0",
    page: include_str!("name_not_unicode.md"),
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discover::{MAX_FILE_BYTES, MAX_FILES};

    #[test]
    fn every_page_has_the_shape_of_a_rules() {
        let sections = ["Varför", "Rätt", "Fel", "Gör så här", "In English"];
        for kind in KINDS {
            let head = format!("# {}: {}\n", kind.id, kind.title_sv);
            assert!(kind.page.starts_with(&head), "{}", kind.id);
            let found: Vec<&str> =
                kind.page.lines().filter_map(|line| line.strip_prefix("## ")).collect();
            assert_eq!(found, sections, "{}", kind.id);
            assert!(!kind.title_sv.ends_with('.') && kind.title_sv != kind.title_en);
            assert!(std::ptr::eq(find(kind.id).unwrap(), kind));
        }
        assert!(find("no-such-problem").is_none());
    }

    #[test]
    fn the_limits_in_the_titles_are_those_that_hold() {
        assert!(FILE_TOO_LARGE.title_sv.contains(&format!("{} MiB", MAX_FILE_BYTES >> 20)));
        assert_eq!(MAX_FILES, 50_000);
        assert!(TOO_MANY_FILES.title_sv.contains("50 000"));
    }
}
