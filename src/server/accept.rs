//! The listening socket and its accept loop.

use super::connection::{self, Context};
use axum::Router;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// After a failed accept (no file descriptors left), the loop rests this long.
const REST: Duration = Duration::from_millis(200);

/// A bound socket that serves a router until it is told to stop.
pub struct Listener {
    socket: TcpListener,
    address: SocketAddr,
    places: Arc<Semaphore>,
}

impl Listener {
    /// Binds. At most `max_connections` are served at a time; others wait in the system's queue.
    ///
    /// # Errors
    /// The address is taken or not ours.
    pub async fn bind(address: SocketAddr, max_connections: usize) -> io::Result<Self> {
        let socket = TcpListener::bind(address).await?;
        let address = socket.local_addr()?;
        let places = max_connections.min(Semaphore::MAX_PERMITS);
        Ok(Self { socket, address, places: Arc::new(Semaphore::new(places)) })
    }

    /// The address, with the port that the system chose for port 0.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Accepts connections until `closing`; then those that are open finish the requests that they have. Returns
    /// when the last one ended, or at `hard`.
    pub async fn serve(self, router: Router, closing: CancellationToken, hard: CancellationToken) {
        let connections = TaskTracker::new();
        while let Some(stream) = closing.run_until_cancelled(self.accept()).await {
            let Some((stream, peer, place)) = stream else { continue };
            let context = Context { router: router.clone(), peer, closing: closing.clone() };
            let hard = hard.clone();
            connections.spawn(async move {
                metrics::gauge!("stoa_http_connections").increment(1.0);
                hard.run_until_cancelled_owned(connection::serve(stream, context)).await;
                metrics::gauge!("stoa_http_connections").decrement(1.0);
                drop(place);
            });
        }
        // Who connects from now on is told so by the system rather than left waiting.
        drop(self.socket);
        connections.close();
        connections.wait().await;
    }

    async fn accept(&self) -> Option<(TcpStream, SocketAddr, tokio::sync::OwnedSemaphorePermit)> {
        let place = self.places.clone().acquire_owned().await.ok()?;
        match self.socket.accept().await {
            Ok((stream, peer)) => {
                // Small answers should not wait for an acknowledgement (Nagle); without it they are only slower.
                let _ = stream.set_nodelay(true);
                Some((stream, peer, place))
            }
            Err(error) => {
                tracing::warn!(%error, "a connection cannot be accepted");
                tokio::time::sleep(REST).await;
                None
            }
        }
    }
}
