//! Refresh tokens: only their hashes, in families of one session each.

use crate::db::{Direction::Up, Index};
use crate::model;
use crate::schema::{FieldSpec, Kind};
use bson::oid::ObjectId;

crate::text_enum! {
    /// What became of a token.
    pub enum RefreshState {
        /// May be used.
        Active = "active",
        /// Was exchanged for its successor.
        Consumed = "consumed",
    }
}

model! {
    /// A refresh token; its key is the SHA-256 of the token, in hex.
    global RefreshToken in "refresh_tokens" keyed String {
        /// Session, which is the family.
        session_id: ObjectId = FieldSpec::id_of("");
        /// What became of it.
        state: RefreshState = FieldSpec::one_of(RefreshState::NAMES);
        /// When it was exchanged.
        consumed_at: Option<bson::DateTime> = FieldSpec::time().nullable();
        /// Key of its successor.
        next: Option<String> = FieldSpec::text(0, 64).nullable();
        /// Id of the key that makes the successor.
        key_id: Option<String> = FieldSpec::text(0, 60).nullable();
        /// How often the exchange was repeated within the grace.
        replays: i64 = FieldSpec::int(0, i64::MAX).default(crate::schema::Default::Int(0));
        /// Hash of the name of the program that got it, then of the one that used it.
        user_agent_hash: String = FieldSpec::text(0, 64);
        /// When it ends.
        expires_at: bson::DateTime = FieldSpec::new(Kind::Time);
    }
    indexes &[
        Index::on("refresh_session", &[("session_id", Up)]).global(),
        Index::on("refresh_expiry", &[("expires_at", Up)]).global().expire_after(0),
    ]
}
