//! One thing, declared once; one fact, given once.

use std::borrow::Cow;
use std::collections::BTreeMap;

use trc_base::text;
use trc_model::document::{Kind, Mention};
use trc_model::fields;
use trc_model::items::Declaration;
use trc_model::organisation::organisation;
use trc_model::vocabulary::FaultKind;
use trc_model::{Anchor, Part};

use crate::context::DocumentContext;
use crate::faults;
use crate::rule::{Level, Rule, Run};

pub static RULE: Rule = Rule {
    id: "declared-twice",
    level: Level::Error,
    title_sv: "Varje uppgift skrivs en gång",
    title_en: "Every fact is written once",
    since: "0.1.0",
    page: include_str!("declared_twice.md"),
    run: Run::Document(document),
};

fn document(cx: &mut DocumentContext<'_, '_>) {
    if cx.kind == Kind::Organisation {
        return units(cx);
    }
    faults::say(cx, |kind| matches!(kind, FaultKind::Twice { .. }));
    let contents = cx.contents;
    for (key, mentions) in &contents.goals {
        let what = format!("mål {key}");
        declarations(cx, &what, mentions);
        repeated_fields(cx, &what, mentions);
    }
    for ((keyword, name), mentions) in &contents.named {
        let what = format!("{keyword} {name}");
        let mentions = &*own(cx, mentions);
        // Rows, columns and levels belong to the declaration that they stand in, as a
        // section of a report type does: another may have one of the same name.
        let belongs = match keyword.as_str() {
            "rad" | "kolumn" | "nivå" => true,
            "avsnitt" | "text" => cx.kind == Kind::Types,
            _ => false,
        };
        if belongs {
            for mention in mentions {
                repeated_fields(cx, &what, std::slice::from_ref(mention));
            }
            continue;
        }
        declarations(cx, &what, mentions);
        repeated_fields(cx, &what, mentions);
    }
    let roots = contents.roots.iter().filter(|root| !root.file(cx.db).is_built_in(cx.db));
    let roots: Vec<Mention<'_>> = roots.copied().map(mention).collect();
    repeated_fields(cx, cx.kind.word(), &roots);
}

/// The mentions in the workspace's own files: a built-in type may be declared anew.
fn own<'m, 'db>(
    cx: &DocumentContext<'_, 'db>,
    mentions: &'m [Mention<'db>],
) -> Cow<'m, [Mention<'db>]> {
    if cx.kind != Kind::Types {
        return Cow::Borrowed(mentions);
    }
    let own = mentions.iter().filter(|m| !m.declaration.file(cx.db).is_built_in(cx.db));
    Cow::Owned(own.cloned().collect())
}

/// A declaration that is mentioned by itself.
fn mention(declaration: Declaration<'_>) -> Mention<'_> {
    Mention { declaration, name_index: 0, goal: None, section: None, declares: false }
}

fn declarations(cx: &mut DocumentContext<'_, '_>, what: &str, mentions: &[Mention<'_>]) {
    let mut declaring = mentions.iter().filter(|mention| {
        // A section or passage that is its text is given by it, with a title or not.
        mention.declares || mention.declaration.facts(cx.db).text.is_some()
    });
    let Some(first) = declaring.next() else { return };
    let first = Anchor::part(cx.db, first.declaration, Part::Name(first.name_index));
    for again in declaring {
        cx.findings.add_related(
            Anchor::part(cx.db, again.declaration, Part::Name(again.name_index)),
            text!(
                sv: "”{what}” finns redan på ett annat ställe i samma dokument, så det är oklart vilket som gäller.",
                en: "“{what}” already stands in another place of the same document, so it is unclear which one holds.",
            ),
            text!(
                sv: "Ta bort det ena, eller ge det ett eget nummer eller namn. Ska det bara fortsätta det första skrivs det utan rubrik.",
                en: "Remove one of them, or give it a number or name of its own. To continue the first one, write it without a title.",
            ),
            vec![(first.clone(), text!(sv: "Här står det första gången.", en: "It stands here first."))],
        );
    }
}

fn repeated_fields(cx: &mut DocumentContext<'_, '_>, what: &str, mentions: &[Mention<'_>]) {
    let mut seen: BTreeMap<&str, Anchor> = BTreeMap::new();
    for mention in mentions {
        let facts = mention.declaration.facts(cx.db);
        for (index, field) in facts.fields.iter().enumerate() {
            let repeats = fields::lookup(&facts.keyword, &field.name, cx.kind)
                .is_some_and(|known| known.repeats);
            if repeats {
                continue;
            }
            let anchor = Anchor::part(cx.db, mention.declaration, Part::FieldName(index));
            let Some(first) = seen.get(field.name.as_str()) else {
                seen.insert(&field.name, anchor);
                continue;
            };
            let name = &field.name;
            cx.findings.add_related(
                anchor,
                text!(
                    sv: "”{name}” för ”{what}” står redan på ett annat ställe i samma dokument, så det är oklart vilket som gäller.",
                    en: "“{name}” of “{what}” already stands in another place of the same document, so it is unclear which one holds.",
                ),
                text!(sv: "Ta bort den ena raden.", en: "Remove one of the lines."),
                vec![(
                    first.clone(),
                    text!(sv: "Här står det första gången.", en: "It stands here first."),
                )],
            );
        }
    }
}

fn units(cx: &mut DocumentContext<'_, '_>) {
    let organisation = organisation(cx.db, cx.workspace);
    for unit in organisation.units.values().chain(&organisation.repeated) {
        let what = format!("{} {}", unit.kind, unit.name);
        repeated_fields(cx, &what, &[mention(unit.declaration)]);
    }
    for unit in &organisation.repeated {
        let name = &unit.name;
        let first = organisation.units.get(name);
        let related = first.map(|first| {
            let anchor = Anchor::part(cx.db, first.declaration, Part::Name(0));
            (anchor, text!(sv: "Här står den första gången.", en: "It stands here first."))
        });
        cx.findings.add_related(
            Anchor::part(cx.db, unit.declaration, Part::Name(0)),
            text!(
                sv: "Två enheter i organisationen heter ”{name}”.",
                en: "Two units of the organisation are called “{name}”.",
            ),
            text!(sv: "Ge en av dem ett annat namn.", en: "Give one of them another name."),
            related.into_iter().collect(),
        );
    }
}
