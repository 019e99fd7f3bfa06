//! The columns that a table of indicators or of activities may have: any field, and
//! what can be computed from them.

use crate::fields::{FIELDS, Field, FieldType};

/// The level whose table has the report's indicators.
pub const INDICATORS: &str = "indikator";
/// The level whose table has the report's activities.
pub const ACTIVITIES: &str = "aktivitet";

/// What a column of an indicator or an activity shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnContent {
    /// `män`, `kvinnor`: a part of the outcome.
    Men,
    Women,
    /// `föregående`: the outcome of last year's closing report.
    Previous,
    /// `prognos`
    Forecast,
    /// `årsmål`: the owner's own target.
    Target,
    /// `kf_årsmål`: the budget's target.
    BudgetTarget,
    /// `period`: when it is followed up.
    Period,
    /// `trend`: whether the outcome is better than last year's.
    Trend,
    /// `bedömning`: whether the target is met.
    Verdict,
    /// `start`, `slut` of an activity, which without are those of the plan's year.
    Start,
    End,
    /// `avvikelse` of an activity: its state, where that is a deviation.
    Deviation,
    /// Any other field, as it is written.
    Field(&'static Field),
}

/// The columns that are not simply a field.
const COMPUTED: &[(&str, &str, ColumnContent)] = {
    use ColumnContent as C;
    &[
        (INDICATORS, "män", C::Men),
        (INDICATORS, "kvinnor", C::Women),
        (INDICATORS, "föregående", C::Previous),
        (INDICATORS, "prognos", C::Forecast),
        (INDICATORS, "årsmål", C::Target),
        (INDICATORS, "kf_årsmål", C::BudgetTarget),
        (INDICATORS, "period", C::Period),
        (INDICATORS, "trend", C::Trend),
        (INDICATORS, "bedömning", C::Verdict),
        (ACTIVITIES, "start", C::Start),
        (ACTIVITIES, "slut", C::End),
        (ACTIVITIES, "avvikelse", C::Deviation),
    ]
};

/// What the column of a name shows in the table of a level. The name is a field's, with
/// `_` for its blanks.
pub fn column_content(level: &str, name: &str) -> Option<ColumnContent> {
    COMPUTED
        .iter()
        .find(|(of, known, _)| *of == level && *known == name)
        .map(|(.., content)| *content)
        .or_else(|| column_fields(level).find(|it| is_named(it, name)).map(ColumnContent::Field))
}

/// The names of every column that the table of a level may have.
pub fn column_names(level: &str) -> Vec<String> {
    let computed = COMPUTED.iter().filter(|(of, ..)| *of == level);
    let mut names: Vec<String> = computed.map(|(_, name, _)| (*name).to_owned()).collect();
    for field in column_fields(level) {
        let name = field.name.replace(' ', "_");
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Whether a level has a table of its own.
pub fn has_table(level: &str) -> bool {
    level == INDICATORS || level == ACTIVITIES
}

/// Guidance to the writer is never printed, and neither is prose in a cell.
fn column_fields(level: &str) -> impl Iterator<Item = &'static Field> + use<'_> {
    FIELDS.iter().filter(move |field| {
        has_table(level) && field.keyword == level && field.holds != FieldType::Prose
    })
}

fn is_named(field: &Field, name: &str) -> bool {
    field.name == name || field.name.replace(' ', "_") == name
}

/// The texts that a goal may have in print, in the order of the table of fields.
pub fn goal_texts() -> impl Iterator<Item = &'static str> {
    FIELDS
        .iter()
        .filter(|field| field.keyword == "mål" && field.holds == FieldType::Prose)
        .map(|field| field.name)
        .filter(|name| *name != "anvisning")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_that_there_is_shows_something() {
        for level in [INDICATORS, ACTIVITIES] {
            for name in column_names(level) {
                assert!(column_content(level, &name).is_some(), "{level} {name}");
            }
        }
        assert_eq!(column_content(INDICATORS, "analys"), None);
        assert_eq!(column_content("1", "utfall"), None);
        assert!(matches!(
            column_content(INDICATORS, "utfall"),
            Some(ColumnContent::Field(Field { name: "utfall", .. }))
        ));
    }
}
