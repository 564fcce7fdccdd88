//! What receivers check, checked by the library that receivers have for it.

use super::{deliveries, dump, hook, stay, ticket, work, work_after};
use crate::support::{Heard, Receiver, Served, TestApp};
use serde_json::{Value, json};
use std::io::Write;
use std::process::{Command, Stdio};

/// Signs anew, and verifies what is fresh, with the Python library of Standard Webhooks.
const CHECK: &str = r#"
import json, sys
from datetime import datetime, timezone
from standardwebhooks.webhooks import Webhook

given = json.load(sys.stdin)
hook, headers, body = Webhook(given["secret"]), given["headers"], given["body"]
at = datetime.fromtimestamp(int(headers["webhook-timestamp"]), tz=timezone.utc)
expected = hook.sign(headers["webhook-id"], at, body)
signed = expected in headers["webhook-signature"].split(" ")
verified = None
if given["fresh"]:
    try:
        hook.verify(body, headers)
        verified = True
    except Exception:
        verified = False
print(json.dumps({"signed": signed, "verified": verified}))
"#;

fn python() -> std::path::PathBuf {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    root.join(".stoa/venv/bin/python")
}

/// Whether the request carries the secret's signature; and when it is fresh, whether the library admits it.
fn check(heard: &Heard, secret: &Value, fresh: bool) -> (bool, Option<bool>) {
    let names = ["webhook-id", "webhook-timestamp", "webhook-signature"];
    let headers: Value = names.iter().map(|name| ((*name).to_owned(), json!(heard.header(name)))).collect();
    let given = json!({ "secret": secret, "headers": headers, "body": heard.body, "fresh": fresh });
    let mut child = Command::new(python())
        .args(["-c", CHECK])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("scripts/setup --tests installs it");
    child.stdin.take().unwrap().write_all(given.to_string().as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "the checker failed");
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    (told["signed"].as_bool().unwrap(), told["verified"].as_bool())
}

#[tokio::test]
async fn every_try_has_the_same_id_and_body_and_a_signature_of_its_own() {
    let app = TestApp::start().await;
    let (tenant, receiver) = (app.tenant("acme").await, Receiver::start().await);
    let made = hook(&tenant.admin, &receiver, json!({})).await;
    stay(&app).await;
    receiver.serve([Served::status(503), Served::status(503).body("not yet"), Served::status(200)]);
    ticket(&tenant.client, "Printer on fire").await;
    work(&app).await;
    assert_eq!(receiver.count(), 1);
    let waiting = &deliveries(&tenant.admin, &made).await[0];
    assert_eq!(waiting["state"], "pending");
    assert_eq!(waiting["attempts"], 1);
    assert_eq!(waiting["status_code"], 503);
    work(&app).await;
    assert_eq!(receiver.count(), 1, "not before its time");
    work_after(&app, 12).await;
    work_after(&app, 40).await;
    work_after(&app, 86_400).await;
    let heard = receiver.taken();
    assert_eq!(heard.len(), 3, "delivered once, and no more");
    let id = heard[0].header("webhook-id").to_owned();
    assert!(id.starts_with("evt_"), "{id}");
    for one in &heard {
        assert_eq!(one.header("webhook-id"), id);
        assert_eq!(one.body, heard[0].body);
        assert_eq!(one.header("content-type"), "application/json");
    }
    let stamps: Vec<&str> = heard.iter().map(|one| one.header("webhook-timestamp")).collect();
    let signatures: Vec<&str> = heard.iter().map(|one| one.header("webhook-signature")).collect();
    assert!(stamps[0] < stamps[1] && stamps[1] < stamps[2], "{stamps:?}");
    assert!(signatures[0] != signatures[1] && signatures[1] != signatures[2]);
    // The clock of the test went ahead after the first one.
    assert_eq!(check(&heard[0], &made["secret"], true), (true, Some(true)));
    assert_eq!(check(&heard[1], &made["secret"], false), (true, None));
    assert_eq!(check(&heard[2], &made["secret"], false), (true, None));
    let other = json!("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    assert_eq!(check(&heard[0], &other, true), (false, Some(false)));
    let mut altered = heard[0].clone();
    altered.body = altered.body.replace("Printer", "Plotter");
    assert_eq!(check(&altered, &made["secret"], true), (false, Some(false)));
    let done = &deliveries(&tenant.admin, &made).await[0];
    assert_eq!(done["state"], "delivered");
    assert_eq!(done["attempts"], 3);
    assert_eq!(done["status_code"], 200);
    assert!(done["finished_at"].is_string() && done["duration_ms"].is_i64());
    app.finish().await;
}

#[tokio::test]
async fn both_secrets_sign_for_a_day_after_a_rotation() {
    let app = TestApp::start().await;
    let (tenant, receiver) = (app.tenant("acme").await, Receiver::start().await);
    let made = hook(&tenant.admin, &receiver, json!({})).await;
    let path = format!("/api/webhooks/{}/rotate_secret", made["id"].as_str().unwrap());
    let answer = tenant.admin.ask().post(&path, json!({})).await;
    let rotated = answer.expect(200);
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_ne!(rotated["secret"], made["secret"]);
    ticket(&tenant.client, "During").await;
    work(&app).await;
    let heard = receiver.taken();
    assert_eq!(heard[0].header("webhook-signature").split(' ').count(), 2);
    for secret in [&made["secret"], &rotated["secret"]] {
        assert_eq!(check(&heard[0], secret, true), (true, Some(true)));
    }
    stay(&app).await;
    app.clock.advance(std::time::Duration::from_secs(86_401));
    ticket(&tenant.client, "After").await;
    work(&app).await;
    let heard = receiver.taken();
    assert_eq!(heard[0].header("webhook-signature").split(' ').count(), 1);
    assert_eq!(check(&heard[0], &rotated["secret"], false), (true, None));
    assert_eq!(check(&heard[0], &made["secret"], false), (false, None));
    app.finish().await;
}

#[tokio::test]
async fn a_secret_is_told_once_and_lies_nowhere_in_the_clear() {
    let app = TestApp::start().await;
    let (tenant, receiver) = (app.tenant("acme").await, Receiver::start().await);
    let body = json!({ "name": "Hook", "url": receiver.url("/hook"), "events": ["ticket.created"] });
    let keyed = || tenant.admin.ask().with("idempotency-key", "create-once");
    let answer = keyed().post("/api/webhooks", body.clone()).await;
    let made = answer.expect(201);
    assert_eq!(answer.header("cache-control"), "no-store");
    let secret = made["secret"].as_str().unwrap().to_owned();
    assert!(secret.starts_with("whsec_"));
    let again = keyed().post("/api/webhooks", body).await;
    assert_eq!(again.expect(201)["id"], made["id"], "it was made once");
    assert!(again.json().get("secret").is_none(), "and its secret is not kept with the answer");
    let one = format!("/api/webhooks/{}", made["id"].as_str().unwrap());
    let rotate = || tenant.admin.ask().with("idempotency-key", "rotate-once");
    let second = rotate().post(&format!("{one}/rotate_secret"), json!({})).await.expect(200);
    let second = second["secret"].as_str().unwrap().to_owned();
    assert!(
        rotate().post(&format!("{one}/rotate_secret"), json!({})).await.expect(200).get("secret").is_none()
    );
    ticket(&tenant.client, "One").await;
    work(&app).await;
    for path in [one.as_str(), "/api/webhooks", "/api/audit_log", "/api/jobs", "/api/webhook_deliveries"] {
        let text = tenant.admin.ask().get(path).await.text();
        assert!(!text.contains(&secret) && !text.contains(&second), "{path}");
        assert!(!text.contains("whsec_"), "{path}");
    }
    for (collection, dump) in dump(&app).await {
        for hidden in [&secret, &second] {
            let bare = hidden.trim_start_matches("whsec_");
            assert!(!dump.contains(bare), "{collection} holds a secret");
        }
    }
    app.finish().await;
}
