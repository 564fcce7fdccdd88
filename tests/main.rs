//! The one test binary: every further one would link the whole program once more. Each module tests one part.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stderr,
    clippy::type_complexity,
    reason = "a test ends where something unexpected happens, helpers included"
)]

mod api;
mod auth;
mod docs;
mod egress;
mod isolation;
mod live;
mod ops;
mod properties;
mod roles;
mod support;
mod world;
