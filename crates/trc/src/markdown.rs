//! A rule's page in a terminal: Markdown, laid out plainly.

use std::io::{self, Write};

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::terminal::{Paint, Style};

/// Writes a page, its paragraphs wrapped to `width` columns.
pub fn write(out: &mut dyn Write, page: &str, width: usize, paint: Paint) -> io::Result<()> {
    let mut printer =
        Printer { out, width, paint, text: String::new(), lists: Vec::new(), begun: false };
    let mut link = None;
    for event in Parser::new(page) {
        match event {
            Event::Start(tag) => match tag {
                Tag::Heading { .. } | Tag::Paragraph | Tag::CodeBlock(_) => printer.space()?,
                Tag::List(start) => {
                    printer.paragraph()?;
                    printer.space()?;
                    printer.lists.push(start);
                }
                Tag::Link { dest_url, .. } => link = Some(dest_url),
                _ => {}
            },
            Event::End(tag) => match tag {
                TagEnd::Heading(_) => printer.heading()?,
                TagEnd::Paragraph | TagEnd::Item => printer.paragraph()?,
                TagEnd::CodeBlock => printer.code()?,
                TagEnd::List(_) => {
                    printer.lists.pop();
                }
                TagEnd::Link => {
                    if let Some(address) = link.take().filter(|to| !printer.text.ends_with(&**to)) {
                        printer.text.push_str(&format!(" ({address})"));
                    }
                }
                _ => {}
            },
            Event::Text(text) => printer.text.push_str(&text),
            // What is written in the source keeps the mark that tells it from prose.
            Event::Code(text) => {
                // A blank within must not be a place to break the line.
                let text = text.replace(' ', "\u{A0}");
                printer.text.push_str(&format!("`{text}`"));
            }
            Event::SoftBreak => printer.text.push(' '),
            Event::HardBreak => printer.text.push('\n'),
            Event::Rule => writeln!(printer.out)?,
            _ => {}
        }
    }
    printer.paragraph()
}

struct Printer<'a> {
    out: &'a mut dyn Write,
    width: usize,
    paint: Paint,
    /// What has been read of the block under way.
    text: String,
    /// The lists around it, each with the number of its next item if it has numbers.
    lists: Vec<Option<u64>>,
    /// True when there is something above.
    begun: bool,
}

impl Printer<'_> {
    /// One blank line between blocks, none before the first and none within a list.
    fn space(&mut self) -> io::Result<()> {
        if !self.lists.is_empty() || !std::mem::replace(&mut self.begun, true) {
            return Ok(());
        }
        writeln!(self.out)
    }

    fn heading(&mut self) -> io::Result<()> {
        let text = std::mem::take(&mut self.text);
        writeln!(self.out, "{}", self.paint.style(Style::Strong, text))
    }

    fn code(&mut self) -> io::Result<()> {
        for line in std::mem::take(&mut self.text).lines() {
            writeln!(self.out, "{}", format!("    {line}").trim_end())?;
        }
        Ok(())
    }

    /// A paragraph, or an item of a list.
    fn paragraph(&mut self) -> io::Result<()> {
        let text = std::mem::take(&mut self.text);
        if text.is_empty() {
            return Ok(());
        }
        let depth = self.lists.len();
        let mark = match self.lists.last_mut() {
            None => String::new(),
            Some(None) => "- ".to_owned(),
            Some(Some(number)) => {
                let mark = format!("{number}. ");
                *number = number.saturating_add(1);
                mark
            }
        };
        let indent = " ".repeat(depth.saturating_sub(1) * 2);
        let rest = " ".repeat(indent.len() + mark.len());
        let mut before = format!("{indent}{mark}");
        for line in text.split('\n') {
            for line in wrapped(line, self.width.saturating_sub(rest.len())) {
                writeln!(self.out, "{before}{line}")?;
                before.clone_from(&rest);
            }
        }
        Ok(())
    }
}

/// The text in lines of at most `width` columns, where its words allow.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split([' ', '\t']).filter(|word| !word.is_empty()) {
        let long = line.chars().count() + 1 + word.chars().count() > width;
        if long && !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    // The blanks that held code together are blanks again.
    lines.iter().map(|line| line.replace('\u{A0}', " ")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page() {
        let page = "# Målet nås inte\n\nEn läsare vill veta *varför* målet inte nås, och `analys` \
            är platsen för det. Se [handboken](https://example.org).\n\n## Fel\n\n```tr\nindikator x {\n  \
            utfall: 5 st\n}\n```\n\n## Rätt\n\n- Skriv ett skäl som går att pröva, till exempel \
            vad som har hänt.\n- Sätt `läge: försenad till 2025-12-31`.\n\n1. ett\n2. två\n";
        let mut out = Vec::new();
        write(&mut out, page, 50, Paint::PLAIN).unwrap();
        insta::assert_snapshot!(String::from_utf8(out).unwrap());
    }
}
