//! What is text here though Markdown, or the writer, may have meant more.

use std::collections::BTreeMap;

use trc_base::{Text, text};

use super::Hint;
use crate::value::range;

/// The kinds of hints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum HintKind {
    /// `* ` or `+ ` at the beginning of a line.
    OtherBullet,
    /// `3. ` where no list is open, or `1) `.
    ListNumber,
    /// A list inside more lists than can be told apart.
    ListDepth,
    /// `####` and deeper.
    HeadingDepth,
    /// `# ` in a list.
    HeadingInList,
    /// `##Rubrik`
    HeadingBlank,
    /// `> `
    Quote,
    /// `---`, `***` or `===` alone on a line.
    Rule,
    /// Backticks.
    Code,
    /// `<b>`
    Html,
    /// `&nbsp;`
    Entity,
    /// `_ord_`
    Underscore,
    /// `![…](…)`
    Image,
    /// `[…](http://…)` or another address that is not allowed.
    LinkAddress,
    /// A table in Markdown.
    Table,
    /// Text that is indented deeper than what it belongs to.
    Indented,
    /// `{` without `}`.
    Brace,
}

/// Collects hints: at most one of a kind on each line.
#[derive(Debug, Default)]
pub(super) struct Hints {
    found: Vec<(usize, usize, HintKind)>,
    last_line: BTreeMap<HintKind, usize>,
}

impl Hints {
    /// Adds a hint at `start..end`, on the line that begins at `line`.
    pub(super) fn add(&mut self, kind: HintKind, line: usize, start: usize, end: usize) {
        if self.last_line.insert(kind, line) != Some(line) {
            self.found.push((start, end, kind));
        }
    }

    /// True when the line that begins at `line` already has a hint of the kind.
    pub(super) fn has(&self, kind: HintKind, line: usize) -> bool {
        self.last_line.get(&kind) == Some(&line)
    }

    /// The hints in source order.
    pub(super) fn finish(mut self) -> Vec<Hint> {
        self.found.sort_unstable();
        self.found
            .into_iter()
            .map(|(start, end, kind)| {
                let (message, help) = kind.texts();
                Hint { range: range(start, end), message, help }
            })
            .collect()
    }
}

impl HintKind {
    fn texts(self) -> (Text, Text) {
        match self {
            HintKind::OtherBullet => (
                text!(sv: "Raden blir löpande text, inte en punkt i en lista.", en: "The line becomes running text, not an item of a list."),
                text!(sv: "Punkter börjar med bindestreck och blanksteg: - punkt.", en: "Items begin with a hyphen and a blank: - item."),
            ),
            HintKind::ListNumber => (
                text!(sv: "Raden blir löpande text, inte en punkt i en numrerad lista.", en: "The line becomes running text, not an item of a numbered list."),
                text!(sv: "En numrerad lista börjar med 1 och punkt: 1. punkt.", en: "A numbered list begins with 1 and a dot: 1. item."),
            ),
            HintKind::ListDepth => (
                text!(sv: "Listan ligger för djupt och blir löpande text.", en: "The list is nested too deeply and becomes running text."),
                text!(sv: "Dra in varje nivå med lika många blanksteg som texten i punkten ovanför, och använd färre nivåer.", en: "Indent each level as far as the text of the item above it, and use fewer levels."),
            ),
            HintKind::HeadingDepth => (
                text!(sv: "Rubriker har högst tre nivåer, så raden blir löpande text.", en: "Headings have at most three levels, so the line becomes running text."),
                text!(sv: "Skriv #, ## eller ###.", en: "Write #, ## or ###."),
            ),
            HintKind::HeadingInList => (
                text!(sv: "En rubrik kan inte stå i en lista, så raden blir löpande text.", en: "A heading cannot stand in a list, so the line becomes running text."),
                text!(sv: "Skriv orden i fet stil: **Rubrik**.", en: "Write the words in bold: **Heading**."),
            ),
            HintKind::HeadingBlank => (
                text!(sv: "Raden blir löpande text, inte en rubrik.", en: "The line becomes running text, not a heading."),
                text!(sv: "Skriv ett blanksteg efter #: # Rubrik.", en: "Write a blank after #: # Heading."),
            ),
            HintKind::Quote => (
                text!(sv: "Blockcitat finns inte, så tecknet > skrivs ut.", en: "There are no block quotes, so the character > is printed."),
                text!(sv: "Skriv citatet inom citattecken.", en: "Write the quotation in quotation marks."),
            ),
            HintKind::Rule => (
                text!(sv: "En rad av streck blir varken linje eller rubrik: den skrivs ut.", en: "A row of dashes becomes neither a rule nor a heading: it is printed."),
                text!(sv: "Ta bort raden. En rubrik skrivs # Rubrik.", en: "Remove the line. A heading is written # Heading."),
            ),
            HintKind::Code => (
                text!(sv: "Kodmarkering finns inte, så tecknet ` skrivs ut.", en: "There is no code markup, so the character ` is printed."),
                text!(sv: "Använd citattecken eller *kursiv*.", en: "Use quotation marks or *italics*."),
            ),
            HintKind::Html => (
                text!(sv: "HTML tolkas inte, så märket skrivs ut.", en: "HTML is not interpreted, so the tag is printed."),
                text!(sv: "Ta bort märket. Kursiv skrivs *så* och fet stil **så**.", en: "Remove the tag. Italics are written *so* and bold **so**."),
            ),
            HintKind::Entity => (
                text!(sv: "Teckenkoden tolkas inte, utan skrivs ut som den står.", en: "The character code is not interpreted but printed as it stands."),
                text!(sv: "Skriv tecknet självt.", en: "Write the character itself."),
            ),
            HintKind::Underscore => (
                text!(sv: "Understreck ger inte kursiv: de skrivs ut.", en: "Underscores do not make italics: they are printed."),
                text!(sv: "Kursiv skrivs *så* och fet stil **så**.", en: "Italics are written *so* and bold **so**."),
            ),
            HintKind::Image => (
                text!(sv: "En bild kan inte infogas så, utan raden skrivs ut.", en: "An image cannot be inserted like this; the line is printed."),
                text!(sv: "Deklarera bilden med bild och alternativ text, och infoga den med sitt namn: {{namn}}.", en: "Declare the image with bild and alternative text, and insert it by its name: {{namn}}."),
            ),
            HintKind::LinkAddress => (
                text!(sv: "Länken går inte att använda, så den skrivs ut som text.", en: "The link cannot be used, so it is printed as text."),
                text!(sv: "Adressen ska börja med https:// eller mailto: och sakna blanksteg.", en: "The address must begin with https:// or mailto: and have no blanks."),
            ),
            HintKind::Table => (
                text!(sv: "En tabell kan inte skrivas i löpande text.", en: "A table cannot be written in running text."),
                text!(sv: "Deklarera den med tabell, och infoga den med sitt namn på en egen rad: {{namn}}.", en: "Declare it with tabell, and insert it by its name on a line of its own: {{namn}}."),
            ),
            HintKind::Indented => (
                text!(sv: "Indraget har ingen betydelse: raden blir vanlig text.", en: "The indentation has no meaning: the line becomes ordinary text."),
                text!(sv: "Börja raden lika långt in som texten omkring.", en: "Begin the line as far in as the text around it."),
            ),
            HintKind::Brace => (
                text!(sv: "”{{” stängs inte, så inget infogas och tecknet skrivs ut.", en: "“{{” is not closed, so nothing is inserted and the character is printed."),
                text!(sv: "Skriv ”}}” efter det som ska infogas, eller \\{{ om tecknet ska stå kvar.", en: "Write “}}” after what is to be inserted, or \\{{ to keep the character."),
            ),
        }
    }
}
