//! Known devices: from where a person has logged in lately.

use crate::db::{Direction::Up, Index};
use crate::model;
use crate::schema::FieldSpec;
use bson::oid::ObjectId;

model! {
    /// A program and network of a person's log-ins; its key is a hash of person, program and network.
    global KnownDevice in "known_devices" keyed String {
        /// Person.
        user_id: ObjectId = FieldSpec::id_of("users");
        /// When it is forgotten unless it is used again.
        expires_at: bson::DateTime = FieldSpec::time();
    }
    indexes &[Index::on("known_device_expiry", &[("expires_at", Up)]).global().expire_after(0)]
}
