//! Keeps requests out until the program has started; health checks and metrics are answered from the first moment.

use super::dashboard::{Wanted, starting};
use crate::app::App;
use crate::errors::{AppError, Code, Problem};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

pub(super) async fn gate(State(app): State<App>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if app.health().is_started() || path.starts_with("/health/") || path == "/metrics" {
        return next.run(request).await;
    }
    // A person sees words rather than JSON.
    if Wanted::of(request.method(), path, request.headers()).is_page() {
        return starting();
    }
    let detail = "The server is starting. Try again shortly.";
    AppError::from(Problem::new(Code::DependencyUnavailable, detail).retry_after(2)).into_response()
}
