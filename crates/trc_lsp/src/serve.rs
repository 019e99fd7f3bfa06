//! Starting and ending the server.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::timeout;
use tower_lsp::{LspService, Server as Transport};
use trc_base::Date;
use trc_workspace::{FileSystem, RealFileSystem, clock};

use crate::eager::Eager;
use crate::outbox::{Outbox, deliver};
use crate::pipe::{Ended, Input, output};
use crate::pool::{Pool, STACK_BYTES};
use crate::queue::{Message, Queue};
use crate::server::Server;
use crate::session::Session;
use crate::writer;

/// How long the end of the conversation waits for answers that are under way.
const GRACE: Duration = Duration::from_secs(1);

/// What the server runs with.
#[derive(Debug, Clone)]
pub struct Options {
    pub file_system: Arc<dyn FileSystem>,
    /// How long nobody must have typed before the workspace as a whole is checked.
    pub typing_pause: Duration,
    /// How many questions are answered at the same time.
    pub threads: usize,
    /// The day of the checks.
    pub today: Option<Date>,
}

impl Default for Options {
    fn default() -> Self {
        // At least two, so that a check of the workspace does not hold up an answer.
        let threads = thread::available_parallelism().map_or(2, |cores| cores.get().clamp(2, 8));
        Options {
            file_system: Arc::new(RealFileSystem),
            typing_pause: Duration::from_millis(300),
            threads,
            today: clock::today(),
        }
    }
}

/// How a conversation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// The client said `shutdown` first, as it should.
    Clean,
    /// It did not.
    Abrupt,
}

impl Exit {
    /// The exit code that the protocol asks for.
    pub fn code(self) -> u8 {
        match self {
            Exit::Clean => 0,
            Exit::Abrupt => 1,
        }
    }
}

/// Serves one client on standard input and output, until it leaves.
pub fn run_stdio() -> io::Result<Exit> {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_time().build()?;
    let exit = runtime.block_on(serve(tokio::io::stdin(), tokio::io::stdout()));
    // A read of standard input cannot be called off. Waiting for it would wait for the
    // client to close it, and some never do.
    runtime.shutdown_background();
    exit
}

/// Serves one client, until it leaves.
pub async fn serve<I, O>(input: I, output: O) -> io::Result<Exit>
where
    I: AsyncRead + Unpin + Send,
    O: AsyncWrite + Unpin + Send + 'static,
{
    serve_with(input, output, Options::default()).await
}

/// Serves one client with options of the caller's.
pub async fn serve_with<I, O>(
    client_input: I,
    client_output: O,
    options: Options,
) -> io::Result<Exit>
where
    I: AsyncRead + Unpin + Send,
    O: AsyncWrite + Unpin + Send + 'static,
{
    let (queue, messages) = Queue::new();
    let (outbox, outgoing) = Outbox::new();
    let pool = Pool::new(options.threads.max(1), &outbox)?;
    let session = Session::new(options, queue.clone(), outbox.clone(), pool);
    let writer_outbox = outbox.clone();
    thread::Builder::new()
        .name("writer".to_owned())
        .stack_size(STACK_BYTES)
        .spawn(move || writer::run(session, &messages, &writer_outbox))?;

    let shut_down = Arc::new(AtomicBool::new(false));
    let service = LspService::build(|client| {
        tokio::spawn(deliver(outgoing, client));
        Server { queue: queue.clone(), shut_down: Arc::clone(&shut_down) }
    });
    #[cfg(test)]
    let service = crate::tests::hooks(service);
    let (service, socket) = service.finish();

    let ended = Ended::default();
    let (output, pump) = output(client_output);
    let pump = tokio::spawn(pump);
    let transport = Transport::new(Input::new(client_input, ended.clone()), output, socket)
        // Handlers only wait, so nothing is won by letting few of them wait at a time;
        // and those that wait in vain would keep the input from being read.
        .concurrency_level(usize::MAX)
        .serve(Eager::new(service, outbox, ended.clone()));
    {
        tokio::pin!(transport);
        tokio::select! {
            () = &mut transport => {}
            () = ended.wait() => {
                // Answers under way may still go out; one that never comes is not
                // waited for.
                let _ = timeout(GRACE, &mut transport).await;
            }
        }
    }
    queue.send(Message::End);
    // The transport has let go of the output; what it took is written, if the client
    // still reads.
    let _ = timeout(GRACE, pump).await;
    Ok(if shut_down.load(Ordering::SeqCst) { Exit::Clean } else { Exit::Abrupt })
}
