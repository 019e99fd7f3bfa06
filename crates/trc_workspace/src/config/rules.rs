//! The tables `[rules]` and `[[override]]` of `trc.toml`: how heavily rules weigh, where
//! the workspace says something else than they do.

use toml::de::{DeTable, DeValue};
use trc_base::suggest::nearest;
use trc_base::{Severity, Text, text};
use trc_model::Phase;
use trc_model::settings::{LevelSetting, Pattern, RuleSettings, SetLevel};
use trc_rules::{Level, Rule};

use super::{ConfigProblem, ConfigProblemKind, range};

/// The keys of a rule's own table.
const RULE_KEYS: [&str; 2] = ["level", "reason"];

/// The keys of an `[[override]]`.
const OVERRIDE_KEYS: [&str; 3] = ["files", "phases", "rules"];

/// What can be wrong in the tables.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum RulesProblem {
    UnknownRule {
        rule: String,
        nearest: Option<&'static str>,
    },
    UnknownLevel {
        rule: String,
        found: String,
    },
    UnknownPhase {
        found: String,
    },
    /// A key of a table that means nothing there.
    UnknownKey {
        key: String,
        nearest: Option<&'static str>,
    },
    /// A rule that always holds.
    AlwaysHolds {
        rule: &'static str,
    },
    /// An error is made lighter, and nothing says why.
    NoReason {
        rule: &'static str,
    },
    WrongType {
        key: String,
        wanted: Wanted,
        found: &'static str,
    },
    /// An override without files and phases is no exception.
    OverrideOfEverything,
}

/// What a value must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wanted {
    Table,
    Tables,
    Level,
    Text,
    Texts,
}

/// Where some levels hold.
#[derive(Default)]
struct Where {
    files: Vec<Pattern>,
    phases: Vec<Phase>,
}

/// Reads the tables, and what is wrong with them.
#[derive(Default)]
pub struct Reader {
    pub settings: RuleSettings,
    pub problems: Vec<ConfigProblem>,
}

type Span = std::ops::Range<usize>;

impl Reader {
    /// `[rules]`
    pub fn rules(&mut self, value: &toml::Spanned<DeValue<'_>>) {
        self.levels("rules", value, &Where::default());
    }

    /// `[[override]]`
    pub fn overrides(&mut self, value: &toml::Spanned<DeValue<'_>>) {
        let DeValue::Array(list) = value.get_ref() else {
            return self.wrong_type("override", Wanted::Tables, value);
        };
        for item in list {
            match item.get_ref() {
                DeValue::Table(table) => self.one_override(table, item.span()),
                _ => self.wrong_type("override", Wanted::Tables, item),
            }
        }
    }

    fn one_override(&mut self, table: &DeTable<'_>, span: Span) {
        let mut place = Where::default();
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "files" => {
                    let texts = self.texts("files", value);
                    place.files = texts.iter().map(|(text, _)| Pattern::new(text)).collect();
                }
                "phases" => {
                    for (word, at) in self.texts("phases", value) {
                        match Phase::from_word(&word) {
                            Some(phase) => place.phases.push(phase),
                            None => self.add(at, RulesProblem::UnknownPhase { found: word }),
                        }
                    }
                }
                "rules" => {}
                other => self.unknown_key(other, &OVERRIDE_KEYS, key.span()),
            }
        }
        if !table.contains_key("files") && !table.contains_key("phases") {
            self.add(span, RulesProblem::OverrideOfEverything);
        }
        if let Some(value) = table.get("rules") {
            self.levels("rules", value, &place);
        }
    }

    fn levels(&mut self, key: &str, value: &toml::Spanned<DeValue<'_>>, place: &Where) {
        let DeValue::Table(table) = value.get_ref() else {
            return self.wrong_type(key, Wanted::Table, value);
        };
        for (name, value) in table {
            let name_text = name.get_ref().as_ref();
            let Some(rule) = trc_rules::find(name_text) else {
                let nearest = nearest(name_text, trc_rules::rules().iter().map(|rule| rule.id));
                let rule = name_text.to_owned();
                self.add(name.span(), RulesProblem::UnknownRule { rule, nearest });
                continue;
            };
            if trc_rules::always_holds(rule.id) {
                self.add(name.span(), RulesProblem::AlwaysHolds { rule: rule.id });
                continue;
            }
            let Some((level, has_reason)) = self.level(rule, value) else { continue };
            if !has_reason && needs_reason(rule, level, place) {
                self.add(value.span(), RulesProblem::NoReason { rule: rule.id });
                continue;
            }
            self.settings.levels.push(LevelSetting {
                rule: rule.id.to_owned(),
                level,
                files: place.files.clone(),
                phases: place.phases.clone(),
            });
        }
    }

    /// `"warning"` or `{ level = "warning", reason = "…" }`.
    fn level(
        &mut self,
        rule: &'static Rule,
        value: &toml::Spanned<DeValue<'_>>,
    ) -> Option<(SetLevel, bool)> {
        match value.get_ref() {
            DeValue::String(word) => Some((self.word(rule, word, value.span())?, false)),
            DeValue::Table(table) => {
                for key in table.keys() {
                    let text = key.get_ref().as_ref();
                    if !RULE_KEYS.contains(&text) {
                        self.unknown_key(text, &RULE_KEYS, key.span());
                    }
                }
                let reason = match table.get("reason").map(|reason| (reason, reason.get_ref())) {
                    Some((_, DeValue::String(reason))) => !reason.trim().is_empty(),
                    Some((reason, _)) => {
                        self.wrong_type("reason", Wanted::Text, reason);
                        return None;
                    }
                    None => false,
                };
                let level = table.get("level").map(|level| (level, level.get_ref()));
                match level {
                    Some((at, DeValue::String(word))) => {
                        Some((self.word(rule, word, at.span())?, reason))
                    }
                    _ => {
                        self.wrong_type(rule.id, Wanted::Level, value);
                        None
                    }
                }
            }
            _ => {
                self.wrong_type(rule.id, Wanted::Level, value);
                None
            }
        }
    }

    fn word(&mut self, rule: &'static Rule, word: &str, span: Span) -> Option<SetLevel> {
        let level = SetLevel::from_word(word);
        if level.is_none() {
            let rule = rule.id.to_owned();
            self.add(span, RulesProblem::UnknownLevel { rule, found: word.to_owned() });
        }
        level
    }

    fn texts(&mut self, key: &str, value: &toml::Spanned<DeValue<'_>>) -> Vec<(String, Span)> {
        let DeValue::Array(list) = value.get_ref() else {
            self.wrong_type(key, Wanted::Texts, value);
            return Vec::new();
        };
        let mut out = Vec::new();
        for item in list {
            match item.get_ref() {
                DeValue::String(text) => out.push((text.to_string(), item.span())),
                _ => self.wrong_type(key, Wanted::Texts, item),
            }
        }
        out
    }

    fn wrong_type(&mut self, key: &str, wanted: Wanted, value: &toml::Spanned<DeValue<'_>>) {
        let found = value.get_ref().type_str();
        self.add(value.span(), RulesProblem::WrongType { key: key.to_owned(), wanted, found });
    }

    fn unknown_key(&mut self, key: &str, known: &[&'static str], span: Span) {
        let near = nearest(key, known.iter().copied());
        let nearest = known.iter().copied().find(|known| Some(*known) == near);
        self.add(span, RulesProblem::UnknownKey { key: key.to_owned(), nearest });
    }

    fn add(&mut self, span: Span, problem: RulesProblem) {
        let kind = ConfigProblemKind::Rules(problem);
        self.problems.push(ConfigProblem { range: range(span), kind });
    }
}

/// True when a level is lighter than an error of the rule would be. What must not be
/// published can be published all the same, but not without a word about why.
fn needs_reason(rule: &Rule, level: SetLevel, place: &Where) -> bool {
    let is_error = match rule.level {
        Level::Error => true,
        // Before the report is final it is a warning anyway.
        Level::Completeness => place.phases.is_empty() || place.phases.contains(&Phase::Final),
        Level::Warning | Level::Info => false,
    };
    is_error && level.severity() != Some(Severity::Error)
}

impl RulesProblem {
    /// What was found and why it matters.
    pub fn message(&self) -> Text {
        match self {
            RulesProblem::UnknownRule { rule, .. } => text!(
                sv: "Regeln {rule} i trc.toml finns inte, så inställningen har ingen verkan.",
                en: "There is no rule {rule}, so its setting in trc.toml has no effect.",
            ),
            RulesProblem::UnknownLevel { rule, found } => text!(
                sv: "Regeln {rule} kan inte ha nivån {found}.",
                en: "The rule {rule} cannot have the level {found}.",
            ),
            RulesProblem::UnknownPhase { found } => text!(
                sv: "Det finns ingen fas som heter {found}, så undantaget skulle aldrig gälla.",
                en: "There is no phase called {found}, so the override would never hold.",
            ),
            RulesProblem::UnknownKey { key, .. } => text!(
                sv: "Inställningen {key} finns inte här och skulle inte ha någon verkan.",
                en: "There is no setting {key} here; it would have no effect.",
            ),
            RulesProblem::AlwaysHolds { rule } => text!(
                sv: "Regeln {rule} gäller alltid: det som inte går att läsa kommer inte med i rapporten.",
                en: "The rule {rule} always holds: what cannot be read is not in the report.",
            ),
            RulesProblem::NoReason { rule } => text!(
                sv: "Det som {rule} hittar är fel som inte får publiceras. Här görs de lättare utan att det står varför.",
                en: "What {rule} finds are errors that must not be published. They are made lighter here, and nothing says why.",
            ),
            RulesProblem::WrongType { key, wanted, found } => {
                let (sv, en) = wanted.words();
                text!(
                    sv: "Inställningen {key} ska vara {sv}, men värdet är av typen {found}.",
                    en: "The setting {key} is to be {en}, but its value is of the type {found}.",
                )
            }
            RulesProblem::OverrideOfEverything => text!(
                sv: "Undantaget säger varken filer eller faser, så det gäller allt och är inget undantag.",
                en: "The override names neither files nor phases, so it holds everywhere and overrides nothing.",
            ),
        }
    }

    /// What to do.
    pub fn help(&self) -> Text {
        match self {
            RulesProblem::UnknownRule { nearest: Some(nearest), .. }
            | RulesProblem::UnknownKey { nearest: Some(nearest), .. } => {
                text!(sv: "Menade du {nearest}?", en: "Did you mean {nearest}?")
            }
            RulesProblem::UnknownRule { nearest: None, .. } => text!(
                sv: "Kör trc rules för att se alla regler.",
                en: "Run trc rules to see every rule.",
            ),
            RulesProblem::UnknownKey { nearest: None, .. } | RulesProblem::AlwaysHolds { .. } => {
                text!(sv: "Ta bort raden.", en: "Remove the line.")
            }
            RulesProblem::UnknownLevel { .. } => text!(
                sv: "Skriv \"off\", \"info\", \"warning\" eller \"error\".",
                en: "Write \"off\", \"info\", \"warning\" or \"error\".",
            ),
            RulesProblem::UnknownPhase { .. } => text!(
                sv: "Skriv \"utkast\", \"granskning\" eller \"slutlig\".",
                en: "Write \"utkast\", \"granskning\" or \"slutlig\".",
            ),
            RulesProblem::NoReason { rule } => text!(
                sv: "Skriv skälet: {rule} = {{ level = \"warning\", reason = \"skälet\" }}",
                en: "Say why: {rule} = {{ level = \"warning\", reason = \"the reason\" }}",
            ),
            RulesProblem::WrongType { wanted: Wanted::Level, key, .. } => text!(
                sv: "Skriv till exempel {key} = \"warning\".",
                en: "Write for example {key} = \"warning\".",
            ),
            RulesProblem::WrongType { wanted: Wanted::Table, .. } => text!(
                sv: "Skriv [rules] på en egen rad, och under den en rad för varje regel.",
                en: "Write [rules] on a line of its own, and below it a line for each rule.",
            ),
            RulesProblem::WrongType { wanted: Wanted::Tables, .. } => text!(
                sv: "Skriv [[override]] på en egen rad, och under den files, phases och rules.",
                en: "Write [[override]] on a line of its own, and below it files, phases and rules.",
            ),
            RulesProblem::WrongType { key, wanted: Wanted::Text, .. } => {
                text!(sv: "Skriv {key} = \"…\".", en: "Write {key} = \"…\".")
            }
            RulesProblem::WrongType { key, wanted: Wanted::Texts, .. } => {
                text!(sv: "Skriv {key} = [\"…\"].", en: "Write {key} = [\"…\"].")
            }
            RulesProblem::OverrideOfEverything => text!(
                sv: "Skriv files = [\"mapp/**\"] eller phases = [\"utkast\"], eller flytta reglerna till [rules].",
                en: "Write files = [\"folder/**\"] or phases = [\"utkast\"], or move the rules to [rules].",
            ),
        }
    }
}

impl Wanted {
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Wanted::Table => ("en tabell", "a table"),
            Wanted::Tables => ("tabeller, [[override]]", "tables, [[override]]"),
            Wanted::Level => ("en nivå", "a level"),
            Wanted::Text => ("en text", "a text"),
            Wanted::Texts => ("en lista av texter", "a list of texts"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    /// Each problem of a text with the bytes it points at.
    fn problems(text: &str) -> Vec<(&str, RulesProblem)> {
        let problems = parse(text).err().unwrap_or_default().into_iter();
        let of_rules = problems.filter_map(|problem| match problem.kind {
            ConfigProblemKind::Rules(kind) => {
                let at = problem.range.start as usize..problem.range.end as usize;
                assert!(!kind.message().sv.is_empty() && kind.message().sv != kind.message().en);
                assert!(!kind.help().sv.is_empty());
                Some((&text[at], kind))
            }
            _ => None,
        });
        of_rules.collect()
    }

    #[test]
    fn levels_and_overrides_are_read_in_the_order_in_which_they_apply() {
        let config = parse(
            "tr = 1\n\
             [[override]]\n\
             files = [\"vb/**\"]\n\
             phases = [\"utkast\"]\n\
             rules = { outcome-missing = \"off\" }\n\
             [rules]\n\
             goal-number-gap = \"error\"\n\
             outcome-missing = { level = \"warning\", reason = \"Årets första år.\" }\n",
        )
        .unwrap();
        let level = |rule, file| config.rules.level(rule, file, || Phase::Draft);
        assert_eq!(level("outcome-missing", "vb/a.tr"), Some(SetLevel::Off));
        assert_eq!(level("outcome-missing", "a.tr"), Some(SetLevel::Warning));
        assert_eq!(level("goal-number-gap", "vb/a.tr"), Some(SetLevel::Error));
        assert_eq!(
            config.rules.level("outcome-missing", "vb/a.tr", || Phase::Final),
            Some(SetLevel::Warning)
        );
    }

    #[test]
    fn every_problem_points_at_its_bytes() {
        use RulesProblem::*;
        let rules = |text: &str| format!("tr = 1\n[rules]\n{text}\n");
        let found = |text: &str| -> Vec<(String, RulesProblem)> {
            let text = rules(text);
            problems(&text).into_iter().map(|(at, kind)| (at.to_owned(), kind)).collect()
        };
        let one = |at: &str, kind| vec![(at.to_owned(), kind)];
        assert_eq!(
            found("goal-number-gapp = \"off\""),
            one(
                "goal-number-gapp",
                UnknownRule { rule: "goal-number-gapp".into(), nearest: Some("goal-number-gap") }
            )
        );
        assert_eq!(
            found("goal-number-gap = \"av\""),
            one("\"av\"", UnknownLevel { rule: "goal-number-gap".into(), found: "av".into() })
        );
        assert_eq!(found("syntax = \"off\""), one("syntax", AlwaysHolds { rule: "syntax" }));
        assert_eq!(
            found("table-figure = \"info\""),
            one("\"info\"", NoReason { rule: "table-figure" })
        );
        assert_eq!(found("table-figure = \"error\""), Vec::new());
        assert_eq!(
            found("table-figure = { level = \"info\", reason = \"Avrundat i underlaget.\" }"),
            Vec::new()
        );
        assert!(matches!(found("table-figure = 1").as_slice(), [(_, WrongType { .. })]));
        assert!(matches!(
            problems("tr = 1\n[[override]]\nfils = [\"a\"]\nrules = {}\n").as_slice(),
            [(_, OverrideOfEverything), ("fils", UnknownKey { nearest: Some("files"), .. })]
        ));
    }

    #[test]
    fn what_is_only_missing_is_a_matter_of_the_draft() {
        let text = |phase| {
            format!(
                "tr = 1\n[[override]]\nphases = [\"{phase}\"]\nrules = {{ outcome-missing = \"off\" }}\n"
            )
        };
        assert!(parse(&text("utkast")).is_ok());
        assert!(parse(&text("slutlig")).is_err());
        assert!(parse(&text("klar")).is_err());
    }
}
