//! A workspace of any size, for benchmarks and for tests that assert that the work
//! after an edit does not grow with it. Every paragraph and figure is its own, so that
//! nothing is fast because it was seen before.

use std::fmt::Write;

/// The report that every generated workspace has.
pub const REPORT: &str = "T1 2025 nordstad";

/// The files of a generated workspace: path and text.
pub fn sources(goals: usize) -> Vec<(String, String)> {
    let goals = numbers(goals);
    vec![
        ("organisation.tr".into(), ORGANISATION.into()),
        ("budget-2025.tr".into(), budget(&goals)),
        ("plan-2025.tr".into(), plan(&goals)),
        ("vb-2024.tr".into(), earlier(&goals)),
        ("t1-2025.tr".into(), frame()),
        ("t1-2025-mål.tr".into(), report(&goals)),
        ("t1-2025-ekonomi.tr".into(), economy()),
    ]
}

const ORGANISATION: &str =
    "organisation storstad \"Storstad\" {\n  nämnd nordstad \"Nordstads stadsdelsnämnd\"\n}\n";

/// Goal numbers: a third on the first two levels, the rest below.
fn numbers(count: usize) -> Vec<Vec<usize>> {
    let mut out = Vec::new();
    for first in 1.. {
        if out.len() >= count {
            break;
        }
        out.push(vec![first]);
        for second in 1..=5 {
            out.push(vec![first, second]);
            out.push(vec![first, second, 1]);
        }
    }
    out.truncate(count);
    out
}

fn name(number: &[usize]) -> String {
    number.iter().map(usize::to_string).collect::<Vec<_>>().join(".")
}

fn ident(number: &[usize]) -> String {
    number.iter().map(usize::to_string).collect::<Vec<_>>().join("_")
}

fn budget(goals: &[Vec<usize>]) -> String {
    let mut out = String::from("budget 2025 för storstad\n");
    for goal in goals.iter().filter(|goal| goal.len() < 3) {
        let (number, id) = (name(goal), ident(goal));
        write!(out, "\nmål {number} \"Staden når mål nummer {number} i god ordning\" {{\n")
            .unwrap();
        if goal.len() == 2 {
            for index in 1..=3 {
                let target = 40 + goal.iter().sum::<usize>() % 50 + index;
                write!(
                    out,
                    "  indikator andel_{id}_{index} \"Andel nöjda i grupp {index} för mål {number}\" {{\n    mäts i: %\n    riktning: högre är bättre\n    redovisas: tertial\n    årsmål: {target} %\n  }}\n"
                )
                .unwrap();
            }
        }
        out.push_str("}\n");
    }
    out
}

fn plan(goals: &[Vec<usize>]) -> String {
    let mut out = String::from("verksamhetsplan 2025 för nordstad\n");
    for goal in goals.iter().filter(|goal| goal.len() == 3) {
        let (number, id) = (name(goal), ident(goal));
        write!(
            out,
            "\nmål {number} \"Nämndens verksamhet nummer {number} är god\" {{\n  beskrivning \"\"\"\n    {}\n  \"\"\"\n\n  förväntat resultat \"\"\"\n    - Resultat ett för {number}.\n    - Resultat två för {number}.\n  \"\"\"\n\n",
            paragraph(goal, 900)
        )
        .unwrap();
        for index in 1..=3 {
            writeln!(out, "  aktivitet insats_{id}_{index} \"Insats {index} för mål {number}\"")
                .unwrap();
        }
        out.push_str("}\n");
    }
    out
}

fn earlier(goals: &[Vec<usize>]) -> String {
    let mut out = String::from("rapport VB 2024 för nordstad\nomfattning: endast utfall\n\n");
    for goal in goals.iter().filter(|goal| goal.len() == 2) {
        for index in 1..=3 {
            writeln!(out, "indikator andel_{}_{index} {{ utfall: {} % }}", ident(goal), 40 + index)
                .unwrap();
        }
    }
    out
}

fn frame() -> String {
    let mut out = String::from(
        "rapport T1 2025 för nordstad\ndatum: 2025-05-21\nfas: slutlig\n\navsnitt beslut \"\"\"\n  1. Nämnden godkänner rapporten.\n\"\"\"\n\navsnitt sammanfattning \"\"\"\n",
    );
    for index in 0..8 {
        write!(out, "  {}\n\n", paragraph(&[index, 77], index)).unwrap();
    }
    out.push_str("\"\"\"\n");
    out
}

fn report(goals: &[Vec<usize>]) -> String {
    let mut out = String::from("rapport T1 2025 för nordstad\n");
    for goal in goals {
        let (number, id) = (name(goal), ident(goal));
        write!(out, "\nmål {number} {{\n  status: uppfylls helt\n").unwrap();
        if goal.len() < 3 {
            out.push_str("\n  analys \"\"\"\n");
            let paragraphs = if goal.len() == 1 { 1 } else { 14 };
            for index in 0..paragraphs {
                if index % 5 == 4 {
                    write!(out, "    # Rubrik {index} under mål {number}\n\n").unwrap();
                }
                write!(out, "    {}\n\n", paragraph(goal, index)).unwrap();
            }
            if goal.len() == 2 {
                let value = 60 + goal.iter().sum::<usize>() % 30;
                writeln!(out, "    Utfallet för den första gruppen är [{value} procent]{{andel_{id}_1.utfall}}, se även @{number}.").unwrap();
            }
            out.push_str("  \"\"\"\n\n");
        }
        if goal.len() == 2 {
            for index in 1..=3 {
                let outcome = 59 + goal.iter().sum::<usize>() % 30 + index;
                write!(
                    out,
                    "  indikator andel_{id}_{index} {{\n    utfall: {outcome} %\n    prognos: {} %\n    analys: {}\n  }}\n",
                    outcome + 30,
                    paragraph(goal, 100 + index)
                )
                .unwrap();
            }
        }
        if goal.len() == 3 {
            for index in 1..=3 {
                write!(
                    out,
                    "  aktivitet insats_{id}_{index} {{\n    läge: pågår\n    analys: {}\n  }}\n",
                    paragraph(goal, 200 + index)
                )
                .unwrap();
            }
        }
        out.push_str("}\n");
    }
    out
}

fn economy() -> String {
    let mut out = String::from("rapport T1 2025 för nordstad\n");
    for (section, table) in
        [("driftbudget", "drift"), ("årsprognos", "prognosen"), ("investeringar", "projekten")]
    {
        write!(
            out,
            "\navsnitt {section} \"\"\"\n  {}\n\n  {{{table}}}\n\"\"\"\n",
            paragraph(&[section.len()], 5)
        )
        .unwrap();
        write!(out, "\ntabell {table} \"Ekonomi för {section}\" i mnkr {{\n  decimaler: 1\n\n  kolumn budget \"Budget\"\n  kolumn utfall \"Utfall\"\n  kolumn avvikelse \"Avvikelse\" = budget - utfall\n\n  rad totalt \"Totalt\" = summa\n\n  |         | budget | utfall |\n").unwrap();
        for index in 0..20 {
            writeln!(
                out,
                "  | Område {index} | {},{} | {},{} |",
                10 + index,
                index % 10,
                9 + index,
                index % 7
            )
            .unwrap();
        }
        out.push_str("}\n");
    }
    for section in ["försäljningar", "verksamhetsprojekt", "lokaländamål"] {
        write!(out, "\navsnitt {section}: Inget att redovisa.\n").unwrap();
    }
    out
}

/// About four hundred characters that no other paragraph has.
fn paragraph(goal: &[usize], index: usize) -> String {
    const WHO: [&str; 7] = [
        "Förvaltningen",
        "Enheten",
        "Avdelningen",
        "Arbetsgruppen",
        "Verksamheten",
        "Ledningen",
        "Teamet",
    ];
    const DOES: [&str; 7] = [
        "har gått igenom",
        "planerar",
        "följer upp",
        "har påbörjat",
        "utvecklar",
        "samordnar",
        "prövar",
    ];
    const WHAT: [&str; 7] = [
        "stödet till familjerna",
        "arbetet med bemanningen",
        "rutinerna för uppföljning",
        "samverkan med skolorna",
        "lokalerna i området",
        "utbildningen för nyanställda",
        "tillgängligheten",
    ];
    let seed = goal.iter().fold(index * 31, |sum, part| sum * 7 + part);
    let mut out = String::new();
    for sentence in 0..5 {
        let pick = seed + sentence * 13;
        write!(
            out,
            "{} {} {} under perioden, i del {} av {}. ",
            WHO[pick % 7],
            DOES[(pick / 7) % 7],
            WHAT[(pick / 3) % 7],
            sentence + 1,
            seed + 100
        )
        .unwrap();
    }
    out.trim_end().to_owned()
}
