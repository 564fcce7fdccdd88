//! Sessions: log-in, refresh, log-out, and the check of every request.

mod authenticate;
mod end;
mod log_in;
mod open;
mod own;
mod password;
mod proof;
mod record;
mod refresh;
pub(crate) mod throttle;
mod tokens;
mod verify_mfa;

pub use authenticate::authenticate;
pub(crate) use authenticate::bearer;
pub(crate) use end::{end_of_company, end_of_company_in, end_of_user, end_others, renew_rights};
pub use end::{log_out, log_out_everywhere, revoke};
pub use log_in::{Credentials, log_in};
pub use own::{list, me};
pub use password::change_password;
pub use proof::step_up;
pub(crate) use proof::{prove, require_recent_proof, revoked};
pub(crate) use record::{Doer, record, scope_of};
pub use refresh::refresh;
pub(crate) use throttle::unlock;
pub use tokens::Tokens;
pub use verify_mfa::verify_mfa;
