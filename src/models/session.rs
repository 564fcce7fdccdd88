//! Sessions: a log-in and the rights that it carries, so that one read verifies a request.

use super::TicketScope;
use crate::db::{
    Direction::{Down, Up},
    Index,
};
use crate::model;
use crate::permissions::Role;
use crate::schema::{FieldSpec, Kind};
use bson::oid::ObjectId;

model! {
    /// A log-in. It holds a copy of the user's rights, changed in the transaction that changes the user.
    global Session in "sessions" keyed ObjectId {
        /// Person.
        user_id: ObjectId = FieldSpec::id_of("users");
        /// The person's name.
        user_name: String = FieldSpec::text(0, 120);
        /// Company of the person; none for superadmins.
        user_company_id: Option<ObjectId> = FieldSpec::id_of("companies").nullable();
        /// The person's role.
        role: Role = FieldSpec::one_of(Role::NAMES);
        /// The person's departments.
        department_ids: Vec<ObjectId> = FieldSpec::ids_of("departments", 50);
        /// Which tickets a writer sees.
        ticket_scope: TicketScope = FieldSpec::one_of(TicketScope::NAMES);
        /// Access tokens of an older epoch are refused.
        epoch: i64 = FieldSpec::int(0, i64::MAX);
        /// The person must choose a password before anything else.
        must_change_password: bool = FieldSpec::flag(false);
        /// The person must set up a second factor before anything else.
        must_enroll_mfa: Option<bool> = FieldSpec::flag(false).nullable();
        /// How the person proved who they are (RFC 8176).
        amr: Vec<String> = FieldSpec::new(Kind::Texts { max: 5, max_len: 20 });
        /// When the person last proved the password.
        auth_time: bson::DateTime = FieldSpec::time();
        /// Begin.
        created_at: bson::DateTime = FieldSpec::time();
        /// Last use, to the minute.
        last_seen_at: bson::DateTime = FieldSpec::time();
        /// End, whatever the use.
        expires_at: bson::DateTime = FieldSpec::time();
        /// End without use.
        idle_expires_at: bson::DateTime = FieldSpec::time();
        /// Address of the last use.
        ip: Option<String> = FieldSpec::text(0, 60).nullable();
        /// Program.
        user_agent: Option<String> = FieldSpec::text(0, 256).nullable();
    }
    indexes &[
        Index::on("session_user", &[("user_id", Up), ("created_at", Down)]).global(),
        Index::on("session_company", &[("user_company_id", Up)]).global(),
        Index::on("session_expiry", &[("expires_at", Up)]).global().expire_after(0),
    ]
}
