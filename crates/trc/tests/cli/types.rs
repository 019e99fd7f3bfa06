//! `trc types`: what holds, where it is said, and written out.

use crate::support::Folder;

#[test]
fn the_list_says_what_holds_and_where_it_is_said() {
    let folder = Folder::example();
    folder.write(
        "mallar-2026.tr",
        "mallar 2026 för exempelsta\n\ntabelltyp investeringar {\n  decimaler: 2\n}\n",
    );
    let list = folder.run(["types"]).exits(0).stdout;
    assert!(list.starts_with("Det som gäller för exempelsta 2026\n\nrapporttyp\n"), "{list}");
    let line = |name: &str| {
        let mut lines = list.lines().filter(|line| line.split_whitespace().next() == Some(name));
        lines.next().unwrap_or_else(|| panic!("{name}: {list}")).to_owned()
    };
    assert!(line("tertialrapport").contains("T1, T2 för nämnd"), "{list}");
    assert!(line("driftbudget").ends_with("(inbyggd)"), "{list}");
    assert!(line("investeringar").ends_with("mallar-2026.tr:3"), "{list}");
    assert!(list.contains("\nskala\n") && list.contains("\nperiod\n"), "{list}");
    let english = folder.run(["types", "--lang", "en"]).exits(0).stdout;
    assert!(english.contains("What holds for exempelsta 2026"), "{english}");
    let names = folder.run(["types", "--format", "concise"]).exits(0).stdout;
    assert!(names.contains("tabelltyp investeringar\n"), "{names}");
}

/// What is printed is a document: a city copies it and has what it had.
#[test]
fn a_type_is_written_as_it_finally_holds() {
    let folder = Folder::example();
    folder.write(
        "mallar-2026.tr",
        "mallar 2026 för exempelsta\n\nrapporttyp tertialrapport {\n  avsnitt jämlikhet \"Jämlikhet\" { före: övrigt }\n}\n",
    );
    let shown = folder.run(["types", "tertialrapport"]).exits(0).stdout;
    assert!(
        shown.starts_with("mallar 2026 för exempelsta\n\n// Sagt i stockholm-2021.tr:"),
        "{shown}"
    );
    assert!(shown.contains("mallar-2026.tr:3.\n"), "{shown}");
    let (jämlikhet, övrigt) = (shown.find("avsnitt jämlikhet"), shown.find("avsnitt övrigt"));
    assert!(jämlikhet.is_some() && jämlikhet < övrigt, "{shown}");
    folder.write("mallar-2026.tr", &shown);
    folder.run(["check", "--deny", "warnings"]).exits(0);
    folder.run(["fmt", "--check"]).exits(0);
    let body = |text: &str| text.lines().filter(|l| !l.starts_with("//")).collect::<String>();
    let again = folder.run(["types", "tertialrapport"]).exits(0).stdout;
    assert_eq!(body(&again), body(&shown));
}

#[test]
fn another_year_and_unit_and_no_workspace() {
    let folder = Folder::empty();
    let built_in = folder.run(["types", "resultatenheter", "--year", "2023"]).exits(0).stdout;
    assert!(built_in.starts_with("mallar 2023 för stockholm\n"), "{built_in}");
    let later = folder.run(["types", "resultatenheter", "--year", "2025"]).exits(0).stdout;
    assert_ne!(built_in, later);
    let json = folder.run(["types", "läge", "--format", "json"]).exits(0).stdout;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json[0]["kind"], "skala");
    assert!(json[0]["source"].as_str().unwrap().contains("| försenad"), "{json}");
    assert_eq!(json[0]["places"][0]["built_in"], true);
}

#[test]
fn what_there_is_not_is_said() {
    let folder = Folder::example();
    let run = folder.run(["types", "driftbudgett"]).exits(2);
    assert!(run.stderr.contains("Ingen mall heter \"driftbudgett\"."), "{}", run.stderr);
    assert!(run.stderr.contains("Menade du \"driftbudget\"?"), "{}", run.stderr);
    let run = folder.run(["types", "--owner", "kultur_fritd"]).exits(2);
    assert!(run.stderr.contains("Menade du \"kultur_fritid\"?"), "{}", run.stderr);
}
