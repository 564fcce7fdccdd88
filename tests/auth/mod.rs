//! Tests of the authentication primitives through their public interface.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test stops at the first surprise")]

mod access_token;
mod access_token_attacks;
mod database;
mod password;
mod refresh_token;
mod throttle;
mod throttle_model;
