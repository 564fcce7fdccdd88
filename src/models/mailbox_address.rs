//! Addresses of mailboxes: each belongs to one mailbox of the platform.

use crate::model;
use crate::schema::FieldSpec;
use bson::oid::ObjectId;

model! {
    /// An address or alias of a mailbox; its key is the normalised address.
    global MailboxAddress in "mailbox_addresses" keyed String {
        /// Mailbox.
        mailbox_id: ObjectId = FieldSpec::id_of("mailboxes");
    }
    indexes &[]
}
