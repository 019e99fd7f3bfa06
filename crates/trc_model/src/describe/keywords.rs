//! The keywords, in the order of the grammar's lists.

use super::KeywordDescription;

const fn describe(
    keyword: &'static str,
    example: &'static str,
    sv: &'static str,
    en: &'static str,
) -> KeywordDescription {
    KeywordDescription { keyword, example, sv, en }
}

/// Every keyword.
pub const KEYWORDS: &[KeywordDescription] = &[
    describe(
        "organisation",
        "organisation lindvik \"Lindviks kommun\" {",
        "Nämnder och enheter.",
        "Committees and units.",
    ),
    describe(
        "budget",
        "budget 2026 för lindvik",
        "Fullmäktiges mål och årsmål.",
        "The council's goals and targets.",
    ),
    describe(
        "verksamhetsplan",
        "verksamhetsplan 2026 för omsorgsnämnden",
        "Nämndens eller enhetens plan.",
        "A committee's or unit's plan.",
    ),
    describe(
        "rapport",
        "rapport T1 2026 för omsorgsnämnden",
        "Uppföljning av planen.",
        "The follow-up of a plan.",
    ),
    describe(
        "mallar",
        "mallar 2026 för lindvik",
        "Egna rapporttyper och ord.",
        "Report types and words of your own.",
    ),
    describe(
        "mål",
        "mål 1.2 \"Alla barn lär sig simma\" {",
        "Ett mål; utan rubrik: svar på det.",
        "A goal; without a title, what is said of it.",
    ),
    describe(
        "indikator",
        "indikator simkunniga \"Andel simkunniga\" {",
        "Det som mäts.",
        "What is measured.",
    ),
    describe(
        "aktivitet",
        "aktivitet simskola \"Simskola i juni.\" {",
        "Det som ska göras, med datum.",
        "What is to be done, with dates.",
    ),
    describe(
        "avsnitt",
        "avsnitt investeringar: Inget att redovisa.",
        "En del av rapporten.",
        "A section of the report.",
    ),
    describe(
        "tabell",
        "tabell lokaler \"Lokaler\" i mnkr {",
        "Siffror i rader och kolumner.",
        "Figures in rows and columns.",
    ),
    describe(
        "diagram",
        "diagram barn \"Antal barn\" { data: barn }",
        "Ritar en tabell.",
        "Draws a table.",
    ),
    describe(
        "bild",
        "bild karta \"Stadsdelarna\" {",
        "En bild ur en fil.",
        "A picture from a file.",
    ),
    describe(
        "text",
        "text om_måtten \"\"\"",
        "En text som används flera gånger.",
        "A passage used in several places.",
    ),
    describe(
        "bilaga",
        "bilaga enkät \"Vårens enkät\"",
        "En bilaga; numreras av sig själv.",
        "An appendix; it numbers itself.",
    ),
    describe(
        "rapporttyp",
        "rapporttyp tertialrapport \"{period} {år}\" {",
        "Vad en rapport har för delar.",
        "What a report consists of.",
    ),
    describe(
        "tabelltyp",
        "tabelltyp driftbudget \"Driftbudget\" i mnkr {",
        "En tabell utan siffror.",
        "A table without figures.",
    ),
    describe(
        "nivå",
        "nivå 3 \"Nämndmål: {nummer} {rubrik}\" {",
        "Vad mål på en nivå ska ha.",
        "What goals of a level must have.",
    ),
    describe(
        "kolumn",
        "kolumn avvikelse \"Avvikelse\" = a - b",
        "En kolumn, gärna med formel.",
        "A column, perhaps with a formula.",
    ),
    describe(
        "rad",
        "rad totalt \"Totalt\" = summa",
        "En rad, gärna med formel.",
        "A row, perhaps with a formula.",
    ),
    describe(
        "skala",
        "skala läge \"Läge för aktiviteter\" {",
        "De ord som bedömer, bäst först.",
        "The words that judge, best first.",
    ),
    describe(
        "period",
        "period T1 \"Tertial 1\" {",
        "När året följs upp.",
        "When the year is followed up.",
    ),
];
