//! Settings of a company's helpdesk: one record a company.

use crate::db::{Index, TenantModel};
use crate::model;
use crate::permissions::SettingsRead;
use crate::schema::{Default, FieldSpec, Kind};

model! {
    /// How a company's helpdesk works. There is one record a company, with the company's id.
    tenant Settings in "settings" as "settings" {
        /// Letters before ticket numbers, as in `ACME-123`.
        ticket_prefix: String = FieldSpec::new(Kind::Format(is_prefix, "1 to 10 upper-case letters and digits, beginning with a letter")).default(Default::Text("T"));
        /// Hours after which a solved ticket is closed.
        auto_close_hours: i64 = FieldSpec::int(1, 8760).default(Default::Int(168));
        /// Clients may set the priority of their tickets.
        client_priority: bool = FieldSpec::flag(false);
        /// Anyone may make an account of their own, as a client.
        self_registration: Option<bool> = FieldSpec::flag(false);
        /// How tickets without a department are assigned.
        assignment_strategy: super::AssignmentStrategy = FieldSpec::one_of(super::AssignmentStrategy::NAMES).default(Default::Text("manual"));
        /// The person who got the last ticket in turn.
        assignment_pointer: Option<bson::oid::ObjectId> = FieldSpec::id_of("").hidden().nullable();
        /// How many tickets were assigned in this way; each one writes it, so no two choose at the same time.
        assignment_turns: Option<i64> = FieldSpec::int(0, i64::MAX).hidden().default(Default::Int(0));
    }
    indexes &[Index::on("settings_company", &[]).unique_for_ever()]
}

impl TenantModel for Settings {
    const REQUIRE_MATCH: bool = true;
    type Read = SettingsRead;
}

fn is_prefix(text: &str) -> bool {
    (1..=10).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_uppercase())
        && text.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
}
