//! The threads on which questions are answered.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;

use crate::outbox::Outbox;

/// How much stack a thread has. Nesting in sources is limited, far below this.
pub const STACK_BYTES: usize = 8 * 1024 * 1024;

type Job = Box<dyn FnOnce() + Send>;

/// A fixed number of threads. Dropping the pool lets them finish what they have.
#[derive(Debug)]
pub struct Pool {
    jobs: Sender<Job>,
}

impl Pool {
    /// Starts the threads.
    pub fn new(threads: usize, outbox: &Outbox) -> io::Result<Pool> {
        let (jobs, receiver) = channel();
        let receiver: Arc<Mutex<Receiver<Job>>> = Arc::new(Mutex::new(receiver));
        for number in 0..threads {
            let (receiver, outbox) = (Arc::clone(&receiver), outbox.clone());
            let builder = thread::Builder::new().name(format!("answer-{number}"));
            builder.stack_size(STACK_BYTES).spawn(move || work(&receiver, &outbox))?;
        }
        Ok(Pool { jobs })
    }

    /// Has a job done by the first thread that is free.
    pub fn spawn(&self, job: impl FnOnce() + Send + 'static) {
        // The threads end only after this sender is dropped.
        let _ = self.jobs.send(Box::new(job));
    }
}

fn work(jobs: &Mutex<Receiver<Job>>, outbox: &Outbox) {
    loop {
        // The guard is gone before the job runs, or one thread would work at a time.
        let job = match jobs.lock() {
            Ok(jobs) => jobs.recv(),
            Err(_) => return,
        };
        let Ok(job) = job else { return };
        // Jobs answer for their own panics. This one catches what they missed, such
        // as a panic in a destructor, so that the thread stays.
        if let Err(panic) = catch_unwind(AssertUnwindSafe(job)) {
            outbox.log_panic("an answer", &*panic);
        }
    }
}
