//! Incoming mail: what came in, when, and what became of it.

use crate::db::{
    Direction::{Down, Up},
    Index, TenantModel,
};
use crate::model;
use crate::permissions::InboundEmailsRead;
use crate::schema::{Default, FieldSpec};
use bson::{DateTime, oid::ObjectId};

crate::text_enum! {
    /// How far an incoming mail has come.
    pub enum InboundState {
        /// It is kept and waits to be looked at.
        Received = "received",
        /// It is in a ticket.
        Processed = "processed",
        /// It is in no ticket, and `reason` tells why.
        Ignored = "ignored",
        /// It could not be dealt with; it is tried again while its job lives, and whenever someone asks.
        Failed = "failed",
    }
}

const MATCH: &[FieldSpec] = &[
    FieldSpec::one_of(&[
        "reply_address",
        "references",
        "message_id",
        "subject_tag",
        "same_mail",
        "bounce",
        "forward",
        "none",
    ])
    .named("rule", "How the ticket was found."),
    FieldSpec::id_of("tickets").nullable().named("ticket_id", "The ticket that the rule found."),
];

model! {
    /// A mail that came in. Its bytes are kept beside it.
    tenant InboundEmail in "inbound_emails" as "inbound_emails" {
        /// Mailbox that it came to.
        mailbox_id: ObjectId = FieldSpec::id_of("mailboxes").read_only().filter();
        /// `imap` or `webhook`.
        source: String = FieldSpec::one_of(&["imap", "webhook"]).read_only().filter();
        /// SHA-256 of its bytes; a mailbox takes the same bytes once.
        hash: String = FieldSpec::text(64, 64).read_only();
        /// Its message id; made from the hash when it has none.
        message_id: String = FieldSpec::text(1, 500).read_only().filter();
        /// The message id, of the first mail of the mailbox that has it.
        first_key: Option<String> = FieldSpec::text(1, 500).hidden().nullable();
        /// Message id and department, of the mail of the company that was filed for them.
        filed_key: Option<String> = FieldSpec::text(1, 600).hidden().nullable();
        /// Bytes.
        size: i64 = FieldSpec::int(0, i64::MAX).read_only();
        /// It was longer than what is taken in: only its headers are kept.
        too_large: bool = FieldSpec::flag(false).read_only();
        /// Address of the sender, as the mail says.
        from: Option<String> = FieldSpec::text(0, 254).read_only().nullable().filter();
        /// Subject.
        subject: String = FieldSpec::text(0, 200).read_only();
        /// How far it has come.
        state: InboundState = FieldSpec::one_of(InboundState::NAMES).read_only().default(Default::Text("received")).filter();
        /// How its ticket was found.
        r#match: Option<bson::Document> = FieldSpec::new(crate::schema::Kind::Object(MATCH)).read_only().nullable();
        /// Ticket that it is in.
        ticket_id: Option<ObjectId> = FieldSpec::id_of("tickets").read_only().nullable().filter();
        /// Message that it became.
        message: Option<ObjectId> = FieldSpec::id_of("ticket_messages").read_only().nullable();
        /// Why it is in no ticket, or why it counts as automatic.
        reason: Option<String> = FieldSpec::text(0, 60).read_only().nullable().filter();
        /// Why it could not be dealt with.
        error: Option<String> = FieldSpec::text(0, 500).read_only().nullable();
        /// How often it was asked to be looked at.
        runs: i64 = FieldSpec::int(0, i64::MAX).read_only().default(Default::Int(1));
        /// When it was dealt with.
        processed_at: Option<DateTime> = FieldSpec::time().read_only().nullable();
    }
    indexes &[
        Index::on("inbound_hash", &[("mailbox_id", Up), ("hash", Up)]).unique_for_ever(),
        Index::on("inbound_first", &[("mailbox_id", Up), ("first_key", Up)]).unique_for_ever().where_present("first_key"),
        Index::on("inbound_filed", &[("filed_key", Up)]).unique_for_ever().where_present("filed_key"),
        Index::on("inbound_created", &[("created_at", Down), ("_id", Down)]),
        Index::on("inbound_updated", &[("updated_at", Down), ("_id", Down)]),
        Index::on("inbound_state", &[("state", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("inbound_mailbox", &[("mailbox_id", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("inbound_ticket", &[("ticket_id", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("inbound_message_id", &[("message_id", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("inbound_from", &[("from", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("inbound_source", &[("source", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("inbound_reason", &[("reason", Up), ("created_at", Down), ("_id", Down)]),
    ]
}

impl TenantModel for InboundEmail {
    const UNQUOTED: &'static [&'static str] = &["subject", "from"];
    type Read = InboundEmailsRead;
}
