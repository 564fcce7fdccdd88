//! Signs of life of the database, for health checks.

use super::Db;
use mongodb::options::{ReadPreference, SelectionCriteria};
use std::time::Duration;

/// What the database can do now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Probe {
    /// Some server answers.
    pub reads: bool,
    /// There is a primary that takes writes.
    pub writes: bool,
}

impl Db {
    /// Asks any server and the primary; who does not answer within `patience` counts as away.
    pub async fn probe(&self, patience: Duration) -> Probe {
        let any = SelectionCriteria::ReadPreference(ReadPreference::Nearest { options: Default::default() });
        let primary = SelectionCriteria::ReadPreference(ReadPreference::Primary);
        let hello = async |which| tokio::time::timeout(patience, self.hello(which)).await.ok()?.ok();
        let (any, primary) = tokio::join!(hello(any), hello(primary));
        // A server may be asked in the moment in which it steps down.
        let writes = primary.is_some_and(|reply| reply.get_bool("isWritablePrimary").unwrap_or(false));
        Probe { reads: any.is_some(), writes }
    }
}
