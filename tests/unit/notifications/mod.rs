//! Notifications seen from inside the library, as the ticket service calls them.

mod delivery;
mod recipients;
mod world;
