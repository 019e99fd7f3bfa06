//! What a workspace wants of the rules: `[rules]` and `[[override]]` of its `trc.toml`.

use trc_base::Severity;

use crate::db::Phase;

/// How heavily rules weigh, where the workspace says something else than they do.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct RuleSettings {
    /// In the order in which they apply: the last that fits wins.
    pub levels: Vec<LevelSetting>,
}

/// The level of one rule, in some files and phases.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct LevelSetting {
    pub rule: String,
    pub level: SetLevel,
    /// Patterns of paths; none means every file.
    pub files: Vec<Pattern>,
    /// None means every phase.
    pub phases: Vec<Phase>,
}

/// A level as it can be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SetLevel {
    Off,
    Info,
    Warning,
    Error,
}

impl SetLevel {
    /// Every level, lightest first.
    pub const ALL: [SetLevel; 4] =
        [SetLevel::Off, SetLevel::Info, SetLevel::Warning, SetLevel::Error];

    /// The word that stands in `trc.toml`.
    pub fn word(self) -> &'static str {
        match self {
            SetLevel::Off => "off",
            SetLevel::Info => "info",
            SetLevel::Warning => "warning",
            SetLevel::Error => "error",
        }
    }

    /// The severity of what is found at the level; nothing is said at [`SetLevel::Off`].
    pub fn severity(self) -> Option<Severity> {
        match self {
            SetLevel::Off => None,
            SetLevel::Info => Some(Severity::Info),
            SetLevel::Warning => Some(Severity::Warning),
            SetLevel::Error => Some(Severity::Error),
        }
    }

    /// The level that a word names.
    pub fn from_word(word: &str) -> Option<SetLevel> {
        SetLevel::ALL.into_iter().find(|level| level.word() == word)
    }
}

impl RuleSettings {
    /// The level that is set for a rule in a file, if any. The file's phase is asked for
    /// only where it matters.
    pub fn level(&self, rule: &str, file: &str, phase: impl Fn() -> Phase) -> Option<SetLevel> {
        let fits = |setting: &&LevelSetting| {
            setting.rule == rule
                && (setting.files.is_empty() || setting.files.iter().any(|it| it.matches(file)))
                && (setting.phases.is_empty() || setting.phases.contains(&phase()))
        };
        self.levels.iter().rev().find(fits).map(|setting| setting.level)
    }
}

/// A pattern of paths relative to the workspace: `*` and `?` within a name, `**` for any
/// number of folders.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Pattern(Vec<String>);

impl Pattern {
    pub fn new(pattern: &str) -> Pattern {
        Pattern(pattern.trim_start_matches("./").split('/').map(str::to_owned).collect())
    }

    /// True when the whole path is as the pattern says.
    pub fn matches(&self, path: &str) -> bool {
        let path: Vec<&str> = path.split('/').collect();
        let pattern: Vec<&str> = self.0.iter().map(String::as_str).collect();
        wild(&pattern, &path, &|part| *part == "**", &|part, name| {
            let (part, name): (Vec<char>, Vec<char>) =
                (part.chars().collect(), name.chars().collect());
            wild(&part, &name, &|c| *c == '*', &|c, other| *c == '?' || c == other)
        })
    }
}

/// Matches a sequence with a pattern in which some elements stand for any number. Only
/// the last of them is ever tried again, so that no pattern takes long.
fn wild<P, T>(
    pattern: &[P],
    text: &[T],
    is_any: &dyn Fn(&P) -> bool,
    equal: &dyn Fn(&P, &T) -> bool,
) -> bool {
    let (mut at, mut next) = (0, 0);
    let mut again: Option<(usize, usize)> = None;
    while let Some(element) = text.get(next) {
        match pattern.get(at) {
            Some(part) if is_any(part) => {
                again = Some((at, next));
                at += 1;
            }
            Some(part) if equal(part, element) => {
                at += 1;
                next += 1;
            }
            _ => {
                let Some((any, from)) = again else { return false };
                again = Some((any, from + 1));
                (at, next) = (any + 1, from + 1);
            }
        }
    }
    pattern.iter().skip(at).all(is_any)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        for (pattern, path, fits) in [
            ("vb-2023/**", "vb-2023/mål.tr", true),
            ("vb-2023/**", "vb-2023/a/b.tr", true),
            ("vb-2023/**", "vb-2024/a.tr", false),
            ("**/utkast-*.tr", "utkast-å.tr", true),
            ("**/utkast-*.tr", "a/b/utkast-1.tr", true),
            ("*.tr", "a/b.tr", false),
            ("t?-2025.tr", "t1-2025.tr", true),
            ("./a.tr", "a.tr", true),
            ("a.tr", "a.tr.bak", false),
            ("**", "a/b", true),
            ("*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false),
        ] {
            assert_eq!(Pattern::new(pattern).matches(path), fits, "{pattern} {path}");
        }
    }

    #[test]
    fn the_last_that_fits_wins() {
        let setting = |level, files: &[&str], phases: &[Phase]| LevelSetting {
            rule: "a".to_owned(),
            level,
            files: files.iter().map(|it| Pattern::new(it)).collect(),
            phases: phases.to_vec(),
        };
        let settings = RuleSettings {
            levels: vec![
                setting(SetLevel::Warning, &[], &[]),
                setting(SetLevel::Off, &["vb/**"], &[Phase::Draft]),
            ],
        };
        let level = |file, phase| settings.level("a", file, || phase);
        assert_eq!(level("vb/a.tr", Phase::Draft), Some(SetLevel::Off));
        assert_eq!(level("vb/a.tr", Phase::Final), Some(SetLevel::Warning));
        assert_eq!(level("a.tr", Phase::Draft), Some(SetLevel::Warning));
        assert_eq!(settings.level("b", "a.tr", || Phase::Draft), None);
    }
}
