//! Requests as data, and answers compared but for what differs between any two requests.

use crate::support::{Answer, Ask};
use http::Method;
use serde_json::Value;
use std::collections::BTreeMap;

/// A request that can be sent by anyone.
#[derive(Clone, Debug)]
pub struct Shot {
    pub method: Method,
    pub path: String,
    pub body: Option<Value>,
    pub headers: Vec<(&'static str, String)>,
}

impl Shot {
    pub fn new(method: &Method, path: impl Into<String>, body: Option<Value>) -> Self {
        Self { method: method.clone(), path: path.into(), body, headers: Vec::new() }
    }

    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub async fn fire(&self, ask: Ask) -> Answer {
        let mut ask = self.headers.iter().fold(ask, |ask, (name, value)| ask.with(name, value));
        // Calls about many records must be repeatable, so they want a key; each of ours is a call of its own.
        if self.path.ends_with("/bulk") && !self.headers.iter().any(|(name, _)| *name == "idempotency-key") {
            ask = ask.with("idempotency-key", stoa::auth::random::base62(16));
        }
        ask.send(self.method.clone(), &self.path, self.body.clone()).await
    }
}

/// What is left of an answer when ids that were asked for and the request's own id are taken out.
#[derive(Debug, PartialEq)]
pub struct Likeness {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub body: String,
}

impl Likeness {
    pub fn of(answer: &Answer, ids: &[String]) -> Self {
        let request_id = answer.header("x-request-id").to_owned();
        let blank = |text: &str| {
            let text =
                if request_id.is_empty() { text.to_owned() } else { text.replace(&request_id, "<request>") };
            ids.iter().filter(|id| !id.is_empty()).fold(text, |text, id| text.replace(id.as_str(), "<id>"))
        };
        // Each bulk call has a number of its own.
        let bulk = serde_json::from_slice::<serde_json::Value>(&answer.bytes).ok();
        let bulk = bulk.and_then(|body| body["bulk_id"].as_str().map(str::to_owned)).unwrap_or_default();
        let blank = |text: &str| match bulk.as_str() {
            "" => blank(text),
            number => blank(text).replace(number, "<bulk>"),
        };
        let headers = answer.headers.iter().filter(|(name, _)| *name != "content-length");
        Self {
            status: answer.status.as_u16(),
            headers: headers
                .map(|(name, value)| (name.to_string(), blank(&String::from_utf8_lossy(value.as_bytes()))))
                .collect(),
            body: blank(&answer.text()),
        }
    }
}

/// How two answers differ, if they do, besides the ids that each was asked for.
pub fn differences(
    left: &Answer,
    left_ids: &[String],
    right: &Answer,
    right_ids: &[String],
) -> Option<String> {
    let (left, right) = (Likeness::of(left, left_ids), Likeness::of(right, right_ids));
    if left == right {
        return None;
    }
    let mut told = format!("{} instead of {}", left.status, right.status);
    for name in left.headers.keys().chain(right.headers.keys()) {
        let (one, other) = (left.headers.get(name), right.headers.get(name));
        if one != other {
            told.push_str(&format!("\n    {name}: {one:?} instead of {other:?}"));
        }
    }
    if left.body != right.body {
        told.push_str(&format!("\n    {}\n    instead of\n    {}", left.body, right.body));
    }
    Some(told)
}
