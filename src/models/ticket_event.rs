//! Events of tickets: what happened, when and by whom.

use super::Visibility;
use crate::db::{
    Direction::{Down, Up},
    Expr, Index, TenantModel,
};
use crate::model;
use crate::permissions::{Actor, Caller, EventsRead, Reach, masks};
use crate::schema::{Default, FieldSpec, Kind};
use bson::oid::ObjectId;

crate::text_enum! {
    /// What happened to a ticket.
    pub enum EventKind {
        /// It was filed.
        Created = "ticket.created",
        /// Fields changed.
        Updated = "ticket.updated",
        /// Its status changed.
        StatusChanged = "ticket.status_changed",
        /// Its assignee or department changed.
        Assigned = "ticket.assigned",
        /// Nobody could be found to assign it to.
        Unassignable = "ticket.unassignable",
        /// A message was added.
        MessageAdded = "message.added",
        /// A message was corrected.
        MessageEdited = "message.edited",
        /// A message was redacted.
        MessageRedacted = "message.redacted",
        /// It was archived.
        Archived = "ticket.archived",
        /// It was taken out of the archive.
        Unarchived = "ticket.unarchived",
        /// It was moved to the trash.
        Deleted = "ticket.deleted",
        /// It was taken back from the trash.
        Restored = "ticket.restored",
        /// It was merged into another, or another into it.
        Merged = "ticket.merged",
        /// A merge was undone.
        Unmerged = "ticket.unmerged",
        /// Messages were split off.
        Split = "ticket.split",
        /// Followers changed.
        FollowersChanged = "ticket.followers_changed",
        /// It was marked as spam.
        Spam = "ticket.spam",
        /// A program answered by mail.
        AutoResponded = "message.auto_response",
        /// A message could not be delivered by mail.
        Bounced = "message.bounced",
        /// An automatic answer was held back, as too many went to the same address.
        LoopSuppressed = "ticket.loop_suppressed",
    }
}

model! {
    /// Something that happened to a ticket.
    tenant TicketEvent in "ticket_events" as "ticket_events" {
        /// Ticket.
        ticket_id: ObjectId = FieldSpec::id_of("tickets").read_only().filter();
        /// Place in the ticket's history.
        seq: i64 = FieldSpec::int(1, i64::MAX).read_only().filter().sort();
        /// What happened.
        kind: EventKind = FieldSpec::one_of(EventKind::NAMES).read_only().filter();
        /// Whether clients may see it.
        visibility: Visibility = FieldSpec::one_of(Visibility::NAMES).read_only().default(Default::Text("private"));
        /// Person who did it; none for the system.
        actor_id: Option<ObjectId> = FieldSpec::id_of("users").read_only().nullable();
        /// The person's name then.
        actor_name: Option<String> = FieldSpec::text(0, 120).read_only().nullable();
        /// Changed fields: a list of `{field, from, to}`.
        changes: bson::Bson = FieldSpec::new(Kind::Json { max_bytes: 1 << 20 }).read_only().nullable();
        /// Message that it is about.
        message_id: Option<ObjectId> = FieldSpec::id_of("").read_only().nullable();
        /// Why, as the person said.
        reason: Option<String> = FieldSpec::text(0, 500).read_only().nullable();
        /// Bulk operation that it was part of.
        bulk_id: Option<String> = FieldSpec::text(0, 64).read_only().nullable();
        /// Merge that it was part of.
        merge_id: Option<ObjectId> = FieldSpec::id_of("").read_only().nullable();
    }
    indexes &[
        Index::on("event_seq", &[("ticket_id", Up), ("seq", Up)]).unique_for_ever(),
        Index::on("event_created", &[("ticket_id", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("event_type", &[("kind", Up), ("created_at", Down)]),
    ]
}

impl TenantModel for TicketEvent {
    // Clients do not see numbers: gaps would tell them of what is private.
    const DEFAULT_SORT: &'static str = "created_at";
    const CENSORED: bool = true;
    type Read = EventsRead;

    /// A public event may tell of fields that only staff sees.
    fn censor(document: &mut bson::Document, caller: &Caller) {
        masks::censor_changes(document.get_mut("changes"), "tickets", caller.actor().role());
    }

    /// Events are reached through their ticket, whose own rows are checked first.
    fn rows(reach: Reach, _: &Actor) -> Expr {
        match reach {
            Reach::All => Expr::All,
            Reach::PublicPart => Expr::eq("visibility", Visibility::Public),
            _ => Expr::Nothing,
        }
    }
}
