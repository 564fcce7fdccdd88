//! How files come in: announced and put, or in a form at once.

use super::*;
use bson::doc;

#[tokio::test]
async fn a_file_is_announced_sent_completed_and_read() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let created = a.client.ask().post("/api/uploads", announcement("a.png", "image/png", PNG)).await;
    let upload = created.expect(201);
    assert_eq!(created.header("cache-control"), "no-store");
    assert_eq!(created.header("location"), format!("/api/uploads/{}", id(&upload)));
    assert_eq!(upload["state"], "pending");
    let transfer = &upload["transfer"];
    assert_eq!(transfer["url"], format!("/api/uploads/{}/content", id(&upload)));
    assert_eq!((&transfer["direct"], &transfer["method"]), (&json!(false), &json!("PUT")));
    let upload = id(&upload);
    content(a.client.ask(), &upload).await.refused(409, "conflict");
    let complete = format!("/api/uploads/{upload}/complete");
    a.client.ask().post(&complete, json!({})).await.refused(409, "conflict");
    let received = put(a.client.ask(), &upload, PNG).await.expect(200);
    assert_eq!(received["transfer"], Value::Null, "only the answer to its creation tells");
    put(a.client.ask(), &upload, PNG).await.refused(409, "conflict");
    let done = a.client.ask().post(&complete, json!({})).await.expect(200);
    assert_eq!((&done["state"], &done["sniffed_type"]), (&json!("ready"), &json!("image/png")));
    // Completing again changes nothing.
    let again = a.client.ask().post(&complete, json!({})).await.expect(200);
    assert_eq!(again["version"], done["version"]);
    let read = content(a.client.ask(), &upload).await;
    read.status.is_success().then_some(()).expect("a file");
    assert_eq!(read.bytes, PNG);
    for (name, value) in [
        ("content-type", "image/png"),
        ("content-disposition", "attachment; filename=\"a.png\"; filename*=UTF-8''a.png"),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "default-src 'none'; sandbox; frame-ancestors 'none'"),
        ("cache-control", "private, no-cache"),
        ("accept-ranges", "bytes"),
    ] {
        assert_eq!(read.header(name), value, "{name}");
    }
    let acts: Vec<_> = {
        let log = a.admin.ask().list("/api/audit_log", json!({ "resource": "uploads" })).await.expect(200);
        log["data"].as_array().unwrap().iter().map(|entry| entry["action"].clone()).collect()
    };
    assert!(acts.contains(&json!("uploads.create")) && acts.contains(&json!("uploads.complete")), "{acts:?}");
    app.finish().await;
}

#[tokio::test]
async fn what_comes_is_what_was_announced_or_nothing_is_kept() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let upload = id(&announce(a.writer.ask(), "a.txt", "text/plain", b"hello").await);
    for (wrong, field) in [(&b"jello"[..], "sha256"), (b"hell", "size"), (b"hello!", "size"), (b"", "size")] {
        let told = put(a.writer.ask(), &upload, wrong).await.refused(422, "validation_failed");
        assert_eq!(told["errors"][field].is_null(), told["errors"].is_object(), "{told}");
        assert!(told.to_string().contains(field), "{told}");
        assert_eq!(files_in(&app.files()), 0, "{field}");
    }
    // A length that is told is believed before anything is read.
    let length = [("content-length", "6")];
    let path = format!("/api/uploads/{upload}/content");
    let unread = Body::from_stream(futures::stream::once(async {
        panic!("it was read") as Result<Vec<u8>, std::io::Error>
    }));
    stream(&app, &a.writer, Method::PUT, &path, &length, unread).await.refused(422, "validation_failed");
    put(a.writer.ask(), &upload, b"hello").await.expect(200);
    assert_eq!(files_in(&app.files()), 1);
    app.finish().await;
}

#[tokio::test]
async fn what_is_too_large_is_refused_before_it_comes_or_while_it_does() {
    let app = TestApp::start_with_files(|limits| (limits.file, limits.client_file) = (1 << 20, 1000)).await;
    let a = app.tenant("a").await;
    for (person, size, status) in [
        (&a.client, 1000, 201),
        (&a.client, 1001, 413),
        (&a.writer, 1 << 20, 201),
        (&a.writer, (1 << 20) + 1, 413),
    ] {
        let mut body = announcement("a.txt", "text/plain", b"x");
        body["size"] = json!(size);
        let told = person.ask().post("/api/uploads", body).await.expect(status);
        assert!(status == 201 || told["limit"].is_i64(), "{told}");
    }
    let kind = ("content-type", "multipart/form-data; boundary=x");
    let unread = || {
        Body::from_stream(futures::stream::once(async {
            panic!("it was read") as Result<Vec<u8>, std::io::Error>
        }))
    };
    let told = [kind, ("content-length", "5000000")];
    let early = stream(&app, &a.writer, Method::POST, "/api/uploads/content", &told, unread()).await;
    early.refused(413, "payload_too_large");
    // Without a length, the first byte too much ends it.
    send_form(&a.client, "a.txt", "text/plain", &[b'a'; 1001]).await.refused(413, "payload_too_large");
    send_form(&a.client, "a.txt", "text/plain", &[b'a'; 1000]).await.expect(201);
    let large = vec![b'a'; (1 << 20) + 1];
    send_form(&a.writer, "a.txt", "text/plain", &large).await.refused(413, "payload_too_large");
    work(&app).await;
    assert_eq!(files_in(&app.files()), 1);
    app.finish().await;
}

#[tokio::test]
async fn a_form_is_announced_sent_and_looked_at_at_once() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let sent = send_form(&a.client, "C:\\fakepath\\a.png", "image/png", PNG).await;
    let upload = sent.expect(201);
    assert_eq!((&upload["state"], &upload["filename"]), (&json!("ready"), &json!("a.png")));
    assert_eq!(upload["sha256"], sha256(PNG));
    assert_eq!(upload["size"], PNG.len());
    assert_eq!(content(a.client.ask(), &id(&upload)).await.bytes, PNG);
    assert_eq!(used(&app, a.id).await, PNG.len() as i64);
    // Broken, empty and missing ones leave nothing.
    send_form(&a.client, "a.png", "image/png", b"").await.refused(422, "validation_failed");
    let kind = "multipart/form-data; boundary=x";
    for (body, status) in [
        (&b"--x\r\ncontent-disposition: form-data; name=\"note\"\r\n\r\nhello\r\n--x--\r\n"[..], 422),
        (b"--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nhalf a fi", 400),
        (b"no form", 400),
    ] {
        let ask = a.writer.ask().with("content-type", kind);
        let answer = ask.raw(Method::POST, "/api/uploads/content", body.to_vec()).await;
        assert_eq!(answer.status.as_u16(), status, "{}", answer.text());
    }
    a.writer.ask().post("/api/uploads/content", json!({})).await.refused(415, "unsupported_media_type");
    work(&app).await;
    assert_eq!((files_in(&app.files()), app.count("uploads", doc! {}).await), (1, 1));
    assert_eq!(used(&app, a.id).await, PNG.len() as i64);
    app.finish().await;
}

#[tokio::test]
async fn names_are_for_people_and_nothing_else() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    for (given, kept) in [
        ("../../../etc/passwd.txt", "passwd.txt"),
        ("..\\..\\boot.ini.txt", "boot.ini.txt"),
        ("in\u{202e}txt.fdp.txt", "intxt.fdp.txt"),
        ("\"; filename=\"evil.txt", "\"; filename=\"evil.txt"),
        ("тест ✓.txt", "тест ✓.txt"),
    ] {
        let upload = send(&a.writer, given, "text/plain", b"hello").await;
        assert_eq!(upload["filename"], kept);
        let read = content(a.writer.ask(), &id(&upload)).await;
        let told = read.header("content-disposition");
        assert!(told.starts_with("attachment; filename=\"") && told.matches('"').count() == 2, "{told}");
        let full = told.split("filename*=UTF-8''").nth(1).expect("a full name");
        assert_eq!(percent_encoding::percent_decode_str(full).decode_utf8().unwrap(), kept);
    }
    for name in ["a\r\nx-evil: 1.txt", "a\0.txt", "", &"x".repeat(256)] {
        let body = announcement(name, "text/plain", b"hello");
        a.writer.ask().post("/api/uploads", body).await.refused(422, "validation_failed");
    }
    for name in ["setup.exe", "a.pdf.JS", "run.sh", "invoice.pdf.lnk", "evil.exe. "] {
        let body = announcement(name, "application/pdf", b"hello");
        a.admin.ask().post("/api/uploads", body).await.refused(422, "validation_failed");
        send_form(&a.admin, name.trim(), "application/pdf", b"hello").await.refused(422, "validation_failed");
    }
    // Nothing that anybody wrote is in the place where the bytes lie.
    let folder = app.files().join("stoa").join("c").join(a.id.to_hex());
    assert!(folder.is_dir());
    for month in std::fs::read_dir(folder).unwrap() {
        for file in std::fs::read_dir(month.unwrap().path()).unwrap() {
            let name = file.unwrap().file_name().into_string().unwrap();
            let plain = name.len() == 24 && name.bytes().all(|b| b.is_ascii_hexdigit());
            assert!(plain || name.ends_with(".json"), "{name}");
        }
    }
    app.finish().await;
}

#[tokio::test]
async fn a_repeated_announcement_is_one_upload_with_a_fresh_way_to_send() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let body = announcement("a.png", "image/png", PNG);
    let ask = || a.client.ask().with("idempotency-key", "upload-1");
    let first = ask().post("/api/uploads", body.clone()).await.expect(201);
    let again = ask().post("/api/uploads", body.clone()).await;
    assert_eq!(again.header("idempotency-replayed"), "true");
    let again = again.expect(201);
    assert_eq!(again["id"], first["id"]);
    assert_eq!(again["transfer"]["method"], "PUT");
    let kept = app.stored("idempotency_keys", doc! {}).await.expect("a kept answer");
    let kept: Value = serde_json::from_str(kept.get_str("body").unwrap()).unwrap();
    assert_eq!(kept["transfer"], Value::Null, "the way to send is not kept");
    assert_eq!(used(&app, a.id).await, PNG.len() as i64);
    app.finish().await;
}
