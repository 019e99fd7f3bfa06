//! The languages inside a line, over content of which no two parts are alike.

use divan::counter::{BytesCount, ItemsCount};
use trc_syntax::{formula, prose, value};

fn main() {
    divan::main();
}

/// Passages of about 600 bytes, as an analysis has them.
fn passages() -> Vec<String> {
    (0..200)
        .map(|n| {
            format!(
                "    Lekplats {n} fick {m} gungor under våren, vilket är [{n} fler]{{gungor.p{n} - gungor.p{m}}} än året innan. \
                 Besöken räknades till {{besök.plats{n}.utfall(föregående)}} och *trivseln* ökade.\n\n    \
                 # Skötsel av plats {n}\n\n    \
                 - Sanden byttes vecka {w}, se @{w}.{m}.\n    \
                 - Staketet av **trä** [målades](https://example.org/{n}) om[^n{n}].\n      1. Först grinden,\n      2. sedan resten.\n\n    \
                 {{gungor_{n}}}\n\n    \
                 2025. Under året väntar {m} platser till; [KOMPLETTERAS: kostnad för plats {n}].\n\n    \
                 [^n{n}]: Färgen är kulör {n}.\n",
                m = n + 3,
                w = n % 52 + 1,
            )
        })
        .collect()
}

/// A long passage: one analysis of about 100 kB.
fn long_passage() -> String {
    passages().concat()
}

fn formulas() -> Vec<String> {
    (0..1_000)
        .map(|n| match n % 4 {
            0 => format!("tabell{n}.rad{n}.2025 - tabell{n}.rad{n}.2024"),
            1 => format!("andel(läge{n}.utfall, budget{n}.netto) * 100 %"),
            2 => format!("-(rad{n} + {n},5 mnkr) / antal(indikatorer, nås delvis)"),
            _ => format!("procentändring(utfall{n}(föregående), utfall{n}(VB 2024 för enhet{n}))"),
        })
        .collect()
}

fn measures() -> Vec<String> {
    (0..1_000)
        .map(|n| match n % 3 {
            0 => format!("{n},5 % (män {n},1 %, kvinnor {n},9 %)"),
            1 => format!("{n} av {} (män 1 av {n}, kvinnor 2 av {n})", n + 40),
            _ => format!("{n} 936,6 mnkr"),
        })
        .collect()
}

#[divan::bench]
fn prose_passages(bencher: divan::Bencher<'_, '_>) {
    let passages = passages();
    let bytes: usize = passages.iter().map(String::len).sum();
    bencher
        .counter(BytesCount::new(bytes))
        .bench(|| passages.iter().map(|text| prose::parse(text, 2).blocks.len()).sum::<usize>());
}

#[divan::bench]
fn prose_one_long_passage(bencher: divan::Bencher<'_, '_>) {
    let passage = long_passage();
    bencher.counter(BytesCount::of_str(&passage)).bench(|| prose::parse(&passage, 2));
}

#[divan::bench]
fn thousand_formulas(bencher: divan::Bencher<'_, '_>) {
    let formulas = formulas();
    bencher
        .counter(ItemsCount::new(formulas.len()))
        .bench(|| formulas.iter().filter(|text| formula::parse(text).is_ok()).count());
}

#[divan::bench]
fn thousand_measures(bencher: divan::Bencher<'_, '_>) {
    let measures = measures();
    bencher
        .counter(ItemsCount::new(measures.len()))
        .bench(|| measures.iter().filter(|text| value::measure(text).is_ok()).count());
}
