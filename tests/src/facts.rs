//! Published facts as cells, and where a printed report has them: the same comparison for
//! page data and for the tags of a PDF.

use std::collections::{BTreeMap, BTreeSet};

use crate::csv::Row;
use crate::printed::{Part, Printed, Table, normalise};
use crate::published::Published;

/// A cell: its table, row and column.
pub type Place = (String, String, String);

/// What stands in each cell.
pub type Cells = BTreeMap<Place, String>;

/// The columns of the indicator table: in the facts, in print. `{}` is the year before.
const INDICATOR_COLUMNS: [(&str, &str); 8] = [
    ("periodens_utfall", "Periodens utfall"),
    ("man_pojkar", "Utfall män/pojkar"),
    ("kvinnor_flickor", "Utfall kvinnor/flickor"),
    ("utfall_vb_prev", "Utfall VB {}"),
    ("prognos_helar", "Prognos helår"),
    ("arsmal", "Årsmål"),
    ("kf_arsmal", "KF:s årsmål"),
    ("period", "Period"),
];

const ACTIVITY_COLUMNS: [(&str, &str); 3] =
    [("start", "Startdatum"), ("end", "Slutdatum"), ("deviation", "Avvikelse")];

/// Columns: in the facts, in print.
type Columns = &'static [(&'static str, &'static str)];

/// The tables of things that belong to goals: in the facts, the head in print, columns.
const OF_GOALS: [(&str, &str, Columns); 2] = [
    ("indicators", "Indikator", &INDICATOR_COLUMNS),
    ("activities", "Aktivitet", &ACTIVITY_COLUMNS),
];

/// What says that an indicator has no value: a blank or a dash as published, words as
/// printed. None is a figure.
const NO_VALUE: [&str; 3] = ["", "-", "Ej mätt"];

/// Every cell that was published, in our words.
pub fn published(facts: &Published) -> Cells {
    let mut cells = Cells::new();
    for goal in facts.rows("goals") {
        cells.insert(place("goals", &goal["id"], "status"), normalise(&goal["status"]));
    }
    for (file, _, columns) in OF_GOALS {
        for row in facts.rows(file) {
            let name = facts.wording(file, &row["name"], "name", &row["name"]);
            for (column, heading) in headings(facts, columns, &row) {
                let value = facts.wording(file, &row["name"], column, &row[column]);
                cells.insert(
                    of_goal(file, &row["goal"], &name, &heading),
                    figure(normalise(&value)),
                );
            }
        }
    }
    for cell in facts.rows("tables") {
        let (table, row, column) = (&cell["table"], &cell["row"], &cell["column"]);
        let heading = facts.wording(table, "", column, column);
        let value = facts.wording(table, row, column, &cell["value"]);
        cells.insert(place(table, row, &heading), normalise(&value));
    }
    for decision in facts.rows("decisions") {
        if !decision["amount"].is_empty() {
            let amount = format!("{} {}", decision["amount"], decision["unit"]);
            let amount = amount.trim_end();
            let amount = facts.wording("decisions", &decision["number"], "amount", amount);
            cells.insert(place("decisions", &decision["number"], "amount"), normalise(&amount));
        }
    }
    for appendix in facts.rows("appendices") {
        cells.insert(
            place("appendices", &appendix["number"], "title"),
            normalise(&appendix["title"]),
        );
    }
    cells
}

/// What a printed report has in the cells of the facts. A cell that is not found says so
/// in its value, which no fact equals.
pub fn printed(facts: &Published, report: &Printed) -> Cells {
    let goals = facts.rows("goals");
    let chapters = chapters(&goals, report);
    let mut cells = Cells::new();
    for goal in &goals {
        let status = chapters.get(&goal["id"]).map_or("no heading", |found| &found.status);
        cells.insert(place("goals", &goal["id"], "status"), status.to_owned());
    }
    for (file, head, columns) in OF_GOALS {
        for row in facts.rows(file) {
            let name = facts.wording(file, &row["name"], "name", &row["name"]);
            let table = chapters.get(&row["goal"]).and_then(|found| found.table(head));
            for (_, heading) in headings(facts, columns, &row) {
                let value = table.map_or_else(
                    || format!("no table of the goal begins with {head}"),
                    |table| cell(table, &name, &heading).unwrap_or_else(|missing| missing),
                );
                cells.insert(of_goal(file, &row["goal"], &name, &heading), figure(value));
            }
        }
    }
    let tables: Vec<&Table> = report.parts.iter().filter_map(Part::table).collect();
    for fact in facts.rows("tables") {
        let (name, row, column) = (&fact["table"], &fact["row"], &fact["column"]);
        let heading = facts.wording(name, "", column, column);
        let title = title_of(facts, name);
        let caption = format!("{title} ({})", fact["unit"]);
        // A table whose rows have units of their own says none beside its title.
        let table = tables.iter().find(|table| table.caption == caption || table.caption == title);
        let value = table.map_or_else(
            || format!("no table has the caption {caption}"),
            |table| cell(table, row, &heading).unwrap_or_else(|missing| missing),
        );
        cells.insert(place(name, row, &heading), value);
    }
    let decisions = facts.rows("decisions");
    let list = report.lists.iter().find(|list| list.len() == decisions.len());
    for (index, decision) in decisions.iter().enumerate() {
        if !decision["amount"].is_empty() {
            let item = list.and_then(|list| list.get(index));
            let value = item.map_or_else(
                || "no such decision".to_owned(),
                |item| amount_in(&item.text, &decision["unit"]),
            );
            cells.insert(place("decisions", &decision["number"], "amount"), value);
        }
    }
    let mut from = 0;
    for appendix in facts.rows("appendices") {
        let title = normalise(&appendix["title"]);
        let found = normalise(&report.text)[from..].find(&title);
        let value = if found.is_some() { title.clone() } else { "does not follow".to_owned() };
        from += found.map_or(0, |at| at + title.len());
        cells.insert(place("appendices", &appendix["number"], "title"), value);
    }
    cells
}

/// True when the same is said: the same words and figures, with or without the unit that a
/// published cell left out and that a declaration gives.
pub fn same(found: &str, published: &str) -> bool {
    let bare = |text: &str| {
        !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | ' ' | '-'))
    };
    found == published
        || bare(published)
            && found.strip_prefix(published).is_some_and(|unit| {
                unit.starts_with(' ') && !unit.contains(|c: char| c.is_ascii_digit())
            })
}

/// How many indicators and activities each goal has, in the facts and in print.
pub fn counts(facts: &Published, report: &Printed) -> Vec<(String, usize, usize)> {
    let goals = facts.rows("goals");
    let chapters = chapters(&goals, report);
    let mut counts = Vec::new();
    for (file, head, _) in OF_GOALS {
        let rows = facts.rows(file);
        for goal in &goals {
            let wanted = rows.iter().filter(|row| row["goal"] == goal["id"]).count();
            let found = chapters.get(&goal["id"]).map_or(0, |found| {
                found.tables.iter().filter(|table| head_of(table) == head).map(names_in).sum()
            });
            counts.push((format!("{file} of goal {}", goal["id"]), wanted, found));
        }
    }
    counts
}

/// The rows of each economy table: what is printed beyond the facts.
pub fn rows_beyond(facts: &Published, report: &Printed) -> BTreeSet<String> {
    let rows = facts.rows("tables");
    let names: BTreeSet<&str> = rows.iter().map(|row| row["table"].as_str()).collect();
    let mut beyond = BTreeSet::new();
    for name in names {
        let known: BTreeSet<String> = rows
            .iter()
            .filter(|row| row["table"] == name)
            .map(|row| normalise(&row["row"]))
            .collect();
        let title = title_of(facts, name);
        let tables = report.parts.iter().filter_map(Part::table);
        for table in tables.filter(|table| table.caption.starts_with(&format!("{title} ("))) {
            for row in table.rows.iter().skip(1) {
                let Some(first) = row.first().filter(|first| first.header) else { continue };
                if !known.contains(&first.text) {
                    beyond.insert(format!("{name}: {}", first.text));
                }
            }
        }
    }
    beyond
}

/// The title under which a table of the facts is printed.
fn title_of(facts: &Published, name: &str) -> String {
    facts.wording(name, "", "title", name)
}

/// The columns that the facts have with their headings in print. A year-end report has no
/// forecast.
fn headings(facts: &Published, columns: Columns, row: &Row) -> Vec<(&'static str, String)> {
    let before = (facts.year - 1).to_string();
    columns
        .iter()
        .filter(|(column, _)| row.contains_key(*column))
        .map(|(column, heading)| (*column, heading.replace("{}", &before)))
        .collect()
}

fn figure(value: String) -> String {
    if NO_VALUE.contains(&value.as_str()) { String::new() } else { value }
}

fn place(table: &str, row: &str, column: &str) -> Place {
    (table.to_owned(), normalise(row), normalise(column))
}

fn of_goal(table: &str, goal: &str, name: &str, column: &str) -> Place {
    place(table, &format!("{goal} {name}"), column)
}

/// What stands between a goal's heading and the next.
#[derive(Default)]
struct Chapter {
    status: String,
    tables: Vec<Table>,
}

impl Chapter {
    /// The table whose first column has this heading.
    fn table(&self, head: &str) -> Option<&Table> {
        self.tables.iter().find(|table| head_of(table) == head)
    }
}

fn chapters(goals: &[Row], report: &Printed) -> BTreeMap<String, Chapter> {
    let mut chapters: BTreeMap<String, Chapter> = BTreeMap::new();
    let mut current: Option<(String, usize)> = None;
    for part in &report.parts {
        match part {
            Part::Heading(heading) => {
                if let Some(goal) = goals.iter().find(|goal| is_heading_of(&heading.text, goal)) {
                    let chapter = chapters.entry(goal["id"].clone()).or_default();
                    chapter.status = status_in(&heading.text).unwrap_or_default();
                    current = Some((goal["id"].clone(), heading.level));
                } else if current.as_ref().is_some_and(|(_, level)| heading.level < *level) {
                    current = None;
                }
            }
            Part::Text(text) => {
                let Some((id, _)) = &current else { continue };
                let chapter = chapters.entry(id.clone()).or_default();
                if chapter.status.is_empty() {
                    chapter.status = status_in(text).unwrap_or_default();
                }
            }
            Part::Table(table) => {
                if let Some((id, _)) = &current {
                    chapters.entry(id.clone()).or_default().tables.push(table.clone());
                }
            }
        }
    }
    chapters
}

/// A goal's heading has a label, its number and title; an overall goal's number takes a
/// dot. Elsewhere, as in the summary, the number may stand without the label.
fn is_heading_of(text: &str, goal: &Row) -> bool {
    let title = normalise(&goal["title"]);
    let text = status_in(text).map_or(text, |status| text.trim_end_matches(&status)).trim_end();
    let mut wanted = vec![format!("{} {title}", goal["id"]), format!("{}. {title}", goal["id"])];
    // A unit's goal has no number.
    if goal["id"] == goal["title"] {
        wanted = vec![title];
    }
    wanted.iter().any(|wanted| {
        text.strip_suffix(wanted.as_str()).is_some_and(|label| label.trim_end().ends_with(':'))
    })
}

fn status_in(text: &str) -> Option<String> {
    ["Uppfylls helt", "Uppfylls delvis", "Uppfylls inte", "Inga data"]
        .iter()
        .find(|word| text.ends_with(*word))
        .map(|word| (*word).to_owned())
}

fn head_of(table: &Table) -> &str {
    table.rows.first().and_then(|row| row.first()).map_or("", |cell| &cell.text)
}

/// How many things a table names: rows that begin with a header cell, less the head.
fn names_in(table: &Table) -> usize {
    table.rows.iter().skip(1).filter(|row| row.first().is_some_and(|cell| cell.header)).count()
}

/// The text of the data cell in the row and column with these header cells.
fn cell(table: &Table, row: &str, column: &str) -> Result<String, String> {
    let head = table.rows.first().ok_or("an empty table")?;
    let column = normalise(column);
    let column = head.iter().position(|cell| cell.header && cell.text == column);
    let column = column.ok_or_else(|| {
        let known: Vec<&str> = head.iter().map(|cell| cell.text.as_str()).collect();
        format!("no such column among {known:?}")
    })?;
    let rows = &table.rows;
    let named = |wanted: &str, from: usize| {
        let wanted = normalise(wanted);
        let wanted = wanted.trim_end_matches(':').to_owned();
        (from..rows.len()).filter(move |at| {
            rows[*at].first().is_some_and(|cell| cell.header && cell.text == wanted)
        })
    };
    let (from, row) = match row.split_once(": ") {
        // A row of a group is told by both names.
        Some((group, row)) if named(group, 1).next().is_some() => {
            (named(group, 1).next().unwrap_or_default(), row)
        }
        _ => (0, row),
    };
    let mut found = named(row, from.max(1));
    let at = found.next().ok_or("no such row")?;
    if from == 0 && found.next().is_some() {
        return Err("two such rows".to_owned());
    }
    let found = &rows[at];
    let cell = found.get(column).ok_or("the row is too short")?;
    if cell.header {
        return Err("a header cell in the place of a value".to_owned());
    }
    Ok(cell.text.clone())
}

/// The first amount in a sentence: the figures before the unit. Without a unit, the
/// sentence's first figures.
fn amount_in(text: &str, unit: &str) -> String {
    let is_figure = |word: &str| {
        !word.is_empty() && word.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '-'))
    };
    let mut figures: Vec<&str> = Vec::new();
    for word in text.split(' ').map(|word| word.trim_end_matches([',', '.'])) {
        if is_figure(word) {
            figures.push(word);
        } else if !figures.is_empty() && (word == unit || unit.is_empty()) {
            break;
        } else {
            figures.clear();
        }
    }
    if figures.is_empty() {
        return format!("no amount in {text}");
    }
    format!("{} {unit}", figures.join(" ")).trim_end().to_owned()
}
