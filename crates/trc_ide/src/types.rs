//! The words in force, as a list and written out: what finally holds of a type after
//! everything that is said of it has been put together.

use std::fmt::Write as _;

use trc_model::anchor::{Anchor, Part};
use trc_model::table::{Column, Formula, Override, RowDefinition};
use trc_model::vocabulary::{
    Condition, Level, Period, Printed, ReportType, Scale, SectionType, TableType, Vocabulary,
};
use trc_model::{Db, SourceFile};

/// A declaration of types: its keyword and name, and where it is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeEntry {
    /// `rapporttyp`, `tabelltyp`, `skala` or `period`.
    pub keyword: &'static str,
    pub name: String,
    pub title: String,
    /// The type that it builds on.
    pub base: Option<String>,
    /// Of a report type: the periods and kinds of unit for which it is the one that holds.
    pub holds_for: Vec<(String, String)>,
    /// Where it is declared and continued, the nearest last: file and line, from 1.
    pub places: Vec<(SourceFile, u32)>,
}

/// The keywords of types, in the order in which they are listed.
pub const KEYWORDS: [&str; 4] = ["rapporttyp", "tabelltyp", "skala", "period"];

/// Every type that holds, by keyword in the order of [`KEYWORDS`] and by name; periods in
/// the order of the year.
pub fn entries(db: &dyn Db, words: &Vocabulary<'_>) -> Vec<TypeEntry> {
    let places = |keyword: &str, name: &str| {
        let said = words.places.get(&(keyword.to_owned(), name.to_owned()));
        let anchors = said.into_iter().flatten().map(|declaration| {
            let anchor = Anchor::part(db, *declaration, Part::Head);
            (anchor.file, line(db, &anchor))
        });
        anchors.collect()
    };
    let entry = |keyword: &'static str, name: &str, title: &str, base: Option<&String>| TypeEntry {
        keyword,
        name: name.to_owned(),
        title: title.to_owned(),
        base: base.cloned(),
        holds_for: Vec::new(),
        places: places(keyword, name),
    };
    let reports = words.report_types.values().map(|it| {
        let chosen = words.choices.iter().filter(|(_, name)| **name == it.name);
        TypeEntry {
            holds_for: chosen.map(|(key, _)| key.clone()).collect(),
            ..entry("rapporttyp", &it.name, &it.title, it.base.as_ref())
        }
    });
    let tables = words
        .table_types
        .iter()
        .map(|(name, it)| entry("tabelltyp", name, &it.shape.title, it.base.as_ref()));
    let scales =
        words.scales.iter().map(|(name, it)| entry("skala", name, &it.title, it.base.as_ref()));
    let periods = words.periods.iter().filter(|period| !period.hidden);
    let periods = periods.map(|it| entry("period", &it.name, &it.title, None));
    reports.chain(tables).chain(scales).chain(periods).collect()
}

fn line(db: &dyn Db, anchor: &Anchor) -> u32 {
    let start = usize::try_from(anchor.resolve(db).range.start).unwrap_or(usize::MAX);
    let before = anchor.file.text(db).get(..start).unwrap_or_default();
    u32::try_from(before.matches('\n').count()).unwrap_or(u32::MAX).saturating_add(1)
}

/// A type as it finally holds, as a declaration that can stand in `mallar` by itself.
/// `None` when there is none of that keyword and name.
pub fn written(words: &Vocabulary<'_>, keyword: &str, name: &str) -> Option<String> {
    let mut out = Writer::default();
    match keyword {
        "rapporttyp" => out.report_type(words.report_types.get(name)?),
        "tabelltyp" => out.table_type(words.table_types.get(name)?),
        "skala" => out.scale(words.scales.get(name)?),
        "period" => out.period(words.periods.iter().find(|period| period.name == name)?),
        _ => return None,
    }
    // The layout of tables and columns is the formatter's to know, and it wants a document.
    let document = format!("{HEAD}{}", out.text);
    let laid_out = trc_format::format(&document).text;
    Some(laid_out.strip_prefix(HEAD).map_or(document, str::to_owned))
}

const HEAD: &str = "mallar 2000 för x\n\n";

/// Writes declarations, one field to a line.
#[derive(Default)]
struct Writer {
    text: String,
    depth: usize,
}

impl Writer {
    fn line(&mut self, line: &str) {
        // Writing to a string does not fail.
        let _ = writeln!(self.text, "{:1$}{line}", "", self.depth.saturating_mul(2));
    }

    fn field(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.line(&format!("{name}: {value}"));
        }
    }

    fn flag(&mut self, name: &str, value: Option<bool>) {
        self.field(name, value.map_or("", |yes| if yes { "ja" } else { "nej" }));
    }

    fn block(&mut self, head: &str, body: impl FnOnce(&mut Self)) {
        let mut inside = Writer { text: String::new(), depth: self.depth.saturating_add(1) };
        body(&mut inside);
        if inside.text.is_empty() {
            return self.line(head);
        }
        let is_one_field = inside.text.matches('\n').count() == 1 && !inside.text.contains('|');
        if is_one_field {
            return self.line(&format!("{head} {{ {} }}", inside.text.trim()));
        }
        self.line(&format!("{head} {{"));
        self.text.push_str(&inside.text);
        self.line("}");
    }

    fn period(&mut self, it: &Period) {
        self.block(&format!("period {} \"{}\"", it.name, it.title), |out| {
            let (month, day) = it.ends;
            out.field("slutar", &format!("{month:02}-{day:02}"));
            out.field("redovisar", &it.reports.join(", "));
            out.field("bedömer", if it.judges_outcome { "utfall" } else { "prognos" });
            out.field("visas", if it.hidden { "nej" } else { "" });
        });
    }

    fn scale(&mut self, it: &Scale) {
        self.block(&format!("skala {} \"{}\"", it.name, it.title), |out| {
            let mut rows = vec![[
                "ord".to_owned(),
                "tryckt".to_owned(),
                "tecken".to_owned(),
                "ton".to_owned(),
                "avvikelse".to_owned(),
            ]];
            let says = it.steps.iter().any(|step| step.deviation);
            rows.extend(it.steps.iter().map(|step| {
                let deviation = match (says, step.deviation) {
                    (false, _) => "",
                    (true, true) => "ja",
                    (true, false) => "nej",
                };
                [
                    step.word.clone(),
                    step.printed.clone().unwrap_or_default(),
                    step.symbol.clone(),
                    step.tone.clone(),
                    deviation.to_owned(),
                ]
            }));
            // A column that says nothing is left out.
            let says = |column: usize| {
                let mut cells = rows.iter().skip(1).filter_map(|row| row.get(column));
                column == 0 || cells.any(|cell| !cell.is_empty())
            };
            for row in &rows {
                let cells = row.iter().enumerate().filter(|(column, _)| says(*column));
                let cells: Vec<&str> = cells.map(|(_, cell)| cell.as_str()).collect();
                out.line(&format!("| {} |", cells.join(" | ")));
            }
        });
    }

    fn report_type(&mut self, it: &ReportType<'_>) {
        self.block(&format!("rapporttyp {} \"{}\"", it.name, it.title), |out| {
            if !it.periods.is_empty() && !it.unit_kinds.is_empty() {
                let (periods, kinds) = (it.periods.join(", "), it.unit_kinds.join(", "));
                out.field("gäller", &format!("{periods} för {kinds}"));
            }
            out.field("bedöms enligt", &it.scale);
            out.line("");
            it.sections.iter().for_each(|section| out.section(section));
            out.line("");
            out.printed("text", &it.texts);
            out.line("");
            it.levels.iter().for_each(|(name, level)| out.level(name, level));
        });
    }

    fn section(&mut self, it: &SectionType) {
        self.block(&format!("avsnitt {} \"{}\"", it.name, it.title), |out| {
            out.field("visas", if it.required { "obligatorisk" } else { "" });
            out.field("om tomt", it.if_empty.as_deref().unwrap_or_default());
            out.field("innehåll", it.content.word().unwrap_or_default());
            out.flag("innehållsförteckning", it.in_contents);
            out.flag("liggande", it.landscape);
            it.children.iter().for_each(|child| out.section(child));
        });
    }

    fn level(&mut self, name: &str, it: &Level) {
        self.block(&format!("nivå {name} \"{}\"", it.title), |out| {
            out.field("bedöms enligt", it.scale.as_deref().unwrap_or_default());
            out.field("kräver", &it.requires.join(", "));
            out.field("får ha", &it.allows.join(", "));
            out.field("visar", &it.shows.join(", "));
            let conditions: Vec<String> = it.analysis_when.iter().map(Condition::words).collect();
            out.field("kräver analys", &conditions.join(", "));
            out.field("utan status", it.without_status.as_deref().unwrap_or_default());
            out.flag("innehållsförteckning", it.in_contents);
            out.flag("liggande", it.landscape);
            if !it.columns.is_empty() {
                out.line("");
            }
            out.printed("kolumn", &it.columns);
            out.printed("text", &it.texts);
        });
    }

    fn printed(&mut self, keyword: &str, list: &[Printed]) {
        for it in list {
            self.block(&format!("{keyword} {} \"{}\"", it.name, it.title), |out| {
                out.field("visas", if it.hidden { "nej" } else { "" });
                out.field("bedöms enligt", it.scale.as_deref().unwrap_or_default());
            });
        }
    }

    fn table_type(&mut self, it: &TableType<'_>) {
        let shape = &it.shape;
        let unit = shape.unit.as_ref().map(|unit| format!(" i {unit}")).unwrap_or_default();
        self.block(&format!("tabelltyp {} \"{}\"{unit}", shape.name, shape.title), |out| {
            out.decimals(shape.decimals);
            out.line("");
            shape.columns.iter().for_each(|column| out.column(column));
            out.line("");
            shape.rows.iter().for_each(|row| out.row(row));
            out.line("");
            shape.checks.iter().for_each(|(.., check)| out.field("kontroll", check));
        });
    }

    fn column(&mut self, it: &Column<'_>) {
        let formula = formula(it.formula.as_ref());
        self.block(&format!("kolumn {} \"{}\"{formula}", it.name, it.title), |out| {
            out.decimals(it.decimals);
            out.settings(it.hidden, it.surplus_is_negative);
        });
    }

    fn row(&mut self, it: &RowDefinition<'_>) {
        let formula = formula(it.formula.as_ref());
        self.block(&format!("rad {} \"{}\"{formula}", it.name, it.title), |out| {
            out.settings(it.hidden, it.surplus_is_negative);
            for (column, value) in &it.overrides {
                let value = match value {
                    Override::Formula(formula) => formula.text.as_str(),
                    Override::Nothing => "inget",
                };
                out.line(&format!("{column} = {value}"));
            }
        });
    }

    fn decimals(&mut self, decimals: Option<u32>) {
        self.field("decimaler", &decimals.map(|count| count.to_string()).unwrap_or_default());
    }

    fn settings(&mut self, hidden: bool, surplus_is_negative: Option<bool>) {
        self.field("visas", if hidden { "nej" } else { "" });
        let sign = surplus_is_negative.map_or("", |minus| if minus { "minus" } else { "plus" });
        self.field("överskott", sign);
    }
}

fn formula(formula: Option<&Formula>) -> String {
    formula.map(|formula| format!(" = {}", formula.text)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use trc_model::vocabulary::{Scope, built_in_files, vocabulary};
    use trc_model::{Database, Workspace};

    use super::*;

    fn words<'db>(db: &'db Database, owner: &str, texts: &[&str]) -> &'db Vocabulary<'db> {
        let mut files = built_in_files(db);
        files.extend(texts.iter().enumerate().map(|(index, text)| {
            SourceFile::new(db, format!("{index}.tr").into(), (*text).to_owned(), None)
        }));
        let workspace = Workspace::new(db, files, None, None);
        vocabulary(db, workspace, Scope::new(db, owner.to_owned(), 2025))
    }

    /// Every type that is built in, alone in a city of its own, is what it was.
    #[test]
    fn what_is_written_reads_as_what_held() {
        let db = Database::default();
        let built_in = words(&db, "stockholm", &[]);
        let all = entries(&db, built_in);
        assert!(all.len() > 15, "{all:?}");
        let mut own = "mallar 2020 för vik\nenhetsslag: nämnd, avdelning, enhet\n".to_owned();
        for entry in &all {
            own.push('\n');
            own.push_str(&written(built_in, entry.keyword, &entry.name).unwrap());
        }
        let city = "organisation vik \"Vik\" {\n  nämnd skola \"Skola\"\n}\n";
        let other = Database::default();
        let again = words(&other, "skola", &[city, &own]);
        assert_eq!(again.faults, []);
        assert_eq!(again.scales, without_base(&built_in.scales));
        assert_eq!(again.periods, built_in.periods);
        assert_eq!(again.choices, built_in.choices);
        for (name, before) in &built_in.report_types {
            let after = &again.report_types[name];
            assert_eq!(after.sections, before.sections, "{name}");
            assert_eq!(after.levels, before.levels, "{name}");
            assert_eq!(
                (&after.title, &after.texts, &after.scale),
                (&before.title, &before.texts, &before.scale)
            );
        }
        for entry in &all {
            let [before, after] =
                [built_in, again].map(|words| written(words, entry.keyword, &entry.name).unwrap());
            assert_eq!(before, after);
        }
    }

    fn without_base(
        scales: &std::collections::BTreeMap<String, Scale>,
    ) -> std::collections::BTreeMap<String, Scale> {
        let alone = |it: &Scale| Scale { base: None, ..it.clone() };
        scales.iter().map(|(name, it)| (name.clone(), alone(it))).collect()
    }

    #[test]
    fn a_type_says_where_it_is_declared_and_continued() {
        let db = Database::default();
        let change = "mallar 2025 för stockholm\n\ntabelltyp investeringar {\n  decimaler: 2\n}\n";
        let words = words(&db, "stockholm", &[change]);
        let all = entries(&db, words);
        let entry = all.iter().find(|it| it.name == "investeringar").unwrap();
        let places: Vec<String> =
            entry.places.iter().map(|(file, line)| format!("{}:{line}", file.path(&db))).collect();
        assert_eq!(places.last().map(String::as_str), Some("0.tr:3"));
        assert!(places.len() > 2, "{places:?}");
        let written = written(words, "tabelltyp", "investeringar").unwrap();
        assert!(written.contains("  decimaler: 2\n"), "{written}");
        assert_eq!(super::written(words, "skala", "saknas"), None);
    }
}
