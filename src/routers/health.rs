//! Health checks for orchestrators and load balancers, and metrics for Prometheus.

use crate::app::App;
use crate::auth::client_address::FORWARDED_FOR;
use crate::errors::{AppError, Result};
use crate::permissions::{Origin, Public};
use crate::telemetry::Telemetry;
use crate::web::{AnswerDoc, Doc, Routes};
use axum::Json;
use axum::extract::{ConnectInfo, FromRequestParts, State};
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use http::{StatusCode, header};
use serde::Serialize;
use serde_json::json;
use std::net::{IpAddr, SocketAddr};

pub fn routes() -> Routes {
    Routes::of("health")
        .get("/health/live", "live", doc("Whether the process runs; asks nothing else."), live)
        .get("/health/startup", "startup", doc("Whether the start is over: secrets, migrations."), startup)
        .get("/health/ready", "ready", doc("Whether requests should be sent here (503 when not)."), ready)
        .get(
            "/metrics",
            "metrics",
            Doc::new("Metrics in the text format of Prometheus, for configured networks only.")
                .answer(AnswerDoc::Text),
            metrics,
        )
}

const fn doc(summary: &'static str) -> Doc {
    Doc::new(summary).answer(AnswerDoc::Json)
}

async fn live(_: Public) -> Response {
    answer(true, json!({ "status": "live" }))
}

async fn startup(_: Public, State(app): State<App>) -> Response {
    let started = app.health().is_started();
    let status = if started { "started" } else { "starting" };
    // Without its secrets the program would not run.
    answer(started, json!({ "status": status, "secrets": true, "migrations": started }))
}

async fn ready(_: Public, State(app): State<App>) -> Response {
    let readiness = app.health().readiness(app.db(), app.events().is_whole()).await;
    answer(readiness.is_ready(), readiness)
}

fn answer(good: bool, body: impl Serialize) -> Response {
    let status = if good { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, [(header::CACHE_CONTROL, "no-store")], Json(body)).into_response()
}

async fn metrics(_: Public, State(app): State<App>, Scraper(address): Scraper) -> Result<Response> {
    // To others the page does not exist.
    let allowed = |ip: IpAddr| ip.is_loopback() || app.limits().metrics_networks.contains(ip);
    if !address.is_some_and(allowed) {
        return Err(AppError::problem(crate::errors::Code::NotFound, "There is nothing at this address."));
    }
    let text = Telemetry::metrics_only().map_err(AppError::internal)?.metrics_text();
    let kind = "text/plain; version=0.0.4; charset=utf-8";
    Ok(([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-store")], text).into_response())
}

/// Address of the one who asks, when it is certain.
struct Scraper(Option<IpAddr>);

impl FromRequestParts<App> for Scraper {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_canonical());
        let client = parts.extensions.get::<Origin>().and_then(|origin| origin.ip);
        // A proxy on this machine that nobody declared trusted would make the whole world look local.
        let forwarded =
            parts.headers.contains_key(FORWARDED_FOR) || parts.headers.contains_key(header::FORWARDED);
        Ok(Self(client.filter(|_| !forwarded || client != peer)))
    }
}
