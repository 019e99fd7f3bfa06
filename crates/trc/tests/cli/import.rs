//! `trc import`: from a spreadsheet to files that the check accepts.

use std::path::Path;

use crate::support::{Folder, Run};

const REPORT: [&str; 4] = ["--report", "T1 2025 norra_innerstaden", "--parent", "stockholm"];

/// A folder with the figures of a published report as its tables print them.
fn published() -> Folder {
    let folder = Folder::empty();
    let tables = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/published/000");
    for name in ["indicators", "activities", "goals"] {
        let file = format!("{name}.csv");
        folder.write(&file, std::fs::read(tables.join(&file)).unwrap());
    }
    folder
}

fn import(folder: &Folder, arguments: &[&str]) -> Run {
    folder.run(["import"].iter().chain(arguments).chain(&REPORT))
}

const ALL: [&str; 3] = ["indicators.csv", "activities.csv", "goals.csv"];

#[test]
fn a_published_report_comes_in_and_only_its_texts_are_missing() {
    let folder = published();
    let run = import(&folder, &ALL).succeeds();
    let count = |name: &str| folder.read(name).lines().count() - 1;
    let [indicators, activities, goals] = ALL.map(count);
    let read = format!(
        "Läst: {indicators} indikatorer, {activities} aktiviteter, {goals} mål. Sådant som inte kunde placeras: 0."
    );
    assert!(run.stdout.contains(&read), "{run:?}");
    folder.run(["fmt", "--check"]).succeeds();

    let check = folder.run(["check", "--format", "json"]).exits(1);
    let findings: serde_json::Value = serde_json::from_str(&check.stdout).unwrap();
    let mut counts = std::collections::BTreeMap::new();
    let mut errors = Vec::new();
    for finding in findings.as_array().unwrap() {
        *counts.entry(finding["rule"].as_str().unwrap()).or_insert(0) += 1;
        if finding["severity"] == "error" {
            errors.push(finding["message"].as_str().unwrap());
        }
    }
    let rules: Vec<&str> = counts.keys().copied().collect();
    // What a spreadsheet does not hold: texts, sections, the date, an outcome that was
    // never given. And what is wrong in the figures as they were published.
    let not_held = [
        "analysis-missing",
        "date-missing",
        "forecast-missing",
        "indicator-not-assessable",
        "last-year-missed-without-analysis",
        "last-year-missing",
        "outcome-missing",
        "section-missing",
        "target-missing",
    ];
    let published = [
        "forecast-optimistic",
        "gender-outside-total",
        "share-without-percent",
        "unit-mismatch",
        "unit-mixed",
    ];
    let mut expected = [&not_held[..], &published[..]].concat();
    expected.sort_unstable();
    assert_eq!(rules, expected);
    // The one error was published: a forecast in another unit than its outcome, which the
    // import had said.
    assert_eq!(
        errors,
        ["Värdet är i st men indikatorn mäts i barn/avd., så siffrorna går inte att jämföra."]
    );
    assert!(run.stdout.contains("Enheten är ”st” i prognos men ”barn/avd.” i övrigt."), "{run:?}");
}

#[test]
fn with_the_directions_filled_in_missed_targets_are_found() {
    let folder = published();
    import(&folder, &ALL).succeeds();
    let budget = folder.read("budget-2025.tr");
    let mark = "// riktning: högre är bättre eller lägre är bättre";
    let at = budget.find("\"Antal barn per anställd").unwrap();
    let (before, after) = budget.split_at(at);
    folder.write(
        "budget-2025.tr",
        format!("{before}{}", after.replacen(mark, "riktning: lägre är bättre", 1)),
    );
    let check = folder.run(["check", "--format", "concise"]).exits(1);
    assert!(
        check.stdout.contains("når inte sitt årsmål: prognosen är 5 och målet 4,8"),
        "{check:?}"
    );
}

#[test]
fn a_draft_is_built_of_what_came_in() {
    let folder = published();
    import(&folder, &ALL).succeeds();
    folder.run(["build", "--draft"]).succeeds();
    assert!(folder.path("ut/T1-2025-norra_innerstaden.pdf").exists());
}

#[test]
fn nothing_is_overwritten_unless_asked() {
    let folder = published();
    folder.write("vb-2024.tr", "mitt");
    let before = folder.files();
    import(&folder, &ALL).fails_with(&["vb-2024.tr", "Ingenting är skrivet", "--force"]);
    assert_eq!(folder.files(), before);
    import(&folder, &["--dry-run", "indicators.csv"]).succeeds();
    assert_eq!(folder.files(), before);
    import(&folder, &["--force", "indicators.csv"]).succeeds();
    assert!(folder.read("vb-2024.tr").starts_with("rapport VB 2024 för norra_innerstaden\n"));
    // Once more gives the same, names and all.
    let once = folder.files();
    import(&folder, &["--force", "indicators.csv"]).succeeds();
    assert_eq!(folder.files(), once);
}

#[test]
fn a_workspace_keeps_its_names() {
    let folder = Folder::workspace();
    folder.write("organisation.tr", "organisation stockholm \"Stockholms stad\" {\n  nämnd norra_innerstaden \"Norra innerstadens stadsdelsnämnd\"\n}\n");
    folder.write("budget.tr", "budget 2025 för stockholm\n\nmål 1.2 \"Förskola\" {\n  indikator barngrupp \"Antal barn per grupp\" {\n    mäts i: barn/avd.\n    årsmål: 14,9\n  }\n}\n");
    folder.write("i.csv", "Mål;Indikator;Periodens utfall;KF:s årsmål\n1.2;Antal barn per grupp;16,3 barn/avd.;14,9\n");
    let run = folder.run(["import", "i.csv", "--report", "T1 2025 norra_innerstaden"]).succeeds();
    assert!(run.stdout.contains("Namn som redan fanns i arbetsytan: 1."), "{run:?}");
    assert_eq!(
        folder.read("rapport-t1-2025.tr"),
        "rapport T1 2025 för norra_innerstaden\nfas: utkast\n\nmål 1.2 {\n  indikator barngrupp { utfall: 16,3 barn/avd. }\n}\n"
    );
    assert!(
        !folder.path("budget-2025.tr").exists() && !folder.path("verksamhetsplan-2025.tr").exists()
    );
}

#[test]
fn what_could_not_be_placed_is_a_finding() {
    let folder = Folder::empty();
    folder.write("i.csv", "Mål;Indikator;Utfall\n1 Trygga barn;Antal platser;många\n");
    let concise = import(&folder, &["i.csv", "--dry-run", "--format", "concise"]).exits(1);
    assert!(
        concise.stdout.contains("i.csv:2:3: error[import-value]: ”många” är inte med."),
        "{concise:?}"
    );
    let english = import(&folder, &["i.csv", "--dry-run", "--lang", "en"]).exits(1);
    assert!(
        english.stdout.contains("Error: i.csv, row 2, column C (Utfall): “många” was left out."),
        "{english:?}"
    );
    let json = import(&folder, &["i.csv", "--dry-run", "--format", "json"]).exits(1);
    let json: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    let finding =
        json["findings"].as_array().unwrap().iter().find(|it| it["severity"] == "error").unwrap();
    assert_eq!(
        (&finding["row"], &finding["column"], &finding["head"]),
        (&2.into(), &3.into(), &"Utfall".into())
    );
    assert!(json["files"][0]["text"].is_string());
    // Written all the same, without the cell.
    let run = import(&folder, &["i.csv"]).exits(1);
    assert!(
        run.stdout.contains("Fel: i.csv, rad 2, kolumn C (Utfall): ”många” är inte med."),
        "{run:?}"
    );
    assert!(folder.read("verksamhetsplan-2025.tr").contains("indikator platser \"Antal platser\""));
}

#[test]
fn a_file_or_an_argument_that_is_none_stops_the_import() {
    let folder = Folder::empty();
    folder.write("i.csv", "Indikator;Utfall\nA;1\n");
    folder.write("text.xlsx", "Indikator;Utfall\nA;1\n");
    import(&folder, &["finns-inte.csv"]).fails_with(&["finns-inte.csv går inte att läsa"]);
    import(&folder, &["."]).fails_with(&["går inte att läsa"]);
    import(&folder, &["text.xlsx"])
        .fails_with(&["text.xlsx heter som en Excelarbetsbok men är ingen"]);
    import(&folder, &["i.csv", "--map", "Utfall"]).fails_with(&["saknar likhetstecken"]);
    import(&folder, &["i.csv", "--map", "Utfal=-"])
        .fails_with(&["Ingen kolumn har rubriken ”Utfal”", "Menade du ”utfall”?"]);
    folder.run(["import", "i.csv"]).fails_with(&["--report"]);
    folder
        .run(["import", "i.csv", "--report", "tertial 1"])
        .fails_with(&["är ingen rapport", "T1 2025 norra_innerstaden"]);
    folder
        .run(["import", "i.csv", "--report", "T1 2025 norra-innerstaden"])
        .fails_with(&["är inget namn", "norra_innerstaden"]);
    assert_eq!(folder.files().len(), 2, "nothing was written");
}
