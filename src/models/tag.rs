//! Tags: words that staff put on tickets.

use crate::db::{
    Direction::{Down, Up},
    Index, TenantModel,
};
use crate::model;
use crate::permissions::TagsRead;
use crate::schema::{FieldSpec, Kind};

model! {
    /// A word that staff put on tickets.
    tenant Tag in "tags" as "tags" {
        /// The word, unique in the company.
        name: String = FieldSpec::text(1, 60).required().filter().sort().fold();
        /// Colour in lists.
        colour: Option<String> = FieldSpec::new(Kind::Format(is_colour, "a colour such as #1a73e8")).nullable();
        /// When to use it.
        description: Option<String> = FieldSpec::text(0, 500).nullable();
    }
    indexes &[
        Index::on("tag_name", &[("name_fold", Up)]).unique(),
        Index::on("tag_name_sort", &[("name_fold", Up), ("_id", Up)]),
        Index::on("tag_created", &[("created_at", Down), ("_id", Down)]),
        Index::on("tag_updated", &[("updated_at", Down), ("_id", Down)]),
    ]
}

impl TenantModel for Tag {
    type Read = TagsRead;
}

fn is_colour(text: &str) -> bool {
    text.len() == 7 && text.starts_with('#') && text[1..].chars().all(|c| c.is_ascii_hexdigit())
}
