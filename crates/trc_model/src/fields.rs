//! Which field may stand in which declaration of which document, and what kind of
//! value it holds. The one table that completion, checks, hover and the reference
//! read.

use trc_syntax::DECLARING_WORDS;

use crate::document::Kind;

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FieldType {
    /// A passage in the prose subset; one line is enough.
    Prose,
    /// One line of text, as it is.
    Line,
    /// A measured value, or why there is none.
    Measure,
    /// A measured value, or `nås`, `nås delvis`, `nås inte`.
    Forecast,
    /// A target.
    Target,
    /// A target followed by a comma and the reason.
    NewTarget,
    /// A unit of measure.
    Unit,
    /// One word of a fixed list.
    Choice(&'static [&'static str]),
    /// A word of the report type's status scale.
    Status,
    /// The state of an activity.
    State,
    /// `T1`, `VB`, `år`, `tertial`.
    Due,
    /// A whole number.
    Number,
    /// A date.
    Date,
    /// A date, a comma and a text.
    DatedText,
    /// Who, when, and the fingerprint of what they vouch for.
    Mark,
    /// Names of other declarations, separated by commas.
    Names,
    /// Words separated by commas.
    List,
    /// `a = b`
    Equation,
    /// A document: `föregående`, `VB 2024`.
    Document,
    /// A path of a file in the workspace.
    Path,
}

/// One row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// The keyword of the declaration; empty for a document's own fields; `enhet`
    /// stands for every unit of an organisation.
    pub keyword: &'static str,
    pub name: &'static str,
    pub holds: FieldType,
    /// The documents in which it may stand.
    pub documents: &'static [Kind],
    /// True when it may be given several times.
    pub repeats: bool,
}

const PLAN_LIKE: &[Kind] = &[Kind::Budget, Kind::Plan];
const REPORT: &[Kind] = &[Kind::Report];
const TYPES: &[Kind] = &[Kind::Types];
const ORGANISATION: &[Kind] = &[Kind::Organisation];
const ANY: &[Kind] = &[Kind::Budget, Kind::Plan, Kind::Report];
const TABLES: &[Kind] = &[Kind::Budget, Kind::Plan, Kind::Report, Kind::Types];

/// Words for a direction (`riktning`).
pub const DIRECTIONS: &[&str] = &["högre är bättre", "lägre är bättre", "nära målet är bättre"];
/// How a value splits by gender (`kön`).
pub const GENDER_SPLITS: &[&str] = &["andelar", "antal", "del av totalen"];
const YES_NO: &[&str] = &["ja", "nej"];
const SURPLUS: &[&str] = &["plus", "minus"];

const fn field(
    keyword: &'static str,
    name: &'static str,
    holds: FieldType,
    documents: &'static [Kind],
) -> Field {
    Field { keyword, name, holds, documents, repeats: false }
}

const fn repeated(
    keyword: &'static str,
    name: &'static str,
    holds: FieldType,
    documents: &'static [Kind],
) -> Field {
    Field { keyword, name, holds, documents, repeats: true }
}

/// Every field, most used first within its declaration.
pub const FIELDS: &[Field] = {
    use FieldType as T;
    &[
        // A document's own.
        field("", "datum", T::Date, REPORT),
        field("", "fas", T::Choice(&["utkast", "granskning", "slutlig"]), REPORT),
        field("", "handläggare", T::Line, REPORT),
        field("", "telefon", T::Line, REPORT),
        field("", "till", T::Line, REPORT),
        field("", "diarienummer", T::Line, REPORT),
        repeated("", "underskrift", T::Line, REPORT),
        repeated("", "klar", T::Mark, REPORT),
        repeated("", "granskad", T::Mark, REPORT),
        repeated("", "attesterad", T::Mark, REPORT),
        field("", "omfattning", T::Choice(&["endast utfall"]), REPORT),
        field("", "från", T::Path, REPORT),
        field("", "källa", T::Line, ANY),
        field("", "ingår", T::Names, REPORT),
        field("", "sidnumrering", T::Choice(&["gemensam", "egen"]), REPORT),
        repeated("", "rättad", T::DatedText, REPORT),
        repeated("", "kontroll", T::Equation, TABLES),
        field("", "enhetsslag", T::List, TYPES),
        // Goals.
        field("mål", "status", T::Status, REPORT),
        field("mål", "analys", T::Prose, REPORT),
        field("mål", "goda exempel", T::Prose, REPORT),
        field("mål", "sammanfattning", T::Prose, REPORT),
        field("mål", "beskrivning", T::Prose, ANY),
        field("mål", "förväntat resultat", T::Prose, ANY),
        field("mål", "förväntat resultat på längre sikt", T::Prose, ANY),
        field("mål", "under", T::Names, PLAN_LIKE),
        field("mål", "motsvarar", T::Names, PLAN_LIKE),
        field("mål", "gäller", T::Names, PLAN_LIKE),
        field("mål", "ansvarig", T::Line, ANY),
        field("mål", "anvisning", T::Prose, ANY),
        repeated("mål", "klar", T::Mark, REPORT),
        repeated("mål", "granskad", T::Mark, REPORT),
        repeated("mål", "attesterad", T::Mark, REPORT),
        // Indicators.
        field("indikator", "utfall", T::Measure, REPORT),
        field("indikator", "prognos", T::Forecast, REPORT),
        field("indikator", "analys", T::Prose, REPORT),
        field("indikator", "nytt årsmål", T::NewTarget, REPORT),
        field("indikator", "svar", T::Measure, REPORT),
        field("indikator", "svarsfrekvens", T::Measure, REPORT),
        field("indikator", "staden", T::Measure, ANY),
        field("indikator", "årsmål", T::Target, PLAN_LIKE),
        field("indikator", "mäts i", T::Unit, PLAN_LIKE),
        field("indikator", "riktning", T::Choice(DIRECTIONS), PLAN_LIKE),
        field("indikator", "kön", T::Choice(GENDER_SPLITS), PLAN_LIKE),
        field("indikator", "redovisas", T::Due, PLAN_LIKE),
        field("indikator", "decimaler", T::Number, PLAN_LIKE),
        field("indikator", "kumulativ", T::Choice(YES_NO), PLAN_LIKE),
        field("indikator", "bas", T::Measure, PLAN_LIKE),
        field("indikator", "senast", T::Date, PLAN_LIKE),
        field("indikator", "delvis från", T::Target, PLAN_LIKE),
        field("indikator", "täljare", T::Line, PLAN_LIKE),
        field("indikator", "nämnare", T::Line, PLAN_LIKE),
        field("indikator", "tidigare", T::Names, PLAN_LIKE),
        field("indikator", "beskrivning", T::Prose, PLAN_LIKE),
        field("indikator", "motivering", T::Prose, ANY),
        field("indikator", "källa", T::Line, ANY),
        field("indikator", "gäller", T::Names, PLAN_LIKE),
        field("indikator", "ansvarig", T::Line, ANY),
        field("indikator", "anvisning", T::Prose, ANY),
        // Activities.
        field("aktivitet", "läge", T::State, REPORT),
        field("aktivitet", "analys", T::Prose, REPORT),
        field("aktivitet", "start", T::Date, PLAN_LIKE),
        field("aktivitet", "slut", T::Date, PLAN_LIKE),
        field("aktivitet", "ansvarig", T::Line, ANY),
        field("aktivitet", "tagg", T::Line, PLAN_LIKE),
        field("aktivitet", "gäller", T::Names, PLAN_LIKE),
        field("aktivitet", "beskrivning", T::Prose, PLAN_LIKE),
        field("aktivitet", "anvisning", T::Prose, ANY),
        // Sections.
        field("avsnitt", "status", T::Status, REPORT),
        field("avsnitt", "analys", T::Prose, REPORT),
        field("avsnitt", "visas", T::Choice(&["obligatorisk", "ja", "nej"]), TYPES),
        field("avsnitt", "om tomt", T::Line, TYPES),
        field("avsnitt", "innehåll", T::Choice(&["mål", "sammanfattning", "beslut"]), TYPES),
        field("avsnitt", "efter", T::Names, TYPES),
        field("avsnitt", "före", T::Names, TYPES),
        field("avsnitt", "liggande", T::Choice(YES_NO), TYPES),
        field("avsnitt", "innehållsförteckning", T::Choice(YES_NO), TYPES),
        field("avsnitt", "bedöms enligt", T::Names, TYPES),
        field("avsnitt", "anvisning", T::Prose, TABLES),
        repeated("avsnitt", "klar", T::Mark, REPORT),
        repeated("avsnitt", "granskad", T::Mark, REPORT),
        repeated("avsnitt", "attesterad", T::Mark, REPORT),
        // Tables, diagrams, pictures, passages.
        field("tabell", "rader", T::Names, TABLES),
        field("tabell", "kolumner", T::Names, TABLES),
        field("tabell", "decimaler", T::Number, TABLES),
        field("tabell", "från", T::Path, TABLES),
        field("tabell", "källa", T::Line, TABLES),
        field("tabell", "liggande", T::Choice(YES_NO), TABLES),
        repeated("tabell", "kontroll", T::Equation, TABLES),
        field("tabelltyp", "decimaler", T::Number, TYPES),
        repeated("tabelltyp", "kontroll", T::Equation, TYPES),
        field("kolumn", "decimaler", T::Number, TABLES),
        field("kolumn", "visas", T::Choice(YES_NO), TABLES),
        field("kolumn", "bedöms enligt", T::Names, TYPES),
        field("kolumn", "överskott", T::Choice(SURPLUS), TABLES),
        field("rad", "överskott", T::Choice(SURPLUS), TABLES),
        field("rad", "visas", T::Choice(YES_NO), TABLES),
        field("diagram", "data", T::Names, ANY),
        field("diagram", "beskrivning", T::Prose, ANY),
        field("diagram", "slag", T::Choice(&["linje", "stapel", "staplad", "liggande"]), ANY),
        field("diagram", "serier", T::Choice(&["rader", "kolumner"]), ANY),
        field("diagram", "rader", T::Names, ANY),
        field("diagram", "kolumner", T::Names, ANY),
        field("diagram", "målvärde", T::Measure, ANY),
        field("diagram", "siffror", T::Choice(YES_NO), ANY),
        field("diagram", "källa", T::Line, ANY),
        field("bild", "fil", T::Path, ANY),
        field("bild", "beskrivning", T::Prose, ANY),
        field("bild", "källa", T::Line, ANY),
        field("bilaga", "fil", T::Path, REPORT),
        // Types.
        field("rapporttyp", "gäller", T::Line, TYPES),
        field("rapporttyp", "bedöms enligt", T::Names, TYPES),
        field("nivå", "kräver", T::List, TYPES),
        field("nivå", "får ha", T::List, TYPES),
        field("nivå", "visar", T::List, TYPES),
        field("nivå", "kräver analys", T::List, TYPES),
        field("nivå", "utan status", T::Line, TYPES),
        field("nivå", "bedöms enligt", T::Names, TYPES),
        field("nivå", "innehållsförteckning", T::Choice(YES_NO), TYPES),
        field("nivå", "liggande", T::Choice(YES_NO), TYPES),
        field("text", "visas", T::Choice(YES_NO), TYPES),
        field("period", "slutar", T::Line, TYPES),
        field("period", "redovisar", T::List, TYPES),
        field("period", "bedömer", T::Choice(&["prognos", "utfall"]), TYPES),
        field("period", "visas", T::Choice(YES_NO), TYPES),
        // Units of an organisation.
        field("enhet", "adress", T::Line, ORGANISATION),
        field("enhet", "postadress", T::Line, ORGANISATION),
        field("enhet", "telefon", T::Line, ORGANISATION),
        field("enhet", "e-post", T::Line, ORGANISATION),
        field("enhet", "webb", T::Line, ORGANISATION),
        field("enhet", "roll", T::List, ORGANISATION),
        field("enhet", "från", T::Date, ORGANISATION),
        field("enhet", "till", T::Date, ORGANISATION),
        field("enhet", "ersätter", T::Names, ORGANISATION),
        field("enhet", "organisationsnummer", T::Line, ORGANISATION),
    ]
};

/// The row of the table for a field in a document, if it may stand there.
pub fn lookup(keyword: &str, name: &str, kind: Kind) -> Option<&'static Field> {
    let keyword = table_keyword(keyword);
    FIELDS.iter().find(|field| {
        field.keyword == keyword && field.name == name && field.documents.contains(&kind)
    })
}

/// The names of the fields that may stand in a declaration of a document.
pub fn names(keyword: &str, kind: Kind) -> impl Iterator<Item = &'static str> {
    let keyword = table_keyword(keyword);
    FIELDS
        .iter()
        .filter(move |field| field.keyword == keyword && field.documents.contains(&kind))
        .map(|field| field.name)
}

/// True when the field of that name holds prose, wherever it may stand.
pub fn is_prose(keyword: &str, name: &str) -> bool {
    let keyword = table_keyword(keyword);
    FIELDS.iter().any(|field| {
        field.keyword == keyword && field.name == name && field.holds == FieldType::Prose
    })
}

/// True when the field of that name holds words that are compared with known ones.
pub fn is_words(keyword: &str, name: &str) -> bool {
    use FieldType as T;
    let keyword = table_keyword(keyword);
    FIELDS.iter().any(|field| {
        field.keyword == keyword
            && field.name == name
            && matches!(
                field.holds,
                T::Choice(_) | T::Status | T::State | T::Due | T::List | T::Names
            )
    })
}

/// True when the field of that name names a file of data.
pub fn is_data(keyword: &str, name: &str) -> bool {
    name == "från"
        && FIELDS.iter().any(|field| {
            field.keyword == table_keyword(keyword)
                && field.name == name
                && field.holds == FieldType::Path
        })
}

/// Every word that is not a keyword of the grammar names a kind of unit.
pub(crate) fn table_keyword(keyword: &str) -> &str {
    if keyword.is_empty() || DECLARING_WORDS.contains(&keyword) { keyword } else { "enhet" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_field_begins_with_a_keyword_and_none_stands_twice() {
        let mut seen = std::collections::BTreeSet::new();
        for field in FIELDS {
            let first = field.name.split(' ').next().unwrap();
            assert!(!DECLARING_WORDS.contains(&first), "{}", field.name);
            assert!(seen.insert((field.keyword, field.name)), "{}", field.name);
        }
    }
}
