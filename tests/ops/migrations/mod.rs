//! Tests of the migrations with a real database: once, in order, broken off, refused, and what they arrive at.

mod broken_off;
mod refusals;
mod runs;
mod schema;
mod scratch;
mod steps;
