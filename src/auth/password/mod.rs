//! Passwords: what is accepted, how it is hashed, and the threads that do the hashing.

mod common;
mod hasher;
mod policy;
mod pool;
mod strength;

pub use hasher::{PasswordHasher, StoredPassword, Verdict};
pub use policy::{MAX_BYTES, MIN_BYTES, MIN_CHARS_ALONE, MIN_CHARS_WITH_MFA, PasswordPolicy, context_words};
pub use pool::{PasswordPool, PoolLimits};
