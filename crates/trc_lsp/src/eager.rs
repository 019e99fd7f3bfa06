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
