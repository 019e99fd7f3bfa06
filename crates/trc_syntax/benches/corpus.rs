//! Files of the size and mixture of a committee's year: goals with prose, indicators
//! and activities, and the tables of the economy. No two sentences or figures are the
//! same, so that nothing is measured that a cache made easy.

use std::fmt::Write as _;

/// Six files of about 75 KB each.
pub fn files() -> Vec<String> {
    let mut random = Random(2025);
    (0..6).map(|number| file(&mut random, number)).collect()
}

pub fn bytes(files: &[String]) -> usize {
    files.iter().map(String::len).sum()
}

fn file(random: &mut Random, number: usize) -> String {
    let mut out =
        format!("rapport T1 2025 för nämnd_{number}\ndatum: 2025-05-21\nfas: slutlig\n\n");
    let mut goal = 0;
    while out.len() < 75_000 {
        goal += 1;
        write!(out, "mål {number}.{goal} {{\n  status: uppfylls helt\n\n  analys \"\"\"\n")
            .unwrap();
        for paragraph in 0..random.below(3) + 1 {
            if paragraph > 0 {
                out.push('\n');
            }
            writeln!(out, "    {}", random.sentences(7)).unwrap();
        }
        out.push_str("  \"\"\"\n\n");
        for indicator in 0..random.below(4) {
            let (a, b) = (random.below(100), random.below(10));
            writeln!(
                out,
                "  indikator {}_{indicator} {{\n    utfall: {a},{b} % (män {b},{a} %, kvinnor {a},{a} %)\n    prognos: {a} %\n    analys: {}\n  }}",
                random.word(),
                random.sentences(3),
            )
            .unwrap();
        }
        writeln!(out, "\n  aktivitet {}_{goal} {{ läge: pågår }}\n}}\n", random.word()).unwrap();
        if goal % 3 == 0 {
            table(random, &mut out, goal);
        }
    }
    out
}

fn table(random: &mut Random, out: &mut String, number: usize) {
    writeln!(
        out,
        "tabell {}_{number} \"{}\" i mnkr {{\n  rad totalt \"Totalt\" = summa\n",
        random.word(),
        random.words(3)
    )
    .unwrap();
    out.push_str("  |                              | budget | begärda | prognos | avvikelse |\n");
    for _ in 0..24 {
        write!(out, "  | {:<28} |", random.words(2)).unwrap();
        for _ in 0..4 {
            write!(out, " {:>4},{} |", random.below(2000), random.below(10)).unwrap();
        }
        out.push('\n');
    }
    out.push_str("}\n\n");
}

/// A small generator, the same on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) % end
    }

    fn word(&mut self) -> String {
        const SYLLABLES: [&str; 16] = [
            "ka", "jer", "ström", "vå", "lin", "stad", "mö", "te", "för", "and", "rik", "ås",
            "hus", "ning", "be", "tal",
        ];
        (0..self.below(3) + 1)
            .map(|_| SYLLABLES[usize::try_from(self.below(16)).unwrap()])
            .collect()
    }

    fn words(&mut self, count: u64) -> String {
        (0..count).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }

    fn sentences(&mut self, count: u64) -> String {
        let sentence = |random: &mut Self| {
            let length = random.below(12) + 5;
            format!(
                "{} [{} mnkr]{{{}.b}}.",
                random.words(length),
                random.below(9000),
                random.word()
            )
        };
        (0..count).map(|_| sentence(self)).collect::<Vec<_>>().join(" ")
    }
}
