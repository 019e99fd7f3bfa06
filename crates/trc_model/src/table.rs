//! Tables: what a table or table type declares, and how a document's table is laid
//! out from its type and its body.

mod cut;
mod filled;
mod layout;

use std::collections::BTreeMap;

use trc_base::{Text, TextRange};
use trc_syntax::formula::{self, Expression, FormulaError};
use trc_syntax::name::from_label;
use trc_syntax::value::Cell;

use crate::anchor::{Anchor, Part};
use crate::data::DataNote;
use crate::db::{Db, Workspace};
use crate::document::{Document, contents};
use crate::items::{Declaration, Facts, FieldValue};
use crate::placeholder::Time;
use crate::quantity::Unit;
use crate::vocabulary::{Scope, vocabulary};

/// What a `tabell` or `tabelltyp` declares.
#[derive(Debug, Clone, PartialEq, Eq, Hash, salsa::SalsaValue)]
pub struct Shape<'db> {
    pub name: String,
    pub title: String,
    pub unit: Option<String>,
    pub decimals: Option<u32>,
    pub columns: Vec<Column<'db>>,
    pub rows: Vec<RowDefinition<'db>>,
    /// `kontroll:` as written, and where.
    pub checks: Vec<(Declaration<'db>, usize, String)>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Hash, salsa::SalsaValue)]
pub struct Column<'db> {
    pub name: String,
    /// May hold `{år - 1}`.
    pub title: String,
    pub formula: Option<Formula>,
    pub decimals: Option<u32>,
    /// `visas: nej`
    pub hidden: bool,
    /// `överskott: minus` turns the sign's meaning in this column.
    pub surplus_is_negative: Option<bool>,
    /// True when it is declared without a title and continues one of a type.
    pub continues: bool,
    pub declaration: Option<Declaration<'db>>,
}

/// A row that is declared.
#[derive(Debug, Clone, PartialEq, Eq, Hash, salsa::SalsaValue)]
pub struct RowDefinition<'db> {
    pub name: String,
    pub title: String,
    pub formula: Option<Formula>,
    /// `avvikelse = netto`, `brutto = inget`: by column name.
    pub overrides: BTreeMap<String, Override>,
    pub hidden: bool,
    /// `överskott: minus` turns the sign's meaning in this row.
    pub surplus_is_negative: Option<bool>,
    /// True when it is declared without a title and continues one of a type.
    pub continues: bool,
    pub declaration: Declaration<'db>,
}

/// A formula as written, and read.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Formula {
    pub text: String,
    pub read: Result<Expression, FormulaError>,
    /// Where it stands.
    pub anchor: Anchor,
}

/// What a row says of one column.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Override {
    Formula(Formula),
    /// `inget`: the cell is empty.
    Nothing,
}

/// A table of a document, laid out.
#[derive(Debug, Clone, PartialEq, Eq, Hash, salsa::SalsaValue)]
pub struct Table<'db> {
    pub name: String,
    pub title: String,
    pub unit: Option<String>,
    pub decimals: Option<u32>,
    pub columns: Vec<Column<'db>>,
    pub rows: Vec<Row<'db>>,
    pub checks: Vec<(Declaration<'db>, usize, String)>,
    /// The table in the document.
    pub declaration: Declaration<'db>,
    /// `[^label]: text`
    pub footnotes: Vec<(String, String)>,
    /// Where its rows and columns come from, when it is cut out of another table.
    pub cut: Option<Cut>,
    /// The field `från`, when cells come from a file.
    pub data: Option<usize>,
    /// True when rows or columns are missing because its file, or that of the table it is cut
    /// from, is not to be had or does not fit. That is said at `från`; what refers to them is
    /// unknown.
    pub lacking: bool,
    /// What does not fit, for the rules.
    pub misfits: Vec<Misfit>,
}

/// Where the rows and columns of a table come from that is cut out of another
/// (`tabell a ur b`): their places in that, or nothing for the table's own.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Cut {
    pub base: String,
    pub rows: Vec<Option<usize>>,
    pub columns: Vec<Option<usize>>,
}

/// What does not fit between a table's body and its columns.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Misfit {
    /// A column that the table's type does not have: cell of the head.
    UnknownColumn { cell: usize, text: String },
    /// A row with more cells than the head.
    TooManyCells { row: usize, cell: usize },
    /// A body without a head.
    NoHead,
    /// A row with fewer cells than the head.
    TooFewCells { row: usize },
    /// More rows or columns than a table may have.
    TooLarge { row: usize },
    /// `ur x`: there is no such table.
    NoBase { name: String, known: Vec<String> },
    /// `ur x` goes back to the table itself.
    CircularBase,
    /// A table with `ur x` that has rows of its own in a body.
    BodyOfCut,
    /// A name in `rader` or `kolumner` that means no row or column, and where in the
    /// field's line it stands.
    NotInBase { field: usize, range: TextRange, message: Text, help: Text },
    /// What is found in the file of data, and where that is said.
    Data { part: Part, note: DataNote },
}

/// The most rows that a table in the source may have.
pub const MOST_ROWS: usize = 5_000;
/// The most decimals that a table may print.
pub const MOST_DECIMALS: u32 = 6;
/// The most columns that a table may have.
pub const MOST_COLUMNS: usize = 60;

/// What kind of row it is, for sums and for print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowKind {
    /// Counts in sums.
    Plain,
    /// Part of the row above; never summed twice.
    Varav,
    /// A heading over rows.
    Group,
    /// `summa` in any form: never summed again.
    Sum,
    /// Another formula over rows: never summed again.
    Computed,
}

/// A row, laid out.
#[derive(Debug, Clone, PartialEq, Eq, Hash, salsa::SalsaValue)]
pub struct Row<'db> {
    pub name: String,
    pub title: String,
    pub kind: RowKind,
    /// The group that it stands in, or the row it is part of: the index of that row.
    pub parent: Option<usize>,
    pub definition: Option<RowDefinition<'db>>,
    /// The cells, one a column.
    pub cells: Vec<LaidCell>,
    /// The body row it comes from.
    pub source: Option<usize>,
}

/// A cell as typed, and where.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct LaidCell {
    pub typed: Option<Cell>,
    /// Body row and cell.
    pub source: Option<(usize, usize)>,
    /// True when it comes from a file of data.
    pub from_file: bool,
}

/// What a declaration of a table or table type declares.
pub fn shape<'db>(db: &'db dyn Db, declaration: Declaration<'db>) -> Shape<'db> {
    let facts = declaration.facts(db);
    let mut out = Shape {
        name: facts.name().to_owned(),
        title: facts.title.clone().unwrap_or_default(),
        unit: facts.option("i").map(str::to_owned),
        decimals: whole_number(facts, "decimaler"),
        columns: Vec::new(),
        rows: Vec::new(),
        checks: Vec::new(),
    };
    for (index, field) in facts.fields.iter().enumerate() {
        if let ("kontroll", FieldValue::Line(line)) = (field.name.as_str(), &field.value) {
            out.checks.push((declaration, index, line.clone()));
        }
    }
    for child in declaration.children(db) {
        let facts = child.facts(db);
        let name = facts.name().to_owned();
        let continues = facts.title.is_none();
        let title = facts.title.clone().unwrap_or_else(|| name.clone());
        let formula = facts
            .formula
            .as_ref()
            .map(|text| read_formula(text, Anchor::part(db, *child, Part::Formula)));
        let hidden = facts.line("visas") == Some("nej");
        let surplus_is_negative = facts.line("överskott").map(|word| word == "minus");
        match facts.keyword.as_str() {
            "kolumn" => out.columns.push(Column {
                name,
                title,
                formula,
                decimals: whole_number(facts, "decimaler"),
                hidden,
                surplus_is_negative,
                continues,
                declaration: Some(*child),
            }),
            "rad" => {
                let mut overrides = BTreeMap::new();
                for (index, field) in facts.fields.iter().enumerate() {
                    if let FieldValue::Formula(text) = &field.value {
                        let entry = if text == "inget" {
                            Override::Nothing
                        } else {
                            let anchor = Anchor::part(db, *child, Part::Field(index));
                            Override::Formula(read_formula(text, anchor))
                        };
                        overrides.insert(field.name.clone(), entry);
                    }
                }
                out.rows.push(RowDefinition {
                    name,
                    title,
                    formula,
                    overrides,
                    hidden,
                    surplus_is_negative,
                    continues,
                    declaration: *child,
                });
            }
            _ => {}
        }
    }
    out
}

fn whole_number(facts: &Facts, field: &str) -> Option<u32> {
    facts.line(field)?.parse().ok().filter(|decimals| *decimals <= MOST_DECIMALS)
}

fn read_formula(text: &str, anchor: Anchor) -> Formula {
    Formula { text: text.to_owned(), read: formula::parse(text), anchor }
}

/// The tables of a document, by name.
#[salsa::tracked]
pub fn tables<'db>(
    db: &'db dyn Db,
    workspace: Workspace,
    document: Document<'db>,
) -> BTreeMap<String, Table<'db>> {
    let key = document.key(db);
    let scope = Scope::new(db, key.owner.clone(), key.year);
    let words = vocabulary(db, workspace, scope);
    let time = Time::of(words, key);
    let mut out = BTreeMap::new();
    let mut cuts = Vec::new();
    let contents = contents(db, workspace, document);
    for ((keyword, name), mentions) in &contents.named {
        let ("tabell", Some(mention)) = (keyword.as_str(), mentions.first()) else { continue };
        let own = shape(db, mention.declaration);
        let facts = mention.declaration.facts(db);
        let type_name = facts.option("enligt").unwrap_or(name);
        let merged = match words.table_types.get(type_name) {
            Some(table_type) => merge(own, &table_type.shape),
            None => own,
        };
        match facts.option("ur") {
            Some(base) => cuts.push((name.clone(), base, merged, mention.declaration)),
            None => {
                let table = layout::lay_out(db, workspace, merged, mention.declaration, &time);
                out.insert(name.clone(), table);
            }
        }
    }
    // A cut of a cut waits until that is laid out.
    loop {
        let (ready, waiting): (Vec<_>, Vec<_>) =
            cuts.into_iter().partition(|(_, base, ..)| out.contains_key(*base));
        cuts = waiting;
        if ready.is_empty() {
            break;
        }
        for (name, base, shape, declaration) in ready {
            let Some(base) = out.get(base) else { continue };
            let table = cut::cut(db, base, shape, declaration, &time);
            out.insert(name, table);
        }
    }
    let named: Vec<String> =
        out.keys().cloned().chain(cuts.iter().map(|(name, ..)| name.clone())).collect();
    for (name, base, shape, declaration) in cuts {
        let misfit = if named.iter().any(|known| known == base) {
            Misfit::CircularBase
        } else {
            let known = named.iter().filter(|known| **known != name).cloned().collect();
            Misfit::NoBase { name: base.to_owned(), known }
        };
        let mut table = layout::empty(shape, declaration, &time);
        table.misfits.push(misfit);
        out.insert(name, table);
    }
    out
}

/// A table or table type on top of the type that it fills or builds on. A column or row
/// with a title takes the place of the type's; without one, it changes what it names.
pub(crate) fn merge<'db>(own: Shape<'db>, base: &Shape<'db>) -> Shape<'db> {
    let mut out = base.clone();
    out.name = own.name;
    if !own.title.is_empty() {
        out.title = own.title;
    }
    out.unit = own.unit.or(out.unit);
    out.decimals = own.decimals.or(out.decimals);
    out.checks.extend(own.checks);
    for column in own.columns {
        match out.columns.iter_mut().find(|known| known.name == column.name) {
            Some(known) if column.continues => {
                known.formula = column.formula.or(known.formula.take());
                known.decimals = column.decimals.or(known.decimals);
                known.hidden |= column.hidden;
                known.surplus_is_negative =
                    column.surplus_is_negative.or(known.surplus_is_negative);
                known.declaration = column.declaration;
            }
            Some(known) => *known = column,
            None => out.columns.push(column),
        }
    }
    for row in own.rows {
        match out.rows.iter_mut().find(|known| known.name == row.name) {
            Some(known) if row.continues => {
                known.formula = row.formula.or(known.formula.take());
                known.overrides.extend(row.overrides);
                known.hidden |= row.hidden;
                known.surplus_is_negative = row.surplus_is_negative.or(known.surplus_is_negative);
                known.declaration = row.declaration;
            }
            Some(known) => *known = row,
            None => out.rows.push(row),
        }
    }
    out
}

/// A row that a table or its type declares, before the body fills it.
fn declared_row<'db>(definition: RowDefinition<'db>, columns: usize, time: &Time) -> Row<'db> {
    Row {
        name: definition.name.clone(),
        title: time.fill(&definition.title),
        kind: match &definition.formula {
            Some(Formula { text, .. }) if text.split_whitespace().next() == Some("summa") => {
                // The sum of its own parts stands for them in the sums above it.
                if text.trim() == "summa varav" { RowKind::Plain } else { RowKind::Sum }
            }
            Some(_) => RowKind::Computed,
            None if definition.overrides.is_empty() => RowKind::Plain,
            None => RowKind::Computed,
        },
        parent: None,
        cells: vec![LaidCell::default(); columns],
        definition: Some(definition),
        source: None,
    }
}

/// A group holds the rows to the next group; "varav" belongs to the nearest row above
/// that is not one.
fn find_parents(rows: &mut [Row<'_>]) {
    let mut group = None;
    let mut plain = None;
    for (index, row) in rows.iter_mut().enumerate() {
        match row.kind {
            RowKind::Group => group = Some(index),
            RowKind::Varav => row.parent = plain.or(group),
            _ => {
                row.parent = group;
                plain = Some(index);
            }
        }
    }
}

impl Table<'_> {
    /// The unit that its figures are in, when their cells say no other.
    pub fn unit(&self) -> Unit {
        self.unit.as_deref().map(Unit::parse).unwrap_or_default()
    }

    /// Where a cell stands: in the body, else at the field that names its file, else nowhere
    /// but in the table's head.
    pub fn cell_part(&self, row: usize, column: usize) -> Part {
        let cell = self.rows.get(row).and_then(|row| row.cells.get(column));
        match (cell, self.data) {
            (Some(LaidCell { source: Some((row, cell)), .. }), _) => Part::Cell(*row, *cell),
            (Some(LaidCell { from_file: true, .. }), Some(field)) => Part::Field(field),
            _ => Part::Head,
        }
    }

    /// The table, row and column that a cell is cut from, when it is.
    pub fn cut_from(&self, row: usize, column: usize) -> Option<(&str, usize, usize)> {
        let cut = self.cut.as_ref()?;
        Some((&cut.base, (*cut.rows.get(row)?)?, (*cut.columns.get(column)?)?))
    }

    /// The row that a bare name in a formula of row `at` means: one of the same group
    /// before one of another, a whole name before a beginning.
    pub fn row_named(&self, at: usize, name: &str) -> Option<usize> {
        let group = self.rows.get(at).and_then(|row| row.parent);
        let whole = |row: &Row<'_>| row.name == name || from_label(&row.title) == name;
        let begins =
            |row: &Row<'_>| row.name.starts_with(name) || from_label(&row.title).starts_with(name);
        let rows = || self.rows.iter().enumerate().filter(|(_, row)| row.kind != RowKind::Group);
        let only = |mut found: Vec<usize>| if found.len() == 1 { found.pop() } else { None };
        let near = |row: &Row<'_>| row.parent == group;
        rows()
            .find(|(_, row)| near(row) && whole(row))
            .or_else(|| rows().find(|(_, row)| whole(row)))
            .map(|(index, _)| index)
            .or_else(|| {
                only(rows().filter(|(_, row)| near(row) && begins(row)).map(|(i, _)| i).collect())
            })
            .or_else(|| only(rows().filter(|(_, row)| begins(row)).map(|(i, _)| i).collect()))
    }

    /// The column that a bare name in a formula means.
    pub fn column_named(&self, name: &str) -> Option<usize> {
        find_by_label(name, self.columns.iter().map(|c| (c.name.as_str(), c.title.as_str())))
    }
}

/// The index of the one that a label names: by name, by title, or by a beginning of
/// either that fits only one.
pub fn find_by_label<'a>(
    label: &str,
    candidates: impl Iterator<Item = (&'a str, &'a str)>,
) -> Option<usize> {
    let wanted = from_label(label);
    if wanted.is_empty() {
        return None;
    }
    let mut beginning = None;
    let mut several = false;
    for (index, (name, title)) in candidates.enumerate() {
        if name.is_empty() {
            continue;
        }
        let title = from_label(title);
        if name == label || name == wanted || title == wanted {
            return Some(index);
        }
        if name.starts_with(&wanted) || title.starts_with(&wanted) {
            several |= beginning.is_some();
            beginning = Some(index);
        }
    }
    if several { None } else { beginning }
}
