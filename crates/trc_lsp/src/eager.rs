//! Begins each message in the order of arrival.
//!
//! The transport reads a message, asks the service for a future, and puts the future
//! among those it runs; a handler's first line runs when the transport gets to it. By
//! then later messages may have been read. Here a future is polled once as soon as it
//! exists, so the part of every handler that stands before its first `.await` runs in
//! the order in which the client wrote. That part takes a place in the queue.

use std::any::Any;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use tower_lsp::jsonrpc::{Error, Id, Request, Response};
use tower_service::Service;

use crate::outbox::Outbox;
use crate::pipe::Ended;

/// The service around the handlers.
pub struct Eager<S> {
    inner: S,
    outbox: Outbox,
    ended: Ended,
}

impl<S> Eager<S> {
    /// Wraps a service. `ended` is told when the client says `exit`.
    pub fn new(inner: S, outbox: Outbox, ended: Ended) -> Self {
        Eager { inner, outbox, ended }
    }
}

impl<S> Service<Request> for Eager<S>
where
    S: Service<Request, Response = Option<Response>>,
    S::Future: Send + 'static,
    S::Error: Send + 'static,
{
    type Response = Option<Response>;
    type Error = S::Error;
    type Future = Begun<S::Error>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let exit = request.method() == "exit";
        let id = request.id().cloned();
        let method = request.method().to_owned();
        let inner = &mut self.inner;
        let state = match catch_unwind(AssertUnwindSafe(|| inner.call(request))) {
            Ok(future) => State::Running(Box::pin(future)),
            Err(panic) => {
                State::Done(Some(Ok(panicked(id.as_ref(), &method, &*panic, &self.outbox))))
            }
        };
        let mut begun = Begun { state, id, method, outbox: self.outbox.clone() };
        // The first waker is of no use to anyone; the transport's replaces it.
        if let Poll::Ready(result) = begun.step(&mut Context::from_waker(Waker::noop())) {
            begun.state = State::Done(Some(result));
        }
        if exit {
            self.ended.set();
        }
        begun
    }
}

/// A handler that has run to its first `.await`.
pub struct Begun<E> {
    state: State<E>,
    id: Option<Id>,
    method: String,
    outbox: Outbox,
}

type Outcome<E> = Result<Option<Response>, E>;

enum State<E> {
    Running(Pin<Box<dyn Future<Output = Outcome<E>> + Send>>),
    /// Finished; taken by the transport, once.
    Done(Option<Outcome<E>>),
}

impl<E> Begun<E> {
    fn step(&mut self, cx: &mut Context<'_>) -> Poll<Outcome<E>> {
        match &mut self.state {
            State::Running(future) => {
                let future = future.as_mut();
                match catch_unwind(AssertUnwindSafe(|| future.poll(cx))) {
                    Ok(poll) => poll,
                    Err(panic) => {
                        let answer =
                            panicked(self.id.as_ref(), &self.method, &*panic, &self.outbox);
                        Poll::Ready(Ok(answer))
                    }
                }
            }
            State::Done(outcome) => Poll::Ready(outcome.take().unwrap_or(Ok(None))),
        }
    }
}

// The future inside is pinned by its box; the rest may move.
impl<E> Unpin for Begun<E> {}

impl<E> Future for Begun<E> {
    type Output = Outcome<E>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let poll = self.step(cx);
        if poll.is_ready() {
            // A future that panicked must not be polled again.
            self.state = State::Done(None);
        }
        poll
    }
}

/// Reports a panic in a handler and answers for it.
fn panicked(
    id: Option<&Id>,
    method: &str,
    panic: &(dyn Any + Send),
    outbox: &Outbox,
) -> Option<Response> {
    outbox.log_panic(method, panic);
    id.map(|id| Response::from_error(id.clone(), Error::internal_error()))
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;
    use crate::outbox::Outgoing;

    /// Writes down when each of its handlers is begun. The handlers then wait once.
    struct Log(Arc<Mutex<Vec<String>>>);

    impl Service<Request> for Log {
        type Response = Option<Response>;
        type Error = ();
        type Future = Pin<Box<dyn Future<Output = Outcome<()>> + Send>>;

        fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), ()>> {
            Poll::Ready(Ok(()))
        }

        fn call(&mut self, request: Request) -> Self::Future {
            let log = Arc::clone(&self.0);
            Box::pin(async move {
                log.lock().unwrap().push(request.method().to_owned());
                assert_ne!(request.method(), "panics at once");
                tokio::task::yield_now().await;
                assert_ne!(request.method(), "panics later");
                let (_, id, _) = request.into_parts();
                Ok(id.map(|id| Response::from_ok(id, "done".into())))
            })
        }
    }

    fn request(method: &'static str) -> Request {
        Request::build(method).id(1).finish()
    }

    #[tokio::test]
    async fn handlers_begin_when_they_are_called_and_not_when_they_are_awaited() {
        let log = Arc::default();
        let (outbox, _outgoing) = Outbox::new();
        let mut eager = Eager::new(Log(Arc::clone(&log)), outbox, Ended::default());
        let first = eager.call(request("first"));
        let second = eager.call(request("second"));
        assert_eq!(*log.lock().unwrap(), ["first", "second"]);
        for answer in [second.await, first.await] {
            assert_eq!(answer.unwrap().unwrap().result().unwrap(), "done");
        }
    }

    #[tokio::test]
    async fn a_panic_is_an_answer_and_a_line_in_the_log() {
        for method in ["panics at once", "panics later"] {
            let (outbox, mut outgoing) = Outbox::new();
            let mut eager = Eager::new(Log(Arc::default()), outbox, Ended::default());
            let answer = eager.call(request(method)).await.unwrap().unwrap();
            assert_eq!(answer.error().unwrap().code.code(), -32603);
            let Some(Outgoing::Log(_, message)) = outgoing.recv().await else { panic!() };
            assert!(message.contains(method), "{message}");
        }
    }
}
