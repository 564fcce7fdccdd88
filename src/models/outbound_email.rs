//! Outgoing mail: what is to be sent, to whom, and how far it has come.

use crate::db::{
    Direction::{Down, Up},
    Index, TenantModel,
};
use crate::model;
use crate::permissions::OutboundEmailsRead;
use crate::schema::{Default, FieldSpec};

crate::text_enum! {
    /// How far a mail has come.
    pub enum OutboundState {
        /// Waits to be sent.
        Queued = "queued",
        /// A mail server has accepted it.
        Sent = "sent",
        /// It could not be sent and will not be tried again.
        Failed = "failed",
        /// It is kept here only, as no mail server is configured.
        Kept = "kept",
    }
}

model! {
    /// A mail to one person, made from a template.
    tenant OutboundEmail in "outbound_emails" as "outbound_emails" {
        /// Key of the template, such as `password_reset`.
        template: String = FieldSpec::text(1, 60).read_only().filter();
        /// Address of the recipient.
        to: String = FieldSpec::text(1, 254).read_only().filter();
        /// Display name of the recipient.
        to_name: Option<String> = FieldSpec::text(0, 120).read_only().nullable();
        /// Language that the recipient prefers.
        locale: Option<String> = FieldSpec::text(0, 35).read_only().nullable();
        /// It carries a credential: nobody reads its text but the recipient.
        sensitive: bool = FieldSpec::flag(false).read_only();
        /// What the template is filled with: JSON, sealed.
        variables: String = FieldSpec::prose(0, 100_000).hidden();
        /// There is no second mail of the company with this key.
        dedupe_key: String = FieldSpec::text(1, 200).hidden();
        /// Ticket that it is about.
        ticket_id: Option<bson::oid::ObjectId> = FieldSpec::id_of("tickets").read_only().nullable().filter();
        /// Message of the ticket that it carries.
        message_id: Option<bson::oid::ObjectId> = FieldSpec::id_of("ticket_messages").read_only().nullable();
        /// How far it has come.
        state: OutboundState = FieldSpec::one_of(OutboundState::NAMES).read_only().default(Default::Text("queued")).filter();
    }
    indexes &[
        Index::on("outbound_dedupe", &[("dedupe_key", Up)]).unique_for_ever(),
        Index::on("outbound_created", &[("created_at", Down), ("_id", Down)]),
        Index::on("outbound_updated", &[("updated_at", Down), ("_id", Down)]),
        Index::on("outbound_state", &[("state", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("outbound_ticket", &[("ticket_id", Up), ("created_at", Down), ("_id", Down)]),
    ]
}

impl TenantModel for OutboundEmail {
    type Read = OutboundEmailsRead;
}
