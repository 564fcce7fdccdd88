//! Idempotency keys: the answers to requests that may come twice.

use crate::db::{Direction::Up, Index};
use crate::model;
use crate::schema::{FieldSpec, Kind};

model! {
    /// The answer to a request, kept a day; its key is a hash of caller, method, path and the key sent.
    global IdempotencyKey in "idempotency_keys" keyed String {
        /// SHA-256 of the request.
        fingerprint: String = FieldSpec::text(0, 64);
        /// Status of the answer.
        status: i64 = FieldSpec::int(0, 999);
        /// Body of the answer, as JSON text.
        body: String = FieldSpec::text(0, usize::MAX);
        /// `ETag` of the answer.
        etag: Option<String> = FieldSpec::text(0, 200).nullable();
        /// `Location` of the answer.
        location: Option<String> = FieldSpec::text(0, 500).nullable();
        /// When it is forgotten.
        expires_at: bson::DateTime = FieldSpec::new(Kind::Time);
    }
    indexes &[Index::on("idempotency_expiry", &[("expires_at", Up)]).global().expire_after(0)]
}
