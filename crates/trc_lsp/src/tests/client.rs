//! A client that talks to a server in the same process, byte by byte.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{
    AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader, DuplexStream, duplex,
};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use trc_workspace::FileSystem;

use crate::{Exit, Options, serve_with};

/// Nothing takes this long; whoever waits longer waits for something that never comes.
const PATIENCE: Duration = Duration::from_secs(30);

/// The client's end of a conversation. What the server says has to be asked for: the
/// client fails when it is dropped while something is left.
pub struct Client {
    input: Option<DuplexStream>,
    output: Option<(DuplexStream, mpsc::UnboundedSender<Value>)>,
    messages: mpsc::UnboundedReceiver<Value>,
    server: JoinHandle<io::Result<Exit>>,
    next_id: i64,
    /// What came while something else was waited for.
    unhandled: Vec<Value>,
    /// What the server says the client should show, by address.
    pub shown: BTreeMap<String, Vec<Value>>,
}

/// Options for tests: nothing waits for a pause in typing.
pub fn options(file_system: impl FileSystem + 'static) -> Options {
    Options {
        file_system: Arc::new(file_system),
        typing_pause: Duration::ZERO,
        threads: 4,
        today: None,
    }
}

impl Client {
    /// Starts a server. Nothing is said yet.
    pub fn start(options: Options) -> Client {
        let mut client = Client::start_deaf(options);
        client.listen();
        client
    }

    /// Starts a server that nobody listens to until [`Client::listen`].
    pub fn start_deaf(options: Options) -> Client {
        // Small, so that a server that waits for its client is found out.
        let (input, server_input) = duplex(4096);
        let (server_output, output) = duplex(4096);
        let server = tokio::spawn(serve_with(server_input, server_output, options));
        let (sender, messages) = mpsc::unbounded_channel();
        Client {
            input: Some(input),
            output: Some((output, sender)),
            messages,
            server,
            next_id: 1,
            unhandled: Vec::new(),
            shown: BTreeMap::new(),
        }
    }

    /// Begins to read what the server says.
    pub fn listen(&mut self) {
        if let Some((output, sender)) = self.output.take() {
            tokio::spawn(read(output, sender));
        }
    }

    /// Starts a server and greets it.
    pub async fn greet(options: Options, params: Value) -> Client {
        let mut client = Client::start(options);
        client.request("initialize", params).await.unwrap();
        client.notify("initialized", json!({})).await;
        client
    }

    /// Starts a server, greets it with one open folder, and waits until it is checked.
    pub async fn open_folder(file_system: impl FileSystem + 'static, folder: &str) -> Client {
        let params = json!({ "capabilities": {}, "rootUri": format!("file://{folder}") });
        let mut client = Client::greet(options(file_system), params).await;
        client.settle().await;
        client
    }

    /// Sends a message as it is.
    pub async fn send(&mut self, message: &Value) {
        let body = message.to_string();
        let message = format!("Content-Length: {}\r\n\r\n{body}", body.len());
        let input = self.input.as_mut().unwrap();
        let written = timeout(PATIENCE, input.write_all(message.as_bytes())).await;
        // A server that has left does not read.
        let _ = written.expect("the server reads its input");
    }

    pub async fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params })).await;
    }

    /// Sends a request and returns its id.
    pub async fn ask(&mut self, method: &str, params: Value) -> i64 {
        let id = self.next_id;
        self.next_id += 1;
        let mut message = json!({ "jsonrpc": "2.0", "id": id, "method": method });
        if !params.is_null() {
            message["params"] = params;
        }
        self.send(&message).await;
        id
    }

    /// Waits for the answer to a request: its result, or its error.
    pub async fn answer(&mut self, id: i64) -> Result<Value, Value> {
        let mut message =
            self.take(|message| message["id"] == id && message.get("method").is_none()).await;
        match message.get_mut("error") {
            Some(error) => Err(error.take()),
            None => Ok(message["result"].take()),
        }
    }

    /// Sends a request and waits for its answer.
    pub async fn request(&mut self, method: &str, params: Value) -> Result<Value, Value> {
        let id = self.ask(method, params).await;
        self.answer(id).await
    }

    /// Waits for a message of the server's own.
    pub async fn expect(&mut self, method: &str) -> Value {
        self.take(|message| message["method"] == method).await
    }

    /// Waits until the server has nothing left to do, and returns what it published
    /// meanwhile, in order.
    pub async fn settle(&mut self) -> Vec<Value> {
        let name = format!("{}", self.next_id);
        self.next_id += 1;
        self.notify("test/whenIdle", json!([name])).await;
        let idle = format!("idle {name}");
        self.take(|message| message["params"]["message"] == *idle).await;
        let (published, rest) = std::mem::take(&mut self.unhandled)
            .into_iter()
            .partition(|message: &Value| message["method"] == "textDocument/publishDiagnostics");
        self.unhandled = rest;
        let published: Vec<Value> = published;
        let published: Vec<Value> =
            published.into_iter().map(|mut message| message["params"].take()).collect();
        for params in &published {
            let uri = params["uri"].as_str().unwrap().to_owned();
            let diagnostics = params["diagnostics"].as_array().unwrap().clone();
            if diagnostics.is_empty() {
                let shown = self.shown.remove(&uri);
                assert!(shown.is_some(), "{uri} is cleared but showed nothing");
            } else {
                let shown = self.shown.insert(uri, diagnostics.clone());
                assert_ne!(shown, Some(diagnostics), "what is shown already is sent again");
            }
        }
        published
    }

    /// The rules of the diagnostics that the client shows for a file.
    pub fn rules(&self, uri: &str) -> Vec<&str> {
        let shown = self.shown.get(uri).map(Vec::as_slice).unwrap_or_default();
        shown.iter().map(|diagnostic| diagnostic["code"].as_str().unwrap()).collect()
    }

    pub async fn open(&mut self, uri: &str, version: i32, text: &str) {
        let document =
            json!({ "uri": uri, "languageId": "tertial", "version": version, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document })).await;
    }

    pub async fn change(&mut self, uri: &str, version: i32, changes: Value) {
        let document = json!({ "uri": uri, "version": version });
        let params = json!({ "textDocument": document, "contentChanges": changes });
        self.notify("textDocument/didChange", params).await;
    }

    pub async fn close(&mut self, uri: &str) {
        let params = json!({ "textDocument": { "uri": uri } });
        self.notify("textDocument/didClose", params).await;
    }

    /// Tells of changes on disk.
    pub async fn changed_on_disk(&mut self, uris: &[String]) {
        let changes: Vec<Value> = uris.iter().map(|uri| json!({ "uri": uri, "type": 2 })).collect();
        let params = json!({ "changes": changes });
        self.notify("workspace/didChangeWatchedFiles", params).await;
    }

    /// Says goodbye as it should be said.
    pub async fn leave(mut self) {
        self.request("shutdown", Value::Null).await.unwrap();
        self.notify("exit", Value::Null).await;
        assert_eq!(self.exit().await, Exit::Clean);
    }

    /// Hangs up, without a word.
    pub fn hang_up(&mut self) {
        self.input = None;
    }

    /// Waits for the server to end.
    pub async fn exit(&mut self) -> Exit {
        timeout(PATIENCE, &mut self.server).await.expect("the server ends").unwrap().unwrap()
    }

    async fn take(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(index) = self.unhandled.iter().position(&wanted) {
            return self.unhandled.remove(index);
        }
        loop {
            let next = timeout(PATIENCE, self.messages.recv()).await;
            let message = match next {
                Ok(Some(message)) => message,
                Ok(None) => panic!("the server has hung up; unhandled: {:#?}", self.unhandled),
                Err(_) => panic!("the server is silent; unhandled: {:#?}", self.unhandled),
            };
            if wanted(&message) {
                return message;
            }
            self.unhandled.push(message);
        }
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        while let Ok(message) = self.messages.try_recv() {
            self.unhandled.push(message);
        }
        if !std::thread::panicking() {
            assert!(self.unhandled.is_empty(), "unhandled: {:#?}", self.unhandled);
        }
    }
}

/// Reads messages until the server hangs up.
async fn read(output: DuplexStream, messages: mpsc::UnboundedSender<Value>) {
    let mut output = BufReader::new(output);
    loop {
        let mut length = None;
        loop {
            let mut line = String::new();
            if output.read_line(&mut line).await.unwrap_or(0) == 0 {
                return;
            }
            match line.trim_end() {
                "" => break,
                line => {
                    if let Some(value) = line.strip_prefix("Content-Length: ") {
                        length = Some(value.parse().unwrap());
                    }
                }
            }
        }
        let mut body = vec![0; length.expect("a length")];
        if output.read_exact(&mut body).await.is_err() {
            return;
        }
        if messages.send(serde_json::from_slice(&body).unwrap()).is_err() {
            return;
        }
    }
}
