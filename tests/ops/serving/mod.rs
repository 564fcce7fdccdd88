//! Tests of the program itself, as a process: start, health, graceful end, crashes.

mod clients;
mod commands;
mod elections;
mod ends;
mod examples;
mod oversized;
mod process;
mod setup;
mod slow;
mod workers;
