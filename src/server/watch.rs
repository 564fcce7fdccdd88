//! Watches what a client does with its connection, so that slow and silent ones do not hold it for ever.

use http::Version;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep_until};

/// Time for the head of a request, counted from its first byte; for the first one, from the connection's beginning.
pub(super) const HEAD: Duration = Duration::from_secs(10);
/// Time that a connection may wait for its next request.
pub(super) const IDLE: Duration = Duration::from_secs(75);
/// Time in which a client must take some part of the answer.
pub(super) const TAKE: Duration = Duration::from_secs(60);

/// Why a connection is closed by us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Overdue {
    /// The head of a request does not come to its end.
    Head,
    /// No further request came.
    Idle,
    /// The client does not take its answer.
    Stalled,
}

struct State {
    requests: usize,
    served: bool,
    multiplexed: bool,
    idle_since: Instant,
    head_since: Option<Instant>,
    stalled_since: Option<Instant>,
}

/// What is known of a connection.
pub(super) struct Watch {
    state: Mutex<State>,
    changed: Notify,
}

impl Watch {
    pub(super) fn new() -> Self {
        let state = State {
            requests: 0,
            served: false,
            multiplexed: false,
            idle_since: Instant::now(),
            head_since: None,
            stalled_since: None,
        };
        Self { state: Mutex::new(state), changed: Notify::new() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A request begins; it ends when the value is dropped.
    pub(super) fn enter(self: &Arc<Self>, version: Version) -> Entered {
        let mut state = self.state();
        state.requests += 1;
        state.served = true;
        state.multiplexed = version == Version::HTTP_2;
        state.head_since = None;
        Entered(self.clone())
    }

    /// Waits until the client has taken too long.
    pub(super) async fn overdue(&self) -> Overdue {
        loop {
            let due = self.state().due();
            match due {
                Some((at, why)) if at <= Instant::now() => return why,
                Some((at, _)) => tokio::select! {
                    () = sleep_until(at) => {}
                    () = self.changed.notified() => {}
                },
                None => self.changed.notified().await,
            }
        }
    }

    fn change(&self, change: impl FnOnce(&mut State) -> bool) {
        if change(&mut self.state()) {
            self.changed.notify_one();
        }
    }

    fn received(&self) {
        self.change(|state| {
            // HTTP/2 clients also speak between requests: settings, pings, window updates.
            let begins = state.requests == 0 && !state.multiplexed && state.head_since.is_none();
            if begins && state.served {
                state.head_since = Some(Instant::now());
            }
            begins
        });
    }

    fn sent(&self, all: bool) {
        self.change(|state| {
            let stalls = !all && state.stalled_since.is_none();
            if all {
                state.stalled_since = None;
            } else if stalls {
                state.stalled_since = Some(Instant::now());
            }
            stalls
        });
    }
}

impl State {
    fn due(&self) -> Option<(Instant, Overdue)> {
        let next = match (self.requests, self.head_since, self.served) {
            (0, Some(since), _) => Some((since + HEAD, Overdue::Head)),
            (0, None, true) => Some((self.idle_since + IDLE, Overdue::Idle)),
            (0, None, false) => Some((self.idle_since + HEAD, Overdue::Head)),
            _ => None,
        };
        let stalled = self.stalled_since.map(|since| (since + TAKE, Overdue::Stalled));
        next.into_iter().chain(stalled).min_by_key(|(at, _)| *at)
    }
}

/// A request that is being answered.
pub(super) struct Entered(Arc<Watch>);

impl Drop for Entered {
    fn drop(&mut self) {
        self.0.change(|state| {
            state.requests -= 1;
            state.idle_since = Instant::now();
            state.requests == 0
        });
    }
}

/// A socket that tells its watch what passes.
pub(super) struct Watched {
    socket: TcpStream,
    watch: Arc<Watch>,
}

impl Watched {
    pub(super) fn new(socket: TcpStream, watch: Arc<Watch>) -> Self {
        Self { socket, watch }
    }
}

impl AsyncRead for Watched {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.socket).poll_read(cx, buffer);
        if buffer.filled().len() > before {
            self.watch.received();
        }
        read
    }
}

impl AsyncWrite for Watched {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.socket).poll_write(cx, bytes);
        self.watch.sent(written.is_ready());
        written
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.socket).poll_write_vectored(cx, parts);
        self.watch.sent(written.is_ready());
        written
    }

    fn is_write_vectored(&self) -> bool {
        self.socket.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    fn why(watch: &Watch) -> Option<Overdue> {
        watch.state().due().map(|(_, why)| why)
    }

    #[tokio::test]
    async fn a_client_that_takes_nothing_of_its_answer_is_overdue_until_it_does() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut client = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let (socket, _) = listener.accept().await.unwrap();
        let watch = Arc::new(Watch::new());
        let mut watched = Watched::new(socket, watch.clone());
        assert_eq!(why(&watch), Some(Overdue::Head), "a request is expected");
        let entered = watch.enter(Version::HTTP_11);
        assert_eq!(why(&watch), None, "the work takes its time");
        // More than all buffers between the two take.
        let writing = tokio::spawn(async move { watched.write_all(&[0; 64 << 20]).await });
        while why(&watch).is_none() {
            tokio::task::yield_now().await;
        }
        assert_eq!(why(&watch), Some(Overdue::Stalled));
        let mut taken = vec![0; 64 << 20];
        client.read_exact(&mut taken).await.unwrap();
        writing.await.unwrap().unwrap();
        assert_eq!(why(&watch), None);
        drop(entered);
        assert_eq!(why(&watch), Some(Overdue::Idle));
    }
}
