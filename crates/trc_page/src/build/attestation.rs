//! Who has attested the report, on its last page.

use trc_model::document::{Document, contents};
use trc_model::mark::{MarkLevel, Marked, Subject, marks};
use trc_model::report::words;
use trc_model::{Db, Workspace};

use crate::data::{self, Block, Inline};
use crate::fingerprint::{Standing, standing};

/// The table of those who have attested the report. A mark whose content has changed
/// since says so; nothing about it looks valid.
pub(super) fn attestation<'db>(
    db: &'db dyn Db,
    workspace: Workspace,
    document: Document<'db>,
) -> Vec<Block> {
    let of_report =
        |mark: &Marked<'_>| mark.level == MarkLevel::Attested && mark.subject == Subject::Report;
    let marks: Vec<(Marked<'db>, Standing)> = marks(db, contents(db, workspace, document))
        .into_iter()
        .filter(of_report)
        .map(|mark| {
            let standing = standing(db, workspace, document, &mark);
            (mark, standing)
        })
        .collect();
    if marks.is_empty() {
        return Vec::new();
    }
    let words = words(db, workspace, document);
    // Without a fingerprint there is nothing to say of the content.
    let states_content = marks.iter().any(|(_, standing)| *standing != Standing::Unbound);
    let is_void = marks.iter().any(|(_, standing)| *standing == Standing::Void);
    let rows = marks.into_iter().map(|(marked, standing)| {
        let mut cells = vec![vec![Inline::text(marked.mark.date.to_string())]];
        if states_content {
            cells.push(content(standing));
        }
        let header = vec![Inline::text(marked.mark.who)];
        data::Row { kind: data::RowKind::Plain, header, cells, note: None }
    });
    let column = |label: &str, kind, width| data::Column {
        label: vec![Inline::text(words.printed(label))],
        kind,
        align: data::Align::Start,
        width,
    };
    let mut columns = vec![
        column("attesterat_namn", data::ColumnKind::Text, 3),
        column("attesterat_datum", data::ColumnKind::Date, 1),
    ];
    if states_content {
        columns.push(column("attesterat_innehåll", data::ColumnKind::Status, 2));
    }
    let said = if is_void { "attest_ändrad" } else { "attesterat_inledning" };
    vec![
        Block::Heading(data::Heading {
            level: 1,
            text: vec![Inline::text(words.printed(if is_void { "attest" } else { "attesterat" }))],
            anchor: None,
            in_contents: false,
        }),
        Block::Paragraph { content: vec![Inline::text(words.printed(said))] },
        Block::Table(data::DataTable {
            title: Vec::new(),
            unit: None,
            description: "Vem som har attesterat rapporten och när".to_owned(),
            anchor: None,
            columns,
            rows: rows.collect(),
            footnotes: Vec::new(),
            source: None,
            landscape: None,
        }),
    ]
}

/// What is printed of the content that a mark is for.
fn content(standing: Standing) -> Vec<Inline> {
    let status = |word: &str, symbol, tone| {
        vec![Inline::Status(data::Status { word: word.to_owned(), symbol, tone })]
    };
    match standing {
        Standing::Valid => status("Oförändrat", data::Symbol::Check, data::Tone::Positive),
        Standing::Void => status("Ändrat", data::Symbol::Cross, data::Tone::Negative),
        Standing::Unbound => Vec::new(),
    }
}
