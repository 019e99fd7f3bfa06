//! `textDocument/formatting`

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{DocumentFormattingParams, TextEdit};

use crate::convert;
use crate::queue::Queue;

/// The edits that lay a document out. The client's wishes about tabs are not heard:
/// there is one layout.
pub async fn formatting(
    queue: &Queue,
    params: DocumentFormattingParams,
) -> Result<Option<Vec<TextEdit>>> {
    let uri = params.text_document.uri;
    let edits = queue.ask("textDocument/formatting", uri, |snapshot| {
        let edits = trc_ide::formatting::format(&snapshot.db, snapshot.file);
        let lines = snapshot.lines();
        let encoding = snapshot.client.encoding;
        edits.into_iter().map(|edit| convert::text_edit(lines, edit, encoding)).collect()
    });
    edits.await
}
