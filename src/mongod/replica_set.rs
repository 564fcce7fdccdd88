//! Makes a started mongod the primary of its single-node replica set; safe to repeat.

use super::child::Child;
use mongodb::bson::{Document, doc};
use mongodb::error::{Error, ErrorKind, Result};
use mongodb::options::ClientOptions;
use mongodb::{Client, Database};
use std::net::Ipv4Addr;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::sleep;

/// Name of the set.
pub(super) const NAME: &str = "rs0";
/// Server code: the set was initiated by an earlier run.
const ALREADY_INITIALIZED: i32 = 23;
const STEP: Duration = Duration::from_millis(20);

/// Waits until the child listens on `port`, initiates the set if need be, and waits until it is primary.
/// The caller bounds the time and watches the child.
pub(super) async fn make_primary(child: &Child, port: u16) -> Result<()> {
    // The driver would wait half a second after a refused connection.
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.is_err() {
        sleep(STEP).await;
    }
    let mut options =
        ClientOptions::parse(format!("mongodb://127.0.0.1:{port}/?directConnection=true")).await?;
    options.server_selection_timeout = Some(Duration::from_secs(5));
    let client = Client::with_options(options)?;
    let admin = client.database("admin");
    // The server closes connections when its place in the set changes, so each step must be repeatable.
    while let Err(error) = attempt(&admin, child, port).await {
        if !passing(&error) {
            return Err(error);
        }
        sleep(STEP).await;
    }
    client.shutdown().immediate(true).await;
    Ok(())
}

async fn attempt(admin: &Database, child: &Child, port: u16) -> Result<()> {
    let status = admin.run_command(doc! { "serverStatus": 1 }).await?;
    if number(&status, "pid") != i64::from(child.pid()) {
        return Err(Error::custom("another server answers on the port"));
    }
    // Host and port exactly as clients will dial them: the driver follows what the set says of itself.
    let host = format!("127.0.0.1:{port}");
    let config = doc! { "_id": NAME, "members": [{ "_id": 0, "host": &host }] };
    match admin.run_command(doc! { "replSetInitiate": config }).await {
        Ok(_) => {}
        Err(error) if code(&error) == Some(ALREADY_INITIALIZED) => move_to(admin, &host).await?,
        Err(error) => return Err(error),
    }
    while !admin.run_command(doc! { "hello": 1 }).await?.get_bool("isWritablePrimary").unwrap_or(false) {
        sleep(STEP).await;
    }
    Ok(())
}

/// After a change of port the set does not find itself in its configuration; this corrects it.
async fn move_to(admin: &Database, host: &str) -> Result<()> {
    let reply = admin.run_command(doc! { "replSetGetConfig": 1 }).await?;
    let config = reply.get_document("config").map_err(Error::custom)?;
    let members = config.get_array("members").map_err(Error::custom)?;
    let member = members.first().and_then(|member| member.as_document());
    if member.and_then(|member| member.get_str("host").ok()) == Some(host) {
        return Ok(());
    }
    tracing::warn!(host, "the port of the database changed, reconfiguring its replica set");
    let mut config = config.clone();
    config.insert("version", number(&config, "version") + 1);
    config.insert("members", vec![doc! { "_id": 0, "host": host }]);
    admin.run_command(doc! { "replSetReconfig": config, "force": true }).await.map(drop)
}

/// A number that the server may send in any of its types.
fn number(document: &Document, key: &str) -> i64 {
    let value = document.get(key);
    value.and_then(|value| value.as_i64().or(value.as_i32().map(i64::from))).unwrap_or_default()
}

/// Whether the same step may succeed a moment later.
fn passing(error: &Error) -> bool {
    let kind = error.kind.as_ref();
    matches!(
        kind,
        ErrorKind::Io(_) | ErrorKind::ConnectionPoolCleared { .. } | ErrorKind::ServerSelection { .. }
    ) || error.contains_label(mongodb::error::RETRYABLE_WRITE_ERROR)
}

fn code(error: &Error) -> Option<i32> {
    match error.kind.as_ref() {
        ErrorKind::Command(failure) => Some(failure.code),
        _ => None,
    }
}
