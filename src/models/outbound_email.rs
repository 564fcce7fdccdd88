//! Outgoing mail: what is to be sent, to whom, and how far it has come.

use crate::db::{
    Direction::{Down, Up},
    Index, Leased, TenantModel,
};
use crate::model;
use crate::permissions::OutboundEmailsRead;
use crate::schema::{Default, FieldSpec};
use bson::{DateTime, oid::ObjectId};

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
        /// It was not sent, as the recipient may no longer see what it tells of.
        Dropped = "dropped",
        /// It was sent and came back.
        Bounced = "bounced",
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
        ticket_id: Option<ObjectId> = FieldSpec::id_of("tickets").read_only().nullable().filter();
        /// Message of the ticket that it carries.
        message_id: Option<ObjectId> = FieldSpec::id_of("ticket_messages").read_only().nullable();
        /// How far it has come.
        state: OutboundState = FieldSpec::one_of(OutboundState::NAMES).read_only().default(Default::Text("queued")).filter();
        /// Person who gets it, where it goes to a person as such.
        user_id: Option<ObjectId> = FieldSpec::id_of("users").read_only().nullable();
        /// Event of the ticket that it tells of.
        event_id: Option<ObjectId> = FieldSpec::id_of("").hidden().nullable();
        /// Subject, once it was made up.
        subject: Option<String> = FieldSpec::text(0, 1000).read_only().nullable();
        /// Mailbox that sends it; none when the platform does.
        mailbox_id: Option<ObjectId> = FieldSpec::id_of("mailboxes").read_only().nullable();
        /// Its `Message-ID`, the same at each attempt.
        internet_message_id: Option<String> = FieldSpec::text(0, 300).read_only().nullable();
        /// Attempts so far.
        attempts: i64 = FieldSpec::int(0, i64::MAX).read_only().default(Default::Int(0));
        /// An attempt ended without an answer of the server: the recipient may have it twice, with the same `Message-ID`.
        uncertain: bool = FieldSpec::flag(false).read_only();
        /// Why the last attempt failed.
        last_error: Option<String> = FieldSpec::text(0, 500).read_only().nullable();
        /// When a server accepted it.
        sent_at: Option<DateTime> = FieldSpec::time().read_only().nullable();
        /// A worker is sending it until then at most.
        claimed_until: Option<DateTime> = FieldSpec::time().hidden().nullable();
        /// When a server accepted it, noted before anything else is done about it.
        accepted_at: Option<DateTime> = FieldSpec::time().hidden().nullable();
        /// `bounced` when the recipient's server sent it back.
        delivery: Option<String> = FieldSpec::one_of(&["bounced"]).read_only().nullable();
    }
    indexes &[
        Index::on("outbound_dedupe", &[("dedupe_key", Up)]).unique_for_ever().where_present("dedupe_key"),
        Index::on("outbound_created", &[("created_at", Down), ("_id", Down)]),
        Index::on("outbound_updated", &[("updated_at", Down), ("_id", Down)]),
        Index::on("outbound_to", &[("to", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("outbound_template", &[("template", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("outbound_state", &[("state", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("outbound_expiry", &[("created_at", Up)]).global().expire_after(180 * 86_400),
        Index::on("outbound_ticket", &[("ticket_id", Up), ("created_at", Down), ("_id", Down)]),
    ]
}

impl TenantModel for OutboundEmail {
    type Read = OutboundEmailsRead;
}

// Workers take turns with it: whoever has claimed it sends it.
impl Leased for OutboundEmail {}
