//! What the rules on indicators say at their edges: directions, equal values, rounding,
//! values that are absent, and never two rules about one mistake.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod support;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use support::found;

/// An indicator called `x` in a plan, its follow-up in a report, and last year's
/// outcome; each without the braces.
struct Case<'a> {
    title: &'a str,
    council: &'a str,
    plan: &'a str,
    report: &'a str,
    before: &'a str,
    period: &'a str,
}

const HIGHER: &str = "mäts i: st\nriktning: högre är bättre\nredovisas: tertial\n";
const LOWER: &str = "mäts i: %\nriktning: lägre är bättre\nredovisas: tertial\n";

impl Default for Case<'_> {
    fn default() -> Self {
        Case { title: "X", council: HIGHER, plan: "", report: "", before: "", period: "T1" }
    }
}

impl Case<'_> {
    /// The ids of the rules that find something, in order.
    fn rules(&self) -> Vec<String> {
        let Case { title, council, plan, report, before, period } = self;
        let budget = format!(
            "budget 2025 för farsta\nmål 1 \"Mål\" {{\nindikator x \"{title}\" {{\n{council}\n}}\n}}\n"
        );
        let plan = format!("verksamhetsplan 2025 för farsta\nindikator x {{\n{plan}\n}}\n");
        let date = if *period == "VB" { "2026-02-04" } else { "2025-09-21" };
        let report = format!(
            "rapport {period} 2025 för farsta\ndatum: {date}\nmål 1 {{\nstatus: uppfylls delvis\nanalys: Målet nås delvis.\nindikator x {{\n{report}\n}}\n}}\n"
        );
        let before = format!(
            "rapport VB 2024 för farsta\ndatum: 2025-02-04\nomfattning: endast utfall\n{before}\n"
        );
        let mut rules: Vec<String> = found(&[&budget, &plan, &report, &before])
            .iter()
            .map(|line| line.split_once(' ').unwrap().1.to_owned())
            .collect();
        rules.sort();
        rules
    }

    #[track_caller]
    fn finds(&self, rules: &[&str]) {
        assert_eq!(self.rules(), rules);
    }
}

/// What is said of the genders in an outcome.
fn gender(council: &str, outcome: &str) -> Vec<String> {
    let council = format!("{council}\nredovisas: VB\nårsmål: minst 0");
    let report = format!("utfall: {outcome}");
    let case = Case {
        title: "Antal x",
        council: &council,
        report: &report,
        period: "VB",
        ..Case::default()
    };
    case.rules().into_iter().filter(|rule| rule == "gender-outside-total").collect()
}

const WRONG: [&str; 1] = ["gender-outside-total"];

#[test]
fn shares_lie_between_within_rounding() {
    let kind = "mäts i: %\nriktning: högre är bättre\nkön: andelar";
    for right in [
        "21,4 % (pojkar 20,6 %, flickor 22,3 %)",
        "21,4 % (pojkar 22,3 %, flickor 20,6 %)",
        "50 % (män 50 %, kvinnor 50 %)",
        // 49,5 to 50,5 on both sides.
        "50,4 % (män 50 %, kvinnor 50 %)",
        "50,5 % (män 50 %, kvinnor 50 %)",
        // One gender alone bounds nothing.
        "50 % (kvinnor 80 %)",
        "50 % (kön sekretess)",
        "sekretess, färre än fem",
    ] {
        assert_eq!(gender(kind, right), [""; 0], "{right}");
    }
    for wrong in [
        "50,6 % (män 50 %, kvinnor 50 %)",
        "1,75 % (män 1,78 %, kvinnor 2,02 %)",
        "35,7 % (män 1,4 %, kvinnor 34,3 %)",
    ] {
        assert_eq!(gender(kind, wrong), WRONG, "{wrong}");
    }
}

#[test]
fn parts_sum_within_the_rounding_of_each() {
    let kind = "mäts i: %\nriktning: högre är bättre\nkön: del av totalen";
    for right in ["38 % (män 2,4 %, kvinnor 35,7 %)", "35,8 % (män 1,4 %, kvinnor 34,3 %)"] {
        assert_eq!(gender(kind, right), [""; 0], "{right}");
    }
    for wrong in ["35 % (män 1,4 %, kvinnor 34,3 %)", "10 % (kvinnor 12 %)"] {
        assert_eq!(gender(kind, wrong), WRONG, "{wrong}");
    }
}

#[test]
fn things_that_are_counted_are_not_rounded() {
    let kind = "mäts i: st\nriktning: högre är bättre\nkön: antal";
    assert_eq!(gender(kind, "13 (män 5, kvinnor 8)"), [""; 0]);
    assert_eq!(gender(kind, "12 (män 5, kvinnor 8)"), WRONG);
    // Full-time equivalents are.
    assert_eq!(gender(kind, "11,8 (män 5, kvinnor 6)"), [""; 0]);
}

#[test]
fn without_a_word_about_it_either_will_do() {
    let kind = "mäts i: st\nriktning: högre är bättre";
    for right in ["13 (män 5, kvinnor 8)", "6 (män 5, kvinnor 8)", "8 (kvinnor 8)"] {
        assert_eq!(gender(kind, right), [""; 0], "{right}");
    }
    for wrong in ["3 (män 5, kvinnor 8)", "20 (män 5, kvinnor 8)", "5 (kvinnor 8)"] {
        assert_eq!(gender(kind, wrong), WRONG, "{wrong}");
    }
    // What is no number of things may be larger for one gender.
    let share = "mäts i: %\nriktning: högre är bättre";
    assert_eq!(gender(share, "50 % (kvinnor 80 %)"), [""; 0]);
}

#[test]
fn a_forecast_is_worse_in_the_direction_of_the_indicator() {
    let before = "indikator x { utfall: 10 }";
    let higher = |report| Case { plan: "årsmål: 10", report, before, ..Case::default() };
    higher("utfall: 12\nprognos: 10").finds(&["forecast-worse-than-outcome"]);
    higher("utfall: 10\nprognos: 12").finds(&[]);
    higher("utfall: 10\nprognos: 10").finds(&[]);
    higher("utfall: 9\nprognos: 10").finds(&["forecast-optimistic"]);
    higher("utfall: 9\nprognos: nås").finds(&["forecast-optimistic"]);
    higher("utfall: 9\nprognos: nås\nanalys: Hösten blir bättre.").finds(&[]);
    higher("utfall: ej mätt, mäts i höst\nprognos: 10").finds(&[]);
    higher("utfall: sekretess, färre än fem\nprognos: 10").finds(&[]);
    // An analysis that does not mention the forecast may be about anything.
    higher("utfall: 12\nprognos: 10\nanalys: Det går bra.").finds(&["forecast-worse-than-outcome"]);
    higher("utfall: 12\nprognos: 10\nanalys: Bara {prognos}, för två slutar.").finds(&[]);

    // A rounder figure is not worse.
    let many = |report| Case { plan: "årsmål: 90", report, before, ..Case::default() };
    many("utfall: 100\nprognos: 96").finds(&[]);
    many("utfall: 100\nprognos: 95").finds(&["forecast-worse-than-outcome"]);
    many("utfall: 0\nprognos: 0\nanalys: Inget.").finds(&[]);

    let before = "indikator x { utfall: 8 % }";
    let lower =
        |report| Case { council: LOWER, plan: "årsmål: 8 %", report, before, ..Case::default() };
    lower("utfall: 7 %\nprognos: 8 %").finds(&["forecast-worse-than-outcome"]);
    lower("utfall: 8,2 %\nprognos: 8 %").finds(&["forecast-optimistic"]);
    lower("utfall: 8 %\nprognos: 7 %").finds(&[]);

    let near = LOWER.replace("lägre är", "nära målet är");
    let near = |report| {
        Case { council: &near, plan: "årsmål: ±1 %", report, before, ..Case::default() }.rules()
    };
    assert_eq!(near("utfall: 2 %\nprognos: 0 %"), ["forecast-optimistic"]);
    assert_eq!(near("utfall: -2 %\nprognos: 1 %"), ["forecast-optimistic"]);
    assert_eq!(near("utfall: -1 %\nprognos: 1 %"), [""; 0]);
}

#[test]
fn what_adds_up_over_the_year_is_not_held_against_the_target_before_it_ends() {
    let council = format!("{HIGHER}kumulativ: ja");
    let before = "indikator x { utfall: 12 }";
    let case = |period, report| {
        Case { council: &council, plan: "årsmål: 12", report, before, period, ..Case::default() }
            .rules()
    };
    assert_eq!(case("T1", "utfall: 5\nprognos: 12"), [""; 0]);
    assert_eq!(case("T1", "utfall: 5"), ["forecast-missing"]);
    assert_eq!(case("T1", "utfall: 5\nprognos: 11"), ["target-missed-without-analysis"]);
    assert_eq!(case("VB", "utfall: 11"), ["target-missed-without-analysis"]);
}

#[test]
fn a_forecast_is_due_with_the_outcome() {
    let before = "indikator x { utfall: 10 }";
    let case = |council, report, period| {
        Case { council, plan: "årsmål: 10", report, before, period, ..Case::default() }.rules()
    };
    assert_eq!(case(HIGHER, "utfall: 10", "T1"), ["forecast-missing"]);
    assert_eq!(case(HIGHER, "utfall: 10", "VB"), [""; 0]);
    assert_eq!(case(HIGHER, "utfall: 10\nprognos: ej tillämplig, upphör i maj", "T1"), [""; 0]);
    assert_eq!(case(HIGHER, "utfall: ej mätt, mäts i höst", "T1"), [""; 0]);
    let yearly = HIGHER.replace("tertial", "år");
    assert_eq!(case(&yearly, "utfall: 10", "T1"), [""; 0]);
}

#[test]
fn a_target_is_compared_with_the_one_above_in_its_direction() {
    let case = |council: &str, plan: &str| {
        let plan = format!("årsmål: {plan}");
        let rules = Case { council, plan: &plan, ..Case::default() }.rules();
        rules.iter().any(|rule| rule == "target-weaker")
    };
    let higher = |council: &str, plan| case(&format!("{HIGHER}årsmål: {council}"), plan);
    assert!(higher("10", "9"));
    assert!(higher("minst 10", "9"));
    assert!(higher("10", "minst 9"));
    assert!(!higher("10", "10"));
    assert!(!higher("10", "11"));
    assert!(!higher("11 000 för hela staden", "480"));
    assert!(!higher("ökning", "9"));
    assert!(!higher("10", "ökning"));
    assert!(!higher("högst 10", "9"));
    let lower = |council: &str, plan| case(&format!("{LOWER}årsmål: {council}"), plan);
    assert!(lower("1,5 %", "1,8 %"));
    assert!(!lower("1,5 %", "1,2 %"));
    assert!(lower("±1 %", "±2 %"));
    assert!(!lower("±1 %", "±1 %"));
    let near = LOWER.replace("lägre är", "nära målet är");
    assert!(!case(&format!("{near}årsmål: 100 %"), "90 %"));
}

#[test]
fn a_target_is_compared_with_last_years_outcome() {
    let case = |plan: &str, before: &str, report: &str| {
        let before = format!("indikator x {{ utfall: {before} }}");
        let rules = Case { plan, before: &before, report, ..Case::default() }.rules();
        rules.iter().filter(|rule| *rule == "target-weaker").count()
    };
    assert_eq!(case("årsmål: 60", "77", ""), 1);
    assert_eq!(case("årsmål: 77", "77", ""), 0);
    assert_eq!(case("årsmål: 60", "sekretess, färre än fem", ""), 0);
    assert_eq!(case("årsmål: 60\nmotivering: Två enheter stängs.", "77", ""), 0);
    assert_eq!(case("årsmål: 60", "77", "motivering: Två enheter stängs."), 0);
    assert_eq!(case("årsmål: 60\nmotivering:", "77", ""), 1);
    assert_eq!(case("årsmål: 60 för hela staden", "77", ""), 0);
    // Nobody set a target anew.
    assert_eq!(case("", "77", ""), 0);
}

#[test]
fn a_target_that_is_weaker_than_both_is_said_once() {
    let council = format!("{HIGHER}årsmål: 70");
    let before = "indikator x { utfall: 77 }";
    let report = "utfall: 77\nprognos: 77";
    Case { council: &council, plan: "årsmål: 60", before, report, ..Case::default() }
        .finds(&["target-weaker"]);
}

#[test]
fn last_year_is_held_against_this_years_target() {
    let yearly = HIGHER.replace("tertial", "år");
    let case = |plan: &str, before: &str, report: &str| {
        let before = format!("indikator x {{ utfall: {before} }}");
        Case { council: &yearly, plan, before: &before, report, ..Case::default() }.rules()
    };
    let rule = ["last-year-missed-without-analysis"];
    assert_eq!(case("årsmål: 73", "68", ""), rule);
    assert_eq!(case("årsmål: 73", "68", "utfall: ej mätt, mäts i höst"), rule);
    assert_eq!(case("årsmål: 73", "68", "analys: Målet väntas nås."), [""; 0]);
    assert_eq!(case("årsmål: 73", "68", "prognos: nås"), [""; 0]);
    assert_eq!(case("årsmål: 73", "73", ""), [""; 0]);
    assert_eq!(case("årsmål: ökning", "68", ""), [""; 0]);
    assert_eq!(case("årsmål: 73 för hela staden", "68", ""), [""; 0]);
    assert_eq!(case("årsmål: 73", "sekretess, färre än fem", "utfall: ej mätt, i höst"), [""; 0]);
}

#[test]
fn a_target_must_ask_for_something_somewhere() {
    let case = |council: &str, plan, report| {
        let council = format!("{HIGHER}{council}");
        let before = "indikator x { utfall: 10 }";
        let rules = Case { council: &council, plan, report, before, ..Case::default() }.rules();
        rules.iter().filter(|rule| *rule == "target-missing").count()
    };
    let outcome = "utfall: 10\nprognos: 10";
    assert_eq!(case("", "", outcome), 1);
    assert_eq!(case("årsmål: tas fram av nämnd", "", outcome), 1);
    assert_eq!(case("årsmål: fastställs 2025", "", outcome), 1);
    assert_eq!(case("årsmål: tas fram av nämnd", "årsmål: fastställs 2025", outcome), 0);
    assert_eq!(case("årsmål: tas fram av nämnd", "årsmål: tas fram av nämnd", outcome), 1);
    assert_eq!(case("årsmål: fastställs 2025", "årsmål: 50", outcome), 0);
    assert_eq!(case("årsmål: ökning", "", outcome), 0);
    assert_eq!(case("årsmål: 11 000 för hela staden", "", outcome), 0);
    // That it cannot be read is said where it stands.
    assert_eq!(case("", "årsmål: -", outcome), 0);
    assert_eq!(case("", "", "utfall: 10\nprognos: 10\nanalys: Målet sätts i höst."), 0);
    assert_eq!(case("", "", "utfall: ej tillämplig, nämnden har inga bolag"), 0);
}

#[test]
fn units_are_held_together_over_the_files() {
    let case = |council: &str, plan: &str, report, before| {
        let rules = Case { council, plan, report, before, ..Case::default() }.rules();
        rules.iter().filter(|rule| *rule == "unit-mixed").count()
    };
    let before = "indikator x { utfall: 10 st }";
    assert_eq!(case(HIGHER, "årsmål: 10 st", "utfall: 10 st\nprognos: 10 st", before), 0);
    assert_eq!(case(HIGHER, "årsmål: 10", "utfall: 10 st\nprognos: 10 st", before), 1);
    assert_eq!(case(HIGHER, "årsmål: 10", "utfall: 10\nprognos: 10", before), 1);
    assert_eq!(case(HIGHER, "årsmål: 10", "utfall: ej mätt, i höst", before), 1);
    assert_eq!(case(HIGHER, "årsmål: 10", "utfall: 10\nprognos: nås", ""), 0);
    // A noun in a limit is no unit, and an index has none.
    assert_eq!(case(HIGHER, "årsmål: högst 10 personer", "utfall: 10\nprognos: 10", ""), 0);
    let index = HIGHER.replace("mäts i: st", "mäts i: index");
    assert_eq!(case(&index, "årsmål: 10", "utfall: 10\nprognos: 10", ""), 0);
    // A share of counts has its unit from the counts.
    let percent = HIGHER.replace("mäts i: st", "mäts i: %");
    assert_eq!(case(&percent, "årsmål: 50 %", "utfall: 35 av 42\nprognos: 60 %", ""), 0);
}

#[test]
fn a_share_has_its_percent_sign() {
    let case = |title, plan: &str, report| {
        let council = HIGHER.replace("mäts i: st", "mäts i: %");
        let rules = Case { title, council: &council, plan, report, ..Case::default() }.rules();
        rules.iter().filter(|rule| *rule == "share-without-percent").count()
    };
    assert_eq!(case("Andel nöjda", "årsmål: 50", "utfall: 60\nprognos: 60"), 1);
    assert_eq!(case("Andelen nöjda", "årsmål: 0,5", "utfall: 0,6\nprognos: 0,6"), 1);
    assert_eq!(case("Andel nöjda", "årsmål: 50 %", "utfall: 60 %\nprognos: 60 %"), 0);
    assert_eq!(case("Andel nöjda", "årsmål: ökning", "utfall: 35 av 42\nprognos: nås"), 0);
    assert_eq!(case("Andelsägda bostäder", "årsmål: 50", "utfall: 60\nprognos: 60"), 0);
}

/// Every combination of values: whatever an indicator lacks, one rule asks for it.
#[test]
fn one_rule_speaks_of_what_an_indicator_lacks() {
    const OF_ONE_LACK: [&str; 8] = [
        "analysis-missing",
        "forecast-optimistic",
        "forecast-worse-than-outcome",
        "indicator-not-assessable",
        "last-year-missed-without-analysis",
        "outcome-missing",
        "target-missed-without-analysis",
        "target-missing",
    ];
    let outcomes = ["", "utfall: ej mätt", "utfall: ej mätt, i höst", "utfall: 9", "utfall: 12"];
    let forecasts = [
        "",
        "prognos: ej mätt, i höst",
        "prognos: 8",
        "prognos: 11",
        "prognos: nås",
        "prognos: nås inte",
    ];
    let befores = ["", "utfall: 9", "utfall: 10"];
    let (mut plan, mut report, mut before) = (
        "verksamhetsplan 2025 för farsta\nmål 1 \"Mål\" {\n".to_owned(),
        "rapport T1 2025 för farsta\ndatum: 2025-05-21\nmål 1 { analys: Se planen. }\n".to_owned(),
        "rapport VB 2024 för farsta\ndatum: 2025-02-04\nomfattning: endast utfall\n".to_owned(),
    );
    let demanding = "mallar 2025 för farsta\nrapporttyp tertialrapport \"T\" {\ngäller: T1 för nämnd\nnivå indikator \"I\" { kräver analys: när målet inte nås, när prognosen är bättre än utfallet, vid frånvaro }\n}\n";
    let mut name = 0;
    let mut line = report.lines().count();
    let mut names = BTreeMap::new();
    for outcome in outcomes {
        for forecast in forecasts {
            for last in befores {
                for due in ["tertial", "år"] {
                    for target in ["årsmål: 10", "årsmål: ökning", "årsmål: tas fram av nämnd"]
                    {
                        name += 1;
                        writeln!(plan, "indikator i{name} \"I\" {{\nriktning: högre är bättre\nredovisas: {due}\n{target}\n}}").unwrap();
                        let case = format!("{outcome} / {forecast} / {last} / {due} / {target}");
                        for _ in 0..4 {
                            line += 1;
                            names.insert(line, case.clone());
                        }
                        writeln!(report, "indikator i{name} {{\n{outcome}\n{forecast}\n}}")
                            .unwrap();
                        if !last.is_empty() {
                            writeln!(before, "indikator i{name} {{ {last} }}").unwrap();
                        }
                    }
                }
            }
        }
    }
    plan.push('}');
    for types in ["", demanding] {
        let mut said: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for finding in found(&[&plan, &report, &before, types]) {
            let (place, rule) = finding.split_once(' ').unwrap();
            let (file, line) = place.split_once(':').unwrap();
            if file == "1" && OF_ONE_LACK.contains(&rule) {
                let case = names.get(&line.parse().unwrap()).unwrap();
                said.entry(case).or_default().push(rule.to_owned());
            }
        }
        // A target, an outcome that is due and what a forecast calls for are three things.
        const OTHER_LACKS: [(&str, &str); 3] = [
            ("outcome-missing", "target-missing"),
            ("outcome-missing", "target-missed-without-analysis"),
            ("analysis-missing", "target-missing"),
        ];
        let two_lacks = |rules: &[String]| {
            let both = |(a, b)| [a, b].iter().all(|rule| rules.iter().any(|said| said == rule));
            rules.len() == 2 && OTHER_LACKS.into_iter().any(both)
        };
        let twice: Vec<_> =
            said.iter().filter(|(_, rules)| rules.len() > 1 && !two_lacks(rules)).collect();
        assert!(twice.is_empty(), "{twice:#?}");
        let rules: std::collections::BTreeSet<&String> = said.values().flatten().collect();
        let expected = if types.is_empty() {
            OF_ONE_LACK.iter().filter(|rule| **rule != "analysis-missing").count()
        } else {
            OF_ONE_LACK.iter().filter(|rule| **rule != "forecast-optimistic").count()
        };
        assert_eq!(rules.len(), expected, "each of them speaks somewhere: {rules:?}");
    }
}
