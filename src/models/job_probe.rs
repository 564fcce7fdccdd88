//! Probes of the queue: what jobs of the kind `jobs.probe` leave behind, so that their effects can be counted.

use crate::db::{Direction::Up, Index};
use crate::model;
use crate::schema::FieldSpec;
use bson::{DateTime, oid::ObjectId};

model! {
    /// The effect of one probe. `stoa probe-jobs` counts them: one for each job, or the queue is broken.
    global JobProbe in "job_probes" keyed ObjectId {
        /// The call of `stoa probe-jobs`.
        run_id: ObjectId = FieldSpec::id_of("");
        /// The job that left it.
        job_id: ObjectId = FieldSpec::id_of("");
        /// When.
        created_at: DateTime = FieldSpec::time();
    }
    indexes &[
        Index::on("probe_run", &[("run_id", Up), ("job_id", Up)]).global(),
        Index::on("probe_expiry", &[("created_at", Up)]).global().expire_after(86_400),
    ]
}
