//! People: who may add, change, promote, disable and remove whom, and what follows from it.

mod create;
mod hand_over;
mod role;
mod rules;
pub(crate) mod seats;
mod status;
mod subject;
mod superadmin;

pub use create::create;
pub use role::set_role;
pub(crate) use status::refuse_fields;
pub use status::{disable, enable, revoke_sessions};
pub(crate) use subject::{refuse_self, subject};
pub use superadmin::create_superadmin;
