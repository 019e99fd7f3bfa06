//! The protocol's messages. A notification is put into the queue; a request asks its
//! question and waits for the answer. Nothing else happens here.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use camino::Utf8PathBuf;
use serde_json::json;
use tower_lsp::LanguageServer;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{
    DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams,
    DocumentFormattingParams, InitializeParams, InitializeResult, InitializedParams, OneOf,
    Registration, ServerCapabilities, ServerInfo, TextDocumentSyncCapability, TextDocumentSyncKind,
    TextDocumentSyncOptions, TextDocumentSyncSaveOptions, TextEdit, WorkspaceFolder,
    WorkspaceFoldersServerCapabilities, WorkspaceServerCapabilities,
};

use crate::client::ClientFacts;
use crate::queue::{Message, Queue};
use crate::{convert, requests};

/// The handlers.
pub struct Server {
    pub queue: Queue,
    /// The client has said `shutdown`.
    pub shut_down: Arc<AtomicBool>,
}

impl LanguageServer for Server {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let client = ClientFacts::new(&params);
        let capabilities = capabilities(&client);
        self.queue.send(Message::Greeted(client));
        Ok(InitializeResult {
            capabilities,
            server_info: Some(ServerInfo {
                name: "trc".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
            ..InitializeResult::default()
        })
    }

    async fn initialized(&self, _: InitializedParams) {
        self.queue.send(Message::Ready);
    }

    async fn shutdown(&self) -> Result<()> {
        self.shut_down.store(true, Ordering::SeqCst);
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        let document = params.text_document;
        self.queue.send(Message::Opened {
            uri: document.uri,
            language: document.language_id,
            version: document.version,
            text: document.text,
        });
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        let document = params.text_document;
        self.queue.send(Message::Changed {
            uri: document.uri,
            version: document.version,
            changes: params.content_changes,
        });
    }

    async fn did_save(&self, params: DidSaveTextDocumentParams) {
        // Clients that do not watch files tell of some changes in this way.
        let path = convert::path(&params.text_document.uri);
        self.queue.send(Message::Disk(path.into_iter().collect()));
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        self.queue.send(Message::Closed(params.text_document.uri));
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        let paths = |folders: Vec<WorkspaceFolder>| -> Vec<Utf8PathBuf> {
            folders.iter().filter_map(|folder| convert::path(&folder.uri)).collect()
        };
        let (added, removed) = (paths(params.event.added), paths(params.event.removed));
        self.queue.send(Message::Folders { added, removed });
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        let paths: Vec<Utf8PathBuf> =
            params.changes.iter().filter_map(|change| convert::path(&change.uri)).collect();
        self.queue.send(Message::Disk(paths));
    }

    async fn formatting(&self, params: DocumentFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        requests::formatting::formatting(&self.queue, params).await
    }
}

/// What the server can do.
fn capabilities(client: &ClientFacts) -> ServerCapabilities {
    ServerCapabilities {
        position_encoding: Some(client.encoding_kind()),
        text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            save: Some(TextDocumentSyncSaveOptions::Supported(true)),
            ..TextDocumentSyncOptions::default()
        })),
        workspace: Some(WorkspaceServerCapabilities {
            workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: Some(OneOf::Left(true)),
            }),
            ..WorkspaceServerCapabilities::default()
        }),
        document_formatting_provider: Some(OneOf::Left(true)),
        ..ServerCapabilities::default()
    }
}

/// The request to be told of changes on disk. Which files count is the workspace's to
/// say; these patterns hold whatever may matter to it. Of a folder that is moved some
/// clients tell only that the folder itself came or went.
pub fn watchers() -> Vec<Registration> {
    const CREATED_OR_DELETED: u8 = 1 | 4;
    vec![Registration {
        id: "files".to_owned(),
        method: "workspace/didChangeWatchedFiles".to_owned(),
        register_options: Some(json!({ "watchers": [
            { "globPattern": "**/*.tr" },
            { "globPattern": "**/trc.toml" },
            { "globPattern": "**/.gitignore" },
            { "globPattern": "**/*.{csv,tsv,txt,xlsx,xlsm}" },
            { "globPattern": "**/*", "kind": CREATED_OR_DELETED },
        ] })),
    }]
}
