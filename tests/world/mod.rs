//! What the generated tests share: companies full of records, principals, and requests made from the route registry.

mod answers;
mod feed;
mod journal;
mod own;
mod principals;
mod records;
mod rows;
mod sample;

pub use answers::{Shot, differences};
pub use feed::{
    body_of, is_bulk, params_of, put, references_of, resource_of_answer, unique_fields, with_params,
};

pub use journal::Journal;
pub use own::{covered, own_ids, record, settable};
pub use principals::{Principal, cast};
pub use records::{Place, World, info};
pub use rows::{fields_for, rows_of};
