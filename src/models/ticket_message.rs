//! Messages of tickets: public replies and private notes.

use crate::db::{
    Direction::{Down, Text, Up},
    Expr, Index, TenantModel,
};
use crate::model;
use crate::permissions::{Actor, MessagesRead, Reach};
use crate::schema::{Default, FieldSpec, Kind};
use bson::{DateTime, oid::ObjectId};

crate::text_enum! {
    /// What a message is.
    pub enum MessageKind {
        /// To everyone on the ticket.
        PublicReply = "public_reply",
        /// Among staff.
        PrivateNote = "private_note",
        /// Mail to a third party, seen by staff.
        SideConversation = "side_conversation",
        /// From the system.
        System = "system",
        /// From a bot.
        Bot = "bot",
    }
}

crate::text_enum! {
    /// Who may read a message.
    pub enum Visibility {
        /// Everyone on the ticket.
        Public = "public",
        /// Staff.
        Private = "private",
    }
}

/// Earlier texts that are kept of a message.
pub const MAX_REVISIONS: usize = 50;

/// Most files of a message.
pub const MAX_ATTACHMENTS: usize = 10;

const ATTACHMENT: &[FieldSpec] = &[
    FieldSpec::id_of("").named("id", "The upload."),
    FieldSpec::text(1, 255).named("filename", "Name for people."),
    FieldSpec::int(0, i64::MAX).named("size", "Bytes."),
    FieldSpec::text(1, 120).named("content_type", "What its bytes say that it is."),
];

const REVISION: &[FieldSpec] = &[
    FieldSpec::prose(0, 60_000).named("body", "Plain text."),
    FieldSpec::prose(0, 100_000).nullable().named("body_html", "Formatted text."),
    FieldSpec::time().named("replaced_at", "When it was replaced."),
    FieldSpec::id_of("users").nullable().named("replaced_by", "Who replaced it."),
];

model! {
    /// One message in the conversation of a ticket.
    tenant TicketMessage in "ticket_messages" as "ticket_messages" {
        /// Ticket.
        ticket_id: ObjectId = FieldSpec::id_of("tickets").read_only().filter();
        /// Ticket for which it was written, when tickets were merged since.
        origin_ticket_id: Option<ObjectId> = FieldSpec::id_of("tickets").read_only().nullable();
        /// Merges that brought it here.
        merge_ids: Option<Vec<ObjectId>> = FieldSpec::ids_of("", 100).hidden();
        /// Merge that made a public message private, as the tickets had different requesters.
        hidden_by: Option<ObjectId> = FieldSpec::id_of("").hidden().nullable();
        /// Message whose text this one repeats, since it was split off with its ticket.
        copied_from: Option<ObjectId> = FieldSpec::id_of("").hidden().nullable();
        /// Place in the conversation.
        seq: i64 = FieldSpec::int(1, i64::MAX).read_only().filter().sort();
        /// Public reply or private note.
        kind: MessageKind = FieldSpec::one_of(&["public_reply", "private_note"]).create_only().default(Default::Text("public_reply"));
        /// Who may read it; follows from the kind.
        visibility: Visibility = FieldSpec::one_of(Visibility::NAMES).read_only().default(Default::Text("public")).filter();
        /// Author.
        author_id: Option<ObjectId> = FieldSpec::id_of("users").read_only().nullable();
        /// The author's name then.
        author_name: String = FieldSpec::text(0, 120).read_only();
        /// The author is of the staff.
        author_is_staff: bool = FieldSpec::flag(false).read_only();
        /// How it came in.
        via: String = FieldSpec::one_of(&["web", "email", "api", "system"]).read_only().default(Default::Text("web"));
        /// Plain text.
        body: String = FieldSpec::prose(1, 60_000).required();
        /// Formatted text; cleaned to a safe subset of HTML.
        body_html: Option<String> = FieldSpec::prose(0, 100_000).nullable();
        /// People mentioned.
        mention_ids: Vec<ObjectId> = FieldSpec::ids_of("users", 20).create_only();
        /// Files that it carries: ready ones of its author that nothing else names.
        attachment_ids: Option<Vec<ObjectId>> = FieldSpec::ids_of("uploads", MAX_ATTACHMENTS).create_only();
        /// What they are; each is read at `/api/uploads/{id}/content`.
        attachments: Option<Vec<bson::Document>> = FieldSpec::new(Kind::Objects { fields: ATTACHMENT, max: MAX_ATTACHMENTS }).read_only();
        /// It was sent by an auto-responder.
        is_auto_response: bool = FieldSpec::flag(false).read_only();
        /// Earlier texts, oldest first.
        revisions: Vec<bson::Document> = FieldSpec::new(Kind::Objects { fields: REVISION, max: MAX_REVISIONS }).read_only();
        /// When its author last corrected it.
        edited_at: Option<DateTime> = FieldSpec::time().read_only().nullable();
        /// When its text was taken out.
        redacted_at: Option<DateTime> = FieldSpec::time().read_only().nullable();
    }
    indexes &[
        Index::on("message_seq", &[("ticket_id", Up), ("seq", Up)]).unique_for_ever(),
        Index::on("message_origin", &[("origin_ticket_id", Up)]).where_present("origin_ticket_id"),
        Index::on("message_copies", &[("copied_from", Up)]).where_present("copied_from"),
        Index::on("message_attachments", &[("attachment_ids", Up)]).where_present("attachment_ids"),
        Index::on("message_created", &[("ticket_id", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("message_words", &[("visibility", Up), ("body", Text)]),
    ]
}

impl TenantModel for TicketMessage {
    // By time: messages of merged tickets take their place in the conversation, and clients do not see numbers.
    const DEFAULT_SORT: &'static str = "created_at";
    const UNQUOTED: &'static [&'static str] = &["body", "body_html", "revisions", "attachments"];
    type Read = MessagesRead;

    /// Messages are reached through their ticket, whose own rows are checked first.
    fn rows(reach: Reach, actor: &Actor) -> Expr {
        match reach {
            Reach::All => Expr::All,
            Reach::PublicPart => Expr::eq("visibility", Visibility::Public),
            Reach::Own => Expr::eq("author_id", actor.user_id()),
            _ => Expr::Nothing,
        }
    }
}
