//! Typst in a child process that can be stopped.
//!
//! Nothing inside a process can end a layout that runs for ever or takes all memory. So
//! the binary starts itself once more with a hidden subcommand, hands the page data over
//! and waits: the child limits its own memory before it does anything, and the parent
//! kills it when its time is up.

use std::io::{self, Read};
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use trc_typst::Failure;
use trc_typst::worker::{Answer, Request, read_answer, serve, write_request};

/// The hidden subcommand that makes the binary a child: `trc typst-worker BYTES`.
pub const SUBCOMMAND: &str = "typst-worker";

/// The most threads a child lays out pages with. Each reserves address space, which
/// counts against the memory limit whether it is used or not.
const THREADS: &str = "4";

/// How much of what a dying child says is kept.
const LONGEST_OUTPUT: u64 = 64 * 1024;

/// What a child may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Address space, in bytes. Only Unix systems keep to it.
    pub memory: u64,
    /// Wall time for each request.
    pub time: Duration,
}

impl Limits {
    /// The limits of `trc build`.
    pub const BUILD: Self = Self { memory: 2 << 30, time: Duration::from_secs(120) };
}

/// Why a child gave no answer.
#[derive(Debug)]
pub enum WorkerError {
    /// The child answered that it could not do the task.
    Failure(Failure),
    /// The time was up.
    Time(Duration),
    /// The memory was used up.
    Memory(u64),
    /// The child ended for another reason.
    Crash {
        /// How it ended, if the system knows.
        status: Option<ExitStatus>,
        /// The last it said, for a fault report.
        output: String,
    },
    /// The child could not be started.
    Start(io::Error),
}

impl std::fmt::Display for WorkerError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Failure(failure) => write!(f, "{failure}"),
            Self::Time(limit) => write!(f, "not done after {} seconds", limit.as_secs()),
            Self::Memory(limit) => write!(f, "needs more than {} MiB of memory", limit >> 20),
            Self::Crash { status: Some(status), output } => {
                write!(f, "ended with {status}: {}", output.trim_end())
            }
            Self::Crash { status: None, output } => write!(f, "ended: {}", output.trim_end()),
            Self::Start(error) => write!(f, "could not be started: {error}"),
        }
    }
}

impl std::error::Error for WorkerError {}

/// The parent's side: a child that answers one request after the other and remembers
/// what it has laid out. It is started when it is needed and again after it has ended.
#[derive(Debug)]
pub struct Worker {
    limits: Limits,
    running: Option<Running>,
}

#[derive(Debug)]
struct Running {
    child: Child,
    requests: Sender<Request>,
    answers: Receiver<io::Result<Result<Answer, Failure>>>,
    output: JoinHandle<String>,
}

impl Worker {
    /// A worker that has not been started.
    pub fn new(limits: Limits) -> Self {
        Self { limits, running: None }
    }

    /// Asks for an answer and waits for it, no longer than the limit.
    pub fn ask(&mut self, request: Request) -> Result<Answer, WorkerError> {
        let running = match self.running.take() {
            Some(running) => running,
            None => Running::start(self.limits).map_err(WorkerError::Start)?,
        };
        // A conversation that has ended says so when its answer is awaited.
        let _ = running.requests.send(request);
        match running.answers.recv_timeout(self.limits.time) {
            Ok(Ok(answer)) => {
                self.running = Some(running);
                answer.map_err(WorkerError::Failure)
            }
            Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => {
                let (status, output) = running.end();
                // The words of Rust's allocator, before it aborts.
                if output.contains("memory allocation of") {
                    Err(WorkerError::Memory(self.limits.memory))
                } else {
                    Err(WorkerError::Crash { status, output })
                }
            }
            Err(RecvTimeoutError::Timeout) => {
                running.end();
                Err(WorkerError::Time(self.limits.time))
            }
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            running.end();
        }
    }
}

impl Running {
    #[expect(clippy::disallowed_methods, reason = "the binary owns its child and its threads")]
    fn start(limits: Limits) -> io::Result<Self> {
        let mut child = Command::new(std::env::current_exe()?)
            .arg(SUBCOMMAND)
            .arg(limits.memory.to_string())
            .env("RAYON_NUM_THREADS", THREADS)
            .env("MALLOC_ARENA_MAX", THREADS)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let (Some(stdin), Some(stdout), Some(stderr)) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let (requests, to_child) = channel();
        let (from_child, answers) = channel();
        std::thread::spawn(move || converse(&to_child, stdin, stdout, &from_child));
        let output = std::thread::spawn(move || listen(stderr));
        Ok(Self { child, requests, answers, output })
    }

    /// Ends the child, unless it has ended, and says how it did and what it said.
    fn end(mut self) -> (Option<ExitStatus>, String) {
        let _ = self.child.kill();
        let status = self.child.wait().ok();
        (status, self.output.join().unwrap_or_default())
    }
}

/// Carries requests and answers until one side ends. On a thread of its own, so that a
/// child that does not read cannot hold its parent.
fn converse(
    requests: &Receiver<Request>,
    mut stdin: ChildStdin,
    mut stdout: ChildStdout,
    answers: &Sender<io::Result<Result<Answer, Failure>>>,
) {
    for request in requests {
        let answer = write_request(&mut stdin, &request).and_then(|()| read_answer(&mut stdout));
        let over = answer.is_err();
        if answers.send(answer).is_err() || over {
            return;
        }
    }
}

/// Reads what a child says until it ends, and keeps the beginning.
fn listen(mut stderr: ChildStderr) -> String {
    let mut kept = Vec::new();
    let _ = stderr.by_ref().take(LONGEST_OUTPUT).read_to_end(&mut kept);
    let _ = io::copy(&mut stderr, &mut io::sink());
    String::from_utf8_lossy(&kept).into_owned()
}

/// The child's side: limits itself, then answers requests until its input ends.
pub fn run(memory: u64) -> io::Result<()> {
    limit_memory(memory)?;
    serve(io::stdin().lock(), io::stdout().lock())
}

#[cfg(unix)]
fn limit_memory(bytes: u64) -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let limit = Rlimit { current: Some(bytes), maximum: Some(bytes) };
    Ok(setrlimit(Resource::As, limit)?)
}

#[cfg(not(unix))]
fn limit_memory(_bytes: u64) -> io::Result<()> {
    Ok(())
}
