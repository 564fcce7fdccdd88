//! Large files: passed on as they come, in little memory, and given up whole.

use super::*;
use bson::doc;
use bytes::Bytes;
use futures::{Stream, StreamExt};

const CHUNK: usize = 64 << 10;
const MIB: usize = 1 << 20;

/// So many bytes of text, one chunk after the other; none of them is there before it is asked for.
fn text(total: usize) -> impl Stream<Item = Result<Bytes, std::io::Error>> {
    futures::stream::iter((0..total / CHUNK).map(|_| Ok(Bytes::from(vec![b'x'; CHUNK]))))
}

fn beginning() -> Bytes {
    let head = "--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\ncontent-type: text/plain\r\n\r\n";
    Bytes::from_static(head.as_bytes())
}

const FORM: (&str, &str) = ("content-type", "multipart/form-data; boundary=x");

/// The most memory that this process ever held, in bytes; each test is a process of its own.
fn peak() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<usize>().unwrap() * 1024
}

#[tokio::test]
async fn forty_megabytes_pass_through_in_the_memory_of_a_few_parts() {
    const SIZE: usize = 40 * MIB;
    let app = TestApp::start_with_files(|limits| {
        limits.file = 64 << 20;
        // Unoptimised, and perhaps beside much else.
        limits.deadline = std::time::Duration::from_secs(600);
    })
    .await;
    let a = app.tenant("a").await;
    let send = async |size: usize| {
        let parts = futures::stream::once(async { Ok(beginning()) })
            .chain(text(size))
            .chain(futures::stream::once(async { Ok(Bytes::from_static(b"\r\n--x--\r\n")) }));
        let body = Body::from_stream(parts);
        stream(&app, &a.writer, Method::POST, "/api/uploads/content", &[FORM], body).await.expect(201)
    };
    // The storage runs in this process too and keeps some parts: what matters is that more bytes need no more.
    send(12 * MIB).await;
    let before = peak();
    let sent = send(SIZE).await;
    let grown = peak() - before;
    eprintln!("{} MiB passed through; memory grew by {} MiB", SIZE / MIB, grown / MIB);
    assert_eq!((&sent["state"], &sent["size"]), (&json!("ready"), &json!(SIZE)));
    assert_eq!(sent["sha256"], sha256(&vec![b'x'; SIZE]));
    assert!(grown < 16 * MIB, "memory grew by {} MiB", grown / MIB);
    let part = content(a.writer.ask().with("range", "bytes=41943035-"), &id(&sent)).await;
    assert_eq!((part.status.as_u16(), part.bytes.as_slice()), (206, &b"xxxxx"[..]));
    app.finish().await;
}

#[tokio::test]
async fn who_goes_away_in_the_middle_leaves_nothing() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let broken = || futures::stream::once(async { Err(std::io::Error::other("gone")) });
    let form = futures::stream::once(async { Ok(beginning()) }).chain(text(6 * MIB)).chain(broken());
    let answer =
        stream(&app, &a.writer, Method::POST, "/api/uploads/content", &[FORM], Body::from_stream(form)).await;
    answer.refused(400, "malformed_request");
    assert_eq!((files_in(&app.files()), used(&app, a.id).await), (0, 0));
    // An announced one can be sent again.
    let bytes = vec![b'x'; 6 * MIB];
    let upload = id(&announce(a.writer.ask(), "a.txt", "text/plain", &bytes).await);
    let path = format!("/api/uploads/{upload}/content");
    let half = Body::from_stream(text(6 * MIB - CHUNK).chain(broken()));
    stream(&app, &a.writer, Method::PUT, &path, &[], half).await.refused(400, "malformed_request");
    assert_eq!(files_in(&app.files()), 0);
    put(a.writer.ask(), &upload, &bytes).await.expect(200);
    work(&app).await;
    assert_eq!((files_in(&app.files()), app.count("uploads", doc! {}).await), (1, 1));
    app.finish().await;
}

#[tokio::test]
async fn there_are_only_so_many_places_for_files_that_come_in() {
    let app = TestApp::start_with_files(|limits| limits.transfers = 1).await;
    let a = app.tenant("a").await;
    let upload = id(&announce(a.writer.ask(), "a.png", "image/png", PNG).await);
    let other = id(&announce(a.writer.ask(), "b.png", "image/png", PNG).await);
    let (begun, wait) = (tokio::sync::Notify::new(), tokio::sync::Notify::new());
    let (begun, wait) = (std::sync::Arc::new(begun), std::sync::Arc::new(wait));
    let body = {
        let (begun, wait) = (begun.clone(), wait.clone());
        futures::stream::once(async move {
            begun.notify_one();
            wait.notified().await;
            Ok::<_, std::io::Error>(PNG)
        })
    };
    let path = format!("/api/uploads/{upload}/content");
    let first = stream(&app, &a.writer, Method::PUT, &path, &[], Body::from_stream(body));
    let second = async {
        begun.notified().await;
        let refused = put(a.writer.ask(), &other, PNG).await;
        wait.notify_one();
        refused
    };
    let (first, second) = tokio::join!(first, second);
    first.expect(200);
    second.refused(503, "overloaded");
    assert_eq!(second.header("retry-after"), "5");
    put(a.writer.ask(), &other, PNG).await.expect(200);
    app.finish().await;
}

#[tokio::test]
async fn no_company_takes_all_places_for_files() {
    let app = TestApp::start_with_files(|limits| limits.transfers = 3).await;
    let (a, b) = (app.tenant("a").await, app.tenant("b").await);
    let gate = std::sync::Arc::new(tokio::sync::Semaphore::new(0));
    let begun = std::sync::Arc::new(tokio::sync::Semaphore::new(0));
    let mut slow = Vec::new();
    for n in 0..2 {
        let upload = id(&announce(a.writer.ask(), &format!("{n}.png"), "image/png", PNG).await);
        let (gate, begun) = (gate.clone(), begun.clone());
        let body = futures::stream::once(async move {
            begun.add_permits(1);
            let _open = gate.acquire().await.unwrap();
            Ok::<_, std::io::Error>(PNG)
        });
        let (app, writer) = (&app, &a.writer);
        slow.push(async move {
            let path = format!("/api/uploads/{upload}/content");
            stream(app, writer, Method::PUT, &path, &[], Body::from_stream(body)).await
        });
    }
    let others = async {
        let _both = begun.acquire_many(2).await.unwrap();
        let third = id(&announce(a.admin.ask(), "3.png", "image/png", PNG).await);
        put(a.admin.ask(), &third, PNG).await.refused(503, "overloaded");
        let theirs = id(&announce(b.writer.ask(), "b.png", "image/png", PNG).await);
        put(b.writer.ask(), &theirs, PNG).await.expect(200);
        gate.add_permits(2);
    };
    let (answers, ()) = tokio::join!(futures::future::join_all(slow), others);
    for answer in answers {
        answer.expect(200);
    }
    app.finish().await;
}
