//! One HTTP request to an address that a user named, with all its bounds.

use super::resolver::Refused;
use super::{Egress, Incoming, Target};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use std::time::Duration;

/// Most bytes of an answer that anyone may ask for.
const MOST_BODY: usize = 10 << 20;

/// Most redirects that anyone may ask to follow.
const MOST_REDIRECTS: usize = 5;

/// A request.
#[derive(Clone, Debug)]
pub struct Outgoing {
    /// Method.
    pub method: Method,
    /// Where to.
    pub target: Target,
    /// Headers besides the usual ones.
    pub headers: HeaderMap,
    /// Body.
    pub body: Bytes,
    /// Time of the whole, answer included; at most that of [`Egress::timeout`].
    pub timeout: Duration,
    /// Bytes of the answer that are read; what comes after them is cut off. At most 10 MiB.
    pub most_body: usize,
    /// Redirects that are followed, each checked as the first address was. Only for requests without a body.
    pub redirects: usize,
    /// Whether redirects may lead to `http` addresses of public hosts.
    pub plain: bool,
}

impl Outgoing {
    /// A JSON body for a program that listens to us. No redirects; 2 KiB of the answer are read.
    pub fn post_json(egress: &Egress, target: Target, body: impl Into<Bytes>) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        Self {
            method: Method::POST,
            target,
            headers,
            body: body.into(),
            timeout: egress.timeout(),
            most_body: 2048,
            redirects: 0,
            plain: false,
        }
    }
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// It may not be connected to.
    #[error("the address may not be connected to")]
    NotAllowed,
    /// It took too long.
    #[error("no answer in time")]
    Timeout,
    /// No connection.
    #[error("no connection could be made")]
    Connect,
    /// The connection broke, or what came was not HTTP.
    #[error("the connection broke before the answer was there")]
    Broken,
    /// Another redirect than was asked for.
    #[error("too many redirects")]
    Redirects,
}

impl Egress {
    /// Sends a request and reads the begin of the answer.
    ///
    /// # Errors
    /// There is no answer. A status of 400 or more, or a redirect that is not followed, is one.
    pub async fn call(&self, request: &Outgoing) -> Result<Incoming, CallError> {
        let limit = request.timeout.min(self.timeout());
        let deadline = tokio::time::Instant::now() + limit;
        let most = request.most_body.min(MOST_BODY);
        let mut headers = request.headers.clone();
        // Nothing is unpacked, so nothing can grow while it is.
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        let (mut target, mut left) = (request.target.clone(), request.redirects.min(MOST_REDIRECTS));
        loop {
            let sent = self
                .client(target.is_own())
                .request(request.method.clone(), target.url().clone())
                .headers(headers.clone())
                .body(request.body.clone())
                .send();
            let answer =
                tokio::time::timeout_at(deadline, sent).await.map_err(|_elapsed| CallError::Timeout)?;
            let answer = answer.map_err(|error| CallError::of(&error))?;
            let next = moved(&answer).filter(|_| request.redirects > 0 && request.body.is_empty());
            let Some(next) = next else { return Ok(Incoming::read(answer, most, deadline).await) };
            left = left.checked_sub(1).ok_or(CallError::Redirects)?;
            let next = target.url().join(&next).map_err(|_| CallError::NotAllowed)?;
            // What was meant for one host is not shown to another.
            if next.origin() != target.url().origin() {
                headers.remove(header::AUTHORIZATION);
                headers.remove(header::COOKIE);
            }
            target = Target::of(self, next, request.plain).map_err(|_| CallError::NotAllowed)?;
        }
    }
}

impl CallError {
    fn of(error: &reqwest::Error) -> Self {
        let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
        while let Some(inner) = cause {
            if inner.is::<Refused>() {
                return Self::NotAllowed;
            }
            cause = inner.source();
        }
        match () {
            () if error.is_timeout() => Self::Timeout,
            () if error.is_connect() => Self::Connect,
            () => Self::Broken,
        }
    }
}

/// Where a redirect leads.
fn moved(answer: &reqwest::Response) -> Option<String> {
    let moved = [
        StatusCode::MOVED_PERMANENTLY,
        StatusCode::FOUND,
        StatusCode::SEE_OTHER,
        StatusCode::TEMPORARY_REDIRECT,
        StatusCode::PERMANENT_REDIRECT,
    ];
    if !moved.contains(&answer.status()) {
        return None;
    }
    answer.headers().get(header::LOCATION)?.to_str().ok().map(str::to_owned)
}
