//! From rows to what they say: indicators, activities, goals, figures of tables.

use std::collections::BTreeMap;

use trc_base::{Date, Severity, Text, text};

use crate::fields::{self, Field, Kind};
use crate::goal::{self, Goal};
use crate::import::Options;
use crate::sheets::{Mapped, Wide};
use trc_sheet::values::{self, Bad, Content, Value, tidy};
use trc_sheet::{Cell, Mark, Row};
use trc_sheet::{Column, Note, Place};

/// What the rows of all sheets say.
#[derive(Debug, Default)]
pub(crate) struct Records {
    pub indicators: Vec<Indicator>,
    pub activities: Vec<Activity>,
    pub goals: Vec<GoalRow>,
    pub figures: Vec<Figure>,
}

#[derive(Debug)]
pub(crate) struct Indicator {
    pub place: Place,
    pub goal: Option<Goal>,
    pub title: String,
    /// Outcomes, forecast and targets, as far as given.
    pub values: BTreeMap<Field, Given>,
    /// A word of `redovisas`.
    pub due: Option<&'static str>,
    pub unit: Option<String>,
    pub direction: Option<&'static str>,
    pub responsible: String,
    pub analysis: String,
}

/// A value, or the reason why there is none.
#[derive(Debug, Clone)]
pub(crate) struct Given {
    pub place: Place,
    pub value: Result<Value, String>,
}

#[derive(Debug)]
pub(crate) struct Activity {
    pub place: Place,
    pub goal: Option<Goal>,
    pub title: String,
    pub start: Option<Date>,
    pub end: Option<Date>,
    pub state: Option<String>,
    pub tag: String,
    pub responsible: String,
    pub analysis: String,
}

#[derive(Debug)]
pub(crate) struct GoalRow {
    pub place: Place,
    pub goal: Goal,
    pub level: String,
    pub status: String,
    /// Passages by the name of their field.
    pub passages: Vec<(&'static str, String)>,
    pub responsible: String,
}

/// One figure of a table, or the heading of a group of rows, which is in no column.
#[derive(Debug)]
pub(crate) struct Figure {
    pub place: Place,
    pub table: String,
    pub row: String,
    pub column: String,
    pub value: String,
    pub unit: String,
}

/// From the text of a cell to a value of some kind.
type Read = fn(&str) -> Content;

/// Reads the rows of a sheet.
pub(crate) fn read(
    mapped: &Mapped<'_>,
    options: &Options,
    notes: &mut Vec<Note>,
    records: &mut Records,
) {
    let mut reader =
        Reader { mapped, options, notes, goal: None, rounded: Vec::new(), other_period: None };
    if let Some(wide) = &mapped.wide {
        for row in &mapped.rows {
            reader.laid_out_row(row, wide, &mut records.figures);
        }
        reader.finish();
        return;
    }
    for row in &mapped.rows {
        match mapped.kind {
            Kind::Indicators => records.indicators.extend(reader.indicator(row)),
            Kind::Activities => records.activities.extend(reader.activity(row)),
            Kind::Goals => records.goals.extend(reader.goal_row(row)),
            Kind::Table => records.figures.extend(reader.figure(row)),
        }
    }
    reader.finish();
}

struct Reader<'r, 's> {
    mapped: &'r Mapped<'s>,
    options: &'r Options,
    notes: &'r mut Vec<Note>,
    /// The goal of a row that names nothing else: it heads those below it.
    goal: Option<Goal>,
    rounded: Vec<Place>,
    /// A row of another period than the report's, and what it says.
    other_period: Option<(Place, String, usize)>,
}

impl Reader<'_, '_> {
    fn raw<'c>(&self, row: &'c Row, field: Field) -> Option<&'c Cell> {
        self.mapped.columns.get(&field).map(|column| row.cell(column.index))
    }

    /// The text of a cell on one line. A cell that shows an error has none.
    fn text(&mut self, row: &Row, field: Field) -> String {
        let Some(cell) = self.raw(row, field) else { return String::new() };
        match cell.mark {
            Some(Mark::Error | Mark::NotCalculated) => {
                self.faulty(row, field);
                String::new()
            }
            Some(Mark::Rounded) | None => tidy(&cell.text),
        }
    }

    fn faulty(&mut self, row: &Row, field: Field) {
        let Some(cell) = self.raw(row, field) else { return };
        let note = faulty(self.mapped.place(row, Some(field)), cell);
        self.notes.push(note);
    }

    fn bad(&mut self, row: &Row, field: Field, bad: Bad) {
        let place = self.mapped.place(row, Some(field));
        let typed = self.raw(row, field).map(|cell| tidy(&cell.text)).unwrap_or_default();
        let Bad { message, help } = bad;
        let message = Text::new(
            format!("”{typed}” är inte med. {}", message.sv),
            format!("“{typed}” was left out. {}", message.en),
        );
        self.notes.push(Note {
            severity: Severity::Error,
            id: "import-value",
            place,
            message,
            help,
        });
    }

    fn value(&mut self, row: &Row, field: Field, read: Read) -> Option<Given> {
        let cell = self.raw(row, field)?.clone();
        let place = self.mapped.place(row, Some(field));
        match cell.mark {
            // The error for a value that there is not; everything else is a mistake.
            Some(Mark::Error) if cell.text != "#N/A" => {
                self.faulty(row, field);
                return None;
            }
            Some(Mark::NotCalculated) => {
                self.faulty(row, field);
                return None;
            }
            Some(Mark::Rounded) => self.rounded.push(place.clone()),
            _ => {}
        }
        match read(&cell.text) {
            Content::Empty => None,
            Content::Absent(words) => Some(Given { place, value: Err(words) }),
            Content::Value(value) => {
                if value.read_as {
                    self.read_as(place.clone(), &tidy(&cell.text), &value.written());
                }
                Some(Given { place, value: Ok(value) })
            }
            Content::Bad(bad) => {
                self.bad(row, field, bad);
                None
            }
        }
    }

    fn read_as(&mut self, place: Place, typed: &str, written: &str) {
        self.notes.push(Note {
            severity: Severity::Warning,
            id: "import-read-as",
            place,
            message: text!(
                sv: "”{typed}” är läst som {written}.",
                en: "“{typed}” was read as {written}.",
            ),
            help: text!(
                sv: "Se efter att det är rätt. Rätta annars i den fil som skrevs.",
                en: "See that it is right. If not, correct it in the file that was written.",
            ),
        });
    }

    /// The goal of a row, or of the heading above it.
    fn goal(&mut self, row: &Row) -> Option<Goal> {
        let text = self.text(row, Field::Goal);
        goal::read(&text).or_else(|| self.goal.clone())
    }

    /// The title of a row. A row that names a goal only is a heading for those below.
    fn title(&mut self, row: &Row) -> Option<String> {
        let title = self.text(row, Field::Name);
        if !title.is_empty() {
            return Some(title);
        }
        let goal = self.text(row, Field::Goal);
        let others =
            self.mapped.columns.keys().filter(|field| !matches!(field, Field::Goal | Field::Name));
        let others_filled = others
            .filter_map(|field| self.raw(row, *field))
            .any(|cell| !cell.text.trim().is_empty());
        if !others_filled {
            self.goal = goal::read(&goal).or(self.goal.take());
            return None;
        }
        let place = self.mapped.place(row, Some(Field::Name));
        self.notes.push(Note {
            severity: Severity::Error,
            id: "import-no-name",
            place,
            message: text!(
                sv: "Raden har värden men inget namn, så den är inte med.",
                en: "The row has values but no name, so it was left out.",
            ),
            help: text!(sv: "Fyll i namnet i kalkylbladet.", en: "Fill in the name in the sheet."),
        });
        None
    }

    fn indicator(&mut self, row: &Row) -> Option<Indicator> {
        let title = self.title(row)?;
        let goal = self.goal(row);
        let mut given = BTreeMap::new();
        let kinds: [(Field, Read); 7] = [
            (Field::Outcome, values::outcome),
            (Field::Men, values::outcome),
            (Field::Women, values::outcome),
            (Field::Previous, values::outcome),
            (Field::Forecast, values::forecast),
            (Field::Target, values::target),
            (Field::CouncilTarget, values::target),
        ];
        for (field, read) in kinds {
            given.extend(self.value(row, field, read).map(|value| (field, value)));
        }
        // A dash where an outcome is due says that there is none; an empty cell says
        // nothing.
        let typed = self.raw(row, Field::Outcome).map(|cell| tidy(&cell.text)).unwrap_or_default();
        if matches!(typed.as_str(), "-" | "–" | "—" | "−") {
            let place = self.mapped.place(row, Some(Field::Outcome));
            given.insert(Field::Outcome, Given { place, value: Err("ej mätt".to_owned()) });
        }
        let due = self.due(row);
        let stated = self.direction(row);
        let from_target = [Field::CouncilTarget, Field::Target]
            .iter()
            .find_map(|field| given.get(field)?.value.as_ref().ok()?.direction);
        let unit = Some(self.text(row, Field::Unit)).filter(|unit| is_unit(unit));
        Some(Indicator {
            place: self.mapped.place(row, None),
            goal,
            title,
            values: given,
            due,
            unit,
            direction: stated.or(from_target),
            responsible: self.text(row, Field::Responsible),
            analysis: self.passage(row, Field::Analysis),
        })
    }

    /// When the indicator is due, by the column "Period".
    fn due(&mut self, row: &Row) -> Option<&'static str> {
        let typed = self.text(row, Field::Period);
        let lower = typed.to_lowercase();
        let mut year = None;
        let mut words = Vec::new();
        for word in lower.split(' ').filter(|word| !word.is_empty()) {
            match word.parse::<u16>() {
                Ok(number) if number >= 1000 => year = Some(number),
                _ => words.push(word),
            }
        }
        let words = words.join(" ");
        let due = match words.as_str() {
            "tertial" | "tertialvis" | "tertial 1" | "tertial 2" | "t1" | "t2"
            | "varje tertial" => Some("tertial"),
            "" if year.is_some() => Some("år"),
            "år" | "helår" | "årsvis" | "årlig" | "årligen" | "1 år" => Some("år"),
            "vb" | "verksamhetsberättelse" | "bokslut" => Some("VB"),
            _ => None,
        };
        let report = (self.options.period.to_lowercase(), self.options.year);
        let other_tertial = match words.as_str() {
            "tertial 1" | "t1" => report.0 == "t2",
            "tertial 2" | "t2" => report.0 == "t1",
            _ => false,
        };
        if other_tertial || year.is_some_and(|year| year != report.1) {
            let place = self.mapped.place(row, Some(Field::Period));
            let (_, _, count) = self.other_period.get_or_insert((place, typed.clone(), 0));
            *count += 1;
        }
        if due.is_none() && !typed.is_empty() {
            let bad = Bad {
                message: text!(
                    sv: "Det är ingen period som ”redovisas” kan vara.",
                    en: "It is no period that “redovisas” can be.",
                ),
                help: text!(
                    sv: "Skriv i planen ”redovisas: tertial”, år eller VB.",
                    en: "Write “redovisas: tertial” in the plan, or år or VB.",
                ),
            };
            self.bad(row, Field::Period, bad);
        }
        due
    }

    fn direction(&mut self, row: &Row) -> Option<&'static str> {
        let typed = self.text(row, Field::Direction);
        let lower = typed.to_lowercase();
        match lower.as_str() {
            "" | "-" => None,
            "högre är bättre" | "högre" | "upp" | "öka" | "ökning" | "stigande" | "↑" => {
                Some(values::HIGHER)
            }
            "lägre är bättre" | "lägre" | "ned" | "ner" | "minska" | "minskning" | "fallande"
            | "↓" => Some(values::LOWER),
            "nära målet är bättre" | "nära målet" | "nära" => Some(values::CLOSER),
            _ => {
                let bad = Bad {
                    message: text!(
                        sv: "Det är ingen riktning.",
                        en: "It is no direction.",
                    ),
                    help: text!(
                        sv: "Skriv högre är bättre, lägre är bättre eller nära målet är bättre.",
                        en: "Write högre är bättre, lägre är bättre or nära målet är bättre.",
                    ),
                };
                self.bad(row, Field::Direction, bad);
                None
            }
        }
    }

    fn activity(&mut self, row: &Row) -> Option<Activity> {
        let full = self.title(row)?;
        let goal = self.goal(row);
        let (title, in_title) = split_tag(&full);
        let stated = self.text(row, Field::Tag);
        let start = self.date(row, Field::Start);
        let end = self.date(row, Field::End);
        let state = match self.value(row, Field::State, values::state) {
            Some(Given { value: Ok(value), .. }) => Some(value.text),
            _ => None,
        };
        Some(Activity {
            place: self.mapped.place(row, None),
            goal,
            title,
            start,
            end,
            state,
            tag: if stated.is_empty() { in_title } else { stated },
            responsible: self.text(row, Field::Responsible),
            analysis: self.passage(row, Field::Analysis),
        })
    }

    fn date(&mut self, row: &Row, field: Field) -> Option<Date> {
        let typed = self.text(row, field);
        match values::date(&typed) {
            Ok(Some((date, changed))) => {
                if changed {
                    let place = self.mapped.place(row, Some(field));
                    self.read_as(place, &typed, &date.to_string());
                }
                Some(date)
            }
            Ok(None) => None,
            Err(bad) => {
                self.bad(row, field, bad);
                None
            }
        }
    }

    fn goal_row(&mut self, row: &Row) -> Option<GoalRow> {
        let stated = self.text(row, Field::Title);
        let number = self.text(row, Field::Goal);
        let under = goal::Key::number(&self.text(row, Field::Under));
        let from_number = goal::read(&number);
        let from_title = goal::read(&stated);
        let goal = match (from_number, from_title) {
            (Some(goal), _) if !stated.is_empty() => Goal { title: Some(stated), ..goal },
            (Some(goal), _) => goal,
            (None, Some(goal)) => Goal { under: goal.under.or(under), ..goal },
            (None, None) => return None,
        };
        let status = self.text(row, Field::Status);
        let passages = [
            ("beskrivning", Field::Description),
            ("förväntat resultat", Field::Expected),
            ("analys", Field::Analysis),
            ("goda exempel", Field::Examples),
        ];
        let passages = passages
            .into_iter()
            .map(|(name, field)| (name, self.passage(row, field)))
            .filter(|(_, text)| !text.is_empty())
            .collect();
        Some(GoalRow {
            place: self.mapped.place(row, None),
            goal,
            level: self.text(row, Field::Level),
            status,
            passages,
            responsible: self.text(row, Field::Responsible),
        })
    }

    fn figure(&mut self, row: &Row) -> Option<Figure> {
        let (table, label) = (self.text(row, Field::Table), self.text(row, Field::Row));
        let (column, unit) = (self.text(row, Field::Column), self.text(row, Field::Unit));
        if label.is_empty() || column.is_empty() {
            return None;
        }
        let value = self.value(row, Field::Value, values::outcome)?.value.ok()?.written();
        Some(Figure { place: self.mapped.place(row, None), table, row: label, column, value, unit })
    }

    /// A row of a table with its columns side by side.
    fn laid_out_row(&mut self, row: &Row, wide: &Wide, figures: &mut Vec<Figure>) {
        let label = tidy(&row.cell(wide.labels).text);
        let sheet = self.mapped.sheet;
        let stem = sheet.file.rsplit_once('.').map_or(&*sheet.file, |(stem, _)| stem);
        // A name that the program has given tells nothing.
        let named = sheet.name.as_deref().filter(|name| {
            let lower = name.to_lowercase();
            let rest = lower.strip_prefix("blad").or_else(|| lower.strip_prefix("sheet"));
            !rest.is_some_and(|rest| rest.trim().chars().all(|c| c.is_ascii_digit()))
        });
        let table = tidy(named.unwrap_or(stem));
        let figure = |column: &str, value: String| Figure {
            place: self.mapped.place(row, None),
            table: table.clone(),
            row: label.clone(),
            column: column.to_owned(),
            value,
            unit: wide.unit.clone(),
        };
        let mut found = Vec::new();
        let mut filled = false;
        for (index, cell) in row.cells.iter().enumerate() {
            if index == wide.labels || (cell.text.trim().is_empty() && cell.mark.is_none()) {
                continue;
            }
            filled = true;
            let head = wide.columns.iter().find(|column| column.index == index);
            let mut place = self.mapped.place(row, None);
            place.column = Some(head.cloned().unwrap_or(Column { index, title: "".into() }));
            let (id, message, help) = match (head, label.is_empty()) {
                (Some(_), false) if cell.mark == Some(Mark::NotCalculated) => {
                    self.notes.push(faulty(place, cell));
                    continue;
                }
                (Some(head), false) => match values::outcome(&cell.text) {
                    Content::Value(value) => {
                        if cell.mark == Some(Mark::Rounded) {
                            self.rounded.push(place.clone());
                        }
                        if value.read_as {
                            self.read_as(place, &tidy(&cell.text), &value.written());
                        }
                        found.push(figure(&head.title, value.written()));
                        continue;
                    }
                    Content::Empty | Content::Absent(_) => continue,
                    Content::Bad(Bad { message, help }) => ("import-value", message, help),
                },
                (None, _) => (
                    "import-no-head",
                    text!(sv: "Kolumnen har ingen rubrik.", en: "The column has no head."),
                    text!(sv: "Ge kolumnen en rubrik.", en: "Give the column a head."),
                ),
                (_, true) => (
                    "import-no-name",
                    text!(sv: "Raden har inget namn.", en: "The row has no name."),
                    text!(sv: "Ge raden ett namn.", en: "Give the row a name."),
                ),
            };
            let typed = tidy(&cell.text);
            let message = Text::new(
                format!("”{typed}” är inte med. {}", message.sv),
                format!("“{typed}” was left out. {}", message.en),
            );
            self.notes.push(Note { severity: Severity::Error, id, place, message, help });
        }
        if !filled && !label.is_empty() {
            found.push(figure("", String::new()));
        }
        figures.extend(found);
    }

    /// A text of several paragraphs.
    fn passage(&mut self, row: &Row, field: Field) -> String {
        // Reports the error of a cell that has none.
        if self.text(row, field).is_empty() {
            return String::new();
        }
        self.raw(row, field).map(|cell| cell.text.clone()).unwrap_or_default()
    }

    fn finish(self) {
        if let Some(first) = self.rounded.first() {
            let count = self.rounded.len();
            let mut place = first.clone();
            if count > 1 {
                place = Place { row: None, column: None, ..place };
            }
            self.notes.push(Note {
                severity: Severity::Info,
                id: "import-rounded",
                place,
                message: text!(
                    sv: "Celler med fler decimaler än de visar: {count} st. Det som de visar är läst.",
                    en: "Cells with more decimals than they show: {count}. What they show was read.",
                ),
                help: text!(
                    sv: "Ska fler decimaler med: ändra talformatet i kalkylbladet och importera igen.",
                    en: "For more decimals change the number format in the sheet and import again.",
                ),
            });
        }
        if let Some((place, typed, count)) = self.other_period {
            let report = format!("{} {}", self.options.period, self.options.year);
            self.notes.push(Note {
                severity: Severity::Warning,
                id: "import-other-period",
                place,
                message: text!(
                    sv: "Här står perioden ”{typed}”, men rapporten är {report}. Det gäller {count} rader; deras värden är ändå lästa som rapportens.",
                    en: "The period here is “{typed}”, but the report is {report}. So it is in {count} rows; their values were read as the report's all the same.",
                ),
                help: text!(
                    sv: "Se efter att --report anger rätt period och år.",
                    en: "See that --report gives the right period and year.",
                ),
            });
        }
    }
}

/// A cell that shows an error, or has a formula without a value.
fn faulty(place: Place, cell: &Cell) -> Note {
    let shown = tidy(&cell.text);
    let (message, help) = match cell.mark {
        Some(Mark::NotCalculated) => (
            text!(
                sv: "Cellen har en formel vars värde inte är sparat. Den är läst som tom.",
                en: "The cell has a formula whose value was not saved. It was read as empty.",
            ),
            text!(
                sv: "Öppna arbetsboken i Excel, spara den och importera igen.",
                en: "Open the workbook in Excel, save it and import it again.",
            ),
        ),
        _ => (
            text!(
                sv: "Cellen visar felet {shown} i stället för ett värde. Den är läst som tom.",
                en: "The cell shows the error {shown} instead of a value. It was read as empty.",
            ),
            text!(
                sv: "Rätta formeln i kalkylbladet och importera igen.",
                en: "Mend the formula in the sheet and import again.",
            ),
        ),
    };
    Note { severity: Severity::Error, id: "import-cell-error", place, message, help }
}

/// True for a text that can be a unit: it begins with a letter or a sign, and has no
/// number.
pub(crate) fn is_unit(text: &str) -> bool {
    matches!(values::measure(&format!("1 {text}")), Content::Value(Value { unit: Some(unit), .. }) if unit == text)
}

/// What stands in brackets at the end of an activity's title and says whose it is:
/// "(aktivitet i SÖK)", "( aktivitet GNVO)". Other brackets belong to the title.
fn split_tag(title: &str) -> (String, String) {
    let end = title.trim_end_matches(['.', ' ']);
    let found = end.strip_suffix(')').and_then(|before| before.rsplit_once('('));
    if let Some((before, inside)) = found {
        let inside = inside.trim();
        let first = inside.split(' ').next().unwrap_or_default().to_lowercase();
        if matches!(first.as_str(), "aktivitet" | "prioriterat") && !before.trim().is_empty() {
            return (before.trim().to_owned(), inside.to_owned());
        }
    }
    (title.to_owned(), String::new())
}

/// The word that `--map` has for a field of an indicator, for messages.
pub(crate) fn word(field: Field) -> &'static str {
    fields::word(field, Kind::Indicators)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_taken_out_of_titles() {
        for (title, rest, tag) in [
            (
                "Implementera Islandsmodellen (aktivitet SÖK)",
                "Implementera Islandsmodellen",
                "aktivitet SÖK",
            ),
            ("Program ( aktivitet GNVO).", "Program", "aktivitet GNVO"),
            (
                "Unga i riskzon (prioriterat område i SÖK)",
                "Unga i riskzon",
                "prioriterat område i SÖK",
            ),
            ("Samarbete (STIS samt 6-16).", "Samarbete (STIS samt 6-16).", ""),
            ("(aktivitet)", "(aktivitet)", ""),
        ] {
            assert_eq!(split_tag(title), (rest.to_owned(), tag.to_owned()), "{title}");
        }
    }
}
