//! The commands, one file each, and what they share: the exit codes.

mod attest;
mod build;
mod check;
mod explain;
mod fmt;
mod import;
mod lsp;
mod new;
mod reports;
mod rules;
mod types;

use std::ffi::OsString;
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use clap::FromArgMatches as _;
use trc_base::{Diagnostic, Language, text};
use trc_model::Phase;

use crate::cli::{Arguments, Command, Deny, Format, Global};
use crate::failure::Failure;
use crate::help;
use crate::output::Show;
use crate::terminal::Stream;
use crate::worker;

/// Nothing was found that fails the run.
pub const CLEAN: u8 = 0;
/// Something was found.
pub const FINDINGS: u8 = 1;
/// The tool or its invocation failed; nothing is said about the reports.
pub const FAILED: u8 = 2;

/// What a command that did its work says about the reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Clean,
    Findings,
}

/// What every command is told.
#[derive(Debug, Clone, Copy)]
pub struct Context {
    pub language: Language,
    pub format: Format,
    pub phase: Option<Phase>,
    pub deny_warnings: bool,
    pub stdout: Stream,
    pub stderr: Stream,
}

impl Context {
    fn new(global: &Global) -> Context {
        Context {
            language: global.lang.into(),
            format: global.format,
            phase: global.phase.map(Phase::from),
            deny_warnings: global.deny == Some(Deny::Warnings),
            stdout: Stream::stdout(global.color),
            stderr: Stream::stderr(global.color),
        }
    }

    /// How findings are shown on standard output.
    pub fn show(&self) -> Show {
        Show {
            format: self.format,
            language: self.language,
            paint: self.stdout.paint,
            width: self.stdout.width,
            deny_warnings: self.deny_warnings,
        }
    }

    /// What the findings amount to.
    pub fn outcome(&self, diagnostics: &[Diagnostic]) -> Outcome {
        let show = self.show();
        if diagnostics.iter().any(|finding| show.fails(finding)) {
            Outcome::Findings
        } else {
            Outcome::Clean
        }
    }
}

/// Runs the program.
pub fn run(arguments: &[OsString], language: Language) -> ExitCode {
    let parsed = help::command(language)
        .try_get_matches_from(arguments)
        .and_then(|matches| Arguments::from_arg_matches(&matches));
    let arguments = match parsed {
        Ok(arguments) => arguments,
        Err(error) => return help::answer(&error, language),
    };
    // The child's answers are bytes for its parent; nobody reads texts from it.
    if let Command::TypstWorker { memory } = arguments.command {
        return if worker::run(memory).is_ok() { CLEAN.into() } else { FAILED.into() };
    }
    let context = Context::new(&arguments.global);
    // Not locked: the language server writes from a thread of its own.
    let mut out = Output { to: BufWriter::new(io::stdout()), closed: false };
    let result = execute(arguments.command, &context, &mut out)
        .and_then(|outcome| Ok(out.flush().map(|()| outcome)?));
    match result {
        Ok(Outcome::Clean) => CLEAN.into(),
        Ok(Outcome::Findings) => FINDINGS.into(),
        Err(failure) => {
            // What was found before the failure is shown before it.
            let _ = out.flush();
            let mut stderr = io::stderr().lock();
            failure.print(&mut stderr, context.language, context.stderr.paint);
            FAILED.into()
        }
    }
}

fn execute(command: Command, context: &Context, out: &mut dyn Write) -> Result<Outcome, Failure> {
    if context.format.is_for_findings() && !matches!(command, Command::Check(_) | Command::Build(_))
    {
        return Err(not_for_this_command());
    }
    match command {
        Command::Check(arguments) => check::run(&arguments, context, out),
        Command::Build(arguments) => build::run(&arguments, context, out),
        Command::Fmt(arguments) => fmt::run(&arguments, context, out),
        Command::Attest(arguments) => attest::run(&arguments, context, out),
        Command::Explain(arguments) => explain::run(&arguments, context, out),
        Command::Rules => rules::run(context, out),
        Command::Types(arguments) => types::run(&arguments, context, out),
        Command::New(arguments) => new::run(&arguments, context, out),
        Command::Import(arguments) => import::run(&arguments, context, out),
        Command::Lsp { .. } => lsp::run(),
        Command::TypstWorker { .. } => Ok(Outcome::Clean),
    }
}

fn not_for_this_command() -> Failure {
    Failure::new(
        text!(
            sv: "Det formatet finns bara för det som check och build hittar.",
            en: "That format is only for what check and build find.",
        ),
        text!(
            sv: "Skriv --format full, concise eller json.",
            en: "Write --format full, concise or json.",
        ),
    )
}

/// Standard output. A reader that has closed its end, such as `head`, has what it
/// wanted: what is written after that goes nowhere, and is no failure.
struct Output<W> {
    to: W,
    closed: bool,
}

impl<W: Write> Output<W> {
    fn unless_closed<T>(&mut self, result: io::Result<T>, instead: T) -> io::Result<T> {
        match result {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(instead)
            }
            result => result,
        }
    }
}

impl<W: Write> Write for Output<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.closed {
            return Ok(bytes.len());
        }
        let result = self.to.write(bytes);
        self.unless_closed(result, bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.closed {
            return Ok(());
        }
        let result = self.to.flush();
        self.unless_closed(result, ())
    }
}
