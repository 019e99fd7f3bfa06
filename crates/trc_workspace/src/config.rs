//! `trc.toml`: the mark of a workspace, and its settings.

mod rules;

use toml::de::{DeTable, DeValue};
use trc_base::diagnostic::Range;
use trc_base::{Text, suggest, text};
use trc_model::settings::RuleSettings;

pub use rules::{RulesProblem, Wanted};

/// The name of the file that makes a folder a workspace.
pub const FILE_NAME: &str = "trc.toml";

/// The version of the language that this compiler reads.
pub const LANGUAGE_VERSION: u32 = 1;

/// The keys that may stand in the file.
const KEYS: [&str; 4] = ["tr", "rules", "override", "baseline"];

/// The settings of a workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// `tr`: the version of the language that the sources are written in.
    pub language_version: u32,
    /// `[rules]` and `[[override]]`: how heavily rules weigh.
    pub rules: RuleSettings,
    /// `baseline`: the list of the findings that are known, by its path in the workspace.
    pub baseline: Option<String>,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            language_version: LANGUAGE_VERSION,
            rules: RuleSettings::default(),
            baseline: None,
        }
    }
}

/// What is wrong with a `trc.toml`, and where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ConfigProblem {
    pub range: Range,
    pub kind: ConfigProblemKind,
}

/// The ways in which a `trc.toml` can be wrong.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum ConfigProblemKind {
    /// Not TOML; with the parser's own words, which are English.
    Syntax(String),
    /// Not UTF-8.
    Encoding,
    /// A key that means nothing, and the known one that is nearest.
    UnknownKey { key: String, nearest: Option<&'static str> },
    /// A value of the wrong type.
    WrongType { key: &'static str, found: &'static str },
    /// `tr` is missing.
    NoVersion,
    /// A version of the language that this compiler does not know.
    UnknownVersion { found: String },
    /// `baseline` is no path in the workspace.
    NoPath { found: String },
    /// In the tables that are about rules.
    Rules(RulesProblem),
}

/// Reads a `trc.toml`. With a problem in it there is no configuration: half of a
/// file's settings is not what its writer meant.
pub fn parse(text: &str) -> Result<Config, Vec<ConfigProblem>> {
    // The first error only: what follows one is most often its consequence.
    let document = DeTable::parse(text).map_err(|error| {
        let kind = ConfigProblemKind::Syntax(error.message().to_owned());
        vec![ConfigProblem { range: error.span().map(range).unwrap_or_default(), kind }]
    })?;
    let mut problems = Vec::new();
    let mut version = None;
    let mut stated = false;
    let mut baseline = None;
    // Overrides come after the rules that they override, wherever they stand.
    let mut rules = rules::Reader::default();
    if let Some(value) = document.get_ref().get("rules") {
        rules.rules(value);
    }
    if let Some(value) = document.get_ref().get("override") {
        rules.overrides(value);
    }
    problems.append(&mut rules.problems);
    for (key, value) in document.get_ref() {
        match key.get_ref().as_ref() {
            "tr" => {
                stated = true;
                match read_version(value.get_ref()) {
                    Ok(found) => version = Some(found),
                    Err(kind) => problems.push(ConfigProblem { range: range(value.span()), kind }),
                }
            }
            "baseline" => match read_baseline(value.get_ref()) {
                Ok(found) => baseline = Some(found),
                Err(kind) => problems.push(ConfigProblem { range: range(value.span()), kind }),
            },
            "rules" | "override" => {}
            unknown => {
                let nearest = suggest::nearest(unknown, KEYS);
                let kind = ConfigProblemKind::UnknownKey {
                    key: unknown.to_owned(),
                    nearest: KEYS.into_iter().find(|known| Some(*known) == nearest),
                };
                problems.push(ConfigProblem { range: range(key.span()), kind });
            }
        }
    }
    if !stated {
        let kind = ConfigProblemKind::NoVersion;
        problems.push(ConfigProblem { range: Range::default(), kind });
    }
    // The table orders by key; people read from the top.
    problems.sort_by_key(|problem| problem.range);
    match version {
        Some(language_version) if problems.is_empty() => {
            Ok(Config { language_version, rules: rules.settings, baseline })
        }
        _ => Err(problems),
    }
}

fn read_version(value: &DeValue<'_>) -> Result<u32, ConfigProblemKind> {
    let DeValue::Integer(number) = value else {
        return Err(ConfigProblemKind::WrongType { key: "tr", found: value.type_str() });
    };
    let digits: String = number.as_str().chars().filter(|c| *c != '_').collect();
    match u32::from_str_radix(&digits, number.radix()) {
        Ok(version) if version == LANGUAGE_VERSION => Ok(version),
        _ => Err(ConfigProblemKind::UnknownVersion { found: number.as_str().to_owned() }),
    }
}

/// A path that stays in the workspace: what somebody sends must not make `trc` write
/// anywhere else.
fn read_baseline(value: &DeValue<'_>) -> Result<String, ConfigProblemKind> {
    let path = match value {
        DeValue::String(path) => path.as_ref(),
        other => return Err(ConfigProblemKind::NoPath { found: other.type_str().to_owned() }),
    };
    let is_absolute = path.starts_with(['/', '\\']) || path.contains(':');
    if path.is_empty() || is_absolute || path.split(['/', '\\']).any(|part| part == "..") {
        return Err(ConfigProblemKind::NoPath { found: path.to_owned() });
    }
    Ok(path.to_owned())
}

fn range(span: std::ops::Range<usize>) -> Range {
    let at = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
    Range { start: at(span.start), end: at(span.end) }
}

impl ConfigProblemKind {
    /// What was found and why it matters.
    pub fn message(&self) -> Text {
        match self {
            ConfigProblemKind::Rules(problem) => problem.message(),
            ConfigProblemKind::Syntax(reason) => text!(
                sv: "trc.toml går inte att läsa som TOML, så inställningarna gäller inte ({reason}).",
                en: "trc.toml cannot be read as TOML, so its settings do not apply ({reason}).",
            ),
            ConfigProblemKind::Encoding => text!(
                sv: "trc.toml är inte skriven i UTF-8, så inställningarna går inte att läsa.",
                en: "trc.toml is not written in UTF-8, so its settings cannot be read.",
            ),
            ConfigProblemKind::UnknownKey { key, .. } => text!(
                sv: "Inställningen {key} i trc.toml finns inte och skulle inte ha någon verkan.",
                en: "There is no setting {key} for trc.toml; it would have no effect.",
            ),
            ConfigProblemKind::WrongType { key, found } => text!(
                sv: "Inställningen {key} i trc.toml ska vara ett heltal, men värdet är av typen {found}.",
                en: "The setting {key} in trc.toml is to be an integer, but its value is of the type {found}.",
            ),
            ConfigProblemKind::NoPath { found } => text!(
                sv: "Inställningen baseline i trc.toml ska vara en fil i arbetsytan, men är ”{found}”.",
                en: "The setting baseline in trc.toml is to be a file in the workspace, but is “{found}”.",
            ),
            ConfigProblemKind::NoVersion => text!(
                sv: "trc.toml säger inte vilken version av språket filerna är skrivna i.",
                en: "trc.toml does not say which version of the language the files are written in.",
            ),
            ConfigProblemKind::UnknownVersion { found } => text!(
                sv: "Filerna sägs vara skrivna i språkversion {found}, som det här programmet inte känner till; det läser version {LANGUAGE_VERSION}.",
                en: "The files are said to be written in version {found} of the language, which this program does not know; it reads version {LANGUAGE_VERSION}.",
            ),
        }
    }

    /// What to do.
    pub fn help(&self) -> Text {
        match self {
            ConfigProblemKind::Rules(problem) => problem.help(),
            ConfigProblemKind::Syntax(_) => text!(
                sv: "Skriv varje inställning på en egen rad som namn = värde, till exempel tr = {LANGUAGE_VERSION}.",
                en: "Write each setting on a line of its own as name = value, such as tr = {LANGUAGE_VERSION}.",
            ),
            ConfigProblemKind::Encoding => text!(
                sv: "Spara filen som UTF-8.",
                en: "Save the file as UTF-8.",
            ),
            ConfigProblemKind::UnknownKey { nearest: Some(nearest), .. } => text!(
                sv: "Menade du {nearest}?",
                en: "Did you mean {nearest}?",
            ),
            ConfigProblemKind::UnknownKey { nearest: None, .. } => text!(
                sv: "Ta bort raden.",
                en: "Remove the line.",
            ),
            ConfigProblemKind::WrongType { .. } | ConfigProblemKind::NoVersion => text!(
                sv: "Skriv tr = {LANGUAGE_VERSION}.",
                en: "Write tr = {LANGUAGE_VERSION}.",
            ),
            ConfigProblemKind::NoPath { .. } => text!(
                sv: "Skriv baseline = \"trc-baseline.json\".",
                en: "Write baseline = \"trc-baseline.json\".",
            ),
            ConfigProblemKind::UnknownVersion { .. } => text!(
                sv: "Skriv tr = {LANGUAGE_VERSION}, eller byt till en utgåva av programmet som läser den versionen.",
                en: "Write tr = {LANGUAGE_VERSION}, or change to a release of the program that reads that version.",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The problems of a text, each with the bytes it points at.
    fn problems(text: &str) -> Vec<(&str, ConfigProblemKind)> {
        let problems = parse(text).unwrap_err();
        let at = |range: Range| &text[range.start as usize..range.end as usize];
        problems.into_iter().map(|problem| (at(problem.range), problem.kind)).collect()
    }

    #[test]
    fn a_version_is_all_it_takes() {
        let expected = Config::default();
        assert_eq!(parse("tr = 1"), Ok(expected.clone()));
        assert_eq!(parse("# år\r\ntr = 0x1\r\n"), Ok(expected));
    }

    #[test]
    fn every_problem_points_at_its_bytes() {
        use ConfigProblemKind::*;
        assert_eq!(
            problems("# å\ntr = \"1\"\n"),
            [("\"1\"", WrongType { key: "tr", found: "string" })]
        );
        assert_eq!(problems("tr = 2\n"), [("2", UnknownVersion { found: "2".into() })]);
        assert_eq!(problems(""), [("", NoVersion)]);
        assert_eq!(
            problems("\"år\" = 1\ntr = 1\n[tre]\nx = 1\n"),
            [
                ("\"år\"", UnknownKey { key: "år".into(), nearest: Some("tr") }),
                ("tre", UnknownKey { key: "tre".into(), nearest: Some("tr") }),
            ]
        );
    }

    #[test]
    fn a_baseline_is_a_file_in_the_workspace() {
        let read = |path: &str| parse(&format!("tr = 1\nbaseline = {path}\n"));
        assert_eq!(read("\"a/b.json\"").unwrap().baseline.as_deref(), Some("a/b.json"));
        for path in ["1", "\"\"", "\"../a\"", "\"/a\"", "'a\\..\\..\\b'", "\"c:a\""] {
            assert!(read(path).is_err(), "{path}");
        }
    }

    #[test]
    fn syntax_errors_have_a_place() {
        let found = problems("tr = 1\nfärg = \n");
        assert!(matches!(found.as_slice(), [("ä", ConfigProblemKind::Syntax(_))]), "{found:?}");
        let duplicate = problems("tr = 1\ntr = 1\n");
        assert!(matches!(duplicate.as_slice(), [("tr", ConfigProblemKind::Syntax(_))]));
    }

    #[test]
    fn every_problem_says_what_and_what_to_do() {
        for text in ["tr", "x = 1", "tr = true", "tr = 3", "", "tra = 1", "baseline = 1"] {
            for problem in parse(text).unwrap_err() {
                for text in [problem.kind.message(), problem.kind.help()] {
                    assert!(!text.sv.is_empty() && !text.en.is_empty(), "{problem:?}");
                }
            }
        }
    }
}
