//! The description of a record's fields: one declaration from which come parsing, rendering, filters and OpenAPI.

mod field;
mod json_schema;
mod kind;
mod parse;
mod render;
mod text_enum;

pub(crate) use field::plain;
pub use field::{Access, Default, FieldSpec};
pub use json_schema::object_schema;
pub use kind::Kind;
pub use parse::{parse_value, plain_text, whole_number};
pub use render::{bson_to_json, format_time, parse_time, render_document, render_raw};
