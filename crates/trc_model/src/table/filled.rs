//! A table filled from a file of data (`från: ekonomi.xlsx, blad Drift`).

use std::collections::BTreeMap;

use trc_syntax::name::from_label;
use trc_syntax::value::{CellContent, list};

use super::layout::{Layout, NewRow};
use super::{LaidCell, MOST_COLUMNS, Misfit, RowKind, Shape, find_by_label};
use crate::anchor::Part;
use crate::data::{self, DataNote, Grid, Reference};
use crate::db::{Db, Workspace};
use crate::items::Declaration;

/// Fills the columns and rows of a layout from the file that its field `från` names. What
/// does not fit is said at that field.
pub(super) fn from_file<'db>(
    db: &'db dyn Db,
    workspace: Workspace,
    layout: &mut Layout<'db>,
    declaration: Declaration<'db>,
    shape: &Shape<'db>,
) {
    layout.lacking = true;
    if let Some(whole) = fill(db, workspace, layout, declaration, shape) {
        layout.lacking = !whole;
    }
}

/// The same. True when all that the table takes from the file is there; nothing when
/// nothing is.
fn fill<'db>(
    db: &'db dyn Db,
    workspace: Workspace,
    layout: &mut Layout<'db>,
    declaration: Declaration<'db>,
    shape: &Shape<'db>,
) -> Option<bool> {
    let facts = declaration.facts(db);
    let (field, _) = facts.field("från")?;
    let reference = Reference::parse(declaration.file(db).path(db), facts.line("från")?)?;
    let say = |part: Part, note: DataNote| Misfit::Data { part, note };
    let part = Part::Field(field);
    let sheet = match data::sheet(db, workspace, &reference) {
        Ok(Some(sheet)) => sheet,
        Ok(None) => return None,
        Err(note) => {
            layout.misfits.push(say(part, note));
            return None;
        }
    };
    let noticed = data::noticed(db, workspace, &reference);
    layout.misfits.extend(noticed.into_iter().map(|note| say(part, note)));
    let choice = Choice::of(declaration, db);
    let title = layout.time.fill(&shape.title);
    let fits = |head: &str| {
        choice.column(head).is_some() || meant(layout, head, &choice).is_some_and(|it| it.is_some())
    };
    let named = |word: &str| data::names_table(word, &shape.name, &title);
    let Some(grid) = data::grid(sheet, fits, named) else {
        layout.misfits.push(say(part, data::no_grid(&reference.path)));
        return None;
    };
    let columns = choice.columns_of(&grid, layout, &reference.path);
    let mut whole = columns.is_ok();
    let columns = columns.unwrap_or_else(|notes| {
        layout.misfits.extend(notes.into_iter().map(|(field, note)| say(Part::Field(field), note)));
        Vec::new()
    });
    match missing_columns(layout, &grid, &columns, facts.rows.first(), &reference.path) {
        Ok(notes) => {
            whole &= notes.is_empty();
            layout.misfits.extend(notes.into_iter().map(|note| say(part, note)));
        }
        Err(note) => {
            layout.misfits.push(say(part, note));
            return None;
        }
    }
    let rows = choice.rows_of(&grid, &reference.path);
    whole &= rows.problems.is_empty();
    for (field, note) in rows.problems {
        layout.misfits.push(say(Part::Field(field), note));
    }
    if rows.places.is_empty() && choice.rows.is_none() {
        layout.misfits.push(say(part, data::no_rows(&reference.path)));
        return None;
    }
    let kinds = figures(&grid, &rows.places, &columns);
    for (column, found) in columns.iter().zip(&kinds) {
        if let (Some(_), Some((at, typed, more))) = (column.1, &found.odd) {
            let Some((row, _)) = grid.rows.get(*at).and_then(|row| row.cells.get(column.0)) else {
                continue;
            };
            let Some(head) = grid.heads.get(column.0) else { continue };
            let place = data::place(sheet, *row, head.column, &head.title);
            layout.misfits.push(say(part, data::no_figure(&place, typed, *more)));
        }
    }
    for place in rows.places {
        let Some(row) = grid.rows.get(place) else { continue };
        if row.label.is_empty() {
            continue;
        }
        let mut cells = vec![LaidCell::default(); layout.columns.len()];
        for ((head, column), kind) in columns.iter().zip(&kinds) {
            let (Some(column), Some((_, cell))) = (column, row.cells.get(*head)) else { continue };
            let Some(slot) = cells.get_mut(*column) else { continue };
            *slot = LaidCell {
                typed: if kind.texts { data::text_cell(cell) } else { kind.read(cell) },
                source: None,
                from_file: true,
            };
        }
        // A label without figures heads the rows below it, unless it is a row of the table.
        let group = (row.is_label() && layout.declared_row(&row.label).is_none())
            .then_some(row.label.as_str());
        layout.place(NewRow { label: &row.label, group, cells, source: None });
    }
    Some(whole)
}

/// The column that a head means: by the table's own words, with or without the year.
/// `None` where the table has no such column and takes no new ones; `Some(None)` where it is
/// a new one.
fn meant(layout: &Layout<'_>, head: &str, choice: &Choice) -> Option<Option<usize>> {
    let wanted = choice.column(head).map_or(head, |renamed| renamed);
    if !layout.declared_columns {
        return Some(layout.known_column(wanted));
    }
    let shorter = || data::without_year(wanted, layout.time.year);
    let column = layout.known_column(wanted);
    column.or_else(|| layout.known_column(&shorter()?)).map(Some)
}

/// A head of the file, and the name that it gets in the table.
type Renamed = (String, Option<String>);

/// A head of the file, by its place, and the column of the table that it fills.
type Taken = (usize, Option<usize>);

/// What is to be said, at a field of the table.
type AtField = (usize, DataNote);

/// What `kolumner:` and `rader:` choose, each with its field.
struct Choice {
    columns: Option<(usize, Vec<Renamed>)>,
    rows: Option<(usize, Vec<String>)>,
}

/// The rows of a grid that are taken.
struct Chosen {
    places: Vec<usize>,
    problems: Vec<AtField>,
}

impl Choice {
    fn of<'db>(declaration: Declaration<'db>, db: &'db dyn Db) -> Choice {
        let facts = declaration.facts(db);
        let listed = |name: &str| {
            let (field, _) = facts.field(name)?;
            let words = list(facts.line(name)?).into_iter().map(|word| word.text);
            Some((field, words.collect::<Vec<String>>()))
        };
        let renamed = |word: String| match word.split_once('=') {
            Some((head, name)) => (head.trim().to_owned(), Some(name.trim().to_owned())),
            None => (word, None),
        };
        Choice {
            columns: listed("kolumner")
                .map(|(field, words)| (field, words.into_iter().map(renamed).collect())),
            rows: listed("rader"),
        }
    }

    /// The name that a head is given, when `kolumner` takes it.
    fn column(&self, head: &str) -> Option<&str> {
        let (_, columns) = self.columns.as_ref()?;
        let label = from_label(head);
        let (asked, name) = columns.iter().find(|(asked, _)| from_label(asked) == label)?;
        Some(name.as_deref().unwrap_or(asked))
    }

    /// The heads that are taken, and the column that each fills.
    fn columns_of(
        &self,
        grid: &Grid<'_>,
        layout: &mut Layout<'_>,
        path: &str,
    ) -> Result<Vec<Taken>, Vec<AtField>> {
        let titles: Vec<&str> = grid.heads.iter().map(|head| head.title.as_str()).collect();
        let mut taken: Vec<usize> = (0..titles.len()).collect();
        if let Some((field, asked)) = &self.columns {
            let place = |head: &String| {
                let label = from_label(head);
                titles.iter().position(|title| from_label(title) == label)
            };
            let unknown: Vec<AtField> = asked
                .iter()
                .filter(|(head, _)| place(head).is_none())
                .map(|(head, _)| (*field, data::no_such_column(path, head, &titles)))
                .collect();
            if !unknown.is_empty() {
                return Err(unknown);
            }
            taken = asked.iter().filter_map(|(head, _)| place(head)).collect();
        }
        let mut out: Vec<Taken> = Vec::new();
        for head in taken {
            let Some(title) = titles.get(head) else { continue };
            let column = match meant(layout, title, self) {
                Some(Some(column)) => Some(column),
                Some(None) => layout.column(self.column(title).unwrap_or(title)),
                None => None,
            };
            // Of two heads for one column the first counts.
            let again = column.is_some() && out.iter().any(|(_, known)| *known == column);
            out.push((head, column.filter(|_| !again)));
        }
        Ok(out)
    }

    fn rows_of(&self, grid: &Grid<'_>, path: &str) -> Chosen {
        let Some((field, asked)) = &self.rows else {
            return Chosen { places: (0..grid.rows.len()).collect(), problems: Vec::new() };
        };
        let mut by_label: BTreeMap<String, usize> = BTreeMap::new();
        for (place, row) in grid.rows.iter().enumerate() {
            by_label.entry(from_label(&row.label)).or_insert(place);
        }
        let mut out = Chosen { places: Vec::new(), problems: Vec::new() };
        for word in asked {
            match by_label.get(&from_label(word)) {
                Some(place) => out.places.push(*place),
                None => {
                    let labels: Vec<&str> =
                        grid.rows.iter().map(|row| row.label.as_str()).collect();
                    out.problems.push((*field, data::no_such_row(path, word, &labels)));
                }
            }
        }
        out
    }
}

/// The columns of the table that nothing fills: neither the file, a formula nor the body.
///
/// # Errors
/// When no head of the file is a column of the table.
fn missing_columns(
    layout: &Layout<'_>,
    grid: &Grid<'_>,
    columns: &[(usize, Option<usize>)],
    body_head: Option<&Vec<String>>,
    path: &str,
) -> Result<Vec<DataNote>, DataNote> {
    let heads: Vec<&str> = grid.heads.iter().map(|head| head.title.as_str()).collect();
    if !layout.declared_columns {
        let all = columns.iter().all(|(_, column)| column.is_some());
        let count = heads.len();
        let more = (!all && count > MOST_COLUMNS).then(|| data::too_many_columns(path, count));
        return Ok(more.into_iter().collect());
    }
    if columns.is_empty() {
        return Ok(Vec::new());
    }
    let due = || layout.columns.iter().enumerate().filter(|(_, column)| column.formula.is_none());
    if columns.iter().all(|(_, filled)| filled.is_none()) {
        let names: Vec<&str> = due().map(|(_, column)| column.name.as_str()).collect();
        return Err(data::no_column_fits(path, &heads, &names));
    }
    let typed = |name: &str, title: &str| {
        body_head.is_some_and(|head| {
            head.iter()
                .skip(1)
                .any(|text| find_by_label(text, [(name, title)].into_iter()).is_some())
        })
    };
    let missing = due().filter(|(at, column)| {
        !columns.iter().any(|(_, filled)| *filled == Some(*at))
            && !typed(&column.name, &column.title)
    });
    Ok(missing.map(|(_, column)| data::column_missing(path, &column.name, &heads)).collect())
}

/// What a column of the file holds.
#[derive(Default)]
struct Figures {
    /// Texts, so that nothing in it is taken for a number.
    texts: bool,
    /// Among figures, the first cell that is none: its row, its text, and how many follow.
    odd: Option<(usize, String, usize)>,
}

impl Figures {
    /// A cell of the column. A text among figures has a finding of its own, and what is
    /// computed from it is silent.
    fn read(&self, cell: &trc_sheet::Cell) -> Option<trc_syntax::value::Cell> {
        let read = data::cell(cell)?;
        if self.odd.is_none() || !matches!(read.content, CellContent::Text(_)) {
            return Some(read);
        }
        Some(data::odd_cell(read))
    }
}

fn figures(grid: &Grid<'_>, rows: &[usize], columns: &[(usize, Option<usize>)]) -> Vec<Figures> {
    let of = |head: usize| {
        let mut numbers = 0usize;
        let mut texts = 0usize;
        let mut first = None;
        for place in rows {
            let Some((_, cell)) = grid.rows.get(*place).and_then(|row| row.cells.get(head)) else {
                continue;
            };
            match data::cell(cell).map(|cell| cell.content) {
                Some(CellContent::Text(typed)) => {
                    texts = texts.saturating_add(1);
                    first.get_or_insert((*place, typed));
                }
                Some(CellContent::Number { .. }) => numbers = numbers.saturating_add(1),
                _ => {}
            }
        }
        let is_text = texts > numbers;
        Figures {
            texts: is_text,
            odd: first
                .filter(|_| !is_text)
                .map(|(place, typed)| (place, typed, texts.saturating_sub(1))),
        }
    };
    columns.iter().map(|(head, _)| of(*head)).collect()
}

/// Typed rows over those of a file.
pub(super) struct Typed {
    /// The file's rows by label.
    rows: BTreeMap<String, usize>,
}

impl Typed {
    pub fn over(layout: &Layout<'_>) -> Typed {
        let mut rows = BTreeMap::new();
        for (at, row) in layout.rows.iter().enumerate() {
            if row.kind != RowKind::Group {
                rows.entry(from_label(&row.title)).or_insert(at);
            }
        }
        Typed { rows }
    }

    /// A typed cell wins over the file's. A row that the file does not have is handed back:
    /// it is to be added.
    pub fn lay<'a>(&self, layout: &mut Layout<'_>, new: NewRow<'a>) -> Option<NewRow<'a>> {
        let known = self.rows.get(&from_label(new.label)).copied();
        let known = known.or_else(|| layout.declared_row(new.label));
        let row = known.filter(|_| new.group.is_none()).and_then(|at| layout.rows.get_mut(at));
        let Some(row) = row.filter(|row| row.cells.iter().any(|cell| cell.from_file)) else {
            return Some(new);
        };
        for (slot, typed) in row.cells.iter_mut().zip(new.cells) {
            let Some(own) = &typed.typed else { continue };
            if let (Some(theirs), Some((row, cell))) = (&slot.typed, typed.source)
                && let (Some(theirs), Some(ours)) = (shown(&theirs.content), shown(&own.content))
                && theirs != ours
            {
                let note = data::overridden(&theirs, &ours);
                layout.misfits.push(Misfit::Data { part: Part::Cell(row, cell), note });
            }
            *slot = typed;
        }
        None
    }
}

/// A figure as it stands; nothing for what is computed or empty.
fn shown(content: &CellContent) -> Option<String> {
    match content {
        CellContent::Number { value, unit } => {
            Some(format!("{value} {}", unit.as_deref().unwrap_or_default()).trim_end().to_owned())
        }
        CellContent::Text(text) => Some(text.clone()),
        _ => None,
    }
}
