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
    let tell = move |failure: &Failure| {
        failure.print(&mut std::io::stderr().lock(), language, Paint::PLAIN);
    };
    run_telling(tell, program)
}

fn run_telling(
    tell: impl Fn(&Failure) + Clone + Send + Sync + 'static,
    program: impl FnOnce() -> ExitCode + Send + 'static,
) -> ExitCode {
    let told = Once::new();
    let tell_panic = tell.clone();
    panic::set_hook(Box::new(move |panic| told.call_once(|| tell_panic(&message(panic)))));
    match thread::Builder::new().stack_size(STACK_BYTES).spawn(program) {
        Ok(thread) => thread.join().unwrap_or(ExitCode::from(FAILED)),
        Err(error) => {
            tell(&Failure::from(error));
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
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn a_panic_is_told_once_and_is_exit_code_2() {
        let (tell, told) = mpsc::channel();
        let code = run_telling(
            move |failure| tell.send(failure.help.sv.clone()).unwrap(),
            || {
                let _ = thread::spawn(|| panic!("a planned fault")).join();
                panic!("its consequence")
            },
        );
        let _ = panic::take_hook();
        assert_eq!(format!("{code:?}"), format!("{:?}", ExitCode::from(FAILED)));
        let told: Vec<String> = told.iter().collect();
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].contains("a planned fault (") && told[0].contains("guard.rs:"), "{told:?}");
    }
}
