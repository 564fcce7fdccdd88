//! Files in a bucket: the same program against two servers that speak S3, by presigned addresses and through the API.
//!
//! What each server checks of a presigned request is written down here: `s3s` verifies the signature over length, type,
//! checksum and condition, and hashes the bytes; moto verifies no signature. Neither decides whether a file is taken:
//! that is decided by what lies there in the end.

use super::moto::Moto;
use super::temp_dir::TempDir;
use crate::api::uploads::{PNG, announcement, form, id, sha256, work};
use crate::support::{Persona, TestApp};
use aws_sdk_s3::config::Credentials;
use aws_sdk_s3::error::ProvideErrorMetadata;
use hyper_util::rt::{TokioExecutor, TokioIo};
use serde_json::{Value, json};
use stoa::config::StorageSettings;
use stoa::secrets::AwsAccount;
use stoa::storage::Storage;
use tokio::net::TcpListener;

const KEY: (&str, &str) = ("AKIDTEST", "secret-of-the-test");

/// A server of the crate s3s over a folder, with one account.
async fn s3s(folder: &TempDir) -> String {
    let files = s3s_fs::FileSystem::new(folder.path()).expect("folder");
    let mut builder = s3s::service::S3ServiceBuilder::new(files);
    builder.set_auth(s3s::auth::SimpleAuth::from_single(KEY.0, KEY.1));
    let service = builder.build();
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("port");
    let endpoint = format!("http://{}", listener.local_addr().expect("address"));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            stream.set_nodelay(true).expect("nodelay");
            let service = service.clone();
            tokio::spawn(async move {
                let http = hyper_util::server::conn::auto::Builder::new(TokioExecutor::new());
                http.serve_connection(TokioIo::new(stream), service).await.ok();
            });
        }
    });
    endpoint
}

/// A client with the account's rights, beside the program.
async fn s3(endpoint: &str) -> aws_sdk_s3::Client {
    let config = aws_config::defaults(aws_config::BehaviorVersion::latest())
        .region(aws_config::Region::new("us-east-1"))
        .endpoint_url(endpoint)
        .credentials_provider(Credentials::new(KEY.0, KEY.1, None, None, "test"))
        .load()
        .await;
    let config = aws_sdk_s3::config::Builder::from(&config).force_path_style(true).build();
    aws_sdk_s3::Client::from_conf(config)
}

fn storage(endpoint: &str, change: impl FnOnce(&mut StorageSettings)) -> Storage {
    let mut settings = StorageSettings {
        endpoint_url: Some(endpoint.to_owned()),
        region: Some("us-east-1".to_owned()),
        path_style: true,
        ..StorageSettings::default()
    };
    change(&mut settings);
    let account =
        AwsAccount { key_id: KEY.0.to_owned(), secret: KEY.1.to_owned().into(), session_token: None };
    Storage::bucket("files", &settings, Some(account))
}

/// Sends to a presigned address, with headers put over those that are signed; an empty one is left out.
async fn send(transfer: &Value, over: &[(&str, &str)], bytes: &[u8]) -> u16 {
    let mut request = reqwest::Client::new().put(transfer["url"].as_str().unwrap());
    for (name, value) in transfer["headers"].as_object().unwrap() {
        let other = over.iter().find(|(other, _)| other == name).map(|(_, value)| *value);
        match other.unwrap_or(value.as_str().unwrap()) {
            "" => {}
            value => request = request.header(name, value),
        }
    }
    request.body(bytes.to_vec()).send().await.expect("an answer").status().as_u16()
}

/// What a server answered to requests that differ from what was signed, and what became of the file.
async fn attempts(app: &TestApp, person: &Persona) -> Vec<(&'static str, u16, Value)> {
    use base64::Engine;
    let other: Vec<u8> = PNG.iter().rev().copied().collect();
    let sum =
        |bytes: &[u8]| base64::engine::general_purpose::STANDARD.encode(hex::decode(sha256(bytes)).unwrap());
    let (longer, other_sum) = ([PNG, b"more"].concat(), sum(&other));
    let tries: &[(&str, &[(&str, &str)], &[u8])] = &[
        ("as signed", &[], PNG),
        ("other length", &[], &longer),
        ("other type", &[("content-type", "text/html")], PNG),
        ("other bytes", &[], &other),
        ("other bytes, own checksum", &[("x-amz-checksum-sha256", &other_sum)], &other),
        ("without condition", &[("if-none-match", "")], PNG),
    ];
    let mut told = Vec::new();
    for (name, over, bytes) in tries {
        let upload =
            person.ask().post("/api/uploads", announcement("a.png", "image/png", PNG)).await.expect(201);
        let status = send(&upload["transfer"], over, bytes).await;
        let path = format!("/api/uploads/{}/complete", id(&upload));
        let done = person.ask().post(&path, json!({})).await;
        let became =
            if done.status == 200 { done.json()["state"].clone() } else { json!(done.status.as_u16()) };
        told.push((*name, status, became));
        if *name == "as signed" {
            told.push(("a second time", send(&upload["transfer"], &[], PNG).await, json!("ready")));
        }
    }
    app.app.aside().settled().await;
    told
}

#[tokio::test]
async fn a_server_that_checks_signatures_takes_what_was_signed_and_nothing_else() {
    let folder = TempDir::new();
    let endpoint = s3s(&folder).await;
    s3(&endpoint).await.create_bucket().bucket("files").send().await.expect("a bucket");
    let app = TestApp::start_on(storage(&endpoint, |_| ())).await;
    let a = app.tenant("a").await;
    let upload =
        a.client.ask().post("/api/uploads", announcement("a.png", "image/png", PNG)).await.expect(201);
    let transfer = &upload["transfer"];
    assert_eq!(transfer["direct"], true);
    let url = transfer["url"].as_str().unwrap();
    assert!(url.starts_with(&format!("{endpoint}/files/c/{}/", a.id)), "{url}");
    for signed in ["content-length", "content-type", "x-amz-checksum-sha256", "if-none-match", "host"] {
        let list = url.split("X-Amz-SignedHeaders=").nth(1).unwrap().split('&').next().unwrap();
        assert!(list.split("%3B").any(|name| name == signed), "{signed} is not signed: {list}");
    }
    assert!(url.contains("X-Amz-Expires=600"), "{url}");
    let told = attempts(&app, &a.client).await;
    for (name, status, became) in &told {
        match *name {
            "as signed" => assert_eq!((*status, became), (200, &json!("ready"))),
            "a second time" => assert_eq!(*status, 412),
            _ => assert!((400..500).contains(status) && *became == json!(409), "{name}: {status} {became}"),
        }
    }
    eprintln!("s3s: {told:?}");
    // The address names one key: another is not signed for.
    let other = url.replace(&id(&upload), &bson::oid::ObjectId::new().to_hex());
    let put = reqwest::Client::new().put(other).body(PNG.to_vec()).send().await.unwrap();
    assert_eq!(put.status(), 403);
    app.finish().await;
}

#[tokio::test]
async fn a_server_that_checks_nothing_is_not_believed() {
    let moto = Moto::start();
    s3(&moto.endpoint()).await.create_bucket().bucket("files").send().await.expect("a bucket");
    let app = TestApp::start_on(storage(&moto.endpoint(), |_| ())).await;
    let a = app.tenant("a").await;
    let told = attempts(&app, &a.client).await;
    eprintln!("moto: {told:?}");
    for (name, _, became) in &told {
        let other = matches!(*name, "other length" | "other bytes" | "other bytes, own checksum");
        assert!(!other || *became == json!("quarantined") || *became == json!(409), "{name}: {became}");
        assert!(*name != "as signed" || *became == json!("ready"), "{became}");
    }
    app.finish().await;
}

/// The whole way of files through a server.
async fn whole_way(endpoint: &str) {
    let client = s3(endpoint).await;
    client.create_bucket().bucket("files").send().await.expect("a bucket");
    let app = TestApp::start_on(storage(endpoint, |_| ())).await;
    let a = app.tenant("a").await;
    let bytes = vec![b'x'; (11 << 20) + 7];
    let (kind, body) = form("a.txt", "text/plain", &bytes);
    let ask = a.writer.ask().with("content-type", kind);
    let sent = ask.raw(http::Method::POST, "/api/uploads/content", body).await.expect(201);
    assert_eq!((&sent["state"], &sent["size"]), (&json!("ready"), &json!(bytes.len())));
    let path = format!("/api/uploads/{}", id(&sent));
    let read = a.writer.ask().get(&format!("{path}/content")).await;
    assert!(read.bytes == bytes, "{}", read.status);
    let part = a.writer.ask().with("range", "bytes=-3").get(&format!("{path}/content")).await;
    assert_eq!((part.status.as_u16(), part.bytes.as_slice()), (206, &b"xxx"[..]));
    // Who asks for it is sent to the bucket, with the headers that we would have sent.
    let away = a.writer.ask().get(&format!("{path}/content?redirect=true")).await;
    assert_eq!((away.status.as_u16(), away.header("cache-control")), (303, "no-store"));
    let url = away.header("location").to_owned();
    assert!(url.contains("X-Amz-Expires=300"), "{url}");
    let got = reqwest::get(&url).await.unwrap();
    let header = |name: &str| got.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
    assert_eq!(
        header("content-disposition").as_deref(),
        Some("attachment; filename=\"a.txt\"; filename*=UTF-8''a.txt")
    );
    assert_eq!(header("content-type").as_deref(), Some("text/plain; charset=utf-8"));
    assert!(got.bytes().await.unwrap() == bytes);
    // A client that goes away leaves no parts; what is removed is gone.
    a.writer.ask().delete(&path).await.expect(200);
    work(&app).await;
    let listing = client.list_objects_v2().bucket("files").send().await.unwrap();
    assert_eq!(listing.contents().len(), 0, "{:?}", listing.contents());
    app.finish().await;
}

#[tokio::test]
async fn files_go_all_the_way_through_s3s() {
    let folder = TempDir::new();
    whole_way(&s3s(&folder).await).await;
}

#[tokio::test]
async fn files_go_all_the_way_through_moto() {
    let moto = Moto::start();
    whole_way(&moto.endpoint()).await;
}

#[tokio::test]
async fn a_bucket_that_browsers_do_not_reach_is_used_through_the_api() {
    let folder = TempDir::new();
    let endpoint = s3s(&folder).await;
    s3(&endpoint).await.create_bucket().bucket("files").send().await.expect("a bucket");
    let app = TestApp::start_on(storage(&endpoint, |settings| settings.direct_transfers = false)).await;
    let a = app.tenant("a").await;
    let upload =
        a.client.ask().post("/api/uploads", announcement("a.png", "image/png", PNG)).await.expect(201);
    assert_eq!(upload["transfer"]["direct"], false);
    app.finish().await;
    let public = |settings: &mut StorageSettings| {
        settings.public_endpoint_url = Some("https://files.example".to_owned())
    };
    let app = TestApp::start_on(storage(&endpoint, public)).await;
    let a = app.tenant("a").await;
    let upload =
        a.client.ask().post("/api/uploads", announcement("a.png", "image/png", PNG)).await.expect(201);
    assert!(
        upload["transfer"]["url"].as_str().unwrap().starts_with("https://files.example/files/c/"),
        "{upload}"
    );
    app.finish().await;
}

#[tokio::test]
async fn without_its_storage_only_files_stand_still() {
    let mut moto = Moto::start();
    s3(&moto.endpoint()).await.create_bucket().bucket("files").send().await.expect("a bucket");
    let app = TestApp::start_on(storage(&moto.endpoint(), |_| ())).await;
    let a = app.tenant("a").await;
    moto.stop();
    let gone = s3(&moto.endpoint()).await.list_objects_v2().bucket("files").send().await;
    assert!(gone.unwrap_err().code().is_none(), "nobody answers");
    let (kind, body) = form("a.png", "image/png", PNG);
    let ask = a.client.ask().with("content-type", kind.clone());
    let sent = ask.raw(http::Method::POST, "/api/uploads/content", body.clone()).await;
    sent.refused(503, "dependency_unavailable");
    a.client.ask().get("/api/tickets").await.expect(200);
    // The removal of what did not come is tried again until the storage is back.
    stoa::jobs::run_one(&app.app).await.expect("a job");
    moto.start_again();
    s3(&moto.endpoint()).await.create_bucket().bucket("files").send().await.expect("a bucket");
    let ask = a.client.ask().with("content-type", kind);
    ask.raw(http::Method::POST, "/api/uploads/content", body).await.expect(201);
    app.clock.advance(std::time::Duration::from_secs(3600));
    stoa::jobs::run_due(&app.app).await.expect("jobs");
    assert_eq!(app.count("uploads", bson::doc! {}).await, 1);
    app.finish().await;
}
