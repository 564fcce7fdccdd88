//! Plain pages for people in place of the dashboard: it is not built, or the program is starting.

use axum::response::{Html, IntoResponse, Response};
use http::{StatusCode, header};

/// 404, as for any address at which there is nothing: whoever watches the dashboard should not take this for it.
pub(super) fn missing() -> Response {
    let words = "<p>The dashboard is not built.</p>\n\
        <p><code>./scripts/run</code> builds it before it starts the server, with Node.js 20.19 or newer; \
        <code>npm ci &amp;&amp; npm run build</code> in the folder <code>admin</code> does the same. \
        <code>STOA_DASHBOARD__FOLDER</code> names the folder of the built files.</p>\n\
        <p>The API is here: <a href=\"/docs\">/docs</a>.</p>";
    page(StatusCode::NOT_FOUND, "", words).into_response()
}

/// 503 until the start is over; the browser asks again by itself.
pub(in crate::web) fn starting() -> Response {
    let again = "<meta http-equiv=\"refresh\" content=\"2\">\n";
    let page = page(StatusCode::SERVICE_UNAVAILABLE, again, "<p>The server is starting.</p>");
    ([(header::RETRY_AFTER, "2")], page).into_response()
}

fn page(status: StatusCode, head: &str, body: &str) -> impl IntoResponse {
    let page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n{head}<title>Stoa</title>\n\
         </head>\n<body>\n<h1>Stoa</h1>\n{body}\n</body>\n</html>\n"
    );
    (status, [(header::CACHE_CONTROL, "no-store")], Html(page))
}
