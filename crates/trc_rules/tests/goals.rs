//! What the rules say of the statuses of goals.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod support;

use support::found;

const PLAN: &str = r#"verksamhetsplan 2025 för farsta
mål 1 "Ett" {
indikator x "X" {
riktning: högre är bättre
redovisas: VB
årsmål: 10
}
indikator y "Y" {
riktning: högre är bättre
redovisas: VB
årsmål: 10
}
}
mål 1.1 "Under"
mål 1.2 "Också under" {
indikator z "Z" {
riktning: högre är bättre
redovisas: VB
årsmål: 10
}
}
mål 1.2.1 "Längre ned"
"#;

/// A scale of another municipality: its order is what counts, not its words.
const TYPES: &str = r#"mallar 2025 för farsta
skala färger "Färger" {
| ord  | ton     |
| grönt | god     |
| gult | varning |
| rött | brist   |
}
rapporttyp verksamhetsberättelse "Årsredovisning" {
gäller: VB för nämnd
bedöms enligt: färger
}
"#;

fn rules(one: &str, under: &str, also: &str, analysis: &str, values: &str) -> Vec<String> {
    let analysis = if analysis.is_empty() { String::new() } else { format!("analys: {analysis}") };
    let goal = |key: &str, status: &str, more: &str| {
        let status = if status.is_empty() { String::new() } else { format!("status: {status}") };
        format!("mål {key} {{\n{status}\n{more}\n}}\n")
    };
    let report = format!(
        "rapport VB 2025 för farsta\ndatum: 2026-02-04\n{}{}{}{values}\n",
        goal("1", one, &analysis),
        goal("1.1", under, ""),
        goal("1.2", also, ""),
    );
    found(&[PLAN, TYPES, &report])
        .iter()
        .map(|line| line.split_once(' ').unwrap().1.to_owned())
        .filter(|rule| rule.starts_with("goal-") && rule != "goal-without-status")
        .collect()
}

const MET: &str = "indikator x, y, z { utfall: 10 }";

#[test]
fn a_goal_is_no_better_than_those_under_it() {
    let rule = ["goal-against-sub-goals"];
    assert_eq!(rules("grönt", "gult", "grönt", "Det går bra.", MET), rule);
    assert_eq!(rules("grönt", "gult", "rött", "", MET), rule);
    assert_eq!(rules("gult", "rött", "grönt", "", MET), rule);
    assert_eq!(rules("grönt", "grönt", "grönt", "", MET), [""; 0]);
    assert_eq!(rules("gult", "grönt", "gult", "", MET), [""; 0]);
    assert_eq!(rules("grönt", "", "", "", MET), [""; 0]);
}

#[test]
fn an_analysis_that_refers_to_the_worse_goal_explains_it() {
    let rule = ["goal-against-sub-goals"];
    assert_eq!(rules("grönt", "gult", "grönt", "@1.1 vägs upp av resten.", MET), [""; 0]);
    assert_eq!(rules("grönt", "gult", "grönt", "@1.2 är bättre.", MET), rule);
    assert_eq!(rules("grönt", "grönt", "gult", "Bara {z.utfall} återstår.", MET), [""; 0]);
    // Both must be mentioned.
    assert_eq!(rules("grönt", "gult", "rött", "@1.1 vägs upp av resten.", MET), rule);
    assert_eq!(rules("grönt", "gult", "rött", "@1.1 och @1.2 vägs upp.", MET), [""; 0]);
}

#[test]
fn a_goal_is_not_worse_than_everything_under_it_without_a_reason() {
    let rule = ["goal-against-sub-goals"];
    assert_eq!(rules("rött", "grönt", "gult", "Det går dåligt.", MET), rule);
    assert_eq!(rules("rött", "grönt", "gult", "@1.2 räcker inte.", MET), [""; 0]);
    let missed = "indikator x { utfall: 9\nanalys: För få. }\nindikator y, z { utfall: 10 }";
    let missed = missed.replace("{ utfall: 9", "{\nutfall: 9").replace("få. }", "få.\n}");
    assert_eq!(rules("rött", "grönt", "gult", "Det går dåligt.", &missed), [""; 0]);
}

#[test]
fn a_goal_that_is_met_in_full_mentions_what_is_not() {
    let rule = ["goal-met-despite-indicators"];
    let missed = "indikator x, y {\nutfall: 9\nanalys: För få.\n}\nindikator z { utfall: 10 }";
    assert_eq!(rules("grönt", "", "", "Det går bra.", missed), rule);
    assert_eq!(rules("grönt", "", "", "", missed), rule);
    assert_eq!(rules("grönt", "", "", "Bara {x.utfall} finns.", missed), rule);
    assert_eq!(
        rules("grönt", "", "", "Bara [9]{x.utfall} och {10 - y.utfall} fattas.", missed),
        [""; 0]
    );
    assert_eq!(rules("gult", "", "", "Det går bra.", missed), [""; 0]);
    assert_eq!(rules("grönt", "", "", "Det går bra.", MET), [""; 0]);
    // Not its own.
    let other = "indikator x, y { utfall: 10 }\nindikator z {\nutfall: 9\nanalys: För få.\n}";
    assert_eq!(rules("grönt", "", "gult", "@1.2 vägs upp.", other), [""; 0]);
}

#[test]
fn goals_of_a_plan_have_no_gaps() {
    let plan = |keys: &[&str]| {
        let goals: String = keys.iter().map(|key| format!("mål {key} \"Mål\"\n")).collect();
        found(&[&format!("verksamhetsplan 2025 för farsta\n{goals}")])
    };
    assert_eq!(plan(&["1.1.1", "1.1.2", "1.2.1"]), [""; 0]);
    assert_eq!(plan(&["1.1.2", "1.1.1"]), [""; 0]);
    assert_eq!(plan(&["1.1.1", "1.1.3", "1.1.4"]), ["0:3 goal-number-gap"]);
    assert_eq!(plan(&["vård_och_omsorg"]), [""; 0]);
    // The council's numbers are the council's.
    let budget = "budget 2025 för farsta\nmål 2 \"Mål\"\nmål 2.4 \"Mål\"\n";
    assert_eq!(found(&[budget, "verksamhetsplan 2025 för farsta\nmål 2.4.1 \"Mål\"\n"]), [""; 0]);
}
