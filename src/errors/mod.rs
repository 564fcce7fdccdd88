//! The one error type of the program and the codes it carries; every failure leaves through here.
//!
//! Use [`AppError::problem`] (or a named constructor) for what the client did or must know,
//! `?` on a database error for what the database said, and [`AppError::internal`] for defects.

mod code;
mod markdown;
mod problem;
pub(crate) mod response;

pub use code::Code;
pub use markdown::markdown;
pub use problem::{FieldError, FieldErrors, Problem};

/// Result of everything that can fail towards a client.
pub type Result<T, E = AppError> = std::result::Result<T, E>;

/// What went wrong.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// Something the client is told.
    #[error("{0}")]
    Problem(Box<Problem>),
    /// The database failed; kept whole because its labels decide about retries.
    #[error("database error")]
    Database(#[from] mongodb::error::Error),
    /// A defect. The client sees only the request id.
    #[error("internal error")]
    Internal(#[source] anyhow::Error),
}

impl AppError {
    /// A problem with a code and a sentence for people.
    pub fn problem(code: Code, detail: impl Into<String>) -> Self {
        Problem::new(code, detail).into()
    }

    /// The one answer for what is missing and for what may not be seen.
    pub fn not_found() -> Self {
        Self::problem(Code::NotFound, "There is no such record, or you may not see it.")
    }

    /// A defect, with its cause for the log.
    pub fn internal(cause: impl Into<anyhow::Error>) -> Self {
        Self::Internal(cause.into())
    }

    /// A defect that has no other cause than itself.
    pub fn bug(what: impl std::fmt::Display) -> Self {
        Self::Internal(anyhow::anyhow!("{what}"))
    }

    /// Whether the database refused a second record with the same key, where no field was to blame.
    pub fn is_duplicate_key(&self) -> bool {
        matches!(self, Self::Database(error) if response::is_duplicate_key(error))
    }

    /// The code that the client will see.
    pub fn code(&self) -> Code {
        match self {
            Self::Problem(problem) => problem.code,
            Self::Database(error) => response::database_code(error),
            Self::Internal(_) => Code::Internal,
        }
    }
}

impl From<Problem> for AppError {
    fn from(problem: Problem) -> Self {
        Self::Problem(Box::new(problem))
    }
}

impl From<FieldErrors> for AppError {
    fn from(errors: FieldErrors) -> Self {
        Problem::fields(errors).into()
    }
}

impl From<bson::error::Error> for AppError {
    fn from(error: bson::error::Error) -> Self {
        Self::Internal(anyhow::Error::new(error).context("convert BSON"))
    }
}
