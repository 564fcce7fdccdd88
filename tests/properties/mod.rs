//! Properties that must hold for every input: generated filters, conditions, lists, and writes that meet.

mod batch;
mod equivalence;
mod filter;
mod generate;
mod lattice;
mod models;
mod pages;
mod refresh;
mod writes;
