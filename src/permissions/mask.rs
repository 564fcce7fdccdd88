//! Sets of fields that a role may see or set.

/// Which fields of a resource are meant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Mask {
    /// Every field.
    All,
    /// These only.
    Only(&'static [&'static str]),
    /// All but these.
    Except(&'static [&'static str]),
}

/// Fields that identify a record and its state; every mask admits them for reading.
pub const ALWAYS: &[&str] = &["id", "company_id", "created_at", "updated_at", "version"];

impl Mask {
    /// Whether the mask admits a field.
    pub fn admits(&self, field: &str) -> bool {
        match self {
            Self::All => true,
            Self::Only(fields) => fields.contains(&field),
            Self::Except(fields) => !fields.contains(&field),
        }
    }

    /// Whether a field may be seen under this mask.
    pub fn shows(&self, field: &str) -> bool {
        ALWAYS.contains(&field) || self.admits(field)
    }
}
