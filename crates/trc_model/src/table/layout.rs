//! A table laid out: what its type and it declare, filled by a file of data and by its body.

use trc_syntax::name::from_label;
use trc_syntax::value;

use super::{
    Column, LaidCell, MOST_COLUMNS, MOST_ROWS, Misfit, Row, RowKind, Shape, Table, declared_row,
    filled, find_by_label, find_parents,
};
use crate::db::{Db, Workspace};
use crate::items::Declaration;
use crate::placeholder::Time;

/// Lays out a table from its shape, its file and its body.
pub(super) fn lay_out<'db>(
    db: &'db dyn Db,
    workspace: Workspace,
    shape: Shape<'db>,
    declaration: Declaration<'db>,
    time: &Time,
) -> Table<'db> {
    let facts = declaration.facts(db);
    let mut layout = Layout::new(&shape, time);
    let data = facts.field("från").map(|(field, _)| field);
    if data.is_some() {
        filled::from_file(db, workspace, &mut layout, declaration, &shape);
    }
    layout.body(&facts.rows);
    if facts.rows.is_empty() && facts.has_body && layout.rows.is_empty() && data.is_none() {
        layout.misfits.push(Misfit::NoHead);
    }
    Table { data, footnotes: facts.footnotes.clone(), ..layout.finish(shape, declaration) }
}

/// A table of which nothing but its shape is known.
pub(super) fn empty<'db>(
    shape: Shape<'db>,
    declaration: Declaration<'db>,
    time: &Time,
) -> Table<'db> {
    Layout::new(&shape, time).finish(shape, declaration)
}

/// A table while it is laid out.
pub(super) struct Layout<'db> {
    pub time: Time,
    pub columns: Vec<Column<'db>>,
    /// True when its columns are declared, so that no head adds one.
    pub declared_columns: bool,
    pub rows: Vec<Row<'db>>,
    /// The declared rows: name, title and place in `rows`.
    declared: Vec<(String, String, usize)>,
    /// Where the next row that is not declared goes.
    next: usize,
    /// True when the file does not give what the table takes from it.
    pub lacking: bool,
    pub misfits: Vec<Misfit>,
}

/// A row that is to take its place.
pub(super) struct NewRow<'a> {
    pub label: &'a str,
    /// A heading over rows, where the source says so.
    pub group: Option<&'a str>,
    pub cells: Vec<LaidCell>,
    /// The body row it comes from.
    pub source: Option<usize>,
}

impl<'db> Layout<'db> {
    fn new(shape: &Shape<'db>, time: &Time) -> Self {
        let titled =
            |column: &Column<'db>| Column { title: time.fill(&column.title), ..column.clone() };
        let columns: Vec<Column<'db>> = shape.columns.iter().map(titled).collect();
        let rows: Vec<Row<'db>> =
            shape.rows.iter().map(|row| declared_row(row.clone(), columns.len(), time)).collect();
        let declared = rows.iter().enumerate();
        let declared =
            declared.map(|(at, row)| (row.name.clone(), row.title.clone(), at)).collect();
        Layout {
            time: time.clone(),
            declared_columns: !columns.is_empty(),
            columns,
            rows,
            declared,
            next: 0,
            lacking: false,
            misfits: Vec::new(),
        }
    }

    /// The column that a head means, new where none is declared.
    pub fn column(&mut self, head: &str) -> Option<usize> {
        if let Some(known) = self.known_column(head) {
            return Some(known);
        }
        if self.declared_columns || self.columns.len() >= MOST_COLUMNS {
            return None;
        }
        self.columns.push(Column {
            name: from_label(head),
            title: self.time.fill(head),
            formula: None,
            decimals: None,
            hidden: false,
            surplus_is_negative: None,
            continues: false,
            declaration: None,
        });
        for row in &mut self.rows {
            row.cells.push(LaidCell::default());
        }
        self.columns.len().checked_sub(1)
    }

    /// The column that a head means. A beginning is enough for a declared one; where heads
    /// make the columns, "Budget" and "Budget helår" are two.
    pub fn known_column(&self, head: &str) -> Option<usize> {
        if self.declared_columns {
            let columns = self.columns.iter().map(|c| (c.name.as_str(), c.title.as_str()));
            return find_by_label(head, columns);
        }
        let wanted = from_label(head);
        self.columns.iter().position(|column| column.name == wanted && !wanted.is_empty())
    }

    /// The declared row that a label means.
    pub fn declared_row(&self, label: &str) -> Option<usize> {
        let labels = self.declared.iter().map(|(name, title, _)| (name.as_str(), title.as_str()));
        self.declared.get(find_by_label(label, labels)?).map(|(.., at)| *at)
    }

    /// Gives a row its place: a declared one in the declared order, others after the row
    /// that they follow.
    pub fn place(&mut self, new: NewRow<'_>) {
        let NewRow { label, group, cells, source } = new;
        let varav = label.strip_prefix("varav ").or_else(|| label.strip_prefix("Varav "));
        let plain = group.is_none() && varav.is_none();
        let declared = if plain { self.declared_row(label) } else { None };
        if let Some((at, row)) = declared.and_then(|at| Some((at, self.rows.get_mut(at)?))) {
            let is_filled = row.source.is_some() || row.cells.iter().any(|cell| cell.from_file);
            if is_filled {
                // A row that is declared once may stand in several groups.
                let again = Row { cells, source, ..row.clone() };
                self.insert(again);
            } else {
                row.cells = cells;
                row.source = source;
                self.next = at.saturating_add(1);
            }
            return;
        }
        let (kind, title) = match (group, varav) {
            (Some(title), _) => (RowKind::Group, title.trim()),
            (None, Some(_)) => (RowKind::Varav, label),
            (None, None) => (RowKind::Plain, label),
        };
        self.insert(Row {
            name: from_label(varav.unwrap_or(title)),
            title: self.time.fill(title),
            kind,
            parent: None,
            definition: None,
            cells,
            source,
        });
    }

    fn insert(&mut self, row: Row<'db>) {
        let at = self.next.min(self.rows.len());
        self.rows.insert(at, row);
        for (.., place) in self.declared.iter_mut().filter(|(.., place)| *place >= at) {
            *place = place.saturating_add(1);
        }
        self.next = at.saturating_add(1);
    }

    /// Fills the table from its body. The first row is the head; the first cell of each is
    /// its label.
    fn body(&mut self, body: &[Vec<String>]) {
        let mut body = body.iter().enumerate();
        let mut fills: Vec<Option<usize>> = Vec::new();
        let Some((_, head)) = body.next() else { return };
        // A typed cell takes the place of the file's, and a typed head that of its column.
        let has_file = self.rows.iter().any(|row| row.cells.iter().any(|cell| cell.from_file));
        for (cell, text) in head.iter().enumerate().skip(1) {
            let found = self.column(text);
            if found.is_none() && self.declared_columns {
                self.misfits.push(Misfit::UnknownColumn { cell, text: text.clone() });
            }
            fills.push(found);
        }
        let typed_over = has_file.then(|| filled::Typed::over(self));
        let mut added = Vec::new();
        for (source, cells) in body {
            if source > MOST_ROWS {
                self.misfits.push(Misfit::TooLarge { row: source });
                break;
            }
            let label = cells.first().map_or("", String::as_str);
            let group = label.strip_prefix('#').filter(|_| cells.len() == 1);
            // A label alone gives no figures that could stand under the wrong heading.
            if (2..=fills.len()).contains(&cells.len()) {
                self.misfits.push(Misfit::TooFewCells { row: source });
            }
            let laid = self.typed_cells(cells, source, &fills);
            let new = NewRow { label, group, cells: laid, source: Some(source) };
            match &typed_over {
                Some(typed) => added.extend(typed.lay(self, new)),
                None => self.place(new),
            }
        }
        added.into_iter().for_each(|new| self.place(new));
    }

    fn typed_cells(
        &mut self,
        cells: &[String],
        source: usize,
        fills: &[Option<usize>],
    ) -> Vec<LaidCell> {
        let mut laid = vec![LaidCell::default(); self.columns.len()];
        for (cell, text) in cells.iter().enumerate().skip(1) {
            match fills.get(cell.saturating_sub(1)) {
                Some(Some(column)) => {
                    if let Some(slot) = laid.get_mut(*column) {
                        *slot = LaidCell {
                            typed: (!text.is_empty()).then(|| value::cell(text)),
                            source: Some((source, cell)),
                            from_file: false,
                        };
                    }
                }
                Some(None) => {}
                None => {
                    self.misfits.push(Misfit::TooManyCells { row: source, cell });
                    break;
                }
            }
        }
        laid
    }

    fn finish(self, shape: Shape<'db>, declaration: Declaration<'db>) -> Table<'db> {
        let Layout { time, columns, mut rows, lacking, misfits, .. } = self;
        find_parents(&mut rows);
        Table {
            name: shape.name,
            title: time.fill(&shape.title),
            unit: shape.unit,
            decimals: shape.decimals,
            columns,
            rows,
            checks: shape.checks,
            declaration,
            footnotes: Vec::new(),
            cut: None,
            data: None,
            lacking,
            misfits,
        }
    }
}
