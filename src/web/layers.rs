//! What stands around every request: id, origin, deadline, panic guard, problem documents, headers, log and metrics.

use super::cors::cors;
use super::dashboard::Dashboard;
use super::gate::gate;
use super::headers::harden;
use crate::app::App;
use crate::errors::response::{Cause, Pending};
use crate::errors::{AppError, Code, Problem};
use crate::permissions::{Actor, Origin};
use crate::quota::{Ledger, admit};
use axum::Router;
use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use http::{HeaderName, HeaderValue, Method, header};
use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

/// Longest address that is looked at (URL with query), in bytes.
const MAX_URI: usize = 8 * 1024;
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Id of the request, as the client gets it back.
#[derive(Clone, Debug)]
pub struct RequestId(pub Arc<str>);

/// What the inside of a request learns and the log outside tells.
#[derive(Clone, Default)]
pub struct Learned {
    actor: Arc<OnceLock<Actor>>,
    route: Arc<OnceLock<String>>,
}

impl Learned {
    /// Notes who the caller is.
    pub fn actor(&self, actor: &Actor) {
        // A request has one caller: a second note would say the same.
        let _ = self.actor.set(actor.clone());
    }

    /// Notes what answers, as the log and the metrics name it.
    pub(super) fn route(&self, name: impl Into<String>) {
        // A request is answered once.
        let _ = self.route.set(name.into());
    }
}

/// Puts the layers around a router.
pub fn wrap(router: Router<App>, app: &App) -> Router {
    // Not a route and not in their registry, with nothing but its folder in reach: see `dashboard`.
    let dashboard = Dashboard::new(&app.limits().dashboard, app.storage().browser_origin().as_deref());
    router
        .route_layer(from_fn(note_route))
        .fallback(move |request: Request| dashboard.answer(request))
        .method_not_allowed_fallback(async || {
            AppError::problem(
                Code::MethodNotAllowed,
                "This address does not answer the method; see the Allow header.",
            )
        })
        .layer(tower_http::compression::CompressionLayer::new())
        .layer(from_fn_with_state(app.clone(), gate))
        .layer(from_fn_with_state(app.clone(), admit))
        .layer(from_fn_with_state(app.clone(), bounded))
        // Around every refusal: without these headers a browser would hide from its page what the answer was.
        .layer(cors(&app.limits().cors_origins))
        .layer(from_fn_with_state(app.clone(), outermost))
        .with_state(app.clone())
}

async fn note_route(request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>();
    if let (Some(learned), Some(route)) = (request.extensions().get::<Learned>(), route) {
        learned.route(route.as_str());
    }
    next.run(request).await
}

async fn outermost(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let id = request_id(&request);
    let learned = Learned::default();
    let origin = origin(&app, &request, &id);
    request.extensions_mut().insert(RequestId(id.clone()));
    request.extensions_mut().insert(learned.clone());
    let ledger = Ledger::default();
    request.extensions_mut().insert(ledger.clone());
    request.extensions_mut().insert(origin);
    let mut response = next.run(request).await;
    let cause = response.extensions_mut().remove::<Cause>();
    if let Some(Pending(problem)) = response.extensions_mut().remove::<Pending>() {
        response = document(response, &problem, &path, &id);
    }
    if let Ok(value) = HeaderValue::try_from(&*id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    ledger.write(response.headers_mut());
    harden(response.headers_mut(), &method);
    log(&method, &learned, &id, &response, cause.as_ref(), started);
    response
}

/// Keeps a request within its limits of length and time, and runs it as a task of its own: a client that goes away leaves no write half done, and a future of the
/// database driver is never dropped in the middle.
async fn bounded(State(app): State<App>, request: Request, next: Next) -> Response {
    if request.uri().to_string().len() > MAX_URI {
        return AppError::problem(Code::UriTooLong, "The address may have 8192 bytes at most.")
            .into_response();
    }
    let deadline = deadline(&app, &request);
    let task = tokio::spawn(next.run(request));
    match tokio::time::timeout(deadline, task).await {
        Ok(Ok(response)) => response,
        Ok(Err(failure)) => AppError::bug(format!("a handler panicked: {failure}")).into_response(),
        Err(_) => {
            let detail = "The request took too long. A write may still come true; repeat it with the same Idempotency-Key.";
            AppError::from(Problem::new(Code::Overloaded, detail).retry_after(2)).into_response()
        }
    }
}

/// Most time of a request. Files that come in through slow lines take longer than all else; they are bounded there.
fn deadline(app: &App, request: &Request) -> Duration {
    let path = request.uri().path();
    let file = path.starts_with("/api/uploads/") && path.ends_with("/content");
    let sends = request.method() == Method::POST || request.method() == Method::PUT;
    if file && sends { app.deadline() + app.storage().limits().deadline } else { app.deadline() }
}

/// The problem document in place of the empty body.
fn document(response: Response, problem: &Problem, path: &str, id: &str) -> Response {
    let (mut parts, _) = response.into_parts();
    let body = problem.document(path, id).to_string();
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
    Response::from_parts(parts, body.into())
}

/// The client's id if it is harmless, else a new one.
fn request_id(request: &Request) -> Arc<str> {
    let given = request.headers().get(&REQUEST_ID).and_then(|value| value.to_str().ok());
    let sound = |id: &&str| {
        (8..=64).contains(&id.len())
            && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
    };
    given.filter(sound).map_or_else(|| uuid::Uuid::now_v7().to_string().into(), Into::into)
}

fn origin(app: &App, request: &Request, id: &Arc<str>) -> Origin {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let agent = request.headers().get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    Origin {
        request_id: id.clone(),
        ip: peer.map(|peer| app.proxies().client(peer, request.headers())),
        user_agent: agent.map(|agent| agent.chars().take(256).collect()),
    }
}

/// The method as a label: anyone can invent names for methods, and each would be a series of its own for good.
fn known(method: &http::Method) -> &str {
    match method.as_str() {
        name @ ("GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS") => name,
        _ => "other",
    }
}

fn log(
    method: &http::Method,
    learned: &Learned,
    id: &str,
    response: &Response,
    cause: Option<&Cause>,
    started: Instant,
) {
    let route = learned.route.get().map_or("unmatched", String::as_str);
    let status = response.status().as_u16();
    let elapsed = started.elapsed();
    let labels =
        [("method", known(method).to_owned()), ("route", route.to_owned()), ("status", status.to_string())];
    metrics::histogram!("stoa_http_request_duration_seconds", &labels).record(elapsed.as_secs_f64());
    let actor = learned.actor.get();
    let user = actor.map(|actor| actor.user_id().to_hex());
    let company = actor.and_then(Actor::company).map(|company| company.to_hex());
    let ms = elapsed.as_millis();
    match cause.map(|cause| &*cause.0) {
        Some(AppError::Internal(error)) => {
            tracing::error!(%method, route, status, ms, request_id = id, user, company, error = ?error, "request failed");
        }
        // The driver's error text carries documents: only its kind may reach the log.
        Some(AppError::Database(error)) => {
            let kind = crate::errors::response::database_kind(error);
            tracing::error!(%method, route, status, ms, request_id = id, user, company, kind, "database failed");
        }
        Some(AppError::Problem(problem)) => {
            let code = problem.code.as_str();
            tracing::info!(%method, route, status, ms, request_id = id, user, company, code, "request refused");
        }
        None => tracing::info!(%method, route, status, ms, request_id = id, user, company, "request"),
    }
}
