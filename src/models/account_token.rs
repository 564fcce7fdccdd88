//! Tokens of accounts: what was asked for or sent by mail and is waited for, such as a reset; only hashes of it.

use crate::auth::password::StoredPassword;
use crate::db::{Direction::Up, Index};
use crate::model;
use crate::schema::{Default, FieldSpec, Kind};
use bson::oid::ObjectId;

crate::text_enum! {
    /// What a token is good for.
    pub enum AccountTokenKind {
        /// To choose a new password.
        PasswordReset = "password_reset",
        /// To make an account of one's own.
        Registration = "registration",
        /// To take over an account that someone else made.
        Invitation = "invitation",
        /// To end a log-in with the second factor.
        MfaLogin = "mfa_login",
    }
}

model! {
    /// A token, named by the id of the request that it answers. It goes with its use and with the end of its time, which
    /// every query asks for: the database removes what is over only once a minute.
    global AccountToken in "account_tokens" keyed String {
        /// What it is good for.
        kind: AccountTokenKind = FieldSpec::one_of(AccountTokenKind::NAMES);
        /// Person; none for someone who has no account, or is not looked up yet.
        user_id: Option<ObjectId> = FieldSpec::id_of("users").nullable();
        /// Who asked: address, name and company, sealed.
        asked: Option<String> = FieldSpec::prose(0, 4000).nullable();
        /// The password that someone who registers chose.
        password: Option<StoredPassword> = FieldSpec::new(Kind::Json { max_bytes: 1024 }).nullable();
        /// The code of six digits.
        code_hash: Option<StoredPassword> = FieldSpec::new(Kind::Json { max_bytes: 1024 }).nullable();
        /// SHA-256 of the token in the link, or of the one that ends a log-in; in hex.
        link_hash: Option<String> = FieldSpec::text(0, 64).nullable();
        /// Codes that were tried.
        attempts: i64 = FieldSpec::int(0, i64::MAX).default(Default::Int(0));
        /// The code holds until then.
        code_expires_at: Option<bson::DateTime> = FieldSpec::time().nullable();
        /// The link holds until then.
        link_expires_at: Option<bson::DateTime> = FieldSpec::time().nullable();
        /// When all of it is forgotten.
        expires_at: bson::DateTime = FieldSpec::time();
    }
    indexes &[
        Index::on("account_token_link", &[("link_hash", Up)]).global(),
        Index::on("account_token_user", &[("user_id", Up)]).global(),
        Index::on("account_token_expiry", &[("expires_at", Up)]).global().expire_after(0),
    ]
}
