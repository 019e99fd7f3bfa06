//! What is wrong with declarations of types, in words. The model finds it while it puts
//! the types together; each rule says what is its own.

use trc_base::{Text, text};
use trc_model::document::Kind;
use trc_model::vocabulary::{Fault, FaultKind, Words};

use crate::context::DocumentContext;
use crate::help::Help;
use crate::words::{listed, meant, meant_or_all};

/// Says what is wrong in the document's own files, of the kinds that a rule is about.
pub fn say(cx: &mut DocumentContext<'_, '_>, is_mine: impl Fn(&FaultKind) -> bool) {
    if cx.kind != Kind::Types {
        return;
    }
    let files: Vec<_> = cx.contents.roots.iter().map(|root| root.file(cx.db)).collect();
    for fault in cx.words.faults.iter().filter(|fault| is_mine(&fault.kind)) {
        if files.contains(&fault.anchor.file) {
            let (message, help) = texts(&fault.kind);
            let related = related(fault);
            cx.findings.add_related(fault.anchor.clone(), message, help, related);
        }
    }
}

fn related(fault: &Fault) -> Vec<(trc_model::Anchor, Text)> {
    let what = match fault.kind {
        FaultKind::ShownButHidden { .. } => {
            text!(sv: "Här visas den.", en: "It is shown here.")
        }
        FaultKind::Tie { .. } => {
            text!(sv: "Här står den andra.", en: "The other one stands here.")
        }
        _ => text!(sv: "Här står det första gången.", en: "It stands here first."),
    };
    fault.related.iter().map(|anchor| (anchor.clone(), what.clone())).collect()
}

/// What was found, and what to do about it.
fn texts(kind: &FaultKind) -> (Text, Help) {
    let (message, help): (Text, Text) = match kind {
        FaultKind::UnknownWord { word, what: Words::Placeholder, known } => {
            let message = text!(
                sv: "”{{{word}}}” är inget som kan fyllas i, så rubriken trycks som den står.",
                en: "“{{{word}}}” is nothing that can be filled in, so the title is printed as it stands.",
            );
            return (message, meant_or_all(word, known.iter().map(String::as_str)));
        }
        FaultKind::UnknownWord { word, what, known } => {
            let (sv, en) = called(*what);
            let message = text!(
                sv: "”{word}” är {sv}, så det som gällde förut gäller.",
                en: "“{word}” is {en}, so what held before holds.",
            );
            return (message, meant_or_all(word, known.iter().map(String::as_str)));
        }
        FaultKind::NoBase { keyword, name, known } => {
            let message = text!(
                sv: "Det finns ingen {keyword} som heter ”{name}” att bygga på.",
                en: "There is no {keyword} called “{name}” to build on.",
            );
            return (message, meant_or_all(name, known.iter().map(String::as_str)));
        }
        FaultKind::NothingToContinue { keyword, name, known } => {
            let help = meant(name, known.iter().map(String::as_str)).unwrap_or_else(|| {
                text!(
                    sv: "Ge den en rubrik inom citattecken om den är ny: {keyword} {name} \"Rubrik\".",
                    en: "Give it a title in quotation marks if it is new: {keyword} {name} \"Title\".",
                )
                .into()
            });
            let message = text!(
                sv: "Ingen {keyword} ”{name}” finns tidigare, och utan rubrik går det bara att ändra en som finns.",
                en: "There is no {keyword} “{name}” from before, and without a title only one that is there can be changed.",
            );
            return (message, help);
        }
        FaultKind::Ring { keyword, names } => {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let (sv, en) = (listed(&names, "och"), listed(&names, "and"));
            let message = if names.len() == 1 {
                text!(
                    sv: "Typen {sv} bygger på sig själv.",
                    en: "The type {en} builds on itself.",
                )
            } else {
                text!(
                    sv: "Typerna {sv} bygger på varandra runt i en ring.",
                    en: "The types {en} build on each other in a ring.",
                )
            };
            let help = text!(
                sv: "Låt en {keyword} stå utan ”enligt”, så att det finns något att börja med.",
                en: "Let one {keyword} stand without “enligt”, so that there is something to begin with.",
            );
            (message, help)
        }
        FaultKind::NoOwner => (
            text!(
                sv: "Det står inte för vilket slags enhet typen gäller, så den används inte.",
                en: "It does not say for which kind of unit the type holds, so it is not used.",
            ),
            text!(
                sv: "Skriv perioderna, ”för” och enhetsslaget, till exempel ”gäller: T1, T2 för nämnd”.",
                en: "Write the periods, “för” and the kind of unit, for example “gäller: T1, T2 för nämnd”.",
            ),
        ),
        FaultKind::NoDay { text } => (
            text!(
                sv: "”{text}” är ingen dag som finns varje år.",
                en: "“{text}” is no day that every year has.",
            ),
            text!(
                sv: "Skriv månad och dag med två siffror var, till exempel ”04-30”.",
                en: "Write month and day with two digits each, for example “04-30”.",
            ),
        ),
        FaultKind::Twice { keyword, name } => (
            text!(
                sv: "”{keyword} {name}” står två gånger i samma typ, så det är oklart vilket som gäller.",
                en: "“{keyword} {name}” stands twice in the same type, so it is unclear which one holds.",
            ),
            text!(
                sv: "Ta bort det ena, eller ge det ett eget namn.",
                en: "Remove one of them, or give it a name of its own.",
            ),
        ),
        FaultKind::RequiredButHidden { section, hidden } => (
            text!(
                sv: "Avsnittet ”{section}” är obligatoriskt men står i ”{hidden}”, som inte visas.",
                en: "The section “{section}” is required but stands in “{hidden}”, which is not shown.",
            ),
            text!(
                sv: "Visa ”{hidden}”, flytta avsnittet eller skriv ”visas: ja”.",
                en: "Show “{hidden}”, move the section or write “visas: ja”.",
            ),
        ),
        FaultKind::ShownButHidden { column } => (
            text!(
                sv: "Kolumnen ”{column}” ska både visas och inte visas.",
                en: "The column “{column}” is both to be shown and not to be shown.",
            ),
            text!(
                sv: "Ta bort kolumnen ur ”visar”, eller ta bort ”visas: nej”.",
                en: "Remove the column from “visar”, or remove “visas: nej”.",
            ),
        ),
        FaultKind::StatusBothWays => (
            text!(
                sv: "Nivån kräver status, men säger också vad som trycks utan status.",
                en: "The level requires a status, but also says what is printed without one.",
            ),
            text!(
                sv: "Ta bort ”status” ur ”kräver”, eller ta bort ”utan status”.",
                en: "Remove “status” from “kräver”, or remove “utan status”.",
            ),
        ),
        FaultKind::SecondNamedLevel { name, first } => {
            let message = text!(
                sv: "Nivån ”{name}” är varken ett nummer, ”indikator” eller ”aktivitet”, och mål med namn har redan nivån ”{first}”.",
                en: "The level “{name}” is neither a number, “indikator” nor “aktivitet”, and goals with names have the level “{first}” already.",
            );
            return (message, meant_or_all(name, [first.as_str(), "indikator", "aktivitet"]));
        }
        FaultKind::Tie { names: [first, second], period, unit_kind } => (
            text!(
                sv: "Både ”{first}” och ”{second}” gäller {period} för {unit_kind}, så det går inte att veta vilken som avses.",
                en: "Both “{first}” and “{second}” hold for {period} of a {unit_kind}, so it is unknown which one is meant.",
            ),
            text!(
                sv: "Låt bara den ena gälla {period} för {unit_kind}.",
                en: "Let only one of them hold for {period} of a {unit_kind}.",
            ),
        ),
    };
    (message, help.into())
}

/// What the word was to be, in a sentence after "är".
fn called(what: Words) -> (&'static str, &'static str) {
    match what {
        Words::Period => ("ingen period", "no period"),
        Words::UnitKind => ("inget slag av enhet", "no kind of unit"),
        Words::Scale => ("ingen skala", "no scale"),
        Words::Column => ("ingen kolumn som tabellen kan ha", "no column that the table can have"),
        Words::Field => ("ingen uppgift på den nivån", "nothing that the level can have"),
        Words::Section => ("inget avsnitt bredvid det här", "no section beside this one"),
        Words::ScaleColumn => ("ingen kolumn i en skala", "no column of a scale"),
        Words::Symbol => ("inget tecken som kan ritas", "no symbol that can be drawn"),
        Words::Tone => ("ingen ton", "no tone"),
        Words::Placeholder => ("inget som kan fyllas i", "nothing that can be filled in"),
        Words::Printed => ("inget ord som trycks", "no word that is printed"),
    }
}
