//! The dashboard's files: who gets the page, what lies beside it, and that nothing else of the machine is to be had.

use crate::ops::temp_dir::TempDir;
use crate::support::{Answer, TestApp};
use http::Method;
use std::path::Path;

/// What browsers send when they open a page.
const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8";
const INDEX: &str = "<!doctype html><title>Stoa</title><script src=\"/assets/app-1a2b.js\"></script>";
const SECRET: &str = "not for the public";

/// An application with a dashboard, and files around it that are nobody's business.
async fn built() -> (TestApp, TempDir) {
    let outside = TempDir::new();
    build(outside.path());
    let folder = outside.path().join("dist");
    (TestApp::start_with(|limits| limits.dashboard = folder).await, outside)
}

fn build(outside: &Path) {
    let dist = outside.join("dist");
    std::fs::create_dir_all(dist.join("assets/.git")).unwrap();
    let files = [
        ("Cargo.toml", SECRET),
        ("dist-of-another/x.js", SECRET),
        ("dist/.env", SECRET),
        ("dist/assets/.git/config", SECRET),
        ("dist/index.html", INDEX),
        ("dist/favicon.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        ("dist/assets/app-1a2b.js", "console.log('plain')"),
        ("dist/assets/app-1a2b.js.gz", "as if by gzip"),
        ("dist/assets/app-1a2b.js.br", "as if by brotli"),
        ("dist/assets/app-1a2b.css", "body{margin:0}"),
        ("dist/assets/font-3c.woff2", "wOF2"),
    ];
    for (name, text) in files {
        let path = outside.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let link = |to: &str, name: &str| std::os::unix::fs::symlink(to, dist.join(name)).unwrap();
    link("../../Cargo.toml", "assets/out.js");
    link("../../dist-of-another", "assets/folder");
    link("app-1a2b.css", "assets/within.css");
    // As wanted in place of a file that is there.
    link("../../Cargo.toml", "assets/app-1a2b.css.gz");
}

async fn open(app: &TestApp, path: &str) -> Answer {
    app.anonymous().with("accept", BROWSER).get(path).await
}

async fn fetch(app: &TestApp, path: &str) -> Answer {
    app.anonymous().with("accept", "*/*").get(path).await
}

#[tokio::test]
async fn a_browser_gets_the_page_at_every_address_that_no_route_takes() {
    let (app, _folder) = built().await;
    // Measuring begins with the first look at the metrics.
    let metrics = async || app.anonymous().coming_from("10.20.0.7").get("/metrics").await;
    assert_eq!(metrics().await.status, 200);
    for path in
        ["/", "/index.html", "/tickets", "/tickets/65f0/show?tab=1", "/no/such.file", "/apiary", "/login/"]
    {
        let page = open(&app, path).await;
        assert_eq!((page.status.as_u16(), page.text().as_str()), (200, INDEX), "{path}");
        assert_eq!(page.header("content-type"), "text/html", "{path}");
        assert_eq!(page.header("cache-control"), "no-cache", "{path}");
        let policy = page.header("content-security-policy");
        assert_eq!(
            policy.split("; ").collect::<Vec<_>>(),
            [
                "default-src 'none'",
                "script-src 'self'",
                "style-src 'self' 'unsafe-inline'",
                "img-src 'self' data: blob:",
                "connect-src 'self'",
                "font-src 'self'",
                "manifest-src 'self'",
                "base-uri 'none'",
                "form-action 'self'",
                "frame-ancestors 'none'"
            ]
        );
        assert_eq!(page.header("x-content-type-options"), "nosniff");
        assert_eq!(page.header("referrer-policy"), "no-referrer");
        assert_eq!(page.header("cross-origin-opener-policy"), "same-origin");
        assert!(page.headers.get_all("vary").iter().any(|value| value == "Accept"), "{path}");
    }
    // Programs that take anything are told what is wrong, but for the root, where there is nothing else.
    assert_eq!(fetch(&app, "/").await.text(), INDEX);
    for path in ["/tickets", "/no/such.file", "/no/such.html"] {
        fetch(&app, path).await.refused(404, "not_found");
    }
    app.anonymous().with("accept", "application/json").get("/").await.refused(404, "not_found");
    let measured = metrics().await.text();
    assert!(measured.contains("route=\"dashboard\""), "{measured}");
    assert!(!measured.contains("65f0"), "an address must not become a label");
    app.finish().await;
}

#[tokio::test]
async fn what_belongs_to_the_api_stays_as_it_is_for_browsers_too() {
    let (app, _folder) = built().await;
    for path in
        ["/api", "/api/", "/api/nothing", "/auth", "/auth/x", "/docs/x", "/redoc/", "/health", "/metrics/x"]
    {
        let problem = open(&app, path).await.refused(404, "not_found");
        assert_eq!(problem["instance"], path);
        fetch(&app, path).await.refused(404, "not_found");
    }
    // Encoded, an address of the API names no route, and no page either.
    open(&app, "/%61pi/tickets").await.refused(404, "not_found");
    open(&app, "/api/tickets").await.refused(401, "unauthenticated");
    assert_eq!(open(&app, "/health/live").await.json()["status"], "live");
    assert!(open(&app, "/docs").await.text().contains("swagger"));
    for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
        for path in ["/", "/tickets", "/assets/app-1a2b.js"] {
            let ask = app.anonymous().with("accept", BROWSER);
            ask.send(method.clone(), path, None).await.refused(404, "not_found");
        }
    }
    // Every route lies where the dashboard looks away, so none can be hidden behind a page or shadow one.
    for operation in app.app.operations() {
        let first = operation.path.split('/').nth(1).unwrap();
        assert!(stoa::web::dashboard::NOT_OURS.contains(&first), "{}", operation.path);
    }
    app.finish().await;
}

#[tokio::test]
async fn files_come_with_their_type_and_as_long_as_they_may_be_kept() {
    let (app, _folder) = built().await;
    let (kept, short) = ("public, max-age=31536000, immutable", "public, max-age=3600");
    for (path, kind, cache) in [
        ("/assets/app-1a2b.js", "text/javascript", kept),
        ("/assets/app-1a2b.css", "text/css", kept),
        ("/assets/within.css", "text/css", kept),
        ("/assets/font-3c.woff2", "font/woff2", kept),
        ("/favicon.svg", "image/svg+xml", short),
    ] {
        let file = fetch(&app, path).await;
        assert_eq!(file.status, 200, "{path}");
        assert_eq!((file.header("content-type"), file.header("cache-control")), (kind, cache), "{path}");
        // A picture or script that is opened by itself may do nothing.
        assert_eq!(
            file.header("content-security-policy"),
            "default-src 'none'; frame-ancestors 'none'",
            "{path}"
        );
        assert_eq!(file.header("x-content-type-options"), "nosniff", "{path}");
    }
    for path in ["/assets/app-0000.js", "/assets/", "/assets", "/assets/.", "/assets/app-1a2b.js/x"] {
        open(&app, path).await.refused(404, "not_found");
    }
    let long = format!("/assets/{}.js", "x".repeat(300));
    open(&app, &long).await.refused(404, "not_found");
    app.finish().await;
}

#[tokio::test]
async fn nothing_but_the_folder_can_be_read() {
    let (app, _folder) = built().await;
    for path in [
        "/..%2f",
        "/..%2fCargo.toml",
        "/%2e%2e/Cargo.toml",
        "/../Cargo.toml",
        "/assets/..%2f..%2fCargo.toml",
        "/assets/../../Cargo.toml",
        "/assets/%2e%2e/%2e%2e/Cargo.toml",
        "/assets/..%5c..%5cCargo.toml",
        "/assets//etc/passwd",
        "//etc/passwd",
        "/assets/%2fetc%2fpasswd",
        "/assets/app-1a2b.js%00.css",
        "/index.html%00",
        "/%ff.html",
        "/.env",
        "/%2eenv",
        "/assets/.git/config",
        // Links that lead out of the folder.
        "/assets/out.js",
        "/assets/folder/x.js",
    ] {
        for answer in [open(&app, path).await, fetch(&app, path).await] {
            let problem = answer.refused(404, "not_found");
            assert!(!problem.to_string().contains(SECRET), "{path}");
        }
    }
    // Neither by way of another encoding.
    let packed = app.anonymous().with("accept-encoding", "gzip").get("/assets/app-1a2b.css").await;
    assert!(!packed.text().contains(SECRET));
    app.finish().await;
}

#[tokio::test]
async fn conditions_ranges_and_encodings_are_honoured() {
    let (app, folder) = built().await;
    for path in ["/", "/tickets/1/show", "/assets/app-1a2b.js"] {
        let first = open(&app, path).await;
        let (tag, time) = (first.header("etag"), first.header("last-modified"));
        assert!(!tag.is_empty() && !time.is_empty(), "{path}");
        for (name, value) in [("if-none-match", tag), ("if-modified-since", time)] {
            let again = app.anonymous().with("accept", BROWSER).with(name, value).get(path).await;
            assert_eq!((again.status.as_u16(), again.bytes.len()), (304, 0), "{path} {name}");
            assert_eq!(again.header("cache-control"), first.header("cache-control"), "{path}");
        }
        let head = app.anonymous().with("accept", BROWSER).send(Method::HEAD, path, None).await;
        assert_eq!((head.status.as_u16(), head.bytes.len()), (200, 0), "{path}");
        for name in ["etag", "content-type", "content-length", "cache-control", "content-security-policy"] {
            assert_eq!(head.header(name), first.header(name), "{path} {name}");
        }
    }
    let js = "/assets/app-1a2b.js";
    for (accepted, encoding, text) in [
        ("gzip, deflate, br", "br", "as if by brotli"),
        ("gzip", "gzip", "as if by gzip"),
        ("identity", "", "console.log('plain')"),
    ] {
        let answer = app.anonymous().with("accept-encoding", accepted).get(js).await;
        assert_eq!(
            (answer.header("content-encoding"), answer.text().as_str()),
            (encoding, text),
            "{accepted}"
        );
        assert_eq!(answer.header("content-type"), "text/javascript");
    }
    let part = app.anonymous().with("range", "bytes=0-6").get(js).await;
    assert_eq!((part.status.as_u16(), part.text().as_str()), (206, "console"));

    // Another build is another page at once, whatever the browser holds.
    let old = open(&app, "/").await;
    std::fs::write(folder.path().join("dist/index.html"), "another page").unwrap();
    let tag = old.header("etag");
    let new = app.anonymous().with("accept", BROWSER).with("if-none-match", tag).get("/").await;
    assert_eq!((new.status.as_u16(), new.text().as_str()), (200, "another page"));
    app.finish().await;
}

#[tokio::test]
async fn without_a_dashboard_people_are_told_so_until_it_is_built() {
    let outside = TempDir::new();
    let folder = outside.path().join("dist");
    let app = TestApp::start_with(|limits| limits.dashboard = folder).await;
    for path in ["/", "/tickets/1/show"] {
        let page = open(&app, path).await;
        assert_eq!(page.status, 404, "{path}");
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
        assert_eq!(page.header("cache-control"), "no-store");
        for words in ["not built", "./scripts/run", "Node.js 20.19", "href=\"/docs\""] {
            assert!(page.text().contains(words), "{words}");
        }
        assert!(!page.text().contains("dist"), "where the folder is, is nobody's business");
    }
    open(&app, "/assets/app-1a2b.js").await.refused(404, "not_found");
    fetch(&app, "/tickets").await.refused(404, "not_found");
    build(outside.path());
    assert_eq!(open(&app, "/").await.text(), INDEX);
    app.finish().await;
}
