//! Transactions: begin, retry while the database says that a retry helps, commit, and answer repeated requests.

use super::{Db, Global, GlobalModel, TenantModel, Writer, wall::Wall};
use crate::errors::{AppError, Result};
use crate::permissions::{Permission, Permit, TenantScope};
use bson::{DateTime, RawDocumentBuf, oid::ObjectId};
use mongodb::error::{TRANSIENT_TRANSACTION_ERROR, UNKNOWN_TRANSACTION_COMMIT_RESULT};
use mongodb::{ClientSession, Collection};
use std::future::Future;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};
use tokio::sync::OwnedMutexGuard;

/// How long retries go on before the failure is told.
const RETRY_FOR: Duration = Duration::from_secs(10);

/// Who writes: decides the stamp on records and which writes stand in line.
#[derive(Clone, Debug, Default)]
pub struct Author {
    /// User that `created_by` and `updated_by` will name.
    pub user: Option<ObjectId>,
    /// Company whose records are written; writes of one company stand in line within a process.
    pub company: Option<ObjectId>,
}

/// An open transaction. Dropping it aborts.
pub struct Tx {
    db: Db,
    session: ClientSession,
    now: DateTime,
    author: Option<ObjectId>,
    operation: Option<String>,
}

impl Tx {
    /// The records that the permit admits.
    pub fn of<P: Permission>(&mut self, permit: &Permit<P>) -> Writer<'_, P::Resource> {
        let wall = Wall::of::<P::Resource>(permit.scope(), permit.rows());
        Writer::new(self, wall)
    }

    /// All records of the scope's company: for services that work beside a permitted record.
    pub fn within<M: TenantModel>(&mut self, scope: &TenantScope) -> Writer<'_, M> {
        let wall = Wall::of::<M>(scope, super::Expr::All);
        Writer::new(self, wall)
    }

    /// Records of the platform.
    pub fn global<M: GlobalModel>(&mut self) -> Global<'_, M> {
        let collection = self.collection(M::COLLECTION);
        let now = self.now;
        Global::new(collection, Some(&mut self.session), now)
    }

    /// Time of the transaction; all its stamps agree.
    pub fn now(&self) -> DateTime {
        self.now
    }

    /// User on whose behalf it writes.
    pub fn author(&self) -> Option<ObjectId> {
        self.author
    }

    /// Says that the transaction is one step of a larger operation, such as a bulk call.
    pub fn be_part_of(&mut self, operation: &str) {
        self.operation = Some(operation.to_owned());
    }

    /// The larger operation of which the transaction is a step.
    pub fn operation(&self) -> Option<&str> {
        self.operation.as_deref()
    }

    /// The database, for reads that need not see the transaction's own writes.
    pub fn db(&self) -> &Db {
        &self.db
    }

    pub(super) fn session(&mut self) -> &mut ClientSession {
        &mut self.session
    }

    pub(super) fn collection(&self, name: &str) -> Collection<RawDocumentBuf> {
        self.db.collection(name)
    }
}

/// The tries of one transaction.
pub struct Attempts {
    db: Db,
    author: Author,
    deadline: Instant,
    tries: u32,
    _turn: OwnedMutexGuard<()>,
}

impl Attempts {
    /// Waits for the company's turn. Writes of one company touch the same few records (numbers, audit chain), so
    /// standing in line within the process is quicker than colliding in the database.
    pub async fn start(db: &Db, author: Author) -> Result<Self> {
        let turn = db.turn(author.company).await?;
        Ok(Self { db: db.clone(), author, deadline: Instant::now() + RETRY_FOR, tries: 0, _turn: turn })
    }

    /// Opens a transaction for the next try.
    pub async fn begin(&mut self) -> Result<Tx> {
        let mut session = self.db.start_session().await?;
        session.start_transaction().await?;
        self.tries += 1;
        Ok(Tx {
            db: self.db.clone(),
            session,
            now: self.db.clock().now(),
            author: self.author.user,
            operation: None,
        })
    }

    /// Commits or aborts. `Continue` asks for another try.
    pub async fn end<R>(&mut self, mut tx: Tx, outcome: Result<R>) -> ControlFlow<Result<R>> {
        let error = match outcome {
            Ok(value) => match self.commit(&mut tx).await {
                Ok(()) => return ControlFlow::Break(Ok(value)),
                Err(error) => AppError::Database(error),
            },
            Err(error) => {
                // The abort only frees what the server would time out anyway: its failure changes nothing.
                if let Err(abort) = tx.session.abort_transaction().await {
                    tracing::debug!(kind = ?abort.kind, "abort transaction");
                }
                error
            }
        };
        let transient =
            matches!(&error, AppError::Database(e) if e.contains_label(TRANSIENT_TRANSACTION_ERROR));
        if !transient || Instant::now() >= self.deadline {
            return ControlFlow::Break(Err(error));
        }
        metrics::counter!("stoa_transaction_retries_total").increment(1);
        tokio::time::sleep(back_off(self.tries)).await;
        ControlFlow::Continue(())
    }

    async fn commit(&self, tx: &mut Tx) -> mongodb::error::Result<()> {
        loop {
            match tx.session.commit_transaction().await {
                Err(error)
                    if error.contains_label(UNKNOWN_TRANSACTION_COMMIT_RESULT)
                        && Instant::now() < self.deadline =>
                {
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
                other => return other,
            }
        }
    }
}

/// Full jitter between nothing and a bound that doubles from 4 ms to 256 ms.
fn back_off(tries: u32) -> Duration {
    let bound = 4_u64 << tries.min(6);
    Duration::from_millis(rand::random_range(0..=bound))
}

/// Fixes the output type of a transaction's body, so that `?` works inside it.
pub async fn typed<R>(body: impl Future<Output = Result<R>>) -> Result<R> {
    body.await
}

/// Runs a body in a transaction, again while the database asks for it. The body must not consume what it captures.
#[macro_export]
macro_rules! transaction {
    ($db:expr, $author:expr, |$tx:ident| $body:expr) => {{
        let mut attempts = $crate::db::Attempts::start($db, $author).await?;
        loop {
            let mut $tx = attempts.begin().await?;
            let outcome = $crate::db::typed(async { $body }).await;
            match attempts.end($tx, outcome).await {
                std::ops::ControlFlow::Break(result) => break result,
                std::ops::ControlFlow::Continue(()) => {}
            }
        }
    }};
}
