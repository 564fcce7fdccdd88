//! People: who may add, change, promote, disable and remove whom, and what follows from it.

mod create;
mod hand_over;
mod role;
mod rules;
mod seats;
mod status;
mod subject;
mod superadmin;

pub use create::create;
pub use role::set_role;
pub use status::{disable, enable, revoke_sessions};
pub use superadmin::create_superadmin;
