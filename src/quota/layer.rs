//! The layer that stands before routing: rate of the address, places for requests, and the state of the pool.

use super::charge::settle;
use super::{Ledger, Partition, Policy, overloaded};
use crate::app::App;
use crate::permissions::Origin;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Lets a request through when its address has quota left and there is a place for it. Health and metrics always pass: who
/// watches must see that it is busy, not that it is gone.
pub(crate) async fn admit(State(app): State<App>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if path.starts_with("/health/") || path == "/metrics" {
        return next.run(request).await;
    }
    let quota = app.quota();
    let ledger = request.extensions().get::<Ledger>().cloned().unwrap_or_default();
    let ip = request.extensions().get::<Origin>().and_then(|origin| origin.ip);
    let policy = Policy::a_minute("address", quota.limits().address);
    if let Err(refused) = settle(&ledger, quota.take(policy, Partition::address(ip), 1)) {
        return refused.into_response();
    }
    let place = quota.places().take().filter(|_| !quota.is_short_of_connections(app.db()));
    let Some(place) = place else { return overloaded().into_response() };
    let response = next.run(request).await;
    // Until the head of the answer: streams that stay open are limited by themselves.
    ledger.leave();
    drop(place);
    response
}
