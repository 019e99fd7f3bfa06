//! How things are written, beside the keywords and the fields: what fits on a page.

/// Constructs that belong together, under a Swedish heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Group {
    pub title: &'static str,
    pub constructs: &'static [Construct],
}

/// How something is written and what it means, in Swedish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Construct {
    pub written: &'static str,
    pub means: &'static str,
}

const fn c(written: &'static str, means: &'static str) -> Construct {
    Construct { written, means }
}

/// Every construct.
pub const CONSTRUCTS: &[Group] = &[
    Group {
        title: "Fält och texter",
        constructs: &[
            c("datum: 2026-05-20", "ett fält; gäller till radens slut"),
            c("analys \"\"\" … \"\"\"", "en lång text på egna rader"),
            c("aktivitet a, b { läge: pågår }", "samma svar för flera"),
            c("// till den som skriver", "en kommentar; skrivs inte ut"),
        ],
    },
    Group {
        title: "Värden",
        constructs: &[
            c("4,8   7 000   -5,4   83 %   12 st", "tal; mellanslag mellan tusental"),
            c("35 av 42 (män 18 av 21, kvinnor 17 av 21)", "uppdelat på kön"),
            c("minst 90 %  högst 5 st  ±1 %  ökning", "ett årsmål"),
            c("ej mätt, skälet   bortfall, skälet", "inget värde, och varför"),
            c("ej tillämplig   sekretess, färre än fem", "också inget värde"),
        ],
    },
    Group {
        title: "I löpande text",
        constructs: &[
            c("{möten.utfall}   {verksamheter}", "sätter in ett värde, en tabell"),
            c("[elva möten]{möten.utfall}", "kontrollerar det som står"),
            c("{möten.utfall(föregående)}", "värdet i förra årets rapport"),
            c("@1.2   @investeringar", "en hänvisning som blir en länk"),
            c("[KOMPLETTERAS: siffror för april]", "saknas; måste bort före slutlig"),
            c("# Rubrik   - punkt   1. punkt", "rubriker och listor"),
            c("*kursiv*  **fet**  [^1]  [länk](https://…)", "betonat, fotnot, länk"),
            c("\\{   \\[   \\@", "tecknen själva"),
        ],
    },
    Group {
        title: "Tabeller och formler",
        constructs: &[
            c("| Förskolor | 12,5 | 12,9 |", "en rad; den första är rubrikerna"),
            c("| varav nya |  1,5 |  1,9 |", "del av raden ovanför"),
            c("| # Övrigt |", "rubrik för en grupp rader"),
            c("summa   summa varav   summa grupp", "raderna ovanför"),
            c("+  -  *  /   min(a, b)   max(a, b)", "räknesätt"),
            c("andel(a, b)   procentändring(från, till)", "procent"),
            c("antal(indikatorer, nås)", "räknar i målet eller rapporten"),
            c("tal(x)   ord(x)", "bara talet; talet i bokstäver"),
            c("tabell b \"B\" enligt driftbudget {", "med en tabelltyps form"),
            c("tabell c \"C\" ur verksamheter {", "ett utdrag ur en tabell"),
        ],
    },
];
