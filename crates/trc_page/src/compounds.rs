//! Where Swedish compounds of the administration's language may be divided.
//!
//! A pattern-based hyphenation knows syllables, not compounds: it divides
//! "resultatö-verföring". In a narrow column that is read at a glance, a word is divided
//! between its parts instead, "resultat-överföring". The parts are looked for among the
//! words that such compounds are made of.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The last parts of compounds, as they begin. Each is long or particular enough not to
/// stand inside another word by chance.
const PARTS: &[&str] = &[
    "aktivitet",
    "analys",
    "anläggning",
    "anpassning",
    "ansvar",
    "arbete",
    "avdelning",
    "avskrivning",
    "avvikelse",
    "bedömning",
    "behandling",
    "behov",
    "belopp",
    "beläggning",
    "beslut",
    "bidrag",
    "bistånd",
    "boende",
    "bostad",
    "brutto",
    "budget",
    "disposition",
    "ekonomi",
    "enhet",
    "ersättning",
    "fastighet",
    "frånvaro",
    "fullmäktige",
    "funktion",
    "fördelning",
    "förening",
    "föränd",
    "förmåga",
    "förskola",
    "förskole",
    "förskolor",
    "försörjning",
    "försäljning",
    "förvaltning",
    "försening",
    "givning",
    "handläggare",
    "handläggning",
    "hantering",
    "hemtjänst",
    "index",
    "indikator",
    "information",
    "inkomst",
    "insats",
    "inriktning",
    "intäkt",
    "inventarie",
    "investering",
    "justering",
    "jämförelse",
    "kategori",
    "kompetens",
    "kontroll",
    "kostnad",
    "kvalitet",
    "ledning",
    "ledighet",
    "lokal",
    "lägenhet",
    "marknad",
    "medborgar",
    "medarbetar",
    "mottagning",
    "målsättning",
    "möjlighet",
    "myndighet",
    "nedsättning",
    "nämnd",
    "område",
    "omsorg",
    "omslutning",
    "omvårdnad",
    "organisation",
    "pedagog",
    "perspektiv",
    "planering",
    "plats",
    "prestation",
    "prognos",
    "program",
    "projekt",
    "prövning",
    "redovisning",
    "rehabilitering",
    "resultat",
    "riktning",
    "rådgivning",
    "räkning",
    "samordnar",
    "samordning",
    "samverkan",
    "service",
    "skillnad",
    "skyldighet",
    "skydd",
    "socialtjänst",
    "stadsdel",
    "stadsmiljö",
    "statistik",
    "strategi",
    "struktur",
    "styrelse",
    "ställe",
    "säkerhet",
    "tagande",
    "tilldelning",
    "tillgång",
    "tillstånd",
    "tillägg",
    "tjänst",
    "trygghet",
    "täckning",
    "undersökning",
    "underskott",
    "uppdrag",
    "uppfyllelse",
    "uppföljning",
    "upphandling",
    "utbetalning",
    "utbildning",
    "utfall",
    "utförare",
    "utredning",
    "utsläpp",
    "utveckling",
    "vaktmästar",
    "verksamhet",
    "vistelse",
    "volym",
    "vårdnads",
    "vägledning",
    "åtgärd",
    "årsarbetar",
    "ärende",
    "äldreomsorg",
    "överenskommelse",
    "överföring",
    "överskott",
];

/// The fewest letters before and after a joint.
const LEAST: (usize, usize) = (3, 4);

/// The offsets at which a word's parts begin, from the left; none for a word that is no
/// compound of known parts.
pub fn joints(word: &str) -> Vec<usize> {
    let lower = word.to_lowercase();
    // Lower case of the letters in use is as long as upper case; if not, offsets would lie.
    if lower.len() != word.len() {
        return Vec::new();
    }
    let mut out: Vec<usize> = Vec::new();
    let mut start = 0;
    for (offset, _) in lower.char_indices() {
        let (Some(before), Some(rest)) = (lower.get(start..offset), lower.get(offset..)) else {
            continue;
        };
        // Every part of a word has a vowel.
        if begins_with_part(rest)
            && before.chars().count() >= LEAST.0
            && rest.chars().count() >= LEAST.1
            && before.contains(VOWELS)
        {
            out.push(offset);
            start = offset;
        }
    }
    out
}

fn begins_with_part(text: &str) -> bool {
    // By first byte: every word of a report is looked at, at every letter.
    static BY_FIRST: LazyLock<BTreeMap<u8, Vec<&str>>> = LazyLock::new(|| {
        let mut out: BTreeMap<u8, Vec<&str>> = BTreeMap::new();
        for part in PARTS {
            out.entry(part.bytes().next().unwrap_or_default()).or_default().push(part);
        }
        out
    });
    let candidates = text.bytes().next().and_then(|first| BY_FIRST.get(&first));
    candidates.is_some_and(|parts| parts.iter().any(|part| text.starts_with(part)))
}

const VOWELS: [char; 9] = ['a', 'e', 'i', 'o', 'u', 'y', 'å', 'ä', 'ö'];

/// The word with a soft hyphen at every joint.
pub fn with_soft_hyphens(word: &str, joints: &[usize]) -> String {
    let mut out = String::with_capacity(word.len() + 2 * joints.len());
    let mut start = 0;
    for joint in joints {
        out.push_str(word.get(start..*joint).unwrap_or_default());
        out.push('\u{ad}');
        start = *joint;
    }
    out.push_str(word.get(start..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_compound_is_divided_between_its_parts() {
        for divided in [
            "resultat-överföring",
            "resultat-överföringar",
            "Resultat-enhetens",
            "brutto-budget",
            "budget-justeringar",
            "omslutnings-förändringar",
            "verksamhets-områden",
            "arbets-marknads-åtgärder",
            "mål-uppfyllelse",
            "funktions-nedsättning",
            "kommun-fullmäktiges",
        ] {
            let word = divided.replace('-', "");
            let found = with_soft_hyphens(&word, &joints(&word));
            assert_eq!(found.replace('\u{ad}', "-"), divided);
        }
    }

    #[test]
    fn a_simple_word_is_left_whole() {
        for word in ["arbete", "Avvikelse", "planeringen", "Verksamhet", "förändring", "", "ÅÄÖ"]
        {
            assert!(joints(word).is_empty(), "{word}");
        }
    }
}
