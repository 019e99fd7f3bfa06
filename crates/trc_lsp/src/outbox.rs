//! What the server sends on its own account, in order.

use std::any::Any;

use tokio::sync::mpsc;
use tower_lsp::Client;
use tower_lsp::ls_types::notification::PublishDiagnostics;
use tower_lsp::ls_types::{MessageType, PublishDiagnosticsParams, Registration};

/// A message to the client.
#[derive(Debug)]
pub enum Outgoing {
    Diagnostics(PublishDiagnosticsParams),
    Log(MessageType, String),
    Register(Vec<Registration>),
}

/// The queue of messages to the client. Putting something in never waits.
#[derive(Debug, Clone)]
pub struct Outbox {
    sender: mpsc::UnboundedSender<Outgoing>,
}

impl Outbox {
    /// A queue and its other end.
    pub fn new() -> (Outbox, mpsc::UnboundedReceiver<Outgoing>) {
        let (sender, receiver) = mpsc::unbounded_channel();
        (Outbox { sender }, receiver)
    }

    /// Puts a message in. After the end nobody listens, and nothing is lost.
    pub fn send(&self, message: Outgoing) {
        let _ = self.sender.send(message);
    }

    /// Writes to the client's log.
    pub fn log(&self, kind: MessageType, message: impl Into<String>) {
        self.send(Outgoing::Log(kind, message.into()));
    }

    /// Writes to the client's log that something panicked.
    pub fn log_panic(&self, what: &str, panic: &(dyn Any + Send)) {
        let reason = (panic.downcast_ref::<&str>().copied())
            .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
            .unwrap_or("no message");
        self.log(MessageType::ERROR, format!("internal error in {what}: {reason}"));
    }
}

/// Sends what is put into the queue until its last sender is gone.
pub async fn deliver(mut messages: mpsc::UnboundedReceiver<Outgoing>, client: Client) {
    while let Some(message) = messages.recv().await {
        match message {
            Outgoing::Diagnostics(params) => {
                client.send_notification::<PublishDiagnostics>(params).await;
            }
            Outgoing::Log(kind, message) => client.log_message(kind, message).await,
            Outgoing::Register(registrations) => {
                // The answer may never come, and nothing depends on it: a client that
                // does not watch files still tells when it saves one.
                let client = client.clone();
                tokio::spawn(async move {
                    let _ = client.register_capability(registrations).await;
                });
            }
        }
    }
}
