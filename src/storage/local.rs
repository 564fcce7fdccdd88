//! A server of our own that speaks S3 on this machine only, over a folder: what a bucket is elsewhere.

use crate::auth::random;
use anyhow::{Context, anyhow};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};
use std::net::Ipv4Addr;
use std::path::Path;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_util::task::AbortOnDropHandle;

/// The only bucket.
pub(super) const BUCKET: &str = "stoa";

/// A running server. It ends with the value.
pub(super) struct LocalServer {
    /// Its address.
    pub endpoint: String,
    /// Name of the only account, made for this run.
    pub key_id: String,
    /// Its key.
    pub secret: String,
    _serving: AbortOnDropHandle<()>,
}

impl LocalServer {
    /// Serves a folder, which is made if need be and closed to other users of the machine.
    ///
    /// # Errors
    /// The folder cannot be made or read, or no port is free.
    pub(super) async fn start(folder: &Path) -> anyhow::Result<Self> {
        let fault = || format!("folder of files {}", folder.display());
        tokio::fs::create_dir_all(folder.join(BUCKET)).await.with_context(fault)?;
        close_to_others(folder).await.with_context(fault)?;
        let files =
            s3s_fs::FileSystem::new(folder).map_err(|error| anyhow!("{error:?}")).with_context(fault)?;
        let (key_id, secret) = (random::base62(20), random::base62(40));
        let mut builder = S3ServiceBuilder::new(files);
        builder.set_auth(SimpleAuth::from_single(key_id.clone(), secret.as_str()));
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.context("listen for files")?;
        let endpoint = format!("http://{}", listener.local_addr().context("address for files")?);
        let serving = AbortOnDropHandle::new(tokio::spawn(serve(listener, builder.build())));
        Ok(Self { endpoint, key_id, secret, _serving: serving })
    }
}

/// Answers until the task is aborted, and with it all connections.
async fn serve(listener: TcpListener, service: S3Service) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    // Without it each answer waits for the other side's delayed acknowledgement: 36 ms instead of 2.
                    if stream.set_nodelay(true).is_err() {
                        continue;
                    }
                    let service = service.clone();
                    connections.spawn(async move {
                        let io = TokioIo::new(stream);
                        let ended = auto::Builder::new(TokioExecutor::new()).serve_connection(io, service).await;
                        if let Err(error) = ended {
                            tracing::debug!(error, "a connection to the files ended");
                        }
                    });
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection to the files was not accepted");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            },
            Some(_) = connections.join_next(), if !connections.is_empty() => {}
        }
    }
}

#[cfg(unix)]
async fn close_to_others(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    tokio::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700)).await
}

#[cfg(not(unix))]
async fn close_to_others(_: &Path) -> std::io::Result<()> {
    Ok(())
}
