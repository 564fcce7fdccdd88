//! Why the database is not migrated, told so that an operator knows what to do.

use mongodb::error::{Error, ErrorKind};

/// Why the database is not migrated.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// A step was edited after it was applied.
    #[error(
        "the step {0} was changed after it was applied here; put its file back, or accept it with --accept-checksum {0}"
    )]
    Changed(String),
    /// The database was migrated by a newer program that this one cannot work beside.
    #[error(
        "the database is newer than this program: it has the step {0}, which is unknown here; use a newer release"
    )]
    Newer(String),
    /// A step comes before one that is applied already.
    #[error("the step {late} comes before {applied}, which is applied already; give it a later number")]
    OutOfOrder {
        /// The step that is not applied.
        late: String,
        /// The one that is.
        applied: String,
    },
    /// A step that cannot be undone needs a backup first.
    #[error("the step {0} cannot be undone; make a backup and name it with --backup")]
    NeedsBackup(String),
    /// A step cannot be undone.
    #[error("the step {step} cannot be undone: {reason}")]
    Irreversible {
        /// The step.
        step: String,
        /// Why.
        reason: &'static str,
    },
    /// There is no such step.
    #[error("there is no step {0}")]
    NoSuchStep(String),
    /// Another runner took over, because this one did not renew its lease in time.
    #[error("another instance took the migration over; nothing is lost, start again")]
    LostLease,
    /// The end of the program was asked for. What was done is recorded.
    #[error("stopped before all steps were taken; the next start goes on from there")]
    Stopped,
    /// The database failed.
    #[error("step {step}: the database says: {source}")]
    Step {
        /// The step.
        step: String,
        /// What it said.
        source: Error,
    },
    /// The database failed outside of a step.
    #[error("the database says: {0}")]
    Database(#[from] Error),
}

impl MigrateError {
    /// Whether the same may succeed a moment later.
    pub fn is_passing(&self) -> bool {
        match self {
            Self::LostLease => true,
            Self::Step { source, .. } | Self::Database(source) => passing(source),
            Self::Changed(_)
            | Self::Newer(_)
            | Self::OutOfOrder { .. }
            | Self::NeedsBackup(_)
            | Self::Irreversible { .. }
            | Self::NoSuchStep(_)
            | Self::Stopped => false,
        }
    }

    /// Says in which step the database failed.
    pub(super) fn in_step(self, step: &str) -> Self {
        match self {
            Self::Database(source) => Self::Step { step: step.to_owned(), source },
            other => other,
        }
    }
}

fn passing(error: &Error) -> bool {
    let kind = error.kind.as_ref();
    matches!(
        kind,
        ErrorKind::Io(_) | ErrorKind::ConnectionPoolCleared { .. } | ErrorKind::ServerSelection { .. }
    ) || error.contains_label(mongodb::error::RETRYABLE_WRITE_ERROR)
        || error.contains_label(mongodb::error::TRANSIENT_TRANSACTION_ERROR)
}

/// The server's code of a failed command.
pub(super) fn code(error: &Error) -> Option<i32> {
    match error.kind.as_ref() {
        ErrorKind::Command(failure) => Some(failure.code),
        ErrorKind::Write(mongodb::error::WriteFailure::WriteError(failure)) => Some(failure.code),
        _ => None,
    }
}
