//! Pictures that a text inserts.

use trc_model::items::{Declaration, FieldValue};
use trc_model::{Anchor, Part};

use super::Builder;
use super::tables::spoken;
use crate::data::{Block, Figure, Inline, Picture};

impl<'db> Builder<'db> {
    /// A picture of the document. Its bytes are read by whoever lays the report out.
    pub(super) fn picture(&self, name: &str) -> Option<Block> {
        let mention = self.contents.mentions("bild", name).first()?;
        let facts = mention.declaration.facts(self.db);
        let (index, _) = facts.field("fil")?;
        let path = facts.line("fil")?.to_owned();
        let title = facts.title.clone().unwrap_or_else(|| spoken(name));
        let anchor = Anchor::part(self.db, mention.declaration, Part::Field(index));
        self.pictures.borrow_mut().insert(path.clone(), anchor);
        Some(Block::Figure(Figure {
            alternative_text: self
                .description(mention.declaration)
                .unwrap_or_else(|| title.clone()),
            label: Some(self.next_figure("bild", name)),
            title: vec![Inline::text(title)],
            anchor: Some(Self::named_anchor("bild", name)),
            picture: Picture::Image { name: path },
            source: self.source(facts),
            table: None,
        }))
    }

    /// What a diagram or picture shows, as the writer says it.
    pub(super) fn description(&self, declaration: Declaration<'db>) -> Option<String> {
        let (_, field) = declaration.facts(self.db).field("beskrivning")?;
        match &field.value {
            FieldValue::Prose(slot) if !slot.is_blank => {
                let passage = declaration.texts(self.db).get(slot.index)?;
                // One line: an alternative text has no paragraphs.
                Some(passage.text.split_whitespace().collect::<Vec<_>>().join(" "))
            }
            _ => None,
        }
    }
}
