//! Passages as blocks and lines.

use trc_base::{TextRange, TextSize};
use trc_model::Document;
use trc_model::evaluate::Value;
use trc_model::items::{Declaration, TextSlot};
use trc_model::prose::prose;
use trc_model::resolve::Named;
use trc_model::table::tables;
use trc_model::wording::Sign;
use trc_syntax::formula::ExpressionKind;
use trc_syntax::name::from_label;
use trc_syntax::prose::{Block as Passage, Inline as Part, Prose, beside};
use trc_syntax::value::Insertion;

use super::tables::spoken;
use super::{Builder, DEEPEST, PART, Place, numbers};
use crate::data::{self, Block, Inline};

/// One passage while it is turned into blocks.
struct Reader<'b, 'db> {
    builder: &'b Builder<'db>,
    place: Place<'b>,
    /// The passage's number in the origins.
    block: u32,
    /// The headings that the text stands under: levels as written and as printed. A
    /// heading is printed one level below the nearest that is written above it.
    above: Vec<(u8, u8)>,
}

impl<'db> Builder<'db> {
    /// The blocks of a passage.
    pub(super) fn passage(
        &self,
        declaration: Declaration<'db>,
        slot: TextSlot,
        place: Place<'_>,
    ) -> Vec<Block> {
        let text = prose(self.db, declaration, slot.index);
        let block = self.origin(declaration, slot.index);
        let mut reader = Reader { builder: self, place, block, above: Vec::new() };
        let blocks = reader.blocks(&text.blocks);
        self.collect_footnotes(text, &reader);
        blocks
    }

    fn collect_footnotes(&self, text: &Prose, reader: &Reader<'_, 'db>) {
        for note in &text.footnotes {
            let content = reader.line(&note.inlines);
            self.footnotes
                .borrow_mut()
                .push(data::Footnote { id: reader.footnote(&note.label), content });
        }
    }

    /// The items of a passage's numbered list: the decisions.
    pub(super) fn numbered_items(
        &self,
        declaration: Declaration<'db>,
        slot: TextSlot,
        place: Place<'_>,
    ) -> Vec<Vec<Inline>> {
        let text = prose(self.db, declaration, slot.index);
        let block = self.origin(declaration, slot.index);
        let reader = Reader { builder: self, place, block, above: Vec::new() };
        let mut items = Vec::new();
        for block in &text.blocks {
            match block {
                Passage::List { items: list, .. } => {
                    for item in list {
                        let mut content = Vec::new();
                        for block in &item.blocks {
                            if let Passage::Paragraph { inlines, .. } = block {
                                if !content.is_empty() {
                                    content.push(Inline::LineBreak);
                                }
                                content.extend(reader.line(inlines));
                            }
                        }
                        items.push(content);
                    }
                }
                Passage::Paragraph { inlines, .. } => items.push(reader.line(inlines)),
                Passage::Heading { .. } | Passage::Insert(_) => {}
            }
        }
        items
    }

    /// The anchor of a goal on the page.
    pub(super) fn goal_anchor(key: &trc_model::document::GoalKey) -> String {
        format!("mål-{key}")
    }

    /// The anchor of something else on the page.
    pub(super) fn named_anchor(keyword: &str, name: &str) -> String {
        format!("{keyword}-{name}")
    }
}

impl<'db> Reader<'_, 'db> {
    fn blocks(&mut self, list: &[Passage]) -> Vec<Block> {
        let mut out = Vec::new();
        for block in list {
            match block {
                Passage::Paragraph { inlines, .. } => {
                    out.push(Block::Paragraph { content: self.line(inlines) });
                }
                Passage::Heading { level, inlines, .. } => {
                    while self.above.last().is_some_and(|(written, _)| written >= level) {
                        self.above.pop();
                    }
                    let outer = self.above.last().map_or(self.place.level, |(_, printed)| *printed);
                    let printed = outer.saturating_add(1).min(DEEPEST);
                    self.above.push((*level, printed));
                    let text = self.line(inlines);
                    out.push(Block::Heading(data::Heading {
                        level: printed,
                        anchor: self.place.section.map(|section| {
                            let title = plain(&text);
                            Builder::named_anchor("avsnitt", &format!("{section}.{title}"))
                        }),
                        text,
                        in_contents: false,
                    }));
                }
                Passage::List { ordered, items, .. } => {
                    let items = items.iter().map(|item| self.blocks(&item.blocks)).collect();
                    out.push(Block::List(data::List { numbered: *ordered, items }));
                }
                Passage::Insert(insertion) => self.inserted_block(insertion, &mut out),
            }
        }
        out
    }

    /// `{x}` on a line of its own: a table, a diagram, a passage, else a value.
    fn inserted_block(&mut self, insertion: &Insertion, out: &mut Vec<Block>) {
        let Ok(expression) = &insertion.formula else { return };
        let named = match &expression.kind {
            ExpressionKind::Path(path) => {
                self.builder.evaluator.resolve(path, self.place.around).ok()
            }
            _ => None,
        };
        match named {
            Some(Named::Table(name)) => out.extend(self.builder.table(&name)),
            Some(Named::Block { keyword: "diagram", name }) => {
                out.extend(self.builder.diagram(&name));
            }
            Some(Named::Block { keyword: "text", name }) => {
                out.extend(self.builder.shared_text(&name, self.place));
            }
            Some(Named::Block { name, .. }) => out.extend(self.builder.picture(&name)),
            _ => {
                let content = self.inserted(insertion, ("", ""));
                if !content.is_empty() {
                    out.push(Block::Paragraph { content });
                }
            }
        }
    }

    fn line(&self, list: &[Part]) -> Vec<Inline> {
        let mut out = Vec::new();
        for (at, part) in list.iter().enumerate() {
            match part {
                Part::Text { text, range } => out.push(self.written(text.clone(), *range)),
                Part::Emphasis { inlines, .. } => {
                    out.push(Inline::Emphasis { content: self.line(inlines) });
                }
                Part::Strong { inlines, .. } => {
                    out.push(Inline::Strong { content: self.line(inlines) });
                }
                Part::Link { target, inlines, .. } => {
                    out.push(Inline::Link { url: target.clone(), content: self.line(inlines) });
                }
                Part::FootnoteReference { label, .. } => {
                    out.push(Inline::FootnoteRef { id: self.footnote(label) });
                }
                Part::LineBreak => out.push(Inline::LineBreak),
                Part::Insert(insertion) => {
                    out.extend(self.inserted(insertion, beside(list, at)));
                }
                Part::Checked { typed, typed_range, .. } => {
                    out.extend(self.typed(typed, *typed_range));
                }
                Part::Reference { target, range } => out.push(self.reference(target, *range)),
                Part::Missing { text, range } => {
                    let content = vec![self.written(text.clone(), *range)];
                    out.push(Inline::Missing { content });
                }
            }
        }
        out
    }

    /// A figure that the writer typed, held together with its unit: `2 163,6 mnkr` is
    /// one thing, and no line ends inside it.
    fn typed(&self, typed: &str, range: TextRange) -> Vec<Inline> {
        let mut out = Vec::new();
        let (mut rest, mut at) = (typed, range.start());
        while let Some((figure, after)) = split_after_figure(rest) {
            out.push(self.written(figure.to_owned(), TextRange::at(at, TextSize::of(figure))));
            // The blank that holds is not the one that was typed, so it has no place.
            out.push(Inline::text("\u{a0}"));
            at += TextSize::of(figure) + TextSize::of(' ');
            rest = after;
        }
        out.push(self.written(rest.to_owned(), TextRange::at(at, TextSize::of(rest))));
        out
    }

    /// Text of the writer's, with its place.
    fn written(&self, text: String, range: TextRange) -> Inline {
        let origin = data::Origin { block: self.block, offset: range.start().into() };
        Inline::written(text, origin)
    }

    /// An inserted value. Its minus is left out where a word beside it says the direction:
    /// "ett underskott om 8,9 mnkr".
    fn inserted(&self, insertion: &Insertion, beside: (&str, &str)) -> Vec<Inline> {
        let Ok(expression) = &insertion.formula else { return Vec::new() };
        let shown = self.builder.evaluator.evaluate_shown(expression, self.place.around);
        let Ok((mut value, show)) = shown else { return Vec::new() };
        if let Value::Quantity(figure) = &mut value {
            let around = self.place.around;
            if self.builder.evaluator.sign(expression, figure, around, beside) == Sign::Said {
                *figure = figure.neg();
            }
        }
        let text = numbers::in_prose(&value, show);
        if text.is_empty() { Vec::new() } else { vec![self.written(text, insertion.range)] }
    }

    /// `@1.2`, `@avsnitt`: the printed number or title, leading there.
    fn reference(&self, target: &str, range: TextRange) -> Inline {
        match self.builder.target(target) {
            Some((anchor, text)) => {
                Inline::Reference { anchor, content: vec![self.written(text, range)] }
            }
            None => self
                .written(self.builder.title_of(target).unwrap_or_else(|| target.to_owned()), range),
        }
    }

    /// Footnotes of different passages may have the same label.
    fn footnote(&self, label: &str) -> String {
        format!("{}-{label}", self.block)
    }
}

impl<'db> Builder<'db> {
    /// A shared passage.
    fn shared_text(&self, name: &str, place: Place<'_>) -> Vec<Block> {
        let Some(mention) = self.contents.mentions("text", name).first() else { return Vec::new() };
        let Some(slot) = mention.declaration.facts(self.db).text else { return Vec::new() };
        if !self.expanding.borrow_mut().insert(name.to_owned()) {
            return Vec::new();
        }
        let blocks = self.passage(mention.declaration, slot, place);
        self.expanding.borrow_mut().remove(name);
        blocks
    }

    /// Where a reference leads on the page, and what is printed for it.
    fn target(&self, target: &str) -> Option<(String, String)> {
        let key = trc_model::document::GoalKey::new(target);
        if let Some(goal) = self.report.goal(&key).filter(|_| self.prints_goals()) {
            let text = if goal.is_named() { goal.title.clone() } else { target.to_owned() };
            return Some((Self::goal_anchor(&key), text));
        }
        let (section, heading) = target.split_once('.').unwrap_or((target, ""));
        if let Some(title) = self.printed_section(section) {
            if let Some(title) = self.heading_in(section, heading) {
                let anchor = Self::named_anchor("avsnitt", &format!("{section}.{title}"));
                return Some((anchor, title));
            }
            return Some((Self::named_anchor("avsnitt", section), title));
        }
        let mentions = |keyword: &str| self.contents.mentions(keyword, target).first();
        for keyword in ["tabell", "diagram", "bild"] {
            if let Some(mention) = mentions(keyword) {
                let title = self.block_title(keyword, target, mention.declaration);
                return Some((Self::named_anchor(keyword, target), title));
            }
        }
        let is_part = |part: &&Document<'db>| part.key(self.db).owner == target;
        if self.report.parts.iter().any(|part| is_part(&part)) {
            let title = self.organisation.units.get(target).map(|unit| unit.title.clone());
            return Some((Self::named_anchor(PART, target), title?));
        }
        let appendix = self.contents.names("bilaga").position(|name| name == target)?;
        let number = appendix.saturating_add(1);
        Some((Self::named_anchor("bilaga", target), format!("bilaga {number}")))
    }

    /// The title of a heading in a section's text, by the beginning of its name.
    fn heading_in(&self, section: &str, heading: &str) -> Option<String> {
        if heading.is_empty() {
            return None;
        }
        self.contents.mentions("avsnitt", section).iter().find_map(|mention| {
            let slot = mention.declaration.facts(self.db).text?;
            let text = prose(self.db, mention.declaration, slot.index);
            text.headings().find(|title| from_label(title).starts_with(heading))
        })
    }

    /// What a table, a diagram or a picture is called in running text. A figure that is
    /// printed is called by its number in the end.
    fn block_title(&self, keyword: &str, name: &str, declaration: Declaration<'db>) -> String {
        let table = tables(self.db, self.workspace, self.report.document).get(name);
        let title = match table.filter(|_| keyword == "tabell") {
            Some(table) => Some(table.title.clone()).filter(|title| !title.is_empty()),
            None => declaration.facts(self.db).title.clone(),
        };
        title.unwrap_or_else(|| spoken(name))
    }

    /// The title of something that has no anchor of its own.
    fn title_of(&self, target: &str) -> Option<String> {
        self.report
            .indicators
            .get(target)
            .map(|indicator| indicator.title.clone())
            .or_else(|| self.report.activities.get(target).map(|activity| activity.title.clone()))
    }
}

/// The words of a heading as one text, as `Prose::headings` gives them.
fn plain(inlines: &[Inline]) -> String {
    inlines
        .iter()
        .map(|inline| match inline {
            Inline::Text(text) => text.text.clone(),
            Inline::Strong { content }
            | Inline::Emphasis { content }
            | Inline::Link { content, .. }
            | Inline::Reference { content, .. }
            | Inline::Missing { content } => plain(content),
            Inline::Status(_) | Inline::FootnoteRef { .. } | Inline::LineBreak => String::new(),
        })
        .collect()
}

/// Divides a text at the first blank that follows a figure.
fn split_after_figure(text: &str) -> Option<(&str, &str)> {
    text.match_indices(' ').find_map(|(at, blank)| {
        let figure =
            text.get(..at).filter(|before| before.ends_with(|c: char| c.is_ascii_digit()))?;
        Some((figure, text.get(at.saturating_add(blank.len())..)?))
    })
}

#[cfg(test)]
mod tests {
    use super::split_after_figure;

    #[test]
    fn a_text_divides_after_its_figures_only() {
        assert_eq!(split_after_figure("2 163,6 mnkr"), Some(("2", "163,6 mnkr")));
        assert_eq!(split_after_figure("ökning med 49 platser"), Some(("ökning med 49", "platser")));
        assert_eq!(split_after_figure("fyra indikatorer"), None);
        assert_eq!(split_after_figure("49"), None);
    }
}
