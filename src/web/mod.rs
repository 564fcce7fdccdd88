//! What every route shares: bodies, answers, layers and the registry of routes.

mod auth_body;
mod body;
mod cors;
pub mod dashboard;
mod gate;
mod headers;
mod layers;
mod listing;
mod path;
mod registry;
mod reply;
mod resource;
mod sips;
mod write;

pub use auth_body::AuthBody;
pub use body::{JsonObject, MAX_AUTH, read_bytes, read_json};
pub use layers::{Learned, RequestId, wrap};
pub use listing::{Pairs, listing_response};
pub use path::Path;
pub use registry::{AnswerDoc, BodyDoc, Doc, Operation, Routes};
pub use reply::Reply;
pub use resource::{creates, crud, deletes, reads, updates, updates_one};
pub use sips::in_sips;
pub use write::Write;
