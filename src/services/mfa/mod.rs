//! The second factor: codes of an authenticator app and recovery codes; who must have it; setting it up and taking it off.

mod enroll;
mod factor;
mod policy;
mod recovery;
mod remove;

pub(crate) use enroll::describe;
pub use enroll::{confirm, enroll};
pub(crate) use factor::{check, check_in_session, factor_of};
pub(crate) use policy::{apply_to_sessions, is_required, is_required_of};
pub use recovery::regenerate;
pub use remove::{disable, reset};
