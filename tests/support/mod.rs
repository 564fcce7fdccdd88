//! What tests share: an application on a database of its own, personas, requests.

mod accounts;
mod app;
mod contract;
mod events;
mod http;
pub mod mail;
pub mod names;
mod personas;
mod receiver;
pub mod smtp;
pub mod totp;

pub use accounts::{LogIn, PASSWORD};
pub use app::TestApp;
pub use events::EventStream;
pub use http::{Answer, Ask, url};
pub use personas::{Persona, Tenant};
pub use receiver::{Heard, Receiver, Served};
