//! Words of the vocabulary: keywords, fields, statuses and other choices.

use trc_base::text;
use trc_model::Part;
use trc_model::document::Kind;
use trc_model::fields::{self, FieldType};
use trc_model::items::FieldValue;
use trc_model::vocabulary::{Condition, FaultKind, list};
use trc_syntax::DECLARING_WORDS;

use crate::context::{DeclarationContext, DocumentContext};
use crate::faults;
use crate::rule::{Level, Rule, Run};
use crate::words::meant_or_all;

pub static RULE: Rule = Rule {
    id: "unknown-word",
    level: Level::Error,
    title_sv: "Varje ord på en fast plats är ett som finns",
    title_en: "Every word in a fixed place is a known one",
    since: "0.1.0",
    page: include_str!("unknown_word.md"),
    run: Run::Both(declaration, document),
};

fn declaration(cx: &mut DeclarationContext<'_, '_>) {
    if !keyword_is_known(cx) {
        // What stands in it is not known either.
        return;
    }
    for (index, field) in cx.facts.fields.iter().enumerate() {
        if cx.facts.keyword == "rad" && matches!(field.value, FieldValue::Formula(_)) {
            continue;
        }
        if let FieldValue::Formula(value) = &field.value {
            let name = &field.name;
            cx.findings.add(
                cx.part(Part::FieldName(index)),
                text!(
                    sv: "Efter ”{name}” står ett likhetstecken, så värdet läses inte.",
                    en: "There is an equals sign after “{name}”, so the value is not read.",
                ),
                text!(
                    sv: "Skriv kolon i stället: ”{name}: {value}”.",
                    en: "Write a colon instead: “{name}: {value}”.",
                ),
            );
            continue;
        }
        match fields::lookup(&cx.facts.keyword, &field.name, cx.kind) {
            Some(known) => choice(cx, index, &field.name, known.holds, &field.value),
            None => unknown_field(cx, index, &field.name),
        }
    }
}

/// The keywords that stand in `mallar` only, or only in a table.
const OF_TYPES: [&str; 5] = ["rapporttyp", "tabelltyp", "nivå", "skala", "period"];
const OF_TABLES: [&str; 2] = ["kolumn", "rad"];

/// Says so when it is not.
fn keyword_is_known(cx: &mut DeclarationContext<'_, '_>) -> bool {
    let keyword = cx.facts.keyword.as_str();
    if keyword.is_empty() || DECLARING_WORDS.contains(&keyword) {
        return true;
    }
    if cx.kind == Kind::Organisation {
        let kinds = &cx.words.unit_kinds;
        if keyword != "organisation" && !kinds.is_empty() && !kinds.iter().any(|k| k == keyword) {
            let help = meant_or_all(keyword, kinds.iter().map(String::as_str));
            cx.findings.add(
                cx.part(Part::Keyword),
                text!(
                    sv: "”{keyword}” är inget slag av enhet i en organisation.",
                    en: "“{keyword}” is no kind of unit in an organisation.",
                ),
                help,
            );
        }
        return true;
    }
    let known = DECLARING_WORDS.iter().copied().filter(|known| {
        !OF_TABLES.contains(known) && (cx.kind == Kind::Types || !OF_TYPES.contains(known))
    });
    let help = meant_or_all(keyword, known);
    cx.findings.add(
        cx.part(Part::Keyword),
        text!(
            sv: "En rad kan inte börja med ”{keyword}” här, så det som står i blocket kommer inte med.",
            en: "A line cannot begin with “{keyword}” here, so what stands in the block is left out.",
        ),
        help,
    );
    false
}

fn unknown_field(cx: &mut DeclarationContext<'_, '_>, index: usize, name: &str) {
    let keyword = cx.facts.keyword.as_str();
    let anchor = cx.part(Part::FieldName(index));
    let elsewhere: Vec<Kind> = [Kind::Budget, Kind::Plan, Kind::Report, Kind::Types]
        .into_iter()
        .filter(|kind| fields::lookup(keyword, name, *kind).is_some())
        .collect();
    let (here_sv, here_en) = one(cx.kind);
    if !elsewhere.is_empty() {
        let (sv, en): (Vec<&str>, Vec<&str>) = elsewhere.into_iter().map(one).unzip();
        let (sv, en) = (sv.join(" eller "), en.join(" or "));
        cx.findings.add(
            anchor,
            text!(
                sv: "”{name}” kan inte stå i {here_sv}: uppgiften hör hemma i {sv}.",
                en: "“{name}” cannot stand in {here_en}: it belongs in {en}.",
            ),
            text!(
                sv: "Flytta raden dit, eller ta bort den om uppgiften redan står där.",
                en: "Move the line there, or remove it if it is there already.",
            ),
        );
        return;
    }
    let help = meant_or_all(name, fields::names(keyword, cx.kind));
    let message = if keyword.is_empty() {
        text!(
            sv: "I {here_sv} finns ingen uppgift som heter ”{name}”, så raden kommer inte med.",
            en: "There is nothing called “{name}” in {here_en}, so the line is left out.",
        )
    } else {
        text!(
            sv: "I ”{keyword}” finns ingen uppgift som heter ”{name}”, så raden kommer inte med.",
            en: "There is nothing called “{name}” in “{keyword}”, so the line is left out.",
        )
    };
    cx.findings.add(anchor, message, help);
}

/// A document of a kind, in a sentence.
fn one(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Organisation => ("organisationen", "the organisation"),
        Kind::Types => ("mallarna", "the templates"),
        Kind::Budget => ("budgeten", "the budget"),
        Kind::Plan => ("verksamhetsplanen", "the plan"),
        Kind::Report => ("rapporten", "the report"),
    }
}

fn choice(
    cx: &mut DeclarationContext<'_, '_>,
    index: usize,
    name: &str,
    holds: FieldType,
    value: &FieldValue,
) {
    let FieldValue::Line(line) = value else { return };
    let known: Vec<&str> = match holds {
        FieldType::Choice(words) => words.to_vec(),
        FieldType::Status => {
            match cx.words.goal_scale(cx.report.report_type.as_ref()) {
                Some(scale) => scale.words(),
                None => return,
            }
        }
        FieldType::State => {
            let report_type = cx.report.report_type.as_ref();
            let Some(scale) = cx.words.states(report_type) else { return };
            if scale.step_beginning(line).is_some() {
                return;
            }
            scale.words()
        }
        FieldType::Due => {
            let known: Vec<&str> = cx
                .words
                .periods
                .iter()
                .flat_map(|period| {
                    period.reports.iter().map(String::as_str).chain([period.name.as_str()])
                })
                .collect();
            if known.is_empty() {
                return;
            }
            let missing = list(line).into_iter().find(|word| !known.contains(&word.as_str()));
            if missing.is_none() {
                return;
            }
            known
        }
        FieldType::List if name == "kräver analys" => {
            let wrong = list(line).into_iter().find(|text| Condition::parse(text).is_none());
            if wrong.is_none() {
                return;
            }
            Condition::WORDS.to_vec()
        }
        _ => return,
    };
    if known.is_empty() || known.contains(&line.as_str()) {
        return;
    }
    let mut unique: Vec<&str> = Vec::new();
    for word in known {
        if !unique.contains(&word) {
            unique.push(word);
        }
    }
    let help = meant_or_all(line, unique);
    let message = if line.is_empty() {
        text!(sv: "Efter ”{name}:” saknas ett ord.", en: "A word is missing after “{name}:”.")
    } else {
        text!(
            sv: "”{line}” är inget av de ord som går att välja för ”{name}”.",
            en: "“{line}” is none of the words to choose from for “{name}”.",
        )
    };
    cx.findings.add(cx.part(Part::Field(index)), message, help);
}

/// The words of types, and the period of a report, which must be one of the vocabulary's.
fn document(cx: &mut DocumentContext<'_, '_>) {
    faults::say(cx, |kind| {
        matches!(
            kind,
            FaultKind::UnknownWord { .. } | FaultKind::NoOwner | FaultKind::NoDay { .. }
        )
    });
    let key = cx.document.key(cx.db);
    let (Some(period), Some(start)) = (&key.period, cx.start()) else { return };
    if cx.words.period(period).is_none() && !cx.words.periods.is_empty() {
        let help = meant_or_all(period, cx.words.periods.iter().map(|p| p.name.as_str()));
        cx.findings.add(
            start,
            text!(
                sv: "Det finns ingen period som heter ”{period}”.",
                en: "There is no period called “{period}”.",
            ),
            help,
        );
    }
}
