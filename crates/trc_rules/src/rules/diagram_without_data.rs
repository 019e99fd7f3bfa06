//! A diagram shows the figures of a table.

use trc_base::text;
use trc_model::evaluate::{Value, values};
use trc_model::items::Declaration;
use trc_model::table::{RowKind, Table, tables};
use trc_model::{Anchor, Part};
use trc_syntax::name::from_label;
use trc_syntax::value;

use crate::context::DocumentContext;
use crate::rule::{Level, Rule, Run};
use crate::help::Help;
use crate::words::{meant, meant_or_all};

pub static RULE: Rule = Rule {
    id: "diagram-without-data",
    level: Level::Error,
    title_sv: "Varje diagram har siffror att visa",
    title_en: "Every diagram has figures to show",
    since: "0.1.0",
    page: include_str!("diagram_without_data.md"),
    run: Run::Document(document),
};

fn document(cx: &mut DocumentContext<'_, '_>) {
    let all = tables(cx.db, cx.workspace, cx.document);
    for name in cx.contents.names("diagram") {
        let Some(mention) = cx.contents.mentions("diagram", name).first() else { continue };
        let facts = mention.declaration.facts(cx.db);
        let Some((field, data)) = facts.field("data").zip(facts.line("data")) else {
            cx.findings.add(
                Anchor::head(cx.db, mention.declaration),
                text!(
                    sv: "Diagrammet ”{name}” säger inte vilken tabell det visar, så det blir tomt.",
                    en: "The diagram “{name}” does not say which table it shows, so it is empty.",
                ),
                text!(
                    sv: "Skriv ”data:” och namnet på tabellen med siffrorna.",
                    en: "Write “data:” and the name of the table with the figures.",
                ),
            );
            continue;
        };
        let anchor = Anchor::part(cx.db, mention.declaration, Part::Field(field.0));
        let Some(table) = all.get(data) else {
            let help = meant(data, all.keys().map(String::as_str)).unwrap_or_else(|| {
                Help::from(text!(
                    sv: "Skriv namnet på en tabell i samma dokument. Den behöver inte visas för sig.",
                    en: "Write the name of a table of the same document. It need not be shown by itself.",
                ))
            });
            cx.findings.add(
                anchor,
                text!(
                    sv: "Det finns ingen tabell som heter ”{data}”, så diagrammet ”{name}” har inga siffror att visa.",
                    en: "There is no table called “{data}”, so the diagram “{name}” has no figures to show.",
                ),
                help,
            );
            continue;
        };
        chosen(cx, mention.declaration, table);
        let cells = values(cx.db, cx.workspace, cx.document).cells.get(&table.name);
        let shown = table
            .rows
            .iter()
            .zip(cells.into_iter().flatten())
            .filter(|(row, _)| row.kind == RowKind::Plain)
            .flat_map(|(_, cells)| cells);
        // What is unknown has its own finding.
        let has_figures = shown
            .map(|cell| &cell.value)
            .any(|value| matches!(value, Value::Quantity(_) | Value::Unknown));
        if !has_figures && table.misfits.is_empty() {
            cx.findings.add(
                anchor,
                text!(
                    sv: "Tabellen ”{data}” har inga siffror, så diagrammet ”{name}” blir tomt.",
                    en: "The table “{data}” has no figures, so the diagram “{name}” is empty.",
                ),
                text!(
                    sv: "Fyll i siffrorna i tabellen, eller visa en annan.",
                    en: "Fill in the figures of the table, or show another.",
                ),
            );
        }
    }
}

/// `rader` and `kolumner` name what the diagram shows of its table.
fn chosen(cx: &mut DocumentContext<'_, '_>, diagram: Declaration<'_>, table: &Table<'_>) {
    let facts = diagram.facts(cx.db);
    let rows: Vec<&str> = table.rows.iter().map(|row| row.name.as_str()).collect();
    let columns: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
    for (field, known, sv, en) in
        [("rader", rows, "rad", "row"), ("kolumner", columns, "kolumn", "column")]
    {
        let Some(((index, _), line)) = facts.field(field).zip(facts.line(field)) else { continue };
        for name in value::list(line) {
            let wanted = from_label(&name.text);
            if known.iter().any(|known| known.starts_with(&wanted)) {
                continue;
            }
            let (typed, title) = (&name.text, &table.name);
            let anchor = Anchor::part(cx.db, diagram, Part::Field(index)).within(name.range);
            cx.findings.add(
                anchor,
                text!(
                    sv: "Tabellen ”{title}” har ingen {sv} som heter ”{typed}”, så den kommer inte med i diagrammet.",
                    en: "The table “{title}” has no {en} called “{typed}”, so it is left out of the diagram.",
                ),
                meant_or_all(typed, known.iter().copied()),
            );
        }
    }
}
