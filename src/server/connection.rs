//! One connection: HTTP/1.1, or HTTP/2 for clients that begin with its preface (RFC 9113 section 3.3).

use super::answer::Answer;
use super::watch::{Overdue, Watch, Watched};
use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use http::Request;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

/// Most bytes of a request's head.
const MAX_HEAD: usize = 64 * 1024;
/// Requests of one HTTP/2 connection at a time.
const MAX_STREAMS: u32 = 128;
/// How often an HTTP/2 client must show that it still listens.
const PING: Duration = Duration::from_secs(30);
/// How long an idle client gets to take note of the goodbye.
const GOODBYE: Duration = Duration::from_secs(5);

/// What a connection needs.
pub(super) struct Context {
    pub router: Router,
    pub peer: SocketAddr,
    pub closing: CancellationToken,
}

/// Serves until the client leaves, lingers too long, or `closing` and the requests at hand are answered.
pub(super) async fn serve(stream: TcpStream, context: Context) {
    let Context { router, peer, closing } = context;
    let watch = Arc::new(Watch::new());
    let io = TokioIo::new(Watched::new(stream, watch.clone()));
    let watching = watch.clone();
    let service = service_fn(move |request: Request<Incoming>| {
        let entered = watching.enter(request.version());
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        let answer = router.clone().oneshot(request);
        async move { answer.await.map(|response| response.map(|body| Answer::new(body, entered))) }
    });
    let mut builder = auto::Builder::new(TokioExecutor::new());
    // Our own watch bounds the time of the head; the library's would also end idle connections.
    builder.http1().timer(TokioTimer::new()).header_read_timeout(None).max_buf_size(MAX_HEAD);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(MAX_STREAMS)
        .max_header_list_size(MAX_HEAD as u32)
        .keep_alive_interval(PING);
    let mut connection = pin!(builder.serve_connection(io, service));
    let mut finishing = false;
    loop {
        tokio::select! {
            result = connection.as_mut() => {
                // Clients that go away are daily business.
                if let Err(error) = result {
                    tracing::debug!(%peer, error, "connection ended");
                }
                return;
            }
            () = closing.cancelled(), if !finishing => {
                finishing = true;
                connection.as_mut().graceful_shutdown();
            }
            overdue = watch.overdue() => {
                tracing::debug!(%peer, ?overdue, "connection closed");
                if overdue == Overdue::Idle {
                    connection.as_mut().graceful_shutdown();
                    tokio::time::timeout(GOODBYE, connection.as_mut()).await.ok();
                }
                return;
            }
        }
    }
}
