//! What a file is: its bytes say so, not its name.

use super::*;

const EXE: &[u8] = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff";
const SVG: &[u8] = b"<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>";
const HTML: &[u8] = b"\n <!DOCTYPE html><script>alert(1)</script>";
const POLYGLOT: &[u8] = b"GIF89a/*\x01\x00<script>alert(1)</script>*/=1;";
const JPEG: &[u8] = b"\xff\xd8\xff\xe0\0\x10JFIF\0";

#[tokio::test]
async fn the_bytes_decide_what_a_file_is_and_whether_it_is_handed_out() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let cases: &[(&Persona, &str, &str, &[u8], &str, &str)] = &[
        (&a.writer, "a.png", "image/png", PNG, "ready", "image/png"),
        (&a.writer, "a.png", "image/png", JPEG, "ready", "image/jpeg"),
        (&a.writer, "a.csv", "text/csv", b"a;b\n1;2\n", "ready", "text/csv"),
        (&a.writer, "a.bin", "application/x-thing", b"\x01\x02\x03\x04", "ready", "application/octet-stream"),
        (&a.writer, "a.svg", "image/svg+xml", SVG, "ready", "image/svg+xml"),
        (&a.writer, "a.html", "text/html", HTML, "ready", "text/html"),
        (&a.writer, "a.png", "image/png", HTML, "quarantined", "type_mismatch"),
        (&a.writer, "a.png", "image/png", SVG, "quarantined", "type_mismatch"),
        (&a.writer, "a.pdf", "application/pdf", HTML, "quarantined", "type_mismatch"),
        (&a.writer, "a.mp4", "video/mp4", b"just text", "quarantined", "type_mismatch"),
        (&a.writer, "a.pdf", "application/pdf", EXE, "quarantined", "executable"),
        (&a.writer, "a.txt", "text/plain", b"#!/bin/sh\nrm -rf /", "quarantined", "executable"),
        (&a.admin, "a.gif", "image/gif", POLYGLOT, "quarantined", "polyglot"),
        (&a.client, "a.png", "image/png", PNG, "ready", "image/png"),
        (&a.client, "a.txt", "text/plain", SVG, "quarantined", "type_not_allowed"),
        (&a.client, "a.txt", "text/plain", b"\x01\x02\x03\x04", "quarantined", "type_not_allowed"),
    ];
    for (person, name, media_type, bytes, state, what) in cases {
        let announced = send(person, name, media_type, bytes).await;
        let form = send_form(person, name, media_type, bytes).await.expect(201);
        for upload in [announced, form] {
            let label = format!("{name} {media_type} {:?}: {upload}", String::from_utf8_lossy(bytes));
            assert_eq!(upload["state"], *state, "{label}");
            let told = if *state == "ready" { &upload["sniffed_type"] } else { &upload["quarantine_reason"] };
            assert_eq!(told, what, "{label}");
            for reader in [person, &&a.admin] {
                let read = content(reader.ask(), &id(&upload)).await;
                if *state == "quarantined" {
                    assert_eq!(read.refused(409, "quarantined")["reason"], *what);
                } else {
                    assert_eq!(read.bytes, *bytes);
                }
            }
        }
    }
    app.finish().await;
}

#[tokio::test]
async fn what_a_browser_would_run_is_never_shown() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let inline = |id: &str| format!("/api/uploads/{id}/content?disposition=inline");
    for (name, media_type, bytes) in [("a.svg", "image/svg+xml", SVG), ("a.html", "text/html", HTML)] {
        let upload = id(&send(&a.writer, name, media_type, bytes).await);
        for path in [inline(&upload), format!("/api/uploads/{upload}/content")] {
            let read = a.writer.ask().get(&path).await;
            assert_eq!(read.header("content-type"), "application/octet-stream");
            assert!(read.header("content-disposition").starts_with("attachment;"));
            assert!(read.header("content-security-policy").contains("sandbox"));
            assert_eq!(read.header("x-content-type-options"), "nosniff");
        }
    }
    let text = id(&send(&a.writer, "a.txt", "text/plain", b"hello").await);
    let read = a.writer.ask().get(&inline(&text)).await;
    assert!(read.header("content-disposition").starts_with("attachment;"));
    assert_eq!(read.header("content-type"), "text/plain; charset=utf-8");
    let shown = picture(&a.writer).await;
    let read = a.writer.ask().get(&inline(&shown)).await;
    assert_eq!(
        read.header("content-disposition"),
        "inline; filename=\"picture.png\"; filename*=UTF-8''picture.png"
    );
    a.writer.ask().get(&format!("/api/uploads/{shown}/content?x=1")).await.refused(422, "invalid_parameter");
    app.finish().await;
}

#[tokio::test]
async fn clients_send_fewer_types_and_nobody_sends_headers() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    for media_type in ["image/svg+xml", "text/html", "application/x-thing"] {
        let body = announcement("a.x", media_type, b"hello");
        a.client.ask().post("/api/uploads", body.clone()).await.refused(422, "validation_failed");
        a.writer.ask().post("/api/uploads", body).await.expect(201);
    }
    for media_type in ["text/plain; charset=x", "text/plain\r\nx: y", "text", "/", "a/b/c", "text/pl ain"] {
        let body = announcement("a.x", media_type, b"hello");
        a.writer.ask().post("/api/uploads", body).await.refused(422, "validation_failed");
    }
    app.finish().await;
}

#[tokio::test]
async fn what_lies_there_in_the_end_is_what_was_announced() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    // As if a storage had let something else through than what was signed.
    for (bytes, reason) in [(&b"jello"[..], "checksum_mismatch"), (b"hello, world", "size_mismatch")] {
        let upload = announce(a.writer.ask(), "a.txt", "text/plain", b"hello").await;
        let created = upload["created_at"].as_str().unwrap();
        let key = format!("c/{}/{}{}/{}", a.id.to_hex(), &created[..4], &created[5..7], id(&upload));
        let mut writer = app.app.storage().writer(&key, "text/plain");
        writer.write(bytes).await.unwrap();
        writer.finish().await.unwrap();
        let path = format!("/api/uploads/{}/complete", id(&upload));
        let done = a.writer.ask().post(&path, json!({})).await.expect(200);
        assert_eq!((&done["state"], &done["quarantine_reason"]), (&json!("quarantined"), &json!(reason)));
    }
    // What was looked at is what is handed out: other bytes at the same place are not.
    let upload = send(&a.writer, "a.txt", "text/plain", b"hello").await;
    app.alter(
        "uploads",
        bson::doc! { "filename": "a.txt", "state": "ready" },
        bson::doc! { "$set": { "etag": "\"other\"" } },
    )
    .await;
    content(a.writer.ask(), &id(&upload)).await.refused(404, "not_found");
    app.finish().await;
}
