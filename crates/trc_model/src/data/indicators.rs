//! Follow-ups of indicators from a file: a row an indicator, by its name or its title.
//!
//! Each row becomes a declaration like those that are typed, so that everything after this
//! treats its figures alike. It stands at the field that names the file.

use std::collections::BTreeMap;

use trc_base::Text;
use trc_sheet::values::{self, Content};
use trc_sheet::{Row, Sheet};
use trc_syntax::name::from_label;
use trc_syntax::value::{self, Measure, QuantityKind};

use super::grid::{folded, head_row};
use super::problem::{self, DataNote};
use super::{Reference, noticed, place, sheet};
use crate::anchor::{Anchor, Part};
use crate::db::{Db, Workspace};
use crate::document::{Contents, Document, Kind, Mention, contents, documents};
use crate::items::{Declaration, Facts, FieldFact, FieldValue, Key};
use crate::report::{chain, said};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Column {
    Indicator,
    Outcome,
    Men,
    Women,
    Forecast,
    Answers,
    ResponseRate,
    City,
}

/// The words of heads, in small letters, without year and period.
const HEADS: &[(&str, Column)] = &[
    ("indikator", Column::Indicator),
    ("namn", Column::Indicator),
    ("indikatorns namn", Column::Indicator),
    ("utfall", Column::Outcome),
    ("periodens utfall", Column::Outcome),
    ("män", Column::Men),
    ("utfall män", Column::Men),
    ("pojkar", Column::Men),
    ("kvinnor", Column::Women),
    ("utfall kvinnor", Column::Women),
    ("flickor", Column::Women),
    ("prognos", Column::Forecast),
    ("prognos helår", Column::Forecast),
    ("svar", Column::Answers),
    ("antal svar", Column::Answers),
    ("svarsfrekvens", Column::ResponseRate),
    ("staden", Column::City),
];

/// The fields that a column fills by itself. The genders go with the outcome.
const FIELDS: &[(Column, &str)] = &[
    (Column::Outcome, "utfall"),
    (Column::Forecast, "prognos"),
    (Column::Answers, "svar"),
    (Column::ResponseRate, "svarsfrekvens"),
    (Column::City, "staden"),
];

/// Adds what the file of a report says of its indicators. A typed field wins.
pub(crate) fn follow_ups<'db>(
    db: &'db dyn Db,
    workspace: Workspace,
    document: Document<'db>,
    out: &mut Contents<'db>,
) {
    let Some((root, field)) = out.field(db, "från") else { return };
    let at = Anchor::part(db, root, Part::Field(field));
    let Some(line) = root.facts(db).line("från") else { return };
    let Some(reference) = Reference::parse(root.file(db).path(db), line) else { return };
    let sheet = match sheet(db, workspace, &reference) {
        Ok(Some(sheet)) => sheet,
        Ok(None) => return,
        Err(note) => return out.data_notes.push((at, note)),
    };
    let seen = noticed(db, workspace, &reference);
    out.data_notes.extend(seen.into_iter().map(|note| (at.clone(), note)));
    let Some(columns) = Columns::of(sheet, document, db) else {
        let heads = sheet.rows.first().map(|row| row.cells.iter().map(|cell| cell.text.trim()));
        let heads: Vec<&str> =
            heads.into_iter().flatten().filter(|head| !head.is_empty()).collect();
        return out.data_notes.push((at, problem::no_indicator_heads(&reference.path, &heads)));
    };
    let known = known(db, workspace, document, out);
    let mut strangers: Vec<String> = Vec::new();
    let mut rows: BTreeMap<&str, u32> = BTreeMap::new();
    for row in sheet.rows.get(columns.below..).unwrap_or_default() {
        let label = values::tidy(&columns.text(row, Column::Indicator));
        let is_data = FIELDS.iter().any(|(column, _)| !columns.text(row, *column).is_empty());
        if label.is_empty() || !is_data {
            continue;
        }
        let Some(name) = known.get(&from_label(&label)) else {
            strangers.push(label);
            continue;
        };
        if let Some(first) = rows.get(name.as_str()) {
            let note = problem::indicator_twice(&reference.path, &label, *first, row.number);
            out.data_notes.push((at.clone(), note));
            continue;
        }
        rows.insert(name, row.number);
        let read = Reader { db, sheet, columns: &columns, row };
        let facts = read.facts(name, out, &at);
        if facts.fields.is_empty() {
            continue;
        }
        let key = Key::of_data(field, name);
        let declaration = Declaration::new(db, root.file(db), key, facts, Vec::new(), Vec::new());
        let mention =
            Mention { declaration, name_index: 0, goal: None, section: None, declares: false };
        let thing = ("indikator".to_owned(), name.clone());
        if !out.named.contains_key(&thing) {
            out.order.push(thing.clone());
        }
        out.named.entry(thing).or_default().push(mention);
        out.data.push(declaration);
    }
    if !strangers.is_empty() {
        out.data_notes.push((at, problem::strangers(&reference.path, &strangers)));
    }
}

/// The names of indicators, by name and by title, as labels. A title that two have names
/// neither.
fn known<'db>(
    db: &'db dyn Db,
    workspace: Workspace,
    document: Document<'db>,
    own: &Contents<'db>,
) -> BTreeMap<String, String> {
    let above = chain(db, workspace, document);
    let others = documents(db, workspace)
        .keys()
        .filter(|key| matches!(key.kind, Kind::Plan | Kind::Budget))
        .map(|key| Document::new(db, key.clone()))
        .filter(|other| !above.contains(other));
    // Other years only where this one has no plan, as for a report of figures alone.
    let others: Vec<Document<'db>> = if above.is_empty() { others.collect() } else { Vec::new() };
    let layers = above.iter().chain(&others).map(|it| contents(db, workspace, *it)).chain([own]);
    let mut names = BTreeMap::new();
    let mut titles: BTreeMap<String, Option<String>> = BTreeMap::new();
    for contents in layers {
        for ((keyword, name), mentions) in &contents.named {
            if keyword != "indikator" {
                continue;
            }
            names.insert(from_label(name), name.clone());
            for title in mentions.iter().filter_map(|m| m.declaration.facts(db).title.as_ref()) {
                let same = titles.entry(from_label(title)).or_insert_with(|| Some(name.clone()));
                if same.as_ref() != Some(name) {
                    *same = None;
                }
            }
        }
    }
    for (title, name) in titles {
        if let Some(name) = name {
            names.entry(title).or_insert(name);
        }
    }
    names
}

/// Which column holds what.
struct Columns {
    places: BTreeMap<Column, usize>,
    /// The first row below the heads.
    below: usize,
}

impl Columns {
    fn of<'db>(sheet: &Sheet, document: Document<'db>, db: &'db dyn Db) -> Option<Columns> {
        let key = document.key(db);
        let (year, period) = (key.year.to_string(), key.period.as_deref().unwrap_or_default());
        let meant = |head: &str| {
            let words = head.split_whitespace();
            let words = words.filter(|word| *word != year && !word.eq_ignore_ascii_case(period));
            let head = folded(&words.collect::<Vec<_>>().join(" "));
            HEADS.iter().find(|(word, _)| *word == head).map(|(_, column)| *column)
        };
        let (at, head) = head_row(sheet, |head| meant(head).is_some())?;
        let mut places = BTreeMap::new();
        for (index, cell) in head.cells.iter().enumerate() {
            if let Some(column) = meant(&values::tidy(&cell.text)) {
                places.entry(column).or_insert(index);
            }
        }
        let has_figures = FIELDS.iter().any(|(column, _)| places.contains_key(column));
        (places.contains_key(&Column::Indicator) && has_figures)
            .then_some(Columns { places, below: at.saturating_add(1) })
    }

    fn text(&self, row: &Row, column: Column) -> String {
        self.places.get(&column).map(|at| values::tidy(&row.cell(*at).text)).unwrap_or_default()
    }
}

/// One row, while it is read.
struct Reader<'a, 'db> {
    db: &'db dyn Db,
    sheet: &'a Sheet,
    columns: &'a Columns,
    row: &'a Row,
}

impl<'db> Reader<'_, 'db> {
    /// The fields of the row that nobody has typed.
    fn facts(&self, name: &str, out: &mut Contents<'db>, at: &Anchor) -> Facts {
        let mut facts = Facts {
            keyword: "indikator".to_owned(),
            names: vec![name.to_owned()],
            has_body: true,
            ..Facts::default()
        };
        for (column, field) in FIELDS {
            let line = match self.line(*column) {
                Ok(Some(line)) => line,
                Ok(None) => continue,
                Err(note) => {
                    out.data_notes.push((at.clone(), note));
                    // What follows from it is silent.
                    "ej mätt, går inte att läsa i filen".to_owned()
                }
            };
            let typed = said(self.db, out.mentions("indikator", name), field);
            match typed.and_then(|typed| Some((typed, typed.line()?))) {
                Some((typed, ours)) if contradicts(ours, &line) => {
                    let place = self.place(*column);
                    let note = problem::contradiction(&place, &line, ours);
                    out.data_notes.push((typed.anchor(self.db), note));
                }
                Some(_) => {}
                None => facts
                    .fields
                    .push(FieldFact { name: (*field).to_owned(), value: FieldValue::Line(line) }),
            }
        }
        facts
    }

    /// The value of a column as it is typed in a source.
    fn line(&self, column: Column) -> Result<Option<String>, DataNote> {
        let text = self.columns.text(self.row, column);
        let content = if column == Column::Forecast {
            values::forecast(&text)
        } else {
            values::outcome(&text)
        };
        let total = match content {
            // A dash where an outcome is due says that nothing was measured.
            Content::Empty if column == Column::Outcome && !text.is_empty() => {
                return Ok(Some("ej mätt".to_owned()));
            }
            Content::Empty => return Ok(None),
            Content::Absent(words) => return Ok(Some(words)),
            Content::Value(value) => value.written(),
            Content::Bad(bad) => return Err(self.bad(column, &text, &bad.message)),
        };
        if column != Column::Outcome {
            return Ok(Some(total));
        }
        let mut parts = Vec::new();
        let mut absent = None;
        for (column, word) in [(Column::Men, "män"), (Column::Women, "kvinnor")] {
            let text = self.columns.text(self.row, column);
            match values::outcome(&text) {
                Content::Value(value) => parts.push(format!("{word} {}", value.written())),
                Content::Absent(words) => {
                    absent = words.split(',').next().map(str::to_owned);
                }
                Content::Empty => {}
                Content::Bad(bad) => return Err(self.bad(column, &text, &bad.message)),
            }
        }
        let line = match (parts.is_empty(), absent) {
            (true, Some(words)) => format!("{total} (kön {words})"),
            (true, None) => total.clone(),
            (false, _) => format!("{total} ({})", parts.join(", ")),
        };
        // A measure that cannot hold its parts is held without them.
        Ok(Some(if value::measure(&line).is_ok() { line } else { total }))
    }

    fn place(&self, column: Column) -> trc_sheet::Place {
        let at = self.columns.places.get(&column).copied().unwrap_or_default();
        let head = self.sheet.rows.get(self.columns.below.saturating_sub(1));
        let title = head.map(|row| values::tidy(&row.cell(at).text)).unwrap_or_default();
        place(self.sheet, self.row.number, at, &title)
    }

    fn bad(&self, column: Column, typed: &str, why: &Text) -> DataNote {
        problem::no_value(&self.place(column), typed, why)
    }
}

/// True when two lines give different figures. What is computed, or given in words, is not
/// compared by its figures.
fn contradicts(ours: &str, theirs: &str) -> bool {
    if ours.contains(['{', '[']) {
        return false;
    }
    let plain = |line: &str| line.split_whitespace().collect::<String>().to_lowercase();
    if plain(ours) == plain(theirs) {
        return false;
    }
    match (value::absence(ours), value::absence(theirs)) {
        (Some(a), Some(b)) => a.kind != b.kind,
        (None, None) => match (value::measure(ours), value::measure(theirs)) {
            (Ok(a), Ok(b)) => !agree(&a, &b),
            _ => true,
        },
        _ => true,
    }
}

fn agree(a: &Measure, b: &Measure) -> bool {
    let same = |a: &QuantityKind, b: &QuantityKind| match (a, b) {
        (
            QuantityKind::Number { value: a, unit: u },
            QuantityKind::Number { value: b, unit: v },
        ) => a == b && (u.is_none() || v.is_none() || u == v),
        (a, b) => a == b,
    };
    let parts = |part: &value::Part| {
        let other = b.parts.iter().find(|other| other.gender == part.gender);
        other.is_none_or(|other| same(&part.quantity.kind, &other.quantity.kind))
    };
    same(&a.total.kind, &b.total.kind) && a.parts.iter().all(parts)
}
