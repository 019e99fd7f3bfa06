//! From a keystroke to diagnostics, through the whole server: its input, its queue,
//! its check and its output. Run with `cargo bench -p trc_lsp`.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::disallowed_methods)]

use std::sync::Arc;
use std::time::Duration;

use divan::Bencher;
use serde_json::{Value, json};
use tokio::io::{
    AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader, DuplexStream, duplex,
};
use tokio::runtime::Runtime;
use trc_lsp::{Options, serve_with};
use trc_workspace::MemoryFileSystem;

#[path = "../../../tests/src/generate.rs"]
#[allow(dead_code, clippy::write_with_newline)]
mod generate;

fn main() {
    divan::main();
}

/// The file of the report that is typed in, and its address.
const FILE: &str = "t1-2025-mål.tr";
const URI: &str = "file:///w/t1-2025-m%C3%A5l.tr";

/// A brace too many is typed and deleted in turn, so that every keystroke changes what
/// is shown and has an answer to wait for.
#[divan::bench(args = [36, 360])]
fn keystroke_to_diagnostics(bencher: Bencher, goals: usize) {
    let runtime = Runtime::new().unwrap();
    let mut editor = runtime.block_on(Editor::start(goals));
    bencher.bench_local(|| runtime.block_on(editor.keystroke()));
}

/// From the greeting to the first diagnostics of the file that is opened.
#[divan::bench(args = [36, 360], sample_count = 20)]
fn open_workspace(bencher: Bencher, goals: usize) {
    let runtime = Runtime::new().unwrap();
    bencher.bench_local(|| runtime.block_on(Editor::start(goals)));
}

struct Editor {
    input: DuplexStream,
    output: BufReader<DuplexStream>,
    /// The line that is typed in, the one after the file's last.
    line: usize,
    version: i32,
    wrong: bool,
}

impl Editor {
    async fn start(goals: usize) -> Editor {
        let fs = MemoryFileSystem::new();
        fs.write("/w/trc.toml", "tr = 1\n");
        let mut opened = String::new();
        for (name, text) in generate::sources(goals) {
            if name == FILE {
                opened.clone_from(&text);
            }
            fs.write(format!("/w/{name}"), text);
        }
        let line = opened.matches('\n').count();
        let (input, server_input) = duplex(1 << 20);
        let (server_output, output) = duplex(1 << 20);
        let options = Options {
            file_system: Arc::new(fs),
            // What comes when typing pauses is not measured here.
            typing_pause: Duration::from_secs(3600),
            ..Options::default()
        };
        tokio::spawn(serve_with(server_input, server_output, options));
        let output = BufReader::new(output);
        let mut editor = Editor { input, output, line, version: 1, wrong: false };
        let params = json!({ "capabilities": {}, "rootUri": "file:///w" });
        editor
            .send(json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params }))
            .await;
        while editor.receive().await["id"] != 1 {}
        editor.notify("initialized", json!({})).await;
        let document = json!({ "uri": URI, "languageId": "tertial", "version": 1, "text": opened });
        editor.notify("textDocument/didOpen", json!({ "textDocument": document })).await;
        editor.keystroke().await;
        editor
    }

    /// Types a brace too many, or deletes it, and waits for what the server says.
    async fn keystroke(&mut self) {
        self.version += 1;
        self.wrong = !self.wrong;
        let at = |character| json!({ "line": self.line, "character": character });
        let (end, text) = if self.wrong { (0, "}") } else { (1, "") };
        let change = json!([{ "range": { "start": at(0), "end": at(end) }, "text": text }]);
        let document = json!({ "uri": URI, "version": self.version });
        let params = json!({ "textDocument": document, "contentChanges": change });
        self.notify("textDocument/didChange", params).await;
        loop {
            let message = self.receive().await;
            let params = &message["params"];
            if params["uri"] == URI && params["version"] == self.version {
                return;
            }
        }
    }

    async fn notify(&mut self, method: &str, params: Value) {
        self.send(json!({ "jsonrpc": "2.0", "method": method, "params": params })).await;
    }

    async fn send(&mut self, message: Value) {
        let body = message.to_string();
        let message = format!("Content-Length: {}\r\n\r\n{body}", body.len());
        self.input.write_all(message.as_bytes()).await.unwrap();
    }

    async fn receive(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            assert_ne!(self.output.read_line(&mut line).await.unwrap(), 0, "the server is gone");
            match line.trim_end() {
                "" => break,
                line => {
                    if let Some(value) = line.strip_prefix("Content-Length: ") {
                        length = value.parse().unwrap();
                    }
                }
            }
        }
        let mut body = vec![0; length];
        self.output.read_exact(&mut body).await.unwrap();
        serde_json::from_slice(&body).unwrap()
    }
}
