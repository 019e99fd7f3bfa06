//! For programs: an array of findings. The schema in `docs/diagnostics.schema.json` is
//! generated from the types below.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;
use trc_base::{Diagnostic, Language, Location, Severity};

use super::Findings;

/// The version of the schema. Adding an optional property raises the second number,
/// anything that a reader could stumble over raises the first.
#[cfg(test)]
const VERSION: &str = "1.0";

/// Something that `trc` found in a workspace.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Finding<'a> {
    /// The rule's name, such as `target-missed-without-analysis`; `trc explain` tells
    /// what it wants.
    rule: &'a str,
    severity: Weight,
    #[serde(flatten)]
    place: Place<'a>,
    /// What was found and why it matters, in the language asked for with `--lang`.
    message: &'a str,
    /// What to do about it, in the same language.
    help: &'a str,
    /// Other places that belong to the finding, such as the first of two declarations.
    related: Vec<Related<'a>>,
}

/// Another place that belongs to a finding.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Related<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    /// What is there, in the language asked for with `--lang`.
    message: &'a str,
}

/// A place in a file. Lines and columns count from 1, columns in Unicode scalar values;
/// the end is the first place after the finding.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Place<'a> {
    /// The path relative to the workspace, with `/`.
    file: &'a str,
    #[schemars(range(min = 1))]
    line: u32,
    #[schemars(range(min = 1))]
    column: u32,
    #[schemars(range(min = 1))]
    end_line: u32,
    #[schemars(range(min = 1))]
    end_column: u32,
}

/// How much a finding matters: an error must be mended before a report is published, a
/// warning is probably a mistake, an info is worth knowing.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
enum Weight {
    Error,
    Warning,
    Info,
}

pub fn write(out: &mut dyn Write, findings: &Findings, language: Language) -> io::Result<()> {
    let list: Vec<Finding<'_>> = findings
        .diagnostics
        .iter()
        .map(|diagnostic| finding(findings, diagnostic, language))
        .collect();
    write_value(out, &list)
}

/// Writes any value as JSON for people who look at it too.
pub fn write_value(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    writeln!(out)
}

pub fn finding<'a>(
    findings: &Findings,
    diagnostic: &'a Diagnostic,
    language: Language,
) -> Finding<'a> {
    Finding {
        rule: diagnostic.rule,
        severity: match diagnostic.severity {
            Severity::Error => Weight::Error,
            Severity::Warning => Weight::Warning,
            Severity::Info => Weight::Info,
        },
        place: place(findings, &diagnostic.location),
        message: diagnostic.message.get(language),
        help: diagnostic.help.get(language),
        related: diagnostic
            .related
            .iter()
            .map(|related| Related {
                place: place(findings, &related.location),
                message: related.message.get(language),
            })
            .collect(),
    }
}

fn place<'a>(findings: &Findings, location: &'a Location) -> Place<'a> {
    let super::Place { line, column, end_line, end_column } = findings.place(location);
    Place { file: &location.file, line, column, end_line, end_column }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use schemars::generate::SchemaSettings;
    use serde_json::Value;
    use trc_base::{Language, Severity};

    use super::*;
    use crate::cli::Format;
    use crate::output::tests::{TEXT, finding, findings, rendered, sample};

    fn schema() -> String {
        let mut schema =
            SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<Vec<Finding>>();
        schema.insert("$id".into(), format!("urn:tertial:diagnostics:{VERSION}").into());
        schema.insert("title".into(), "The output of trc --format json".into());
        schema.insert("version".into(), VERSION.into());
        format!("{}\n", serde_json::to_string_pretty(&schema).unwrap())
    }

    /// Run with `TRC_UPDATE=1` to write the file after a change to the types above.
    #[test]
    fn the_published_schema_is_up_to_date() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/diagnostics.schema.json");
        if std::env::var_os("TRC_UPDATE").is_some() {
            std::fs::write(&path, schema()).unwrap();
        }
        let published = std::fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
        assert_eq!(published, schema(), "run TRC_UPDATE=1 cargo test -p trc schema");
    }

    #[test]
    fn the_output_has_the_properties_that_the_schema_requires() {
        let schema: Value = serde_json::from_str(&schema()).unwrap();
        let output: Value =
            serde_json::from_str(&rendered(&sample(), Format::Json, Language::Sv)).unwrap();
        let required = |name: &str| -> Vec<String> {
            let list = schema["$defs"][name]["required"].as_array().unwrap();
            list.iter().map(|name| name.as_str().unwrap().to_owned()).collect()
        };
        for finding in output.as_array().unwrap() {
            let keys: Vec<&String> = finding.as_object().unwrap().keys().collect();
            assert!(required("Finding").iter().all(|name| keys.contains(&name)), "{keys:?}");
            for related in finding["related"].as_array().unwrap() {
                let keys: Vec<&String> = related.as_object().unwrap().keys().collect();
                assert!(required("Related").iter().all(|name| keys.contains(&name)), "{keys:?}");
            }
        }
    }

    #[test]
    fn columns_are_characters_and_lines_end_at_line_feeds() {
        let output: Value =
            serde_json::from_str(&rendered(&sample(), Format::Json, Language::En)).unwrap();
        let place = |value: &Value| {
            ["line", "column", "endLine", "endColumn"].map(|name| value[name].as_u64().unwrap())
        };
        assert_eq!(place(&output[0]), [2, 9, 2, 10], "the emoji is one column");
        assert_eq!(place(&output[1]), [4, 1, 4, 10]);
        assert_eq!(place(&output[1]["related"][0]), [3, 10, 3, 14], "the tab is one column");
        assert_eq!(output[1]["related"][0]["message"], "The first is here.");
    }

    #[test]
    fn nothing_found_is_an_empty_array() {
        assert_eq!(rendered(&findings(TEXT, Vec::new()), Format::Json, Language::Sv), "[]");
    }

    #[test]
    fn a_place_in_an_unknown_file_is_its_beginning() {
        let mut elsewhere = finding(TEXT, "5", Severity::Error);
        elsewhere.location.file = "borta.tr".into();
        let found = findings(TEXT, vec![elsewhere]);
        let output: Value =
            serde_json::from_str(&rendered(&found, Format::Json, Language::Sv)).unwrap();
        assert_eq!((output[0]["line"].as_u64(), output[0]["column"].as_u64()), (Some(1), Some(1)));
    }
}
