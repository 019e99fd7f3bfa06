//! The state of a workspace at one moment, for whoever answers a question.

use std::panic::{AssertUnwindSafe, catch_unwind};

use salsa::Cancelled;
use tower_lsp::jsonrpc;
use trc_base::Lines;
use trc_model::db::lines;
use trc_model::{Database, SourceFile};

use crate::client::ClientFacts;
use crate::outbox::Outbox;
use crate::queue::{Message, Question, Queue};

/// How often a question is asked anew when a change came in between.
const MAX_ATTEMPTS: u32 = 3;

/// A clone of the database, with the document that the question is about.
///
/// A change waits until it is dropped, so it lives in one closure on a thread of the
/// pool and never across an `.await`.
pub struct Snapshot {
    pub db: Database,
    pub file: SourceFile,
    pub client: ClientFacts,
}

impl Snapshot {
    /// Where the document's lines begin.
    pub fn lines(&self) -> &Lines {
        lines(&self.db, self.file)
    }
}

/// Answers a question, or puts it back into the queue when a change cancelled it.
pub fn answer(mut question: Question, snapshot: Snapshot, queue: &Queue, outbox: &Outbox) {
    // Both closures borrow what is dropped or replaced when they unwind.
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        Cancelled::catch(AssertUnwindSafe(|| (question.work)(&snapshot)))
    }));
    drop(snapshot);
    let result = match outcome {
        Ok(Ok(answer)) => Ok(Some(answer)),
        Ok(Err(Cancelled::PropagatedPanic)) => Err(jsonrpc::Error::internal_error()),
        Ok(Err(_)) if question.attempts < MAX_ATTEMPTS => {
            question.attempts += 1;
            queue.send(Message::Question(question));
            return;
        }
        Ok(Err(_)) => Err(jsonrpc::Error::content_modified()),
        Err(panic) => {
            outbox.log_panic(question.what, &*panic);
            Err(jsonrpc::Error::internal_error())
        }
    };
    // The client may have withdrawn the question.
    let _ = question.reply.send(result);
}
