//! Marks: the lines with which somebody says that a report, a goal or a section is
//! ready (`klar`), reviewed (`granskad`) or attested (`attesterad`).

use trc_base::{Text, text};
use trc_syntax::value::{self, Mark};

use crate::anchor::{Anchor, Part};
use crate::db::Db;
use crate::document::{Contents, GoalKey};
use crate::items::{Declaration, FieldValue};

/// How far a mark goes. Each vouches for more than the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MarkLevel {
    /// `klar`: whoever wrote it has no more to add.
    Ready,
    /// `granskad`: somebody else has read it.
    Reviewed,
    /// `attesterad`: somebody answers for it.
    Attested,
}

impl MarkLevel {
    /// Every level, in order.
    pub const ALL: [MarkLevel; 3] = [MarkLevel::Ready, MarkLevel::Reviewed, MarkLevel::Attested];

    /// The field's name.
    pub fn word(self) -> &'static str {
        match self {
            MarkLevel::Ready => "klar",
            MarkLevel::Reviewed => "granskad",
            MarkLevel::Attested => "attesterad",
        }
    }

    /// The level that a field's name means.
    pub fn from_word(word: &str) -> Option<MarkLevel> {
        MarkLevel::ALL.into_iter().find(|level| level.word() == word)
    }
}

/// What a mark vouches for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, salsa::SalsaValue)]
pub enum Subject {
    /// All that is printed of the report.
    Report,
    /// What is printed of one goal, without the goals below it.
    Goal(GoalKey),
    /// A section, with the sections that the report type puts below it.
    Section(String),
}

impl Subject {
    /// What it is, within a sentence.
    pub fn text(&self) -> Text {
        match self {
            Subject::Report => text!(sv: "rapporten", en: "the report"),
            Subject::Goal(goal) => text!(sv: "mål {goal}", en: "goal {goal}"),
            Subject::Section(section) => {
                text!(sv: "avsnittet {section}", en: "the section {section}")
            }
        }
    }
}

/// A mark and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked<'db> {
    pub level: MarkLevel,
    pub subject: Subject,
    pub mark: Mark,
    pub declaration: Declaration<'db>,
    /// Which field of the declaration it is.
    pub index: usize,
}

impl Marked<'_> {
    /// Where the line stands.
    pub fn anchor(&self, db: &dyn Db) -> Anchor {
        Anchor::part(db, self.declaration, Part::Field(self.index))
    }
}

/// The marks of a report that can be read: its own, then those of its goals and
/// sections.
pub fn marks<'db>(db: &'db dyn Db, contents: &Contents<'db>) -> Vec<Marked<'db>> {
    let mut out = Vec::new();
    for root in &contents.roots {
        collect(db, *root, &Subject::Report, &mut out);
    }
    for (key, mentions) in &contents.goals {
        let subject = Subject::Goal(key.clone());
        for mention in mentions {
            collect(db, mention.declaration, &subject, &mut out);
        }
    }
    for ((keyword, name), mentions) in &contents.named {
        if keyword == "avsnitt" {
            let subject = Subject::Section(name.clone());
            for mention in mentions {
                collect(db, mention.declaration, &subject, &mut out);
            }
        }
    }
    out
}

fn collect<'db>(
    db: &'db dyn Db,
    declaration: Declaration<'db>,
    subject: &Subject,
    out: &mut Vec<Marked<'db>>,
) {
    for (index, field) in declaration.facts(db).fields.iter().enumerate() {
        if let Some(level) = MarkLevel::from_word(&field.name)
            && let FieldValue::Line(line) = &field.value
            && let Ok(mark) = value::mark(line)
        {
            out.push(Marked { level, subject: subject.clone(), mark, declaration, index });
        }
    }
}
