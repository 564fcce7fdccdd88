//! A server on a port of its own for clients in other languages: browsers, fuzzers, npm packages (`scripts/test.d`).

use crate::support::{Persona, TestApp};
use serde_json::json;
use std::net::SocketAddr;
use std::time::Duration;

/// Serves until standard input ends; `STOA_LIVE_FILE` then holds address, companies and tokens. In the end it fails
/// when a command went to the database without its company.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "waits for clients; started by scripts/lib/live.sh"]
async fn serves_until_its_input_ends() {
    let app = TestApp::start_with_tokens_for(Duration::from_secs(12 * 3600)).await;
    let (own, other) = (app.tenant("own").await, app.tenant("other").await);
    let root = app.superadmin().await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let service = app.router.clone().into_make_service_with_connect_info::<SocketAddr>();
    let server = tokio::spawn(async move {
        axum::serve(listener, service).with_graceful_shutdown(async { drop(stopped.await) }).await.unwrap();
    });
    let token = |persona: &Persona| persona.token.clone();
    let people = own.everyone().into_iter().chain([&root]).map(|persona| persona.id.to_hex());
    let protected: Vec<String> = people.chain([own.id.to_hex()]).collect();
    let note = json!({
        "url": url,
        "company_id": own.id.to_hex(),
        "other_company_id": other.id.to_hex(),
        "protected": protected.join(" "),
        "tokens": {
            "superadmin": token(&root),
            "company_admin": token(&own.admin),
            "content_manager": token(&own.manager),
            "content_writer": token(&own.writer),
            "client": token(&own.client),
        },
    });
    // Written beside and renamed: whoever waits for the file never reads half of it.
    let file = std::env::var("STOA_LIVE_FILE").expect("STOA_LIVE_FILE names the file for address and tokens");
    std::fs::write(format!("{file}.part"), note.to_string()).unwrap();
    std::fs::rename(format!("{file}.part"), &file).unwrap();
    tokio::task::spawn_blocking(|| std::io::read_to_string(std::io::stdin())).await.unwrap().unwrap();
    stop.send(()).unwrap();
    // Browsers keep connections open: those are not waited for.
    let _ = tokio::time::timeout(Duration::from_secs(2), server).await;
    app.finish().await;
}
