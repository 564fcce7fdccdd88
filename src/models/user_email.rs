//! Log-in names: an address belongs to one user of the platform.

use crate::model;
use crate::schema::FieldSpec;
use bson::oid::ObjectId;

model! {
    /// A log-in name; its key is the normalised address.
    global UserEmail in "user_emails" keyed String {
        /// User.
        user_id: ObjectId = FieldSpec::id_of("users");
    }
    indexes &[]
}
