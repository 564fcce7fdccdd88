//! Indexes as declared beside their models; the company is put in front here, so it cannot be forgotten.

use bson::{Document, doc};

/// An index of a collection.
#[derive(Clone, Copy, Debug)]
pub struct Index {
    /// Name; a violated unique index is told by it.
    pub name: &'static str,
    /// Fields and directions after the company.
    pub keys: &'static [(&'static str, Direction)],
    /// No two records of a company share the values.
    pub unique: bool,
    /// Spans companies: only for what is global by nature.
    pub global: bool,
    /// Only records where this field has a value.
    pub partial: Option<&'static str>,
    /// Only records that are not in the trash.
    pub live: bool,
    /// Records vanish so many seconds after the first field's time.
    pub ttl_s: Option<i64>,
}

/// Direction of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Ascending.
    Up,
    /// Descending.
    Down,
    /// Words.
    Text,
}

/// The index that every tenant collection has besides its own: lists in the order of creation, whatever the company's
/// share of the collection.
pub const BY_ID: Index = Index::on("by_id", &[("_id", Direction::Up)]);

impl Index {
    /// An index on `keys` within each company.
    pub const fn on(name: &'static str, keys: &'static [(&'static str, Direction)]) -> Self {
        Self { name, keys, unique: false, global: false, partial: None, live: false, ttl_s: None }
    }

    /// No two live records of a company share the values.
    pub const fn unique(mut self) -> Self {
        self.unique = true;
        self.live = true;
        self
    }

    /// No two records share the values, not even with one in the trash.
    pub const fn unique_for_ever(mut self) -> Self {
        self.unique = true;
        self
    }

    /// Across companies.
    pub const fn global(mut self) -> Self {
        self.global = true;
        self
    }

    /// Only where `field` has a value.
    pub const fn where_present(mut self, field: &'static str) -> Self {
        self.partial = Some(field);
        self
    }

    /// Records vanish so many seconds after the time in the first field.
    pub const fn expire_after(mut self, seconds: i64) -> Self {
        self.ttl_s = Some(seconds);
        self
    }

    /// The key document.
    pub fn key_document(&self) -> Document {
        let mut keys = if self.global {
            Document::new()
        } else {
            doc! { "company_id": 1 }
        };
        for (field, direction) in self.keys {
            match direction {
                Direction::Up => keys.insert(*field, 1),
                Direction::Down => keys.insert(*field, -1),
                Direction::Text => keys.insert(*field, "text"),
            };
        }
        keys
    }

    /// The index as the `createIndexes` command takes it.
    pub fn specification(&self) -> Document {
        let mut spec = doc! { "name": self.name, "key": self.key_document() };
        if self.unique {
            spec.insert("unique", true);
        }
        let mut partial = Document::new();
        if self.live {
            partial.insert("deleted_at", doc! { "$eq": null });
        }
        if let Some(field) = self.partial {
            partial.insert(field, doc! { "$type": ["string", "objectId", "date", "long", "int"] });
        }
        if !partial.is_empty() {
            spec.insert("partialFilterExpression", partial);
        }
        if let Some(seconds) = self.ttl_s {
            spec.insert("expireAfterSeconds", seconds);
        }
        if self.keys.iter().any(|(_, direction)| *direction == Direction::Text) {
            // Texts come in every language: stemming one of them would miss words of the others.
            spec.insert("default_language", "none");
            spec.insert("language_override", "_no_language_field");
        }
        spec
    }
}
