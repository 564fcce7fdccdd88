//! What a write changed: fields with old and new value, as history and audit keep them.

use crate::db::{STAMPED, TenantModel};
use bson::{Bson, Document, doc};

/// A changed field.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldChange {
    /// Name.
    pub field: &'static str,
    /// Value before; `null` for a new record.
    pub from: Bson,
    /// Value after.
    pub to: Bson,
}

impl From<FieldChange> for Bson {
    fn from(change: FieldChange) -> Self {
        Bson::Document(doc! { "field": change.field, "from": change.from, "to": change.to })
    }
}

/// The differences between two states of a record. Secrets are left out, words of people are not quoted.
pub fn changes<M: TenantModel>(before: Option<&Document>, after: &Document) -> Vec<FieldChange> {
    M::FIELDS
        .iter()
        .filter(|field| field.is_shown())
        .filter(|field| !STAMPED.contains(&field.name) || field.name == "deleted_at")
        .filter_map(|field| {
            let value = |document: &Document| document.get(field.name).cloned().unwrap_or(Bson::Null);
            let (from, to) = (before.map_or(Bson::Null, value), value(after));
            let quoted = !M::UNQUOTED.contains(&field.name);
            let told = |value: Bson| if quoted { value } else { Bson::Null };
            (from != to).then(|| FieldChange { field: field.name, from: told(from), to: told(to) })
        })
        .collect()
}
