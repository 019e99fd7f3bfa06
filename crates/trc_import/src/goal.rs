//! Which goal a cell names.

use std::cmp::Ordering;

use trc_syntax::name::from_label;

use crate::names;
use trc_sheet::values::tidy;

/// A goal's name, as `.tr` has it: a number, or words for one that has none.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Key(String);

/// What a cell says about a goal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goal {
    pub key: Key,
    pub title: Option<String>,
    /// The goal that it is part of, for one without a number of its own.
    pub under: Option<Key>,
}

impl Key {
    /// The goal's name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A number such as `1.2.1`, when the text is one.
    pub fn number(text: &str) -> Option<Key> {
        let text = text.trim().trim_start_matches('(').trim_end_matches([')', ':', '.', ',']);
        let parts = || text.split('.');
        // A year is no goal's number.
        let ok = parts().all(|part| part.len() <= 3 && part.parse::<u16>().is_ok());
        (ok && !text.is_empty()).then(|| Key(text.to_owned()))
    }

    fn numbers(&self) -> Option<Vec<u16>> {
        self.0.split('.').map(|part| part.parse().ok()).collect()
    }

    /// How many levels down it is: 3 for `1.2.1`. A goal without a number is the
    /// committee's own.
    pub fn depth(&self) -> usize {
        self.numbers().map_or(3, |numbers| numbers.len())
    }
}

/// Numbers in their order, then words in theirs.
impl Ord for Key {
    fn cmp(&self, other: &Key) -> Ordering {
        match (self.numbers(), other.numbers()) {
            (Some(a), Some(b)) => a.cmp(&b).then_with(|| self.0.cmp(&other.0)),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => self.0.cmp(&other.0),
        }
    }
}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Key) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Reads `1.2`, `KF-VO-mål 1.3`, `1.2 Alla barn lär sig simma` or a title alone.
pub fn read(cell: &str) -> Option<Goal> {
    let text = tidy(cell);
    if text.is_empty() || text == "-" {
        return None;
    }
    let mut words = text.split(' ');
    let mut prefix: Vec<&str> = Vec::new();
    while let Some(word) = words.next() {
        let after_level = prefix
            .last()
            .is_none_or(|last| last.to_lowercase().trim_end_matches(':').ends_with("mål"));
        if let Some(key) = Key::number(word).filter(|_| after_level) {
            let rest = words.collect::<Vec<_>>().join(" ");
            let title = Some(rest.trim_start_matches(['-', '–', ':', ' ']).to_owned())
                .filter(|rest| !rest.is_empty());
            // "Enhetsmål (1.3.2): …" has a title of its own under that number.
            if word.starts_with('(')
                && let Some(title) = &title
            {
                return Some(Goal {
                    key: of_title(title),
                    title: Some(title.clone()),
                    under: Some(key),
                });
            }
            return Some(Goal { key, title, under: None });
        }
        if prefix.len() > 3 {
            break;
        }
        prefix.push(word);
    }
    Some(Goal { key: of_title(&text), title: Some(text), under: None })
}

/// The name of a goal that has a title only.
pub fn of_title(title: &str) -> Key {
    let name = names::propose(&[title], &Default::default()).pop().unwrap_or_default();
    Key(if name.is_empty() { from_label(title) } else { name })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goals_as_exports_write_them() {
        let shown = |cell: &str| match read(cell) {
            Some(goal) => format!(
                "{cell} → {} {:?} {:?}",
                goal.key.as_str(),
                goal.title,
                goal.under.map(|key| key.0)
            ),
            None => format!("{cell} → inget"),
        };
        let cells = [
            "1.2",
            "1.2.1",
            "KF-VO-mål 1.3",
            "Nämndmål 1.3.3",
            "1.2 Alla barn lär sig simma",
            "2. Grönt",
            "Nämndmål: 1.2.1 Likvärdig förskola",
            "Enhetsmål (1.3.2): Enheten ger stöd",
            "Ett tryggt Exempelby",
            "Minska utsläppen med 50 procent",
            "2025",
            "-",
            "",
        ];
        insta::assert_snapshot!(cells.map(shown).join("\n"));
    }

    #[test]
    fn numbers_are_ordered_as_numbers() {
        let mut keys: Vec<Key> =
            ["10", "2.1", "2", "2.10", "2.9", "1"].iter().filter_map(|n| Key::number(n)).collect();
        keys.sort();
        let texts: Vec<&str> = keys.iter().map(Key::as_str).collect();
        assert_eq!(texts, ["1", "2", "2.1", "2.9", "2.10", "10"]);
    }
}
