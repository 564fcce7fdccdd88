//! The conversation of a ticket: public replies and private notes.

pub mod create;
pub mod delete;
mod effects;
mod effort;
mod follow_up;
mod insert;
mod mentions;
pub mod read;
mod repeats;
mod summary;
mod text;
pub mod update;

pub use effects::{automatic, is_requesters};
pub use insert::{MAX_MESSAGES, NewMessage, add, insert};
pub use summary::summarise;
pub use text::{CleanHtml, clean_html, description, preview};
