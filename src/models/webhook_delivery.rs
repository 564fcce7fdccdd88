//! Deliveries of events to webhooks: what was sent, what came back, and what is still to be sent.

use crate::db::{
    Direction::{Down, Up},
    Index, TenantModel,
};
use crate::model;
use crate::permissions::WebhookDeliveriesRead;
use crate::schema::{Default, FieldSpec};
use bson::{DateTime, oid::ObjectId};

crate::text_enum! {
    /// How far a delivery has come.
    pub enum DeliveryState {
        /// It is still to be sent, or to be sent again.
        Pending = "pending",
        /// The receiver has taken it.
        Delivered = "delivered",
        /// It is not sent again by itself.
        Failed = "failed",
        /// The webhook was switched off or removed before.
        Cancelled = "cancelled",
    }
}

model! {
    /// One event on its way to one webhook.
    tenant WebhookDelivery in "webhook_deliveries" as "webhook_deliveries" {
        /// Webhook.
        webhook_id: ObjectId = FieldSpec::id_of("webhooks").read_only().filter();
        /// The event's id, the same in every try and in a replay: `webhook-id` of the request.
        event_id: String = FieldSpec::text(1, 60).read_only();
        /// What happened.
        event_type: String = FieldSpec::text(1, 60).read_only();
        /// Ticket that the event is about.
        ticket_id: Option<ObjectId> = FieldSpec::id_of("tickets").read_only().nullable().filter();
        /// How far it has come.
        state: DeliveryState = FieldSpec::one_of(DeliveryState::NAMES).read_only().default(Default::Text("pending")).filter();
        /// Tries so far.
        attempts: i64 = FieldSpec::int(0, i64::MAX).read_only().default(Default::Int(0));
        /// When it is tried next; none while an earlier event of the ticket is under way.
        next_at: Option<DateTime> = FieldSpec::time().read_only().nullable();
        /// Status of the last answer.
        status_code: Option<i64> = FieldSpec::int(100, 999).read_only().nullable();
        /// Why the last try failed.
        error: Option<String> = FieldSpec::text(0, 200).read_only().nullable();
        /// Begin of the last answer.
        response_excerpt: Option<String> = FieldSpec::prose(0, 2048).read_only().nullable();
        /// Milliseconds that the last try took.
        duration_ms: Option<i64> = FieldSpec::int(0, i64::MAX).read_only().nullable();
        /// When it was delivered or given up; 30 days later it is forgotten.
        finished_at: Option<DateTime> = FieldSpec::time().read_only().nullable();
        /// Delivery that this one repeats.
        replay_of: Option<ObjectId> = FieldSpec::id_of("").read_only().nullable();
        /// The body, the same in every try.
        payload: Option<String> = FieldSpec::prose(0, 1 << 20).hidden().nullable();
        /// Ticket whose events reach the webhook one after the other; none for what stands alone.
        lane: Option<ObjectId> = FieldSpec::id_of("").hidden().nullable();
        /// Place of the event in the ticket's history.
        seq: i64 = FieldSpec::int(0, i64::MAX).hidden().default(Default::Int(0));
        /// Message that the body holds, to take its text out when it is redacted.
        message_id: Option<ObjectId> = FieldSpec::id_of("").hidden().nullable();
        /// Counts those that queued up behind it: whoever does and whoever finishes it cannot miss each other.
        followers: i64 = FieldSpec::int(0, i64::MAX).hidden().default(Default::Int(0));
    }
    indexes &[
        Index::on("delivery_lane", &[("webhook_id", Up), ("lane", Up), ("state", Up), ("seq", Up)]).where_present("lane"),
        Index::on("delivery_message", &[("message_id", Up)]).where_present("message_id"),
        Index::on("delivery_created", &[("created_at", Down), ("_id", Down)]),
        Index::on("delivery_updated", &[("updated_at", Down), ("_id", Down)]),
        Index::on("delivery_webhook", &[("webhook_id", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("delivery_webhook_state", &[("webhook_id", Up), ("state", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("delivery_state", &[("state", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("delivery_ticket", &[("ticket_id", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("delivery_expiry", &[("finished_at", Up)]).global().expire_after(30 * 86_400),
    ]
}

impl TenantModel for WebhookDelivery {
    type Read = WebhookDeliveriesRead;
}
