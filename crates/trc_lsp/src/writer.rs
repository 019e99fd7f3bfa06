//! The thread that owns the session and takes the queue's messages in order.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Instant;

use crate::outbox::Outbox;
use crate::queue::Message;
use crate::session::Session;

/// Works until the end. What has come in while it worked is taken up together, so
/// that a burst of keystrokes is checked once.
pub fn run(mut session: Session, messages: &Receiver<Message>, outbox: &Outbox) {
    loop {
        let first = match session.due() {
            None => messages.recv().map(Some).map_err(|_| RecvTimeoutError::Disconnected),
            Some(due) => {
                let wait = due.saturating_duration_since(Instant::now());
                match messages.recv_timeout(wait) {
                    Err(RecvTimeoutError::Timeout) => Ok(None),
                    received => received.map(Some),
                }
            }
        };
        let Ok(first) = first else { return };
        for message in first.into_iter().chain(messages.try_iter()) {
            if matches!(message, Message::End) {
                return;
            }
            guarded(&mut session, outbox, |session| session.handle(message));
        }
        guarded(&mut session, outbox, |session| session.settle(Instant::now()));
    }
}

/// Does something with the session, and builds it anew if that panics.
fn guarded(session: &mut Session, outbox: &Outbox, work: impl FnOnce(&mut Session)) {
    // What a panic leaves half changed is thrown away.
    let Err(panic) = catch_unwind(AssertUnwindSafe(|| work(session))) else { return };
    outbox.log_panic("the state of the workspace", &*panic);
    if let Err(panic) = catch_unwind(AssertUnwindSafe(|| session.recover())) {
        outbox.log_panic("building the state anew", &*panic);
    }
}
