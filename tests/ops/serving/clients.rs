//! Tests of clients that come and go: writes of those who left are finished, addresses are known, HTTP/2 is spoken.

use super::process::{LONG, Setup};
use bson::{DateTime, Document, doc, oid::ObjectId};
use secrecy::SecretString;
use std::time::{Duration, Instant};
use stoa::auth::password::PasswordHasher;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

const PASSWORD: &str = "correct horse battery staple";

/// An operator who can log in.
async fn operator(raw: &mongodb::Database) {
    let hash = PasswordHasher::new(None).unwrap().hash(&SecretString::from(PASSWORD)).unwrap();
    let (id, now) = (ObjectId::new(), DateTime::now());
    let user = doc! {
        "_id": id, "company_id": null, "email": "root@example.com", "name": "Root", "name_fold": "root",
        "role": "superadmin", "status": "active", "password_hash": { "phc": hash.phc },
        "must_change_password": false, "avatar_url": null, "phone": null, "locale": null, "timezone": null,
        "department_ids": [], "ticket_scope": "department", "capacity": 0_i64, "skills": [], "out_of_office": null,
        "notification_preferences": null, "last_login_at": null, "epoch": 0_i64, "failed_logins": 0_i64,
        "created_at": now, "created_by": null, "updated_at": now, "updated_by": null, "version": 1_i64,
        "deleted_at": null,
    };
    raw.collection("users").insert_one(user).await.unwrap();
    raw.collection("user_emails")
        .insert_one(doc! { "_id": "root@example.com", "user_id": id })
        .await
        .unwrap();
}

fn log_in() -> String {
    format!(r#"{{"username":"root@example.com","password":"{PASSWORD}"}}"#)
}

#[tokio::test]
async fn a_write_is_finished_though_the_client_hung_up() {
    let setup = Setup::new();
    let process = setup.serve().await;
    let raw = setup.raw().await;
    operator(&raw).await;
    let body = log_in();
    let head = "POST /auth/token HTTP/1.1\r\nhost: stoa\r\ncontent-type: application/json";
    let request = format!("{head}\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    let mut client = TcpStream::connect(process.url.trim_start_matches("http://")).await.unwrap();
    client.write_all(request.as_bytes()).await.unwrap();
    // The attempt is noted before the password is hashed, which takes a while; the session comes after it.
    let noted = raw.collection::<Document>("throttle_buckets");
    let sessions = raw.collection::<Document>("sessions");
    let deadline = Instant::now() + LONG;
    while noted.count_documents(doc! {}).await.unwrap() == 0 {
        assert!(Instant::now() < deadline, "the request does not arrive");
    }
    drop(client);
    while sessions.count_documents(doc! {}).await.unwrap() == 0 {
        assert!(Instant::now() < deadline, "the write was lost");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let entry =
        raw.collection::<Document>("audit_log").find_one(doc! { "action": "auth.login" }).await.unwrap();
    assert_eq!(entry.expect("an entry").get_str("ip").unwrap(), "127.0.0.1");
    process.signal("TERM");
    let (status, log) = process.ended().await;
    assert!(status.success(), "{log}");
    setup.end().await;
}

#[tokio::test]
async fn http_2_without_upgrade_is_spoken() {
    let setup = Setup::new();
    let process = setup.serve().await;
    let socket = TcpStream::connect(process.url.trim_start_matches("http://")).await.unwrap();
    let io = hyper_util::rt::TokioIo::new(socket);
    let executor = hyper_util::rt::TokioExecutor::new();
    let (mut sender, connection) = hyper::client::conn::http2::handshake(executor, io).await.unwrap();
    let driver = tokio::spawn(connection);
    let ask = |path: &str| {
        let uri = format!("{}{path}", process.url);
        http::Request::get(uri).body(http_body_util::Empty::<bytes::Bytes>::new()).unwrap()
    };
    let (live, startup) = tokio::join!(
        sender.clone().send_request(ask("/health/live")),
        sender.send_request(ask("/health/startup"))
    );
    assert_eq!(live.unwrap().status(), 200);
    assert_eq!(startup.unwrap().status(), 200);
    process.signal("TERM");
    let (status, log) = process.ended().await;
    assert!(status.success(), "{log}");
    driver.await.unwrap().unwrap();
    setup.end().await;
}
