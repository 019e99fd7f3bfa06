//! What to do about a finding, in words and, where it is known, as an edit.

use trc_base::{Applicability, Text};
use trc_model::Anchor;
use trc_model::anchor::Replacement;

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Help {
    pub text: Text,
    change: Option<Change>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Change {
    applicability: Applicability,
    old: String,
    new: String,
}

impl From<Text> for Help {
    fn from(text: Text) -> Help {
        Help { text, change: None }
    }
}

impl Help {
    /// The same, with a text that says what the writer plainly wrote for an old one that
    /// stands where the finding points.
    #[must_use]
    pub fn safely(self, old: &str, new: &str) -> Help {
        self.with(Applicability::Safe, old, new)
    }

    /// The same, with a text that is most likely meant.
    #[must_use]
    pub fn likely(self, old: &str, new: &str) -> Help {
        self.with(Applicability::Unsafe, old, new)
    }

    fn with(self, applicability: Applicability, old: &str, new: &str) -> Help {
        let change = Change { applicability, old: old.to_owned(), new: new.to_owned() };
        Help { change: Some(change), ..self }
    }

    /// The words, and the edit for a finding at a place.
    pub(crate) fn at(self, anchor: &Anchor) -> (Text, Option<Replacement>) {
        let fix = self.change.map(|Change { applicability, old, new }| Replacement {
            applicability,
            anchor: anchor.clone(),
            old,
            new,
        });
        (self.text, fix)
    }
}
