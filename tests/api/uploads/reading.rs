//! How files are read: whole, in parts, or not again.

use super::*;

#[tokio::test]
async fn parts_are_read_as_the_standard_says() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let upload = send(&a.writer, "a.txt", "text/plain", b"0123456789").await;
    let (upload, tag) = (id(&upload), format!("\"{}\"", sha256(b"0123456789")));
    let ask = |range: &str| a.writer.ask().with("range", range);
    for (range, bytes, told) in [
        ("bytes=0-3", &b"0123"[..], "bytes 0-3/10"),
        ("bytes=7-", b"789", "bytes 7-9/10"),
        ("bytes=-2", b"89", "bytes 8-9/10"),
        ("bytes=8-100", b"89", "bytes 8-9/10"),
    ] {
        let part = content(ask(range), &upload).await;
        assert_eq!((part.status.as_u16(), part.bytes.as_slice()), (206, bytes), "{range}");
        assert_eq!((part.header("content-range"), part.header("etag")), (told, tag.as_str()), "{range}");
        assert_eq!(part.header("content-length"), bytes.len().to_string(), "{range}");
        let stale = content(ask(range).with("if-range", "\"other\""), &upload).await;
        assert_eq!((stale.status.as_u16(), stale.bytes.as_slice()), (200, &b"0123456789"[..]));
        let fresh = content(ask(range).with("if-range", tag.as_str()), &upload).await;
        assert_eq!(fresh.bytes, bytes);
    }
    for range in ["bytes=10-", "bytes=100-200", "bytes=-0"] {
        assert_eq!(content(ask(range), &upload).await.refused(416, "range_not_satisfiable")["size"], 10);
    }
    for range in ["bytes=3-1", "bytes=0-1,3-4", "lines=1-2", "nonsense"] {
        assert_eq!(content(ask(range), &upload).await.bytes, b"0123456789", "{range}");
    }
    for tags in [tag.clone(), format!("\"x\", W/{tag}"), "*".to_owned()] {
        let unchanged = content(a.writer.ask().with("if-none-match", tags), &upload).await;
        assert_eq!((unchanged.status.as_u16(), unchanged.bytes.len()), (304, 0));
    }
    let path = format!("/api/uploads/{upload}/content");
    let head = a.writer.ask().send(Method::HEAD, &path, None).await;
    assert_eq!((head.status.as_u16(), head.bytes.len(), head.header("content-length")), (200, 0, "10"));
    app.finish().await;
}

#[tokio::test]
async fn without_a_bucket_nobody_is_sent_elsewhere() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let upload = picture(&a.writer).await;
    let read = a.writer.ask().get(&format!("/api/uploads/{upload}/content?redirect=true")).await;
    assert_eq!((read.status.as_u16(), read.bytes.as_slice()), (200, PNG));
    app.finish().await;
}
