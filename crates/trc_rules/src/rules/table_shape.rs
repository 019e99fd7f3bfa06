//! A table's body fits its head.

use trc_base::text;
use trc_model::table::{MOST_ROWS, Misfit, tables};
use trc_model::{Anchor, Part};

use crate::context::DocumentContext;
use crate::rule::{Level, Rule, Run};
use crate::words::meant_or_all;

pub static RULE: Rule = Rule {
    id: "table-shape",
    level: Level::Error,
    title_sv: "Tabellens rader passar dess kolumner",
    title_en: "The rows of a table fit its columns",
    since: "0.1.0",
    page: include_str!("table_shape.md"),
    run: Run::Document(document),
};

fn document(cx: &mut DocumentContext<'_, '_>) {
    for table in tables(cx.db, cx.workspace, cx.document).values() {
        let facts = table.declaration.facts(cx.db);
        let part = |part| Anchor::part(cx.db, table.declaration, part);
        let option = |word| {
            let index = facts.options.iter().position(|(known, _)| known == word);
            part(index.map_or(Part::Head, Part::Option))
        };
        if table.cut.is_none() && facts.option("ur").is_none() && facts.field("från").is_none() {
            for name in ["rader", "kolumner"] {
                let Some((index, _)) = facts.field(name) else { continue };
                cx.findings.add(
                    part(Part::FieldName(index)),
                    text!(
                        sv: "”{name}” väljer ur en annan tabell, men här står inte vilken, så raden har ingen verkan.",
                        en: "“{name}” chooses from another table, but none is named here, so the line has no effect.",
                    ),
                    text!(
                        sv: "Skriv ”ur” och den andra tabellens namn efter tabellens rubrik, eller ta bort raden.",
                        en: "Write “ur” and the other table's name after the table's title, or remove the line.",
                    ),
                );
            }
        }
        for misfit in &table.misfits {
            let (anchor, message, help) = match misfit {
                Misfit::UnknownColumn { cell, text } => {
                    let name = &table.name;
                    (
                        part(Part::Cell(0, *cell)),
                        text!(
                            sv: "Tabellen ”{name}” har ingen kolumn som heter ”{text}”, så det som står under rubriken kommer inte med.",
                            en: "The table “{name}” has no column called “{text}”, so what stands under the heading is left out.",
                        ),
                        meant_or_all(text, table.columns.iter().map(|c| c.name.as_str())),
                    )
                }
                Misfit::TooManyCells { row, cell } => (
                    part(Part::Cell(*row, *cell)),
                    text!(
                        sv: "Raden har fler celler än tabellens första rad, så det är oklart vilka rubriker siffrorna hör till.",
                        en: "The row has more cells than the table's first row, so it is unclear which headings the figures belong to.",
                    ),
                    text!(
                        sv: "Ta bort cellen, eller lägg till en rubrik för den i första raden.",
                        en: "Remove the cell, or add a heading for it to the first row.",
                    ),
                ),
                Misfit::TooFewCells { row } => (
                    part(Part::Row(*row)),
                    text!(
                        sv: "Raden har färre celler än tabellens första rad, så det är oklart vilka rubriker siffrorna hör till.",
                        en: "The row has fewer cells than the table's first row, so it is unclear which headings the figures belong to.",
                    ),
                    text!(
                        sv: "Skriv en cell för varje rubrik. En cell utan värde lämnas tom: ”| Rubrik |  |  |”.",
                        en: "Write a cell for each heading. A cell without a value is left empty: “| Title |  |  |”.",
                    ),
                ),
                Misfit::CircularBase => (
                    option("ur"),
                    text!(
                        sv: "Tabellen hämtar sina rader ur en tabell som i sin tur hämtar dem ur den här.",
                        en: "The table takes its rows from a table that takes them from this one.",
                    ),
                    text!(
                        sv: "Skriv raderna i en av tabellerna.",
                        en: "Write the rows in one of the tables.",
                    ),
                ),
                Misfit::BodyOfCut => (
                    part(Part::Row(0)),
                    text!(
                        sv: "Tabellen hämtar sina rader ur en annan tabell, så rader som skrivs här kommer inte med.",
                        en: "The table takes its rows from another table, so rows written here are left out.",
                    ),
                    text!(
                        sv: "Skriv raderna i den andra tabellen och välj dem med ”rader:”. En egen summa skrivs som ”rad summa \"Summa\" = summa”.",
                        en: "Write the rows in the other table and choose them with “rader:”. A sum of its own is written “rad summa \"Summa\" = summa”.",
                    ),
                ),
                // What is found in a file is another rule's, as names are.
                Misfit::Data { .. } => continue,
                Misfit::NoBase { .. } | Misfit::NotInBase { .. } => continue,
                // Its rows come from elsewhere.
                Misfit::NoHead if facts.field("från").is_some() => continue,
                Misfit::NoHead => (
                    Anchor::head(cx.db, table.declaration),
                    text!(sv: "Tabellen är tom.", en: "The table is empty."),
                    text!(
                        sv: "Skriv först en rad med kolumnernas rubriker: ”| | Budget | Prognos |”.",
                        en: "Write a row with the columns' headings first: “| | Budget | Prognos |”.",
                    ),
                ),
                Misfit::TooLarge { row } => (
                    part(Part::Row(*row)),
                    text!(
                        sv: "Tabellen har fler än {MOST_ROWS} rader; resten läses inte.",
                        en: "The table has more than {MOST_ROWS} rows; the rest is not read.",
                    ),
                    text!(
                        sv: "Dela tabellen, eller lägg uppgifterna i en fil.",
                        en: "Split the table, or put the data in a file.",
                    ),
                ),
            };
            cx.findings.add(anchor, message, help);
        }
    }
}
