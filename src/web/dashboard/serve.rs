//! Answers with the files of the dashboard, and sets what browsers may do with them.

use super::{Wanted, inside::Inside, notice};
use crate::errors::{AppError, Code, Result};
use crate::web::Learned;
use axum::body::Body;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use http::{HeaderName, HeaderValue, StatusCode, Uri, header};
use std::io::ErrorKind;
use std::path::Path;
use tower_http::services::fs::{DefaultServeDirFallback, ServeDir};

/// Scripts come from this server only. Styles may stand in the page: the components write theirs while they run.
/// Pictures too come from here or are part of the page: an address elsewhere, which one person can give to an avatar or a
/// logo, would tell its host of everyone who looks at it.
/// What a page read itself, such as the picture of a message, is part of it (`blob:`).
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none'; \
    form-action 'self'; frame-ancestors 'none'";
/// The name of what requests for the dashboard ask, in the log and the metrics: paths would be without number.
const ROUTE: &str = "dashboard";

const INDEX: &str = "/index.html";
/// The page names the files that belong to it: an old one would look for files that are gone.
const PAGE: &str = "no-cache";
/// Another content has another name.
const ASSET: &str = "public, max-age=31536000, immutable";
const FILE: &str = "public, max-age=3600";

/// The dashboard's folder.
#[derive(Clone)]
pub(crate) struct Dashboard {
    files: ServeDir<DefaultServeDirFallback, Inside>,
    policy: HeaderValue,
}

impl Dashboard {
    /// The dashboard whose built files lie in `folder`, or will once they are built. Its pages may call this server and
    /// `bucket`, where files are sent to directly.
    pub(crate) fn new(folder: &Path, bucket: Option<&str>) -> Self {
        let files = ServeDir::with_backend(folder, Inside::new(folder))
            .append_index_html_on_directories(false)
            .ignore_multi_range_requests(true)
            .precompressed_gzip()
            .precompressed_br();
        Self { files, policy: policy(bucket) }
    }

    /// The answer to a request that no route takes.
    pub(crate) async fn answer(self, request: Request) -> Result<Response> {
        // Nothing here reads a body.
        let (request, _) = request.into_parts();
        let wanted = Wanted::of(&request.method, request.uri.path(), &request.headers);
        if let Some(learned) = request.extensions.get::<Learned>().filter(|_| wanted != Wanted::Nothing) {
            learned.route(ROUTE);
        }
        let found = match wanted {
            Wanted::Nothing => None,
            Wanted::Asset => self.file(&request, &request.uri, ASSET).await?,
            Wanted::File { or_page } => match self.file(&request, &request.uri, FILE).await? {
                None if or_page => return self.page(&request).await,
                found => found,
            },
            Wanted::Page => return self.page(&request).await,
        };
        found.ok_or_else(|| AppError::problem(Code::NotFound, "There is nothing at this address."))
    }

    async fn page(&self, request: &Parts) -> Result<Response> {
        let index = Uri::from_static(INDEX);
        let Some(mut page) = self.file(request, &index, PAGE).await? else { return Ok(notice::missing()) };
        let headers = page.headers_mut();
        headers.insert(header::CONTENT_SECURITY_POLICY, self.policy.clone());
        // A window that was opened from elsewhere has no hold on this one.
        let opener = HeaderName::from_static("cross-origin-opener-policy");
        headers.insert(opener, HeaderValue::from_static("same-origin"));
        headers.append(header::VARY, HeaderValue::from_static("Accept"));
        Ok(page)
    }

    /// The file at an address, as far as the conditions of the request want it; none when there is none.
    async fn file(&self, request: &Parts, uri: &Uri, cache: &'static str) -> Result<Option<Response>> {
        let mut ask = http::Request::new(Body::empty());
        ask.method_mut().clone_from(&request.method);
        ask.uri_mut().clone_from(uri);
        ask.headers_mut().clone_from(&request.headers);
        let mut answer = match self.files.clone().try_call(ask).await {
            Ok(answer) if answer.status() == StatusCode::NOT_FOUND => return Ok(None),
            Ok(answer) => answer.map(Body::new).into_response(),
            Err(error) if is_absence(error.kind()) => return Ok(None),
            Err(error) => return Err(AppError::internal(error)),
        };
        answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
        Ok(Some(answer))
    }
}

/// The policy of pages that may also call the origin of a bucket.
fn policy(bucket: Option<&str>) -> HeaderValue {
    let widened =
        bucket.map(|origin| POLICY.replace("connect-src 'self'", &format!("connect-src 'self' {origin}")));
    let widened = widened.and_then(|policy| HeaderValue::try_from(policy).ok());
    widened.unwrap_or(HeaderValue::from_static(POLICY))
}

/// Whether a failure only says that there is no such file. A file that may not be read is a fault of the installation.
fn is_absence(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::InvalidFilename)
}
