//! Commands to an IMAP server. What a command means is only known when the server says that it is done: a refusal, or a
//! connection that ends before that, is an error and never an empty answer.

use super::meter::Metered;
use crate::services::mail::one_line;
use async_imap::Session;
use async_imap::imap_proto::{MailboxDatum, Response, ResponseCode, Status};
use std::fmt::Debug;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};

/// How long one step may take.
const STEP: Duration = Duration::from_secs(30);
/// Bytes that an answer may have when no mail is asked for.
pub(crate) const SHORT: usize = 2 << 20;

/// A connection, protected or not.
pub(crate) trait Wire: AsyncRead + AsyncWrite + Unpin + Send + Debug {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send + Debug> Wire for T {}

/// A connection that is logged in.
pub(crate) type Imap = Session<Metered<Box<dyn Wire>>>;

/// Why a command came to nothing, in words for administrators.
#[derive(Debug)]
pub(crate) enum Fault {
    /// The server refused it; others may succeed.
    Refused(String),
    /// The connection is of no use any more.
    Broken(String),
}

impl From<Fault> for String {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Refused(why) | Fault::Broken(why) => why,
        }
    }
}

/// A folder that was opened.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Folder {
    /// Number of the numbering of its mails; another one means other mails.
    pub(crate) validity: i64,
    /// No mail has a larger number.
    pub(crate) top: i64,
}

/// Gives a command, lets `each` see every answer of at most `most` bytes together, and waits until it is done.
pub(crate) async fn ask(
    imap: &mut Imap,
    step: &str,
    command: &str,
    most: usize,
    mut each: impl FnMut(&Response<'_>),
) -> Result<(), Fault> {
    imap.as_mut().allow(most);
    let work = async {
        let broken = |why: &dyn std::fmt::Display| Fault::Broken(said(step, why));
        let tag = imap.run_command(command).await.map_err(|error| broken(&error))?;
        loop {
            let answer = imap.read_response().await.map_err(|error| broken(&error))?;
            let answer = answer.ok_or_else(|| broken(&"the connection ended"))?;
            match answer.parsed() {
                Response::Done { tag: of, status, outcome } if *of == tag => {
                    let why = || outcome.information.as_deref().unwrap_or("no reason given").to_owned();
                    return match status {
                        Status::Ok => Ok(()),
                        Status::No | Status::Bad => Err(Fault::Refused(said(step, &why()))),
                        _ => Err(broken(&why())),
                    };
                }
                Response::Data { status: Status::Bye, .. } => {
                    return Err(broken(&"the server says good-bye"));
                }
                other => each(other),
            }
        }
    };
    timed(work).await.map_err(Fault::Broken)?
}

/// Opens a folder, for reading only or also to mark mails.
pub(crate) async fn open(imap: &mut Imap, name: &str, marking: bool) -> Result<Folder, String> {
    let name = quoted(name)?;
    let command = format!("{} {name}", if marking { "SELECT" } else { "EXAMINE" });
    let (mut validity, mut next, mut mails) = (None, None, 0);
    ask(imap, "folder", &command, SHORT, |answer| match answer {
        Response::Data { outcome, .. } => match outcome.code {
            Some(ResponseCode::UidValidity(number)) => validity = Some(i64::from(number)),
            Some(ResponseCode::UidNext(number)) => next = Some(i64::from(number)),
            _ => {}
        },
        Response::MailboxData(MailboxDatum::Exists(number)) => mails = *number,
        _ => {}
    })
    .await?;
    let validity = validity.ok_or("The server does not number its mails.")?;
    let top = match next {
        Some(next) => next - 1,
        None if mails == 0 => 0,
        None => search(imap, "*").await?.into_iter().max().unwrap_or_default(),
    };
    Ok(Folder { validity, top })
}

/// Numbers of the mails that satisfy criteria, in order.
pub(crate) async fn search(imap: &mut Imap, criteria: &str) -> Result<Vec<i64>, Fault> {
    let mut found: Vec<i64> = Vec::new();
    ask(imap, "search", &format!("UID SEARCH {criteria}"), SHORT, |answer| {
        if let Response::MailboxData(MailboxDatum::Search(uids)) = answer {
            found.extend(uids.iter().copied().map(i64::from));
        }
    })
    .await?;
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// Text between quotes.
fn quoted(text: &str) -> Result<String, String> {
    if text.contains(['\r', '\n', '\0']) {
        return Err("The folder's name cannot be used.".to_owned());
    }
    Ok(format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")))
}

/// The answer to a step, unless it takes too long.
pub(crate) async fn timed<T>(step: impl Future<Output = T>) -> Result<T, String> {
    tokio::time::timeout(STEP, step).await.map_err(|_| "The server does not answer.".to_owned())
}

/// What a server said to a step, in a length that fits.
pub(crate) fn said(step: &str, why: &(impl std::fmt::Display + ?Sized)) -> String {
    one_line(&format!("The server refused ({step}): {why}")).chars().take(300).collect()
}
