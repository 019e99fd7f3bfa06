//! The one queue in which everything that has an order takes its place.

use std::any::Any;
use std::sync::mpsc::{Receiver, Sender, channel};

use camino::Utf8PathBuf;
use tokio::sync::oneshot;
use tower_lsp::jsonrpc;
use tower_lsp::ls_types::{TextDocumentContentChangeEvent, Uri};

use crate::client::ClientFacts;
use crate::session::Findings;
use crate::snapshot::Snapshot;

/// What can stand in the queue.
pub enum Message {
    Greeted(ClientFacts),
    Ready,
    Opened {
        uri: Uri,
        language: String,
        version: i32,
        text: String,
    },
    Changed {
        uri: Uri,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
    },
    Closed(Uri),
    /// Paths at which something changed on disk, or may have.
    Disk(Vec<Utf8PathBuf>),
    Question(Question),
    /// What a check came to.
    Findings(Findings),
    End,
    /// Writes `idle` and the name to the client's log once nothing is under way.
    #[cfg(test)]
    WhenIdle(String),
}

/// A question about a document, to be answered from a snapshot of the moment at which
/// its turn came.
pub struct Question {
    pub what: &'static str,
    pub uri: Uri,
    pub work: Box<dyn Fn(&Snapshot) -> Answer + Send>,
    pub reply: oneshot::Sender<jsonrpc::Result<Option<Answer>>>,
    /// How often a change came in between.
    pub attempts: u32,
    /// The document's version when the question's turn first came.
    pub version: Option<i32>,
}

/// An answer of whatever type the question has.
pub type Answer = Box<dyn Any + Send>;

/// The end of the queue that one puts in at. Putting something in never waits.
#[derive(Clone)]
pub struct Queue {
    sender: Sender<Message>,
}

impl Queue {
    /// A queue and the end that one takes out at.
    pub fn new() -> (Queue, Receiver<Message>) {
        let (sender, receiver) = channel();
        (Queue { sender }, receiver)
    }

    /// Puts a message in. After the end nobody listens, and nothing is lost.
    pub fn send(&self, message: Message) {
        let _ = self.sender.send(message);
    }

    /// Asks about a document. `None` when the client has no such document open.
    ///
    /// The question has its place as soon as the future is first polled, which
    /// [`crate::eager`] does when the message arrives.
    pub async fn ask<T: Send + 'static>(
        &self,
        what: &'static str,
        uri: Uri,
        work: impl Fn(&Snapshot) -> T + Send + 'static,
    ) -> jsonrpc::Result<Option<T>> {
        let (reply, answer) = oneshot::channel();
        let work = Box::new(move |snapshot: &Snapshot| -> Answer { Box::new(work(snapshot)) });
        let question = Question { what, uri, work, reply, attempts: 0, version: None };
        self.send(Message::Question(question));
        // Whoever drops the question without an answer had no time for it any more.
        let answer = answer.await.map_err(|_| jsonrpc::Error::request_cancelled())??;
        match answer.map(|answer| answer.downcast::<T>()) {
            None => Ok(None),
            Some(Ok(answer)) => Ok(Some(*answer)),
            Some(Err(_)) => Err(jsonrpc::Error::internal_error()),
        }
    }
}
