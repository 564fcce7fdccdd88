//! The OpenAPI 3.1 document, made of the route registry, the models and the permission table alone.

mod bodies;
mod components;
mod description;
mod document;
mod example;
mod filters;
mod guards;
mod list;
mod operation;
mod parameters;
mod problems;
mod records;
mod responses;

pub use description::Description;
pub use document::document;
pub use problems::codes as problem_codes;
