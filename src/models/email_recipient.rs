//! Addresses that automatic mail goes to: how much lately, and to which of them none goes any more.

use crate::db::{
    Direction::{Down, Up},
    Index, TenantModel,
};
use crate::model;
use crate::permissions::EmailRecipientsRead;
use crate::schema::{FieldSpec, Kind};
use bson::{DateTime, oid::ObjectId};

/// Automatic mails to one address that are remembered: more than any cap.
pub const MAX_RECENT: usize = 400;

const SENT: &[FieldSpec] = &[
    FieldSpec::time().named("at", "When it was sent."),
    FieldSpec::id_of("").named("ticket_id", "Ticket that it was about."),
];

model! {
    /// An address that automatic mail went to, or that mail could not be delivered to.
    tenant EmailRecipient in "email_recipients" as "email_recipients" {
        /// Address.
        address: String = FieldSpec::new(Kind::Email).read_only().filter();
        /// No automatic mail goes there until then.
        suppressed_until: Option<DateTime> = FieldSpec::time().read_only().nullable();
        /// What the other server said.
        suppressed_reason: Option<String> = FieldSpec::text(0, 300).read_only().nullable();
        /// When too many automatic mails were last held back, and administrators were told.
        capped_at: Option<DateTime> = FieldSpec::time().read_only().nullable();
        /// The automatic mails of the last hours.
        recent: Vec<bson::Document> = FieldSpec::new(Kind::Objects { fields: SENT, max: MAX_RECENT }).hidden();
        /// Ticket of the mail that was last held back or returned.
        ticket_id: Option<ObjectId> = FieldSpec::id_of("tickets").read_only().nullable();
    }
    indexes &[
        Index::on("recipient_address", &[("address", Up)]).unique_for_ever(),
        Index::on("recipient_created", &[("created_at", Down), ("_id", Down)]),
        Index::on("recipient_updated", &[("updated_at", Down), ("_id", Down)]),
    ]
}

impl TenantModel for EmailRecipient {
    type Read = EmailRecipientsRead;
}
