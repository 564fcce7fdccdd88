//! Secret addresses over which mail servers deliver; only their hashes are kept.

use crate::model;
use crate::schema::FieldSpec;
use bson::oid::ObjectId;

model! {
    /// The address of one mailbox; its key is the SHA-256 of the token in it.
    global InboundToken in "inbound_tokens" keyed String {
        /// Mailbox.
        mailbox_id: ObjectId = FieldSpec::id_of("mailboxes");
        /// What deliveries are signed with, sealed.
        secret: String = FieldSpec::text(1, 500).hidden();
    }
    indexes &[crate::db::Index::on("token_mailbox", &[("mailbox_id", crate::db::Direction::Up)]).global()]
}
