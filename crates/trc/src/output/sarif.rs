//! SARIF 2.1.0, which code hosts and editors import.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::{Value, json};
use trc_base::{Diagnostic, Language, Location, Severity};
use trc_workspace::paths::escape;
use trc_workspace::problem::kind;

use super::identity::fingerprints;
use super::{Findings, write_json};

pub fn write(out: &mut dyn Write, findings: &Findings, language: Language) -> io::Result<()> {
    // The rules that found something, in the order of their names.
    let found: BTreeMap<&str, usize> =
        findings.diagnostics.iter().map(|finding| (finding.rule, 0)).collect();
    let index: BTreeMap<&str, usize> =
        found.into_keys().enumerate().map(|(index, rule)| (rule, index)).collect();
    let rules: Vec<Value> = index.keys().map(|id| rule(id, language)).collect();
    let results: Vec<Value> = findings
        .diagnostics
        .iter()
        .zip(fingerprints(findings))
        .map(|(finding, own)| {
            let index = index.get(finding.rule).copied().unwrap_or_default();
            result(findings, finding, language, index, &own)
        })
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {
                "driver": {
                    "name": "trc",
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "rules": rules,
                },
            },
            "language": match language {
                Language::Sv => "sv-SE",
                Language::En => "en-US",
            },
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": { BASE: { "description": { "text": "The folder that trc was run in." } } },
            "results": results,
        }],
    });
    write_json(out, &log)
}

/// What paths are relative to, by the name that consumers look for.
const BASE: &str = "%SRCROOT%";

fn rule(id: &str, language: Language) -> Value {
    let (title, page) = match (trc_rules::find(id), kind::find(id)) {
        (Some(rule), _) => (rule.title(), rule.page),
        (None, Some(kind)) => (kind.title(), kind.page),
        (None, None) => return json!({ "id": id }),
    };
    json!({
        "id": id,
        "shortDescription": { "text": title.get(language) },
        "help": { "text": format!("trc explain {id}"), "markdown": page },
    })
}

fn result(
    findings: &Findings,
    finding: &Diagnostic,
    language: Language,
    rule_index: usize,
    fingerprint: &str,
) -> Value {
    let (message, help) = (finding.message.get(language), finding.help.get(language));
    let related: Vec<Value> = (1..)
        .zip(&finding.related)
        .map(|(id, related): (usize, _)| {
            json!({
                "id": id,
                "message": { "text": related.message.get(language) },
                "physicalLocation": location(findings, &related.location),
            })
        })
        .collect();
    json!({
        "ruleId": finding.rule,
        "ruleIndex": rule_index,
        "level": match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "note",
        },
        "message": { "text": format!("{message} {help}").trim_end() },
        "locations": [{ "physicalLocation": location(findings, &finding.location) }],
        "relatedLocations": related,
        "partialFingerprints": { "subject/v1": fingerprint },
    })
}

fn location(findings: &Findings, location: &Location) -> Value {
    let place = findings.place(location);
    json!({
        "artifactLocation": {
            "uri": escape(&format!("{}{}", findings.prefix, location.file)),
            "uriBaseId": BASE,
        },
        "region": {
            "startLine": place.line,
            "startColumn": place.column,
            "endLine": place.end_line,
            "endColumn": place.end_column,
        },
    })
}

#[cfg(test)]
mod tests {
    use serde_json::Value;
    use trc_base::{Language, Severity};

    use crate::cli::Format;
    use crate::output::tests::{TEXT, finding, findings, rendered, sample};

    #[test]
    fn results_name_their_rules_and_places() {
        let log: Value =
            serde_json::from_str(&rendered(&sample(), Format::Sarif, Language::En)).unwrap();
        let run = &log["runs"][0];
        assert_eq!(run["tool"]["driver"]["rules"][0]["id"], "declared-twice");
        let result = &run["results"][1];
        assert_eq!((&result["ruleIndex"], &result["level"]), (&0.into(), &"error".into()));
        let region = &result["locations"][0]["physicalLocation"]["region"];
        assert_eq!((&region["startLine"], &region["endColumn"]), (&4.into(), &10.into()));
        assert_eq!(result["relatedLocations"][0]["message"]["text"], "The first is here.");
    }

    #[test]
    fn nothing_found_is_a_run_without_results() {
        let text = rendered(&findings(TEXT, Vec::new()), Format::Sarif, Language::Sv);
        let log: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(log["runs"][0]["results"], Value::Array(Vec::new()));
    }

    #[test]
    fn a_finding_without_a_rule_is_a_note() {
        let mut unknown = finding(TEXT, "5 st", Severity::Info);
        unknown.rule = "no-such-rule";
        let text = rendered(&findings(TEXT, vec![unknown]), Format::Sarif, Language::Sv);
        assert!(text.contains("\"level\": \"note\""), "{text}");
    }
}
