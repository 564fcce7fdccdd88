//! API keys: what programs act with for the person who made the key, no further than its scopes and that person's rights.

mod authenticate;
mod create;
mod networks;
mod revoke;
mod rotate;
mod rules;
mod scopes;

pub use authenticate::{Verified, authenticate};
pub use create::create;
pub use revoke::revoke;
pub use rotate::rotate;
