//! The example's PDF against the published report: every goal, every value of every
//! indicator, every activity and every figure of the economy, each found through the tag
//! tree in the cell of its row and column.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::expect_used,
    clippy::string_slice
)]

use std::collections::BTreeMap;
use std::sync::LazyLock;

use tests::csv::Row;
use tests::example;
use tests::published::Published;
use tests::tag_tree::{self, Element, Part, Table, normalise};

static TREE: LazyLock<Element> = LazyLock::new(|| tag_tree::read(example::pdf()));

/// The columns of the indicator table: in the facts, in print.
const INDICATOR_COLUMNS: [(&str, &str); 8] = [
    ("periodens_utfall", "Periodens utfall"),
    ("man_pojkar", "Utfall män/pojkar"),
    ("kvinnor_flickor", "Utfall kvinnor/flickor"),
    ("utfall_vb_prev", "Utfall VB 2024"),
    ("prognos_helar", "Prognos helår"),
    ("arsmal", "Årsmål"),
    ("kf_arsmal", "KF:s årsmål"),
    ("period", "Period"),
];

const ACTIVITY_COLUMNS: [(&str, &str); 3] =
    [("start", "Startdatum"), ("end", "Slutdatum"), ("deviation", "Avvikelse")];

/// The economy tables: in the facts, their titles in print.
const ECONOMY: [(&str, &str); 6] = [
    ("driftbudget", "Driftbudget"),
    ("beviljade_drift", "Beviljade budgetjusteringar drift"),
    ("verksamhetsområden", "Avvikelse per verksamhetsområde"),
    ("resultatenheter", "Resultatenheter"),
    ("beviljade_investeringar", "Beviljade budgetjusteringar investeringar"),
    ("investeringar", "Investeringar"),
];

#[test]
fn every_goal_stands_under_its_number_with_its_status() {
    let published = Published::open("000");
    let chapter = chapter(&published);
    for goal in published.rows("goals") {
        let found = &chapter[goal["id"].as_str()];
        assert_eq!(found.status, goal["status"], "the status of goal {}", goal["id"]);
    }
}

#[test]
fn every_indicator_has_its_values_in_their_columns() {
    let published = Published::open("000");
    let chapter = chapter(&published);
    let mut wrong = Vec::new();
    for row in published.rows("indicators") {
        let goal = &chapter[row["goal"].as_str()];
        let table = goal.table("Indikator");
        compare(&published, "indicators", table, &row, &INDICATOR_COLUMNS, &mut wrong);
    }
    published.assert_every_correction_used(&["indicators"]);
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn no_goal_has_indicators_or_activities_beyond_the_published() {
    let published = Published::open("000");
    let chapter = chapter(&published);
    for (file, head) in [("indicators", "Indikator"), ("activities", "Aktivitet")] {
        let mut wanted: BTreeMap<String, usize> = BTreeMap::new();
        for row in published.rows(file) {
            *wanted.entry(row["goal"].clone()).or_default() += 1;
        }
        for (goal, found) in &chapter {
            let names = found
                .tables
                .iter()
                .filter(|table| head_of(table) == head)
                .map(names_in)
                .sum::<usize>();
            assert_eq!(
                names,
                wanted.get(*goal).copied().unwrap_or_default(),
                "{file} of goal {goal}"
            );
        }
    }
}

#[test]
fn every_activity_has_its_dates_in_their_columns() {
    let published = Published::open("000");
    let chapter = chapter(&published);
    let mut wrong = Vec::new();
    for row in published.rows("activities") {
        let table = chapter[row["goal"].as_str()].table("Aktivitet");
        compare(&published, "activities", table, &row, &ACTIVITY_COLUMNS, &mut wrong);
    }
    published.assert_every_correction_used(&["activities"]);
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_figure_of_the_economy_stands_in_its_cell() {
    let published = Published::open("000");
    let tables = TREE.tables();
    let mut wrong = Vec::new();
    for fact in published.rows("tables") {
        let name = fact["table"].as_str();
        let (_, title) = ECONOMY.iter().find(|(fact_name, _)| *fact_name == name).unwrap();
        let caption = format!("{title} ({})", fact["unit"]);
        let table = tables.iter().find(|table| table.caption == caption);
        let table = table.unwrap_or_else(|| panic!("no table has the caption {caption}"));
        let heading = published.expected(name, "", &fact["column"], &fact["column"]);
        let expected = published.expected(name, &fact["row"], &fact["column"], &fact["value"]);
        report(
            cell(table, &fact["row"], &heading),
            &expected,
            &format!("{name}: {}, {heading}", fact["row"]),
            &mut wrong,
        );
    }
    let names: Vec<&str> = ECONOMY.iter().map(|(name, _)| *name).collect();
    published.assert_every_correction_used(&names);
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_decision_names_its_amount() {
    let published = Published::open("000");
    let lists = TREE.lists();
    let decisions = published.rows("decisions");
    let list =
        lists.iter().find(|list| list.len() == decisions.len()).expect("the list of decisions");
    for (item, decision) in list.iter().zip(&decisions) {
        assert_eq!(item.label.trim_end_matches('.'), decision["number"]);
        if decision["amount"].is_empty() {
            continue;
        }
        // The table that a sum comes from has one decimal, and so has the sentence.
        let amount =
            decision["amount"].clone() + if decision["amount"].contains(',') { "" } else { ",0" };
        let amount = format!("{amount} {}", decision["unit"]);
        assert!(
            item.text.contains(&amount),
            "decision {} says {amount}: {}",
            item.label,
            item.text
        );
    }
}

#[test]
fn every_appendix_is_listed_in_order() {
    let published = Published::open("000");
    let whole = TREE.text();
    let mut from = 0;
    for appendix in published.rows("appendices") {
        let title = normalise(&appendix["title"]);
        let found = whole[from..]
            .find(&title)
            .unwrap_or_else(|| panic!("appendix {} does not follow", appendix["number"]));
        from += found + title.len();
    }
}

/// A correction of a table that no test reads would never be missed.
#[test]
fn every_correction_is_of_a_table_that_is_compared() {
    let published = Published::open("000");
    for table in published.corrected_tables() {
        let known = ["indicators", "activities"].contains(&table)
            || ECONOMY.iter().any(|(name, _)| *name == table);
        assert!(known, "{table} is not compared");
    }
}

// Finding things.

/// What stands between a goal's heading and the next.
#[derive(Default)]
struct Found {
    status: String,
    tables: Vec<Table>,
}

impl Found {
    /// The table whose first column has this heading.
    fn table(&self, head: &str) -> &Table {
        self.tables
            .iter()
            .find(|table| head_of(table) == head)
            .unwrap_or_else(|| panic!("no table begins with {head}"))
    }
}

/// The goals of the facts, by number, each with what the PDF has under its heading.
fn chapter(published: &Published) -> BTreeMap<&'static str, Found> {
    let goals = published.rows("goals");
    let mut chapter: BTreeMap<&'static str, Found> = BTreeMap::new();
    let mut current = None;
    for part in TREE.parts() {
        match part {
            Part::Heading(heading) => {
                let goal = goals.iter().find(|goal| is_heading_of(&heading.text, goal));
                if let Some(goal) = goal {
                    let id: &'static str = goal["id"].clone().leak();
                    let level = heading.level;
                    assert!(
                        chapter.insert(id, Found::default()).is_none(),
                        "goal {id} has two headings"
                    );
                    current = Some((id, level));
                    if let Some(status) = status_in(&heading.text) {
                        chapter.get_mut(id).unwrap().status = status;
                    }
                } else if current.is_some_and(|(_, level)| heading.level < level) {
                    current = None;
                }
            }
            Part::Text(text) => {
                let Some((id, _)) = current else { continue };
                let found = chapter.get_mut(id).unwrap();
                if found.status.is_empty() {
                    found.status = status_in(&text).unwrap_or_default();
                }
            }
            Part::Table(table) => {
                if let Some((id, _)) = current {
                    chapter.get_mut(id).unwrap().tables.push(table);
                }
            }
        }
    }
    for goal in &goals {
        assert!(
            chapter.contains_key(goal["id"].as_str()),
            "no heading of goal {} {}",
            goal["id"],
            goal["title"]
        );
    }
    chapter
}

/// A goal's heading has its number and title; an overall goal's number takes a dot.
fn is_heading_of(text: &str, goal: &Row) -> bool {
    let title = normalise(&goal["title"]);
    let text = status_in(text).map_or(text, |status| text.trim_end_matches(&status)).trim_end();
    [format!("{} {title}", goal["id"]), format!("{}. {title}", goal["id"])].iter().any(|wanted| {
        text.strip_suffix(wanted.as_str())
            .is_some_and(|before| !before.ends_with(|c: char| c.is_ascii_digit() || c == '.'))
    })
}

fn status_in(text: &str) -> Option<String> {
    ["Uppfylls helt", "Uppfylls delvis", "Uppfylls inte"]
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

fn compare(
    published: &Published,
    file: &str,
    table: &Table,
    row: &Row,
    columns: &[(&str, &str)],
    wrong: &mut Vec<String>,
) {
    let name = published.expected(file, &row["name"], "name", &row["name"]);
    for (column, heading) in columns {
        let expected = published.expected(file, &row["name"], column, &row[*column]);
        report(cell(table, &name, heading), &expected, &format!("{name}, {heading}"), wrong);
    }
}

fn report(found: Result<String, String>, expected: &str, place: &str, wrong: &mut Vec<String>) {
    match found {
        Ok(found) if found == normalise(expected) => {}
        Ok(found) => wrong.push(format!("{place}: “{found}” instead of “{expected}”")),
        Err(missing) => wrong.push(format!("{place}: {missing}")),
    }
}

/// The text of the data cell in the row and column with these header cells.
fn cell(table: &Table, row: &str, column: &str) -> Result<String, String> {
    let head = table.rows.first().ok_or("an empty table")?;
    let column = head.iter().position(|cell| cell.header && cell.text == column);
    let column = column.ok_or_else(|| {
        format!("no such column among {:?}", head.iter().map(|cell| &cell.text).collect::<Vec<_>>())
    })?;
    let wanted = normalise(row);
    let mut rows = table
        .rows
        .iter()
        .filter(|row| row.first().is_some_and(|cell| cell.header && cell.text == wanted));
    let found = rows.next().ok_or("no such row")?;
    if rows.next().is_some() {
        return Err("two such rows".to_owned());
    }
    let cell = found.get(column).ok_or("the row is too short")?;
    if cell.header {
        Err("a header cell in the place of a value".to_owned())
    } else {
        Ok(cell.text.clone())
    }
}
