//! `trc`: checks and builds follow-up reports written in `.tr`.

// The binary is one of the three crates that may touch files, the environment, the
// clock and processes.
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

mod cli;
mod commands;
mod failure;
mod guard;
mod help;
mod markdown;
mod output;
mod place;
mod progress;
mod terminal;
mod worker;

use std::process::ExitCode;

use mimalloc::MiMalloc;

// A layout makes and drops millions of small values; with the system's allocator it
// takes a third longer.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().collect();
    let language = cli::language(&arguments);
    guard::run(language, move || commands::run(&arguments, language))
}
