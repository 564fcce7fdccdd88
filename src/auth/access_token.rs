//! Access tokens: JSON Web Tokens after RFC 9068, signed with HS256 under a ring of keys that can be replaced while
//! the program runs. Whether session, user and company still stand is asked of the database elsewhere.

use super::key_ring::KeyRing;
use super::random;
use crate::errors::{AppError, Code, Result};
use arc_swap::ArcSwap;
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use time::OffsetDateTime;

/// The audience of every access token.
pub const AUDIENCE: &str = "stoa-api";

/// The header `typ` (RFC 9068 section 2.1); it keeps other kinds of JWT from being taken for access tokens.
pub const TOKEN_TYPE: &str = "at+jwt";

/// Seconds by which the clocks of two instances may differ.
pub const LEEWAY_SECONDS: u64 = 5;

/// Longest text that is looked at, in bytes; ours have about 600.
const MAX_LEN: usize = 4096;

/// The claims of an access token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessClaims {
    /// Who issued it.
    pub iss: String,
    /// For whom: always [`AUDIENCE`].
    pub aud: Vec<String>,
    /// Id of the user.
    pub sub: String,
    /// Id of the session.
    pub sid: String,
    /// Id of the user's company; a superadmin has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cid: Option<String>,
    /// Name of the role when the token was issued.
    pub role: String,
    /// Counter of the user's rights; a token with another value than the user is void.
    pub epoch: i64,
    /// How the user proved to be themselves (RFC 8176).
    pub amr: Vec<String>,
    /// When they did, in seconds since 1970.
    pub auth_time: i64,
    /// When the token was issued, in seconds since 1970.
    pub iat: i64,
    /// From when it holds, in seconds since 1970.
    pub nbf: i64,
    /// Until when it holds, in seconds since 1970.
    pub exp: i64,
    /// Id of the token.
    pub jti: String,
}

/// What a log-in or refresh has established and a token is to say.
#[derive(Clone, Debug)]
pub struct Grant {
    /// Id of the user.
    pub user_id: String,
    /// Id of the session.
    pub session_id: String,
    /// Id of the company, unless a superadmin.
    pub company_id: Option<String>,
    /// Name of the role.
    pub role: String,
    /// The user's present epoch.
    pub epoch: i64,
    /// Methods of authentication (RFC 8176): `pwd`, `otp`, …
    pub amr: Vec<String>,
    /// When the user authenticated.
    pub auth_time: OffsetDateTime,
}

/// A signed token and the claims in it.
#[derive(Debug)]
pub struct IssuedToken {
    /// The compact form, for the answer to the client only.
    pub token: SecretString,
    /// What was signed.
    pub claims: AccessClaims,
}

/// Issues and verifies access tokens.
pub struct AccessTokens {
    keys: ArcSwap<Keys>,
    issuer: String,
    lifetime: Duration,
}

struct Keys {
    active: String,
    signing: EncodingKey,
    verifying: BTreeMap<String, Verifier>,
}

/// A key with the one algorithm it may be used with: the token's own `alg` decides nothing (RFC 8725 section 3.1).
struct Verifier {
    key: DecodingKey,
    validation: Validation,
}

impl AccessTokens {
    /// Signs as `issuer` with the active key of the ring; tokens hold for `lifetime`, counted in whole seconds.
    pub fn new(ring: &KeyRing, issuer: impl Into<String>, lifetime: Duration) -> Result<Self> {
        let issuer = issuer.into();
        let keys = Keys::new(ring, &issuer)?;
        Ok(Self { keys: ArcSwap::from_pointee(keys), issuer, lifetime })
    }

    /// Takes over another ring. Tokens of keys that it lacks are void from the next request on.
    pub fn replace_keys(&self, ring: &KeyRing) -> Result<()> {
        self.keys.store(Arc::new(Keys::new(ring, &self.issuer)?));
        Ok(())
    }

    /// How long a token holds.
    pub fn lifetime(&self) -> Duration {
        self.lifetime
    }

    /// A signed token that holds from `now` on.
    pub fn issue(&self, grant: &Grant, now: OffsetDateTime) -> Result<IssuedToken> {
        let iat = now.unix_timestamp();
        let claims = AccessClaims {
            iss: self.issuer.clone(),
            aud: vec![AUDIENCE.to_owned()],
            sub: grant.user_id.clone(),
            sid: grant.session_id.clone(),
            cid: grant.company_id.clone(),
            role: grant.role.clone(),
            epoch: grant.epoch,
            amr: grant.amr.clone(),
            auth_time: grant.auth_time.unix_timestamp(),
            iat,
            nbf: iat,
            exp: iat.saturating_add_unsigned(self.lifetime.as_secs()),
            jti: random::base62(22),
        };
        let keys = self.keys.load();
        let mut header = Header::new(Algorithm::HS256);
        header.typ = Some(TOKEN_TYPE.to_owned());
        header.kid = Some(keys.active.clone());
        let token = jsonwebtoken::encode(&header, &claims, &keys.signing).map_err(AppError::internal)?;
        Ok(IssuedToken { token: token.into(), claims })
    }

    /// The claims of a token that is genuine and in force.
    ///
    /// # Errors
    /// [`Code::TokenExpired`] when it was genuine once; [`Code::Unauthenticated`] for everything else.
    pub fn verify(&self, token: &str) -> Result<AccessClaims> {
        if token.len() > MAX_LEN {
            return Err(refused());
        }
        let header = jsonwebtoken::decode_header(token).map_err(|error| refusal(&error))?;
        // `crit` names extensions that must be understood, and none is (RFC 7515 section 4.1.11).
        if header.typ.as_deref() != Some(TOKEN_TYPE) || header.crit.is_some() {
            return Err(refused());
        }
        let keys = self.keys.load();
        let verifier = header.kid.as_deref().and_then(|id| keys.verifying.get(id)).ok_or_else(refused)?;
        jsonwebtoken::decode::<AccessClaims>(token, &verifier.key, &verifier.validation)
            .map(|data| data.claims)
            .map_err(|error| refusal(&error))
    }
}

impl Keys {
    fn new(ring: &KeyRing, issuer: &str) -> Result<Self> {
        let active = ring.active().to_owned();
        let secret =
            ring.secret(&active).ok_or_else(|| AppError::bug("the active signing key is missing"))?;
        let signing = EncodingKey::from_secret(secret.expose_secret().as_bytes());
        let verifying = ring.iter().map(|(id, secret)| {
            let key = DecodingKey::from_secret(secret.expose_secret().as_bytes());
            (id.to_owned(), Verifier { key, validation: validation(issuer) })
        });
        Ok(Self { active, signing, verifying: verifying.collect() })
    }
}

/// Every check on; the library's defaults leave most of them off and allow a minute of leeway.
fn validation(issuer: &str) -> Validation {
    let mut validation = Validation::new(Algorithm::HS256);
    validation.leeway = LEEWAY_SECONDS;
    validation.validate_nbf = true;
    validation.set_issuer(&[issuer]);
    validation.set_audience(&[AUDIENCE]);
    validation.set_required_spec_claims(&["exp", "nbf", "iss", "aud", "sub"]);
    validation
}

fn refusal(error: &jsonwebtoken::errors::Error) -> AppError {
    match error.kind() {
        // Reached only after the signature was found right.
        ErrorKind::ExpiredSignature => AppError::problem(Code::TokenExpired, "The access token has expired."),
        _ => refused(),
    }
}

/// One text for every fault, so that it cannot be used to probe.
fn refused() -> AppError {
    AppError::problem(Code::Unauthenticated, "The access token is not valid.")
}
