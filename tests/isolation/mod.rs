//! The tenant-isolation matrix: every operation of the registry, attacked from every position by everyone.
//!
//! Four oracles decide: a foreign record is answered like one that does not exist; nothing of company B ever comes
//! out; nothing in B changes; no command on a tenant collection lacks its company.

mod attacks;
mod events;
mod fed;
mod lists;
mod matrix;
mod refused;
mod tripwire;
