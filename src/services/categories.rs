//! Rules of categories: no cycles, required fields exist, none goes while something uses it.

use super::tree::{Nested, check_parent};
use super::usage::refuse_if_used;
use crate::db::{Draft, Filter, Model, Patch};
use crate::engine::{Rules, Writing};
use crate::errors::{Code, FieldErrors, Result};
use crate::models::{Category, Ticket};
use crate::permissions::{CategoriesCreate, CategoriesDelete, CategoriesUpdate};
use crate::schema::{Access, Kind};
use bson::{Bson, oid::ObjectId};

impl Nested for Category {
    fn parent(&self) -> Option<ObjectId> {
        self.parent_id
    }
}

impl Rules for Category {
    type Create = CategoriesCreate;
    type Update = CategoriesUpdate;
    type Delete = CategoriesDelete;

    async fn before_create(cx: &mut Writing<'_>, draft: &mut Draft<Self>) -> Result<()> {
        check_required(draft.get(Self::required_for_solved()))?;
        check_parent::<Self>(cx, draft.id(), draft.get(Self::parent_id())).await
    }

    async fn before_update(cx: &mut Writing<'_>, current: &Self, patch: &mut Patch<Self>) -> Result<()> {
        check_required(patch.get(Self::required_for_solved()))?;
        check_parent::<Self>(cx, current.id, patch.get(Self::parent_id())).await
    }

    async fn before_delete(cx: &mut Writing<'_>, current: &Self) -> Result<()> {
        let scope = cx.caller.scope().clone();
        let uses = [
            (
                "categories",
                cx.tx.within::<Self>(&scope).count(Filter::eq(Self::parent_id(), current.id)).await?,
            ),
            (
                "tickets",
                cx.tx.within::<Ticket>(&scope).count(Filter::eq(Ticket::category_id(), current.id)).await?,
            ),
        ];
        refuse_if_used(&uses)
    }
}

/// Whether a ticket field can be empty and someone can fill it in.
fn fillable(name: &str) -> bool {
    Ticket::field(name).is_some_and(|field| {
        !field.required
            && (field.nullable || field.kind.is_list())
            && !matches!(field.access, Access::ReadOnly | Access::Hidden)
            // Files come with a message; afterwards nobody can add them to the ticket.
            && !matches!(field.kind, Kind::Ids { of: "uploads", .. })
    })
}

/// Names must be ticket fields that someone can fill in.
fn check_required(names: Option<&Bson>) -> Result<()> {
    let names = names.and_then(Bson::as_array).into_iter().flatten().filter_map(Bson::as_str);
    for name in names {
        if !fillable(name) {
            let allowed: Vec<_> =
                Ticket::FIELDS.iter().map(|f| f.name).filter(|name| fillable(name)).collect();
            let message = format!("{name} cannot be required. Allowed: {}.", allowed.join(", "));
            return Err(FieldErrors::one("required_for_solved", Code::ValidationFailed, message).into());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::fillable;
    use crate::db::Model;
    use crate::models::{Category, Ticket};

    #[test]
    fn the_documented_choices_are_those_that_are_taken() {
        let taken: Vec<_> =
            Ticket::FIELDS.iter().map(|field| field.name).filter(|name| fillable(name)).collect();
        assert_eq!(Category::field("required_for_solved").map(|field| field.choices), Some(taken.as_slice()));
    }
}
