//! What the columns of a sheet are called, and what each of them is.

use std::collections::BTreeSet;

use trc_base::suggest;
use trc_syntax::name::composed;

/// What the rows of a sheet are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Indicators,
    Activities,
    Goals,
    /// One figure of a table a row.
    Table,
}

impl Kind {
    /// Every kind, the most usual first.
    pub const ALL: [Kind; 4] = [Kind::Indicators, Kind::Activities, Kind::Goals, Kind::Table];
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    Goal,
    Name,
    Outcome,
    Men,
    Women,
    Previous,
    Forecast,
    Target,
    CouncilTarget,
    Period,
    Unit,
    Direction,
    Analysis,
    Start,
    End,
    State,
    Tag,
    Responsible,
    Level,
    Title,
    Under,
    Status,
    Description,
    Expected,
    Examples,
    Table,
    Row,
    Column,
    Value,
}

/// One line of the table of columns.
struct Known {
    field: Field,
    /// As `--map` names it.
    word: &'static str,
    kinds: &'static [Kind],
    /// Heads as web forms, spreadsheets and databases write them, in the form that
    /// [`plain`] gives.
    heads: &'static [&'static str],
}

const I: &[Kind] = &[Kind::Indicators];
const A: &[Kind] = &[Kind::Activities];
const G: &[Kind] = &[Kind::Goals];
const T: &[Kind] = &[Kind::Table];

const fn known(
    field: Field,
    word: &'static str,
    kinds: &'static [Kind],
    heads: &'static [&'static str],
) -> Known {
    Known { field, word, kinds, heads }
}

const KNOWN: &[Known] = {
    use Field as F;
    &[
        known(
            F::Name,
            "namn",
            I,
            &["indikator", "indikatorer", "indikatornamn", "indicator", "nyckeltal", "mått"],
        ),
        known(
            F::Name,
            "namn",
            A,
            &["aktivitet", "aktiviteter", "aktivitetsnamn", "activity", "åtgärd", "uppdrag"],
        ),
        known(
            F::Name,
            "namn",
            &[Kind::Indicators, Kind::Activities],
            &["name", "namn", "benämning"],
        ),
        known(
            F::Goal,
            "mål",
            &[Kind::Indicators, Kind::Activities],
            &[
                "mål",
                "goal",
                "målnummer",
                "mål nr",
                "nämndmål",
                "kf mål",
                "målområde",
                "kf s mål för verksamhetsområdet",
            ],
        ),
        known(
            F::Outcome,
            "utfall",
            I,
            &[
                "periodens utfall",
                "utfall",
                "outcome",
                "utfall period",
                "utfall perioden",
                "resultat",
            ],
        ),
        known(
            F::Men,
            "män",
            I,
            &[
                "utfall män pojkar",
                "man pojkar",
                "män pojkar",
                "utfall män",
                "män",
                "pojkar",
                "utfall pojkar",
                "men",
            ],
        ),
        known(
            F::Women,
            "kvinnor",
            I,
            &[
                "utfall kvinnor flickor",
                "kvinnor flickor",
                "utfall kvinnor",
                "kvinnor",
                "flickor",
                "utfall flickor",
                "women",
            ],
        ),
        known(
            F::Previous,
            "föregående",
            I,
            &[
                "utfall vb",
                "utfall vb prev",
                "vb",
                "föregående",
                "utfall föregående år",
                "föregående års utfall",
                "utfall föregående",
            ],
        ),
        known(
            F::Forecast,
            "prognos",
            I,
            &["prognos helår", "prognos helar", "prognos", "helårsprognos", "forecast"],
        ),
        known(
            F::Target,
            "årsmål",
            I,
            &["årsmål", "arsmal", "nämndens årsmål", "målvärde", "target"],
        ),
        known(
            F::CouncilTarget,
            "kf_årsmål",
            I,
            &["kf s årsmål", "kf arsmal", "kf årsmål", "kommunfullmäktiges årsmål", "årsmål kf"],
        ),
        known(
            F::Period,
            "period",
            I,
            &["period", "periodicitet", "redovisas", "mätperiod", "frekvens"],
        ),
        known(F::Unit, "mäts i", I, &["mäts i", "måttenhet", "unit", "mätenhet"]),
        known(F::Direction, "riktning", I, &["riktning", "direction", "önskad riktning"]),
        known(F::Start, "start", A, &["start", "startdatum", "startar", "från"]),
        known(F::End, "slut", A, &["slut", "slutdatum", "end", "slutar", "till", "klart"]),
        known(F::State, "läge", A, &["avvikelse", "deviation", "läge", "status", "state"]),
        known(F::Tag, "tagg", A, &["tagg", "tag", "märkning"]),
        known(
            F::Responsible,
            "ansvarig",
            &[Kind::Indicators, Kind::Activities, Kind::Goals],
            &["ansvarig", "responsible"],
        ),
        known(
            F::Analysis,
            "analys",
            &[Kind::Indicators, Kind::Activities, Kind::Goals],
            &["analys", "analysis", "kommentar", "analystext"],
        ),
        known(
            F::Goal,
            "nummer",
            G,
            &["nummer", "id", "nr", "målnummer", "mål nr", "number", "goal"],
        ),
        known(
            F::Title,
            "rubrik",
            G,
            &["rubrik", "title", "titel", "mål", "måltext", "name", "namn"],
        ),
        known(F::Level, "nivå", G, &["nivå", "level", "målnivå", "kind", "typ"]),
        known(F::Under, "under", G, &["under", "överordnat mål", "parent", "parent nm"]),
        known(F::Status, "status", G, &["status", "måluppfyllelse", "bedömning"]),
        known(F::Description, "beskrivning", G, &["beskrivning", "description"]),
        known(F::Expected, "förväntat resultat", G, &["förväntat resultat", "expected"]),
        known(F::Examples, "goda exempel", G, &["goda exempel"]),
        known(F::Table, "tabell", T, &["tabell", "table"]),
        known(F::Row, "rad", T, &["rad", "row"]),
        known(F::Column, "kolumn", T, &["kolumn", "column"]),
        known(F::Value, "värde", T, &["värde", "value", "belopp"]),
        known(F::Unit, "enhet", T, &["enhet", "unit"]),
    ]
};

/// A head as it is compared: small letters, one blank between words, and without the
/// year and the period, which change from report to report.
struct Plain {
    words: String,
    year: Option<u16>,
}

fn plain(head: &str) -> Plain {
    let head = composed(head).to_lowercase();
    let mut year = None;
    let mut words = Vec::new();
    for word in head.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if word.len() == 4 && word.starts_with("20") && word.bytes().all(|b| b.is_ascii_digit()) {
            year = word.parse().ok();
        } else if !matches!(word, "t1" | "t2" | "t3") {
            words.push(word);
        }
    }
    Plain { words: words.join(" "), year }
}

/// What a column with this head is in a sheet of a kind. `year` is the report's.
pub fn field(head: &str, kind: Kind, year: u16) -> Option<Field> {
    let head = plain(head);
    let found = KNOWN
        .iter()
        .filter(|known| known.kinds.contains(&kind))
        .find(|known| known.heads.contains(&head.words.as_str()))?;
    // "Utfall 2024" in a report of 2025 is last year's.
    let last_year = head.year.is_some_and(|other| other.saturating_add(1) == year);
    Some(if found.field == Field::Outcome && last_year { Field::Previous } else { found.field })
}

/// The year that a head names.
pub fn year(head: &str) -> Option<u16> {
    plain(head).year
}

/// True when the head is that of a column of any kind.
pub fn is_known(head: &str) -> bool {
    let head = plain(head);
    KNOWN.iter().any(|known| known.heads.contains(&head.words.as_str()))
}

/// The field that `--map` names with a word.
pub fn by_word(word: &str, kind: Kind) -> Option<Field> {
    let word = composed(word).to_lowercase();
    KNOWN
        .iter()
        .filter(|known| known.kinds.contains(&kind))
        .find(|known| known.word == word.trim())
        .map(|known| known.field)
}

/// The word of a field in a kind, for messages.
pub fn word(field: Field, kind: Kind) -> &'static str {
    KNOWN
        .iter()
        .find(|known| known.field == field && known.kinds.contains(&kind))
        .map_or("", |known| known.word)
}

/// The words that `--map` understands for a kind, without repetition.
pub fn words(kind: Kind) -> Vec<&'static str> {
    let mut seen = BTreeSet::new();
    let of_kind = KNOWN.iter().filter(|known| known.kinds.contains(&kind));
    of_kind.map(|known| known.word).filter(|word| seen.insert(*word)).collect()
}

/// The known head that is nearest to one that is not known.
pub fn nearest(head: &str, kind: Kind) -> Option<&'static str> {
    let head = plain(head).words;
    let heads =
        KNOWN.iter().filter(|known| known.kinds.contains(&kind)).flat_map(|known| known.heads);
    // A slip of the pen seldom is in the first letter, and short words are all near.
    let slip = |near: &&str| near.chars().next() == head.chars().next() && head.chars().count() > 3;
    suggest::nearest(&head, heads.copied()).filter(slip)
}

/// What a sheet of a kind must have: one of each list.
pub fn required(kind: Kind) -> &'static [&'static [Field]] {
    use Field as F;
    match kind {
        Kind::Indicators => &[
            &[F::Name],
            &[
                F::Outcome,
                F::Previous,
                F::Forecast,
                F::Target,
                F::CouncilTarget,
                F::Unit,
                F::Direction,
                F::Period,
            ],
        ],
        Kind::Activities => &[&[F::Name], &[F::Goal, F::Start, F::End, F::State]],
        Kind::Goals => &[&[F::Title], &[F::Goal, F::Level, F::Status]],
        Kind::Table => &[&[F::Row], &[F::Column], &[F::Value]],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_of_the_web_form_and_of_databases() {
        for (head, expected) in [
            ("Indikator", Field::Name),
            ("Periodens utfall", Field::Outcome),
            ("periodens_utfall", Field::Outcome),
            ("Utfall T1 2025", Field::Outcome),
            ("Utfall män/pojkar", Field::Men),
            ("Utfall kvinnor/flickor", Field::Women),
            ("Utfall VB 2024", Field::Previous),
            ("Utfall 2024", Field::Previous),
            ("Prognos helår", Field::Forecast),
            ("KF:s årsmål", Field::CouncilTarget),
            ("KF:S A\u{30a}RSMA\u{30a}L", Field::CouncilTarget),
            ("ÅRSMÅL 2025", Field::Target),
        ] {
            assert_eq!(field(head, Kind::Indicators, 2025), Some(expected), "{head}");
        }
        assert_eq!(
            field("Enhet", Kind::Indicators, 2025),
            None,
            "a unit of the organisation, or of measure"
        );
        assert_eq!(nearest("Årsmåll", Kind::Indicators), Some("årsmål"));
    }

    #[test]
    fn a_head_means_one_thing_in_a_kind() {
        for kind in Kind::ALL {
            let mut seen = BTreeSet::new();
            for known in KNOWN.iter().filter(|known| known.kinds.contains(&kind)) {
                for head in known.heads {
                    assert!(seen.insert(*head), "{head} twice in {kind:?}");
                    assert_eq!(plain(head).words, *head);
                }
            }
        }
    }
}
