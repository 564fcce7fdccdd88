//! Jobs: work that is kept until it is done, whatever happens to the process that does it.

use crate::db::{
    Direction::{Down, Up},
    Index, Leased, TenantModel,
};
use crate::model;
use crate::permissions::JobsRead;
use crate::schema::{Default, FieldSpec, Kind};
use bson::DateTime;

crate::text_enum! {
    /// How far a job has come.
    pub enum JobState {
        /// Waits for its time and a worker.
        Ready = "ready",
        /// A worker has it.
        Leased = "leased",
        /// Its effect is there.
        Done = "done",
        /// Given up after its last attempt, or as it can never succeed.
        Dead = "dead",
        /// Taken back by a person before it was done.
        Cancelled = "cancelled",
    }
}

model! {
    /// A piece of work for workers. It is done at least once; its effects in the database exactly once.
    tenant Job in "jobs" as "jobs" {
        /// What is to be done, such as `emails.send`.
        kind: String = FieldSpec::text(1, 60).read_only().filter();
        /// What it needs to know.
        payload: bson::Document = FieldSpec::new(Kind::Json { max_bytes: 65_536 }).hidden();
        /// How far it has come.
        state: JobState = FieldSpec::one_of(JobState::NAMES).read_only().default(Default::Text("ready")).filter();
        /// Jobs with a smaller number are taken first, of those that are due.
        priority: i64 = FieldSpec::int(0, 9).read_only().default(Default::Int(5));
        /// Not before this time.
        run_at: DateTime = FieldSpec::time().read_only().filter();
        /// Attempts so far.
        attempt: i64 = FieldSpec::int(0, i64::MAX).read_only().default(Default::Int(0));
        /// After so many it is given up.
        max_attempts: i64 = FieldSpec::int(1, 100).read_only().default(Default::Int(10));
        /// Worker that has it.
        lease_owner: Option<String> = FieldSpec::text(0, 100).read_only().nullable();
        /// The worker has it until then, unless it says again that it lives.
        lease_until: Option<DateTime> = FieldSpec::time().read_only().nullable();
        /// Counts the leases; results of an older one are refused.
        fence: i64 = FieldSpec::int(0, i64::MAX).read_only().default(Default::Int(0));
        /// There is no second job of the company with this key.
        unique_key: Option<String> = FieldSpec::text(0, 200).hidden().nullable();
        /// Why the last attempt failed.
        last_error: Option<String> = FieldSpec::text(0, 500).read_only().nullable();
        /// When it was done, given up or cancelled.
        finished_at: Option<DateTime> = FieldSpec::time().read_only().nullable();
    }
    indexes &[
        Index::on("job_due", &[("state", Up), ("priority", Up), ("run_at", Up)]).global(),
        Index::on("job_lease", &[("state", Up), ("lease_until", Up)]).global(),
        Index::on("job_key", &[("unique_key", Up)]).unique_for_ever().where_present("unique_key"),
        Index::on("job_created", &[("created_at", Down), ("_id", Down)]),
        Index::on("job_updated", &[("updated_at", Down), ("_id", Down)]),
        Index::on("job_state", &[("state", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("job_expiry", &[("finished_at", Up)]).global().expire_after(7 * 86_400),
    ]
}

impl TenantModel for Job {
    type Read = JobsRead;
}

impl Leased for Job {}
