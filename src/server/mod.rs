//! Serving over plain HTTP: start, connections, graceful end. TLS ends in the load balancer before it.

mod accept;
mod answer;
mod background;
mod build;
mod connection;
mod database;
mod run;
mod watch;
mod work;

pub use accept::Listener;
pub use build::build_app;
pub use database::Database;
pub use run::{Serve, serve};
pub use work::work;
