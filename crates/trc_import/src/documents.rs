//! The documents: what goes into the budget, the plan, the report and last year's.

use std::collections::BTreeMap;

use trc_base::{Severity, text};
use trc_syntax::ast::Item as Parsed;
use trc_syntax::is_structural;
use trc_syntax::name::from_label;
use trc_syntax::value;

use crate::fields::Field;
use crate::goal::Key;
use crate::import::{Document, Options, file_names};
use crate::known::Known;
use crate::records::{Activity, Figure, GoalRow, Indicator, Records};
use trc_sheet::{Note, Place, Unreadable};

/// Everything that is known when writing begins.
pub(crate) struct Plan<'p> {
    pub options: &'p Options,
    pub known: &'p Known,
    /// Whose council decides the budget.
    pub parent: Option<String>,
    pub goals: BTreeMap<Key, Entry>,
    pub indicator_names: Vec<String>,
    pub activity_names: Vec<String>,
    /// False for what a budget or plan of the year declares already.
    pub new_indicators: Vec<bool>,
    pub new_activities: Vec<bool>,
    pub indicators_of: BTreeMap<Option<Key>, Vec<usize>>,
    pub activities_of: BTreeMap<Option<Key>, Vec<usize>>,
    pub records: &'p Records,
}

/// A goal that a sheet names.
#[derive(Debug, Clone, Default)]
pub(crate) struct Entry {
    pub title: Option<String>,
    pub under: Option<Key>,
    /// Its row among the goals, if it has one.
    pub row: Option<usize>,
}

/// One thing in a block.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Item {
    Line(String),
    Passage { name: &'static str, text: String },
    Block { head: String, items: Vec<Item> },
}

impl Plan<'_> {
    pub fn indicator_name(&self, index: usize) -> &str {
        self.indicator_names.get(index).map_or("", String::as_str)
    }

    /// The indicators that no budget or plan of the year declares.
    pub fn new_indicators(&self) -> impl Iterator<Item = (usize, &Indicator)> {
        let new = self.new_indicators.iter();
        self.records
            .indicators
            .iter()
            .zip(new)
            .enumerate()
            .filter(|(_, (_, new))| **new)
            .map(|(index, (it, _))| (index, it))
    }

    fn indicators_of(&self, goal: Option<&Key>) -> impl Iterator<Item = (usize, &Indicator)> {
        let of_goal = self.indicators_of.get(&goal.cloned()).into_iter().flatten();
        of_goal.filter_map(|index| Some((*index, self.records.indicators.get(*index)?)))
    }

    fn activities_of(&self, goal: Option<&Key>) -> impl Iterator<Item = (usize, &Activity)> {
        let of_goal = self.activities_of.get(&goal.cloned()).into_iter().flatten();
        of_goal.filter_map(|index| Some((*index, self.records.activities.get(*index)?)))
    }

    /// True for an indicator that the budget declares: the council has set its target.
    pub fn in_budget(&self, indicator: &Indicator) -> bool {
        let of_council = indicator.goal.as_ref().is_some_and(|goal| self.is_councils(&goal.key));
        of_council && indicator.values.contains_key(&Field::CouncilTarget)
    }

    fn goal_row(&self, key: &Key) -> Option<&GoalRow> {
        self.goals.get(key)?.row.and_then(|index| self.records.goals.get(index))
    }

    /// True for a goal that the council has set: its level says so, or its number.
    fn is_councils(&self, key: &Key) -> bool {
        if self.parent.is_none() {
            return false;
        }
        let level = self.goal_row(key).map(|row| row.level.to_lowercase()).unwrap_or_default();
        if ["nämnd", "enhet", "bolag", "förvaltning", "avdelning"]
            .iter()
            .any(|word| level.contains(word))
        {
            return false;
        }
        if ["kf", "inriktning", "verksamhetsområde", "fullmäktige"]
            .iter()
            .any(|word| level.contains(word))
        {
            return true;
        }
        key.depth() <= 2
    }
}

/// Writes every document that has anything in it, and counts the tables.
pub(crate) fn write(
    plan: &Plan<'_>,
    notes: &mut Vec<Note>,
) -> Result<(Vec<Document>, usize), Unreadable> {
    let options = plan.options;
    let (year, owner) = (options.year, &options.owner);
    let [organisation_name, budget_name, plan_name, report_name, last_name] = file_names(options);
    let mut documents = Vec::new();
    let mut add = |name: String, head: String, items: Vec<Item>| -> Result<(), Unreadable> {
        if !items.is_empty() {
            documents.push(Document { text: printed(&name, &head, &items)?, name });
        }
        Ok(())
    };
    let mut titles = Titles { notes };
    let mut budget = Vec::new();
    let mut own = Vec::new();
    let mut report = Vec::new();
    for key in plan.goals.keys() {
        budget.extend(goal_in_plan(plan, key, true, &mut titles));
        own.extend(goal_in_plan(plan, key, false, &mut titles));
        report.extend(goal_in_report(plan, key, &mut titles));
    }
    own.extend(declarations(plan, None, false, &mut titles));
    report.extend(follow_ups(plan, None, &mut titles));
    let (tables, count) = tables(&plan.records.figures, titles.notes);
    report.extend(tables);
    let last = last_year(plan, titles.notes);

    let anything = [&budget, &own, &report, &last].iter().any(|items| !items.is_empty());
    if anything && !plan.known.has_unit(owner) {
        let parent = plan.parent.as_deref().unwrap_or(owner);
        let unit = Item::Block {
            head: format!("nämnd {owner} \"{}\"", readable(owner)),
            items: Vec::new(),
        };
        add(
            organisation_name,
            format!("organisation {parent} \"{}\" {{", readable(parent)),
            vec![unit],
        )?;
        titles.notes.push(new_organisation(plan));
    }
    if let Some(parent) = &plan.parent {
        add(budget_name, format!("budget {year} för {parent}"), budget)?;
    }
    add(plan_name, format!("verksamhetsplan {year} för {owner}"), own)?;
    let head = format!("rapport {} {year} för {owner}", options.period);
    // A report that is there already has said what phase it is in.
    let phase =
        if plan.known.has_report(&options.period, year, owner) { "" } else { "\nfas: utkast" };
    add(report_name, format!("{head}{phase}"), report)?;
    let before = year.saturating_sub(1);
    add(last_name, format!("rapport VB {before} för {owner}\nomfattning: endast utfall"), last)?;
    Ok((documents, count))
}

fn new_organisation(plan: &Plan<'_>) -> Note {
    let first = plan.records.indicators.first().map(|it| &it.place);
    let first = first.or_else(|| plan.records.activities.first().map(|it| &it.place));
    let first = first.or_else(|| plan.records.goals.first().map(|it| &it.place));
    let first = first.or_else(|| plan.records.figures.first().map(|it| &it.place));
    let place = first.map_or_else(
        || Place { file: "".into(), sheet: None, row: None, column: None },
        |place| Place { row: None, column: None, ..place.clone() },
    );
    let (owner, parent) = (&plan.options.owner, plan.parent.as_deref().unwrap_or_default());
    Note {
        severity: Severity::Info,
        id: "import-organisation",
        place,
        message: text!(
            sv: "Ingen organisation nämner {owner}, så organisation.tr är skriven med {owner} som nämnd under {parent}.",
            en: "No organisation names {owner}, so organisation.tr was written with {owner} as a nämnd under {parent}.",
        ),
        help: text!(
            sv: "Skriv de riktiga namnen i organisation.tr. Vad kommunen ska heta i filerna anges med --parent.",
            en: "Write the real names into organisation.tr. What the municipality is called in the files is given with --parent.",
        ),
    }
}

/// A goal as budget or plan declares it, or as the plan refines it.
fn goal_in_plan(plan: &Plan<'_>, key: &Key, budget: bool, titles: &mut Titles<'_>) -> Option<Item> {
    let entry = plan.goals.get(key)?;
    let declares_here =
        plan.is_councils(key) == budget && !plan.known.has_goal(key.as_str(), plan.options.year);
    let mut items = Vec::new();
    let mut head = format!("mål {}", key.as_str());
    if declares_here {
        let title = entry.title.clone().unwrap_or_else(|| format!("Mål {}", key.as_str()));
        let row = plan.goal_row(key);
        let place = row.map(|row| row.place.clone());
        head = format!("{head} \"{}\"", titles.safe(&title, place.as_ref()));
        if let Some(under) = &entry.under {
            items.push(Item::Line(format!("under: {}", under.as_str())));
        }
        if let Some(row) = row {
            if !row.responsible.is_empty() {
                items.push(line("ansvarig", &row.responsible));
            }
            for (name, text) in &row.passages {
                if matches!(*name, "beskrivning" | "förväntat resultat") {
                    items.push(Item::Passage { name, text: prose(text) });
                }
            }
        }
    }
    items.extend(declarations(plan, Some(key), budget, titles));
    (declares_here || !items.is_empty()).then_some(Item::Block { head, items })
}

/// The indicators and activities of a goal that a document declares or refines.
fn declarations(
    plan: &Plan<'_>,
    goal: Option<&Key>,
    budget: bool,
    titles: &mut Titles<'_>,
) -> Vec<Item> {
    let mut items = Vec::new();
    for (index, indicator) in plan.indicators_of(goal) {
        if plan.new_indicators.get(index) != Some(&true) {
            continue;
        }
        let name = plan.indicator_name(index);
        let in_budget = plan.in_budget(indicator);
        if in_budget == budget {
            let title = titles.safe(&indicator.title, Some(&indicator.place));
            let head = format!("indikator {name} \"{title}\"");
            let target = if budget { Field::CouncilTarget } else { Field::Target };
            items.push(Item::Block { head, items: declaration(indicator, target) });
        } else if in_budget && !budget {
            let own = written(indicator, Field::Target);
            if let Some(own) =
                own.filter(|own| Some(own) != written(indicator, Field::CouncilTarget).as_ref())
            {
                let items_ = vec![Item::Line(format!("årsmål: {own}"))];
                items.push(Item::Block { head: format!("indikator {name}"), items: items_ });
            }
        }
    }
    for (index, activity) in plan.activities_of(goal) {
        if plan.new_activities.get(index) != Some(&true) {
            continue;
        }
        // An activity under one of the council's goals is the council's.
        let councils = goal.is_some_and(|key| plan.is_councils(key));
        if councils == budget {
            let name = plan.activity_names.get(index).map_or("", String::as_str);
            let title = titles.safe(&activity.title, Some(&activity.place));
            let head = format!("aktivitet {name} \"{title}\"");
            items.push(Item::Block { head, items: activity_fields(activity, plan.options.year) });
        }
    }
    items
}

fn declaration(indicator: &Indicator, target: Field) -> Vec<Item> {
    let mut items = Vec::new();
    if let Some(unit) = &indicator.unit {
        items.push(Item::Line(format!("mäts i: {unit}")));
    }
    items.push(Item::Line(match indicator.direction {
        Some(direction) => format!("riktning: {direction}"),
        // Nobody but the writer knows; a guess would decide which targets are missed.
        None => "// riktning: högre är bättre eller lägre är bättre".to_owned(),
    }));
    if let Some(due) = indicator.due {
        items.push(Item::Line(format!("redovisas: {due}")));
    }
    if !indicator.responsible.is_empty() {
        items.push(line("ansvarig", &indicator.responsible));
    }
    if let Some(target) = written(indicator, target) {
        items.push(Item::Line(format!("årsmål: {target}")));
    }
    items
}

fn activity_fields(activity: &Activity, year: u16) -> Vec<Item> {
    let mut items = Vec::new();
    // The whole year is what is meant when nothing is said.
    let is_day = |date: &trc_base::Date, month, day| {
        (date.year(), date.month(), date.day()) == (year, month, day)
    };
    if let Some(start) = activity.start.filter(|date| !is_day(date, 1, 1)) {
        items.push(Item::Line(format!("start: {start}")));
    }
    if let Some(end) = activity.end.filter(|date| !is_day(date, 12, 31)) {
        items.push(Item::Line(format!("slut: {end}")));
    }
    if !activity.tag.is_empty() {
        items.push(line("tagg", &activity.tag));
    }
    if !activity.responsible.is_empty() {
        items.push(line("ansvarig", &activity.responsible));
    }
    items
}

/// A goal as the report follows it up.
fn goal_in_report(plan: &Plan<'_>, key: &Key, titles: &mut Titles<'_>) -> Option<Item> {
    let mut items = Vec::new();
    if let Some(row) = plan.goal_row(key) {
        items.extend(status(row, titles.notes));
        for (name, text) in &row.passages {
            if matches!(*name, "analys" | "goda exempel") {
                items.push(Item::Passage { name, text: prose(text) });
            }
        }
    }
    items.extend(follow_ups(plan, Some(key), titles));
    (!items.is_empty()).then(|| Item::Block { head: format!("mål {}", key.as_str()), items })
}

/// The words of the scale that is built in. An organisation may have others; the check
/// of the report knows.
const STATUSES: [&str; 3] = ["uppfylls helt", "uppfylls delvis", "uppfylls inte"];

fn status(row: &GoalRow, notes: &mut Vec<Note>) -> Option<Item> {
    let typed = row.status.to_lowercase();
    if matches!(typed.as_str(), "" | "-" | "—" | "–" | "inga data" | "ej bedömd") {
        return None;
    }
    if typed.contains(['{', '}']) || typed.contains("//") {
        return None;
    }
    if !STATUSES.contains(&typed.as_str()) {
        notes.push(Note {
            severity: Severity::Warning,
            id: "import-status",
            place: row.place.clone(),
            message: text!(
                sv: "Statusen ”{typed}” är inget av de ord som följer med programmet. Den är med som den står.",
                en: "The status “{typed}” is none of the words that come with the program. It was kept as it stands.",
            ),
            help: text!(
                sv: "Skriv uppfylls helt, uppfylls delvis eller uppfylls inte, eller lägg till en egen skala i mallarna.",
                en: "Write uppfylls helt, uppfylls delvis or uppfylls inte, or add a scale of your own to the mallar.",
            ),
        });
    }
    Some(Item::Line(format!("status: {typed}")))
}

/// The follow-ups of the indicators and activities of a goal.
fn follow_ups(plan: &Plan<'_>, goal: Option<&Key>, titles: &mut Titles<'_>) -> Vec<Item> {
    let mut items = Vec::new();
    for (index, indicator) in plan.indicators_of(goal) {
        let mut fields = Vec::new();
        fields.extend(
            outcome(indicator, titles.notes).map(|text| Item::Line(format!("utfall: {text}"))),
        );
        fields.extend(
            written(indicator, Field::Forecast).map(|text| Item::Line(format!("prognos: {text}"))),
        );
        if !indicator.analysis.is_empty() {
            fields.push(Item::Passage { name: "analys", text: prose(&indicator.analysis) });
        }
        if !fields.is_empty() {
            items.push(Item::Block {
                head: format!("indikator {}", plan.indicator_name(index)),
                items: fields,
            });
        }
    }
    for (index, activity) in plan.activities_of(goal) {
        let mut fields = Vec::new();
        fields.extend(activity.state.as_ref().map(|state| Item::Line(format!("läge: {state}"))));
        if !activity.analysis.is_empty() {
            fields.push(Item::Passage { name: "analys", text: prose(&activity.analysis) });
        }
        if !fields.is_empty() {
            let name = plan.activity_names.get(index).map_or("", String::as_str);
            items.push(Item::Block { head: format!("aktivitet {name}"), items: fields });
        }
    }
    items
}

/// The outcome with the genders' values.
fn outcome(indicator: &Indicator, notes: &mut Vec<Note>) -> Option<String> {
    let parts: Vec<(Field, &str, String, &Place)> =
        [(Field::Men, "män"), (Field::Women, "kvinnor")]
            .into_iter()
            .filter_map(|(field, word)| {
                let given = indicator.values.get(&field)?;
                Some((field, word, given.value.as_ref().ok()?.written(), &given.place))
            })
            .collect();
    let total = indicator.values.get(&Field::Outcome);
    let text = match total.map(|given| &given.value) {
        Some(Ok(value)) => value.written(),
        Some(Err(absence)) if parts.is_empty() => return Some(absence.clone()),
        _ => {
            for (_, _, value, place) in &parts {
                notes.push(no_total((*place).clone(), value));
            }
            return None;
        }
    };
    if parts.is_empty() {
        return Some(text);
    }
    let list: Vec<String> =
        parts.iter().map(|(_, word, value, _)| format!("{word} {value}")).collect();
    let whole = format!("{text} ({})", list.join(", "));
    if value::measure(&whole).is_ok() {
        return Some(whole);
    }
    for (_, _, value, place) in &parts {
        notes.push(no_total((*place).clone(), value));
    }
    Some(text)
}

fn no_total(place: Place, value: &str) -> Note {
    Note {
        severity: Severity::Error,
        id: "import-no-total",
        place,
        message: text!(
            sv: "Könets värde {value} står utan ett utfall för alla, och är inte med.",
            en: "The gender's value {value} stands without an outcome for all, and was left out.",
        ),
        help: text!(
            sv: "Fyll i periodens utfall i kalkylbladet, eller skriv båda i rapporten: utfall: 8 % (män 7 %, kvinnor 9 %).",
            en: "Fill in the period's outcome in the sheet, or write both into the report: utfall: 8 % (män 7 %, kvinnor 9 %).",
        ),
    }
}

/// Last year's outcomes, unless the workspace has them.
fn last_year(plan: &Plan<'_>, notes: &mut Vec<Note>) -> Vec<Item> {
    let before = plan.options.year.saturating_sub(1);
    let with: Vec<(usize, &Indicator, String)> = plan
        .records
        .indicators
        .iter()
        .enumerate()
        .filter_map(|(index, it)| Some((index, it, written(it, Field::Previous)?)))
        .collect();
    let Some((_, first, _)) = with.first() else { return Vec::new() };
    if plan.known.has_report("VB", before, &plan.options.owner) {
        notes.push(Note {
            severity: Severity::Info,
            id: "import-last-year",
            place: Place { row: None, column: None, ..first.place.clone() },
            message: text!(
                sv: "Arbetsytan har redan VB {before}, så utfallen i kolumnen för föregående år är inte skrivna.",
                en: "The workspace has VB {before} already, so the outcomes in last year's column were not written.",
            ),
            help: text!(
                sv: "Saknas någon där: lägg till den i den filen.",
                en: "If one is missing there, add it to that file.",
            ),
        });
        return Vec::new();
    }
    with.into_iter()
        .map(|(index, _, value)| Item::Block {
            head: format!("indikator {}", plan.indicator_name(index)),
            items: vec![Item::Line(format!("utfall: {value}"))],
        })
        .collect()
}

/// The value of a field as it is written, or the reason why there is none.
fn written(indicator: &Indicator, field: Field) -> Option<String> {
    let given = indicator.values.get(&field)?;
    Some(match &given.value {
        Ok(value) => value.written(),
        Err(absence) => absence.clone(),
    })
}

/// The name of a table.
pub(crate) fn table_name(label: &str) -> String {
    let name = from_label(label);
    // A name may begin with a digit only after a dot.
    let begins = name.starts_with(char::is_alphabetic);
    if begins && !is_structural(&name) { name } else { format!("tabell_{name}") }
}

/// One table of the figures with one name.
#[derive(Default)]
struct Table<'f> {
    label: &'f str,
    columns: Vec<&'f str>,
    rows: Vec<TableRow<'f>>,
    unit: Option<&'f str>,
    mixed: bool,
}

/// A row: its label, its figures by column, and the column of the last one.
struct TableRow<'f> {
    label: &'f str,
    cells: BTreeMap<&'f str, &'f str>,
    last: &'f str,
}

fn tables(figures: &[Figure], notes: &mut Vec<Note>) -> (Vec<Item>, usize) {
    let mut tables: Vec<Table<'_>> = Vec::new();
    for figure in figures {
        let at = match tables.iter().position(|table| table.label == figure.table) {
            Some(at) => at,
            None => {
                let unit = Some(figure.unit.as_str()).filter(|unit| !unit.is_empty());
                tables.push(Table { label: &figure.table, unit, ..Table::default() });
                tables.len() - 1
            }
        };
        let Some(table) = tables.get_mut(at) else { continue };
        if figure.column.is_empty() {
            let label = figure.row.as_str();
            table.rows.push(TableRow { label, cells: BTreeMap::new(), last: "" });
            continue;
        }
        table.mixed |= table.unit.unwrap_or_default() != figure.unit;
        // A label may stand twice in one table; the figures of the second begin a row.
        let same = |row: &TableRow<'_>| row.label == figure.row && !row.cells.is_empty();
        let at = table.rows.iter().rposition(same);
        let filled = |row: &TableRow<'_>| row.cells.contains_key(without_legend(&figure.column).0);
        let repeated = at.and_then(|at| table.rows.get(at)).is_some_and(filled);
        if repeated {
            notes.push(repeated_label(figure));
        }
        let at = at.filter(|_| !repeated).unwrap_or_else(|| {
            let label = figure.row.as_str();
            table.rows.push(TableRow { label, cells: BTreeMap::new(), last: "" });
            table.rows.len() - 1
        });
        let Some(row) = table.rows.get_mut(at) else { continue };
        let (column, legend) = without_legend(&figure.column);
        if legend && !table.columns.contains(&column) {
            notes.push(legend_left_out(figure, column));
        }
        // A column that only some rows have stands after the one before it in its row.
        if !table.columns.contains(&column) {
            let after = table.columns.iter().position(|column| *column == row.last);
            let place = after.map_or(table.columns.len(), |after| after + 1);
            table.columns.insert(place, column);
        }
        row.cells.insert(column, &figure.value);
        row.last = column;
    }
    let count = tables.len();
    (tables.iter().map(table_item).collect(), count)
}

/// A head without "Överskott (-) Underskott (+)" at its end, and whether that stood there.
/// What the signs mean is a setting of the column, and no part of its name.
fn without_legend(head: &str) -> (&str, bool) {
    for legend in ["Överskott (-) Underskott (+)", "Överskott (+) Underskott (-)"] {
        if let Some(before) = head.strip_suffix(legend).map(str::trim_end)
            && !before.is_empty()
        {
            return (before, true);
        }
    }
    (head, false)
}

fn legend_left_out(figure: &Figure, column: &str) -> Note {
    let minus = figure.column.contains("Överskott (-)");
    let sign = if minus { "minus" } else { "plus" };
    let name = from_label(column);
    Note {
        severity: Severity::Warning,
        id: "import-legend",
        place: figure.place.clone(),
        message: text!(
            sv: "Kolumnen ”{column}” är skriven utan förklaringen av tecknen, som säger att överskott är {sign}.",
            en: "The column “{column}” was written without the legend of its signs, which says that a surplus is {sign}.",
        ),
        help: text!(
            sv: "Säger inte tabelltypen det redan: skriv i tabellen kolumn {name} \"{column}\" {{ överskott: {sign} }}.",
            en: "Unless the table type says so already, write in the table kolumn {name} \"{column}\" {{ överskott: {sign} }}.",
        ),
    }
}

fn repeated_label(figure: &Figure) -> Note {
    let (row, table) = (&figure.row, &figure.table);
    Note {
        severity: Severity::Warning,
        id: "import-repeated-label",
        place: figure.place.clone(),
        message: text!(
            sv: "Raden ”{row}” har redan en siffra i den kolumnen av tabellen ”{table}”. En andra rad med samma namn är skriven.",
            en: "The row “{row}” has a figure in that column of the table “{table}” already. A second row of that name was written.",
        ),
        help: text!(
            sv: "Ge den ena raden ett annat namn i rapporten, eller ta bort den.",
            en: "Give one of the rows another name in the report, or remove it.",
        ),
    }
}

fn table_item(table: &Table<'_>) -> Item {
    let name = table_name(table.label);
    let mut head = format!("tabell {name}");
    if table.label != name && !table.label.is_empty() {
        head.push_str(&format!(" \"{}\"", Titles::plain(table.label)));
    }
    if let Some(unit) = table.unit.filter(|unit| !table.mixed && !unit.contains(' ')) {
        head.push_str(&format!(" i {unit}"));
    }
    let row = |cells: Vec<String>| Item::Line(format!("| {} |", cells.join(" | ")));
    let heads = table.columns.iter().map(|column| label(column));
    let mut items = vec![row(std::iter::once(String::new()).chain(heads).collect())];
    for it in &table.rows {
        if it.cells.is_empty() {
            items.push(Item::Line(format!("| # {} |", label(it.label))));
            continue;
        }
        let value = |column| it.cells.get(column).copied().unwrap_or_default().to_owned();
        let values = table.columns.iter().map(value);
        items.push(row(std::iter::once(label(it.label)).chain(values).collect()));
    }
    Item::Block { head, items }
}

/// A label in a table's cell, where a few marks would mean something.
fn label(text: &str) -> String {
    let text = text.replace('|', "/").replace(['{', '['], "(").replace(['}', ']'], ")");
    text.trim_start_matches('#').trim().to_owned()
}

/// A field of one line. What would end it or begin a formula is replaced.
fn line(name: &str, text: &str) -> Item {
    let text = text.replace('{', "(").replace('}', ")").replace("//", "/");
    Item::Line(format!("{name}: {}", text.trim_start_matches('"')))
}

/// Titles as the language can hold them.
struct Titles<'n> {
    notes: &'n mut Vec<Note>,
}

impl Titles<'_> {
    /// The title, or one in which marks that would end it are replaced. Nearly every
    /// title is taken as it is, quotation marks and all.
    fn safe(&mut self, title: &str, place: Option<&Place>) -> String {
        if holds(title) {
            return title.to_owned();
        }
        let plain = Titles::plain(title);
        if let Some(place) = place.filter(|place| {
            self.notes.iter().all(|note| note.id != "import-title" || note.place != **place)
        }) {
            self.notes.push(Note {
                severity: Severity::Warning,
                id: "import-title",
                place: place.clone(),
                message: text!(
                    sv: "Titeln har tecken som betyder något annat i filerna. Den är skriven: {plain}",
                    en: "The title has marks that mean something else in the files. It was written: {plain}",
                ),
                help: text!(
                    sv: "Se efter att den går att förstå.",
                    en: "See that it can be understood.",
                ),
            });
        }
        plain
    }

    fn plain(title: &str) -> String {
        title.replace('"', "”").replace('{', "(").replace('}', ")").replace("//", "/")
    }
}

/// True when the language reads the title back as it is.
fn holds(title: &str) -> bool {
    // Only these can end one.
    if !title.contains(['"', '{', '}', '\\']) && !title.contains("//") {
        return true;
    }
    let text = format!(
        "verksamhetsplan 2025 för x\n\nindikator a \"{title}\" {{\n  mäts i: st\n  redovisas: år\n}}\n"
    );
    let parse = trc_syntax::parse(&text);
    let found = parse.file().items().find_map(|item| match item {
        Parsed::Declaration(declaration) => declaration.title().map(|title| title.text),
        _ => None,
    });
    parse.errors().is_empty() && found.as_deref() == Some(title)
}

/// A text from a cell as prose: what is markup to the language is text here, and a line
/// of the cell is a paragraph.
fn prose(cell: &str) -> String {
    let mut out = String::with_capacity(cell.len());
    let mut in_list = false;
    for line in cell.lines().map(trc_sheet::values::tidy).filter(|line| !line.is_empty()) {
        let item = ["•", "- ", "– ", "*", "·"].iter().find_map(|mark| line.strip_prefix(mark));
        if !out.is_empty() {
            out.push_str(if in_list && item.is_some() { "\n" } else { "\n\n" });
        }
        in_list = item.is_some();
        if item.is_some() {
            out.push_str("- ");
        }
        let text = item.unwrap_or(&line).trim().replace("\"\"\"", "”””");
        for (at, c) in text.char_indices() {
            if matches!(c, '\\' | '{' | '}' | '[' | ']' | '@' | '*' | '_' | '`')
                || (at == 0 && c == '#')
            {
                out.push('\\');
            }
            out.push(c);
        }
    }
    out
}

/// A name as people would write it: `norra_innerstaden` is Norra innerstaden.
fn readable(name: &str) -> String {
    let words = name.replace('_', " ");
    let mut characters = words.chars();
    let first: String = characters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}", characters.as_str())
}

/// A file in the canonical layout.
fn printed(name: &str, head: &str, items: &[Item]) -> Result<String, Unreadable> {
    let mut text = format!("{head}\n");
    let organisation = head.ends_with('{');
    let mut last_was_block = true;
    for item in items {
        let short = matches!(item, Item::Block { items, .. } if items.len() <= 1);
        if !(organisation || (short && !last_was_block)) {
            text.push('\n');
        }
        print(&mut text, item, usize::from(organisation));
        last_was_block = !short;
    }
    if organisation {
        text.push_str("}\n");
    }
    // More than the language reads of one file.
    if text.len() > 8 * 1024 * 1024 {
        return Err(trc_sheet::too_large(name));
    }
    Ok(trc_format::format(&text).text)
}

fn print(out: &mut String, item: &Item, depth: usize) {
    let indent = "  ".repeat(depth);
    match item {
        Item::Line(text) => out.push_str(&format!("{indent}{text}\n")),
        Item::Passage { name, text } => {
            out.push_str(&format!("{indent}{name} \"\"\"\n"));
            for line in text.lines() {
                if line.is_empty() {
                    out.push('\n');
                } else {
                    out.push_str(&format!("{indent}  {line}\n"));
                }
            }
            out.push_str(&format!("{indent}\"\"\"\n"));
        }
        Item::Block { head, items } => match items.as_slice() {
            [] => out.push_str(&format!("{indent}{head}\n")),
            // A brace or a quotation mark in the title would end the line elsewhere.
            [Item::Line(line)] if !line.starts_with(['/', '|']) && is_plain(head) => {
                out.push_str(&format!("{indent}{head} {{ {line} }}\n"));
            }
            items => {
                out.push_str(&format!("{indent}{head} {{\n"));
                for item in items {
                    print(out, item, depth + 1);
                }
                out.push_str(&format!("{indent}}}\n"));
            }
        },
    }
}

fn is_plain(head: &str) -> bool {
    !head.contains(['{', '}']) && head.matches('"').count() <= 2
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn titles_with_quotes_are_kept() {
        assert!(holds("Webbutbildning \"Bryt myten\" om psykisk ohälsa."));
        assert!(holds("\"Hållbar skola\""));
        assert!(!holds("a \" // b"));
    }

    #[test]
    fn the_legend_of_the_signs_is_no_part_of_a_head() {
        let head = "Resultat 2025 Överskott (-) Underskott (+)";
        assert_eq!(without_legend(head), ("Resultat 2025", true));
        assert!(!without_legend("Överskott (-) Underskott (+)").1);
    }

    #[test]
    fn prose_from_a_cell_is_text() {
        let cell =
            "Målet nås.\nSe [bilaga] {x} och namn@example.org.\n• ett\n• två\n# inte en rubrik";
        insta::assert_snapshot!(prose(cell));
    }

    proptest! {
        /// A title is read back as it was or as the note says that it was written.
        #[test]
        fn every_title_can_be_written(title in "[a-zå \"{}/:=,|\\\\]{1,24}") {
            let title = trc_sheet::values::tidy(&title);
            prop_assume!(!title.is_empty());
            let mut notes = Vec::new();
            let safe = Titles { notes: &mut notes }.safe(&title, None);
            prop_assert!(holds(&safe), "{safe}");
        }
    }
}
