//! An index has no percentage points.

use trc_base::text;
use trc_model::quantity::Unit;

use crate::rule::{Level, Rule, Run};
use crate::sentence::{Claim, Sentences, cover};

pub static RULE: Rule = Rule {
    id: "index-in-percentage-points",
    level: Level::Info,
    title_sv: "Ett index mäts i enheter, inte i procentenheter",
    title_en: "An index is counted in points, not in percentage points",
    since: "0.1.0",
    page: include_str!("index_in_percentage_points.md"),
    run: Run::Paragraph(read),
};

fn read(text: &Sentences<'_>) -> Vec<Claim> {
    let mut claims = Vec::new();
    // Which index is meant is often said a sentence before.
    let mut index_before = false;
    for range in &text.sentences {
        let tokens = text.tokens.get(range.clone()).unwrap_or_default();
        let names_index = tokens.iter().any(|token| {
            let word = token.text.to_lowercase();
            token.is_word() && (word == "ami" || word.contains("index"))
        });
        let names_share = tokens.iter().any(|token| {
            let word = token.text.to_lowercase();
            let percent = token.figure().is_some_and(|figure| figure.is_percent());
            percent || word.starts_with("andel") || word.starts_with("svarsfrekvens")
        });
        let is_meant = names_index || index_before && !names_share;
        for (at, token) in tokens.iter().enumerate() {
            let points = token
                .figure()
                .is_some_and(|figure| figure.unit == Some(Unit::PercentagePoints));
            // Words have their unit as a word of its own: "tre procentenheter".
            let next = at.checked_add(1).and_then(|next| tokens.get(next));
            let word = next.filter(|next| next.is(&["procentenhet", "procentenheter"]));
            let counted = token.figure().is_some() || token.is(&["en"]);
            let range = match word {
                Some(word) if counted => cover(token.range, word.range),
                _ if points => token.range,
                _ => continue,
            };
            if is_meant && !names_share {
                let typed = text.quote(range);
                claims.push(Claim {
                    range,
                    message: text!(
                        sv: "Här står ”{typed}” om ett index. Ett index är ingen andel och har inga procentenheter.",
                        en: "This says “{typed}” of an index. An index is no share and has no percentage points.",
                    ),
                    help: text!(
                        sv: "Skriv ”enheter”, eller bara talet.",
                        en: "Write “enheter”, or the number alone.",
                    ),
                });
            }
        }
        index_before = names_index || index_before && !names_share;
    }
    claims
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_of_an_index() {
        for (text, count) in [
            ("Index för medskapande ligger två procentenheter över staden.", 1),
            ("AMI blev 81. Det har sjunkit med en procentenhet.", 1),
            ("AMI är 81. Andelen nöjda är 3 procentenheter högre.", 0),
            ("AMI har ökat med 2 enheter.", 0),
            ("Andelen har ökat med 4 procentenheter.", 0),
        ] {
            assert_eq!(read(&Sentences::read(text)).len(), count, "{text}");
        }
    }
}
