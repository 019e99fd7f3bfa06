//! The reports that a command can be about.

use trc_base::suggest::nearest;
use trc_base::text;
use trc_model::document::documents;
use trc_model::report::report;
use trc_model::{Document, DocumentKey, Kind};

use crate::failure::Failure;
use crate::place::Target;

/// Every report of the workspace but those that are figures only.
pub fn all(target: &Target) -> Vec<&DocumentKey> {
    let (db, workspace) = (target.project.db(), target.project.workspace());
    documents(db, workspace)
        .keys()
        .filter(|key| key.kind == Kind::Report)
        .filter(|key| !report(db, workspace, Document::new(db, (*key).clone())).outcomes_only)
        .collect()
}

/// The report of the given name, such as `T1 2025 norra_innerstaden`.
///
/// # Errors
/// There is none; the failure names those that there are.
pub fn named(target: &Target, name: &str) -> Result<DocumentKey, Failure> {
    let reports = all(target);
    let key = DocumentKey::parse_report(name);
    match reports.iter().find(|known| Some(**known) == key.as_ref()) {
        Some(key) => Ok((*key).clone()),
        None => Err(unknown(name, &reports)),
    }
}

/// The failure of a workspace without reports.
pub fn none() -> Failure {
    Failure::new(
        text!(
            sv: "Det finns ingen rapport att bygga i arbetsytan.",
            en: "There is no report to build in the workspace.",
        ),
        text!(
            sv: "Skapa en fil vars första rad är till exempel: rapport T1 2025 för norra_innerstaden",
            en: "Create a file whose first line is, for example: rapport T1 2025 för norra_innerstaden",
        ),
    )
}

fn unknown(asked: &str, reports: &[&DocumentKey]) -> Failure {
    let names: Vec<String> = reports.iter().map(|key| key.report_name()).collect();
    let asked = asked.split_whitespace().collect::<Vec<_>>().join(" ");
    let help = match nearest(&asked, names.iter().map(String::as_str)) {
        Some(near) => text!(sv: "Menade du \"{near}\"?", en: "Did you mean \"{near}\"?"),
        None if names.is_empty() => return none(),
        None => {
            let all = names.join(", ");
            text!(sv: "Rapporterna är: {all}.", en: "The reports are: {all}.")
        }
    };
    let message = text!(
        sv: "Rapporten \"{asked}\" finns inte i arbetsytan.",
        en: "There is no report \"{asked}\" in the workspace.",
    );
    Failure::new(message, help)
}
