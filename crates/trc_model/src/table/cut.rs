//! `tabell a "…" ur b { rader: …, kolumner: … }`: a table cut out of another.

use trc_base::suggest::nearest;
use trc_base::{Text, TextRange, text};
use trc_syntax::ast::Spanned;
use trc_syntax::formula::PathPart;
use trc_syntax::value;

use super::{
    Column, Cut, LaidCell, Misfit, Row, RowKind, Shape, Table, declared_row, find_parents,
};
use crate::db::Db;
use crate::items::Declaration;
use crate::placeholder::Time;
use crate::resolve::find_row;

/// Lays out a table from the rows and columns of another. Rows and columns that it
/// declares itself follow those.
pub(super) fn cut<'db>(
    db: &'db dyn Db,
    base: &Table<'db>,
    shape: Shape<'db>,
    declaration: Declaration<'db>,
    time: &Time,
) -> Table<'db> {
    let facts = declaration.facts(db);
    let mut misfits = Vec::new();
    if !facts.rows.is_empty() {
        misfits.push(Misfit::BodyOfCut);
    }
    let listed = |name: &str| {
        facts
            .field(name)
            .map(|(field, _)| (field, value::list(facts.line(name).unwrap_or_default())))
    };
    let columns = match listed("kolumner") {
        Some((field, names)) => chosen_columns(base, field, &names, &mut misfits),
        None => (0..base.columns.len()).collect(),
    };
    let rows = match listed("rader") {
        Some((field, names)) => chosen_rows(base, field, &names, &mut misfits),
        None => (0..base.rows.len()).collect(),
    };

    let own_columns = shape
        .columns
        .into_iter()
        .map(|column| (None, Column { title: time.fill(&column.title), ..column }));
    // Their formulas belong to the table that they are cut from.
    let cut_columns = columns.iter().filter_map(|index| {
        let column = base.columns.get(*index)?;
        Some((Some(*index), Column { formula: None, ..column.clone() }))
    });
    let (column_places, columns): (Vec<_>, Vec<_>) = cut_columns.chain(own_columns).unzip();

    let cut_rows = rows.iter().filter_map(|index| {
        let row = base.rows.get(*index)?;
        let cells = columns.iter().map(|_| LaidCell::default()).collect();
        let row = Row { cells, parent: None, definition: None, source: None, ..row.clone() };
        Some((Some(*index), row))
    });
    let own_rows = shape.rows.into_iter().map(|row| (None, declared_row(row, columns.len(), time)));
    let (row_places, mut rows): (Vec<_>, Vec<Row<'db>>) = cut_rows.chain(own_rows).unzip();
    find_parents(&mut rows);

    let mut table = Table {
        name: shape.name,
        title: time.fill(&shape.title),
        unit: shape.unit.or_else(|| base.unit.clone()),
        decimals: shape.decimals.or(base.decimals),
        columns,
        rows,
        checks: shape.checks,
        declaration,
        footnotes: facts.footnotes.clone(),
        cut: Some(Cut { base: base.name.clone(), rows: row_places, columns: column_places }),
        data: None,
        lacking: base.lacking,
        misfits,
    };
    take_footnotes(&mut table, base);
    table
}

/// The notes of the cells that are cut out follow them.
fn take_footnotes(table: &mut Table<'_>, base: &Table<'_>) {
    let Some(cut) = &table.cut else { return };
    for (row, from) in table.rows.iter_mut().zip(&cut.rows) {
        let Some(from) = from.and_then(|from| base.rows.get(from)) else { continue };
        for (cell, column) in row.cells.iter_mut().zip(&cut.columns) {
            let typed = column.and_then(|column| from.cells.get(column)?.typed.as_ref());
            let Some(typed) = typed.filter(|typed| typed.footnote.is_some()) else { continue };
            if let Some((label, _)) = &typed.footnote
                && let Some(note) = base.footnotes.iter().find(|(known, _)| known == label)
                && !table.footnotes.contains(note)
            {
                table.footnotes.push(note.clone());
            }
            cell.typed = Some(typed.clone());
        }
    }
}

fn chosen_columns(
    base: &Table<'_>,
    field: usize,
    names: &[Spanned],
    misfits: &mut Vec<Misfit>,
) -> Vec<usize> {
    let mut out = Vec::new();
    for name in names {
        match base.column_named(&name.text) {
            Some(column) => out.push(column),
            None => {
                let known = base.columns.iter().map(|column| column.name.as_str());
                misfits.push(unknown(base, field, name, known, ("kolumn", "column")));
            }
        }
    }
    out
}

/// The rows by name. `varav` means the parts of the row before it, and the name of a
/// group all that stands in it.
fn chosen_rows(
    base: &Table<'_>,
    field: usize,
    names: &[Spanned],
    misfits: &mut Vec<Misfit>,
) -> Vec<usize> {
    let mut out: Vec<usize> = Vec::new();
    let parts_of = |parent: usize| {
        let rows = base.rows.iter().enumerate();
        rows.filter(move |(_, row)| row.parent == Some(parent)).map(|(index, _)| index)
    };
    for name in names {
        if name.text == "varav" {
            let parts: Vec<usize> = out
                .last()
                .map(|last| {
                    parts_of(*last)
                        .filter(|index| {
                            base.rows.get(*index).is_some_and(|row| row.kind == RowKind::Varav)
                        })
                        .collect()
                })
                .unwrap_or_default();
            if parts.is_empty() {
                misfits.push(no_parts(field, name.range));
            }
            out.extend(parts);
            continue;
        }
        match row_of(base, name) {
            Ok(Some(row)) => {
                out.push(row);
                if base.rows.get(row).is_some_and(|row| row.kind == RowKind::Group) {
                    out.extend(parts_of(row));
                }
            }
            Ok(None) => {
                let known = base.rows.iter().map(|row| row.name.as_str());
                misfits.push(unknown(base, field, name, known, ("rad", "row")));
            }
            Err((message, help)) => {
                misfits.push(Misfit::NotInBase { field, range: name.range, message, help });
            }
        }
    }
    out
}

/// `rad`, or `grupp.rad`.
fn row_of(base: &Table<'_>, name: &Spanned) -> Result<Option<usize>, (Text, Text)> {
    let mut parent = None;
    for part in name.text.split('.') {
        let part =
            PathPart { name: trc_syntax::name::from_label(part), range: TextRange::default() };
        match find_row(base, parent, &part) {
            Ok(Some(row)) => parent = Some(row),
            Ok(None) => return Ok(None),
            Err(unresolved) => return Err((unresolved.message, unresolved.help)),
        }
    }
    Ok(parent)
}

fn unknown<'a>(
    base: &Table<'_>,
    field: usize,
    name: &Spanned,
    known: impl Iterator<Item = &'a str> + Clone,
    (sv, en): (&str, &str),
) -> Misfit {
    let (table, typed) = (&base.name, &name.text);
    let help = match nearest(typed, known.clone()) {
        Some(meant) => text!(sv: "Menade du ”{meant}”?", en: "Did you mean “{meant}”?"),
        None => {
            let all = known.collect::<Vec<_>>().join(", ");
            text!(sv: "Skriv något av {all}.", en: "Write one of {all}.")
        }
    };
    Misfit::NotInBase {
        field,
        range: name.range,
        message: text!(
            sv: "Tabellen ”{table}” har ingen {sv} som heter ”{typed}”.",
            en: "The table “{table}” has no {en} called “{typed}”.",
        ),
        help,
    }
}

fn no_parts(field: usize, range: TextRange) -> Misfit {
    Misfit::NotInBase {
        field,
        range,
        message: text!(
            sv: "”varav” står för delarna av raden före, men där finns inga.",
            en: "“varav” means the parts of the row before it, but there are none.",
        ),
        help: text!(
            sv: "Skriv först en rad som har varav-rader, till exempel ”individ, varav”.",
            en: "Write a row that has varav rows first, for example “individ, varav”.",
        ),
    }
}
