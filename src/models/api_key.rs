//! API keys: what programs of a company identify themselves with.

use crate::db::{
    Direction::{Down, Up},
    Expr, Index, Noted, TenantModel,
};
use crate::model;
use crate::permissions::{Actor, ApiKeysRead, KEY_SCOPE_NAMES, Reach};
use crate::schema::{Default, FieldSpec, Kind};
use bson::oid::ObjectId;

model! {
    /// A key with which a program acts for the person who made it, no further than its scopes. The key itself is not kept.
    tenant ApiKey in "api_keys" as "api_keys" {
        /// What the key is for.
        name: String = FieldSpec::text(1, 80).required();
        /// Begin of the key, which is no secret.
        prefix: String = FieldSpec::text(0, 40).read_only();
        /// Last four digits of its secret.
        last_four: String = FieldSpec::text(0, 4).read_only();
        /// SHA-256 of the secret.
        secret_hash: String = FieldSpec::text(0, 64).hidden().default(Default::Text(""));
        /// SHA-256 of the secret before the last rotation.
        former_hash: Option<String> = FieldSpec::text(0, 64).hidden().nullable();
        /// Until when the secret before the last rotation is still good.
        former_until: Option<bson::DateTime> = FieldSpec::time().read_only().nullable();
        /// Permissions that the key may use, as far as its owner holds them.
        scopes: Vec<String> = FieldSpec::new(Kind::Texts { max: 100, max_len: 80 }).among(KEY_SCOPE_NAMES).required().create_only();
        /// Addresses and networks, such as `192.0.2.0/24`, that it may be used from; empty for any.
        allowed_ips: Vec<String> = FieldSpec::new(Kind::Texts { max: 50, max_len: 50 });
        /// Until when it is good: 90 days after its creation when not given, 365 at most.
        expires_at: bson::DateTime = FieldSpec::time().create_only();
        /// Person who made it and for whom it acts.
        owner_id: ObjectId = FieldSpec::id_of("users").read_only().filter();
        /// Last use, to the minute.
        last_used_at: Option<bson::DateTime> = FieldSpec::time().read_only().nullable();
        /// Address of the last use.
        last_used_ip: Option<String> = FieldSpec::text(0, 60).read_only().nullable();
        /// When it was revoked.
        revoked_at: Option<bson::DateTime> = FieldSpec::time().read_only().nullable();
    }
    indexes &[
        Index::on("api_key_prefix", &[("prefix", Up)]).global().unique_for_ever(),
        Index::on("api_key_created", &[("created_at", Down), ("_id", Down)]),
        Index::on("api_key_updated", &[("updated_at", Down), ("_id", Down)]),
        Index::on("api_key_owner", &[("owner_id", Up), ("created_at", Down), ("_id", Down)]),
    ]
}

impl TenantModel for ApiKey {
    type Read = ApiKeysRead;

    fn rows(reach: Reach, actor: &Actor) -> Expr {
        match reach {
            Reach::All => Expr::All,
            Reach::Own => Expr::eq("owner_id", actor.user_id()),
            _ => Expr::Nothing,
        }
    }
}

// Its last use is noted by itself, beside the requests.
impl Noted for ApiKey {}

impl ApiKey {
    /// Whether neither its time nor a person has ended it.
    pub fn is_live(&self, now: bson::DateTime) -> bool {
        self.revoked_at.is_none() && self.expires_at > now && self.deleted_at.is_none()
    }
}
