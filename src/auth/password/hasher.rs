//! Argon2id with an optional pepper: hashing, verifying, and telling when a stored hash is out of date. Blocking;
//! requests go through the pool.

use crate::auth::key_ring::KeyRing;
use crate::auth::random;
use crate::errors::{AppError, Result};
use argon2::password_hash::Error as PhcError;
use argon2::{Algorithm, Argon2, Params, PasswordHash, PasswordHasher as _, PasswordVerifier as _, Version};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Memory of one hash in KiB: 19 MiB, the floor of the OWASP Password Storage Cheat Sheet for two passes.
pub const MEMORY_KIB: u32 = 19_456;

/// Passes over the memory.
const PASSES: u32 = 2;

/// Lanes; more would only spread one hash over several cores.
const LANES: u32 = 1;

/// A password as it is stored with its user.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredPassword {
    /// The hash with its parameters and salt, as a PHC string.
    pub phc: String,
    /// Id of the pepper that went into the hash, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pepper_id: Option<String>,
}

/// Hashes stay out of logs.
impl fmt::Debug for StoredPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredPassword").field("pepper_id", &self.pepper_id).finish_non_exhaustive()
    }
}

/// Outcome of a verification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is the password.
    Match {
        /// The stored hash was made with other parameters or another pepper; store a new one now, while the password
        /// is at hand.
        rehash: bool,
    },
    /// It is not.
    Mismatch,
}

/// Argon2id, version 19, 19 MiB, two passes, one lane.
pub struct PasswordHasher {
    params: Params,
    peppers: Option<KeyRing>,
    dummy: StoredPassword,
}

impl PasswordHasher {
    /// A hasher whose active pepper goes into new hashes. Computes one hash, for users that do not exist.
    pub fn new(peppers: Option<KeyRing>) -> Result<Self> {
        let params = Params::new(MEMORY_KIB, PASSES, LANES, None)
            .map_err(|error| AppError::bug(format!("argon2 parameters: {error}")))?;
        let nobody = StoredPassword { phc: String::new(), pepper_id: None };
        let mut hasher = Self { params, peppers, dummy: nobody };
        hasher.dummy = hasher.hash(&random::base62(random::BASE62_LEN_256).into())?;
        Ok(hasher)
    }

    /// The password with a new salt, the present parameters and the active pepper.
    pub fn hash(&self, password: &SecretString) -> Result<StoredPassword> {
        let pepper_id = self.peppers.as_ref().map(|ring| ring.active().to_owned());
        let hash: PasswordHash = self
            .argon2(pepper_id.as_deref())?
            .hash_password(password.expose_secret().as_bytes())
            .map_err(|error| AppError::bug(format!("hash a password: {error}")))?;
        Ok(StoredPassword { phc: hash.to_string(), pepper_id })
    }

    /// Compares a password with what is stored. Without a stored one (no such user, or none set) it does the same
    /// work on a hash with the same parameters, and never matches.
    pub fn verify(&self, password: &SecretString, stored: Option<&StoredPassword>) -> Result<Verdict> {
        let stored = stored.filter(|stored| self.knows_pepper(stored));
        let target = stored.unwrap_or(&self.dummy);
        let hash = PasswordHash::new(&target.phc)
            .map_err(|error| AppError::bug(format!("read a stored password hash: {error}")))?;
        let outcome = self
            .argon2(target.pepper_id.as_deref())?
            .verify_password(password.expose_secret().as_bytes(), &hash);
        match outcome {
            Ok(()) if stored.is_some() => Ok(Verdict::Match { rehash: self.is_outdated(target, &hash) }),
            Ok(()) | Err(PhcError::PasswordInvalid) => Ok(Verdict::Mismatch),
            Err(error) => Err(AppError::bug(format!("verify a password: {error}"))),
        }
    }

    /// Whether the pepper of a stored hash is configured. Without it no password can be right, and the answer must not tell
    /// that there is an account.
    fn knows_pepper(&self, stored: &StoredPassword) -> bool {
        let Some(id) = stored.pepper_id.as_deref() else { return true };
        let known = self.peppers.as_ref().is_some_and(|ring| ring.secret(id).is_some());
        if !known {
            tracing::error!(pepper = id, "a password was hashed with a pepper that is not configured");
        }
        known
    }

    fn is_outdated(&self, stored: &StoredPassword, hash: &PasswordHash) -> bool {
        let active = self.peppers.as_ref().map(KeyRing::active);
        let same_work = Params::try_from(hash).is_ok_and(|params| {
            (params.m_cost(), params.t_cost(), params.p_cost())
                == (self.params.m_cost(), self.params.t_cost(), self.params.p_cost())
        });
        let same_function = hash.algorithm == Algorithm::Argon2id.ident()
            && hash.version == Some(Version::V0x13.into())
            && hash.hash.as_ref().is_some_and(|output| output.len() == Params::DEFAULT_OUTPUT_LEN);
        !(same_work && same_function && stored.pepper_id.as_deref() == active)
    }

    /// Argon2id with the pepper of this id. The secret input of the function itself is used (RFC 9106 section 3.1).
    fn argon2(&self, pepper_id: Option<&str>) -> Result<Argon2<'_>> {
        let (algorithm, version) = (Algorithm::Argon2id, Version::V0x13);
        let Some(id) = pepper_id else { return Ok(Argon2::new(algorithm, version, self.params.clone())) };
        let pepper = self
            .peppers
            .as_ref()
            .and_then(|ring| ring.secret(id))
            .ok_or_else(|| AppError::bug(format!("pepper `{id}` is not configured")))?;
        Argon2::new_with_secret(pepper.expose_secret().as_bytes(), algorithm, version, self.params.clone())
            .map_err(|error| AppError::bug(format!("use pepper `{id}`: {error}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_costs_as_much_as_somebody_and_never_matches() {
        let pepper = KeyRing::parse(&"a pepper of at least thirty-two bytes".into()).unwrap();
        let mut hasher = PasswordHasher::new(Some(pepper)).unwrap();
        let password = SecretString::from("a password");
        let somebody = hasher.hash(&password).unwrap();
        let work = |phc: &str| phc.rsplitn(3, '$').nth(2).map(str::to_owned);
        assert_eq!(work(&hasher.dummy.phc), work(&somebody.phc));
        assert_eq!(hasher.dummy.pepper_id, somebody.pepper_id);
        hasher.dummy = somebody.clone();
        assert_eq!(hasher.verify(&password, Some(&somebody)).unwrap(), Verdict::Match { rehash: false });
        assert_eq!(hasher.verify(&password, None).unwrap(), Verdict::Mismatch, "not even with its password");
    }
}
