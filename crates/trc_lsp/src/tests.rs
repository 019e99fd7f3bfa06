//! Conversations with the whole server, through its input and output.

mod client;
mod conversation;
mod data;
mod flood;
mod pause;

use std::collections::BTreeMap;
use std::future::pending;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Condvar, Mutex};
use std::time::Duration;

use salsa::Database as _;
use serde_json::Value;
use tower_lsp::LspServiceBuilder;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::TextDocumentIdentifier;

use crate::queue::Message;
use crate::server::Server;

/// Adds handlers that do what no real one should.
pub fn hooks(service: LspServiceBuilder<Server>) -> LspServiceBuilder<Server> {
    service
        .custom_method("test/whenIdle", Server::when_idle)
        .custom_method("test/forever", Server::forever)
        .custom_method("test/ping", Server::ping)
        .custom_method("test/hold", Server::hold)
        .custom_method("test/untilChanged", Server::until_changed)
        .custom_method("test/panic", Server::panic)
        .custom_method("test/panicInAnswer", Server::panic_in_answer)
}

impl Server {
    async fn when_idle(&self, name: Vec<String>) {
        for name in name {
            self.queue.send(Message::WhenIdle(name));
        }
    }

    /// Never answers.
    async fn forever(&self) -> Result<Value> {
        pending().await
    }

    async fn ping(&self) -> Result<String> {
        Ok("pong".to_owned())
    }

    /// Answers with the document's text at the question's turn, but holds on to its
    /// snapshot until [`release`] is called with the document's address.
    async fn hold(&self, document: TextDocumentIdentifier) -> Result<Option<String>> {
        let gate = document.uri.to_string();
        let hold = self.queue.ask("test/hold", document.uri, move |snapshot| {
            let text = snapshot.file.text(&snapshot.db).clone();
            let mut gates = GATES.lock().unwrap();
            *gates.entry(gate.clone()).or_default() += 1;
            OPENED.notify_all();
            while gates.get(&gate).is_some_and(|held| *held > 0) {
                gates = OPENED.wait(gates).unwrap();
            }
            text
        });
        hold.await
    }

    /// Computes until a change cancels it, and answers at the next attempt.
    async fn until_changed(&self, document: TextDocumentIdentifier) -> Result<Option<u32>> {
        let attempts = AtomicU32::new(0);
        let gate = document.uri.to_string();
        let answer = self.queue.ask("test/untilChanged", document.uri, move |snapshot| {
            let attempt = attempts.fetch_add(1, Ordering::SeqCst) + 1;
            if attempt > 1 {
                return attempt;
            }
            loop {
                *GATES.lock().unwrap().entry(gate.clone()).or_default() += 1;
                OPENED.notify_all();
                snapshot.db.unwind_if_revision_cancelled();
                std::thread::sleep(Duration::from_millis(1));
            }
        });
        answer.await
    }

    async fn panic(&self) -> Result<Value> {
        panic!("on purpose")
    }

    async fn panic_in_answer(&self, document: TextDocumentIdentifier) -> Result<Option<()>> {
        self.queue.ask("test/panicInAnswer", document.uri, |_| panic!("on purpose")).await
    }
}

/// How many answers hold on at each gate.
static GATES: Mutex<BTreeMap<String, i32>> = Mutex::new(BTreeMap::new());
static OPENED: Condvar = Condvar::new();

/// Waits until so many answers hold on to a document.
fn wait_until_held(uri: &str, count: i32) {
    let mut gates = GATES.lock().unwrap();
    while gates.get(uri).copied().unwrap_or_default() < count {
        gates = OPENED.wait(gates).unwrap();
    }
}

/// Lets the answers that hold on to a document go, now and later.
fn release(uri: &str) {
    GATES.lock().unwrap().insert(uri.to_owned(), i32::MIN / 2);
    OPENED.notify_all();
}

/// Forgets what was counted for a document.
fn forget(uri: &str) {
    GATES.lock().unwrap().remove(uri);
}
