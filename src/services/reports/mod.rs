//! Numbers of the tickets that a caller sees.

mod days;
pub mod overview;
mod states;
