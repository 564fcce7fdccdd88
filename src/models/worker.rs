//! Workers: the processes that do jobs, as they told of themselves last.

use crate::db::{
    Direction::{Down, Up},
    Index, Leased, TenantModel,
};
use crate::model;
use crate::permissions::WorkersRead;
use crate::schema::{FieldSpec, Kind};
use bson::DateTime;

crate::text_enum! {
    /// What a worker is about.
    pub enum WorkerState {
        /// It takes jobs.
        Working = "working",
        /// It was told to end: it finishes or hands back what it has.
        Draining = "draining",
    }
}

/// Most running jobs that a worker tells by name.
pub const MAX_RUNNING: usize = 100;

/// A job that a worker has.
const RUNNING: &[FieldSpec] = &[
    FieldSpec::id_of("").named("job_id", "The job."),
    FieldSpec::text(1, 60).named("kind", "What it does."),
    FieldSpec::time().named("started_at", "When the worker took it."),
];

model! {
    /// A process that does jobs. It belongs to the platform. One that ends leaves no record; of one that was killed the
    /// record stays for five minutes, and `seen_at` tells when it was last heard of.
    tenant Worker in "workers" as "workers" {
        /// Name of the machine.
        host: String = FieldSpec::text(0, 255).read_only().filter();
        /// Number of the process.
        pid: i64 = FieldSpec::int(0, i64::MAX).read_only();
        /// Version of the program.
        program: String = FieldSpec::text(1, 60).read_only();
        /// The command that it runs: `serve` or `worker`.
        command: String = FieldSpec::text(1, 20).read_only();
        /// What it is about.
        state: WorkerState = FieldSpec::one_of(WorkerState::NAMES).read_only();
        /// Jobs that it does at the same time.
        concurrency: i64 = FieldSpec::int(1, i64::MAX).read_only();
        /// Jobs that it has, 100 at most.
        running: Vec<bson::Document> = FieldSpec::new(Kind::Objects { fields: RUNNING, max: MAX_RUNNING }).read_only();
        /// Attempts that it finished since it began.
        attempts: i64 = FieldSpec::int(0, i64::MAX).read_only();
        /// When it was last heard of; every five seconds.
        seen_at: DateTime = FieldSpec::time().read_only();
    }
    indexes &[
        Index::on("worker_created", &[("created_at", Down), ("_id", Down)]).global(),
        Index::on("worker_updated", &[("updated_at", Down), ("_id", Down)]).global(),
        Index::on("worker_expiry", &[("seen_at", Up)]).global().expire_after(300),
    ]
}

impl TenantModel for Worker {
    type Read = WorkersRead;
}

impl Leased for Worker {}
