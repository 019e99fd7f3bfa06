//! The list of rules. A new rule is a file here and a line below.

use crate::rule::Rule;

macro_rules! rules {
    ($($module:ident),* $(,)?) => {
        $(mod $module;)*

        static RULES: &[&Rule] = &[$(&$module::RULE),*];
    };
}

rules! {
    syntax,
    encoding,
    unknown_word,
    unknown_name,
    unknown_reference,
    declared_twice,
    value_malformed,
    unit_mismatch,
    unit_mixed,
    share_without_percent,
    gender_outside_total,
    plan_missing,
    part_missing,
    date_missing,
    section_missing,
    goal_without_status,
    goal_against_sub_goals,
    goal_met_despite_indicators,
    goal_number_gap,
    goal_misplaced,
    meant_for_others,
    target_missing,
    target_weaker,
    outcome_missing,
    forecast_missing,
    target_missed_without_analysis,
    last_year_missed_without_analysis,
    last_year_missing,
    forecast_optimistic,
    forecast_worse_than_outcome,
    indicator_not_assessable,
    analysis_missing,
    analysis_without_figures,
    activity_overdue,
    text_missing,
    table_shape,
    data_file,
    data_contradicts,
    formula_impossible,
    table_figure,
    checked_number,
    change_does_not_follow,
    share_does_not_follow,
    parts_exceed_whole,
    index_in_percentage_points,
    count_differs_from_list,
    date_outside_period,
    alternative_text_missing,
    diagram_without_data,
    glyph_missing,
    attestation_void,
    path_outside_workspace,
    type_ambiguous,
    type_contradictory,
    prose_subset,
    suppression_malformed,
    suppression_unused,
}

pub(crate) use encoding::RULE as ENCODING;
pub(crate) use suppression_malformed::RULE as SUPPRESSION_MALFORMED;
pub(crate) use suppression_unused::RULE as SUPPRESSION_UNUSED;
pub(crate) use syntax::RULE as SYNTAX;

/// Every rule, in the order in which they are documented.
pub fn rules() -> &'static [&'static Rule] {
    RULES
}

/// The rule with the given id.
pub fn find(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}
