//! Authentication primitives: passwords, tokens, keys, addresses and throttling. No database access and no routes;
//! the services that use them decide about accounts and sessions.

pub mod access_token;
pub mod api_key;
pub mod client_address;
pub mod data_keys;
pub mod email;
pub mod key_ring;
pub mod one_time;
pub mod password;
pub mod random;
pub mod recovery_code;
pub mod refresh_token;
pub mod throttle;
pub mod totp;
