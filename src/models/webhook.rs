//! Webhooks: addresses of other programs that are told what happens to tickets.

use crate::db::{
    Direction::{Down, Up},
    Index, TenantModel,
};
use crate::model;
use crate::models::EventKind;
use crate::permissions::WebhooksRead;
use crate::schema::{Default, FieldSpec, Kind};
use bson::DateTime;

/// What a webhook's address has to be, before it is looked at who answers there.
pub const WEB_ADDRESS: &str = "an address such as https://example.com/hooks";

/// Whether a text has the form of a web address.
pub fn is_web_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    text.len() <= 2000
        && rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'))
        && !text.chars().any(|c| c.is_whitespace() || c.is_control() || c == '\\')
}

model! {
    /// An address of another program that is told what happens to tickets.
    tenant Webhook in "webhooks" as "webhooks" {
        /// What people call it.
        name: String = FieldSpec::text(1, 80).required().sort().fold();
        /// Address that events are sent to: https, on a public host.
        url: String = FieldSpec::new(Kind::Format(is_web_address, WEB_ADDRESS)).required();
        /// Events that it is told of.
        events: Vec<String> = FieldSpec::new(Kind::Texts { max: 40, max_len: 60 }).among(EventKind::NAMES).required();
        /// It is told of private notes too.
        include_private: bool = FieldSpec::flag(false);
        /// What it is for.
        description: Option<String> = FieldSpec::prose(0, 500).nullable();
        /// Events are sent. Switching it on again forgets its failures.
        is_active: bool = FieldSpec::flag(true).filter();
        /// What events are signed with, sealed.
        secret: Option<String> = FieldSpec::prose(0, 500).hidden().nullable();
        /// The secret before the last rotation, sealed.
        previous_secret: Option<String> = FieldSpec::prose(0, 500).hidden().nullable();
        /// Until then events are also signed with the secret before the last rotation.
        previous_secret_until: Option<DateTime> = FieldSpec::time().read_only().nullable();
        /// Failed tries since the last success.
        failures: i64 = FieldSpec::int(0, i64::MAX).read_only().default(Default::Int(0));
        /// First failed try since the last success.
        failing_since: Option<DateTime> = FieldSpec::time().read_only().nullable();
        /// Why the server switched it off: `gone`, `failing` or `loop`.
        disabled_reason: Option<String> = FieldSpec::text(0, 60).read_only().nullable();
        /// When the server switched it off.
        disabled_at: Option<DateTime> = FieldSpec::time().read_only().nullable();
        /// Last success, to about a minute.
        last_ok_at: Option<DateTime> = FieldSpec::time().read_only().nullable();
    }
    indexes &[
        Index::on("webhook_events", &[("is_active", Up), ("events", Up)]),
        Index::on("webhook_active", &[("is_active", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("webhook_name_sort", &[("name_fold", Up), ("_id", Up)]),
        Index::on("webhook_created", &[("created_at", Down), ("_id", Down)]),
        Index::on("webhook_updated", &[("updated_at", Down), ("_id", Down)]),
    ]
}

impl TenantModel for Webhook {
    type Read = WebhooksRead;
}
