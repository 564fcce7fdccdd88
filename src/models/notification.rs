//! Notifications: what a person should know of, inside the application.

use crate::db::{
    Direction::{Down, Up},
    Expr, Index, TenantModel,
};
use crate::model;
use crate::permissions::{Actor, NotificationsRead, Reach};
use crate::schema::{Default, FieldSpec};
use bson::oid::ObjectId;

model! {
    /// Something that a person should know of.
    tenant Notification in "notifications" as "notifications" {
        /// Person to be told.
        user_id: ObjectId = FieldSpec::id_of("users").read_only();
        /// Event that caused it; a person is told of an event once.
        event_id: ObjectId = FieldSpec::id_of("").read_only();
        /// What happened, such as `ticket.assigned`.
        kind: String = FieldSpec::text(1, 60).read_only().filter();
        /// Ticket that it is about.
        ticket_id: Option<ObjectId> = FieldSpec::id_of("tickets").read_only().nullable().filter();
        /// Sentence for the person.
        title: String = FieldSpec::text(0, 300).read_only();
        /// Person who did it.
        actor_id: Option<ObjectId> = FieldSpec::id_of("users").read_only().nullable();
        /// How many like events it stands for.
        count: i64 = FieldSpec::int(1, i64::MAX).read_only().default(Default::Int(1));
        /// Whether it was read.
        is_read: bool = FieldSpec::flag(false).filter();
        /// When it was read.
        read_at: Option<bson::DateTime> = FieldSpec::time().read_only().nullable();
    }
    indexes &[
        Index::on("notification_event", &[("user_id", Up), ("event_id", Up)]).unique_for_ever(),
        Index::on("notification_user", &[("user_id", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("notification_unread", &[("user_id", Up), ("is_read", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("notification_ticket", &[("user_id", Up), ("ticket_id", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("notification_updated", &[("user_id", Up), ("updated_at", Down), ("_id", Down)]),
        Index::on("notification_kind", &[("user_id", Up), ("kind", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("notification_expiry", &[("created_at", Up)]).global().expire_after(180 * 86_400),
    ]
}

impl TenantModel for Notification {
    type Read = NotificationsRead;

    fn rows(reach: Reach, actor: &Actor) -> Expr {
        if reach == Reach::Own { Expr::eq("user_id", actor.user_id()) } else { Expr::Nothing }
    }
}
