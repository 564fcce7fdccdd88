//! One try to deliver: the signed request, and what its answer means.

use super::secret;
use super::settle::{Next, Outcome};
use crate::app::App;
use crate::egress::{CallError, Incoming, Outgoing, Target};
use crate::errors::{AppError, Result};
use crate::models::{Webhook, WebhookDelivery};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use std::time::{Duration, Instant};

/// Bounds of the pauses before each further try; with the first, ten tries in a day and a half.
const PAUSES: [u64; 9] = [10, 30, 120, 600, 1_800, 3_600, 10_800, 28_800, 86_400];

/// Characters of an answer that are kept.
const EXCERPT: usize = 1000;

/// Sends a delivery once.
pub async fn attempt(app: &App, hook: &Webhook, delivery: &WebhookDelivery) -> Result<Outcome> {
    let Some(body) = &delivery.payload else { return Ok(Outcome::failed("The body is no longer kept.")) };
    // The setting may have been another when the address was saved.
    let Ok(target) = Target::parse(app.egress(), &hook.url, false) else {
        return Ok(Outcome::failed(&CallError::NotAllowed.to_string()));
    };
    let mut request = Outgoing::post_json(app.egress(), target, body.clone());
    request.headers.extend(signed(app, hook, delivery, body)?);
    let started = Instant::now();
    let answer = app.egress().call(&request).await;
    let mut outcome = judge(delivery, &answer, app.clock().unix());
    outcome.duration_ms = i64::try_from(started.elapsed().as_millis()).ok();
    if let Ok(answer) = &answer {
        outcome.status = Some(i64::from(answer.status.as_u16()));
        outcome.excerpt = Some(answer.excerpt(EXCERPT)).filter(|text| !text.is_empty());
    }
    Ok(outcome)
}

/// Id, time and signatures: one by each secret that is in force.
fn signed(app: &App, hook: &Webhook, delivery: &WebhookDelivery, body: &str) -> Result<HeaderMap> {
    let (unix, now) = (app.clock().unix(), app.clock().now());
    let previous =
        hook.previous_secret.as_ref().filter(|_| hook.previous_secret_until.is_some_and(|at| at > now));
    let secrets = hook.secret.iter().chain(previous);
    let signatures: Vec<String> = secrets
        .map(|sealed| secret::sign(app, hook.id, sealed, &delivery.event_id, unix, body))
        .collect::<Result<_>>()?;
    let headers = [
        ("webhook-id", delivery.event_id.clone()),
        ("webhook-timestamp", unix.to_string()),
        ("webhook-signature", signatures.join(" ")),
    ];
    let pair = |(name, value): (&'static str, String)| {
        let value = HeaderValue::try_from(value).map_err(AppError::internal)?;
        Ok((HeaderName::from_static(name), value))
    };
    headers.into_iter().map(pair).collect()
}

fn judge(delivery: &WebhookDelivery, answer: &Result<Incoming, CallError>, unix: i64) -> Outcome {
    let tries = delivery.attempts + 1;
    let again = |why: String, wish: Option<u64>| match pause(tries, wish) {
        Some(pause) if delivery.event_type != super::TEST => Outcome::of(Next::Again(pause), Some(why)),
        _ => Outcome::failed(&why),
    };
    match answer {
        Ok(answer) if answer.status.is_success() => Outcome::of(Next::Delivered, None),
        Ok(answer) => {
            let why = format!("The receiver answered {}.", answer.status.as_u16());
            match answer.status {
                StatusCode::GONE => Outcome::of(Next::Gone, Some(why)),
                StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT => {
                    again(why, answer.retry_after(unix))
                }
                status if status.is_server_error() => again(why, answer.retry_after(unix)),
                status if status.is_redirection() => {
                    Outcome::failed(&format!("{why} Redirects are not followed."))
                }
                _ => Outcome::failed(&why),
            }
        }
        // A name may resolve to something else tomorrow, but what points inwards today is not tried again.
        Err(CallError::NotAllowed) => Outcome::failed(&CallError::NotAllowed.to_string()),
        Err(error) => again(error.to_string(), None),
    }
}

/// How long to wait after so many tries; none when they were the last. What the receiver wishes is granted up to a day.
fn pause(tries: i64, wish: Option<u64>) -> Option<Duration> {
    let usual = *usize::try_from(tries - 1).ok().and_then(|at| PAUSES.get(at))?;
    let seconds = usual.max(wish.unwrap_or(0)).min(86_400);
    // Those that failed together do not come back together.
    Some(Duration::from_millis(seconds * 1000 + rand::random_range(0..=seconds * 100)))
}
