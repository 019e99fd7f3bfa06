//! Which names may stand where in a declaration of types.

use super::columns::{column_names, goal_texts, has_table};
use crate::document::Kind;
use crate::fields;

/// The words of the page that a vocabulary may give (`text` in `mallar`), and what each
/// is printed as without.
pub const PRINTED: &[(&str, &str)] = &[
    ("tjänsteutlåtande", "Tjänsteutlåtande"),
    ("diarienummer", "Dnr"),
    ("handläggare", "Handläggare"),
    ("telefon", "Telefon"),
    ("till", "Till"),
    ("innehållsförteckning", "Innehållsförteckning"),
    ("bilagor", "Bilagor"),
    ("bilaga", "Bilaga"),
    ("sida", "Sid"),
    ("utkast", "Utkast"),
    ("granskning", "För granskning"),
    ("figur", "Figur"),
    ("källa", "Källa"),
    ("ej_mätt", "Ej mätt"),
    ("bortfall", "Bortfall"),
    ("ej_tillämplig", "Ej tillämplig"),
    ("sekretess", "Sekretess"),
    ("attesterat", "Attesterat av"),
    ("attesterat_inledning", "Rapporten har granskats och attesterats digitalt av:"),
    ("attesterat_namn", "Namn"),
    ("attesterat_datum", "Datum"),
    ("attesterat_innehåll", "Innehåll"),
    ("attest", "Attest"),
    (
        "attest_ändrad",
        "Rapporten har ändrats sedan den attesterades. Attesten gäller inte det som står här:",
    ),
];

/// The names that may be declared with a heading of their own: columns of a level's
/// table, or texts of a goal, an indicator or an activity.
pub(super) fn printed_names(keyword: &str, of: &str) -> Vec<String> {
    match keyword {
        "kolumn" => column_names(of),
        _ if has_table(of) => vec!["analys".to_owned()],
        _ => goal_texts().map(|name| name.replace(' ', "_")).collect(),
    }
}

/// The fields that a level may require, allow or show.
pub(super) fn level_fields(level: &str) -> Vec<String> {
    let keyword = if has_table(level) { level } else { "mål" };
    let mut out: Vec<String> = Vec::new();
    for kind in [Kind::Report, Kind::Plan] {
        for name in fields::names(keyword, kind) {
            if !out.iter().any(|known| known == name) {
                out.push(name.to_owned());
            }
        }
    }
    out
}
