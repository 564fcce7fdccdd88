//! The bytes of files: `PUT` and `GET /api/uploads/{id}/content`, and forms at `POST /api/uploads/content`.

use crate::app::App;
use crate::errors::{AppError, Code, FieldErrors, Problem, Result};
use crate::models::is_media_type;
use crate::permissions::{Authorized, UploadsCreate, UploadsRead};
use crate::schema::FieldSpec;
use crate::services::uploads::{self, Disposition, Download, Head, Incoming, Wanted};
use crate::web::{AnswerDoc, BodyDoc, Doc, Pairs, Path, Reply, Routes, in_sips};
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request, State};
use axum::response::{IntoResponse, Response};
use futures::StreamExt;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use tokio_util::io::ReaderStream;

const CONTENT: &str = "/api/uploads/{id}/content";
/// What a form says besides its file, in bytes.
const FORM: i64 = 64 << 10;
/// Nothing that is handed out runs anything, whatever it is.
const SANDBOX: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";

const QUERY: &[FieldSpec] = &[
    FieldSpec::one_of(&["attachment", "inline"])
        .named("disposition", "`inline` shows pictures; all else is saved."),
    FieldSpec::flag(false)
        .named("redirect", "Answer 303 to a presigned address, where files lie in a bucket."),
];

pub fn routes() -> Routes {
    let send = Doc::new(
        "Send a file as `multipart/form-data`, in the part `file`: announced, sent and looked at at once.",
    )
    .body(BodyDoc::Form)
    .answer(AnswerDoc::Created)
    .codes(&[Code::QuotaExceeded, Code::PayloadTooLarge])
    .passing();
    let receive = Doc::new("Send the bytes of an announced file.")
        .body(BodyDoc::Bytes)
        .codes(&[Code::Conflict, Code::PayloadTooLarge])
        .passing();
    let content = Doc::new("Read a file. Whether the caller may is looked at anew each time.")
        .answer(AnswerDoc::Bytes)
        .query(QUERY)
        .codes(&[Code::Conflict, Code::Quarantined, Code::RangeNotSatisfiable]);
    Routes::of("uploads")
        .post("/api/uploads/content", "send", send, post)
        .on(http::Method::PUT, CONTENT, "receive", receive, put)
        .get(CONTENT, "content", content, get)
}

async fn post(
    Authorized(permit): Authorized<UploadsCreate>,
    State(app): State<App>,
    mut request: Request,
) -> Result<Reply> {
    let most = app.storage().limits().largest(permit.actor().role());
    if length(request.headers()).is_some_and(|length| length > most + FORM) {
        let problem = Problem::new(Code::PayloadTooLarge, format!("The file may have {most} bytes at most."));
        return Err(problem.with("limit", most).into());
    }
    // The file is measured as it comes: what the extractor would allow is for bodies that are held in memory.
    DefaultBodyLimit::disable().apply(&mut request);
    let media = "Send the file as multipart/form-data.";
    let form = Multipart::from_request(request.map(in_sips), &app).await;
    let mut form = form.map_err(|_| AppError::problem(Code::UnsupportedMediaType, media))?;
    loop {
        let field = form.next_field().await.map_err(|_| broken())?;
        let Some(mut field) = field else {
            return Err(FieldErrors::one("file", Code::ValidationFailed, "Required.").into());
        };
        if field.name() != Some("file") {
            let mut rest = FORM;
            while let Some(chunk) = field.chunk().await.map_err(|_| broken())? {
                rest -= i64::try_from(chunk.len()).unwrap_or(i64::MAX);
                if rest < 0 {
                    return Err(AppError::problem(
                        Code::PayloadTooLarge,
                        "Only the part `file` may be large.",
                    ));
                }
            }
            continue;
        }
        let name = field.file_name().unwrap_or_default().to_owned();
        let given = field.content_type().map(|given| given.split(';').next().unwrap_or_default().trim());
        let given =
            given.filter(|given| is_media_type(given)).unwrap_or("application/octet-stream").to_owned();
        // A form that ends before its end is an error of the part, so that half a file is never taken for a whole one.
        let body = async_stream::stream! {
            loop {
                match field.chunk().await {
                    Ok(Some(chunk)) => yield Ok(chunk),
                    Ok(None) => break,
                    Err(_) => {
                        yield Err(broken());
                        break;
                    }
                }
            }
        };
        let body: Incoming<'_> = Box::pin(body);
        return uploads::send(&app, &permit, &name, &given, body).await;
    }
}

async fn put(
    Authorized(permit): Authorized<UploadsCreate>,
    State(app): State<App>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Reply> {
    let length = length(request.headers());
    let body = request.into_body().into_data_stream();
    let body: Incoming<'_> = Box::pin(body.map(|chunk| chunk.map_err(|_| broken())));
    uploads::receive(&app, &permit, &id, length, body).await
}

async fn get(
    Authorized(permit): Authorized<UploadsRead>,
    State(app): State<App>,
    Path(id): Path<String>,
    Pairs(pairs): Pairs,
    headers: HeaderMap,
) -> Result<Response> {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let (mut disposition, mut redirect) = (Disposition::Attachment, false);
    for (name, value) in &pairs {
        match (name.as_str(), value.as_str()) {
            ("disposition", "attachment") => disposition = Disposition::Attachment,
            ("disposition", "inline") => disposition = Disposition::Inline,
            ("redirect", "true") => redirect = true,
            ("redirect", "false") => redirect = false,
            _ => {
                let message = "There is no such parameter, or no such value of it.";
                return Err(FieldErrors::one(name.as_str(), Code::InvalidParameter, message).into());
            }
        }
    }
    let wanted = Wanted {
        disposition,
        redirect,
        range: text(header::RANGE),
        if_range: text(header::IF_RANGE),
        if_none_match: text(header::IF_NONE_MATCH),
    };
    match uploads::download(&app, &permit, &id, wanted).await? {
        Download::Elsewhere(url) => {
            let mut response = StatusCode::SEE_OTHER.into_response();
            set(&mut response, header::LOCATION, &url)?;
            set(&mut response, header::CACHE_CONTROL, "no-store")?;
            Ok(response)
        }
        Download::Unchanged(head) => {
            let mut response = StatusCode::NOT_MODIFIED.into_response();
            set(&mut response, header::ETAG, &head.etag)?;
            Ok(response)
        }
        Download::Here { head, body } => {
            answer(&head, Body::from_stream(ReaderStream::new(body.into_async_read())))
        }
    }
}

fn answer(head: &Head, body: Body) -> Result<Response> {
    let (status, length) = match head.range {
        Some((first, last)) => (StatusCode::PARTIAL_CONTENT, last - first + 1),
        None => (StatusCode::OK, head.size),
    };
    let mut response = (status, body).into_response();
    set(&mut response, header::CONTENT_TYPE, &head.content_type)?;
    set(&mut response, header::CONTENT_DISPOSITION, &head.disposition)?;
    set(&mut response, header::CONTENT_LENGTH, &length.to_string())?;
    set(&mut response, header::ETAG, &head.etag)?;
    set(&mut response, header::ACCEPT_RANGES, "bytes")?;
    set(&mut response, header::CONTENT_SECURITY_POLICY, SANDBOX)?;
    if let Some((first, last)) = head.range {
        set(&mut response, header::CONTENT_RANGE, &format!("bytes {first}-{last}/{}", head.size))?;
    }
    Ok(response)
}

fn set(response: &mut Response, name: HeaderName, value: &str) -> Result<()> {
    let value = HeaderValue::from_str(value).map_err(AppError::internal)?;
    response.headers_mut().insert(name, value);
    Ok(())
}

fn length(headers: &HeaderMap) -> Option<i64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

fn broken() -> AppError {
    AppError::problem(Code::MalformedRequest, "The body ended early, or is no form.")
}
