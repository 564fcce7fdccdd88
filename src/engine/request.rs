//! A write as it came in: what the extractor reads and the engine takes.

use super::{Idempotency, Preconditions};
use crate::auth::data_keys::DataKeys;
use serde_json::{Map, Value};

/// A write as it came in.
#[derive(Default)]
pub struct WriteRequest {
    /// Members of the body.
    pub body: Map<String, Value>,
    /// What must hold.
    pub conditions: Preconditions,
    /// Key under which the answer is kept.
    pub idempotency: Option<Idempotency>,
    /// Drop what may not be set instead of refusing it.
    pub lenient: bool,
    /// Seals what callers may set but nobody may read.
    pub keys: Option<DataKeys>,
}
