//! A field of a model as a value, so that conditions and changes can only name fields that exist.

use std::marker::PhantomData;

/// A stored field of `M`.
pub struct Field<M> {
    name: &'static str,
    model: PhantomData<fn() -> M>,
}

impl<M> Clone for Field<M> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M> Copy for Field<M> {}

impl<M> Field<M> {
    /// Called by the `model!` macro. The fields that decide about identity and tenancy have no such value:
    /// naming one here fails to compile.
    /// ```compile_fail,E0080
    /// use stoa::{db::Field, models::Tag};
    /// const FIELD: Field<Tag> = Field::new("company_id");
    /// println!("{}", FIELD.name());
    /// ```
    /// ```
    /// use stoa::{db::Field, models::Tag};
    /// const FIELD: Field<Tag> = Field::new("description");
    /// println!("{}", FIELD.name());
    /// ```
    pub const fn new(name: &'static str) -> Self {
        assert!(!same(name, "company_id") && !same(name, "_id") && !same(name, "id"), "reserved field");
        assert!(!same(name, "version") && !same(name, "deleted_at"), "reserved field");
        Self { name: crate::schema::plain(name), model: PhantomData }
    }

    /// The name in the database.
    pub const fn name(self) -> &'static str {
        self.name
    }
}

const fn same(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    if left.len() != right.len() {
        return false;
    }
    let mut at = 0;
    while at < left.len() {
        if left[at] != right[at] {
            return false;
        }
        at += 1;
    }
    true
}
