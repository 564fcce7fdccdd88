//! The credentials that a session hands out: access token and refresh token.

use crate::app::App;
use crate::auth::access_token::{Grant, IssuedToken};
use crate::auth::refresh_token::RefreshToken;
use crate::db::{Draft, Tx};
use crate::errors::Result;
use crate::models::{self, RefreshState, Session};
use crate::permissions::Origin;
use crate::web::Reply;
use secrecy::ExposeSecret;
use serde_json::json;
use sha2::{Digest, Sha256};

/// Access and refresh token of one session.
pub struct Tokens {
    session: Session,
    access: IssuedToken,
    refresh: RefreshToken,
}

impl Tokens {
    /// Signs an access token with the rights that the session carries now.
    pub(super) fn issue(app: &App, session: Session, refresh: RefreshToken) -> Result<Self> {
        let grant = Grant {
            user_id: session.user_id.to_hex(),
            session_id: session.id.to_hex(),
            company_id: session.user_company_id.map(|id| id.to_hex()),
            role: session.role.to_string(),
            epoch: session.epoch,
            amr: session.amr.clone(),
            auth_time: session.auth_time.to_time_0_3(),
        };
        let access = app.access_tokens().issue(&grant, app.clock().now().to_time_0_3())?;
        Ok(Self { session, access, refresh })
    }

    /// The answer of RFC 6749 section 5.1.
    pub fn into_reply(self) -> Reply {
        let claims = &self.access.claims;
        Reply::ok(json!({
            "access_token": self.access.token.expose_secret(),
            "token_type": "bearer",
            "expires_in": claims.exp - claims.iat,
            "refresh_token": self.refresh.expose(),
            "session_id": self.session.id.to_hex(),
            "must_change_password": self.session.must_change_password,
            "must_enroll_mfa": self.session.must_enroll_mfa == Some(true),
        }))
        .no_store()
    }
}

/// Stores a refresh token that may be used; only its hash.
pub(super) async fn store(
    tx: &mut Tx,
    session: &Session,
    token: &RefreshToken,
    origin: &Origin,
) -> Result<()> {
    let draft = Draft::new()
        .set(models::RefreshToken::session_id(), session.id)
        .set(models::RefreshToken::state(), RefreshState::Active)
        .set(models::RefreshToken::user_agent_hash(), agent_hash(origin))
        .set(models::RefreshToken::expires_at(), session.expires_at);
    tx.global::<models::RefreshToken>().insert_keyed(token.hash(), draft).await
}

/// Tells whether a token comes back from the program that got it.
pub(super) fn agent_hash(origin: &Origin) -> String {
    hex::encode(Sha256::digest(origin.user_agent.as_deref().unwrap_or_default()))
}
