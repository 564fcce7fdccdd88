//! How much of the program one caller may take: rates by company, principal and address, and places for requests that
//! run at the same time.
//!
//! Everything here is counted in this process, without the database: a check costs under a microsecond whatever the load.
//! Where several instances serve, each grants its share of every rate (`limits.instances`). Evenly spread callers get the
//! whole rate; one who always comes to the same instance gets that instance's share. What must be exact across instances,
//! attempts at passwords and codes, is counted in the database instead (`auth::throttle`).

mod buckets;
mod charge;
mod cost;
mod layer;
mod ledger;
mod places;
mod policy;
mod state;

pub use buckets::{Buckets, Verdict};
pub use charge::charge;
pub use cost::{cost, route_cost};
pub(crate) use layer::admit;
pub use ledger::{Ledger, Standing};
pub use places::{Place, Places};
pub use policy::{GUESSES, MINUTE, Partition, Policy};
use state::overloaded;
pub use state::{Quota, QuotaLimits};
