//! The bytes of incoming mail, in pieces that fit into a record.

use crate::db::{Direction::Up, Index, TenantModel};
use crate::model;
use crate::permissions::InboundEmailsRaw;
use crate::schema::FieldSpec;
use bson::oid::ObjectId;

model! {
    /// A piece of an incoming mail as it came.
    tenant InboundChunk in "inbound_chunks" as "inbound_chunks" {
        /// Mail.
        email_id: ObjectId = FieldSpec::id_of("inbound_emails").hidden();
        /// Place of the piece, from 0.
        n: i64 = FieldSpec::int(0, i64::MAX).hidden();
        /// The bytes in base64.
        data: String = FieldSpec::text(0, 12_000_000).hidden();
    }
    indexes &[Index::on("chunk_place", &[("email_id", Up), ("n", Up)]).unique_for_ever()]
}

impl TenantModel for InboundChunk {
    type Read = InboundEmailsRaw;
}
