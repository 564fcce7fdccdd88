//! The page that the `type` of a problem document points at: every code with status and meaning.

use crate::errors::Code;
use crate::permissions::Public;
use axum::response::{Html, IntoResponse};
use http::header;
use std::fmt::Write;

const POLICY: &str = "default-src 'none'; style-src 'sha256-";

/// `GET /docs/problems`.
pub async fn page(_: Public) -> impl IntoResponse {
    ([(header::CONTENT_SECURITY_POLICY, policy())], Html(render()))
}

const STYLE: &str = "body{font-family:system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem;line-height:1.5}\
    section:target{background:#fff3c4}h2{font-size:1.05rem;margin:1.2rem 0 0}p{margin:0}";

/// The style of the page is admitted by its hash.
fn policy() -> String {
    use base64::Engine;
    use sha2::{Digest, Sha256};
    let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(STYLE));
    format!("{POLICY}{hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
}

fn render() -> String {
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Stoa: problem codes</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<h1>Problem codes</h1>\n\
         <p>The <code>type</code> of a problem document (RFC 9457) points at one of these.</p>\n"
    );
    for code in Code::ALL {
        // Writing into a String cannot fail.
        let _ = writeln!(
            page,
            "<section id=\"{name}\">\n<h2><code>{name}</code> &ndash; {status} {title}</h2>\n<p>{meaning}</p>\n</section>",
            name = code.as_str(),
            status = code.status().as_u16(),
            title = escape(code.title()),
            meaning = escape(code.meaning().trim()),
        );
    }
    page.push_str("</body>\n</html>\n");
    page
}

fn escape(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    // Sentences come from doc comments, which mark code by backticks.
    text.split('`').enumerate().fold(String::new(), |mut out, (at, part)| {
        out.push_str(match (at, at % 2) {
            (0, _) => "",
            (_, 1) => "<code>",
            _ => "</code>",
        });
        out.push_str(part);
        out
    })
}
