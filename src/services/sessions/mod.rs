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
mod throttle;
mod tokens;

pub use authenticate::authenticate;
pub(crate) use authenticate::bearer;
pub(crate) use end::{end_of_company, end_of_company_in, end_of_user, renew_rights};
pub use end::{log_out, log_out_everywhere, revoke};
pub use log_in::log_in;
pub use own::{list, me};
pub use password::change_password;
pub(crate) use proof::require_recent_proof;
pub use proof::step_up;
pub use refresh::refresh;
pub(crate) use throttle::unlock;
pub use tokens::Tokens;
