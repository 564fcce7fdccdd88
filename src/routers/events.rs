//! The stream of live events, as Server-Sent Events (WHATWG HTML, section 9.2).

use crate::app::App;
use crate::errors::{Code, FieldErrors, Problem, Result};
use crate::permissions::{Authorized, NotificationsRead};
use crate::schema::FieldSpec;
use crate::services::events::{self, Message};
use crate::web::{AnswerDoc, Doc, Pairs, Routes};
use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures::{Stream, StreamExt};
use http::{HeaderMap, HeaderName, HeaderValue};
use std::convert::Infallible;
use std::time::Duration;
use tokio_stream::wrappers::ReceiverStream;

/// What can be listened to.
const TOPICS: &[&str] = &["notifications"];
const QUERY: &[FieldSpec] = &[FieldSpec::one_of(TOPICS)
    .named("topics", "What to listen to, separated by commas: notifications, which is the default.")];
/// Comments are sent this often, so that proxies do not take the stream for dead.
const ALIVE_EVERY: Duration = Duration::from_secs(15);
/// How long clients wait before they connect again.
const RETRY: Duration = Duration::from_secs(3);

/// Routes of live events.
pub fn routes() -> Routes {
    let doc = Doc::new(
        "Listen to one's notifications: events notification.created and notification.updated carry the \
         notification, resync asks to read the list again. With Last-Event-ID what was missed comes first; \
         an event may come twice, its id and version tell.",
    )
    .answer(AnswerDoc::Events)
    .query(QUERY)
    .codes(&[Code::RateLimited]);
    Routes::of("events").get("/api/events", "listen", doc, listen)
}

async fn listen(
    Authorized(permit): Authorized<NotificationsRead>,
    State(app): State<App>,
    Pairs(pairs): Pairs,
    headers: HeaderMap,
) -> Result<Response> {
    check_topics(&pairs)?;
    let last = headers.get("last-event-id").map(|value| value.to_str().unwrap_or_default());
    let messages = events::open(&app, permit, last.filter(|text| !text.is_empty())).await?;
    let begin = Event::default().retry(RETRY).comment("open");
    let stream = futures::stream::iter([begin]).chain(ReceiverStream::new(messages).map(to_event));
    let mut response =
        Sse::new(infallible(stream)).keep_alive(KeepAlive::new().interval(ALIVE_EVERY)).into_response();
    // nginx would hold events back to fill its buffers.
    let unbuffered = HeaderName::from_static("x-accel-buffering");
    response.headers_mut().insert(unbuffered, HeaderValue::from_static("no"));
    Ok(response)
}

fn infallible(
    events: impl Stream<Item = Event> + Send,
) -> impl Stream<Item = std::result::Result<Event, Infallible>> + Send {
    events.map(Ok)
}

fn to_event(message: Message) -> Event {
    match message {
        Message::Notification { created, place, data } => Event::default()
            .event(if created { "notification.created" } else { "notification.updated" })
            .id(place)
            .data(data.to_string()),
        Message::Resync => Event::default().event("resync").data("{}"),
    }
}

fn check_topics(pairs: &[(String, String)]) -> Result<()> {
    for (key, value) in pairs {
        let known = key == "topics" && value.split(',').all(|topic| TOPICS.contains(&topic.trim()));
        if !known {
            let message = format!("Send topics with any of: {}.", TOPICS.join(", "));
            let problem = Problem::fields(FieldErrors::one(key, Code::InvalidParameter, message));
            return Err(problem.with("allowed", TOPICS.to_vec()).into());
        }
    }
    Ok(())
}
