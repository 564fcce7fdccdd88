//! Brings the database to the state that the program expects: ordered steps, each recorded, run by one instance.

mod backfill;
mod declared;
mod down;
mod drift;
mod dry_run;
mod error;
mod lock;
mod plan;
mod record;
mod report;
mod runner;
mod schema;
mod step;

pub use declared::{Declared, declared, print_schema};
pub use down::down;
pub use drift::{Drift, drift};
pub use dry_run::dry_run;
pub use error::MigrateError;
pub use report::{Report, Standing, status};
pub use runner::{Options, run};
pub use step::{Backfill, Change, Down, Phase, Step, Work};

use crate::db::Db;

/// Takes all steps that the database lacks.
///
/// # Errors
/// Why it may not be changed, or what failed; all that was done is recorded, and the next run goes on there.
pub async fn up(db: &Db) -> Result<Report, MigrateError> {
    run(db, crate::migrations::STEPS, &Options::default()).await
}
