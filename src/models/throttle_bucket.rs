//! Throttle buckets: how much of an allowance for attempts is used.

use crate::db::{Direction::Up, Index};
use crate::model;
use crate::schema::FieldSpec;

model! {
    /// A bucket of attempts; its key names what is limited and whom. Its counts belong to `auth::throttle`.
    global ThrottleBucket in "throttle_buckets" keyed String {
        /// When it is forgotten.
        expires_at: Option<bson::DateTime> = FieldSpec::time().nullable();
    }
    indexes &[Index::on("throttle_expiry", &[("expires_at", Up)]).global().expire_after(0)]
}
