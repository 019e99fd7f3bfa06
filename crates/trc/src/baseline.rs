//! The baseline: findings that a workspace had when it began to be checked, and that
//! `trc check` leaves unsaid. They are named by rule and subject, so that an edit above
//! one does not make it new.

use std::collections::BTreeMap;
use std::io::Write as _;

use camino::Utf8Path;
use serde::{Deserialize, Serialize};
use trc_base::{Diagnostic, Text, text};
use trc_workspace::discover::MAX_FILE_BYTES;
use trc_workspace::{FileSystem as _, RealFileSystem, write_atomically};

use crate::cli::{Check, Format};
use crate::commands::Context;
use crate::failure::Failure;
use crate::output::Findings;
use crate::place::{self, Target};

/// The name of the file where nothing else is said.
const FILE_NAME: &str = "trc-baseline.json";

/// Raised when a file cannot be read as before.
const VERSION: u32 = 1;

/// The file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    findings: Vec<Entry>,
}

/// So many findings of a rule about one thing.
#[derive(Serialize, Deserialize)]
struct Entry {
    #[serde(flatten)]
    name: Name,
    count: usize,
}

/// What a finding is known by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Name {
    document: String,
    declaration: String,
    part: String,
    rule: String,
}

/// How many findings of each name are known.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Baseline(BTreeMap<Name, usize>);

impl Baseline {
    /// What is found now. What always holds is never known: it is not in the report at
    /// all, and no list makes up for that.
    pub fn of(findings: &Findings) -> Baseline {
        let mut counts = BTreeMap::new();
        for name in findings.diagnostics.iter().filter_map(|finding| name(findings, finding)) {
            let count: &mut usize = counts.entry(name).or_default();
            *count = count.saturating_add(1);
        }
        Baseline(counts)
    }

    pub fn read(path: &Utf8Path) -> Result<Baseline, Failure> {
        let bytes = RealFileSystem
            .read(path, MAX_FILE_BYTES)
            .map_err(|error| place::cannot_read(path.as_std_path(), &error))?;
        Baseline::parse(&bytes).map_err(|reason| unreadable(path, &reason))
    }

    fn parse(bytes: &[u8]) -> Result<Baseline, String> {
        let file: File = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
        if file.version != VERSION {
            return Err(format!("version {}", file.version));
        }
        Ok(Baseline(file.findings.into_iter().map(|entry| (entry.name, entry.count)).collect()))
    }

    fn text(&self) -> Result<String, serde_json::Error> {
        let findings =
            self.0.iter().map(|(name, count)| Entry { name: name.clone(), count: *count });
        let file = File { version: VERSION, findings: findings.collect() };
        Ok(format!("{}\n", serde_json::to_string_pretty(&file)?))
    }

    pub fn write(&self, path: &Utf8Path) -> Result<(), Failure> {
        let text = self.text().map_err(|error| place::cannot_write(path, &error.into()))?;
        write_atomically(&RealFileSystem, path, text.as_bytes())
            .map_err(|error| place::cannot_write(path, &error))
    }

    /// Takes away the known findings and tells how many they were. Of more with one name
    /// than are known, the first are left out.
    pub fn leave_out(&self, findings: &mut Findings) -> usize {
        let mut left = self.0.clone();
        let all = std::mem::take(&mut findings.diagnostics);
        let before = all.len();
        findings.diagnostics = all
            .into_iter()
            .filter(|finding| {
                let count = name(findings, finding).and_then(|name| left.get_mut(&name));
                match count.filter(|count| **count > 0) {
                    Some(count) => {
                        *count = count.saturating_sub(1);
                        false
                    }
                    None => true,
                }
            })
            .collect();
        before.saturating_sub(findings.diagnostics.len())
    }

    /// The baseline without what is not found any more, and how much that was.
    #[must_use]
    pub fn pruned(&self, found: &Baseline) -> (Baseline, usize) {
        let kept: BTreeMap<Name, usize> = self
            .0
            .iter()
            .filter_map(|(name, known)| {
                let still = (*known).min(*found.0.get(name)?);
                Some((name.clone(), still))
            })
            .collect();
        let kept = Baseline(kept);
        let gone = self.len().saturating_sub(kept.len());
        (kept, gone)
    }

    /// How many findings are known.
    pub fn len(&self) -> usize {
        self.0.values().fold(0, |sum, count| sum.saturating_add(*count))
    }
}

fn name(findings: &Findings, finding: &Diagnostic) -> Option<Name> {
    if trc_rules::find(finding.rule).is_none() || trc_rules::always_holds(finding.rule) {
        return None;
    }
    let subject = findings.subjects.get(&finding.location)?;
    Some(Name {
        document: subject.document.clone(),
        declaration: subject.declaration.clone(),
        part: subject.part.clone(),
        rule: finding.rule.to_owned(),
    })
}

/// Does with the baseline what the command line asks for, and leaves out of the findings
/// what is known. Only `check` does: what is built is published, and what is wrong with
/// it is said.
pub fn apply(
    arguments: &Check,
    target: &Target,
    context: &Context,
    findings: &mut Findings,
) -> Result<(), Failure> {
    let configured = target.project.config().baseline;
    let name = configured.as_deref().unwrap_or(FILE_NAME);
    let path = target.project.path(name);
    let told = if arguments.write_baseline {
        let known = Baseline::of(findings);
        known.write(&path)?;
        known.leave_out(findings);
        written(name, known.len(), configured.is_some())
    } else if arguments.prune_baseline {
        let known = Baseline::read(&path)?;
        let (kept, gone) = known.pruned(&Baseline::of(findings));
        if gone > 0 {
            kept.write(&path)?;
        }
        kept.leave_out(findings);
        pruned(name, gone, known.len())
    } else if configured.is_some() {
        let count = Baseline::read(&path)?.leave_out(findings);
        if count == 0 || context.format != Format::Full {
            return Ok(());
        }
        left_out(name, count)
    } else {
        return Ok(());
    };
    // Standard output is the findings'.
    let _ = writeln!(std::io::stderr().lock(), "{}", told.get(context.language));
    Ok(())
}

fn written(name: &str, count: usize, is_configured: bool) -> Text {
    let told = text!(
        sv: "{name} är skriven. Kända anmärkningar: {count}.",
        en: "{name} is written. Known findings: {count}.",
    );
    if is_configured {
        return told;
    }
    let (sv, en) = (told.sv, told.en);
    text!(
        sv: "{sv}\nSkriv baseline = \"{name}\" i trc.toml, så visas de inte.",
        en: "{en}\nWrite baseline = \"{name}\" in trc.toml, and they are not shown.",
    )
}

fn pruned(name: &str, gone: usize, before: usize) -> Text {
    text!(
        sv: "{gone} av {before} kända anmärkningar i {name} finns inte längre.",
        en: "{gone} of {before} known findings in {name} are gone.",
    )
}

fn left_out(name: &str, count: usize) -> Text {
    text!(
        sv: "Kända anmärkningar som inte visas: {count} ({name}).",
        en: "Known findings that are not shown: {count} ({name}).",
    )
}

fn unreadable(path: &Utf8Path, reason: &str) -> Failure {
    Failure::new(
        text!(
            sv: "{path} är ingen lista över kända anmärkningar ({reason}).",
            en: "{path} is no list of known findings ({reason}).",
        ),
        text!(
            sv: "Skriv en ny med trc check --write-baseline.",
            en: "Write a new one with trc check --write-baseline.",
        ),
    )
}

#[cfg(test)]
mod tests {
    use trc_base::Severity;
    use trc_model::subject::Subject;

    use super::*;
    use crate::output::tests::{TEXT, finding, findings};

    /// Findings about the same field, at the given parts of the text.
    fn found(parts: &[&str]) -> Findings {
        let list = parts.iter().map(|part| finding(TEXT, part, Severity::Error)).collect();
        let mut findings = findings(TEXT, list);
        let subject = Subject {
            document: "rapport T1 2025 för x".to_owned(),
            declaration: "mål 1".to_owned(),
            part: "status".to_owned(),
        };
        for finding in &findings.diagnostics {
            findings.subjects.insert(finding.location.clone(), subject.clone());
        }
        findings
    }

    #[test]
    fn what_is_known_is_left_out_and_one_more_is_not() {
        let known = Baseline::of(&found(&["5 st"]));
        let mut now = found(&["5 st", "6 st"]);
        assert_eq!(known.leave_out(&mut now), 1);
        assert_eq!(now.diagnostics.len(), 1);
        assert_eq!(now.diagnostics[0].location, finding(TEXT, "6 st", Severity::Error).location);
    }

    #[test]
    fn a_file_is_read_as_it_was_written() {
        let known = Baseline::of(&found(&["5 st", "6 st"]));
        let text = known.text().unwrap();
        insta::assert_snapshot!(text, @r#"
        {
          "version": 1,
          "findings": [
            {
              "document": "rapport T1 2025 för x",
              "declaration": "mål 1",
              "part": "status",
              "rule": "declared-twice",
              "count": 2
            }
          ]
        }
        "#);
        assert_eq!(Baseline::parse(text.as_bytes()), Ok(known));
        assert!(Baseline::parse(text.replace("1,", "2,").as_bytes()).is_err());
        assert!(Baseline::parse(b"[]").is_err());
    }

    #[test]
    fn what_is_mended_is_pruned() {
        let known = Baseline::of(&found(&["5 st", "6 st"]));
        let (kept, gone) = known.pruned(&Baseline::of(&found(&["6 st"])));
        assert_eq!((kept.len(), gone), (1, 1));
        assert_eq!(known.pruned(&Baseline::default()), (Baseline::default(), 2));
    }

    #[test]
    fn what_cannot_be_read_is_never_known() {
        let mut broken = found(&["5 st"]);
        broken.diagnostics[0].rule = "syntax";
        assert_eq!(Baseline::of(&broken), Baseline::default());
    }
}
