//! Files: sent, looked at, read, attached, counted, removed.

mod attachments;
mod carriers;
mod expiry;
mod looking;
mod quota;
mod reading;
mod rights;
mod sending;
mod streams;

use crate::support::{Answer, Ask, Persona, TestApp};
use axum::body::Body;
use axum::extract::ConnectInfo;
use http::{Method, Request};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::net::SocketAddr;
use std::path::Path;
use tower::ServiceExt;

/// A picture of no size, as far as anybody looks.
pub const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0";

pub fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// What a client says before it sends.
pub fn announcement(name: &str, media_type: &str, bytes: &[u8]) -> Value {
    json!({ "filename": name, "content_type": media_type, "size": bytes.len(), "sha256": sha256(bytes) })
}

pub async fn announce(ask: Ask, name: &str, media_type: &str, bytes: &[u8]) -> Value {
    ask.post("/api/uploads", announcement(name, media_type, bytes)).await.expect(201)
}

pub fn id(record: &Value) -> String {
    record["id"].as_str().expect("an id").to_owned()
}

pub async fn put(ask: Ask, id: &str, bytes: &[u8]) -> Answer {
    ask.raw(Method::PUT, &format!("/api/uploads/{id}/content"), bytes.to_vec()).await
}

/// Announces, sends and completes; whatever became of it.
pub async fn send(person: &Persona, name: &str, media_type: &str, bytes: &[u8]) -> Value {
    let upload = id(&announce(person.ask(), name, media_type, bytes).await);
    put(person.ask(), &upload, bytes).await.expect(200);
    person.ask().post(&format!("/api/uploads/{upload}/complete"), json!({})).await.expect(200)
}

/// A picture that is ready.
pub async fn picture(person: &Persona) -> String {
    let sent = send(person, "picture.png", "image/png", PNG).await;
    assert_eq!(sent["state"], "ready", "{sent}");
    id(&sent)
}

pub async fn content(ask: Ask, id: &str) -> Answer {
    ask.get(&format!("/api/uploads/{id}/content")).await
}

/// A form with a file, and its content type.
pub fn form(name: &str, media_type: &str, bytes: &[u8]) -> (String, Vec<u8>) {
    let mut body = b"--x\r\ncontent-disposition: form-data; name=\"note\"\r\n\r\nhello\r\n--x\r\n".to_vec();
    body.extend_from_slice(
        format!("content-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\ncontent-type: {media_type}\r\n\r\n")
            .as_bytes(),
    );
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--x--\r\n");
    ("multipart/form-data; boundary=x".to_owned(), body)
}

pub async fn send_form(person: &Persona, name: &str, media_type: &str, bytes: &[u8]) -> Answer {
    let (kind, body) = form(name, media_type, bytes);
    person.ask().with("content-type", kind).raw(Method::POST, "/api/uploads/content", body).await
}

/// A request whose body is not in memory.
pub async fn stream(
    app: &TestApp,
    person: &Persona,
    method: Method,
    path: &str,
    headers: &[(&str, &str)],
    body: Body,
) -> Answer {
    let mut request = Request::builder().method(method).uri(path);
    request = request.header("authorization", format!("Bearer {}", person.token));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let mut request = request.body(body).expect("request");
    request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 4711))));
    let (parts, body) = app.router.clone().oneshot(request).await.expect("answer").into_parts();
    let bytes = body.collect().await.expect("body").to_bytes().to_vec();
    Answer { status: parts.status, headers: parts.headers, bytes }
}

/// Does all jobs that are due; none may have failed.
pub async fn work(app: &TestApp) {
    stoa::jobs::run_due(&app.app).await.expect("jobs");
    let failed = app.count("jobs", bson::doc! { "last_error": { "$ne": null } }).await;
    assert_eq!(failed, 0, "{:?}", app.stored("jobs", bson::doc! { "last_error": { "$ne": null } }).await);
}

/// Number of files in the storage: objects and parts of objects, without what the server notes about them.
pub fn files_in(folder: &Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    let count = |entry: std::fs::DirEntry| {
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        match path.is_dir() {
            true => files_in(&path),
            false => usize::from(!name.ends_with(".json")),
        }
    };
    entries.filter_map(Result::ok).map(count).sum()
}

/// Bytes that the company's files take up, as its record has it.
pub async fn used(app: &TestApp, company: bson::oid::ObjectId) -> i64 {
    let stored = app.stored("companies", bson::doc! { "_id": company }).await.expect("company");
    stored.get_i64("storage_used_bytes").unwrap_or(0)
}

pub async fn ticket(person: &Persona, body: Value) -> Value {
    person.ask().post("/api/tickets", body).await.expect(201)
}

/// Writes to a ticket with files.
pub async fn write(ask: Ask, ticket: &str, kind: Option<&str>, files: &[&str]) -> Answer {
    let mut body = json!({ "body": "see the files", "attachment_ids": files });
    if let Some(kind) = kind {
        body["kind"] = json!(kind);
    }
    ask.post(&format!("/api/tickets/{ticket}/messages"), body).await
}
