//! Log-in names: an address belongs to one user of the platform.

use crate::model;
use crate::schema::FieldSpec;
use bson::oid::ObjectId;

model! {
    /// A log-in name; its key is the normalised address.
    global UserEmail in "user_emails" keyed String {
        /// User.
        user_id: ObjectId = FieldSpec::id_of("users");
        /// It is that of the sender of a mail, of whom a company made a user. Anybody can write such a mail, so the name is
        /// kept only until somebody shows that the address is theirs, or another company adds a person with it.
        provisional: Option<bool> = FieldSpec::flag(false);
    }
    indexes &[]
}
