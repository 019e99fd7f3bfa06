//! Every field, by the declaration in which it stands.

use std::fmt::Write as _;

use trc_model::describe;
use trc_model::document::Kind;
use trc_model::fields::{FIELDS, Field, FieldType};

pub(super) fn page() -> String {
    let mut out = "\
# Fält

Ett fält skrivs `namn: värde`. Långa texter står i stället mellan `\"\"\"` på egna rader. Samma fält
får stå en gång i ett block, utom där det står *flera gånger*.
"
    .to_owned();
    let mut keywords: Vec<&str> = Vec::new();
    for field in FIELDS {
        if !keywords.contains(&field.keyword) {
            keywords.push(field.keyword);
        }
    }
    for keyword in keywords {
        write!(out, "\n## {}\n\n", title(keyword)).expect("a string takes all");
        out.push_str(
            "| fält och exempel | betyder | innehåller | står i |\n| --- | --- | --- | --- |\n",
        );
        for field in FIELDS.iter().filter(|field| field.keyword == keyword) {
            out.push_str(&row(field));
        }
    }
    out
}

fn title(keyword: &str) -> String {
    match keyword {
        "" => "Dokumentets egna".to_owned(),
        "enhet" => "Enheter i organisationen".to_owned(),
        _ => format!("`{keyword}`"),
    }
}

fn row(field: &Field) -> String {
    let described = describe::field(field.keyword, field.name).expect("a field is described");
    let example = super::code(&format!("{}: {}", field.name, described.example));
    let holds = holds(field.holds) + if field.repeats { "; flera gånger" } else { "" };
    let documents: Vec<&str> = field.documents.iter().map(|kind| document(*kind)).collect();
    format!("| {example} | {} | {holds} | {} |\n", super::cell(described.sv), documents.join(", "))
}

fn document(kind: Kind) -> &'static str {
    match kind {
        Kind::Organisation => "organisation",
        Kind::Budget => "budget",
        Kind::Plan => "plan",
        Kind::Report => "rapport",
        Kind::Types => "mallar",
    }
}

fn holds(holds: FieldType) -> String {
    let words = match holds {
        FieldType::Choice(words) => return super::codes(words.iter().copied()),
        FieldType::Prose => "löptext",
        FieldType::Line => "en rad text",
        FieldType::Measure => "ett värde, eller varför det saknas",
        FieldType::Forecast => "ett värde, eller `nås`, `nås delvis`, `nås inte`",
        FieldType::Target => "ett årsmål",
        FieldType::NewTarget => "ett årsmål, komma, skälet",
        FieldType::Unit => "en enhet",
        FieldType::Status => "ett ord ur skalan",
        FieldType::State => "ett läge",
        FieldType::Due => "`tertial`, `år`, `VB` eller en period",
        FieldType::Number => "ett heltal",
        FieldType::Date => "ett datum",
        FieldType::Mark => "namn eller roll, datum, och kanske ett fingeravtryck",
        FieldType::DatedText => "ett datum, komma, text",
        FieldType::Names => "namn, med komma emellan",
        FieldType::List => "ord, med komma emellan",
        FieldType::Equation => "`a = b`",
        FieldType::Document => "ett dokument: `föregående`, `VB 2025`",
        FieldType::Path => "en fil i arbetsytan",
    };
    words.to_owned()
}
