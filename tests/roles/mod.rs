//! The role matrix: every operation, every role, records inside and outside of its rows, and every masked field.

mod cells;
mod keys;
mod lists;
mod masks;
mod table;

pub use cells::roles;
