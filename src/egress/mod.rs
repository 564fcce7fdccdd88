//! The way out: connections to addresses that users name are let through only to public ones.
//!
//! Hosts and ports of other protocols than HTTP ask [`Egress::resolve`] and connect to what it gives. HTTP goes through
//! [`Egress::call`], which checks the address as it is written, and again whatever it resolves to when it connects.

mod address;
mod answer;
mod call;
mod gate;
mod resolver;
mod target;

pub use address::{is_forbidden, is_public};
pub use answer::Incoming;
pub use call::{CallError, Outgoing};
pub use gate::Egress;
pub use resolver::{Lookup, SystemLookup};
pub use target::Target;
