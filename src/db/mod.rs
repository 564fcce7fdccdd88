//! The wall around the database: the only part of the program that names the driver's handles.
//!
//! A tenant collection is reached by [`Db::of`] with a permit, by [`Db::within`] with a scope, and in no other way.

mod arrivals;
mod batch;
mod calendar;
mod change;
mod changes;
mod codec;
mod connection;
mod expr;
mod field;
mod filter;
mod global;
mod index;
mod leased;
mod model;
mod noted;
mod passing;
mod probe;
mod reader;
mod tally;
mod tripwire;
mod tripwire_rules;
mod tx;
mod waits;
mod wall;
mod writer;

pub use arrivals::{Arrival, Arrivals};
pub use calendar::Calendar;
pub use change::{Draft, Patch};
pub use changes::{Change, Changes};
pub use codec::{from_document, to_document};
pub use connection::{ConnectOptions, Db};
pub use expr::{Expr, Op, lookup};
pub use field::Field;
pub use filter::Filter;
pub use global::Global;
pub use index::{BY_ID, Direction, Index};
pub use leased::{Come, Leased, Leases};
pub use model::{GlobalModel, Hits, Model, Record, TenantModel};
pub use noted::Noted;
pub use passing::{Moments, Passing};
pub use probe::Probe;
pub use reader::{LIST_TIME, Page, Reader};
pub use tally::By;
pub use tripwire::Tripwire;
pub use tx::{Attempts, Author, Tx, typed};
pub use waits::Waits;
pub use writer::Writer;

/// Fields that the writer stamps on every tenant record.
pub(crate) const STAMPED: &[&str] =
    &["id", "company_id", "created_at", "created_by", "updated_at", "updated_by", "version", "deleted_at"];
