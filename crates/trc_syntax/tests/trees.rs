//! The tree of every construct, one at a time.

#![allow(clippy::string_slice, clippy::arithmetic_side_effects)]

mod support;

macro_rules! trees {
    ($($name:ident: $text:literal,)*) => {$(
        #[test]
        fn $name() {
            let parse = trc_syntax::parse($text);
            assert_eq!(parse.errors(), []);
            assert_eq!(parse.syntax().text().to_string(), $text);
            insta::with_settings!({ omit_expression => true, description => $text }, {
                insta::assert_snapshot!(stringify!($name), support::tree(&parse.syntax()));
            });
        }
    )*};
}

trees! {
    header_of_a_report: "rapport T1 2025 för södra_hamnen\n",
    header_of_a_plan: "// utkast\n\nverksamhetsplan 2025 för södra_hamnen\n",
    organisation: "organisation hamnstad \"Hamnstads kommun\" {\n  nämnd södra_hamnen \"Södra hamnens nämnd\" {\n    e-post: namnden@example.org\n    enhet kajen \"Enheten Kajen\" { roll: utförare }\n    enhet bryggan \"Enheten Bryggan\"\n  }\n}\n",
    fields: "rapport T1 2025 för x\ndatum: 2025-05-21\nförväntat resultat: Fler båtar.\nwebb: https://example.org   // hemsidan\ntom:\n",
    field_named_like_a_structural_word: "rapport T1 2025 för x\nbudget: 5\ntext: ord\nrad = 3\n",
    goals_and_titles: "budget 2025 för x\n\nmål 1.2 \"Alla \"små\" båtar ska få plats\" {\n  status: uppfylls helt\n}\nmål 1, 2.1 { status: uppfylls helt }\nindikator tom { }\n",
    text_on_a_line_and_in_a_passage: "rapport T1 2025 för x\navsnitt lokaler: Inget att redovisa.\navsnitt ekonomi \"\"\"\n  Kajen [kostar 3 mnkr]{kaj.kostnad}.\n\n  - punkt\n\"\"\"\nmål 1 {\n  analys \"\"\"Kort.\"\"\"\n}\n",
    value_with_braces_in_a_block_on_one_line: "rapport T1 2025 för x\nindikator a { utfall: [98,8 %]{andel(b.c, d)} }   // prövad\n",
    table: "rapport T1 2025 för x\ntabell kajer \"Kajer {år}\" i mnkr enligt kajtyp {\n  kolumn avvikelse \"Avvikelse\" = budget - prognos { visas: nej }\n  rad totalt \"Totalt\" = summa\n  rad före { avvikelse = netto }\n\n  |          | budget | prognos |   // huvud\n  | # Norra  |\n  | Kajkant  |    2,6 | {kaj.b} |\n  | Pollare  |        | 1,6 [^f]\n  [^f]: Bytta i maj.   // not\n}\ntabell del ur kajer { rader: kajkant }\n",
    expression_ends_before_a_body: "mallar 2025 för x\nkolumn a \"A\" = b + c * (d - 1) { decimaler: 1 }\n",
    block_opened_on_the_line_of_its_first_field: "rapport T1 2025 för x\nmål 1 { status: uppfylls helt\n  analys: Bra. }\n",
    blanks_of_every_kind: "\u{feff}rapport\tT1\u{a0}2025 för x\r\n\tdatum :\u{a0}2025-05-21\u{a0}\r\n",
    decomposed_letters: "rapport T1 2025 fo\u{308}r na\u{308}mnden\nma\u{30a}l 1 \"Ma\u{30a}l\" { status: x }\n",
}
