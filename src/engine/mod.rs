//! What all resources share: lists, reads, writes with history, idempotency, bulk and the audit chain.

pub mod audit;
mod bulk;
mod change;
mod condition;
mod cursor;
mod dialect;
mod etag;
mod filter;
mod idempotency;
mod input;
mod list;
mod merge;
mod parameters;
mod plan;
mod query;
mod read;
mod reference;
mod render;
mod request;
mod rules;
mod seal;
mod total;
mod write;

pub use bulk::{BulkDelete, BulkUpdate, Outcome, delete_many, earlier, settle, update_many};
pub use change::{FieldChange, changes};
pub use condition::{IfMatch, Preconditions};
pub use cursor::Cursor;
pub use dialect::Dialect;
pub use etag::etag;
pub use filter::parse_filter;
pub use idempotency::{Idempotency, Kept, Remembered, recall, remember};
pub use input::{Input, Reading, parse_input};
pub use list::{Listing, list, list_where};
pub use plan::{Plan, plan};
pub use query::{ListQuery, SortKey, TotalMode};
pub use read::{get, location, show};
pub use reference::{check_references, find_missing};
pub use render::{Rendered, Rows, render};
pub use request::WriteRequest;
pub use rules::{Action, Rules, Writing};
pub use seal::unseal;
pub use total::{COUNT_CAP, Total, adjust as adjust_counters, read_counter};
pub use write::{
    apply, create, create_in, delete, delete_in, record_act, record_change, reply, restore, update,
    update_in, visible,
};

/// Largest page.
pub const MAX_PER_PAGE: i64 = 1000;
/// Largest page for an API key.
pub const MAX_PER_PAGE_OF_KEYS: i64 = 250;
/// Page size when nothing is said.
pub const DEFAULT_PER_PAGE: i64 = 25;
/// Most records of one bulk call.
pub const MAX_BULK: usize = 500;
