//! A client of the event stream: reads Server-Sent Events as they come.

use super::{Persona, TestApp};
use axum::body::{Body, BodyDataStream};
use futures::StreamExt;
use http::Request;
use serde_json::Value;
use std::time::Duration;
use tower::ServiceExt;

/// An open stream of events.
pub struct EventStream {
    body: BodyDataStream,
    buffer: String,
}

/// One event.
#[derive(Debug)]
pub struct Event {
    pub name: String,
    pub id: String,
    pub data: Value,
}

impl EventStream {
    /// Connects as a person, from where `last` says.
    pub async fn open(app: &TestApp, person: &Persona, last: Option<&str>) -> Self {
        match Self::try_open(app, person, last).await {
            Ok(stream) => stream,
            Err(status) => panic!("the stream was refused with {status}"),
        }
    }

    /// As [`EventStream::open`]; the status when it is refused.
    pub async fn try_open(app: &TestApp, person: &Persona, last: Option<&str>) -> Result<Self, u16> {
        let mut headers: Vec<(&str, &str)> = Vec::new();
        headers.extend(last.map(|last| ("last-event-id", last)));
        Self::open_with(app, person, &headers).await
    }

    /// As [`EventStream::try_open`], with headers.
    pub async fn open_with(app: &TestApp, person: &Persona, headers: &[(&str, &str)]) -> Result<Self, u16> {
        let mut request = Request::get("/api/events?topics=notifications")
            .header("authorization", format!("Bearer {}", person.token))
            .header("accept-encoding", "gzip");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = app.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        if response.status() != 200 {
            return Err(response.status().as_u16());
        }
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert!(!response.headers().contains_key("content-encoding"), "compression would hold events back");
        Ok(Self { body: response.into_body().into_data_stream(), buffer: String::new() })
    }

    /// The next event; none when the stream has ended. Fails when neither comes.
    pub async fn next(&mut self) -> Option<Event> {
        let limit = Duration::from_secs(60);
        tokio::time::timeout(limit, self.read()).await.expect("neither an event nor the end came")
    }

    async fn read(&mut self) -> Option<Event> {
        loop {
            while let Some((block, rest)) = self.buffer.split_once("\n\n") {
                let event = parse(block);
                self.buffer = rest.to_owned();
                if event.is_some() {
                    return event;
                }
            }
            let bytes = self.body.next().await?.expect("bytes");
            self.buffer.push_str(std::str::from_utf8(&bytes).unwrap());
        }
    }
}

/// Comments and `retry` make no event.
fn parse(block: &str) -> Option<Event> {
    let field = |name: &str| {
        block.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": ")).map(str::to_owned)
    };
    let data = field("data")?;
    Some(Event {
        name: field("event").unwrap_or_default(),
        id: field("id").unwrap_or_default(),
        data: serde_json::from_str(&data).unwrap(),
    })
}
