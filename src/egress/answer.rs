//! What a called host answers: status, headers and as much of the body as was asked for.

use http::{HeaderMap, StatusCode};
use tokio::time::Instant;

/// An answer.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// Status.
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// Begin of the body, as many bytes as were asked for at most.
    pub body: Vec<u8>,
    /// There was more, or the rest did not come in time.
    pub cut: bool,
}

impl Incoming {
    /// Reads up to `most` bytes until `deadline`. The connection is dropped with what is not read.
    pub(super) async fn read(mut answer: reqwest::Response, most: usize, deadline: Instant) -> Self {
        let (status, headers) = (answer.status(), answer.headers().clone());
        let (mut body, mut cut) = (Vec::new(), false);
        loop {
            match tokio::time::timeout_at(deadline, answer.chunk()).await {
                Ok(Ok(Some(chunk))) => {
                    let fits = chunk.len().min(most - body.len());
                    body.extend_from_slice(&chunk[..fits]);
                    if fits < chunk.len() {
                        cut = true;
                        break;
                    }
                }
                Ok(Ok(None)) => break,
                // The status is there; what it says about itself is not worth more.
                Ok(Err(_)) | Err(_) => {
                    cut = true;
                    break;
                }
            }
        }
        Self { status, headers, body, cut }
    }

    /// The body as text of at most `most` characters, without control characters.
    pub fn excerpt(&self, most: usize) -> String {
        let text = String::from_utf8_lossy(&self.body);
        let shown = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t'));
        shown.take(most).collect::<String>().trim().to_owned()
    }

    /// Seconds to wait before the next try, if the host says so (RFC 9110 section 10.2.3).
    pub fn retry_after(&self, now_unix: i64) -> Option<u64> {
        let value = self.headers.get(http::header::RETRY_AFTER)?.to_str().ok()?.trim();
        if let Ok(seconds) = value.parse() {
            return Some(seconds);
        }
        let format = time::format_description::well_known::Rfc2822;
        let at = time::OffsetDateTime::parse(value, &format).ok()?;
        u64::try_from(at.unix_timestamp() - now_unix).ok()
    }
}
