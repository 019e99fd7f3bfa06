//! GitLab's code quality report: a subset of Code Climate's, with a fingerprint that
//! tells a finding from a new one.

use std::io::{self, Write};

use serde::Serialize;
use trc_base::{Language, Severity};

use super::Findings;
use super::identity::fingerprints;

#[derive(Serialize)]
struct Issue<'a> {
    description: &'a str,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

pub fn write(out: &mut dyn Write, findings: &Findings, language: Language) -> io::Result<()> {
    let issues = findings.diagnostics.iter().zip(fingerprints(findings)).map(|(finding, own)| {
        let place = findings.place(&finding.location);
        Issue {
            description: finding.message.get(language),
            check_name: finding.rule,
            fingerprint: own,
            severity: match finding.severity {
                Severity::Error => "major",
                Severity::Warning => "minor",
                Severity::Info => "info",
            },
            location: Location {
                path: format!("{}{}", findings.prefix, finding.location.file),
                lines: Lines { begin: place.line, end: place.end_line },
            },
        }
    });
    super::write_json(out, &issues.collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use serde_json::Value;
    use trc_base::Language;

    use crate::cli::Format;
    use crate::output::tests::{rendered, sample};

    #[test]
    fn an_issue_each() {
        let text = rendered(&sample(), Format::Gitlab, Language::Sv);
        let issues: Vec<Value> = serde_json::from_str(&text).unwrap();
        assert_eq!(issues.len(), 2);
        assert_eq!(issues[0]["severity"], "minor");
        assert_eq!(issues[1]["location"]["path"], "t1.tr");
        assert_eq!(issues[1]["location"]["lines"]["begin"], 4);
        assert_ne!(issues[0]["fingerprint"], issues[1]["fingerprint"]);
    }
}
