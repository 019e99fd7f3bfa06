//! A sign of life for what takes more than half a second.

use std::io::Write;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::terminal::Stream;

/// What is quicker than this needs no sign.
const PATIENCE: Duration = Duration::from_millis(500);
const STEP: Duration = Duration::from_millis(120);

/// Shows what is going on until it is dropped. Only on a terminal, and never in the
/// output itself.
pub struct Progress {
    running: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    pub fn start(stderr: Stream, what: impl Into<String>) -> Progress {
        if !stderr.redraws {
            return Progress { running: None };
        }
        let what = what.into();
        let (stop, stopped) = mpsc::channel();
        let thread = thread::spawn(move || {
            let mut patience = PATIENCE;
            let mut shown = false;
            for sign in ['⠋', '⠙', '⠸', '⠴', '⠦', '⠇'].into_iter().cycle() {
                if stopped.recv_timeout(patience) != Err(RecvTimeoutError::Timeout) {
                    break;
                }
                let mut stderr = std::io::stderr().lock();
                let _ = write!(stderr, "\r{sign} {what}").and_then(|()| stderr.flush());
                patience = STEP;
                shown = true;
            }
            if shown {
                let mut stderr = std::io::stderr().lock();
                let _ = write!(stderr, "\r\x1b[2K").and_then(|()| stderr.flush());
            }
        });
        Progress { running: Some((stop, thread)) }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((stop, thread)) = self.running.take() {
            drop(stop);
            let _ = thread.join();
        }
    }
}
