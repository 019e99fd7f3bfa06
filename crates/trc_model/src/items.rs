//! From the tree of one file to facts without byte ranges.
//!
//! Prose is kept apart from facts: a word typed in an analysis changes the
//! passage of one declaration and nothing else, so nothing else runs again.

use rustc_hash::FxHashMap;
use trc_base::TextRange;
use trc_syntax::ast::{self, Content, Item};
use trc_syntax::name::composed;

use crate::db::{Db, SourceFile, parse};
use crate::document::DocumentKey;
use crate::fields;

/// Names a declaration within its file by the heads on the way to it:
/// `mål 1.2 / indikator barn_per_grupp`. The second of two equal heads gets `#2`.
/// The file itself has the empty key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Key(std::sync::Arc<str>);

impl Key {
    /// The key as text, for logs and tests.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The key of what a file of data says: the field of the document that names the file,
    /// and the row's name. It stands at that field.
    pub(crate) fn of_data(field: usize, name: &str) -> Key {
        Key(format!("{DATA}{field} {name}").into())
    }

    /// The field that names the file, for what a file of data says.
    fn data_field(&self) -> Option<usize> {
        self.0.strip_prefix(DATA)?.split(' ').next()?.parse().ok()
    }
}

/// Begins the key of what a file of data says. No word of a source does.
const DATA: &str = "\u{1}";

/// A declaration or continuation, or the file itself (its own fields and children).
#[salsa::tracked(debug)]
pub struct Declaration<'db> {
    #[returns(copy)]
    pub file: SourceFile,
    pub key: Key,
    #[tracked]
    pub facts: Facts,
    /// The passages, in the order of [`TextSlot`].
    #[tracked]
    pub texts: Vec<Passage>,
    #[tracked]
    pub children: Vec<Declaration<'db>>,
}

/// What is known of a declaration without its prose.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Facts {
    /// `mål`, `indikator`, `nämnd`; empty for the file itself.
    pub keyword: String,
    pub names: Vec<String>,
    pub title: Option<String>,
    /// `i mnkr`, `enligt typ`: word and name.
    pub options: Vec<(String, String)>,
    pub formula: Option<String>,
    /// The text of a declaration that is its text.
    pub text: Option<TextSlot>,
    pub fields: Vec<FieldFact>,
    /// Table rows, the head first.
    pub rows: Vec<Vec<String>>,
    /// Footnotes of a table: label and text.
    pub footnotes: Vec<(String, String)>,
    pub has_body: bool,
}

/// A field of a declaration.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FieldFact {
    pub name: String,
    pub value: FieldValue,
}

/// The value of a field as it stands in the source.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum FieldValue {
    /// One line that is not prose.
    Line(String),
    /// Prose, kept apart.
    Prose(TextSlot),
    /// `name = formula`
    Formula(String),
}

/// A passage of a declaration: its index in [`Declaration::texts`], and all that
/// facts may know of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TextSlot {
    pub index: usize,
    /// True when there is nothing but blanks.
    pub is_blank: bool,
}

/// A passage as typed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Passage {
    pub text: String,
    /// Blanks to take off every line.
    pub indent: u32,
    /// Where it stands in its declaration.
    pub part: crate::anchor::Part,
}

impl Facts {
    /// The first field of the given name and its index.
    pub fn field(&self, name: &str) -> Option<(usize, &FieldFact)> {
        self.fields.iter().enumerate().find(|(_, field)| field.name == name)
    }

    /// The line of the first field of the given name.
    pub fn line(&self, name: &str) -> Option<&str> {
        match &self.field(name)?.1.value {
            FieldValue::Line(line) => Some(line),
            _ => None,
        }
    }

    /// True when the field is there and says something.
    pub fn has_text(&self, name: &str) -> bool {
        self.field(name).is_some_and(|(_, field)| match &field.value {
            FieldValue::Line(line) | FieldValue::Formula(line) => !line.is_empty(),
            FieldValue::Prose(slot) => !slot.is_blank,
        })
    }

    /// The name after `i`, `enligt` or `ur`.
    pub fn option(&self, word: &str) -> Option<&str> {
        self.options.iter().find(|(w, _)| w == word).map(|(_, name)| name.as_str())
    }

    /// The first name, or nothing.
    pub fn name(&self) -> &str {
        self.names.first().map_or("", String::as_str)
    }
}

/// What stands in a file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, salsa::SalsaValue)]
pub struct FileItems<'db> {
    /// Which document the file is part of, when its first line says so.
    pub document: Option<DocumentKey>,
    /// The file itself.
    pub root: Declaration<'db>,
    /// The lines of `från:`, which name files of data.
    pub data: Vec<String>,
}

/// The declarations of a file, with facts and without byte ranges.
#[salsa::tracked]
pub fn items<'db>(db: &'db dyn Db, file: SourceFile) -> FileItems<'db> {
    let tree = parse(db, file).file();
    let header = tree.header().map(|header| header.words());
    let document = DocumentKey::from_header(header.as_deref(), &tree);
    let mut reader = Reader { file, db, data: Vec::new() };
    let root = reader.block(Key::default(), Facts::default(), Vec::new(), tree.items());
    FileItems { document, root, data: reader.data }
}

struct Reader<'db> {
    db: &'db dyn Db,
    file: SourceFile,
    data: Vec<String>,
}

impl<'db> Reader<'db> {
    fn declaration(&mut self, key: Key, node: &ast::Declaration) -> Declaration<'db> {
        let mut texts = Vec::new();
        let text = node.text().map(|content| slot(&mut texts, &content, crate::anchor::Part::Text));
        let facts = Facts {
            keyword: node.keyword().map(|word| word.text).unwrap_or_default(),
            names: node.names().into_iter().map(|name| name.text).collect(),
            title: node.title().map(|title| title.text),
            options: node
                .options()
                .filter_map(|option| Some((option.word()?.text, option.name()?.text)))
                .collect(),
            formula: node.formula().map(|formula| formula.text),
            text,
            has_body: node.body().is_some(),
            ..Facts::default()
        };
        let body = node.body();
        self.block(key, facts, texts, body.iter().flat_map(ast::Body::items))
    }

    fn block(
        &mut self,
        key: Key,
        mut facts: Facts,
        mut texts: Vec<Passage>,
        items: impl Iterator<Item = Item>,
    ) -> Declaration<'db> {
        let mut children = Vec::new();
        let mut keys = ChildKeys::new(&key);
        for item in items {
            match item {
                Item::Declaration(node) => {
                    let key = keys.next(&node);
                    children.push(self.declaration(key, &node));
                }
                Item::Field(field) => {
                    let name = field.name();
                    let value = if let Some(formula) = field.formula() {
                        FieldValue::Formula(formula.text)
                    } else {
                        match field.content() {
                            Some(content @ Content::Long { .. }) => FieldValue::Prose(slot(
                                &mut texts,
                                &content,
                                crate::anchor::Part::Field(facts.fields.len()),
                            )),
                            Some(content) if fields::is_prose(&facts.keyword, &name) => {
                                FieldValue::Prose(slot(
                                    &mut texts,
                                    &content,
                                    crate::anchor::Part::Field(facts.fields.len()),
                                ))
                            }
                            // å typed as one letter or as two is the same word.
                            Some(Content::Line(line))
                                if fields::is_words(&facts.keyword, &name) =>
                            {
                                FieldValue::Line(composed(&line.text).into_owned())
                            }
                            Some(Content::Line(line)) => FieldValue::Line(line.text),
                            None => FieldValue::Line(String::new()),
                        }
                    };
                    if let FieldValue::Line(line) = &value
                        && fields::is_data(&facts.keyword, &name)
                    {
                        self.data.push(line.clone());
                    }
                    facts.fields.push(FieldFact { name, value });
                }
                Item::TableRow(row) => {
                    facts.rows.push(row.cells().map(|cell| cell.text().text).collect());
                }
                Item::Footnote(note) => {
                    let label = note.label().map(|label| label.text).unwrap_or_default();
                    let text = note.text().map(|text| text.text).unwrap_or_default();
                    facts.footnotes.push((label, text));
                }
            }
        }
        Declaration::new(self.db, self.file, key, facts, texts, children)
    }
}

fn slot(texts: &mut Vec<Passage>, content: &Content, part: crate::anchor::Part) -> TextSlot {
    let indent = match content {
        Content::Long { indent, .. } => *indent,
        Content::Line(_) => 0,
    };
    let text = content.text().to_owned();
    let is_blank = text.trim().is_empty();
    texts.push(Passage { text, indent, part });
    TextSlot { index: texts.len().saturating_sub(1), is_blank }
}

/// Gives the children of one block their keys.
struct ChildKeys<'k> {
    parent: &'k Key,
    seen: FxHashMap<String, u32>,
}

impl<'k> ChildKeys<'k> {
    fn new(parent: &'k Key) -> Self {
        ChildKeys { parent, seen: FxHashMap::default() }
    }

    fn next(&mut self, node: &ast::Declaration) -> Key {
        let mut head = self.parent.0.to_string();
        if !head.is_empty() {
            head.push_str(" / ");
        }
        head.push_str(&node.keyword().map(|word| word.text).unwrap_or_default());
        for (index, name) in node.names().iter().enumerate() {
            head.push_str(if index == 0 { " " } else { ", " });
            head.push_str(&name.text);
        }
        let count = self.seen.entry(head.clone()).or_default();
        *count += 1;
        if *count > 1 {
            head.push_str(&format!("#{count}"));
        }
        Key(head.into())
    }
}

/// Where the parts of a file's declarations stand.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ranges {
    declarations: FxHashMap<Key, DeclarationRanges>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct DeclarationRanges {
    head: TextRange,
    keyword: TextRange,
    names: Vec<TextRange>,
    title: Option<TextRange>,
    options: Vec<TextRange>,
    formula: Option<TextRange>,
    text: Option<TextRange>,
    fields: Vec<(TextRange, TextRange)>,
    rows: Vec<(TextRange, Vec<TextRange>)>,
    footnotes: Vec<TextRange>,
    whole: TextRange,
}

impl Ranges {
    /// The bytes of a part. A part that is not there is its declaration's head, and
    /// a declaration that is not there the file's beginning.
    pub fn part(&self, key: &Key, part: Part) -> TextRange {
        if let Some(field) = key.data_field() {
            return self.part(&Key::default(), Part::Field(field));
        }
        let Some(it) = self.declarations.get(key) else { return TextRange::default() };
        let found = match part {
            Part::Head => None,
            Part::Keyword => Some(it.keyword),
            Part::Name(index) => it.names.get(index).copied(),
            Part::Title => it.title,
            Part::Option(index) => it.options.get(index).copied(),
            Part::Formula => it.formula,
            Part::Text => it.text,
            Part::FieldName(index) => it.fields.get(index).map(|(name, _)| *name),
            Part::Field(index) => it.fields.get(index).map(|(_, value)| *value),
            Part::Row(row) => it.rows.get(row).map(|(range, _)| *range),
            Part::Cell(row, cell) => {
                it.rows.get(row).and_then(|(_, cells)| cells.get(cell).copied())
            }
            Part::Footnote(index) => it.footnotes.get(index).copied(),
        };
        found.unwrap_or(it.head)
    }

    /// The innermost declaration around an offset, and its whole range.
    pub fn at(&self, offset: trc_base::TextSize) -> Option<(&Key, TextRange)> {
        self.declarations
            .iter()
            .filter(|(_, ranges)| ranges.whole.contains_inclusive(offset))
            .map(|(key, ranges)| (key, ranges.whole))
            .min_by_key(|(key, whole)| (whole.len(), (*key).clone()))
    }
}

use crate::anchor::Part;

/// The byte ranges that [`items`] leaves out. Read only at the edge.
#[salsa::tracked(no_eq)]
pub fn ranges(db: &dyn Db, file: SourceFile) -> Ranges {
    let tree = parse(db, file).file();
    let mut out = Ranges::default();
    let head = tree.header().map_or_else(TextRange::default, |header| header.range());
    let own = DeclarationRanges { head, keyword: head, whole: tree.range(), ..Default::default() };
    block_ranges(&mut out, Key::default(), own, tree.items());
    out
}

fn declaration_ranges(out: &mut Ranges, key: Key, node: &ast::Declaration) {
    let keyword = node.keyword().map(|word| word.range).unwrap_or_default();
    let names: Vec<TextRange> = node.names().iter().map(|name| name.range).collect();
    let title = node.title().map(|title| title.range);
    let head = names.iter().copied().chain(title).fold(keyword, TextRange::cover);
    let own = DeclarationRanges {
        head,
        keyword,
        names,
        title,
        options: node
            .options()
            .filter_map(|option| Some(option.word()?.range.cover(option.name()?.range)))
            .collect(),
        formula: node.formula().map(|formula| formula.range),
        text: node.text().map(|text| text.range()),
        whole: node.range(),
        ..Default::default()
    };
    let body = node.body();
    block_ranges(out, key, own, body.iter().flat_map(ast::Body::items));
}

fn block_ranges(
    out: &mut Ranges,
    key: Key,
    mut own: DeclarationRanges,
    items: impl Iterator<Item = Item>,
) {
    let mut keys = ChildKeys::new(&key);
    for item in items {
        match item {
            Item::Declaration(node) => {
                let key = keys.next(&node);
                declaration_ranges(out, key, &node);
            }
            Item::Field(field) => {
                let value = match (field.formula(), field.content()) {
                    (Some(formula), _) => formula.range,
                    (None, Some(content)) => content.range(),
                    (None, None) => field.range(),
                };
                own.fields.push((field.name_range(), value));
            }
            Item::TableRow(row) => {
                let cells = row.cells().map(|cell| cell.text().range).collect();
                own.rows.push((row.range(), cells));
            }
            Item::Footnote(note) => own.footnotes.push(note.range()),
        }
    }
    out.declarations.insert(key, own);
}
