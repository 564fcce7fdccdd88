//! Incoming mail through the whole way: delivered over HTTP, kept, dealt with by jobs, against a real database.

mod corpus;
mod deliver;
mod dovecot;
mod fake_imap;
mod faults;
mod hostile;
mod imap;
mod loops;
mod routes;
mod senders;
mod world;
