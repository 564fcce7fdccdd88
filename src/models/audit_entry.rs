//! The audit log: one entry for each change, chained by hashes within each company.

use crate::db::{
    Direction::{Down, Up},
    Expr, Index, TenantModel,
};
use crate::model;
use crate::permissions::{Actor, AuditRead, Caller, Reach, masks};
use crate::schema::{FieldSpec, Kind};
use bson::oid::ObjectId;

model! {
    /// One change, with who made it, from where, and what it changed. Entries are never altered.
    tenant AuditEntry in "audit_log" as "audit_log" {
        /// Place in the company's chain, from 1.
        seq: i64 = FieldSpec::int(1, i64::MAX).read_only().filter().sort();
        /// What was done, such as `tickets.update`.
        action: String = FieldSpec::text(1, 80).read_only().filter();
        /// Resource of the record; the address, for an operator's reading.
        resource: String = FieldSpec::text(1, 200).read_only().filter();
        /// The record.
        resource_id: Option<ObjectId> = FieldSpec::id_of("").read_only().nullable().filter();
        /// Person who did it; none for the system.
        actor_id: Option<ObjectId> = FieldSpec::id_of("users").read_only().nullable().filter();
        /// The person's name then.
        actor_name: Option<String> = FieldSpec::text(0, 120).read_only().nullable();
        /// The person's role then.
        actor_role: Option<String> = FieldSpec::text(0, 40).read_only().nullable();
        /// API key with which a program did it for the person.
        api_key_id: Option<ObjectId> = FieldSpec::id_of("").read_only().nullable().filter();
        /// An operator of the platform acted inside the company.
        act_as: bool = FieldSpec::flag(false).read_only().filter();
        /// The operator's reason.
        reason: Option<String> = FieldSpec::text(0, 300).read_only().nullable();
        /// Changed fields with old and new value.
        changes: bson::Bson = FieldSpec::new(Kind::Json { max_bytes: 1 << 20 }).read_only();
        /// Version of the record after the change.
        record_version: Option<i64> = FieldSpec::int(0, i64::MAX).read_only().nullable();
        /// Address that the request came from.
        ip: Option<String> = FieldSpec::text(0, 60).read_only().nullable();
        /// Program that sent it.
        user_agent: Option<String> = FieldSpec::text(0, 256).read_only().nullable();
        /// Request.
        request_id: Option<String> = FieldSpec::text(0, 64).read_only().nullable();
        /// Hash of the entry before it.
        prev_hash: String = FieldSpec::text(0, 64).read_only();
        /// SHA-256 over the entry and the hash before it.
        hash: String = FieldSpec::text(0, 64).read_only();
    }
    indexes &[
        Index::on("audit_seq", &[("seq", Up)]).unique_for_ever(),
        Index::on("audit_created", &[("created_at", Down), ("_id", Down)]),
        Index::on("audit_created_anywhere", &[("created_at", Down), ("_id", Down)]).global(),
        Index::on("audit_updated", &[("updated_at", Down), ("_id", Down)]),
        Index::on("audit_seq_sort", &[("seq", Down), ("_id", Down)]),
        Index::on("audit_actor", &[("actor_id", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("audit_record", &[("resource_id", Up), ("record_version", Up)]),
        Index::on("audit_record_sort", &[("resource_id", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("audit_resource", &[("resource", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("audit_action", &[("action", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("audit_api_key", &[("api_key_id", Up), ("created_at", Down), ("_id", Down)]),
        Index::on("audit_act_as", &[("act_as", Up), ("created_at", Down), ("_id", Down)]),
    ]
}

impl TenantModel for AuditEntry {
    const CENSORED: bool = true;
    type Read = AuditRead;

    /// What was changed inside a company is not shown to those who look from outside: an operator has to enter, as far as
    /// the company admits it, and leaves a trace. One's own act may have changed fields that one does not see, as when a new ticket is assigned by itself.
    fn censor(document: &mut bson::Document, caller: &Caller) {
        let outside = caller.scope().company().is_none();
        if outside && document.get_object_id("company_id").is_ok() {
            document.insert("changes", bson::Bson::Null);
            return;
        }
        let resource = document.get_str("resource").unwrap_or_default().to_owned();
        masks::censor_changes(document.get_mut("changes"), &resource, caller.actor().role());
    }

    fn rows(reach: Reach, actor: &Actor) -> Expr {
        match reach {
            Reach::All => Expr::All,
            Reach::Own => Expr::eq("actor_id", actor.user_id()),
            _ => Expr::Nothing,
        }
    }
}

model! {
    /// End of a company's audit chain; its key is the company, or `platform`.
    global AuditHead in "audit_heads" keyed String {
        /// Number of the last entry.
        seq: i64 = FieldSpec::int(0, i64::MAX);
        /// Hash of the last entry.
        hash: String = FieldSpec::text(0, 64);
    }
    indexes &[]
}
