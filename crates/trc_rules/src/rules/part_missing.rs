//! Every part of a report that is put together of others is there.

use trc_base::text;
use trc_model::document::Kind;
use trc_model::organisation::organisation;
use trc_model::report::{NoPart, parts, report};
use trc_model::{Anchor, Part};

use crate::context::DocumentContext;
use crate::rule::{Level, Rule, Run};
use crate::words::meant_or_all;

pub static RULE: Rule = Rule {
    id: "part-missing",
    level: Level::Error,
    title_sv: "Varje del av en sammansatt rapport finns",
    title_en: "Every part of a report that is put together of others is there",
    since: "0.1.0",
    page: include_str!("part_missing.md"),
    run: Run::Document(document),
};

fn document(cx: &mut DocumentContext<'_, '_>) {
    if cx.kind != Kind::Report {
        return;
    }
    let Some((root, index)) = cx.contents.field(cx.db, "ingår") else { return };
    let key = cx.document.key(cx.db);
    let (period, year) = (key.period.as_deref().unwrap_or_default(), key.year);
    for (name, part) in parts(cx.db, cx.workspace, cx.document, cx.contents) {
        let anchor = Anchor::part(cx.db, root, Part::Field(index)).within(name.range);
        let unit = &name.text;
        let (message, help) = match part {
            Ok(part) => {
                let phase = report(cx.db, cx.workspace, part).phase;
                if phase >= cx.report.phase {
                    continue;
                }
                let (is, whole) = (phase.word(), cx.report.phase.word());
                (
                    text!(
                        sv: "Rapporten för {unit} har fasen ”{is}”, men den ingår i en rapport som är ”{whole}”.",
                        en: "The report of {unit} is in the phase “{is}”, but belongs to a report that is “{whole}”.",
                    ),
                    text!(
                        sv: "Gör enhetens rapport färdig och skriv ”fas: {whole}” i den, eller vänta med den sammansatta.",
                        en: "Complete the unit's report and write “fas: {whole}” in it, or wait with the whole.",
                    ),
                )
            }
            Err(NoPart::UnknownUnit) => (
                text!(
                    sv: "Organisationen har ingen enhet som heter ”{unit}”, så ingen rapport kommer med.",
                    en: "The organisation has no unit called “{unit}”, so no report is included.",
                ),
                meant_or_all(
                    unit,
                    organisation(cx.db, cx.workspace).below(&key.owner).map(|unit| unit.name.as_str()),
                ),
            ),
            Err(NoPart::Itself) => (
                text!(
                    sv: "Rapporten för {unit} kan inte ingå i sig själv.",
                    en: "The report of {unit} cannot be a part of itself.",
                ),
                text!(
                    sv: "Ta bort namnet. Det som rapporten själv ska säga skrivs i dess egna avsnitt.",
                    en: "Remove the name. What the report itself has to say stands in its own sections.",
                ),
            ),
            Err(NoPart::Twice) => (
                text!(
                    sv: "{unit} står två gånger, men dess rapport kommer med en gång.",
                    en: "{unit} stands twice, but its report is included once.",
                ),
                text!(sv: "Ta bort det ena namnet.", en: "Remove one of the names."),
            ),
            Err(NoPart::NoReport) => (
                text!(
                    sv: "Det finns ingen rapport {period} {year} för {unit}, så den delen fattas.",
                    en: "There is no report {period} {year} of {unit}, so that part is lacking.",
                ),
                text!(
                    sv: "Lägg till en fil som börjar med ”rapport {period} {year} för {unit}”, eller ta bort namnet.",
                    en: "Add a file that begins with “rapport {period} {year} för {unit}”, or remove the name.",
                ),
            ),
            Err(NoPart::NotWhole) => (
                text!(
                    sv: "Rapporten för {unit} är själv sammansatt eller har bara siffror, så den kan inte ingå.",
                    en: "The report of {unit} is put together of others itself or has figures only, so it cannot be included.",
                ),
                text!(
                    sv: "Nämn de enheter vars rapporter ska ingå.",
                    en: "Name the units whose reports are to be included.",
                ),
            ),
        };
        cx.findings.add(anchor, message, help);
    }
}
