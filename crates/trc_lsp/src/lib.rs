//! The language server.
//!
//! Messages come in through `tower_lsp`, whose handlers run side by side and in
//! no fixed order. What matters in order therefore never happens in a handler:
//!
//! - `eager`: each message is begun in the order of arrival, so that a handler has
//!   taken its place in the queue before it first waits for anything.
//! - `queue`, `writer`: one thread takes the queue's messages in order. It alone
//!   owns the workspaces and changes them.
//! - `pool`, `snapshot`: questions are answered on threads of their own, from a
//!   clone of the database that lives for one closure. A change that comes in cancels
//!   them, for it has to wait until they let go.
//! - `outbox`, `pipe`: what the server sends is queued too. Nothing waits for the
//!   client, neither for its answers nor for it to read.
//!
//! A panic ends the answer it happened in, not the server.

// This crate is one of the three that may start threads and read the clock.
#![allow(clippy::disallowed_methods)]
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::string_slice,
        clippy::arithmetic_side_effects
    )
)]

mod client;
mod convert;
mod document;
mod eager;
mod feedback;
mod outbox;
mod pipe;
mod pool;
mod queue;
mod requests;
mod serve;
mod server;
mod session;
mod shift;
mod snapshot;
mod writer;

#[cfg(test)]
mod tests;

pub use serve::{Exit, Options, run_stdio, serve, serve_with};
