//! How people get an account and back into it: registration, invitation, new passwords; and what they are told by mail.

mod activity;
mod deliver;
mod devices;
mod forgot;
mod invitations;
pub(crate) mod names;
pub(crate) mod notices;
mod person;
mod policy;
mod register;
mod requests;
mod reset;
mod tokens;
mod verify;

pub use activity::activity;
pub use deliver::Deliver;
pub(crate) use devices::note as note_device;
pub use forgot::forgot;
pub(crate) use invitations::send as invite;
pub use invitations::{accept, resend};
pub(crate) use person::insert as insert_person;
pub(crate) use policy::check_password;
pub use register::{Applicant, register};
pub use requests::resend as resend_verification;
pub use reset::{reset, start_reset};
pub use tokens::Proof;
pub(crate) use tokens::forget as forget_tokens;
pub(crate) use tokens::{open_ticket, take_ticket};
pub use verify::verify;
