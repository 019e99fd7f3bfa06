//! The two ends of the connection.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt as _, ReadBuf};
use tokio::sync::{Notify, mpsc};

/// The end of the conversation: the client said `exit`, or is gone.
#[derive(Debug, Clone, Default)]
pub struct Ended(Arc<Notify>);

impl Ended {
    /// The conversation is over.
    pub fn set(&self) {
        self.0.notify_one();
    }

    /// Waits for the end.
    pub async fn wait(&self) {
        self.0.notified().await;
    }
}

/// Input that tells when it has ended. The transport itself then waits for handlers,
/// for ever if one of them never answers.
#[derive(Debug)]
pub struct Input<I> {
    inner: I,
    ended: Ended,
}

impl<I> Input<I> {
    /// Wraps an input.
    pub fn new(inner: I, ended: Ended) -> Self {
        Input { inner, ended }
    }
}

impl<I: AsyncRead + Unpin> AsyncRead for Input<I> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let poll = Pin::new(&mut self.inner).poll_read(cx, buffer);
        let over = match &poll {
            Poll::Ready(Ok(())) => buffer.filled().len() == before && buffer.remaining() > 0,
            Poll::Ready(Err(_)) => true,
            Poll::Pending => false,
        };
        if over {
            self.ended.set();
        }
        poll
    }
}

/// Output that takes everything at once.
///
/// A client that writes much before it reads would otherwise stop the server's
/// output, then its handlers, then its input, and with that itself.
#[derive(Debug)]
pub struct Output {
    sender: mpsc::UnboundedSender<Vec<u8>>,
}

/// An output, and the task that writes what it takes. The task ends when the output
/// is dropped and all is written, or when it cannot write.
pub fn output<O: AsyncWrite + Unpin>(
    mut inner: O,
) -> (Output, impl Future<Output = io::Result<()>>) {
    let (sender, mut receiver) = mpsc::unbounded_channel::<Vec<u8>>();
    let pump = async move {
        while let Some(bytes) = receiver.recv().await {
            inner.write_all(&bytes).await?;
            if receiver.is_empty() {
                inner.flush().await?;
            }
        }
        inner.shutdown().await
    };
    (Output { sender }, pump)
}

impl AsyncWrite for Output {
    fn poll_write(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let sent = self.sender.send(bytes.to_vec());
        Poll::Ready(sent.map(|()| bytes.len()).map_err(|_| io::ErrorKind::BrokenPipe.into()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}
