//! A report's page data, read from its JSON as a page design reads it.

use serde_json::Value;

use crate::printed::{Cell, Heading, Item, Part, Printed, Table, normalise};

/// Reads page data.
pub fn read(json: &str) -> Printed {
    let report: Value = serde_json::from_str(json).expect("page data is JSON");
    let mut printed = Printed { parts: Vec::new(), lists: Vec::new(), text: String::new() };
    let decisions = array(&report["front_page"]["decisions"]["items"]);
    printed.lists.push(numbered(decisions.iter().map(text_of)));
    for appendix in array(&report["appendices"]) {
        printed.text.push_str(&text_of(&appendix["title"]));
        printed.text.push('\n');
    }
    for block in array(&report["body"]) {
        printed.read(block);
    }
    printed
}

impl Printed {
    fn read(&mut self, block: &Value) {
        match string(&block["kind"]) {
            "heading" => self.heading(block, text_of(&block["text"])),
            "goal_heading" => {
                let label = string(&block["label"]);
                self.heading(block, format!("{label}: {}", text_of(&block["text"])));
                self.say(string(&block["status"]["word"]).to_owned());
            }
            "paragraph" => self.say(text_of(&block["content"])),
            "list" => {
                let items: Vec<String> =
                    array(&block["items"]).iter().map(|item| blocks_text(array(item))).collect();
                for item in &items {
                    self.say(item.clone());
                }
                self.lists.push(numbered(items.into_iter()));
            }
            "labelled_text" | "notice" => {
                self.say(string(&block["label"]).to_owned());
                self.read_all(&block["content"]);
            }
            "table" => self.table(block),
            "figure" => {
                self.say(text_of(&block["title"]));
                if block["table"].is_object() {
                    self.table(&block["table"]);
                }
            }
            "break" => {}
            other => panic!("the page data has a block of the kind {other}"),
        }
    }

    fn read_all(&mut self, blocks: &Value) {
        for block in array(blocks) {
            self.read(block);
        }
    }

    fn heading(&mut self, block: &Value, text: String) {
        let level = block["level"].as_u64().expect("a level") as usize;
        self.text.push_str(&text);
        self.text.push('\n');
        self.parts.push(Part::Heading(Heading { level, text: normalise(&text) }));
    }

    fn say(&mut self, text: String) {
        if !text.is_empty() {
            self.text.push_str(&text);
            self.text.push('\n');
            self.parts.push(Part::Text(normalise(&text)));
        }
    }

    fn table(&mut self, table: &Value) {
        let header = |text: String| Cell { header: true, text: normalise(&text) };
        let data = |text: String| Cell { header: false, text: normalise(&text) };
        let columns = array(&table["columns"]);
        let mut rows =
            vec![columns.iter().map(|column| header(text_of(&column["label"]))).collect()];
        for row in array(&table["rows"]) {
            let cells = array(&row["cells"]).iter().map(|cell| data(text_of(cell)));
            rows.push(std::iter::once(header(text_of(&row["header"]))).chain(cells).collect());
            let note = &row["note"];
            if note.is_object() {
                let text =
                    format!("{} {}", string(&note["label"]), blocks_text(array(&note["content"])));
                rows.push(vec![data(text); columns.len()]);
            }
        }
        let unit = table["unit"].as_str().map(|unit| format!(" ({unit})")).unwrap_or_default();
        let caption = normalise(&(text_of(&table["title"]) + &unit));
        self.parts.push(Part::Table(Table { caption, rows }));
    }
}

fn numbered(texts: impl Iterator<Item = String>) -> Vec<Item> {
    texts
        .enumerate()
        .map(|(index, text)| Item { label: format!("{}.", index + 1), text: normalise(&text) })
        .collect()
}

fn blocks_text(blocks: &[Value]) -> String {
    let mut inner = Printed { parts: Vec::new(), lists: Vec::new(), text: String::new() };
    for block in blocks {
        inner.read(block);
    }
    inner.text
}

/// The text of a run of inline content.
fn text_of(inlines: &Value) -> String {
    array(inlines)
        .iter()
        .map(|inline| match string(&inline["kind"]) {
            "text" => string(&inline["text"]).to_owned(),
            "status" => string(&inline["word"]).to_owned(),
            "line_break" => " ".to_owned(),
            // The mark of a footnote is no part of a value.
            "footnote_ref" => String::new(),
            _ => text_of(&inline["content"]),
        })
        .collect()
}

fn array(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn string(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
