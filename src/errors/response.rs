//! Turns an [`AppError`] into a response and keeps its cause for the log; the only place that does.

use super::{AppError, Code, Problem};
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, header};
use mongodb::error::{Error, ErrorKind};
use std::sync::Arc;

/// The failure behind a response, carried as an extension so that the access log can tell what the client is not told.
#[derive(Clone)]
pub struct Cause(pub Arc<AppError>);

/// The problem behind a response; the outermost layer renders it with path and request id.
#[derive(Clone)]
pub struct Pending(pub Arc<Problem>);

/// The code that a database failure becomes.
pub(super) fn database_code(error: &Error) -> Code {
    match error.kind.as_ref() {
        ErrorKind::ServerSelection { .. } | ErrorKind::ConnectionPoolCleared { .. } | ErrorKind::Io(_) => {
            Code::DependencyUnavailable
        }
        // 50 is MaxTimeMSExpired: the request asks for more work than one request may cause.
        ErrorKind::Command(failure) if failure.code == 50 => Code::Overloaded,
        _ if error.contains_label(mongodb::error::RETRYABLE_WRITE_ERROR)
            || error.contains_label(mongodb::error::TRANSIENT_TRANSACTION_ERROR) =>
        {
            Code::DependencyUnavailable
        }
        _ => Code::Internal,
    }
}

/// 11000 is DuplicateKey, which upserts that run at the same time can answer with.
pub(super) fn is_duplicate_key(error: &Error) -> bool {
    // As `findAndModify` says it, and as `update` does.
    match error.kind.as_ref() {
        ErrorKind::Command(failure) => failure.code == 11_000,
        ErrorKind::Write(mongodb::error::WriteFailure::WriteError(failure)) => failure.code == 11_000,
        _ => false,
    }
}

/// What kind of database failure it was, without the values that the driver's own text carries.
pub fn database_kind(error: &Error) -> String {
    let kind = match error.kind.as_ref() {
        ErrorKind::Command(failure) => format!("command {} {}", failure.code, failure.code_name),
        ErrorKind::Write(mongodb::error::WriteFailure::WriteError(failure)) => {
            format!("write {}", failure.code)
        }
        ErrorKind::ServerSelection { .. } => "server selection".to_owned(),
        ErrorKind::Io(_) => "network".to_owned(),
        ErrorKind::InvalidArgument { .. } => "invalid argument".to_owned(),
        ErrorKind::BsonDeserialization(_) | ErrorKind::BsonSerialization(_) | ErrorKind::Bson(_) => {
            "bson".to_owned()
        }
        _ => "other".to_owned(),
    };
    let labels: Vec<_> = error.labels().iter().map(String::as_str).collect();
    format!("{kind} [{}]", labels.join(","))
}

impl AppError {
    /// What the client is told: nothing of a database or internal failure but its kind.
    fn to_problem(&self) -> Problem {
        match self {
            Self::Problem(problem) => (**problem).clone(),
            Self::Database(_) | Self::Internal(_) => match self.code() {
                Code::Overloaded => Problem::new(
                    Code::Overloaded,
                    "The request needs more time than it may take. Narrow the filter.",
                ),
                Code::DependencyUnavailable => {
                    Problem::new(Code::DependencyUnavailable, "The database cannot be reached. Try again.")
                        .retry_after(2)
                }
                _ => Problem::new(
                    Code::Internal,
                    "Something went wrong. The request id helps to find out what.",
                ),
            },
        }
    }
}

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        let problem = self.to_problem();
        let mut response = problem.code.status().into_response();
        let headers = response.headers_mut();
        if let Some(seconds) = problem.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if problem.code.status() == http::StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, challenge(problem.code));
        }
        response.extensions_mut().insert(Pending(Arc::new(problem)));
        response.extensions_mut().insert(Cause(Arc::new(self)));
        response
    }
}

/// The challenge of RFC 6750 section 3 and RFC 9470 section 3.
fn challenge(code: Code) -> HeaderValue {
    match code {
        Code::InsufficientUserAuthentication => {
            HeaderValue::from_static("Bearer error=\"insufficient_user_authentication\", max_age=\"600\"")
        }
        Code::TokenExpired | Code::SessionRevoked => {
            HeaderValue::from_static("Bearer error=\"invalid_token\"")
        }
        _ => HeaderValue::from_static("Bearer"),
    }
}
