//! The last line of defence: a mistake in the program itself becomes one message that
//! says so, and exit code 2.

use std::panic::{self, PanicHookInfo};
use std::process::ExitCode;
use std::sync::Once;
use std::thread;

use trc_base::{Language, text};

use crate::commands::FAILED;
use crate::failure::Failure;
use crate::terminal::Paint;

/// Room for deeply nested files: the main thread of some systems has an eighth of it.
const STACK_BYTES: usize = 8 * 1024 * 1024;

/// Runs the program. A panic in it, on whatever thread, is told once.
pub fn run(language: Language, program: impl FnOnce() -> ExitCode + Send + 'static) -> ExitCode {
    let told = Once::new();
    panic::set_hook(Box::new(move |panic| {
        told.call_once(|| {
            message(panic).print(&mut std::io::stderr().lock(), language, Paint::PLAIN);
        });
    }));
    let thread = thread::Builder::new().stack_size(STACK_BYTES).spawn(program);
    let result = thread.map(thread::JoinHandle::join);
    match result {
        Ok(Ok(code)) => code,
        Ok(Err(_)) => ExitCode::from(FAILED),
        Err(error) => {
            Failure::from(error).print(&mut std::io::stderr().lock(), language, Paint::PLAIN);
            ExitCode::from(FAILED)
        }
    }
}

fn message(panic: &PanicHookInfo<'_>) -> Failure {
    let what = panic.payload_as_str().unwrap_or("no message");
    let place =
        panic.location().map_or_else(String::new, |at| format!(" ({}:{})", at.file(), at.line()));
    let version = env!("CARGO_PKG_VERSION");
    Failure::new(
        text!(
            sv: "Programmet har själv ett fel och kunde inte fortsätta. Inget i dina filer är ändrat.",
            en: "The program itself has a fault and could not go on. Nothing in your files has changed.",
        ),
        text!(
            sv: "Rapportera felet med det du gjorde och den här raden: trc {version}: {what}{place}",
            en: "Report the fault with what you did and this line: trc {version}: {what}{place}",
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_exit_code_2() {
        let code = run(Language::Sv, || panic!("a planned fault"));
        assert_eq!(format!("{code:?}"), format!("{:?}", ExitCode::from(FAILED)));
        let _ = panic::take_hook();
    }
}
