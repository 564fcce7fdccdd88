//! Connections to Microsoft Teams: channels in which cards tell of tickets.

use super::{EventKind, Priority};
use crate::db::{
    Direction::{Down, Up},
    Index, TenantModel,
};
use crate::model;
use crate::permissions::TeamsConnectionsRead;
use crate::schema::{Default, FieldSpec, Kind};
use bson::{DateTime, oid::ObjectId};

model! {
    /// A channel of Microsoft Teams in which cards tell of tickets.
    tenant TeamsConnection in "teams_connections" as "teams_connections" {
        /// What people call it.
        name: String = FieldSpec::text(1, 80).required().sort().fold();
        /// How cards get there: by the webhook of a workflow.
        kind: String = FieldSpec::one_of(&["workflow_webhook"]).default(Default::Text("workflow_webhook"));
        /// The workflow's address. It is a credential: it is kept sealed and never answered; see `url_host`.
        url: Option<String> = FieldSpec::text(1, 4000).required();
        /// Host of the workflow's address.
        url_host: Option<String> = FieldSpec::text(0, 260).read_only().nullable();
        /// Name of the channel, for people.
        channel_label: Option<String> = FieldSpec::text(0, 120).nullable();
        /// Events that are told.
        events: Vec<String> = FieldSpec::new(Kind::Texts { max: 40, max_len: 60 }).among(EventKind::NAMES).required();
        /// Only tickets of these departments; of all when empty.
        department_ids: Vec<ObjectId> = FieldSpec::ids_of("departments", 50);
        /// Only tickets of these priorities; of all when empty.
        priorities: Vec<String> = FieldSpec::new(Kind::Texts { max: 4, max_len: 20 }).among(Priority::NAMES);
        /// Private notes are told too.
        include_private: bool = FieldSpec::flag(false);
        /// Cards are sent. Switching it on again forgets its failures.
        is_active: bool = FieldSpec::flag(true).filter();
        /// Failed tries since the last success.
        failures: i64 = FieldSpec::int(0, i64::MAX).read_only().default(Default::Int(0));
        /// Why the last try failed.
        last_error: Option<String> = FieldSpec::text(0, 200).read_only().nullable();
        /// Why the server switched it off: `failing`.
        disabled_reason: Option<String> = FieldSpec::text(0, 60).read_only().nullable();
        /// When the server switched it off.
        disabled_at: Option<DateTime> = FieldSpec::time().read_only().nullable();
        /// Last success, to about a minute.
        last_ok_at: Option<DateTime> = FieldSpec::time().read_only().nullable();
    }
    indexes &[
        Index::on("teams_events", &[("is_active", Up), ("events", Up)]),
        Index::on("teams_active", &[("is_active", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("teams_name_sort", &[("name_fold", Up), ("_id", Up)]),
        Index::on("teams_created", &[("created_at", Down), ("_id", Down)]),
        Index::on("teams_updated", &[("updated_at", Down), ("_id", Down)]),
    ]
}

impl TenantModel for TeamsConnection {
    // The host tells that the address changed; the address itself is for nobody to read.
    const UNQUOTED: &'static [&'static str] = &["url"];
    type Read = TeamsConnectionsRead;
}
