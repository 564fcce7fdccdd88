//! The connection to MongoDB and the doors through which it can be used; the driver's handles stay inside.

use super::{Global, GlobalModel, Reader, TenantModel, Waits, batch::Batch, tripwire::Tripwire, wall::Wall};
use crate::errors::{AppError, Code, Problem, Result};
use crate::permissions::{Permission, Permit, TenantScope};
use crate::support::{Clock, OneEach};
use bson::{Bson, Document, RawDocumentBuf, doc, oid::ObjectId};
use mongodb::options::{Acknowledgment, ClientOptions, ReadConcern, SelectionCriteria, WriteConcern};
use mongodb::{Client, ClientSession, Collection, Database};
use secrecy::{ExposeSecret, SecretString};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::OwnedMutexGuard;

/// How to connect.
#[derive(Clone)]
pub struct ConnectOptions {
    /// Address with credentials.
    pub uri: SecretString,
    /// Name of the database.
    pub database: String,
    /// Most connections to each server.
    pub max_pool: u32,
    /// How long to look for a server before giving up.
    pub selection_timeout: Duration,
    /// Reads of tenant records pass the monitor of the driver's events as writes do. The driver then reads every reply a
    /// second time, a third of what a list costs; without it the same check is made before a read is sent.
    pub monitor_reads: bool,
}

/// How long a write stands in line; shorter than a request may take, so that its answer still arrives.
const TURN_WAIT: Duration = Duration::from_secs(12);

struct Inner {
    client: Client,
    database: Database,
    /// The same database for reads, with or without the monitor.
    reads: Database,
    monitor_reads: bool,
    batches: Mutex<HashMap<&'static str, Batch>>,
    clock: Clock,
    tripwire: Tripwire,
    turns: OneEach<Option<ObjectId>>,
    waits: Waits,
}

/// The database. Cheap to clone. Tenant records are reached by a permit or a scope only.
#[derive(Clone)]
pub struct Db {
    inner: Arc<Inner>,
}

impl Db {
    /// Connects with majority read and write concern, so that what was acknowledged is never lost.
    pub async fn connect(options: &ConnectOptions, clock: Clock) -> Result<Self> {
        let mut client = ClientOptions::parse(options.uri.expose_secret()).await?;
        let tripwire = Tripwire::new(&options.database);
        client.app_name = Some("stoa".to_owned());
        client.max_pool_size = Some(options.max_pool);
        client.server_selection_timeout = Some(options.selection_timeout);
        client.connect_timeout = Some(options.selection_timeout);
        client.retry_reads = Some(true);
        client.retry_writes = Some(true);
        client.read_concern = Some(ReadConcern::majority());
        client.write_concern =
            Some(WriteConcern::builder().w(Acknowledgment::Majority).journal(true).build());
        client.selection_criteria =
            Some(SelectionCriteria::ReadPreference(mongodb::options::ReadPreference::Primary));
        let waits = Waits::default();
        client.cmap_event_handler = Some(waits.handler());
        let silent = (!options.monitor_reads).then(|| client.clone());
        client.command_event_handler = Some(tripwire.handler());
        let client = Client::with_options(client)?;
        let database = client.database(&options.database);
        let reads = match silent {
            Some(options_of_reads) => Client::with_options(options_of_reads)?.database(&options.database),
            None => database.clone(),
        };
        let (monitor_reads, batches, turns) = (options.monitor_reads, Mutex::default(), OneEach::default());
        let inner = Inner { client, database, reads, monitor_reads, batches, clock, tripwire, turns, waits };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// The records that the permit admits.
    pub fn of<P: Permission>(&self, permit: &Permit<P>) -> Reader<P::Resource> {
        let wall = Wall::of::<P::Resource>(permit.scope(), permit.rows());
        self.reader(wall)
    }

    fn reader<M: TenantModel>(&self, wall: Wall) -> Reader<M> {
        let tripwire = (!self.inner.monitor_reads).then(|| self.inner.tripwire.clone());
        Reader::new(self.inner.reads.collection(M::COLLECTION), wall, tripwire)
    }

    /// All records of the scope: for services that work beside a permitted record. Records of the platform have no
    /// company and are not to be had here:
    /// ```compile_fail,E0277
    /// use stoa::{db::{Db, Reader}, models::Session, permissions::TenantScope};
    /// fn all(db: &Db, scope: &TenantScope) -> Reader<Session> { db.within::<Session>(scope) }
    /// ```
    /// Those of a tenant model are:
    /// ```no_run
    /// use stoa::{db::{Db, Reader}, models::Tag, permissions::TenantScope};
    /// fn all(db: &Db, scope: &TenantScope) -> Reader<Tag> { db.within::<Tag>(scope) }
    /// ```
    pub fn within<M: TenantModel>(&self, scope: &TenantScope) -> Reader<M> {
        self.reader(Wall::of::<M>(scope, super::Expr::All))
    }

    /// Records of the platform. A tenant model has no such door:
    /// ```compile_fail,E0277
    /// use stoa::{db::Db, models::Ticket};
    /// fn open(db: &Db) { let _ = db.global::<Ticket>(); }
    /// ```
    /// ```no_run
    /// use stoa::{db::Db, models::Session};
    /// fn open(db: &Db) { let _ = db.global::<Session>(); }
    /// ```
    /// Nor does the driver's handle come out:
    /// ```compile_fail,E0624
    /// use stoa::db::Db;
    /// fn raw(db: &Db) { let _ = db.collection("tickets"); }
    /// ```
    pub fn global<M: GlobalModel>(&self) -> Global<'static, M> {
        Global::new(self.collection(M::COLLECTION), None, self.inner.clock.now())
    }

    /// The records of the platform with these ids, as far as they exist. Calls at the same moment share one command.
    pub async fn global_by_ids<M: GlobalModel>(
        &self,
        ids: impl IntoIterator<Item = impl Into<Bson>>,
    ) -> Result<Vec<M>> {
        let batch = {
            let mut batches = self.inner.batches.lock().unwrap_or_else(PoisonError::into_inner);
            let new = || Batch::new(self.inner.reads.collection(M::COLLECTION));
            batches.entry(M::COLLECTION).or_insert_with(new).clone()
        };
        let rows = batch.get(ids.into_iter().map(Into::into).collect()).await?;
        rows.iter().map(|raw| Ok(bson::deserialize_from_slice(raw.as_bytes())?)).collect()
    }

    /// The clock by which records are stamped.
    pub fn clock(&self) -> &Clock {
        &self.inner.clock
    }

    /// How long operations wait for a connection.
    pub fn waits(&self) -> &Waits {
        &self.inner.waits
    }

    /// The monitor of commands.
    pub fn tripwire(&self) -> &Tripwire {
        &self.inner.tripwire
    }

    /// What a server of the wanted kind says of itself.
    pub(super) async fn hello(&self, which: SelectionCriteria) -> Result<Document> {
        Ok(self.inner.database.run_command(doc! { "hello": 1 }).selection_criteria(which).await?)
    }

    /// The raw database, for the migration runner and nothing else.
    pub(crate) fn for_migrations(&self) -> &Database {
        &self.inner.database
    }

    pub(super) fn collection(&self, name: &str) -> Collection<RawDocumentBuf> {
        self.inner.database.collection(name)
    }

    pub(super) async fn start_session(&self) -> Result<ClientSession> {
        let options = mongodb::options::TransactionOptions::builder()
            .read_concern(ReadConcern::snapshot())
            .write_concern(WriteConcern::builder().w(Acknowledgment::Majority).build())
            .max_commit_time(Duration::from_secs(10))
            .build();
        Ok(self.inner.client.start_session().default_transaction_options(options).await?)
    }

    /// The turn of a company's writes in this process; answers `overloaded` when the line does not move.
    pub(super) async fn turn(&self, company: Option<ObjectId>) -> Result<OwnedMutexGuard<()>> {
        tokio::time::timeout(TURN_WAIT, self.inner.turns.wait(company)).await.map_err(|_| {
            let detail = "Too many changes of this company are waiting. Try again.";
            AppError::from(Problem::new(Code::Overloaded, detail).retry_after(2))
        })
    }

    /// Stage names of the winning plan of a command, outermost first.
    pub(super) async fn explain(&self, command: Document) -> Result<Vec<String>> {
        let reply =
            self.inner.database.run_command(doc! { "explain": command, "verbosity": "queryPlanner" }).await?;
        let mut stages = Vec::new();
        let mut plan = reply.get_document("queryPlanner").and_then(|p| p.get_document("winningPlan")).ok();
        while let Some(stage) = plan {
            stages.extend(stage.get_str("stage").map(str::to_owned));
            plan = stage.get_document("inputStage").ok();
        }
        Ok(stages)
    }
}
