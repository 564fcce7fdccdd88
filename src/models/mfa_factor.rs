//! Second factors: the secret of a person's authenticator app and the recovery codes that are left.

use crate::model;
use crate::schema::{Default, FieldSpec, Kind};
use bson::oid::ObjectId;

model! {
    /// The second factor of a person; its key is the person's id.
    global MfaFactor in "mfa_factors" keyed ObjectId {
        /// Secret of the app, sealed; none as long as no code of it was seen.
        secret: Option<String> = FieldSpec::text(0, 400).nullable();
        /// Number of the last time step of which a code was used. No code of it or an earlier one is taken again.
        last_step: i64 = FieldSpec::int(0, i64::MAX).default(Default::Int(0));
        /// SHA-256 of each recovery code that is left, in hex.
        recovery: Vec<String> = FieldSpec::new(Kind::Texts { max: 10, max_len: 64 });
        /// Secret that is shown and waits for a first code, sealed.
        pending: Option<String> = FieldSpec::text(0, 400).nullable();
        /// It waits until then.
        pending_until: Option<bson::DateTime> = FieldSpec::time().nullable();
    }
    indexes &[]
}
