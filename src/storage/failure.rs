//! What a failure of the storage becomes: the client learns that it is away, the log learns why.

use crate::errors::{AppError, Code, Problem};
use aws_sdk_s3::error::{ProvideErrorMetadata, SdkError};
use aws_smithy_types::error::display::DisplayErrorContext;

/// A failure as the client is told of it. `what` names the operation for the log.
pub(super) fn unavailable<E>(what: &'static str, error: &SdkError<E>) -> AppError
where
    E: std::error::Error + ProvideErrorMetadata + 'static,
{
    // The service's own answer may quote addresses with signatures: its code is enough.
    let told = match error {
        SdkError::ServiceError(failure) => failure.err().code().unwrap_or("error without code").to_owned(),
        other => DisplayErrorContext(other).to_string(),
    };
    tracing::error!(operation = what, error = told, "the storage of files failed");
    metrics::counter!("stoa_storage_failures_total", "operation" => what).increment(1);
    away()
}

/// As [`unavailable`], of what no server said.
pub(super) fn away() -> AppError {
    let problem =
        Problem::new(Code::DependencyUnavailable, "The storage of files cannot be reached. Try again.");
    problem.retry_after(5).into()
}
