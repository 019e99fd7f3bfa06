//! Dates that cannot be right.

use trc_base::{Date, text};
use trc_model::document::Kind;
use trc_model::items::FieldValue;
use trc_model::{Anchor, Part};

use crate::context::DocumentContext;
use crate::rule::{Level, Rule, Run};
use crate::words::short;

pub static RULE: Rule = Rule {
    id: "date-outside-period",
    level: Level::Error,
    title_sv: "Datum ligger i den period de hör till",
    title_en: "Dates lie in the period they belong to",
    since: "0.1.0",
    page: include_str!("date_outside_period.md"),
    run: Run::Document(document),
};

fn document(cx: &mut DocumentContext<'_, '_>) {
    match cx.kind {
        Kind::Report => report(cx),
        Kind::Plan | Kind::Budget => activities(cx),
        Kind::Organisation | Kind::Types => {}
    }
}

/// A report is written after its period, and attested no earlier than it is written.
fn report(cx: &mut DocumentContext<'_, '_>) {
    let Some((root, index)) = cx.contents.field(cx.db, "datum") else { return };
    let Some(written) = root.facts(cx.db).line("datum").and_then(Date::parse) else { return };
    let period = cx.report.period.as_ref();
    let end = period.and_then(|period| Date::new(cx.report.year, period.ends.0, period.ends.1));
    if let (Some(period), Some(end)) = (period, end)
        && written < end
    {
        let title = &period.title;
        cx.findings.add(
            Anchor::part(cx.db, root, Part::Field(index)),
            text!(
                sv: "Rapporten är daterad {written}, innan perioden {title} är slut ({end}).",
                en: "The report is dated {written}, before the period {title} ends ({end}).",
            ),
            text!(
                sv: "Rätta datumet, eller perioden och året på rapportens första rad.",
                en: "Correct the date, or the period and year in the report's first line.",
            ),
        );
    }
    for root in &cx.contents.roots {
        for (index, field) in root.facts(cx.db).fields.iter().enumerate() {
            let FieldValue::Line(line) = &field.value else { continue };
            if !matches!(field.name.as_str(), "klar" | "granskad" | "attesterad") {
                continue;
            }
            let date = line.split(',').find_map(|part| Date::parse(part.trim()));
            // Whoever attests, attests what is written.
            let (earliest, of) = if field.name == "attesterad" {
                (Some(written), text!(sv: "rapporten är daterad", en: "the report is dated"))
            } else {
                (end, text!(sv: "perioden slutar", en: "the period ends"))
            };
            if let (Some(date), Some(earliest)) = (date, earliest)
                && date < earliest
            {
                let (name, sv, en) = (&field.name, &of.sv, &of.en);
                cx.findings.add(
                    Anchor::part(cx.db, *root, Part::Field(index)),
                    text!(
                        sv: "Raden ”{name}” har datumet {date}, men {sv} {earliest}.",
                        en: "The line “{name}” has the date {date}, but {en} {earliest}.",
                    ),
                    text!(
                        sv: "Rätta det datum som är fel.",
                        en: "Correct the date that is wrong.",
                    ),
                );
            } else if let Some(date) = date
                && field.name == "attesterad"
                && date > written
            {
                cx.findings.inform(
                    Anchor::part(cx.db, *root, Part::Field(index)),
                    text!(
                        sv: "Rapporten är attesterad {date} men daterad {written}. Läsaren vet inte om något har ändrats däremellan.",
                        en: "The report is attested {date} but dated {written}. The reader cannot tell whether anything was changed in between.",
                    ),
                    text!(
                        sv: "Ge rapporten datumet då den attesteras, {date}, om det är den versionen som gäller.",
                        en: "Date the report {date}, when it is attested, if that is the version that holds.",
                    ),
                );
            }
        }
    }
}

/// An activity ends after it begins, and some of it lies in the plan's year.
fn activities(cx: &mut DocumentContext<'_, '_>) {
    let year = cx.document.key(cx.db).year;
    for name in cx.contents.names("aktivitet") {
        let declaring = cx.contents.mentions("aktivitet", name).iter().find(|m| m.declares);
        let Some(mention) = declaring else { continue };
        let facts = mention.declaration.facts(cx.db);
        let date = |field: &str| {
            let (index, _) = facts.field(field)?;
            Some((index, Date::parse(facts.line(field)?)?))
        };
        let (start, end) = (date("start"), date("slut"));
        let title = short(facts.title.as_deref().unwrap_or(name));
        let first = start.map(|(_, date)| date).or_else(|| Date::new(year, 1, 1));
        let last = end.map(|(_, date)| date).or_else(|| Date::new(year, 12, 31));
        let (Some(first), Some(last)) = (first, last) else { continue };
        let (index, message, help) = if first > last {
            let Some((index, _)) = end.or(start) else { continue };
            let message = text!(
                sv: "Aktiviteten ”{title}” slutar {last} men börjar först {first}.",
                en: "The activity “{title}” ends {last} but begins only {first}.",
            );
            let help = text!(
                sv: "Rätta det datum som är fel.",
                en: "Correct the date that is wrong.",
            );
            (index, message, help)
        } else if first.year() > year || last.year() < year {
            let at = if first.year() > year { start } else { end };
            let Some((index, _)) = at else { continue };
            let message = text!(
                sv: "Aktiviteten ”{title}” pågår {first} till {last}, som ligger helt utanför planens år {year}.",
                en: "The activity “{title}” runs from {first} to {last}, wholly outside the plan's year {year}.",
            );
            let help = text!(
                sv: "Rätta datumet, eller flytta aktiviteten till den plan där den hör hemma.",
                en: "Correct the date, or move the activity to the plan where it belongs.",
            );
            (index, message, help)
        } else {
            continue;
        };
        cx.findings.add(
            Anchor::part(cx.db, mention.declaration, Part::Field(index)),
            message,
            help,
        );
    }
}
